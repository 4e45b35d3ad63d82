"""The program that makes one list of matches and ends."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from service.faults import too_much_memory

from .beginning import begin
from .channel import ChannelClosed
from .failures import failure
from .listing import Wanted, make
from .sandbox import limit_memory

if TYPE_CHECKING:
    from pathlib import Path

    from graph.store import Store
    from service.wire.problem import Json

_POLITENESS = 10
"""How much it stands back for those who wait for an answer (nice)."""


def main() -> None:
    """Serve the process that started this one; see ``children.start``."""
    begun = begin(politeness=_POLITENESS)
    begun.channel.end_with_other()
    place, memory = begun.where.folder, begun.limits.change_memory_bytes
    with contextlib.suppress(ChannelClosed), begun.opened() as store:
        begun.greet()
        told: Any = begun.channel.receive().told
        limit_memory(memory)
        begun.channel.tell(_made(Wanted(**told["wanted"]), place, store, memory=memory))


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
