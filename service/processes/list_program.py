"""The program that makes one list of matches and ends."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.store import Store
from service.faults import too_much_memory

from .channel import Channel, ChannelClosed
from .failures import failure
from .listing import Wanted, make
from .sandbox import leave_signals_to_parent, limit_memory, wall_off_network, write_no_cores

if TYPE_CHECKING:
    from service.wire.problem import Json

_POLITENESS = 10
"""How much it stands back for those who wait for an answer (nice)."""


def main() -> None:
    """Serve the process that started this one; see ``children.start``."""
    number, text = sys.argv[1:]
    given = json.loads(text)
    leave_signals_to_parent()
    write_no_cores()
    os.nice(_POLITENESS)
    walls = wall_off_network()
    channel = Channel.of(int(number))
    channel.end_with_other()
    place = Path(given["place"])
    with contextlib.suppress(ChannelClosed), Store.open(place) as store:
        channel.tell({"walls": walls.to_json()})
        told: Any = channel.receive().told
        limit_memory(given["memory"])
        channel.tell(_made(Wanted(**told["wanted"]), place, store, memory=given["memory"]))


def _made(wanted: Wanted, place: Path, store: Store, *, memory: int) -> dict[str, Json]:
    """Make the list and return the reply."""
    try:
        make(wanted, place, store)
    except MemoryError:
        return failure(too_much_memory(memory, what="list"))
    except Exception as error:  # noqa: BLE001 - told to the parent, who logs it
        return failure(error)
    return {"done": True}


if __name__ == "__main__":
    main()
