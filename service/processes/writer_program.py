"""The program that makes changes: it owns the head of the store and obeys one edit at a time."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any

from service.faults import too_much_memory

from .beginning import begin
from .channel import ChannelClosed
from .edits import Edit
from .failures import failure
from .performing import perform
from .sandbox import limit_memory

if TYPE_CHECKING:
    from graph.store import Store
    from service.limits import Limits
    from service.wire.problem import Json

    from .channel import Message


def main() -> None:
    """Serve the process that started this one; see ``children.start``."""
    begun = begin()
    begun.channel.end_with_other()
    limits = begun.limits
    with contextlib.suppress(ChannelClosed), begun.opened() as store:
        # Made now, so that the first change does not wait for it.
        store.gate  # noqa: B018
        begun.greet()
        while True:
            begun.channel.tell(_obeyed(begun.channel.receive(), store, limits))


def _obeyed(message: Message, store: Store, limits: Limits) -> dict[str, Json]:
    """Make one change and return the reply."""
    told: Any = message.told
    try:
        limit_memory(limits.change_memory_bytes)
        with contextlib.ExitStack() as files:
            opened = [files.enter_context(os.fdopen(number, "rb")) for number in message.files]
            content = opened[0] if opened else None
            return {"done": perform(Edit.from_json(told["edit"]), content, store).to_json()}
    except MemoryError:
        return failure(too_much_memory(limits.change_memory_bytes, what="change"))
    except Exception as error:  # noqa: BLE001 - told to the parent, who logs it
        return failure(error)


if __name__ == "__main__":
    main()
