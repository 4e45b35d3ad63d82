"""What a checkup says of a remote store: which version it is, and how its engine differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.engines import integrity
from graph.engines.remote.engine import RemoteEngine
from graph.errors import MedalgraphError
from graph.progress import unwatched

from .findings import well, worrying, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.engines.remote.address import Address
    from graph.engines.remote.capabilities import Capabilities
    from graph.engines.remote.reader import RemoteReader
    from graph.progress import Step

    from .findings import Finding

_BACKUP = "Restore the store from a backup of the engine, or load it anew into an empty one."


def look_over_engine(
    address: Address, *, quick: bool = False, step: Step = unwatched
) -> Iterator[Finding]:
    """Yield what is found out about a store at an address, and about the engine that keeps it.

    Small graphs are written for it and removed again.

    Args:
        address: where the store is.
        quick: leave out what reads every statement.
        step: begins a long step with its name and gives what its progress is told to.

    """
    with RemoteEngine.open(address) as engine:
        with engine.read() as reader:
            yield well(
                "store", f"Version {reader.version:,} with {len(reader):,} statements is there."
            )
            if not quick:
                yield from _contents(engine, reader, step)
        if not engine.can.update:
            yield worrying(
                "update",
                "We may only read there.",
                hint="Give a name and a password that may write.",
            )
            return
        yield from _abilities(engine.can)


def _contents(engine: RemoteEngine, reader: RemoteReader, step: Step) -> Iterator[Finding]:
    """Yield whether what the engine holds is what was written, however it came there."""
    try:
        told = step("Reading the history")
        led_to = integrity.of_records(engine.history, reader.version, progress=told)
    except MedalgraphError as problem:
        yield wrong("history", str(problem), problem.hint or _BACKUP)
        return
    count = reader.version
    said = f"The records of all commits, 1 to {count:,}, are what was written."
    yield well("history", said if count else "There is no commit yet.")
    yield _newest_state(reader, led_to, step)
    yield _record(reader)


def _newest_state(reader: RemoteReader, led_to: integrity.Fingerprint, step: Step) -> Finding:
    what = "newest state"
    try:
        told = step("Reading the newest state")
        found = integrity.of_state(reader.everything(), progress=told)
    except MedalgraphError as problem:
        return wrong(what, str(problem), problem.hint or _BACKUP)
    if str(found) != str(led_to):
        return wrong(what, "What the engine holds is not what the commits lead to.", _BACKUP)
    return well(what, f"Its {found.count:,} statements are what the commits lead to.")


def _record(reader: RemoteReader) -> Finding:
    """Return whether queries find what sources state, and nothing else."""
    try:
        lacking, surplus = reader.strays()
    except MedalgraphError as problem:
        return worrying("record", f"It could not be looked at: {problem}", problem.hint)
    if lacking or surplus:
        said = f"Queries miss {lacking:,} statements, and find {surplus:,} that nobody states."
        return wrong("record", said, _BACKUP)
    return well("record", "Queries find what sources state, and nothing else.")


def _abilities(can: Capabilities) -> Iterator[Finding]:
    yield well("update", "Changes are taken.")
    yield well(
        "graph_store",
        "Large changes are put aside by the Graph Store Protocol."
        if can.graph_store
        else "No Graph Store Protocol: large changes are put aside by updates, which takes longer.",
    )
    yield well("request_statements", f"One request takes {can.request_statements:,} statements.")
    yield well("address_bytes", f"Addresses of {can.address_bytes:,} bytes are kept whole.")
    yield well(
        "transactions",
        "A request of several operations is carried out as a whole or not at all."
        if can.transactions
        else "A request of several operations may be carried out in part; we send one.",
    )
    yield _default_graph(can)
    yield _rows(can)
    yield _literals(can)
    yield _habits(can)
    yield well("time_travel", "Only the newest version can be read; history and undo work.")
    yield well("full_text", "The index of words is kept on this machine, not in the engine.")


def _default_graph(can: Capabilities) -> Finding:
    own = "all named graphs at once" if can.union_default_graph else "a graph of its own"
    merged = "once" if can.merges_graphs else "twice"
    return well(
        "default_graph",
        f"Its default graph is {own}, and a statement of two graphs comes {merged}; each of our"
        " questions names its graphs.",
    )


def _rows(can: Capabilities) -> Finding:
    if can.row_limit is None:
        return well("row_limit", "Long answers come whole.")
    return worrying(
        "row_limit",
        f"Answers are cut after {can.row_limit:,} rows; longer ones are asked for in pages.",
        hint="Let the engine give longer answers, such as by ResultSetMaxRows in virtuoso.ini.",
    )


def _literals(can: Capabilities) -> Finding:
    if not can.altered:
        return well("literals", "Literals of every kind come back as they were.")
    return worrying(
        "literals",
        "These come back as they were, but the engine cannot compare them by value: "
        + ", ".join(sorted(can.altered))
        + ".",
        hint="Compare such values after they were fetched.",
    )


def _habits(can: Capabilities) -> Finding:
    if not can.habits:
        return well("habits", "Queries were answered as SPARQL asks in all that was tried.")
    return worrying(
        "habits",
        "Queries with these are computed on this machine, since the engine answers them"
        " otherwise: " + ", ".join(sorted(can.habits)) + ".",
        hint="Leave them out of queries over a large store.",
    )
