from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from benchmarks import gate_cost
from benchmarks.synthetic_games import GRAPH, World
from graph.engines.memory import MemoryEngine
from graph.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.gate_cost import Contestant

SIZES = (500, 1000)


@pytest.fixture(scope="module")
def contestants(tmp_path_factory: pytest.TempPathFactory) -> list[Contestant]:
    return gate_cost.run(map(World, SIZES), 1, tmp_path_factory.mktemp("gate-cost"))


def test_the_table_has_a_row_for_each_size(contestants: list[Contestant]) -> None:
    lines = gate_cost.rows(contestants)

    assert [line.triples for line in lines] == [one.triples for one in contestants]
    assert all(line.triples >= size for line, size in zip(lines, SIZES, strict=True))
    assert {len(line.cells) for line in lines} == {len(gate_cost.HEADINGS)}


def test_the_table_holds_the_smallest_size_as_the_measure_of_the_others(
    contestants: list[Contestant],
) -> None:
    smallest = gate_cost.rows(contestants)[0].cells

    ratios = [
        cell for cell, name in zip(smallest, gate_cost.HEADINGS, strict=True) if "small" in name
    ]

    assert ratios == ["1.00"] * len(ratios)


def test_the_table_is_markdown_with_a_heading_and_a_rule(contestants: list[Contestant]) -> None:
    heading, rule, *lines = gate_cost.table(gate_cost.rows(contestants)).splitlines()

    assert heading.startswith("| triples | one person (ms) |")
    assert re.fullmatch(r"\|( ---: \|)+", rule)
    assert [line.split(" | ")[0] for line in lines] == [f"| {one.triples:,}" for one in contestants]


def test_each_kind_of_time_is_kept_once_a_repeat(contestants: list[Contestant]) -> None:
    for one in contestants:
        times = one.times
        kinds = (times.whole, times.check, times.publish, times.peer, times.anew)
        assert [len(kind) for kind in kinds] == [1] * 5


def test_the_parts_of_a_time_are_no_longer_than_the_whole(contestants: list[Contestant]) -> None:
    for one in contestants:
        (whole,), (check,), (publish,) = one.times.whole, one.times.check, one.times.publish
        assert 0 < check + publish < whole


def test_the_gate_has_nothing_to_say_of_the_made_up_world(contestants: list[Contestant]) -> None:
    for one in contestants:
        assert one.report.checked > 0
        assert one.report.problems == ()


def test_the_gate_has_nothing_to_say_of_one_large_games_either() -> None:
    store = Store(MemoryEngine())
    with store, store.transaction(source=GRAPH) as tx:
        tx.add(*World(3000, events_per_games=1000).quads())

    assert tx.report.problems == ()


def test_the_gate_checks_a_newcomer_and_has_nothing_to_say() -> None:
    world = World(500)
    with Store(MemoryEngine()) as store:
        with store.transaction(source=GRAPH) as tx:
            tx.add(*world.quads())
        with store.transaction(source=GRAPH) as tx:
            tx.add(*world.newcomer(1))

    assert tx.change.added == frozenset(world.newcomer(1))
    assert tx.report.checked > 0
    assert tx.report.problems == ()


def test_a_world_says_each_statement_once_and_always_the_same() -> None:
    world = World(5000)

    said = list(world.quads())

    assert len(set(said)) == len(said)
    assert list(world.quads()) == said


def test_newcomers_are_new_to_the_world_and_to_each_other() -> None:
    world = World(1000)
    known = {quad.subject for quad in world.quads()}
    first, second = ({quad.subject for quad in world.newcomer(n)} for n in (0, 1))

    assert not first & known
    assert not first & second


def test_the_command_prints_the_table(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    gate_cost.main(["--sizes", "300", "--repeat", "1", "--folder", str(tmp_path)])

    said = capsys.readouterr()

    assert len(said.out.splitlines()) == 3
    assert "Making a world of 300 triples" in said.err
    assert list(tmp_path.iterdir()) == []
