"""The program that makes changes: it owns the head of the store and obeys one edit at a time.

The edits that it is told are made one after another on a group, and become durable and visible
when it is told to publish them.
"""

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
    from collections.abc import Sequence

    from graph.store import Group, Store
    from service.limits import Limits
    from service.wire.problem import Json

    from .channel import Channel


def main() -> None:
    """Serve the process that started this one; see ``children.start``."""
    begun = begin()
    begun.channel.end_with_other()
    with contextlib.suppress(ChannelClosed), begun.opened() as store:
        # Made now, so that the first change does not wait for it.
        store.gate  # noqa: B018
        begun.greet()
        maker = Maker(store, begun.limits)
        while True:
            maker.obey(begun.channel)


class Maker:
    """Makes edits on a group, and publishes them.

    Args:
        store: where.
        limits: what a change may take.

    """

    def __init__(self, store: Store, limits: Limits) -> None:
        self._store, self._limits = store, limits
        self._group: Group | None = None

    def obey(self, channel: Channel) -> None:
        """Do what the next message says, and tell what became of it."""
        message = channel.receive()
        told: Any = message.told
        if "publish" in told:
            channel.tell(self._published())
            # What only tidies up comes after the reply.
            self._close()
            return
        if told["begins"]:
            # Nobody waits any more for what is left of a group that was given up.
            self._close()
        channel.tell(self._made(told["edit"], message.files))

    def _close(self) -> None:
        group, self._group = self._group, None
        if group is not None:
            group.close()

    def _made(self, edit: dict[str, Json], files: Sequence[int]) -> dict[str, Json]:
        """Make one change and return the reply; it is not published yet."""
        try:
            limit_memory(self._limits.change_memory_bytes)
            with contextlib.ExitStack() as open_files:
                opened = [open_files.enter_context(os.fdopen(number, "rb")) for number in files]
                self._group = self._group or self._store.group()
                content = opened[0] if opened else None
                return {"done": perform(Edit.from_json(edit), content, self._group).to_json()}
        except MemoryError:
            return failure(too_much_memory(self._limits.change_memory_bytes, what="change"))
        except Exception as error:  # noqa: BLE001 - told to the parent, who logs it
            return failure(error)

    def _published(self) -> dict[str, Json]:
        try:
            if self._group is not None:
                self._group.publish()
        except Exception as error:  # noqa: BLE001 - the same
            return failure(error)
        return {"published": True}


if __name__ == "__main__":
    main()
