"""A reader of a remote store, which notices when the store moves on."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from pyoxigraph import (
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse_query_results,
    serialize,
)

from graph.change import Change
from graph.engines.evaluate import kept_answer
from graph.engines.record import in_record
from graph.engines.remembering import Remembering
from graph.engines.replica import Replica
from graph.errors import AnswerCut, ChangedMeanwhile
from graph.names import is_restricted

from .companions import Companions
from .copying import LocalCopy
from .fragment import Fragment
from .layout import NOTHING, RECORD
from .view import RemoteView

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
    from typing import IO

    from graph.engines.base import Answer, Reader, Result
    from graph.prologue import Prologue
    from graph.terms import GraphName, NamedNode, Object, Quad, Subject, Term, Variable

    from .layout import State
    from .session import Session

_TRIES = 5
_LISTED_BYTES = 4 << 20
"""Of the nodes of a longer answer nobody asks one after another."""
_COPIED_INTO_MEMORY = 500_000
"""How many statements are copied into memory; more go to the disk."""
_REMEMBERED_QUADS = 200_000
"""How many statements a reader keeps at hand between questions."""


class RemoteReader(RemoteView):
    """Reads the newest version of a remote store.

    The engine keeps no older state. What was read before a change stays right, and the
    first question after it is refused; a reader that has told nothing yet, not even its
    version, goes on with the newer state.

    Args:
        session: asks the engine.
        state: the state.
        prologue: what holds for queries before they declare anything.
        pinned: whether the version was asked for, so that no other will do.

    """

    def __init__(self, session: Session, state: State, *, prologue: Prologue, pinned: bool) -> None:
        super().__init__(session, state, prologue=prologue)
        self._has_told = pinned
        self._remembered = Remembering()
        self._heard: dict[Hashable, Callable[[], Answer]] = {}
        self._companions = Companions()
        self._fragment = self._fresh()

    @property
    def version(self) -> int:
        """The number of the commit whose state this is."""
        self._has_told = True
        return super().version

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Object | None = None,  # noqa: A002 - the RDF name of the position
        graph: GraphName | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match; see ``Reader.quads``."""
        return self._steadily(lambda: RemoteView.quads(self, subject, predicate, object, graph))

    def graphs(self) -> Iterator[NamedNode]:
        """Yield the name of each graph that holds at least one quad."""
        self._has_told = True
        return super().graphs()

    def query(
        self,
        text: str,
        *,
        substitutions: Mapping[Variable, Term] | None = None,
        default_graph: Iterable[GraphName] | None = None,
        named_graphs: Iterable[NamedNode] | None = None,
    ) -> Answer:
        """Evaluate a SPARQL 1.1 query; see ``Reader.query``."""
        default = None if default_graph is None else list(default_graph)
        named = None if named_graphs is None else list(named_graphs)

        def ask() -> Answer:
            return RemoteView.query(
                self,
                text,
                substitutions=substitutions,
                default_graph=default,
                named_graphs=named,
            )

        if self._missing is None:
            return self._steadily(ask)
        # The work runs several times while it is gathered what is needed; it is asked once.
        bound = frozenset((substitutions or {}).items())
        key = (
            text,
            bound,
            tuple(default or ()),
            default is None,
            tuple(named or ()),
            named is None,
        )
        if key not in self._heard:
            self._heard[key] = kept_answer(self._steadily(ask))
        return self._heard[key]()

    def gathered(self, work: Callable[[], Result]) -> Result:
        """Return what ``work`` reads here, in few requests; see ``Reader.gathered``."""
        if self._missing is not None:
            return work()
        try:
            return self._steadily(lambda: RemoteView.gathered(self, work))
        finally:
            self._heard.clear()

    @contextmanager
    def whole(self) -> Iterator[Reader]:
        """Copy the state into memory, or onto this machine's disk, and read it there."""
        if self._state.total <= _COPIED_INTO_MEMORY:
            near = Replica(version=self._state.number, prologue=self._prologue)
            try:
                near.take(self._everything(self._state.quads))
            except AnswerCut:
                self._verify()  # what is missing is perhaps in another state
                raise
            self._verify()
            yield near
            return
        with closing(LocalCopy(self._session, self._state, Change())) as copy:
            self._verify()
            with copy.engine.read() as state:
                yield state.numbered(self._state.number)

    def dump(self, out: IO[bytes]) -> None:
        """Write the record and every named graph as N-Quads, while others may write.

        Of what commits change meanwhile a part may be there already. The changes of these
        commits, made on top in their order, lead to their exact state all the same: what the
        last of them says of a statement holds, and what none of them names was read as it is.
        """
        anything = dict.fromkeys(self._state.quads)
        serialize(self._everything(anything), out, format=RdfFormat.N_QUADS)

    def everything(self) -> Iterator[Quad]:
        """Yield every statement of every named graph as it comes, of this state and no other.

        Raises:
            AnswerCut: if a graph holds another number of statements than were kept.
            ChangedMeanwhile: at the end, if the store has moved on.

        """
        self._has_told = True
        for graph, count in self._state.quads.items():
            yield from self._session.graph(graph, count)
        self._verify()

    def strays(self) -> tuple[int, int]:
        """Return how many statements the record lacks, and how many nobody states any more."""
        named = [*self._state.public(), RECORD]
        stated = f"GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != {RECORD})"
        recorded = f"GRAPH {RECORD} {{ ?s ?p ?o }}"
        return (
            self._counted(f"{stated} FILTER NOT EXISTS {{ {recorded} }}", named),
            self._counted(f"{recorded} FILTER NOT EXISTS {{ {stated} }}", named),
        )

    def _counted(self, pattern: str, named: list[NamedNode]) -> int:
        text = f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}"
        ((number,),) = self._session.rows(text, default=[NOTHING], named=named)
        return int(getattr(number, "value", "0"))

    def _everything(self, expected: Mapping[NamedNode, int | None]) -> Iterator[Quad]:
        """Yield every statement of graphs, and each that is public as the record has it, too."""
        for graph, count in expected.items():
            for quad in self._session.graph(graph, count):
                yield quad
                if not is_restricted(graph):
                    yield in_record(quad)

    def once(self, key: Hashable, work: Callable[[], Result]) -> Result:
        """Return what ``work`` reads of this version, remembered while it is open."""
        # While it is gathered what is needed, what was made of a part of it is not the result.
        return self._remembered.once(key, work, is_final=lambda: not self._missing)

    def __len__(self) -> int:
        """Return the number of quads in named graphs."""
        self._has_told = True
        return super().__len__()

    def _list(self, answer: bytes) -> None:
        """Note which nodes came together in the columns of an answer."""
        if len(answer) > _LISTED_BYTES:
            return
        listed = parse_query_results(answer, format=QueryResultsFormat.JSON)
        if isinstance(listed, QuerySolutions):
            for column in zip(*listed, strict=True):
                self._companions.meet(term for term in column if term is not None)

    def _fresh(self) -> Fragment:
        return Fragment(self._session, self._state, self._companions)

    def _verify(self) -> None:
        now = self._session.state()
        if now.mark != self._state.mark:
            raise ChangedMeanwhile(
                f"The remote store has moved on to commit {now.number}, and keeps no older state"
                f" such as that of commit {self._state.number}, which was being read.",
                address=self._session.client.address.text,
                hint="Ask again.",
            )

    def _steadily(self, ask: Callable[[], Result]) -> Result:
        """Return an answer of one state: of a newer one, if nothing was told of this one."""
        if self._fragment.size > _REMEMBERED_QUADS and self._missing is None:
            self._fragment = self._fresh()
        for left in reversed(range(_TRIES)):
            try:
                answer = ask()
            except ChangedMeanwhile:
                if self._has_told or not left:
                    raise
                self._state = self._session.state()
                self._fragment = self._fresh()
            else:
                # Inside ``gathered`` an answer is not final; the outer call decides.
                self._has_told = self._has_told or self._missing is None
                return answer
        raise AssertionError("the last try returns or raises")
