"""How much of the machine one request, one client and all of them together may have."""

from __future__ import annotations

import os
from dataclasses import dataclass

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30


def _usual_readers() -> int:
    """Return two for each processor: one may wait for its client while the other works."""
    return max(4, 2 * (os.cpu_count() or 1))


@dataclass(frozen=True, slots=True)
class Limits:
    """What work may take; ``config`` says how each is set.

    Attributes:
        query_s: seconds on the clock for a query, from its arrival to its answer.
        query_processor_s: seconds of processor time for a query.
        query_memory_bytes: memory that a query may take beside the graph itself.
        answer_bytes: the longest answer.
        client_s: how many seconds in all an answer too long to be kept aside waits for a
            client that takes it slowly.
        change_s: seconds on the clock for a change, from its arrival to its commit.
        change_memory_bytes: memory that a change may take.
        waiting_changes: how many changes may wait for those that are made.
        grouped_changes: how many changes that wait are published together at most; with 1 each
            is published by itself.
        download_s: seconds on the clock for a download to be made; one of a query has ``query_s``.
        downloads_bytes: how much disk the downloads may take that are kept.
        image_memory_bytes: the largest graph that is held in memory; a larger one is
            read from the disk.
        kept_bytes: how much memory the answers may take that are kept to be given again; one may
            take an eighth. 0 keeps none.
        readers: how many queries run at a time.
        readers_of_client: how many of them may be one client's.
        waiting: how many queries may wait for their turn.
        waiting_of_client: how many of them may be one client's.
        jobs_of_reader: after how many answers a reader is replaced by a fresh one.

    """

    query_s: float = 10.0
    query_processor_s: float = 10.0
    query_memory_bytes: int = GIB
    answer_bytes: int = GIB
    client_s: float = 120.0
    change_s: float = 300.0
    change_memory_bytes: int = 4 * GIB
    waiting_changes: int = 64
    grouped_changes: int = 32
    download_s: float = 900.0
    downloads_bytes: int = 4 * GIB
    image_memory_bytes: int = 4 * GIB
    kept_bytes: int = 256 << 20
    readers: int = _usual_readers()
    readers_of_client: int = _usual_readers() // 2
    waiting: int = 128
    waiting_of_client: int = 64
    jobs_of_reader: int = 1_000
