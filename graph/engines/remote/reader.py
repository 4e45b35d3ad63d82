"""A reader of a remote store, which notices when the store moves on."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from graph.change import Change
from graph.engines.remembering import Remembering
from graph.errors import ChangedMeanwhile

from .copying import LocalCopy
from .fragment import Fragment
from .view import RemoteView

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

    from graph.engines.base import Answer, Reader, Result
    from graph.prologue import Prologue
    from graph.terms import GraphName, NamedNode, Object, Quad, Subject, Term, Variable

    from .layout import State
    from .session import Session

_TRIES = 5
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
        return self._steadily(
            lambda: RemoteView.query(
                self,
                text,
                substitutions=substitutions,
                default_graph=default,
                named_graphs=named,
            )
        )

    def gathered(self, work: Callable[[], Result]) -> Result:
        """Return what ``work`` reads here, in few requests; see ``Reader.gathered``."""
        return self._steadily(lambda: RemoteView.gathered(self, work))

    @contextmanager
    def whole(self) -> Iterator[Reader]:
        """Copy the state onto this machine's disk, and read it there."""
        with closing(LocalCopy(self._session, self._state, Change())) as copy:
            self._verify()
            yield copy.draft

    def once(self, key: Hashable, work: Callable[[], Result]) -> Result:
        """Return what ``work`` reads of this version, remembered while it is open."""
        return self._remembered.once(key, work)

    def __len__(self) -> int:
        """Return the number of quads in named graphs."""
        self._has_told = True
        return super().__len__()

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
            self._fragment = Fragment(self._session, self._state)
        for left in reversed(range(_TRIES)):
            try:
                answer = ask()
            except ChangedMeanwhile:
                if self._has_told or not left:
                    raise
                self._state = self._session.state()
                self._fragment = Fragment(self._session, self._state)
            else:
                # Inside ``gathered`` an answer is not final; the outer call decides.
                self._has_told = self._has_told or self._missing is None
                return answer
        raise AssertionError("the last try returns or raises")
