"""What can be read from an open pyoxigraph store whose default graph is the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from pyoxigraph import RdfFormat

from graph.terms import NamedNode

from .base import Answer, Reader
from .evaluate import evaluate
from .remembering import Remembering

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
    from types import TracebackType
    from typing import IO

    from pyoxigraph import Store

    from graph.prologue import Prologue
    from graph.terms import GraphName, Object, Quad, Subject, Term, Variable

    from .base import Result
    from .snapshot_files import Pinned


class StoreView(Reader):
    """Reads a store on disk; subclasses say which, and whose state it is.

    Args:
        prologue: what holds for queries before they declare anything.

    """

    def __init__(self, prologue: Prologue) -> None:
        self._prologue = prologue

    @property
    def _store(self) -> Store:
        raise NotImplementedError

    def contains(self, quad: Quad) -> bool:
        """Tell whether the quad is stated."""
        return quad in self._store

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Object | None = None,  # noqa: A002 - the RDF name of the position
        graph: GraphName | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match; see ``Reader.quads``."""
        for quad in self._store.quads_for_pattern(subject, predicate, object, graph):
            if graph is not None or isinstance(quad.graph_name, NamedNode):
                yield quad

    def graphs(self) -> Iterator[NamedNode]:
        """Yield the name of each graph that holds at least one quad."""
        for name in self._store.named_graphs():
            if isinstance(name, NamedNode):
                yield name

    def query(
        self,
        text: str,
        *,
        substitutions: Mapping[Variable, Term] | None = None,
        default_graph: Iterable[GraphName] | None = None,
        named_graphs: Iterable[NamedNode] | None = None,
    ) -> Answer:
        """Evaluate a SPARQL 1.1 query; see ``Reader.query``."""
        return evaluate(
            self._store,
            text,
            prologue=self._prologue,
            substitutions=substitutions,
            default_graph=default_graph,
            named_graphs=named_graphs,
        )


class SnapshotReader(StoreView):
    """A version of the store; use up its answers before closing it.

    Args:
        pinned: the open state, already shared for this reader.
        prologue: what holds for queries before they declare anything.

    """

    def __init__(self, pinned: Pinned, *, prologue: Prologue) -> None:
        super().__init__(prologue)
        self._pinned: Pinned | None = pinned
        self._version, self._quads = pinned.version, pinned.quads
        self._remembered = Remembering()

    @property
    def _store(self) -> Store:
        if self._pinned is None:
            raise ValueError("This reader has been closed.")
        return self._pinned.store

    @property
    def version(self) -> int:
        """The number of the commit whose state this is."""
        return self._version

    def once(self, key: Hashable, work: Callable[[], Result]) -> Result:
        """Return what ``work`` reads of this version, remembered while it is open."""
        return self._remembered.once(key, work)

    def numbered(self, version: int) -> Self:
        """Give the state the number that it has in the store of which this one is a copy."""
        self._version = version
        return self

    def dump(self, out: IO[bytes]) -> None:
        """Write the record and every named graph as N-Quads, in no order."""
        self._store.dump(out, RdfFormat.N_QUADS)

    def close(self) -> None:
        """Let the snapshot go, so that retention may remove it."""
        pinned, self._pinned = self._pinned, None
        if pinned is not None:
            pinned.release()

    def __len__(self) -> int:
        """Return the number of quads in named graphs."""
        return self._quads

    def __enter__(self) -> Self:
        """Return the reader, which is open already."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the reader."""
        self.close()

    def __del__(self) -> None:
        """Let the snapshot go when the reader was dropped without being closed."""
        self.close()
