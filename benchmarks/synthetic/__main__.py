"""Writes made-up statements as N-Quads.

Run it with::

    python -m benchmarks.synthetic --statements 50_000_000 [--seed 1] > FILE.nq
    python -m benchmarks.synthetic --statements 1_000_000 --record | oxigraph load ...
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from .telling import in_record
from .world import World

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the statements to standard output."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.synthetic",
        description=__doc__.partition("\n")[0] if __doc__ else "",
    )
    parser.add_argument("--statements", type=int, required=True, help="how many")
    parser.add_argument("--seed", type=int, default=1, help="of the chance; 1 unless told")
    parser.add_argument(
        "--record", action="store_true", help="each statement also without its graph"
    )
    chosen = parser.parse_args(arguments)
    blocks = World(chosen.statements, chosen.seed).blocks()
    for block in in_record(blocks) if chosen.record else blocks:
        sys.stdout.write(block)


if __name__ == "__main__":
    main()
