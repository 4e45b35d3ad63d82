"""A state as everybody may see it: without its restricted graphs."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from graph.names import is_restricted
from graph.prologue import dataset_of

from .base import Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
    from types import TracebackType

    from graph.prologue import Prologue
    from graph.terms import GraphName, NamedNode, Object, Quad, Subject, Term, Variable

    from .base import Answer, Result


class PublicReader(Reader):
    """Hides the restricted graphs of a state; the record never holds what they alone state.

    Args:
        reader: the state; it stays open as long as its owner wants.
        prologue: what holds for queries before they declare anything.

    """

    def __init__(self, reader: Reader, prologue: Prologue) -> None:
        self._reader, self._prologue = reader, prologue

    @property
    def version(self) -> int:
        """The number of the commit whose state this is."""
        return self._reader.version

    def contains(self, quad: Quad) -> bool:
        """Tell whether the quad is stated."""
        return not is_restricted(quad.graph_name) and self._reader.contains(quad)

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Object | None = None,  # noqa: A002 - the RDF name of the position
        graph: GraphName | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match; see ``Reader.quads``."""
        for quad in self._reader.quads(subject, predicate, object, graph):
            if not is_restricted(quad.graph_name):
                yield quad

    def graphs(self) -> Iterator[NamedNode]:
        """Yield the name of each graph that holds at least one quad."""
        return (graph for graph in self._reader.graphs() if not is_restricted(graph))

    def query(
        self,
        text: str,
        *,
        substitutions: Mapping[Variable, Term] | None = None,
        default_graph: Iterable[GraphName] | None = None,
        named_graphs: Iterable[NamedNode] | None = None,
    ) -> Answer:
        """Evaluate a SPARQL 1.1 query; see ``Reader.query``."""
        if any(map(is_restricted, self._reader.graphs())):
            if default_graph is None and named_graphs is None:
                default_graph, named_graphs = dataset_of(text, self._prologue) or (None, None)
            named_graphs = self.graphs() if named_graphs is None else named_graphs
            default_graph = None if default_graph is None else _open(default_graph)
            named_graphs = _open(named_graphs)
        return self._reader.query(
            text,
            substitutions=substitutions,
            default_graph=default_graph,
            named_graphs=named_graphs,
        )

    def once(self, key: Hashable, work: Callable[[], Result]) -> Result:
        """Return what ``work`` reads of what everybody may see; see ``Reader.once``."""
        return self._reader.once(("public", key), work)

    @property
    def is_far(self) -> bool:
        """Whether each question is a journey, so that few should be asked."""
        return self._reader.is_far

    @contextmanager
    def whole(self) -> Iterator[Reader]:
        """Return what everybody may see near by; see ``Reader.whole``."""
        with self._reader.whole() as state:
            yield PublicReader(state, self._prologue)

    def gathered(self, work: Callable[[], Result]) -> Result:
        """Return what ``work`` reads here, asking far away in few requests."""
        return self._reader.gathered(work)

    def __len__(self) -> int:
        """Return the number of quads in named graphs."""
        return sum(1 for _ in self.quads())

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the state open for its owner."""


def _open(graphs: Iterable[GraphName]) -> list[NamedNode]:
    return [graph for graph in graphs if not is_restricted(graph)]  # type: ignore[misc] # or the record
