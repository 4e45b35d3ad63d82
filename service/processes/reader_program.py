"""What a reader process does: one state of the store, one job after the other, and no more."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

from service.faults import TookTooMuch, too_much_memory

from .channel import ChannelClosed
from .failures import failure
from .jobs import Job, work
from .sandbox import (
    limit_memory,
    limit_processor,
    memory_bytes,
    wall_off_files,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.engines.base import Reader
    from graph.names import Names
    from service.limits import Limits
    from service.wire.problem import Json

    from .channel import Channel
    from .sandbox import Walls

FRAME_BYTES = 64 << 10
_WORN_BYTES = 256 << 20
"""A reader that keeps so much memory from what it did is replaced by a fresh one."""
_POLITENESS = 5
"""How much readers stand back for the process that answers health checks (nice)."""


def serve(
    channel: Channel,
    opened: Callable[[], Reader],
    names: Names,
    limits: Limits,
    walls: Walls,
) -> NoReturn:
    """Open a state, give up what a reader needs no more, and do jobs until nobody asks.

    Args:
        channel: says ``{"ready": walls}`` first, or how opening failed; then each job comes
            as JSON, and goes back as data and a last message: ``{"end": ...}`` or
            ``{"problem": ...}``.
        opened: opens the state; it may still write, where an old state must be rebuilt.
        names: the names of the store.
        limits: what one job may take.
        walls: what stands around this process already.

    """
    os.nice(_POLITENESS)
    channel.end_with_other()
    try:
        state = opened()
        walls = replace(walls, writing=wall_off_files())
        channel.tell({"ready": walls.to_json()})
        at_first = memory_bytes()
        while True:
            told = channel.receive().told or {}
            last = _last_words(Job.from_json(told), state, names, limits, channel)
            channel.tell(last | {"worn": memory_bytes() - at_first > _WORN_BYTES})
    except ChannelClosed:
        os._exit(0)
    except Exception as error:  # noqa: BLE001 - told to the parent, who logs it
        channel.tell(failure(error))
        os._exit(0)


def _last_words(
    job: Job, state: Reader, names: Names, limits: Limits, channel: Channel
) -> dict[str, Json]:
    """Do a job and return the message that ends it."""
    out = _Frames(channel, limits.answer_bytes)
    try:
        limit_processor(limits.query_processor_s)
        limit_memory(limits.query_memory_bytes)
        work(job, state, names, out)
        out.flush()
    except ChannelClosed:
        raise
    except MemoryError:
        return failure(too_much_memory(limits.query_memory_bytes))
    except Exception as error:  # noqa: BLE001 - told to the parent, who logs it
        return failure(error)
    return {"end": out.passed_on}


class _Frames:
    """A file whose content goes to the parent in frames of one size."""

    def __init__(self, channel: Channel, most_bytes: int) -> None:
        self._channel, self._most = channel, most_bytes
        self._kept = bytearray()
        self.passed_on = 0

    def write(self, content: bytes, /) -> int:
        """Take bytes and return how many.

        Raises:
            TookTooMuch: if the answer becomes longer than an answer may be.

        """
        self._kept += content
        if self.passed_on + len(self._kept) > self._most:
            raise TookTooMuch(
                f"The answer is longer than an answer may be ({self._most >> 20:,} MiB).",
                of="bytes",
            )
        if len(self._kept) >= FRAME_BYTES:
            self.flush()
        return len(content)

    def flush(self) -> None:
        """Pass on what is kept."""
        view = memoryview(self._kept)
        for start in range(0, len(view), FRAME_BYTES):
            self._channel.pass_on(view[start : start + FRAME_BYTES].tobytes())
        view.release()
        self.passed_on += len(self._kept)
        self._kept.clear()
