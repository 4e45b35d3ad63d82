from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks import changing
from benchmarks.changing import ALONE, KINDS, TOGETHER, UNGROUPED, WITH, WITHOUT, Cell
from benchmarks.synthetic_games import World
from graph.store import Store

if TYPE_CHECKING:
    from pathlib import Path

WORLD = World(500)


@pytest.fixture(autouse=True)
def few_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changing, "IN_A_ROUND", 2)
    monkeypatch.setattr(changing, "OF_A_WRITER", 2)


def test_each_kind_of_change_is_made_with_the_gate_and_without(tmp_path: Path) -> None:
    cells = changing.by_program(tmp_path, WORLD, rounds=1)

    assert [(cell.kind, cell.way) for cell in cells] == [
        (kind.name, way) for kind in KINDS for way in (WITH, WITHOUT)
    ]
    assert {len(cell.seconds) for cell in cells} == {1}
    for way in (WITH, WITHOUT):
        with Store.open(tmp_path / way) as store:
            # The world, and two rounds of two changes of each kind.
            assert store.version == 1 + 2 * 2 * len(KINDS)
            assert store.check().conforms


def test_changes_of_clients_are_all_kept_alone_and_together(tmp_path: Path) -> None:
    cells = changing.by_clients(tmp_path, WORLD, rounds=1, writers=3, kinds=KINDS[:1])

    assert [cell.way for cell in cells] == [ALONE, TOGETHER, UNGROUPED]
    kept = {}
    for name in ("grouping", "single"):
        with Store.open(tmp_path / name) as store:
            kept[name] = store.version - 1
    assert kept == {"grouping": 2 * (2 + 3 * 2), "single": 2 * 3}


def test_a_ratio_is_of_times_of_the_same_round() -> None:
    first, other = Cell("k", "a", [1.0, 4.0, 2.0]), Cell("k", "b", [2.0, 2.0, 2.0])

    assert changing.ratio(first, other) == (1.0, 0.5, 2.0)
    rows = changing.table([other, first]).splitlines()
    assert rows[2] == "| k | b | 2000.0 | 2000.0 | 0 | 1 |"
    assert rows[3] == "| k | a | 1000.0 | 2000.0 | 0 | 1.00 (0.50-2.00) |"
