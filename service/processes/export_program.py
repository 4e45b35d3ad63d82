"""The program that makes one file for download, and ends.

It writes to a file that it is told of and nowhere else of its own accord, reads one state
of the store, and reaches nobody but the engine of a remote store. Who started it may end it
at any moment.
"""

from __future__ import annotations

import contextlib
import errno
import resource
from pathlib import Path
from typing import TYPE_CHECKING, Any

from service.faults import TookTooMuch, too_much_memory

from .beginning import begin
from .channel import ChannelClosed
from .failures import failure
from .orders import Order, fulfil
from .sandbox import limit_memory, limit_processor

if TYPE_CHECKING:
    from graph.store import Store
    from service.limits import Limits
    from service.wire.problem import Json

_POLITENESS = 10
"""How much it stands back for queries (nice): a download can wait, and is kept for the next."""


def main() -> None:
    """Serve the process that started this one; see ``children.start``."""
    begun = begin(politeness=_POLITENESS)
    begun.channel.end_with_other()
    with contextlib.suppress(ChannelClosed), begun.opened() as store:
        begun.greet()
        told: Any = begun.channel.receive().told
        begun.channel.tell(_made(told, store, begun.limits))


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
