"""Fills a store of medalgraph from standard input, in a process of its own.

``python -m benchmarks.growth.filling STORE`` reads N-Quads, and prints what it took.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter

from graph.formats import N_QUADS
from graph.store import Store


def main() -> None:
    """Load, check and publish, as ``medalgraph load`` does, and print the parts in seconds."""
    begun = perf_counter()
    with Store.create(Path(sys.argv[1])) as store:
        with store.transaction(kind="load", message="Load made-up statements") as tx:
            tx.load(sys.stdin.buffer, format=N_QUADS)
            loaded = perf_counter() - begun
        whole = perf_counter() - begun
    parts = {
        "statements": tx.commit.added if tx.commit else 0,
        "load: statements": loaded,
        "load: check": tx.gate_s,
        "load: publish": whole - loaded - tx.gate_s,
    }
    print(json.dumps(parts))


if __name__ == "__main__":
    main()
