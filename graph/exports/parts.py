"""Parts of a state, read as if there were nothing else: one source, or some things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.engines.base import Reader
from graph.errors import MissingCapability
from graph.terms import DEFAULT_GRAPH, Quad

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from types import TracebackType

    from graph.engines.base import Answer
    from graph.terms import GraphName, NamedNode, Object, Subject, Term, Variable


class Part(Reader):
    """A part of a state, in which the default graph is the record of the part.

    Args:
        reader: the whole; it stays open as long as its owner wants.

    """

    def __init__(self, reader: Reader) -> None:
        self._whole = reader

    @property
    def version(self) -> int:
        """The number of the commit whose state this is a part of."""
        return self._whole.version

    def contains(self, quad: Quad) -> bool:
        """Tell whether the quad is stated in this part."""
        return next(self.quads(*quad), None) is not None

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Object | None = None,  # noqa: A002 - the RDF name of the position
        graph: GraphName | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match; see ``Reader.quads``."""
        raise NotImplementedError

    def graphs(self) -> Iterator[NamedNode]:
        """Yield the name of each graph that holds at least one quad of this part."""
        for graph in self._whole.graphs():
            if next(self.quads(graph=graph), None) is not None:
                yield graph

    def query(
        self,
        text: str,
        *,
        substitutions: Mapping[Variable, Term] | None = None,
        default_graph: Iterable[GraphName] | None = None,
        named_graphs: Iterable[NamedNode] | None = None,
    ) -> Answer:
        """Refuse: a part is read by pattern only."""
        del text, substitutions, default_graph, named_graphs
        raise MissingCapability("A part of a state cannot be queried.")

    def __len__(self) -> int:
        """Return the number of quads in named graphs."""
        return sum(1 for _ in self.quads())

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the whole open for its owner."""


class OneSource(Part):
    """What one source says.

    Args:
        reader: the whole.
        graph: the graph of the source.

    """

    def __init__(self, reader: Reader, graph: NamedNode) -> None:
        super().__init__(reader)
        self._graph = graph

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Object | None = None,  # noqa: A002 - the RDF name of the position
        graph: GraphName | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match; see ``Reader.quads``."""
        if graph not in (None, DEFAULT_GRAPH, self._graph):
            return
        for quad in self._whole.quads(subject, predicate, object, self._graph):
            if graph == DEFAULT_GRAPH:
                yield Quad(quad.subject, quad.predicate, quad.object, DEFAULT_GRAPH)
            else:
                yield quad


class SomeThings(Part):
    """What is said of some things.

    Args:
        reader: the whole.
        things: of what; the set may be large, but it is held in memory.

    """

    def __init__(self, reader: Reader, things: Collection[Subject]) -> None:
        super().__init__(reader)
        self._things = things

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Object | None = None,  # noqa: A002 - the RDF name of the position
        graph: GraphName | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match; see ``Reader.quads``."""
        if subject is None and predicate is None and object is None:
            for thing in self._things:
                yield from self._whole.quads(thing, graph=graph)
        elif subject is None or subject in self._things:
            for quad in self._whole.quads(subject, predicate, object, graph):
                if quad.subject in self._things:
                    yield quad
