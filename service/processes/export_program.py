"""The program that makes one file for download, and ends.

It writes to a file that it is told of and nowhere else of its own accord, reads one state
of the store, and reaches no network. Who started it may end it at any moment.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import resource
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.store import Store
from service.faults import TookTooMuch, too_much_memory
from service.limits import Limits

from .channel import Channel, ChannelClosed
from .failures import failure
from .orders import Order, fulfil
from .sandbox import (
    leave_signals_to_parent,
    limit_memory,
    limit_processor,
    wall_off_network,
    write_no_cores,
)

if TYPE_CHECKING:
    from service.wire.problem import Json

_POLITENESS = 10
"""How much it stands back for queries (nice): a download can wait, and is kept for the next."""


def main() -> None:
    """Serve the process that started this one; see ``children.start``."""
    number, text = sys.argv[1:]
    given = json.loads(text)
    leave_signals_to_parent()
    write_no_cores()
    walls = wall_off_network()
    os.nice(_POLITENESS)
    channel = Channel.of(int(number))
    channel.end_with_other()
    limits = Limits(**given["limits"])
    with contextlib.suppress(ChannelClosed), Store.open(Path(given["place"])) as store:
        channel.tell({"walls": walls.to_json()})
        told: Any = channel.receive().told
        channel.tell(_made(told, store, limits))


def _made(told: Any, store: Store, limits: Limits) -> dict[str, Json]:  # noqa: ANN401 - JSON
    """Make the file and return the reply."""
    try:
        limit_memory(limits.query_memory_bytes)
        limit_processor(told["seconds"])
        resource.setrlimit(resource.RLIMIT_FSIZE, (limits.downloads_bytes, limits.downloads_bytes))
        order = Order.from_json(told["order"])
        return {"count": fulfil(order, store, int(told["version"]), Path(told["path"]))}
    except MemoryError:
        return failure(too_much_memory(limits.query_memory_bytes, what="download"))
    except OSError as error:
        if error.errno != errno.EFBIG:
            return failure(error)
        return failure(
            TookTooMuch(
                "The file would be longer than all downloads together may be"
                f" ({limits.downloads_bytes >> 20:,} MiB).",
                of="bytes",
            )
        )
    except Exception as error:  # noqa: BLE001 - told to the parent, who logs it
        return failure(error)


if __name__ == "__main__":
    main()
