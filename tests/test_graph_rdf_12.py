"""No statement about a statement reaches a parser, and no text that looks like one is refused."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadInput, BadSyntax
from graph.formats import N_QUADS, N_TRIPLES, TRIG, TURTLE, RdfFormat
from graph.lexer import guard
from graph.lexical import as_stored
from graph.rdf import read_quads
from graph.rdf_12 import NoStatementsAboutStatements

A, B = "<http://ex/a>", "<http://ex/b>"
HARMLESS = [
    f'{A} {B} "<<" .',
    f"{A} {B} '<<( x )>>' .",
    f'{A} {B} """a "" << \\""" <<""" .',
    f"{A} {B} '''it's << ''' .",
    f'{A} {B} "a\\\\", "<<\\"" .',
    f"# << a comment\n{A} {B} 1 . # <<",
    f'{A} {B} <http://ex/#x>, "<<" .',
    f'{A} {B} "", "<<", \'\' .',
    f"@prefix e: <http://ex/> .\ne:o\\'brien {B} e:a\\#b , '<<' .",
]
REFUSED = [
    f"<< {A} {B} 1 >> {B} 2 .",
    f"{A} {B} <<( {A} {B} 1 )>> .",
    f'{A} {B} "x" .\n{A} {B} <<( {A} {B} 1 )>> .',
    f"{A} {B} 1 . # comment\n<<{A} {B} 1>> {B} 2 .",
    f'{A} {B} """x""", <<( {A} {B} 1 )>> .',
    f'{A} {B} "", <<( {A} {B} 1 )>> .',
]


def seen(text: str, size: int) -> None:
    check, raw = NoStatementsAboutStatements("the input"), text.encode()
    for start in range(0, len(raw), size):
        check.see(raw[start : start + size])
    check.see(b"")


@pytest.mark.parametrize("size", [1, 2, 3, 5, 1000])
@pytest.mark.parametrize("text", HARMLESS)
def test_text_that_looks_like_one_is_let_through(text: str, size: int) -> None:
    seen(text, size)
    assert list(read_quads(io.BytesIO(text.encode()), format=TURTLE, base_iri="http://ex/"))


@pytest.mark.parametrize("size", [1, 2, 3, 5, 1000])
@pytest.mark.parametrize("text", REFUSED)
def test_a_statement_about_a_statement_is_refused_with_its_line(text: str, size: int) -> None:
    with pytest.raises(BadSyntax, match=r"RDF 1\.2") as refused:
        seen(text, size)
    assert refused.value.line == text[: text.index("<<")].count("\n") + 1


@given(st.lists(st.sampled_from([*"\"'<>#\\\n ab", "<<", '"""', "'''"]), max_size=30))
def test_the_size_of_the_chunks_changes_nothing(parts: list[str]) -> None:
    def outcome(size: int) -> int | None:
        try:
            seen("".join(parts), size)
        except BadSyntax as refused:
            return refused.line
        return None

    assert len({outcome(size) for size in (1, 2, 3, 7, 1000)}) == 1


@pytest.mark.parametrize("form", [TURTLE, TRIG, N_TRIPLES, N_QUADS])
def test_a_hundred_thousand_inside_one_another_end_nothing(form: RdfFormat) -> None:
    depth = 100_000
    text = f"{A} {B} " + f"<<( {A} {B} " * depth + A + " )>>" * depth + " ."
    with pytest.raises(BadSyntax, match=r"RDF 1\.2"):
        list(read_quads(io.BytesIO(text.encode()), format=form, base_iri="http://ex/"))


@pytest.mark.parametrize("size", [2 << 20, 20 << 20])
@pytest.mark.parametrize("text", ['<http://ex/a> <http://ex/b> "%s" .', "<http://ex/%s> a 1 ."])
def test_a_term_that_is_too_long_is_refused_in_words(text: str, size: int) -> None:
    told = io.BytesIO((text % ("x" * size)).encode())
    with pytest.raises(BadInput, match=r"longer than any|characters; 1,048,576 are possible"):
        list(map(as_stored, read_quads(told, format=TURTLE, base_iri="http://ex/")))


@pytest.mark.parametrize("word", ["TRIPLE(?s, ?p, ?o)", "isTRIPLE(?s)"])
def test_a_query_makes_none_either(word: str) -> None:
    with pytest.raises(BadSyntax, match=r"no SPARQL 1\.1"):
        guard(f"SELECT ({word} AS ?t) {{ ?s ?p ?o }}", source="the query")
