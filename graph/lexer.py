"""The guard: SPARQL text that calls outside or nests too deep never reaches a parser.

Also the one place to import tokens from; how they are found is told in ``scanner``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .errors import BadSyntax, Forbidden
from .scanner import (
    CLOSING,
    HIERARCHICAL,
    OPENING,
    OPERANDS,
    Token,
    as_parsed,
    decoded,
    position_of,
    tokens,
)
from .terminals import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "LIMIT_BYTES",
    "LIMIT_CHAIN",
    "LIMIT_DEPTH",
    "Token",
    "as_parsed",
    "decoded",
    "guard",
    "guarded",
    "tokens",
]

LIMIT_BYTES = 16 << 20
"""A longer text takes too much memory as tokens; the service has a limit of its own below this."""
LIMIT_DEPTH = 200
LIMIT_CHAIN = 1000
"""How many operators may follow one another: a parser recurses once for each, and 3,000 kill it."""

_CHAINS = frozenset(("UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "EXISTS", "GRAPH", "AS"))
_CHAIN_MARKS = ("||", "&&", "!", "|", "/", "+", "-", "*")
_LINK = re.compile(r"&&|[!+\-*/]")
_PATH_MARKS = ("|", "/", "!")
_DATA_FOLLOWS = frozenset(("DATA", "INSERT", "DELETE"))
_RDF_12_FUNCTIONS = ("TRIPLE", "ISTRIPLE")
_CALL = re.compile("SERVICE|LOAD", re.IGNORECASE)


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
    for _ in _guarded(text, source, limit_bytes, _Nesting(source, limit_depth, limit_chain)):
        pass


def guarded(text: str, *, source: str) -> list[Token]:
    """Return the tokens of a text that ``guard``, with its usual limits, lets through."""
    nesting = _Nesting(source, LIMIT_DEPTH, LIMIT_CHAIN)
    return list(_guarded(text, source, LIMIT_BYTES, nesting))


def _guarded(text: str, source: str, limit_bytes: int, nesting: _Nesting) -> Iterator[Token]:
    _refuse_length(text, source, limit_bytes)
    before: Token | None = None
    last: Token | None = None
    for token in tokens(text, source=source):
        nesting.see(token, after=last)
        glued = nesting.depth > 1 and _is_glued_call(before, last, token)
        if glued or (token.kind is Kind.WORD and _CALL.search(token.text)):
            raise _forbidden_call(token, source)
        if token.word in _RDF_12_FUNCTIONS:
            message = f"{token.text} makes a statement about a statement, which is no SPARQL 1.1"
            raise BadSyntax(message, source=source, line=token.line, column=token.column)
        yield token
        before, last = last, token


def _refuse_length(text: str, source: str, limit_bytes: int) -> None:
    try:
        length = len(text.encode())
    except UnicodeEncodeError as error:
        line, column = position_of(text, error.start)
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
        if token.kind is Kind.MARK and token.text in OPENING:
            self._enter(token, after)
        elif token.kind is Kind.MARK and token.text in CLOSING and self.depth:
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
        follows = after is not None and (after.kind in OPERANDS or after.is_mark(")"))
        if token.kind is not Kind.IRI or self._brackets[-1] != "(" or not follows:
            return 0
        return 0 if HIERARCHICAL.match(token.text) else len(_LINK.findall(token.text))

    def _refuse(self, token: Token, deed: str) -> None:
        raise Forbidden(
            f"{self._source} {deed} (line {token.line}, column {token.column}).",
            hint="Split it into several requests, or list values with VALUES or IN.",
        )
