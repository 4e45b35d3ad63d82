"""Making a change visible in a remote engine: in one request, which acts only on the right state.

Writers take turns (``turns``). The request says which state it was made for and whose turn
it is, and does nothing in any other; which change came first is then read from the commit
that has the number. A request that was lost is known by the same sign: its commit is there,
or it is sent again, which cannot do harm.

A change that is too large for one request is first put into graphs of its own, in parts,
and one request moves it from there.
"""

from __future__ import annotations

import re
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from graph.errors import EngineProblem, EngineRefused, EngineUnreachable, WriteConflict
from graph.names import RDF, XSD, is_restricted
from graph.terms import Literal, NamedNode

from .layout import COMMITS, HOUSE, RECORD, STATE
from .records import mark_of
from .turns import LONGEST_S, TURNS, turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.change import Change
    from graph.terms import Quad

    from .layout import State
    from .session import Session

REQUEST_BYTES = 500_000
"""A change whose request would be longer is put into graphs of its own first."""
STAGED_LINES = 20_000
STAGED_BYTES = 4_000_000
"""How much is sent at once through the Graph Store Protocol."""
_PLAIN_CHARACTERS = 20_000
_TYPED = re.compile(r'(?<!"[0-9])(?<!"[0-9]{2})(?<!"[0-9]{3})(?<!"[0-9]{4})"\^\^<')
"""The end of a literal with a datatype, other than a number of up to four digits."""
_EVERYWHERE = frozenset((XSD + "string", XSD + "integer", XSD + "boolean", RDF + "langString"))
"""Datatypes that every engine knows."""
MODEST = 200
"""How many statements every engine takes in one request."""
MOVED_A_SECOND = 1_000
"""How many statements a slow engine moves; Oxigraph's server moved 15,000 on two cores."""
LONG_S = 3_600.0
"""How long an engine may take to remove what is left of a change of unknown size."""
PATIENCE_S = 60.0
"""How long an engine that went away is waited for, to learn what became of a change."""
STAGING = HOUSE + "staging/"
LEFT_S = 86_400.0
"""After how long what was put aside is of nobody any more."""
_TURNS = 3
"""How many turns a change waits for whose turn is taken away before it is made."""
_PAUSES_S = (0.1, 0.2, 0.5, 1.0, 2.0)


def small_request(  # noqa: PLR0913 - what the request has to say, each by name
    session: Session,
    before: State,
    after: State,
    change: Change,
    *,
    unrecorded: Iterable[str],
    record: Iterable[str],
    guard: str,
) -> str:
    """Return a whole change as one request.

    Args:
        session: spells blank nodes.
        before: the state that the change is exact for.
        after: the state that it leads to.
        change: of named graphs.
        unrecorded: the triples that leave the record, a triple a line.
        record: the commit record as triples.
        guard: what must hold for the request to do anything.

    """
    said, to_say = before.triples(), after.triples()
    gone: dict[NamedNode, list[str]] = {STATE: sorted(said - to_say), RECORD: list(unrecorded)}
    new: dict[NamedNode, list[str]] = {STATE: sorted(to_say - said), COMMITS: list(record)}
    for quad in change.removed:
        gone.setdefault(quad.graph_name, []).append(session.skolem.triple(quad))  # type: ignore[arg-type] # changes name named graphs only
    for quad in change.added:
        triple = session.skolem.triple(quad)
        new.setdefault(quad.graph_name, []).append(triple)  # type: ignore[arg-type] # the same
        if not is_restricted(quad.graph_name):
            new.setdefault(RECORD, []).append(triple)
    return f"DELETE {{ {_by_graph(gone)} }} INSERT {{ {_by_graph(new)} }} WHERE {{ {guard} }}"


def fits(session: Session, text: str, removed: Iterable[Quad]) -> bool:
    """Tell whether the engine takes a change as one request.

    Args:
        session: knows what the engine can do.
        text: the request.
        removed: what the change removes.

    """
    statements = text.count(" .")
    return (
        len(text.encode()) <= REQUEST_BYTES
        and (statements <= MODEST or statements <= session.can.request_statements)
        and (not any(map(_is_typed, removed)) or session.can.deletes_typed)
    )


def _is_typed(quad: Quad) -> bool:
    return isinstance(quad.object, Literal) and quad.object.datatype.value not in _EVERYWHERE


class Staging:
    """Graphs of a change of its own, from which one request moves what they hold.

    Args:
        session: speaks with the engine.
        after: the state that the change leads to; its mark names the graphs.

    """

    def __init__(self, session: Session, after: State) -> None:
        self._session = session
        self._space = f"{STAGING}{int(time.time())}-{after.mark}/"
        self._graphs: dict[tuple[NamedNode, bool], NamedNode] = {}
        self._lines = 0

    @property
    def seconds(self) -> float:
        """How long the engine may take to move what was put aside."""
        return LONGEST_S + self._lines / MOVED_A_SECOND

    def add(self, graph: NamedNode, triples: Iterable[str], *, removed: bool = False) -> None:
        """Put triples, a triple a line, aside to be added to a graph or removed from it."""
        can = self._session.can
        slow = (can.request_statements, REQUEST_BYTES)
        fast = (STAGED_LINES, STAGED_BYTES) if can.graph_store else slow
        for is_plain, some in _parts(triples, {True: fast, False: slow}):
            name = NamedNode(f"{self._space}{len(self._graphs)}")
            name = self._graphs.setdefault((graph, removed), name)
            self._lines += len(some)
            if is_plain and can.graph_store:
                self._session.client.add_to(name, "\n".join((*some, "")).encode())
            else:
                text = f"INSERT DATA {{ GRAPH {name} {{ {' '.join(some)} }} }}"
                self._session.client.update(text, repeatable=True)

    def request(self, *, guard: str) -> str:
        """Return the request that moves everything, if what guards it holds."""
        added: list[str] = []
        removed: list[str] = []
        for (graph, is_removed), staged in self._graphs.items():
            (removed if is_removed else added).append(f"({staged} {graph})")
            if not is_removed and not is_restricted(graph) and not graph.value.startswith(HOUSE):
                added.append(f"({staged} {RECORD})")
        out = f"{{ VALUES (?x ?from) {{ {' '.join(removed)} }} GRAPH ?x {{ ?s ?p ?o }} }}"
        into = f"{{ VALUES (?x ?into) {{ {' '.join(added)} }} GRAPH ?x {{ ?s ?p ?o }} }}"
        return (
            "DELETE { GRAPH ?from { ?s ?p ?o } } INSERT { GRAPH ?into { ?s ?p ?o } }"
            f" WHERE {{ {guard} {{ {out} UNION {into} }} }}"
        )

    def drop(self) -> None:
        """Remove the graphs; where the engine is away, ``sweep`` removes them some day."""
        with suppress(EngineProblem):
            drop(self._session, self._graphs.values(), seconds=self.seconds)


def sweep(session: Session, *, older_s: float = 0) -> None:
    """Remove what changes that were never finished have left aside.

    Args:
        session: speaks with the engine.
        older_s: how many seconds ago they were begun, at least.

    """
    text = (
        "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o }"
        f' FILTER STRSTARTS(STR(?g), "{STAGING}") }}'
    )
    found = [row[0] for row in session.rows(text) if isinstance(row[0], NamedNode)]
    latest = time.time() - older_s
    drop(session, [graph for graph in found if _begun(graph) <= latest])


def _begun(staged: NamedNode) -> int:
    """Return when a change was put aside, in seconds of the epoch; 0 where nothing says so."""
    told = staged.value.removeprefix(STAGING).partition("-")[0]
    return int(told) if told.isdecimal() else 0


def drop(session: Session, graphs: Iterable[NamedNode], *, seconds: float = LONG_S) -> None:
    """Remove graphs."""
    if texts := [f"DROP SILENT GRAPH {graph}" for graph in graphs]:
        session.client.update(" ; ".join(texts), read_s=seconds, repeatable=True)


class Request(Protocol):
    """A change as one request, but for what must hold for it to do anything."""

    def __call__(self, *, guard: str) -> str:
        """Return the request."""


def publish(
    session: Session, request: Request, *, before: State, after: State, seconds: float = LONGEST_S
) -> None:
    """Send a request when it is its turn, and return once it is certain that its commit is kept.

    Args:
        session: speaks with the engine.
        request: the change.
        before: the state that it is made for.
        after: the state that it leads to.
        seconds: how long the engine may take for it.

    Raises:
        WriteConflict: if another change came first; nothing of this one is kept.
        EngineUnreachable: if the engine went away and it is not known what became of it.
        EngineRefused: if the engine does not take it; nothing is kept.

    """
    for _ in range(_TURNS):
        with turn(session, seconds=seconds) as mine:
            text = request(guard=f"{before.guard} {mine}")
            if _publish(session, text, before, after, seconds):
                return
            if _holds(session, mine):
                break
    raise EngineRefused(
        address=session.client.address.text,
        status=200,
        said="it says that the change was made, and did not make it",
        hint="Check that the engine takes changes at this address.",
    )


def _holds(session: Session, turn_of_ours: str) -> bool:
    """Tell whether a turn is still ours; it is taken from who seems to be dead."""
    found = session.rows(
        f"SELECT ?one WHERE {{ VALUES ?one {{ 1 }} {turn_of_ours} }}", named=[TURNS]
    )
    return bool(list(found))


def _publish(session: Session, text: str, before: State, after: State, seconds: float) -> bool:
    """Send a request; return False if the engine says that it was done and nothing was."""
    end: float | None = None
    while True:
        lost = _send(session, text, seconds)
        end = end or time.monotonic() + PATIENCE_S
        found = _patiently(session, after.number, lost, end=end)
        if found == after.mark:
            return True
        if isinstance(lost, EngineRefused):
            raise lost
        now = session.state()
        if found is not None or now.mark != before.mark:
            raise WriteConflict(expected=before.number, found=now.number)
        if lost is None:
            return False
        if time.monotonic() > end:
            raise lost


def _send(session: Session, text: str, seconds: float) -> EngineProblem | None:
    """Send a request; return the fault if it does not say what became of it.

    Virtuoso may answer that it failed when it could not word that it did what was asked.
    """
    try:
        session.client.update(text, read_s=seconds)
    except EngineRefused as refused:
        return refused
    except EngineUnreachable as lost:
        if not lost.may_be_done:
            raise
        return lost
    return None


def _patiently(
    session: Session, number: int, lost: EngineProblem | None, *, end: float
) -> str | None:
    """Return the mark of a commit, asking until the engine answers."""
    pauses = iter(_PAUSES_S)
    while True:
        try:
            return mark_of(session, number)
        except EngineUnreachable as error:
            if time.monotonic() > end:
                raise EngineUnreachable(
                    f"The remote store at {session.client.address.text} went away while a change"
                    " was being kept. It is kept whole or not at all, but which of the two is not"
                    " known.",
                    address=session.client.address.text,
                    may_be_done=True,
                    hint="When the engine is back, see what is kept with: medalgraph history",
                ) from (lost or error)
            time.sleep(next(pauses, _PAUSES_S[-1]))


def _parts(
    triples: Iterable[str], most: Mapping[bool, tuple[int, int]]
) -> Iterator[tuple[bool, list[str]]]:
    """Yield triples in lists that fit in one request, plain ones apart.

    Args:
        triples: a triple a line.
        most: how many lines and characters fit, of what is plain and of the rest.

    """
    parts: dict[bool, list[str]] = {True: [], False: []}
    sizes = dict.fromkeys(parts, 0)
    for triple in triples:
        kind = _is_plain(triple)
        lines, characters = most[kind]
        if parts[kind] and (len(parts[kind]) == lines or sizes[kind] + len(triple) > characters):
            yield kind, parts[kind]
            parts[kind], sizes[kind] = [], 0
        parts[kind].append(triple)
        sizes[kind] += len(triple)
    yield from ((kind, part) for kind, part in parts.items() if part)


def _is_plain(triple: str) -> bool:
    """Tell whether the Graph Store Protocol is sure to keep a triple as an update would.

    Virtuoso reads N-Triples by other code than SPARQL: it makes decimals of large integers,
    and takes no literal of 70,000 characters.
    """
    return len(triple) <= _PLAIN_CHARACTERS and _TYPED.search(triple) is None


def _by_graph(triples: Mapping[NamedNode, list[str]]) -> str:
    return " ".join(
        f"GRAPH {graph} {{ {' '.join(said)} }}" for graph, said in triples.items() if said
    )


def lines_of(
    session: Session, change: Change, *, removed: bool
) -> Iterator[tuple[NamedNode, list[str]]]:
    """Yield what a change adds or removes, graph by graph, a triple a line."""
    graphs: dict[NamedNode, list[str]] = {}
    for quad in change.removed if removed else change.added:
        graphs.setdefault(quad.graph_name, []).append(session.skolem.triple(quad))  # type: ignore[arg-type] # changes name named graphs only
    yield from graphs.items()
