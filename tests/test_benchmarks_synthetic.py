"""The made-up world is shaped as the real sets are, and nothing in it breaks a rule."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from benchmarks.synthetic import __main__ as command
from benchmarks.synthetic.measuring import (
    LEVELS,
    Measured,
    bundled_quads,
    imported_quads,
    measure,
)
from benchmarks.synthetic.plan import edition, groups
from benchmarks.synthetic.shape import CENTURY, PARALYMPICS, Shape, at
from benchmarks.synthetic.telling import in_record
from benchmarks.synthetic.world import World
from graph.engines.memory import MemoryEngine
from graph.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from graph.terms import Quad

POINTS = 0.004
"""How far the share of a predicate may lie from the real one: 0.4 points of a hundred."""
MANY = 100
"""Classes of which a real set has fewer things are not compared."""
FEW = 3
"""How far two quantiles may lie apart where neither is more than twice the other."""
_INNER = slice(1, -2)
"""The quantiles without the smallest and the largest two, which single things decide."""


def made(shape: Shape, statements: int) -> Measured:
    return measure(quads(World(statements, only=shape).blocks()))


def quads(blocks: Iterable[str]) -> Iterable[Quad]:
    return pyoxigraph.parse("".join(blocks), format=pyoxigraph.RdfFormat.N_QUADS)


@pytest.fixture(scope="module")
def bundled() -> tuple[Measured, Measured]:
    real = measure(bundled_quads())
    return real, made(PARALYMPICS, real.statements)


@pytest.fixture(scope="module")
def century(shared_data: Path) -> tuple[Measured, Measured]:
    real = measure(imported_quads("olympic-120-years", shared_data / "olympic-120-years"))
    return real, made(CENTURY, real.statements)


@pytest.fixture(params=["bundled", pytest.param("century", marks=pytest.mark.slow)])
def both(request: pytest.FixtureRequest) -> tuple[Measured, Measured]:
    found: tuple[Measured, Measured] = request.getfixturevalue(request.param)
    return found


def common(real: Measured) -> set[str]:
    """Return the classes of which a set has many things."""
    return {kind for kind, count in real.nodes.items() if count >= MANY and kind != "Tally"}


def test_each_predicate_has_the_share_of_the_real_set(both: tuple[Measured, Measured]) -> None:
    real, world = both
    every = real.predicates.keys() | world.predicates.keys()

    far = {
        name: (real.predicates.get(name, 0), world.predicates.get(name, 0))
        for name in every
        if abs(real.predicates.get(name, 0) - world.predicates.get(name, 0)) > POINTS
    }

    assert far == {}


def test_literals_and_their_languages_are_as_common(both: tuple[Measured, Measured]) -> None:
    real, world = both

    assert world.literals == pytest.approx(real.literals, abs=0.01)
    assert world.in_english == pytest.approx(real.in_english, abs=0.01)


def test_as_many_statements_have_several_sources(both: tuple[Measured, Measured]) -> None:
    real, world = both

    assert world.repeated == pytest.approx(real.repeated, abs=0.002)


def test_there_are_as_many_things_of_each_class(both: tuple[Measured, Measured]) -> None:
    real, world = both

    for kind in common(real):
        assert world.nodes[kind] == pytest.approx(real.nodes[kind], rel=0.1), kind


def test_things_have_as_many_values(both: tuple[Measured, Measured]) -> None:
    real, world = both

    for key, count in real.values.items():
        if key[0] in common(real) - {"Nation", "Place"}:
            assert world.values.get(key, 0) == pytest.approx(count, abs=0.3), key


def test_things_are_the_subject_of_as_many_statements(both: tuple[Measured, Measured]) -> None:
    real, world = both

    for kind in common(real) - {"Nation", "Place"}:
        pairs = zip(real.out[kind][_INNER], world.out[kind][_INNER], strict=True)
        assert max(abs(one - other) for one, other in pairs) <= FEW, kind


def test_as_much_leads_to_a_thing(both: tuple[Measured, Measured]) -> None:
    real, world = both
    keys = (
        *(("Participation", "nation"), ("Participation", "event"), ("Participation", "person")),
        *(("Entry", "event"), ("Entry", "nation"), ("Award", "event")),
    )

    for key in keys:
        levels = list(zip(real.reached[key], world.reached[key], strict=True))[_INNER]
        for one, other in levels:
            low, high = sorted((one, other))
            assert high <= 3 * low or high - low <= FEW, (key, levels)


def test_names_and_addresses_are_as_long(both: tuple[Measured, Measured]) -> None:
    real, world = both
    middle = LEVELS.index(0.5)

    for kind in ("Person", "Event", "Nation"):
        assert world.labels[kind][middle] == pytest.approx(real.labels[kind][middle], abs=3)
    for kind in common(real):
        assert world.iris[kind] == pytest.approx(real.iris[kind], rel=0.1), kind


@pytest.mark.parametrize("shape", [PARALYMPICS, CENTURY], ids=lambda shape: shape.name)
def test_the_gate_finds_nothing_wrong_in_it(shape: Shape) -> None:
    with Store(MemoryEngine()) as store, store.transaction() as tx:
        tx.add(*quads(World(30_000, only=shape).blocks()))

    assert tx.report.checked > 0
    assert {problem.severity for problem in tx.report.problems} <= {"Info"}


def test_the_same_seed_gives_the_same_bytes_and_another_one_others() -> None:
    first, again, other = ("".join(World(160_000, seed).blocks()).encode() for seed in (1, 1, 2))

    assert first == again
    assert first != other


def test_a_larger_world_begins_as_the_smaller_one_does() -> None:
    small = list(World(20_000).blocks())

    large = list(islice(World(60_000).blocks(), len(small)))

    assert small[:-1] == large[:-1]


def test_a_world_has_the_statements_asked_for_and_each_once() -> None:
    said = "".join(World(160_000).blocks()).splitlines()

    assert 160_000 <= len(said) < 162_000
    assert len(set(said)) == len(said)


def test_no_part_of_it_is_large() -> None:
    blocks = list(World(300_000).blocks())

    assert max(map(len, blocks)) < 1_000_000


def test_people_come_again_to_the_games_after() -> None:
    later = edition(5)
    assert later.before(1) == edition(3)

    again = sum(group.again[0] for group in groups(later))

    assert again > 0


def test_the_record_has_each_statement_without_its_graph() -> None:
    blocks = list(World(3_000).blocks())

    found = list(quads(in_record(blocks)))

    said = list(quads(blocks))
    record = [quad.triple for quad in found if quad.graph_name == pyoxigraph.DefaultGraph()]
    assert record == [quad.triple for quad in said]
    assert [quad for quad in found if quad.graph_name != pyoxigraph.DefaultGraph()] == said


def test_the_command_writes_the_statements(capsys: pytest.CaptureFixture[str]) -> None:
    command.main(["--statements", "3000", "--seed", "7"])

    assert capsys.readouterr().out == "".join(World(3_000, 7).blocks())


def test_a_value_between_two_quantiles_lies_between_their_values() -> None:
    rising = tuple(float(number) for number in range(len(LEVELS)))

    assert at(rising, 0.0) == 0
    assert at(rising, 0.55) == pytest.approx(LEVELS.index(0.5) + 0.5)
    assert at(rising, 1.0) == len(LEVELS) - 1
