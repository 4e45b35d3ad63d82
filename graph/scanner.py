"""SPARQL text as tokens, each with its place.

The tokens follow the grammar of SPARQL 1.1 Query, section 19.8. Reading them takes
time in proportion to the length of the text, whatever the text is.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, NamedTuple

from .errors import BadSyntax
from .terminals import CHARS, COMMENT, ESCAPED, IRI, PREFIX, STRING, Kind, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator


class Token(NamedTuple):
    """A piece of SPARQL text; a tuple, for a long text has hundreds of thousands.

    Attributes:
        kind: IRI is one in angle brackets, NAME a prefixed name, BLANK a blank node
            label, WORD a keyword or function name, MARK punctuation.
        text: as written; see ``decoded`` for escapes outside strings and IRIs.
        line: counted from 1.
        column: counted from 1 in characters.
        start: the offset of its first character in the decoded text.
        end: the offset right after its last character.

    """

    kind: Kind
    text: str
    line: int
    column: int
    start: int
    end: int

    @property
    def word(self) -> str:
        """The keyword in capitals, or an empty string where the token is none."""
        return self.text.upper() if self.kind is Kind.WORD else ""

    def is_mark(self, *marks: str) -> bool:
        """Tell whether this is one of these punctuation marks."""
        return self.kind is Kind.MARK and self.text in marks


_ANY, _NO_NAME, _NO_IRI = pattern(), pattern(Kind.NAME), pattern(Kind.IRI)
_KINDS = {kind.name: kind for kind in Kind}
_BLANKS = re.compile(rf"(?:[ \t\r\n]++|{COMMENT})*+")
_RUN = re.compile(PREFIX)
_NEWLINE = re.compile(r"\r\n|\r|\n")
_KEPT_OR_ESCAPE = re.compile(rf"(?P<kept>{STRING}|{IRI}|{COMMENT})|(?P<escape>{ESCAPED})")
_NAME_CHARACTER = re.compile(rf"[{CHARS}:]")
_LOUD_BOOLEAN = re.compile(r"\b(?-i:(?!true\b|false\b))(?:true|false)\b", re.IGNORECASE)
OPENING, CLOSING = frozenset("{(["), frozenset("})]")
OPERANDS = frozenset(
    (Kind.IRI, Kind.NAME, Kind.VARIABLE, Kind.STRING, Kind.LANGUAGE, Kind.NUMBER, Kind.WORD)
)
HIERARCHICAL = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")
_MISREADABLE = re.compile(r"['#]|service|load", re.IGNORECASE)


def decoded(text: str, *, source: str = "the SPARQL text") -> str:
    r"""Return ``text`` with each ``\uXXXX`` outside strings and IRIs decoded (section 19.2).

    Inside strings and IRIs the escapes stay; every parser reads them there.

    Raises:
        BadSyntax: where such an escape stands for a character that no name may have.

    Example:
        >>> decoded(r"\u0041SK { ?s ?p '\u0041' }")
        "ASK { ?s ?p '\\u0041' }"

    """
    if "\\u" not in text and "\\U" not in text:
        return text
    return _KEPT_OR_ESCAPE.sub(lambda found: _decode(found, source), text)


def _decode(found: re.Match[str], source: str) -> str:
    if found["escape"] is None:
        return found[0]
    number = int(found["escape"][2:], base=16)  # noqa: FURB166 - \u is no prefix int knows
    if number > sys.maxunicode or not _NAME_CHARACTER.fullmatch(chr(number)):
        line, column = position_of(found.string, found.start())
        raise BadSyntax(
            f"{found[0]} stands for a character that no name may have",
            source=source,
            line=line,
            column=column,
        )
    return chr(number)


def as_parsed(text: str, *, source: str = "the SPARQL text") -> str:
    """Return ``text`` decoded and with TRUE and FALSE in small letters, as pyoxigraph wants them.

    Example:
        >>> as_parsed("ASK { ?s ?p TRUE, 'TRUE' }")
        "ASK { ?s ?p true, 'TRUE' }"

    """
    text = decoded(text, source=source)
    if not _LOUD_BOOLEAN.search(text):
        return text
    pieces, done = [], 0
    for token in tokens(text, source=source):
        if token.word in ("TRUE", "FALSE"):
            pieces += [text[done : token.start], token.text.lower()]
            done = token.end
    return "".join((*pieces, text[done:]))


def tokens(text: str, *, source: str = "the SPARQL text") -> Iterator[Token]:
    """Yield the tokens of SPARQL text; comments and blanks are left out.

    Raises:
        BadSyntax: with line and column, at what cannot begin a token.

    Example:
        >>> [token.text for token in tokens("ASK { ?s ex:p 'a b' } # all")]
        ['ASK', '{', '?s', 'ex:p', "'a b'", '}']

    """
    return _Reading(decoded(text, source=source), source).tokens()


class _Reading:
    """One pass over a text, with the little that has to be remembered on the way."""

    def __init__(self, text: str, source: str) -> None:
        self._text, self._source = text, source
        self._line, self._line_start = 1, 0
        self._next_line = self._line_after(0)
        self._brackets: list[str] = []
        self._operand = False
        self._no_name_before = 0

    def tokens(self) -> Iterator[Token]:
        place = self._after_blanks(0)
        while place < len(self._text):
            token = self._token(place)
            self._remember(token)
            yield token
            place = self._after_blanks(token.end)

    def _after_blanks(self, place: int) -> int:
        found = _BLANKS.match(self._text, place)
        return found.end() if found else place

    def _token(self, place: int) -> Token:
        pattern = _NO_NAME if place < self._no_name_before else _ANY
        found = pattern.match(self._text, place)
        if (
            found is not None
            and found.lastgroup == Kind.IRI.name
            and self._is_less_than(found[0], place)
        ):
            found = _NO_IRI.match(self._text, place)
        if found is None or found.lastgroup is None:
            raise self._bad(place, _complaint(self._text[place]))
        line, column = self._count_to(place)
        return Token(_KINDS[found.lastgroup], found[0], line, column, place, found.end())

    def _count_to(self, place: int) -> tuple[int, int]:
        while self._next_line <= place:
            self._line += 1
            self._line_start = self._next_line
            self._next_line = self._line_after(self._next_line)
        return self._line, place - self._line_start + 1

    def _line_after(self, place: int) -> int:
        found = _NEWLINE.search(self._text, place)
        return found.end() if found else len(self._text) + 1

    def _remember(self, token: Token) -> None:
        self._operand = token.kind in OPERANDS or token.text == ")"
        if token.kind is Kind.WORD and self._no_name_before <= token.start:
            run = _RUN.match(self._text, token.start)
            self._no_name_before = run.end() if run else token.end
        if token.kind is not Kind.MARK:
            return
        if token.text == "<" and self._text.startswith("<", token.end):
            raise self._bad(token.start, "'<<' is no SPARQL 1.1", hint=_RDF_12)
        if token.text in OPENING:
            self._brackets.append(token.text)
        elif token.text in CLOSING and self._brackets:
            self._brackets.pop()

    def _is_less_than(self, text: str, place: int) -> bool:
        """Tell whether ``<...>`` begins with an operator, as in ``FILTER((?a<?b)&&(?c>?d))``.

        The grammar takes the longest token, but parsers, which know what they expect,
        do not. Where the two readings would lead to different tokens afterwards, a
        keyword could hide in one of them, so such text is refused.
        """
        if not self._operand or "(" not in self._brackets[-1:] or HIERARCHICAL.match(text):
            return False
        if _MISREADABLE.search(text):
            raise self._bad(
                place, f"{text} can be read as an IRI or as a comparison", hint=_TWO_READINGS
            )
        return "(" in text or ")" in text

    def _bad(self, place: int, message: str, *, hint: str = "") -> BadSyntax:
        line, column = position_of(self._text, place)
        return BadSyntax(message, source=self._source, line=line, column=column, hint=hint)


_RDF_12 = "Statements about statements (RDF 1.2) are not kept; put a space between if you compare."
_TWO_READINGS = "Put a space after '<', or write the IRI in full, from https:// on."


def _complaint(sign: str) -> str:
    if sign in "'\"":
        return "a string begins here that does not end, or holds an unknown \\ escape"
    if sign == "<":
        return "an IRI begins here that does not end"
    return f"{sign!r} has no meaning here"


def position_of(text: str, place: int) -> tuple[int, int]:
    """Return the line and column of an offset, both counted from 1."""
    line, line_start = 1, 0
    for newline in _NEWLINE.finditer(text, 0, place):
        line, line_start = line + 1, newline.end()
    return line, place - line_start + 1
