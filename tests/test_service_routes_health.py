"""Whether the service lives is answered at once and never from a cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .service_world import says, world_in

if TYPE_CHECKING:
    from pathlib import Path


def test_health_names_the_newest_snapshot(tmp_path: Path) -> None:
    with world_in(tmp_path) as world:
        before = world.client.get("/health")
        world.state(says("a", "one"))
        after = world.client.get("/health")

    assert before.json == {"status": "ok", "snapshot": 0, "read_only": False}
    assert after.json == {"status": "ok", "snapshot": 1, "read_only": False}
    assert after.headers["Cache-Control"] == "no-store"
