"""SPARQL text as tokens, and the check that keeps harmful text away from every parser.

The tokens follow the grammar of SPARQL 1.1 Query, section 19.8. Reading them takes
time in proportion to the length of the text, whatever the text is.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .errors import BadSyntax, Forbidden
from .terminals import CHARS, COMMENT, ESCAPED, IRI, PREFIX, STRING, Kind, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator


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


_ANY, _NO_NAME, _NO_IRI = pattern(), pattern(Kind.NAME), pattern(Kind.IRI)
_BLANKS = re.compile(rf"(?:[ \t\r\n]++|{COMMENT})*+")
_RUN = re.compile(PREFIX)
_NEWLINE = re.compile(r"\r\n|\r|\n")
_KEPT_OR_ESCAPE = re.compile(rf"(?P<kept>{STRING}|{IRI}|{COMMENT})|(?P<escape>{ESCAPED})")
_NAME_CHARACTER = re.compile(rf"[{CHARS}:]")
_LOUD_BOOLEAN = re.compile(r"\b(?-i:(?!true\b|false\b))(?:true|false)\b", re.IGNORECASE)
_OPERANDS = frozenset(
    (Kind.IRI, Kind.NAME, Kind.VARIABLE, Kind.STRING, Kind.LANGUAGE, Kind.NUMBER, Kind.WORD)
)
_HIERARCHICAL = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")
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
        line, column = _position(found.string, found.start())
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
        if (
            found is not None
            and found.lastgroup == Kind.IRI.name
            and self._is_less_than(found[0], place)
        ):
            found = _NO_IRI.match(self._text, place)
        if found is None or found.lastgroup is None:
            raise self._bad(place, _complaint(self._text[place]))
        line, column = self._count_to(place)
        kind = Kind[found.lastgroup]
        return Token(kind, found[0], line, column, place, found.end())

    def _count_to(self, place: int) -> tuple[int, int]:
        for newline in _NEWLINE.finditer(self._text, self._counted, place):
            self._line += 1
            self._line_start = newline.end()
        self._counted = place
        return self._line, place - self._line_start + 1

    def _remember(self, token: Token) -> None:
        if token.is_mark("<") and self._text.startswith("<", token.end):
            raise self._bad(token.start, "'<<' is no SPARQL 1.1", hint=_RDF_12)
        if token.is_mark("{", "(", "["):
            self._brackets.append(token.text)
        elif token.is_mark("}", ")", "]") and self._brackets:
            self._brackets.pop()
        elif token.kind is Kind.WORD and self._no_name_before <= token.start:
            run = _RUN.match(self._text, token.start)
            self._no_name_before = run.end() if run else token.end
        self._operand = token.kind in _OPERANDS or token.is_mark(")")

    def _is_less_than(self, text: str, place: int) -> bool:
        """Tell whether ``<...>`` begins with an operator, as in ``FILTER((?a<?b)&&(?c>?d))``.

        The grammar takes the longest token, but parsers, which know what they expect,
        do not. Where the two readings would lead to different tokens afterwards, a
        keyword could hide in one of them, so such text is refused.
        """
        if not self._operand or "(" not in self._brackets[-1:] or _HIERARCHICAL.match(text):
            return False
        if _MISREADABLE.search(text):
            raise self._bad(
                place, f"{text} can be read as an IRI or as a comparison", hint=_TWO_READINGS
            )
        return "(" in text or ")" in text

    def _bad(self, place: int, message: str, *, hint: str = "") -> BadSyntax:
        line, column = _position(self._text, place)
        return BadSyntax(message, source=self._source, line=line, column=column, hint=hint)


_RDF_12 = "Statements about statements (RDF 1.2) are not kept; put a space between if you compare."
_TWO_READINGS = "Put a space after '<', or write the IRI in full, from https:// on."


def _complaint(sign: str) -> str:
    if sign in "'\"":
        return "a string begins here that does not end, or holds an unknown \\ escape"
    if sign == "<":
        return "an IRI begins here that does not end"
    return f"{sign!r} has no meaning here"


def _position(text: str, place: int) -> tuple[int, int]:
    line, line_start = 1, 0
    for newline in _NEWLINE.finditer(text, 0, place):
        line, line_start = line + 1, newline.end()
    return line, place - line_start + 1


LIMIT_BYTES = 1 << 20
LIMIT_DEPTH = 200
LIMIT_CHAIN = 1000
"""How many operators may follow one another: a parser recurses once for each, and 3,000 kill it."""

_CHAINS = frozenset(("UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "EXISTS", "GRAPH", "AS"))
_CHAIN_MARKS = ("||", "&&", "!", "|", "/", "+", "-", "*")
_LINK = re.compile(r"&&|[!+\-*/]")
_PATH_MARKS = ("|", "/", "!")
_DATA_FOLLOWS = frozenset(("DATA", "INSERT", "DELETE"))
_NEVER = ("SERVICE", "LOAD")


def guard(
    text: str,
    *,
    source: str,
    limit_bytes: int = LIMIT_BYTES,
    limit_depth: int = LIMIT_DEPTH,
    limit_chain: int = LIMIT_CHAIN,
) -> None:
    """Refuse a query or update that no parser may see.

    Keywords are looked for among the tokens, so ``ex:service`` or a string that says
    LOAD is nobody's business. pyoxigraph, however, reads ``SERVICEex:a`` as a keyword
    and a name; such a name is refused where the keyword could stand.

    Args:
        text: a SPARQL query or update.
        source: what an error calls it, such as "the query".
        limit_bytes: how long it may be in UTF-8.
        limit_depth: how deep brackets may be nested.
        limit_chain: how many operators may follow one another, nested ones included.

    Raises:
        Forbidden: for SERVICE or LOAD, and for text that is too long or too deep.
        BadSyntax: for text that has no tokens, with line and column.

    """
    _refuse_length(text, source, limit_bytes)
    nesting = _Nesting(source, limit_depth, limit_chain)
    before: Token | None = None
    last: Token | None = None
    for token in tokens(text, source=source):
        nesting.see(token, after=last)
        glued = nesting.depth > 1 and _is_glued_call(before, last, token)
        if glued or any(call in token.word for call in _NEVER):
            raise _forbidden_call(token, source)
        before, last = last, token


def _refuse_length(text: str, source: str, limit_bytes: int) -> None:
    try:
        length = len(text.encode())
    except UnicodeEncodeError as error:
        line, column = _position(text, error.start)
        message = f"it holds half a character (U+{ord(text[error.start]):04X})"
        raise BadSyntax(message, source=source, line=line, column=column) from error
    if length > limit_bytes:
        raise Forbidden(
            f"{source} is longer than {limit_bytes:,} bytes.",
            hint="Load large data from a file, or split it into several requests.",
        )


def _is_glued_call(before: Token | None, last: Token | None, token: Token) -> bool:
    """Tell whether ``last`` could be SERVICE and a name without a space between them."""
    return (
        token.is_mark("{")
        and last is not None
        and last.kind is Kind.NAME
        and "SERVICE" in last.text.partition(":")[0].upper()
        and not (before is not None and before.word == "GRAPH")
    )


def _forbidden_call(token: Token, source: str) -> Forbidden:
    call = "LOAD" if "LOAD" in token.word else "SERVICE"
    return Forbidden(
        f"{source} uses {call} in line {token.line}, column {token.column}; "
        "this store never fetches anything from elsewhere.",
        hint="Load the file with 'medalgraph load' first, and query it here.",
    )


class _Nesting:
    """How deep a parser has to go: brackets, and operators that follow one another."""

    def __init__(self, source: str, limit_depth: int, limit_chain: int) -> None:
        self._source, self._limit_depth, self._limit_chain = source, limit_depth, limit_chain
        self._brackets = [""]
        self._chain = [0]
        self._deepest_child = [0]

    @property
    def depth(self) -> int:
        return len(self._brackets) - 1

    def see(self, token: Token, *, after: Token | None) -> None:
        if token.is_mark("{", "(", "["):
            self._enter(token, after)
        elif token.is_mark("}", ")", "]") and self.depth:
            self._leave()
        elif self._brackets[-1] != "data":
            self._chain[-1] += self._is_link(token) or self._hidden_links(token, after)
        if self.depth > self._limit_depth:
            self._refuse(token, f"nests brackets deeper than {self._limit_depth}")
        if self._chain[-1] + self._deepest_child[-1] > self._limit_chain:
            self._refuse(token, f"joins more than {self._limit_chain:,} parts in one chain")

    def _enter(self, token: Token, after: Token | None) -> None:
        data = self._brackets[-1] == "data" or (after is not None and after.word in _DATA_FOLLOWS)
        self._brackets.append("data" if data else token.text)
        self._chain.append(0)
        self._deepest_child.append(0)

    def _leave(self) -> None:
        self._brackets.pop()
        deepest = self._chain.pop() + self._deepest_child.pop()
        self._deepest_child[-1] = max(self._deepest_child[-1], deepest)

    def _is_link(self, token: Token) -> bool:
        """Tell whether a parser goes one level deeper for this; a signed number is no sum."""
        marks = _CHAIN_MARKS if self._brackets[-1] == "(" else _PATH_MARKS
        return token.word in _CHAINS or token.is_mark(*marks)

    def _hidden_links(self, token: Token, after: Token | None) -> int:
        """Return how many operators an IRI holds where it might be a comparison."""
        follows = after is not None and (after.kind in _OPERANDS or after.is_mark(")"))
        if token.kind is not Kind.IRI or self._brackets[-1] != "(" or not follows:
            return 0
        return 0 if _HIERARCHICAL.match(token.text) else len(_LINK.findall(token.text))

    def _refuse(self, token: Token, deed: str) -> None:
        raise Forbidden(
            f"{self._source} {deed} (line {token.line}, column {token.column}).",
            hint="Split it into several requests, or list values with VALUES or IN.",
        )
