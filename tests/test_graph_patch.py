from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import patch
from graph.change import Change
from graph.errors import BadSyntax
from graph.terms import BlankNode, Literal, NamedNode, Quad
from tests.statements import SAYS, name, quad

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
OBJECTS = st.one_of(
    st.builds(Literal, TEXTS),
    st.builds(lambda text: Literal(text, language="en-GB"), TEXTS),
    st.builds(lambda text: Literal(text, datatype=name("type")), TEXTS),
    st.sampled_from([name("o"), BlankNode("b2")]),
)
QUADS = st.frozensets(
    st.builds(
        Quad,
        st.sampled_from([name("s"), BlankNode("b1")]),
        st.just(SAYS),
        OBJECTS,
        st.sampled_from([name("g"), name("h")]),
    ),
    max_size=6,
)


def lines(text: bytes) -> list[bytes]:
    return list(io.BytesIO(text))


@given(added=QUADS, removed=QUADS)
def test_a_change_written_and_read_is_the_same_change(
    added: frozenset[Quad], removed: frozenset[Quad]
) -> None:
    change = Change.of(added, removed)
    assert patch.read(lines(patch.write(change))) == change


def test_a_patch_is_the_text_that_jena_describes() -> None:
    blank = Quad(BlankNode("b0"), SAYS, Literal('a "b"\n', language="en"), name("g"))
    text = patch.write(Change.of([quad("a")], [blank]))
    assert text.decode() == (
        "TX .\n"
        r'D _:b0 <http://example.org/says> "a \"b\"\n"@en <http://example.org/g> .'
        "\n"
        'A <http://example.org/a> <http://example.org/says> "x" <http://example.org/g> .\n'
        "TC .\n"
    )


def test_the_same_change_is_always_the_same_text() -> None:
    many = [quad(str(number)) for number in range(50)]
    assert patch.write(Change.of(many)) == patch.write(Change.of(reversed(many)))


def test_a_header_row_is_read_as_it_was_written() -> None:
    for value in ("plain", 'two\n"lines"', "", 7, NamedNode("http://example.org/g")):
        read = patch.read_header(patch.header("word", value))
        assert read == ("word", value.value if isinstance(value, NamedNode) else str(value))


@pytest.mark.parametrize("row", [b"H word\n", b"X word <a> .\n", b"H word nothing .\n", b"\n"])
def test_a_header_row_that_is_none_is_refused(row: bytes) -> None:
    with pytest.raises(BadSyntax):
        patch.read_header(row)


def test_header_rows_are_passed_over_when_the_change_is_read() -> None:
    text = patch.header("number", 1) + patch.write(Change.of([quad("a")]))
    assert patch.read(lines(text)) == Change.of([quad("a")])


def test_a_patch_that_was_cut_off_is_refused() -> None:
    whole = lines(patch.write(Change.of([quad("a"), quad("b")])))
    for length in range(len(whole)):
        with pytest.raises(BadSyntax, match="last row is missing"):
            patch.read(whole[:length])


@pytest.mark.parametrize(
    "row",
    [b"Z <http://e/a> .\n", b"A <http://e/a> <http://e/b> .\n", b"A no terms .\n", b"PA x y .\n"],
)
def test_a_row_that_is_none_is_refused(row: bytes) -> None:
    with pytest.raises(BadSyntax):
        patch.read([patch.BEGIN, row, patch.COMMIT])


def test_a_long_patch_comes_in_parts_that_add_up() -> None:
    many = Change.of(quad(str(number)) for number in range(10))
    parts = list(patch.batches(lines(patch.write(many)), size=4))
    assert [part.size for part in parts] == [3, 4, 3]
    assert frozenset().union(*(part.added for part in parts)) == many.added
