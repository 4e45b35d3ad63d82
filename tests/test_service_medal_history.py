"""All-time lists, athletes and histories: right numbers, honest gaps, names as they were then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from graph.engines.memory import MemoryDraft
from graph.errors import NotFound
from graph.lexical import as_stored
from graph.names import Names
from service.medal_chart import chart
from service.medal_tables.asked import Asked, View
from service.medal_tables.told import told as told_of

from .bundled_record import bundled_record
from .century import century, converted, rules_and_nations
from .medal_world import medals_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.engines.base import Reader

    from .service_world import World

NAMES = Names()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with medals_in(tmp_path_factory.mktemp("history")) as made:
        yield made


def told(reader: Reader, view: View, **said: Any) -> dict[str, Any]:  # noqa: ANN401
    return told_of(reader, NAMES, Asked(view, **said).to_text(), ())


def of_world(world: World, view: View, **said: Any) -> dict[str, Any]:  # noqa: ANN401
    with world.store.read() as reader:
        return told(reader, view, **said)


def test_each_nation_that_is_offered_as_before_or_after_can_be_drawn() -> None:
    # Egypt was coded UAR, which is no nation here; Russia came after the Unified Team.
    codes = {}
    for code in ("EGY", "RUS"):
        [nation] = told(bundled_record(), View.NATION, nations=(code,), kind="Paralympic")[
            "nations"
        ]
        codes[code] = [other["key"] for other in nation["kin"]]
    assert codes["EGY"] == []
    assert "EUN" in codes["RUS"]
    for code in codes["RUS"]:
        assert told(bundled_record(), View.NATION, nations=(code,), kind="Paralympic")["nations"]


def test_a_nation_has_its_published_counts_and_its_results_each_called_so() -> None:
    # The IPC's counts of Azerbaijan until 2020, and the results of Paris.
    found = told(bundled_record(), View.NATION, nations=("AZE",), kind="Paralympic")
    games = {
        one["key"]: (
            one["basis"],
            one["counts"][0]
            and tuple(one["counts"][0][name] for name in ("gold", "silver", "bronze")),
        )
        for one in found["games"]
    }
    assert games["2016-summer-para"] == ("counts", (1, 8, 2))
    assert games["2020-summer-para"] == ("counts", (14, 1, 4))
    assert games["2024-summer-para"] == ("results", (4, 2, 5))
    assert games["1992-winter-para"] == ("nothing", None)


def test_where_a_source_counts_some_nations_only_others_are_not_known() -> None:
    found = told(bundled_record(), View.NATION, nations=("AZE", "CHN"), kind="Paralympic")
    counts = {one["key"]: one["counts"] for one in found["games"]}
    assert counts["2016-summer-para"][0]["total"] == 11
    assert counts["2016-summer-para"][1] is None
    assert counts["2024-summer-para"][1]["total"] == 220


def test_a_chart_of_one_nation_has_bars_hollow_where_only_counts_are_published() -> None:
    found = told(bundled_record(), View.NATION, nations=("AZE",), kind="Paralympic")
    drawn = chart(found)
    assert drawn is not None
    assert drawn.lines == ()
    hollow = [bar for bar in drawn.bars if bar.is_published]
    filled = [bar for bar in drawn.bars if not bar.is_published]
    # 4, 2 and 5 at Paris; the gold of Tokyo, 14, is the tallest part.
    assert [bar.colour for bar in filled] == ["gold", "silver", "bronze"]
    assert filled[0].height == pytest.approx(2 * filled[1].height, abs=0.3)
    assert max(hollow, key=lambda bar: bar.height).colour == "gold"
    assert {mark.text for mark in drawn.gaps} == {"1992", "2028"}
    lowest = max(bar.y + bar.height for bar in drawn.bars)
    assert lowest == pytest.approx(drawn.zero, abs=0.2)


def test_a_chart_of_several_nations_breaks_its_lines_at_gaps() -> None:
    found = told(bundled_record(), View.NATION, nations=("AZE", "CHN"), kind="Paralympic")
    drawn = chart(found)
    assert drawn is not None
    one, other = drawn.lines
    assert (len(one.pieces), len(one.dots)) == (1, 7)
    assert (len(other.pieces), len(other.dots)) == (0, 1)
    assert all(dot.y <= drawn.zero for line in drawn.lines for dot in line.dots)


def test_joined_codes_are_called_as_they_were_then(world: World) -> None:
    apart = of_world(world, View.NATION, nations=("GER",))
    joined = of_world(world, View.NATION, nations=("GER",), succession="codes")
    [before], [after] = (one["games"][0]["counts"] for one in (apart, joined))
    assert (before["total"], before["as"]) == (0, [])
    assert (after["silver"], [one["label"] for one in after["as"]]) == (1, ["West Germany"])
    assert [one["key"] for one in apart["nations"][0]["kin"]] == ["FRG"]


def test_all_time_is_the_sum_by_the_rule_that_it_names(world: World) -> None:
    plain = of_world(world, View.ALL_TIME, kind="Olympic")
    art = of_world(world, View.ALL_TIME, kind="Olympic", rule="with-art")
    golds = [{row["code"]: row["gold"] for row in one["rows"]} for one in (plain, art)]
    assert [each.get("GER", 0) for each in golds] == [0, 1]
    assert (plain["rule"]["title"], art["rule"]["key"]) == ("after reallocations", "with-art")


def test_athletes_have_the_medals_that_the_rule_counts(world: World) -> None:
    plain = of_world(world, View.ATHLETES, kind="Olympic")
    art = of_world(world, View.ATHLETES, kind="Olympic", rule="with-art")
    medals = [
        {row["label"]: (row["rank"], row["gold"], row["silver"]) for row in one["rows"]}
        for one in (plain, art)
    ]
    # Cat and Dee won the doubles together; Ann was second there, and won with her poem.
    assert medals[0] == {"Cat": (1, 1, 0), "Dee": (1, 1, 0), "Ann": (3, 0, 1), "Bea": (3, 0, 1)}
    assert medals[1]["Ann"] == (1, 1, 1)
    only = of_world(world, View.ATHLETES, kind="Olympic", nations=("AUS",))
    assert {row["label"] for row in only["rows"]} == {"Cat", "Dee"}


def test_what_is_not_there_is_refused_with_what_is(world: World) -> None:
    with pytest.raises(NotFound) as none:
        of_world(world, View.ALL_TIME, kind="Paralympic")
    assert "Olympic" in none.value.hint
    with pytest.raises(NotFound) as unknown:
        of_world(world, View.NATION, nations=("GRR",), kind="Olympic")
    assert "GRE" in unknown.value.hint
    assert "no day" in of_world(world, View.ALL_TIME, rule="as-of-date")["problem"]
    assert of_world(world, View.NATION, kind="Olympic")["problem"]


@pytest.mark.slow
def test_all_time_lists_of_120_years_are_the_published_ones(shared_data: Path) -> None:
    state = century(shared_data).state
    # Olympedia and the IOC: Phelps 23-3-2, Latynina 9-5-4, Nurmi 9-3-0.
    found = told(state, View.ATHLETES, kind="Olympic", season="Summer")
    for name, medals in (("Phelps", (23, 3, 2)), ("Latynina", (9, 5, 4)), ("Nurmi", (9, 3, 0))):
        [row] = [row for row in found["rows"] if name in row["label"]]
        assert (row["gold"], row["silver"], row["bronze"]) == medals
    # The all-time table.
    table = told(state, View.ALL_TIME, kind="Olympic", season="Summer")
    counts = {row["code"]: (row["gold"], row["silver"], row["bronze"]) for row in table["rows"]}
    assert counts["URS"] == (395, 319, 296)
    assert counts["FRG"] == (56, 67, 81)
    assert counts["GDR"] == (153, 129, 127)


@pytest.mark.slow
def test_a_history_through_successions_names_each_nation_as_it_was(shared_data: Path) -> None:
    quads = converted("olympedia-games", shared_data / "olympedia-games")
    state = MemoryDraft(map(as_stored, quads + rules_and_nations()))
    found = told(
        state,
        View.NATION,
        nations=("GER",),
        kind="Olympic",
        season="Summer",
        succession="codes",
    )
    called = {
        one["year"]: [own["label"] for own in one["counts"][0]["as"]]
        for one in found["games"]
        if one["counts"][0]
    }
    assert called["1972"] == ["West Germany"]
    assert called["1992"] == ["Germany"]
    assert all(one["basis"] == "counts" for one in found["games"] if one["counts"][0])
