"""What a checkup says of a remote store: which version it is, and how its engine differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.engines.remote.engine import RemoteEngine

from .findings import well, worrying

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.engines.remote.address import Address
    from graph.engines.remote.capabilities import Capabilities

    from .findings import Finding


def look_over_engine(address: Address) -> Iterator[Finding]:
    """Yield what is found out about the engine that keeps a store.

    Small graphs are written for it and removed again.

    Args:
        address: where the store is.

    """
    with RemoteEngine.open(address) as engine:
        with engine.read() as reader:
            yield well(
                "store", f"Version {reader.version:,} with {len(reader):,} statements is there."
            )
        if not engine.can.update:
            yield worrying(
                "update",
                "We may only read there.",
                hint="Give a name and a password that may write.",
            )
            return
        yield from _abilities(engine.can)


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
