"""SPARQL tokens: where they begin and end, and that finding them takes linear time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadSyntax
from graph.scanner import as_parsed, decoded, tokens
from graph.terminals import Kind


def texts(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


def kinds(text: str) -> list[Kind]:
    return [token.kind for token in tokens(text)]


# -------------------------------------------------------------------------------- tokens


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<http://example.org/a#b>", Kind.IRI),
        ("<>", Kind.IRI),
        (r"<http://example.org/\u00E9>", Kind.IRI),
        ("ex:a", Kind.NAME),
        ("ex:", Kind.NAME),
        (":", Kind.NAME),
        (":a", Kind.NAME),
        ("ex:a.b-c:d", Kind.NAME),
        (r"ex:a\,b%20c", Kind.NAME),
        ("ex-1.2:1a", Kind.NAME),
        ("é:é", Kind.NAME),
        ("?x", Kind.VARIABLE),
        ("$1", Kind.VARIABLE),
        ("?é_1", Kind.VARIABLE),
        ("_:b", Kind.BLANK),
        ("_:1.b", Kind.BLANK),
        ("''", Kind.STRING),
        ('""', Kind.STRING),
        ("'a\\'b'", Kind.STRING),
        ("'''a'b''c\n'''", Kind.STRING),
        ('"""a"b""c\n"""', Kind.STRING),
        ("''''''", Kind.STRING),
        ("@en-GB", Kind.LANGUAGE),
        ("12", Kind.NUMBER),
        ("1.5", Kind.NUMBER),
        (".5", Kind.NUMBER),
        ("1.e5", Kind.NUMBER),
        ("1E-5", Kind.NUMBER),
        ("SELECT", Kind.WORD),
        ("group_concat", Kind.WORD),
        ("^^", Kind.MARK),
        ("<=", Kind.MARK),
        ("?", Kind.MARK),
    ],
)
def test_one_token_is_read_whole(text: str, kind: Kind) -> None:
    assert texts(text) == [text]
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ex:a.", ["ex:a", "."]),
        ("_:a.", ["_:a", "."]),
        ("5.", ["5", "."]),
        ("5.x", ["5", ".", "x"]),
        ("-5", ["-", "5"]),
        ("?a<?b", ["?a", "<", "?b"]),
        ("?s<p>?o", ["?s", "<p>", "?o"]),
        ("?a<=3 && ?b>=4", ["?a", "<=", "3", "&&", "?b", ">=", "4"]),
        ("((?a<?b)&&(?c>?d))", [*"((", "?a", "<", "?b", ")", "&&", "(", "?c", ">", "?d", *"))"]),
        ("'a'^^ex:b", ["'a'", "^^", "ex:b"]),
        ("'a'@en.", ["'a'", "@en", "."]),
        ("a # b 'c\nd", ["a", "d"]),
        ("#a\r#b\rc", ["c"]),
        ("<a>#b\n<c#d>", ["<a>", "<c#d>"]),
        ("'a' # 'b'\n 'c'", ["'a'", "'c'"]),
        ("'#' \"'\"", ["'#'", '"\'"']),
        ("a-b:c", ["a-b:c"]),
        ("a-b", ["a", "-", "b"]),
        ("ex:p+", ["ex:p", "+"]),
        ("''''a'''", ["''''a'''"]),
    ],
)
def test_tokens_end_where_the_grammar_ends_them(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_each_token_knows_its_line_and_column() -> None:
    found = [(token.text, token.line, token.column) for token in tokens("a\n  b 'é'\r\nc\rd")]
    assert found == [("a", 1, 1), ("b", 2, 3), ("'é'", 2, 5), ("c", 3, 1), ("d", 4, 1)]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a\n 'b", 2, 2),
        ("a 'b\nc'", 1, 3),
        ("'''a''", 1, 1),
        (r"'a\x'", 1, 1),
        ("a ~", 1, 3),
        ("<<a>>", 1, 1),
        (r"a \u0020b", 1, 3),
        (r"\U00110000", 1, 1),
    ],
)
def test_what_is_no_token_is_named_by_line_and_column(text: str, line: int, column: int) -> None:
    with pytest.raises(BadSyntax) as caught:
        list(tokens(text))
    assert (caught.value.line, caught.value.column) == (line, column)


def test_escapes_are_decoded_outside_strings_and_addresses() -> None:
    assert decoded(r"\u0041SK { ?\u0061 <\u0041> '\u0041' } # \u0041") == (
        r"ASK { ?a <\u0041> '\u0041' } # \u0041"
    )


def test_true_and_false_may_be_written_in_capitals() -> None:
    assert (
        as_parsed("TRUE 'TRUE' ?TRUE ex:TRUE False true") == "true 'TRUE' ?TRUE ex:TRUE false true"
    )


@given(st.text(alphabet="<>?a:b'\"\\#(){} \n.@^&|_u0041", max_size=60))
def test_any_text_is_read_or_refused_and_tokens_are_pieces_of_it(text: str) -> None:
    place: tuple[int | None, int | None] = (1, 1)
    found = []
    try:
        found = list(tokens(text))
    except BadSyntax as error:
        place = (error.line, error.column)
    assert None not in place
    source = decoded(text) if found else ""
    assert [source[token.start : token.end] for token in found] == [t.text for t in found]


LONG = {
    "letters and hyphens": "a-",
    "letters and dots": "a.",
    "open brackets of addresses": "<a",
    "open and closed": "(<a>",
    "question marks": "?",
    "dots": ".",
    "quotes in a long string": "''a",
    "escapes": r"\u0041",
    "backslashes in a string": r"\\",
    "names": "ex:a ",
    "comments": "#a\n",
}


@pytest.mark.parametrize("piece", LONG.values(), ids=LONG)
def test_twice_the_text_takes_about_twice_the_time(piece: str) -> None:
    def seconds(count: int) -> float:
        text = ("'''" if piece in ("''a", r"\\") else "") + piece * count
        begun = time.perf_counter()
        try:
            for _ in tokens(text):
                pass
        except BadSyntax:
            pass
        return time.perf_counter() - begun

    small = min(seconds(2_500) for _ in range(3))
    large = min(seconds(10_000) for _ in range(3))
    assert large < 10 * small + 0.02
