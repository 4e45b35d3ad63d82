"""SPARQL text as tokens, and the check that keeps harmful text away from every parser.

The tokens follow the grammar of SPARQL 1.1 Query, section 19.8. Reading them takes
time in proportion to the length of the text, whatever the text is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from .errors import BadSyntax

if TYPE_CHECKING:
    from collections.abc import Iterator


class Kind(Enum):
    """What a token is."""

    IRI = auto()
    NAME = auto()
    VARIABLE = auto()
    BLANK = auto()
    STRING = auto()
    LANGUAGE = auto()
    NUMBER = auto()
    WORD = auto()
    MARK = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of SPARQL text.

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


_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_START = _BASE + "_"
_MORE = "0-9\u00b7\u0300-\u036f\u203f-\u2040"
_CHARS = _START + _MORE + r"\-"
_HEX = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_ESCAPE = rf"\\[tbnrf\"'\\]|{_HEX}"
_ODD = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_DOTS = r"\.++(?=[{}])"

_PREFIX = rf"[{_BASE}](?:[{_CHARS}]|{_DOTS.format(_CHARS)})*+"
_LOCAL = rf"(?:[{_START}:0-9]|{_ODD})(?:[{_CHARS}:]|{_ODD}|{_DOTS.format(_CHARS + ':%' + re.escape(chr(92)))})*+"
_STRING = "|".join(
    (
        rf"'''(?:'{{0,2}}+(?:[^'\\]|{_ESCAPE}))*+'''",
        rf'"""(?:"{{0,2}}+(?:[^"\\]|{_ESCAPE}))*+"""',
        rf"'(?!'')(?:[^'\\\r\n]|{_ESCAPE})*+'",
        rf'"(?!"")(?:[^"\\\r\n]|{_ESCAPE})*+"',
    )
)
_IRI = rf"<(?:[^<>\"{{}}|^`\\\x00-\x20]|{_HEX})*+>"
_COMMENT = r"#[^\r\n]*+"
_PARTS = (
    (Kind.IRI, _IRI),
    (Kind.STRING, _STRING),
    (Kind.VARIABLE, rf"[?$][{_START}0-9][{_START}{_MORE}]*+"),
    (Kind.BLANK, rf"_:[{_START}0-9](?:[{_CHARS}]|{_DOTS.format(_CHARS)})*+"),
    (Kind.NAME, rf"(?:{_PREFIX})?+:(?:{_LOCAL})?+"),
    (Kind.WORD, r"[A-Za-z][A-Za-z0-9_]*+"),
    (Kind.LANGUAGE, r"@[A-Za-z]++(?:-[A-Za-z0-9]++)*+"),
    (Kind.NUMBER, r"(?:[0-9]++(?:\.[0-9]*+)?+|\.[0-9]++)[eE][+-]?[0-9]++|[0-9]*\.[0-9]++|[0-9]++"),
    (Kind.MARK, r"\^\^|&&|\|\||!=|<=|>=|[{}()\[\];,.=<>!+\-*/|^?]"),
)


def _pattern(*left_out: Kind) -> re.Pattern[str]:
    return re.compile(
        "|".join(f"(?P<{kind.name}>{part})" for kind, part in _PARTS if kind not in left_out)
    )


_ANY, _NO_NAME, _NO_IRI = _pattern(), _pattern(Kind.NAME), _pattern(Kind.IRI)
_BLANKS = re.compile(rf"(?:[ \t\r\n]++|{_COMMENT})*+")
_RUN = re.compile(_PREFIX)
_NEWLINE = re.compile(r"\r\n|\r|\n")
_KEPT_OR_ESCAPE = re.compile(rf"(?P<kept>{_STRING}|{_IRI}|{_COMMENT})|(?P<escape>{_HEX})")
_NAME_CHARACTER = re.compile(rf"[{_CHARS}:]")
_OPERANDS = frozenset(
    (Kind.IRI, Kind.NAME, Kind.VARIABLE, Kind.STRING, Kind.LANGUAGE, Kind.NUMBER, Kind.WORD)
)
_HIERARCHICAL = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")
_MISREADABLE = re.compile(r"['#]|service|load", re.IGNORECASE)


def decoded(text: str) -> str:
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
    return _KEPT_OR_ESCAPE.sub(_decode, text)


def _decode(found: re.Match[str]) -> str:
    if found["escape"] is None:
        return found[0]
    number = int(found["escape"][2:], 16)
    if number > 0x10FFFF or not _NAME_CHARACTER.fullmatch(chr(number)):
        raise _bad(
            found.string, found.start(), f"{found[0]} stands for a character that no name may have"
        )
    return chr(number)


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of SPARQL text; comments and blanks are left out.

    Raises:
        BadSyntax: with line and column, at what cannot begin a token.

    Example:
        >>> [token.text for token in tokens("ASK { ?s ex:p 'a b' } # all")]
        ['ASK', '{', '?s', 'ex:p', "'a b'", '}']

    """
    return _Reading(decoded(text)).tokens()


class _Reading:
    """One pass over a text, with the little that has to be remembered on the way."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line, self._line_start, self._counted = 1, 0, 0
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
        if found is not None and found.lastgroup == Kind.IRI.name and self._is_less_than(found[0]):
            found = _NO_IRI.match(self._text, place)
        if found is None or found.lastgroup is None:
            raise _bad(self._text, place, _complaint(self._text, place))
        line, column = self._position(place)
        kind = Kind[found.lastgroup]
        return Token(kind, found[0], line, column, place, found.end())

    def _position(self, place: int) -> tuple[int, int]:
        for newline in _NEWLINE.finditer(self._text, self._counted, place):
            self._line += 1
            self._line_start = newline.end()
        self._counted = place
        return self._line, place - self._line_start + 1

    def _remember(self, token: Token) -> None:
        if token.is_mark("<") and self._text.startswith("<", token.end):
            raise _bad(self._text, token.start, "'<<' is no SPARQL 1.1", hint=_RDF_12)
        if token.is_mark("{", "(", "["):
            self._brackets.append(token.text)
        elif token.is_mark("}", ")", "]") and self._brackets:
            self._brackets.pop()
        elif token.kind is Kind.WORD and self._no_name_before <= token.start:
            run = _RUN.match(self._text, token.start)
            self._no_name_before = run.end() if run else token.end
        self._operand = token.kind in _OPERANDS or token.is_mark(")")

    def _is_less_than(self, text: str) -> bool:
        """Tell whether ``<...>`` begins with an operator, as in ``FILTER((?a<?b)&&(?c>?d))``.

        The grammar takes the longest token, but parsers, which know what they expect,
        do not. Where the two readings would lead to different tokens afterwards, a
        keyword could hide in one of them, so such text is refused.
        """
        if not self._operand or "(" not in self._brackets[-1:] or _HIERARCHICAL.match(text):
            return False
        if _MISREADABLE.search(text):
            line, column = self._line, self._counted - self._line_start + 1
            raise BadSyntax(
                f"{text} can be read as an IRI or as a comparison",
                source="the SPARQL text",
                line=line,
                column=column,
                hint="Put a space after '<', or write the IRI in full, from https:// on.",
            )
        return "(" in text or ")" in text


_RDF_12 = "Statements about statements (RDF 1.2) are not kept; put a space between if you compare."


def _complaint(text: str, place: int) -> str:
    sign = text[place]
    if sign in "'\"":
        return "a string begins here that does not end, or holds an unknown \\ escape"
    if sign == "<":
        return "an IRI begins here that does not end"
    return f"{sign!r} has no meaning here"


def _bad(text: str, place: int, message: str, *, hint: str = "") -> BadSyntax:
    line, line_start = 1, 0
    for newline in _NEWLINE.finditer(text, 0, place):
        line, line_start = line + 1, newline.end()
    return BadSyntax(
        message, source="the SPARQL text", line=line, column=place - line_start + 1, hint=hint
    )
