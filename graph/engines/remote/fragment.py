"""The part of a remote state that is known here, exact for the questions that were asked.

What is asked for is widened to what one question may well be followed by: of a node all
that is said of it, in every graph. So a few requests answer many questions, and the record
is known wherever its graphs are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Store

from graph.engines import record
from graph.errors import MissingCapability
from graph.terms import Literal, NamedNode

from .session import chunks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from graph.change import Change
    from graph.terms import GraphName, Object, Quad, Subject

    from .companions import Companions
    from .layout import State
    from .session import Session

MOST_QUADS = 500_000
"""How many statements may be held here; a question that needs more is refused."""


class Pattern(NamedTuple):
    """Statements to know of: those with these terms; None stands for any."""

    subject: Subject | None = None
    predicate: NamedNode | None = None
    object: Object | None = None
    graph: NamedNode | None = None


class Fragment:
    """Statements of a state, and for which patterns they are all there are.

    Args:
        session: asks the engine.
        state: the state; the engine may have moved on, which is for others to notice.
        companions: which nodes came together, if what follows shall be fetched as well.

    Attributes:
        store: the statements of named graphs, and the part of the record that they make.

    """

    def __init__(
        self, session: Session, state: State, companions: Companions | None = None
    ) -> None:
        self._session, self._state, self._companions = session, state, companions
        self._known: set[Pattern] = set()
        self.store = Store()
        self._size = 0

    def needed(
        self,
        subject: Subject | None,
        predicate: NamedNode | None,
        object: Object | None,  # noqa: A002 - the RDF name of the position
        graph: GraphName | None,
    ) -> set[Pattern]:
        """Return what has to be fetched before a pattern can be answered from here."""
        named = isinstance(graph, NamedNode)
        if not self._state.quads or (named and graph not in self._state.quads):
            return set()
        if isinstance(graph, NamedNode) and Pattern(graph=graph) in self._known:
            return set()
        if subject is not None:
            return self._unknown(Pattern(subject=subject))
        if predicate is None and object is None:
            graphs = [graph] if isinstance(graph, NamedNode) else self._state.quads
            return {n for each in graphs for n in self._unknown(Pattern(graph=each))}
        wide = (Pattern(predicate=predicate), Pattern(object=object))
        if any(one in self._known for one in wide if one != Pattern()):
            return set()
        return self._unknown(Pattern(predicate=predicate, object=object))

    def everything(self) -> set[Pattern]:
        """Return what has to be fetched before any question can be answered from here.

        Raises:
            MissingCapability: if the state is too large for it.

        """
        if self._state.total > MOST_QUADS:
            raise MissingCapability(
                f"This question would need all {self._state.total:,} statements of the remote"
                f" store at once; {MOST_QUADS:,} are possible.",
                hint="Ask it by itself, of one graph or of the record, after what was changed"
                " before it is kept.",
            )
        return self.needed(None, None, None, None)

    def fetch(self, needed: Collection[Pattern], pending: Change) -> None:
        """Make these patterns known, and those of nodes that came with theirs.

        Args:
            needed: what ``needed`` returned.
            pending: what was changed here; it is exact for the engine's state.

        """
        wanted = {*needed, *(more for one in needed for more in self._following(one))}
        for pattern in wanted:
            if pattern.graph is not None:
                expected = self._state.quads[pattern.graph]
                self._take(self._session.graph(pattern.graph, expected), pending)
        for some in chunks(sorted(_written(self._session, wanted))):
            self._take(self._session.matching(_groups(some), self._state.quads), pending)
        self._known.update(wanted)

    def _following(self, pattern: Pattern) -> Iterator[Pattern]:
        """Yield what may well be asked for next: the same of nodes that came with this one."""
        subject, predicate, value, _ = pattern
        if self._companions is None or (subject is None and value is None):
            return
        for node in self._companions.of(subject if value is None else value):  # type: ignore[arg-type] # one of them is there
            if subject is not None and not isinstance(node, Literal):
                yield from self._unknown(Pattern(subject=node))
            elif subject is None:
                yield from self._unknown(Pattern(predicate=predicate, object=node))

    def apply(self, change: Change) -> None:
        """Make a change; what is not known here is as it was."""
        record.apply(self.store, change)

    def _take(self, quads: Iterable[Quad], pending: Change) -> None:
        new = [quad for quad in self._counted(quads) if quad not in pending.removed]
        record.add(self.store, new)
        if self._companions is not None:
            self._companions.meet_quads(new)

    def _counted(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        for quad in quads:
            self._size += 1
            if self._size > MOST_QUADS * 2:
                raise MissingCapability(
                    f"This would need more than {MOST_QUADS:,} statements of the remote store"
                    " at once.",
                    hint="Make the change in smaller parts.",
                )
            yield quad

    def _unknown(self, pattern: Pattern) -> set[Pattern]:
        if pattern in self._known or self._whole():
            return set()
        return {pattern}

    def _whole(self) -> bool:
        return all(Pattern(graph=graph) in self._known for graph in self._state.quads)

    @property
    def size(self) -> int:
        """How many statements were fetched."""
        return self._size


def _written(session: Session, wanted: Iterable[Pattern]) -> Iterator[str]:
    """Yield each pattern as the variables that it binds and the terms, for VALUES."""
    for subject, predicate, value, graph in wanted:
        if graph is None:
            terms = {"?s": subject, "?p": predicate, "?o": value}
            bound = {name: term for name, term in terms.items() if term is not None}
            values = " ".join(str(session.skolem.outward(term)) for term in bound.values())
            yield f"{' '.join(bound)}\0({values})"


def _groups(written: Iterable[str]) -> list[str]:
    by_variables: dict[str, list[str]] = {}
    for one in written:
        variables, _, values = one.partition("\0")
        by_variables.setdefault(variables, []).append(values)
    return [
        f"{{ VALUES ({variables}) {{ {' '.join(values)} }} GRAPH ?g {{ ?s ?p ?o }} }}"
        for variables, values in by_variables.items()
    ]
