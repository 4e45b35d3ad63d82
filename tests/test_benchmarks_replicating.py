"""The measure of what a replica pulls has a row a size, and follows to the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks import replicating
from benchmarks.synthetic_games import World

from .replica_world import proved

if TYPE_CHECKING:
    from pathlib import Path


def test_a_row_tells_the_first_pull_and_each_one_after_it(tmp_path: Path) -> None:
    row = replicating.measure(World(500), 2, tmp_path)

    assert row.statements >= 500
    assert row.first[0] >= row.snapshot
    assert len(row.next) == 2
    assert all(bytes_ > 0 for bytes_, _ in row.next)
    assert proved(tmp_path / "replica") == 3
    assert {len(row.cells)} == {len(replicating.HEADINGS)}
    assert replicating.table([row]).count("\n") == 2
