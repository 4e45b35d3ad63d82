"""What medal tables tell of the bundled sources: right numbers, and the events behind each."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from graph.errors import NotFound
from graph.medals.behind import behind
from graph.medals.table import MEDALS
from graph.names import Names
from service.medal_tables.asked import Asked, View
from service.medal_tables.counted import counted_table
from service.medal_tables.told import told as told_of

from .bundled_record import bundled_record
from .medal_world import medals_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PARIS = "2024-summer-para"


@cache
def _told(asked: Asked) -> Mapping[str, Any]:
    return told_of(bundled_record(), Names(), asked.to_text(), ())


def told(
    view: View = View.TABLE, games: str = PARIS, **said: str | tuple[str, ...]
) -> Mapping[str, Any]:
    return _told(Asked(view, games=games, **said))  # type: ignore[arg-type] # as each is


def cells(**said: str) -> dict[str, tuple[int | None, int, int, int]]:
    rows = told(View.TABLE, PARIS, **said)["rows"]
    return {r["code"]: (r["rank"], r["gold"], r["silver"], r["bronze"]) for r in rows}


def events(nation: str, medal: str, games: str = PARIS, **said: str) -> Mapping[str, Any]:
    asked = Asked(View.EVENTS, games=games, nations=(nation,), medal=medal, **said)
    return _told(asked)


def test_games_can_be_narrowed_by_kind_season_and_year() -> None:
    [winter] = told(View.CHOICE, "", kind="Paralympic", season="Winter")["games"]
    assert winter["key"] == "1992-winter-para"
    with pytest.raises(NotFound) as refused:
        told(View.CHOICE, "", year="1999")
    assert "2024" in refused.value.hint


def test_the_table_is_that_of_the_games() -> None:
    # The final table of Paris 2024; with Azerbaijan the report has 28th, neutral athletes apart.
    found = cells()
    assert found["CHN"] == (1, 94, 76, 50)
    assert found["GBR"] == (2, 49, 44, 31)
    assert found["USA"] == (3, 36, 42, 27)
    assert found["AZE"] == (28, 4, 2, 5)
    assert found["NPA"][0] is None
    assert len(found) == 86


def test_neutral_athletes_and_all_medals_rank_where_it_is_asked_for() -> None:
    assert cells(neutral="ranked")["NPA"][0] == 5
    assert cells(neutral="ranked")["AZE"][0] == 29
    by_total = list(cells(by="total"))
    assert by_total[:3] == ["CHN", "GBR", "USA"]
    assert by_total.index("BRA") == 3


def test_sports_of_the_bundled_table_add_up_to_all() -> None:
    whole = told()
    total = sum(row["total"] for row in whole["rows"])
    assert total == 1707
    parts = [told(sex=one["key"])["rows"] for one in whole["sexes"]]
    assert sum(row["total"] for rows in parts for row in rows) == total


def test_filters_narrow_the_table_to_a_sport_a_sex_and_a_class() -> None:
    # Women's judo of class J1 at Paris 2024: -48 kg, -57 kg, -70 kg and +70 kg, four golds.
    found = cells(sport="para-judo", sex="F", sport_class="J1")
    golds = sum(gold for _, gold, _, _ in found.values())
    assert golds == 4
    assert cells(sport="Para Judo", sex="f", sport_class="j1") == found


@pytest.mark.parametrize(
    ("nation", "medal", "count"),
    [
        ("AZE", "gold", 4),
        ("AZE", "bronze", 5),
        ("Azerbaijan", "total", 11),
        ("CHN", "gold", 94),
        ("NPA", "total", 71),
        ("GBR", "silver", 44),
    ],
)
def test_there_are_as_many_events_behind_a_cell_as_it_says(
    nation: str, medal: str, count: int
) -> None:
    found = events(nation, medal)
    assert found["count"] == count
    assert sum(one["times"] for one in found["events"]) == count
    assert all(one["sources"] and one["event"] for one in found["events"])


def test_behind_every_cell_are_as_many_events_as_it_says() -> None:
    # In judo two bronzes are given in each event.
    for sport in ("", "para-judo"):
        asked = Asked(View.TABLE, games=PARIS, sport=sport)
        table = counted_table(bundled_record(), Names(), asked)
        for line, counts in table.count.medals.items():
            for medal in MEDALS:
                found = behind(table.ledgers, line, (medal,))
                assert sum(times for _, times in found) == counts[medal]


def test_published_counts_say_whose_they_are_and_that_no_events_are_known() -> None:
    # The IPC's table of Rio 2016 has Azerbaijan with 1 gold, 8 silver and 2 bronze.
    table = told(View.TABLE, "2016-summer-para")
    [row] = table["rows"]
    assert (row["rank"], row["gold"], row["silver"], row["bronze"]) == (None, 1, 8, 2)
    assert any("As published in" in note for note in table["notes"])
    found = events("AZE", "silver", "2016-summer-para")
    assert found["events"] == []
    [published] = found["published"]
    assert (found["count"], published["count"]) == (8, 8)


def test_a_day_shows_the_table_of_then_and_what_that_day_changed() -> None:
    # Najafzade's long jump was on 2 September, the first of three golds in athletics.
    before, after = cells(on="2024-09-01"), cells(on="2024-09-02")
    assert (before["AZE"][1], after["AZE"][1]) == (1, 2)
    table = told(on="2024-09-02")
    assert table["changed_count"] > 0
    assert {row["code"] for row in table["rows"] if row["changed"]} >= {"AZE"}
    assert [stop["day"] for stop in table["days"]][-1] == "2024-09-08"
    assert [stop["words"] for stop in table["days"] if stop["closing"]] == [
        "42 medals awarded, the Games closed"
    ]


def test_medals_with_events_are_listed_beside_published_counts_that_the_table_takes(
    tmp_path: Path,
) -> None:
    with medals_in(tmp_path) as made:
        # A whole table, of which the results lack a few medals: five nations and even colours.
        rows = "\n".join(
            f"""tally:w{code} a mg:Tally ; mg:games games:2000-summer ; mg:nation nation:{code} ;
                mg:gold 3 ; mg:silver 3 ; mg:bronze 3 ."""
            for code in ("USA", "GRE", "JAM", "GER", "AUS")
        )
        made.store.update(
            f"""DELETE {{ GRAPH graph:press {{ ?t ?p ?o }} }}
                INSERT {{ GRAPH graph:press {{ {rows} }} }}
                WHERE {{ GRAPH graph:press {{ ?t ?p ?o }} }}"""
        )
        asked = Asked(View.EVENTS, games="2000-summer", nations=("JAM",), medal="bronze")
        with made.store.read() as reader:
            found = told_of(reader, made.store.names, asked.to_text(), ())
        page = made.client.get(
            "/medals?games=2000-summer&nation=JAM&medal=bronze", headers={"Accept": "text/html"}
        )
    assert (found["count"], found["held"], len(found["events"])) == (3, 2, 2)  # type: ignore[arg-type]
    assert "The results held here, which the table does not count, have 2" in page.text
