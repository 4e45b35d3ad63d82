"""Where a property stands in a query: the statements that have it, by the tokens of the text.

The walk follows the grammar of SPARQL 1.1 (section 19.8, rules 52 to 106) as far as it takes
to tell a property from a subject and an object, through groups, sub-queries and EXISTS.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import BadSyntax
from graph.terminals import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from graph.lexer import Token

_PATH = ("/", "|", "^", "!", "*", "+", "?")
_ENDS = frozenset(("FILTER", "OPTIONAL", "MINUS", "UNION", "GRAPH", "SERVICE", "BIND", "VALUES"))
_CLOSING = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Segment:
    """A property of a statement with its objects.

    Attributes:
        start: the offset of its first character.
        end: the offset after its last character.
        semicolon: the offset of the semicolon before it; -1 if there is none.

    """

    start: int
    end: int
    semicolon: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A subject with its properties, of which one at least is looked for.

    Attributes:
        subject: the tokens of the subject.
        objects: the tokens of each object of the property.
        kept: the other properties.
        end: the offset after the last token of the statement.
        point: the offset after the point that ends it; the same as ``end`` if there is none.
        run_start: the offset at which the run of statements begins that it stands in.

    """

    subject: tuple[Token, ...]
    objects: tuple[tuple[Token, ...], ...]
    kept: tuple[Segment, ...]
    end: int
    point: int
    run_start: int

    def removed(self) -> Iterator[tuple[int, int]]:
        """Yield what to take out, as offsets, so that the rest is a statement or nothing."""
        if not self.kept:
            yield self.subject[0].start, self.point
            return
        at = self.subject[-1].end
        for place, segment in enumerate(self.kept):
            if place and segment.semicolon >= 0:
                yield at, segment.semicolon
                at = segment.semicolon + 1
            yield at, segment.start
            at = segment.end
        yield at, self.end


def statements(
    read: Sequence[Token], start: int, is_it: Callable[[Token], bool]
) -> list[Statement]:
    """Return the statements of a query that have a property, in order.

    Args:
        read: the tokens of the query.
        start: where the query begins, after its declarations.
        is_it: tells the property.

    Raises:
        BadSyntax: if it stands in a path, in square brackets or in a short CONSTRUCT.
        IndexError: if the query breaks off.

    """
    walk = _Walk(read, is_it)
    walk.query(start)
    return sorted(walk.found, key=lambda statement: statement.subject[0].start)


class _Walk:
    """One pass over the tokens; each method takes a place and returns the next."""

    def __init__(self, read: Sequence[Token], is_it: Callable[[Token], bool]) -> None:
        self._read, self._is_it = read, is_it
        self.found: list[Statement] = []

    def query(self, at: int) -> None:
        if self._read[at].word == "CONSTRUCT":
            at += 1
            if self._read[at].is_mark("{"):
                at = self._skip(at)
            elif any(map(self._is_it, self._read[at:])):
                raise _refused(
                    self._read[at], "in a CONSTRUCT WHERE", "Write CONSTRUCT { ... } too."
                )
        self._select(at, len(self._read))

    def _select(self, at: int, end: int) -> int:
        """Go through a query from its form on: its pattern is the first group outside brackets."""
        while at < end and not self._read[at].is_mark("{"):
            at = self._brackets(at) if self._read[at].is_mark("(") else at + 1
        at = self._group(at)
        while at < end and not self._read[at].is_mark("}"):
            token = self._read[at]
            if token.is_mark("("):
                at = self._brackets(at)
            else:
                at = self._skip(at) if token.is_mark("{") else at + 1
        return at

    def _group(self, at: int) -> int:
        at += 1
        if self._read[at].word == "SELECT":
            return self._select(at, len(self._read)) + 1
        run_start = -1
        while not self._read[at].is_mark("}"):
            token = self._read[at]
            if token.is_mark("."):
                at += 1
            elif token.word == "FILTER":
                at = self._constraint(at + 1)
            elif token.is_mark("{") or token.word in _ENDS:
                at = self._element(at)
                run_start = -1
            else:
                run_start = token.start if run_start < 0 else run_start
                at = self._statement(at, run_start)
        return at + 1

    def _element(self, at: int) -> int:
        """Go over what stands between statements, and into the groups in it."""
        token = self._read[at]
        if token.is_mark("{"):
            return self._group(at)
        if token.word == "BIND":
            return self._brackets(at + 1)
        if token.word == "VALUES":
            while not self._read[at].is_mark("{"):
                at += 1
            return self._skip(at)
        if token.word in ("GRAPH", "SERVICE"):
            return at + 2
        return at + 1

    def _constraint(self, at: int) -> int:
        while not self._read[at].is_mark("(", "{"):
            at += 1
        return self._group(at) if self._read[at].is_mark("{") else self._brackets(at)

    def _brackets(self, at: int) -> int:
        """Go through an expression, and into the groups of each EXISTS in it."""
        at += 1
        while not self._read[at].is_mark(")"):
            token = self._read[at]
            if token.is_mark("("):
                at = self._brackets(at)
            else:
                at = self._group(at) if token.is_mark("{") else at + 1
        return at + 1

    def _statement(self, at: int, run_start: int) -> int:
        first = at
        at = self._node(at)
        subject = tuple(self._read[first:at])
        objects: list[tuple[Token, ...]] = []
        kept: list[Segment] = []
        semicolon = -1
        while not self._ends(self._read[at]):
            if self._read[at].is_mark(";"):
                semicolon = self._read[at].start
                at += 1
                continue
            begin = at
            if self._is_it(self._read[at]) and not self._read[at + 1].is_mark(*_PATH):
                at = self._objects(at + 1, objects)
            else:
                at = self._other(at)
                token = self._read[at - 1]
                kept.append(Segment(self._read[begin].start, token.end, semicolon))
        end = self._read[at - 1].end
        point = self._read[at].end if self._read[at].is_mark(".") else end
        if objects:
            statement = Statement(subject, tuple(objects), tuple(kept), end, point, run_start)
            self.found.append(statement)
        return at

    def _objects(self, at: int, objects: list[tuple[Token, ...]]) -> int:
        while True:
            first = at
            at = self._node(at)
            objects.append(tuple(self._read[first:at]))
            if not self._read[at].is_mark(","):
                return at
            at += 1

    def _other(self, at: int) -> int:
        """Go over another property with its objects, to the semicolon or the end."""
        first = at
        if self._read[at].is_mark("(") and any(map(self._is_it, self._read[at : self._skip(at)])):
            raise _refused(self._read[at], "around mg:search", "Leave the brackets out.")
        while not self._read[at].is_mark(";") and not self._ends(self._read[at]):
            if self._is_it(self._read[at]):
                around = (self._read[at - 1], self._read[at + 1])
                if any(token.is_mark(*_PATH) for token in around) or at == first:
                    raise _refused(self._read[at], "in a path", "Make it a statement of its own.")
            at = self._node(at) if self._read[at].is_mark("(", "[") else at + 1
        return at

    def _node(self, at: int) -> int:
        token = self._read[at]
        if token.is_mark("[", "("):
            end = self._skip(at)
            for place in range(at, end):
                before, after = self._read[place - 1], self._read[place + 1]
                is_property = before.is_mark("[", ";") or any(
                    one.is_mark(*_PATH) for one in (before, after)
                )
                if self._is_it(self._read[place]) and is_property:
                    hint = "Give the thing a variable, and write a statement about that."
                    raise _refused(self._read[place], "in brackets", hint)
            return end
        if token.is_mark("+", "-"):
            return at + 2
        if token.kind is not Kind.STRING:
            return at + 1
        if self._read[at + 1].kind is Kind.LANGUAGE:
            return at + 2
        return at + 3 if self._read[at + 1].is_mark("^^") else at + 1

    def _ends(self, token: Token) -> bool:
        return token.is_mark(".", "}", "{") or token.word in _ENDS

    def _skip(self, at: int) -> int:
        """Return the place after the bracket that closes the one at a place."""
        depth = 0
        while True:
            token = self._read[at]
            depth += token.is_mark(*_CLOSING) - token.is_mark(*_CLOSING.values())
            at += 1
            if not depth:
                return at


def _refused(token: Token, where: str, hint: str) -> BadSyntax:
    return BadSyntax(
        f"{token.text} cannot stand {where}",
        source="the query",
        line=token.line,
        column=token.column,
        hint=hint,
    )
