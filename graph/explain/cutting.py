"""Cutting a query into parts: by its tokens alone, after a parser has found it well formed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.lexer import as_parsed, tokens
from graph.terminals import Kind

from .parts import Part, Query, Sort, Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from graph.lexer import Token

_PARTNER = {"{": "}", "(": ")", "[": "]"}
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


def cut(text: str) -> Query:
    """Return a well-formed query as its parts.

    Args:
        text: a query that a parser has taken.

    """
    text = as_parsed(text)
    return _Cutter(text, list(tokens(text))).query()


class _Cutter:
    """One pass over the tokens of a query."""

    def __init__(self, text: str, read: Sequence[Token]) -> None:
        self._text, self._read, self._at = text, read, 0

    def query(self) -> Query:
        while self._token.word not in _FORMS:
            self._at += 1
        prologue = self._text[: self._token.start]
        heads = list(self._head())
        names = tuple(name for _, name in heads)
        datasets = " ".join(clause for clause, _ in heads)
        pattern = tuple(self._group()) if not self._is_over else ()
        modifiers = tuple(self._read[self._at :])
        return Query(
            prologue, datasets, pattern + tuple(self._values_after(modifiers)), modifiers, names
        )

    @property
    def _token(self) -> Token:
        return self._read[self._at]

    @property
    def _word(self) -> str:
        return "" if self._is_over else self._token.word

    @property
    def _is_over(self) -> bool:
        return self._at >= len(self._read)

    def _head(self) -> Iterator[tuple[str, str]]:
        """Go to the brace of WHERE, and yield each FROM clause on the way with its graph."""
        while not self._is_over:
            token = self._token
            if token.word == "FROM":
                begin = self._at
                self._at += 2 if self._read[self._at + 1].word == "NAMED" else 1
                yield self._slice(begin, self._at + 1), self._token.text
                self._at += 1
            elif token.is_mark("{"):
                end = self._closing(self._at)
                is_template = end + 1 < len(self._read) and (
                    self._read[end + 1].word in ("WHERE", "FROM")
                    or self._read[end + 1].is_mark("{")
                )
                if not is_template:
                    return
                self._at = end + 1
            elif token.is_mark("("):
                self._at = self._closing(self._at) + 1
            else:
                self._at += 1

    def _values_after(self, modifiers: Sequence[Token]) -> Iterator[Part]:
        """Yield the VALUES block that follows the modifiers; it is joined like any other part."""
        for place, token in enumerate(modifiers):
            if token.word == "VALUES":
                yield self._part(
                    Sort.VALUES, len(self._read) - len(modifiers) + place, len(self._read)
                )

    def _group(self) -> Iterator[Part]:
        """Yield the parts of the group that begins here, and go behind it."""
        end = self._closing(self._at)
        self._at += 1
        while self._at < end:
            if self._token.is_mark(".", ";"):
                self._at += 1
                continue
            yield from self._parts()
        self._at = end + 1

    def _parts(self) -> Iterator[Part]:
        special: dict[str, Callable[[], Part]] = {
            "FILTER": self._filter,
            "BIND": lambda: self._bracketed(Sort.BIND),
            "VALUES": self._values,
            "OPTIONAL": lambda: self._inner(Sort.OPTIONAL),
            "MINUS": lambda: self._inner(Sort.MINUS),
            "GRAPH": self._graph,
        }
        if self._token.word in special:
            yield special[self._token.word]()
        elif self._token.is_mark("{"):
            yield self._union()
        else:
            yield from self._statements()

    def _filter(self) -> Part:
        begin = self._at
        self._at += 1
        if self._token.word == "NOT":
            self._at += 1
        if self._token.word == "EXISTS":
            self._at = self._closing(self._at + 1) + 1
        elif self._token.is_mark("("):
            self._at = self._closing(self._at) + 1
        else:
            self._at = self._closing(self._at + 1) + 1
        return self._part(Sort.FILTER, begin, self._at)

    def _bracketed(self, sort: Sort) -> Part:
        begin = self._at
        self._at = self._closing(self._at + 1) + 1
        return self._part(sort, begin, self._at)

    def _values(self) -> Part:
        begin = self._at
        while not self._token.is_mark("{"):
            self._at += 1
        self._at = self._closing(self._at) + 1
        return self._part(Sort.VALUES, begin, self._at)

    def _inner(self, sort: Sort) -> Part:
        begin = self._at
        self._at += 1
        inside = tuple(self._group())
        return self._part(sort, begin, self._at, groups=(inside,))

    def _graph(self) -> Part:
        begin, name = self._at, self._read[self._at + 1].text
        self._at += 2
        inside = tuple(self._group())
        return self._part(Sort.GRAPH, begin, self._at, name=name, groups=(inside,))

    def _union(self) -> Part:
        begin = self._at
        groups: list[tuple[Part, ...]] = []
        while True:
            if self._read[self._at + 1].word == "SELECT":
                inner = self._at
                self._at = self._closing(self._at) + 1
                groups.append((self._part(Sort.SELECT, inner, self._at),))
            else:
                groups.append(tuple(self._group()))
            if self._word != "UNION":
                break
            self._at += 1
        if len(groups) == 1 and len(groups[0]) == 1 and groups[0][0].sort is Sort.SELECT:
            return groups[0][0]
        sort = Sort.UNION if len(groups) > 1 else Sort.GROUP
        return self._part(sort, begin, self._at, groups=tuple(groups))

    def _statements(self) -> Iterator[Part]:
        """Yield the statements about one subject, each as if it were written out."""
        begin = first = self._at
        subject = self._term()
        about = _variables_of(self._read[begin : self._at])
        if self._ends_statement():
            # A blank node or a collection alone says all there is to say in its brackets.
            alone = self._part(Sort.GROUP, begin, self._at)
            yield replace(alone, text=f"{alone.text} .")
            return
        place = self._read[begin]
        while not self._ends_statement():
            path = self._path()
            while True:
                begin = self._at
                statement = Statement(subject, path, self._term(), first)
                found = about | _variables_of((*path, *self._read[begin : self._at]))
                yield Part(
                    Sort.STATEMENT, statement.text, place.line, place.column, found, statement
                )
                if not self._is_mark(","):
                    break
                self._at += 1
                place = self._token
            while self._is_mark(";"):
                self._at += 1
            place = self._read[min(self._at, len(self._read) - 1)]

    def _term(self) -> str:
        """Return the term that begins here as text, and go behind it."""
        begin, token = self._at, self._token
        if token.is_mark("(", "["):
            self._at = self._closing(self._at) + 1
        elif token.is_mark("+", "-"):
            self._at += 2
        else:
            self._at += 1
        if token.kind is Kind.STRING and not self._is_over:
            if self._token.kind is Kind.LANGUAGE:
                self._at += 1
            elif self._token.is_mark("^^"):
                self._at += 2
        return self._slice(begin, self._at)

    def _path(self) -> tuple[Token, ...]:
        """Return the tokens of the property path that begins here, and go behind it."""
        begin = self._at
        while True:
            while self._token.is_mark("^", "!"):
                self._at += 1
            self._at = self._closing(self._at) + 1 if self._token.is_mark("(") else self._at + 1
            if self._is_mark("*", "+", "?"):
                self._at += 1
            if not self._is_mark("/", "|"):
                return tuple(self._read[begin : self._at])
            self._at += 1

    def _ends_statement(self) -> bool:
        return self._is_over or self._is_mark(".", "}", "{") or self._token.word in (
            "FILTER", "BIND", "VALUES", "OPTIONAL", "MINUS", "GRAPH",
        )  # fmt: skip

    def _is_mark(self, *marks: str) -> bool:
        return not self._is_over and self._token.is_mark(*marks)

    def _closing(self, place: int) -> int:
        """Return where the bracket that opens at a place is closed."""
        while not self._read[place].is_mark(*_PARTNER):
            place += 1
        depth = 0
        for at in range(place, len(self._read)):
            depth += self._read[at].is_mark(*_PARTNER) - self._read[at].is_mark(*_PARTNER.values())
            if depth == 0:
                return at
        return len(self._read) - 1

    def _slice(self, begin: int, end: int) -> str:
        return self._text[self._read[begin].start : self._read[end - 1].end]

    def _part(
        self,
        sort: Sort,
        begin: int,
        end: int,
        *,
        name: str = "",
        groups: tuple[tuple[Part, ...], ...] = (),
    ) -> Part:
        first = self._read[begin]
        found = _variables_of(self._read[begin:end])
        return Part(
            sort,
            self._slice(begin, end),
            first.line,
            first.column,
            found,
            name=name,
            groups=groups,
        )


def _variables_of(read: Sequence[Token]) -> frozenset[str]:
    return frozenset(token.text[1:] for token in read if token.kind is Kind.VARIABLE)
