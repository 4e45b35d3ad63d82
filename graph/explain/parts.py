"""A query cut into parts that can be asked for alone: statements, filters, groups."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.lexer import Token


class Sort(Enum):
    """What a part does with the solutions of its group."""

    STATEMENT = "statement"
    FILTER = "filter"
    BIND = "bind"
    VALUES = "values"
    MINUS = "minus"
    GRAPH = "graph"
    UNION = "union"
    GROUP = "group"
    SELECT = "select"
    OPTIONAL = "optional"


BINDING = frozenset(set(Sort) - {Sort.FILTER, Sort.MINUS})
"""Parts that give variables a value."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A triple pattern: each term as it is written, and the tokens of its property path.

    Attributes:
        place: which token of the query its subject begins with; a subject without a name is
            the same as another only if it is that one.

    """

    subject: str
    path: tuple[Token, ...]
    object: str
    place: int

    @property
    def predicate(self) -> str:
        """The property path as text."""
        return "".join(token.text for token in self.path)

    @property
    def text(self) -> str:
        """The statement as it can be asked for."""
        return f"{self.subject} {self.predicate} {self.object} ."


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a group.

    Attributes:
        text: how it is written in a query.
        line: where it begins, from 1.
        column: the same, from 1.
        variables: the names of all variables in it, without their question mark.
        statement: its terms, if it is a statement.
        name: the graph, if it is one.
        groups: what is inside it: one group of GRAPH or a plain group, all of a UNION.

    """

    sort: Sort
    text: str
    line: int
    column: int
    variables: frozenset[str]
    statement: Statement | None = None
    name: str = ""
    groups: tuple[tuple[Part, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A query as its parts.

    Attributes:
        prologue: BASE and PREFIX as written.
        datasets: its FROM clauses as written.
        pattern: the parts of its WHERE.
        modifiers: what follows WHERE, as tokens.
        names: the graphs of its FROM and FROM NAMED, as written.

    """

    prologue: str
    datasets: str
    pattern: tuple[Part, ...]
    modifiers: tuple[Token, ...] = ()
    names: tuple[str, ...] = field(default=())
