"""One column of a table: from which property its cells come, and how they show a value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from graph.names import local_name
from graph.terms import BlankNode

if TYPE_CHECKING:
    from graph.terms import NamedNode, Subject, Term

    from .facts import About, Facts

SEVERAL = "; "
"""Stands between the values of a cell that has several."""


class Show(Enum):
    """How a cell shows a value."""

    WHOLE = "text as it is stated, a thing by its whole address"
    WORD = "a word of the vocabulary, by its short name"
    NAME = "what the thing is called"
    SOURCES = "the short names of the sources that say anything of the thing"
    CODE = "the three letters of a nation, else what it is called"


class Type(Enum):
    """What the cells of a column hold, where a format tells types apart."""

    TEXT = "text"
    INTEGER = "whole number"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: its header.
        means: what it holds, for people.
        path: the properties that lead to the value, one after the other; none is the thing itself.
        show: how a value is shown.
        several: whether a cell may have several values; else it has the most trusted one.
        type: what its cells are.

    """

    name: str
    means: str
    path: tuple[NamedNode, ...] = ()
    show: Show = Show.WHOLE
    several: bool = False
    type: Type = Type.TEXT

    def cell(self, facts: Facts, node: Subject, about: About) -> str:
        """Return the text of the cell for a thing; an empty one where nothing is known."""
        if self.show is Show.SOURCES:
            return SEVERAL.join(map(local_name, about.graphs))
        if not self.path:
            return self._shown(facts, node)
        values = facts.along(about, self.path)
        chosen = sorted(values, key=str) if self.several else values[:1]
        return SEVERAL.join(self._shown(facts, value) for value in chosen)

    def _shown(self, facts: Facts, value: Term) -> str:
        match self.show:
            case Show.NAME:
                return facts.label(value)
            case Show.CODE:
                return facts.code(value) or facts.label(value)
            case Show.WORD:
                whole = _text(value)
                return whole.rpartition("#")[2] or whole
            case _:
                return _text(value)


def _text(term: Term) -> str:
    return str(term) if isinstance(term, BlankNode) else term.value
