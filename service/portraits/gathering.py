"""Reads what a page tells of a thing, each value with the sources that state it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.medals.cells import counts_about
from graph.names import RDF_TYPE, local_name, mg
from graph.selecting import by_name, values
from graph.sources import source
from graph.terms import Literal, NamedNode
from service.pages import NOTHING, Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.sources import Source
    from graph.terms import GraphName, Object, Subject, Term
    from service.pages import Shown

CODE = mg("code")


@dataclass(frozen=True, slots=True)
class Cited:
    """A source that states something: its graph and title."""

    graph: str
    title: str


@dataclass(frozen=True, slots=True)
class Said:
    """One value, and who states it."""

    cell: Cell
    cited: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """What is said of a thing by one property.

    Attributes:
        name: the property in words.
        values: the most trusted first.

    """

    name: str
    values: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Portrait:
    """What a page tells of a thing because it is of some class.

    Attributes:
        template: the name of the template that shows it.
        kind: what the thing is, in words.
        content: what the template shows.
        title: what the page is called where no source gives the thing a name.
        linked: the same in terms of schema.org, without the context.

    """

    template: str
    kind: str
    content: object
    linked: Mapping[str, Any]
    title: str = ""


class Gathering:
    """Reads one thing of one state.

    Args:
        reader: the state.
        names: the names of the store.
        shown: turns terms into cells, in the language of the reader.

    """

    def __init__(self, reader: Reader, names: Names, shown: Shown) -> None:
        self.reader, self.names, self.shown = reader, names, shown
        self._known: dict[object, Source] = {}

    def source(self, graph: GraphName) -> Source:
        """Return what is known of a source, read once."""
        if graph not in self._known:
            self._known[graph] = source(self.reader, self.names, graph)  # type: ignore[arg-type] # an IRI
        return self._known[graph]

    def cited(self, graphs: Iterable[GraphName]) -> tuple[Cited, ...]:
        """Return sources, the most trusted first."""
        found = sorted(map(self.source, set(graphs)), key=lambda s: (s.trust, s.graph.value))
        return tuple(Cited(each.graph.value, each.title) for each in found)

    def stating(
        self, subject: Subject, predicate: NamedNode, value: Object | None = None
    ) -> tuple[Cited, ...]:
        """Return the sources that state a value of a property, or any value of it."""
        found = self.reader.quads(subject, predicate, value)
        return self.cited(quad.graph_name for quad in found)  # type: ignore[misc] # never blank

    def terms(self, subject: Subject, predicate: NamedNode) -> list[Term]:
        """Return the values of a property, what the most trusted source says first."""
        said: dict[Term, int] = {}
        for quad in self.reader.quads(subject, predicate):
            trust, value = self.source(quad.graph_name).trust, quad.object  # type: ignore[arg-type] # never blank
            said[value] = min(trust, said.get(value, trust))  # type: ignore[index, arg-type] # no triples
        return sorted(said, key=lambda value: (said[value], str(value)))

    def nodes(self, subject: Subject, predicate: NamedNode) -> list[NamedNode]:
        """Return the values of a property that are IRIs, as ``terms`` does."""
        return [one for one in self.terms(subject, predicate) if isinstance(one, NamedNode)]

    def node(self, subject: Subject, predicate: NamedNode) -> NamedNode | None:
        """Return the IRI that a property has by the most trusted source."""
        return next(iter(self.nodes(subject, predicate)), None)

    def text(self, subject: Subject, predicate: NamedNode) -> str:
        """Return the text that a property has by the most trusted source; else nothing."""
        found = (one.value for one in self.terms(subject, predicate) if isinstance(one, Literal))
        return next(found, "")

    def pointing(self, predicate: NamedNode, node: NamedNode, limit: int) -> list[NamedNode]:
        """Return things that have a node as the value of a property, in no particular order.

        They are read source by source, because the record has nothing that is restricted.
        """
        subjects = (quad.subject for quad in self.reader.quads(None, predicate, node))
        found: dict[NamedNode, None] = {}
        for one in subjects:
            if isinstance(one, NamedNode):
                found[one] = None
                if len(found) == limit:
                    break
        return list(found)

    def types(self, node: NamedNode) -> frozenset[Term]:
        """Return the classes of a thing."""
        return frozenset(quad.object for quad in self.reader.quads(node, RDF_TYPE))  # type: ignore[misc] # no triples

    def cell(self, term: Term | None) -> Cell:
        """Return what a page shows for a term."""
        return self.shown.cell(term) if term is not None else NOTHING

    def cells(self, terms: Iterable[Term]) -> tuple[Cell, ...]:
        """Return what a page shows for terms, in the order of what is read."""
        return tuple(sorted(map(self.cell, terms), key=lambda cell: cell.text))

    def said(self, subject: Subject, predicate: NamedNode) -> tuple[Said, ...]:
        """Return each value of a property with the sources that state it."""
        return tuple(
            Said(self.cell(value), self.stating(subject, predicate, value))
            for value in self.terms(subject, predicate)
        )

    def facts(self, subject: Subject, told: Sequence[tuple[str, str]]) -> tuple[Fact, ...]:
        """Return what is said by some properties of the vocabulary, named as given."""
        found = (Fact(words, self.said(subject, mg(name))) for name, words in told)
        return tuple(fact for fact in found if fact.values)

    def rows(self, text: str, **bound: Term) -> Iterator[Mapping[str, Any]]:
        """Yield the solutions of a SELECT query in whose pattern some variables are given."""
        given = " ".join(values(name, [value]) for name, value in bound.items())
        yield from by_name(self.reader.query(text.replace("{", f"{{ {given} ", 1)))

    def counts_of(self, part: NamedNode, node: NamedNode) -> tuple[tuple[str, str, int], ...]:
        """Return the sources that publish counts of Games or a nation, as their audit has them.

        Args:
            part: how counts name the thing.
            node: the thing.

        Returns:
            The IRI of each, its title, and how many counts, the most trusted source first.

        """
        found = [(self.source(by), n) for by, n in counts_about(self.reader, part, node).items()]
        found.sort(key=lambda one: (one[0].trust, one[0].graph.value))
        return tuple((known.graph.value, known.title, number) for known, number in found)

    def number(self, text: str, **bound: Term) -> int:
        """Return the one number, ``?n``, of a SELECT query."""
        [row] = self.rows(text, **bound)
        return int(row["n"].value)


def code_of(gathering: Gathering, nation: NamedNode) -> str:
    """Return the letters that a nation had on the scoreboard, in the time it stands for."""
    return gathering.text(nation, CODE) or local_name(nation)
