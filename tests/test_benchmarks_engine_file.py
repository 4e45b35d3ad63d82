"""The benchmark of loading by file brings the same store both ways, and counts all processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks import engine_file
from graph.engines.snapshots import SnapshotEngine

from .statements import commit, quad

if TYPE_CHECKING:
    from pathlib import Path

    from tests.real_engines import Loading


@pytest.mark.parametrize("name", ["oxigraph", "virtuoso"])
def test_both_ways_are_measured_with_what_the_engine_takes(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    server: Loading = request.getfixturevalue(f"{name}_server")
    with SnapshotEngine.create(tmp_path / "store") as near:
        for number in range(3):
            commit(near, *(quad(f"{number}-{each}") for each in range(500)))
        found: dict[str, engine_file.Cost] = {}
        for way in (engine_file.over_http, engine_file.by_file):
            server.empty()
            found |= engine_file.brought(way, near, server)
    assert list(found) == [engine_file.HTTP, engine_file.WRITING, engine_file.LOADING]
    assert found[engine_file.LOADING].there_s > 0
    *_, whole = engine_file.rows(found)
    assert whole[0] == "by file, in all"
