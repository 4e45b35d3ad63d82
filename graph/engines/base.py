"""What every engine can do: read a version, and draft and publish the next one.

The *record* is the default graph that queries see: each triple that at least one
named graph states, once (an RDF merge, never a bag). An engine keeps it up or
computes it; nobody writes it. Changes name the graphs of sources only.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Self, TypeAlias, TypeVar

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
    from types import TracebackType

    from graph.change import Change
    from graph.terms import GraphName, NamedNode, Object, Quad, Subject, Term, Variable

Result = TypeVar("Result")
Answer: TypeAlias = QuerySolutions | QueryTriples | QueryBoolean


@dataclass(frozen=True, slots=True)
class CommitInfo:
    """What is written down about a change beside the change itself.

    Attributes:
        author: who made it, as given.
        message: why, one line first.
        source: the graph that the change was made for, or None.
        kind: "update", "load", "import", "undo" ...: the deed in one word.
        notes: warnings that the gate kept with the commit, one sentence each.
        client: the address that it came from, if it came over a network.
        request: the id of the request that made it, under which the service's log has it.
        token: the id of the token that allowed it.
        erased: a mark of each address that was erased from the store; see ``graph.erased``.

    """

    author: str = ""
    message: str = ""
    source: NamedNode | None = None
    kind: str = "update"
    notes: tuple[str, ...] = ()
    client: str = ""
    request: str = ""
    token: str = ""
    erased: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Commit:
    """One published change: snapshot ``number`` is the state right after it.

    Attributes:
        number: counted from 1; the empty store is version 0.
        parent: the version that the change was made for.
        time: when it was made, just before it was published: UTC, ISO 8601 with microseconds.
        added: quads added, exact.
        removed: quads removed, exact.
        checksum: SHA-256 of the change's RDF Patch text, hexadecimal.

    """

    number: int
    parent: int
    time: str
    info: CommitInfo
    added: int
    removed: int
    checksum: str


class Reader(AbstractContextManager["Reader"], Protocol):
    """A state of the store that does not change while it is open.

    In every method ``DefaultGraph()`` stands for the record.
    """

    @property
    def version(self) -> int:
        """The number of the commit whose state this is; 0 is the empty store."""

    def contains(self, quad: Quad) -> bool:
        """Tell whether the quad is stated."""

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Object | None = None,  # noqa: A002 - the RDF name of the position
        graph: GraphName | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match; None matches anything, ``graph=None`` any *named* graph."""

    def graphs(self) -> Iterator[NamedNode]:
        """Yield the name of each graph that holds at least one quad."""

    def query(
        self,
        text: str,
        *,
        substitutions: Mapping[Variable, Term] | None = None,
        default_graph: Iterable[GraphName] | None = None,
        named_graphs: Iterable[NamedNode] | None = None,
    ) -> Answer:
        """Evaluate a SPARQL 1.1 query; the house prefixes need no declaration.

        Args:
            text: a query that has been checked to call nothing outside (see ``lexer``).
            substitutions: values bound to projected variables before evaluation.
            default_graph: graphs merged as the default graph instead of the record.
            named_graphs: graphs that GRAPH may see instead of all.

        Raises:
            BadSyntax: with line and column.

        """

    def once(self, key: Hashable, work: Callable[[], Result]) -> Result:  # noqa: ARG002 - for those who remember
        """Return what ``work`` reads of this state; one that never changes may remember it.

        Args:
            key: says what is read, and all that it depends on besides the state.
            work: reads it; nobody changes what it returns.

        """
        return work()

    @property
    def is_far(self) -> bool:
        """Whether each question is a journey, so that few should be asked."""
        return False

    def whole(self) -> AbstractContextManager[Reader]:
        """Return this state near by, for work that reads all of it, from several threads."""
        return nullcontext(self)

    def gathered(self, work: Callable[[], Result]) -> Result:
        """Return what ``work`` reads of this state, asking far away in few requests.

        A state that is far away lets the work run several times: it notes what was asked,
        answers with what is known by then, fetches the rest at once, and takes the result
        of the run for which all was known.

        Args:
            work: reads this state, by patterns, to the end of each; it changes nothing.

        """
        return work()

    def __len__(self) -> int:
        """Return the number of quads in named graphs."""


Watch: TypeAlias = "Callable[[Sequence[Quad]], None]"
"""Is shown statements of one graph, at least one, in the spelling of the store."""


class Draft(Reader, Protocol):
    """A private, writable view that starts as the newest version.

    Reads see what was applied. Nobody else sees anything before ``publish``.
    """

    def apply(self, change: Change) -> None:
        """Apply a change that is exact for the state of this draft and names no default graph."""

    def bulk_add(self, quads: Iterable[Quad], *, watch: Watch | None = None) -> int:
        """Add a stream of quads of named graphs without holding it in memory.

        Quads that are there already, or come twice, are passed over.

        Args:
            quads: what to add.
            watch: shown each quad that is new and not restricted, in parts of one graph.

        Returns:
            How many quads are new; the published commit lists just these.

        """

    def confirm(self) -> int:
        """Return the version that was read, once it is certain that it is still the newest.

        Raises:
            WriteConflict: if somebody else has published meanwhile.

        """
        return self.version

    def publish(self, info: CommitInfo) -> Commit:
        """Make everything applied visible as the next version, durably and at once.

        Raises:
            DiskProblem: and then nothing is visible and the draft is discarded.

        """

    def discard(self) -> None:
        """Forget everything that was applied."""


class Engine(AbstractContextManager["Engine"], Protocol):
    """A store of versions."""

    @property
    def base(self) -> str:
        """The base IRI under which the store mints its own, without a slash at the end."""

    def newest(self) -> int:
        """Return the number of the newest version."""

    def read(self, version: int | None = None) -> Reader:
        """Open a version, the newest by default.

        Raises:
            NotFound: if there is no such commit.

        """

    def draft(self, *, expected: int | None = None) -> Draft:
        """Begin a change; at most one draft is open in all processes.

        Raises:
            StoreLocked: naming the process that writes.
            WriteConflict: if ``expected`` is given and is not the newest version.

        """

    def commits(self, *, newest_first: bool = True) -> Iterator[Commit]:
        """Yield what is known of each commit."""

    def commit(self, number: int) -> Commit:
        """Return what is known of one commit, or raise NotFound."""

    def change(self, number: int) -> Change:
        """Return the exact change of one commit, or raise NotFound."""

    def rows(self, number: int) -> Iterator[bytes]:
        """Yield the rows of a commit as RDF Patch spells them, in parts of whole lines.

        Raises:
            NotFound: if there is no such commit.

        """

    def close(self) -> None:
        """Release files and locks."""

    def __enter__(self) -> Self:
        """Return the engine, which is open already."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the engine."""
        self.close()
