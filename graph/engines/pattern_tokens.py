"""The triple patterns of a SPARQL text, taken from its tokens one subject, path and object each.

Grammar: SPARQL 1.1, section 19.8, rules 75 to 109. Blank nodes become variables, which
they are but for their names (section 4.1.4), and a path of several steps becomes several
patterns (section 18.2.2.4).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.terminals import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.lexer import Token

_PARTNERS = {"{": "}", "(": ")", "[": "]"}
_TYPE = ("a", "rdf:type", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>")


class Unknown(Exception):
    """Something that is not taken apart here."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One triple pattern, each part as it is written.

    Attributes:
        may_be_empty: whether the path leads from a node to itself without a statement.

    """

    subject: str
    path: str
    object: str
    may_be_empty: bool

    @property
    def text(self) -> str:
        """The pattern as SPARQL."""
        return f"{self.subject} {self.path} {self.object}"

    @property
    def ends(self) -> set[str]:
        """The names of the variables that stand for nodes."""
        return {end[1:] for end in (self.subject, self.object) if _is_variable(end)}

    @property
    def variables(self) -> set[str]:
        """The names of all its variables."""
        return self.ends | ({self.path[1:]} if _is_variable(self.path) else set())

    def cost(self, known: set[str]) -> tuple[bool, int]:
        """Return a number that grows with how many statements have to be looked at.

        Args:
            known: the variables that have a value.

        """
        subject, value = (
            not _is_variable(end) or end[1:] in known for end in (self.subject, self.object)
        )
        if subject:
            return self.may_be_empty, 0 if value else 1
        if not value:
            return self.may_be_empty, 4
        return self.may_be_empty, 3 if self.path in _TYPE else 2


def partners(read: Sequence[Token]) -> dict[int, int]:
    """Return which token closes each opening bracket that is closed."""
    found, opened = {}, []
    for at, token in enumerate(read):
        if token.kind is Kind.MARK and token.text in _PARTNERS:
            opened.append(at)
        elif opened and token.is_mark(_PARTNERS[read[opened[-1]].text]):
            found[opened.pop()] = at
    return found


class PatternTokens:
    """The patterns of one basic graph pattern, as they are read (section 18.2.2.5).

    Args:
        text: the whole text.
        read: its tokens.
        fresh: names for variables that the text does not have.

    Attributes:
        patterns: those that were read.

    """

    def __init__(self, text: str, read: Sequence[Token], fresh: Iterator[str]) -> None:
        self._text, self._read, self._fresh = text, read, fresh
        self._at = self._end = 0
        self._labelled: dict[str, str] = {}
        self.patterns: list[Pattern] = []

    def read(self, at: int, end: int) -> int:
        """Take all that is said of the subject at a place, and return the place behind.

        Raises:
            Unknown: for lists, and whatever is no SPARQL.

        """
        self._at, self._end = at, end
        begun = self._is("[")
        subject = self._node()
        self._said(subject, may_be_nothing=begun)
        return self._at

    def _said(self, subject: str, *, may_be_nothing: bool) -> None:
        """Take properties, each with its values."""
        if may_be_nothing and not self._is_verb():
            return
        self._property(subject)
        while self._take(";"):
            if self._is_verb():
                self._property(subject)

    def _property(self, subject: str) -> None:
        steps = self._steps()
        self._linked(subject, steps)
        while self._take(","):
            self._linked(subject, steps)

    def _linked(self, subject: str, steps: list[tuple[str, bool]]) -> None:
        value = self._node()
        places = [subject, *(next(self._fresh) for _ in steps[1:]), value]
        for (path, may_be_empty), start, end in zip(steps, places, places[1:], strict=False):
            self.patterns.append(Pattern(start, path, end, may_be_empty))

    def _steps(self) -> list[tuple[str, bool]]:
        """Take a verb, and return its steps and whether each of them may be none."""
        token = self._token
        if token.kind is Kind.VARIABLE:
            self._at += 1
            return [(token.text, False)]
        begin, steps = self._at, [self._step()]
        while self._take("/"):
            steps.append(self._step())
        if not self._is("|"):
            return steps
        while self._take("|", "/"):
            self._step()
        return [self._written(begin)]

    def _step(self) -> tuple[str, bool]:
        begin = self._at
        self._take("^")
        if self._take("!"):
            self._take("^")
        if self._is("("):
            self._at = self._closing() + 1
        elif self._is_iri() or self._token.text == "a":
            self._at += 1
        else:
            raise Unknown
        self._take("*", "+", "?")
        return self._written(begin)

    def _written(self, begin: int) -> tuple[str, bool]:
        """Return a path as it is written, and whether a part of it may be empty."""
        return self._since(begin), any(t.is_mark("*", "?") for t in self._read[begin : self._at])

    def _node(self) -> str:
        token, begin = self._token, self._at
        if token.is_mark("["):
            return self._bracketed()
        if token.kind is Kind.BLANK:
            self._at += 1
            return self._labelled.setdefault(token.text, next(self._fresh))
        self._take("+", "-")
        if not self._is_term():
            raise Unknown
        is_text = self._token.kind is Kind.STRING
        self._at += 1
        if is_text and (self._is_language() or self._take("^^")):
            self._at += 1
        return self._since(begin)

    def _bracketed(self) -> str:
        """Take a blank node in brackets with what is said of it, and return its variable."""
        node, end = next(self._fresh), self._closing()
        self._at += 1
        if self._at < end:
            self._said(node, may_be_nothing=False)
        if self._at != end:
            raise Unknown
        self._at += 1
        return node

    @property
    def _token(self) -> Token:
        if self._at >= self._end:
            raise Unknown
        return self._read[self._at]

    def _closing(self) -> int:
        depth = 0
        for at in range(self._at, self._end):
            depth += self._read[at].is_mark(*_PARTNERS)
            depth -= self._read[at].is_mark(*_PARTNERS.values())
            if not depth:
                return at
        raise Unknown

    def _is_verb(self) -> bool:
        if self._at >= self._end:
            return False
        token = self._token
        return (
            token.kind is Kind.VARIABLE
            or self._is_iri()
            or token.text == "a"
            or token.is_mark("^", "!", "(")
        )

    def _is_term(self) -> bool:
        kind = self._token.kind
        is_boolean = self._token.word in ("TRUE", "FALSE")
        return is_boolean or self._is_iri() or kind in (Kind.VARIABLE, Kind.NUMBER, Kind.STRING)

    def _is_language(self) -> bool:
        return self._at < self._end and self._token.kind is Kind.LANGUAGE

    def _is_iri(self) -> bool:
        return self._token.kind in (Kind.IRI, Kind.NAME)

    def _is(self, *marks: str) -> bool:
        return self._at < self._end and self._read[self._at].is_mark(*marks)

    def _take(self, *marks: str) -> bool:
        found = self._is(*marks)
        self._at += found
        return found

    def _since(self, begin: int) -> str:
        return self._text[self._read[begin].start : self._read[self._at - 1].end]


def _is_variable(end: str) -> bool:
    return end[0] in "?$"
