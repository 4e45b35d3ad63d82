"""The plan's numbers are computed from curves as its formulas say."""

from __future__ import annotations

import pytest

from benchmarks.growth import plan
from benchmarks.growth.plan import Laws, breaks, parted, single, traffic
from benchmarks.growth.results import Sample

MILLION = 1_000_000


def line(what: str, unit: str, each: float, *, exponent: float = 1.0) -> list[Sample]:
    """Return what two sizes, one and twenty million, take: ``each`` is that of a million."""
    return [
        Sample(what, "medalgraph", unit, size * MILLION, (each * size**exponent,))
        for size in (1, 20)
    ]


@pytest.fixture
def laws() -> Laws:
    measured = [
        *line("load", "processor s", 36.0),
        *line("load: memory", "MiB", 512.0),
        *line("store", "MiB", 256.0),
        *line("memory", "MiB", 1024.0, exponent=0.5),
    ]
    for what in plan.MIX:
        measured += line(what, "processor s", 0.002, exponent=0.0)
    return Laws(measured)


def test_one_store_takes_what_the_curves_say(laws: Laws) -> None:
    one = single(laws, "medalgraph", 100 * MILLION)

    assert one.load_h == pytest.approx(1.0)
    assert one.load_gib == pytest.approx(50.0)
    assert one.disk_gib == pytest.approx(25.0)
    assert one.serve_gib == pytest.approx(10.0)
    assert one.beyond == pytest.approx(5.0)
    assert one.fits


def test_a_store_that_needs_more_than_a_machine_has_does_not_fit(laws: Laws) -> None:
    assert not single(laws, "medalgraph", 1_000 * MILLION).fits


def test_parts_are_as_large_as_what_was_measured(laws: Laws) -> None:
    many = parted(laws, "medalgraph", 1_000 * MILLION)

    assert many.part == 20 * MILLION
    # A quarter of the statements are about people, who are at 1.38 Games on average.
    assert many.copied == pytest.approx(1_000 * MILLION * (1 + 0.254 * 0.38))
    assert many.parts == 55
    # A store of twenty million takes 4.47 GiB to serve; 96 of 128 GiB are for stores, and no
    # more of them than there are processors.
    assert (many.a_machine, many.machines) == (16, 4)
    # Each takes 0.2 hours and 10 GiB to load, so a machine loads eight at a time, 14 in all.
    assert many.load_h == pytest.approx(11.0)
    assert many.load_wall_h == pytest.approx(0.4)
    assert many.load_price == pytest.approx(0.4 * 4 * plan.MACHINE.price)


def test_requests_take_the_mean_of_their_mixture(laws: Laws) -> None:
    much = traffic(laws, "medalgraph", 20 * MILLION, behind_cache=False)
    little = traffic(laws, "medalgraph", 20 * MILLION, behind_cache=True)

    assert sum(kind.share for kind in plan.MIX.values()) == pytest.approx(1.0)
    assert much.each_ms == pytest.approx(2.0)
    assert much.cores == pytest.approx(20.0)
    # 9.6 processors of a machine are in use.
    assert much.machines == 3
    # 0.8 * 0.2 + 0.1 * 0.01 + 0.1 * 0.5 of the requests are left.
    assert little.each_ms == pytest.approx(2.0 * 0.211)
    assert little.machines == 1


def test_a_limit_is_reached_where_the_curve_crosses_it(laws: Laws) -> None:
    assert laws.reaches("load", "medalgraph", "processor s", 3_600) == pytest.approx(100 * MILLION)
    assert laws.reaches("look-up", "medalgraph", "processor s", 1.0) is None

    found = breaks(laws)

    assert found[0][0].what == "a load fits into 4 GiB, the usual setting of a change"
    assert found[0][1] == pytest.approx(8 * MILLION)
    reached = [size for _, size in found if size is not None]
    assert reached == sorted(reached)
