"""The results of single rounds of Paris 2024, with the hard cases that the tables have.

Values are read from the tables; the file and its line stand beside them where they are few.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from .olympic_paris import NAME, ask, record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.engines.memory import MemoryDraft

_RESULT = """SELECT ?phase ?rank ?mark ?value ?unit ?status {{
    ?entry mg:event event:2024-summer--{event} ; mg:athlete ?who .
    ?who mg:externalId "paris2024:{code}" . ?result mg:entry ?entry ; mg:phase ?phase .
    OPTIONAL {{ ?result mg:rank ?rank }} OPTIONAL {{ ?result mg:mark ?mark }}
    OPTIONAL {{ ?result mg:markValue ?value }} OPTIONAL {{ ?result mg:unit ?unit }}
    OPTIONAL {{ ?result mg:status ?status }}
  }} ORDER BY ?phase"""


@pytest.fixture
def paris(shared_data: Path) -> MemoryDraft:
    return record(shared_data)[0]


def rows_of(data: Path, table: str) -> Iterator[dict[str, str]]:
    with (data / NAME / table).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def results_of(data: Path) -> Iterator[dict[str, str]]:
    for table in sorted((data / NAME / "results").glob("*.csv")):
        yield from rows_of(data, f"results/{table.name}")


def number(state: MemoryDraft, pattern: str) -> int:
    ((found,),) = ask(state, f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
    return int(found)


def results(state: MemoryDraft, event: str, code: str) -> dict[str, list[str]]:
    """Return rank, mark, value, unit and status of each phase of somebody in an event."""
    return {row[0]: row[1:] for row in ask(state, _RESULT.format(event=event, code=code))}


def test_each_row_of_results_is_one_result_and_none_is_refused(
    paris: MemoryDraft, shared_data: Path
) -> None:
    rows = list(results_of(shared_data))
    assert number(paris, "?result a mg:Result") == len(rows) == 21_316
    entries = {(r["discipline_name"], r["event_name"], r["participant_code"]) for r in rows}
    assert number(paris, "?entry a mg:Entry") == len(entries) == 8_520
    assert record(shared_data)[1].count == 0


def test_an_entry_has_one_result_in_each_phase(paris: MemoryDraft) -> None:
    twice = """SELECT ?entry ?phase { ?result mg:entry ?entry ; mg:phase ?phase }
               GROUP BY ?entry ?phase HAVING (COUNT(?result) > 1)"""
    assert ask(paris, twice) == []


def test_the_events_of_the_results_are_those_of_the_medals(paris: MemoryDraft) -> None:
    without = "?event a mg:Event FILTER NOT EXISTS { ?result mg:entry/mg:event ?event }"
    assert number(paris, without) == 0
    assert number(paris, "?event a mg:Event") == 329


@pytest.mark.parametrize(
    ("event", "code", "phase", "told"),
    [
        # Athletics.csv: seconds; a marathon in hours; metres with their zeros.
        ("athletics--mens-100m", "1960173", "Final", ["1", "9.79", "9.79", "Second", ""]),
        (
            "athletics--womens-high-jump",
            "1571559",
            "Final",
            ["1", "2.00", "2", "Metre", ""],
        ),
        ("athletics--mens-marathon", "1901284", "Final", ["1", "2:06:26", "7586", "Second", ""]),
        # Swimming.csv, line 127 and 128: a tie.
        (
            "swimming--mens-100m-breaststroke",
            "1956469",
            "Final",
            ["2", "59.05", "59.05", "Second", ""],
        ),
        (
            "swimming--mens-100m-breaststroke",
            "1935901",
            "Final",
            ["2", "59.05", "59.05", "Second", ""],
        ),
        # Weightlifting.csv, line 2: kilograms, and a final that only repeats the event.
        (
            "weightlifting--mens-plus-102kg",
            "1551443",
            "Final",
            ["1", "470", "470", "Kilogram", ""],
        ),
        # Archery.csv, line 2: points. Cycling Track.csv, line 150: fewer than none.
        (
            "archery--mens-individual",
            "1902135",
            "Ranking Round",
            ["1", "686", "686", "Point", ""],
        ),
        (
            "cycling-track--mens-omnium",
            "1897287",
            "Tempo Race 2/4",
            ["22", "-20", "-20", "Point", ""],
        ),
        # Equestrian.csv, line 2: per cent, a unit that the vocabulary has not.
        (
            "equestrian--dressage-individual",
            "1914905",
            "Grand Prix Group F",
            ["1", "82.065", "", "", ""],
        ),
        # Canoe Slalom.csv, line 110: faults are no number.
        (
            "canoe-slalom--mens-kayak-cross",
            "1955115",
            "Round 1 Race 1",
            ["3", "FLT (2)", "", "", ""],
        ),
        # Swimming.csv, line 83: ruled out. Athletics writes the same as DQ.
        (
            "swimming--mens-100m-breaststroke",
            "1535354",
            "Heat 2",
            ["", "", "", "", "DSQ"],
        ),
        # Breaking.csv: of the type IRM the remark is the result, and not the 0 beside it.
        ("breaking--b-girls", "1968743", "Pre-Qualifier Battle", ["", "", "", "", "DSQ"]),
        # Athletics.csv, line 1202: no height, which is none of the statuses.
        (
            "athletics--mens-decathlon",
            "1878375",
            "Pole Vault - Group B",
            ["", "NM", "", "", ""],
        ),
        # Sailing.csv, line 457: who did not finish has points nevertheless.
        (
            "sailing--mens-kite",
            "1535852",
            "Opening Series - Race 4",
            ["", "21 DNF", "21", "Point", ""],
        ),
    ],
)
def test_marks_are_told_as_published_and_as_numbers_where_they_have_a_unit(
    paris: MemoryDraft, event: str, code: str, phase: str, told: list[str]
) -> None:
    assert results(paris, event, code)[phase] == told


def test_ranks_are_empty_where_the_table_has_none(paris: MemoryDraft, shared_data: Path) -> None:
    ranked = sum(bool(row.get("rank")) for row in results_of(shared_data))
    assert number(paris, "?result a mg:Result ; mg:rank ?rank") == ranked == 14_362


def test_statuses_are_those_of_rows_without_a_mark(paris: MemoryDraft, shared_data: Path) -> None:
    words = {"DNF": "DNF", "DNS": "DNS", "DSQ": "DSQ", "DQ": "DSQ"}
    expected = dict.fromkeys(words.values(), 0)
    for row in results_of(shared_data):
        status = words.get(row.get("result_IRM", ""))
        if status and (not row["result"] or row.get("result_type") == "IRM"):
            expected[status] += 1
    counted = "SELECT ?s (COUNT(?r) AS ?n) { ?r a mg:Result ; mg:status ?s } GROUP BY ?s"
    assert {status: int(n) for status, n in ask(paris, counted)} == expected
    assert number(paris, "?r a mg:Result ; mg:status ?status ; mg:mark ?mark") == 0


def test_somebody_who_only_was_there_has_a_result_without_a_mark(paris: MemoryDraft) -> None:
    # Boxing.csv: Carini retired against Khelif, and neither has points (result_type RM).
    phase = "Preliminaries - Round of 16"
    for who in ("Imane Khelif", "Angela Carini"):
        told = ask(
            paris,
            f"""SELECT ?phase ?what {{ ?entry mg:athlete/rdfs:label "{who}"@en ;
                  mg:event event:2024-summer--boxing--womens-66kg . ?result mg:entry ?entry ;
                  mg:phase ?phase FILTER STRSTARTS(?phase, "{phase}")
                  OPTIONAL {{ ?result mg:mark|mg:rank|mg:status ?what }} }}""",
        )
        assert told == [[f"{phase}, no. 3", ""]]


def test_the_matches_of_a_pool_are_numbered_and_show_who_met_whom(paris: MemoryDraft) -> None:
    # Football.csv: France against USA 3-0, Guinea 1-0, New Zealand 3-0.
    told = ask(
        paris,
        """SELECT ?phase ?mark ?other ?theirs {
             ?mine mg:entry entry:2024-summer--football--men--FRA .
             ?mine mg:phase ?phase ; mg:mark ?mark .
             ?their mg:phase ?phase ; mg:mark ?theirs ; mg:entry ?entry .
             ?entry mg:event event:2024-summer--football--men ; mg:nation ?other .
             FILTER(?other != nation:FRA && STRSTARTS(?phase, "Group")) } ORDER BY ?phase""",
    )
    assert told == [
        ["Group A, no. 1", "3", "USA", "0"],
        ["Group A, no. 3", "1", "GUI", "0"],
        ["Group A, no. 5", "3", "NZL", "0"],
    ]


def test_the_bouts_of_a_round_are_numbered_and_the_final_is_not(paris: MemoryDraft) -> None:
    # Judo.csv: Riner beat Tushishvili in the fourth quarterfinal and Kim in the final.
    riner = results(paris, "judo--men-plus-100-kg", "1891323")
    assert set(riner) == {
        "Elimination Round of 16, no. 8",
        "Quarterfinal, no. 4",
        "Semifinal of Table B",
        "Final",
    }
    assert riner["Final"] == ["", "10", "10", "Point", ""]


def test_wrestling_names_no_unit_so_its_points_are_text(paris: MemoryDraft) -> None:
    marks = "?result mg:mark ?mark ; mg:entry/mg:event/mg:sport sport:wrestling ."
    assert number(paris, f"{marks} ?result mg:unit ?unit") == 0
    assert number(paris, marks) == 678


def test_the_first_rotation_of_gymnasts_is_not_their_result(paris: MemoryDraft) -> None:
    # Artistic Gymnastics.csv: "Final" is one apparatus, "Final Results" is all six.
    oka = results(paris, "artistic-gymnastics--mens-all-around", "1919480")
    assert oka["Final Results"][:2] == ["1", "86.832"]
    assert oka["Final"][:2] == ["", "14.300"]


def test_ranks_of_finals_agree_with_the_medals_but_where_a_judge_or_a_jump_off_decided(
    paris: MemoryDraft,
) -> None:
    differ = ask(
        paris,
        """SELECT ?event ?medal ?rank {
             VALUES (?medal ?place) { (mg:Gold 1) (mg:Silver 2) (mg:Bronze 3) }
             ?award mg:medal ?medal ; mg:entry ?entry ; mg:event ?event .
             ?result mg:entry ?entry ; mg:rank ?rank ; mg:phase ?phase .
             FILTER(?phase IN ("Final", "Final Results", "Final A", "Final for Gold"))
             FILTER(?rank != ?place) } ORDER BY ?event ?medal""",
    )
    # Barbosu was fourth when the floor ended; three riders were level before the jump-off.
    assert differ == [
        ["2024-summer--artistic-gymnastics--womens-floor-exercise", "Bronze", "4"],
        ["2024-summer--equestrian--jumping-individual", "Bronze", "1"],
        ["2024-summer--equestrian--jumping-individual", "Silver", "1"],
    ]


def test_a_team_without_a_medal_has_the_members_of_the_teams(paris: MemoryDraft) -> None:
    # teams.csv: three of the sixteen Slovenian handballers are in no table of athletes.
    members = ask(
        paris,
        """SELECT ?who { entry:2024-summer--handball--men--SLO mg:athlete ?person .
             ?person rdfs:label ?who FILTER NOT EXISTS { ?person mg:sex ?sex } } ORDER BY ?who""",
    )
    assert members == [["Kristjan Horzen"], ["Nik Henigman"], ["Urh Kastelic"]]


def test_a_team_with_a_medal_keeps_those_who_won_it(paris: MemoryDraft) -> None:
    # teams.csv has five or six women in each team pursuit; four of each have a medal.
    found = number(
        paris,
        """?award a mg:Award ; mg:entry ?entry . ?entry mg:athlete ?athlete ;
             mg:event event:2024-summer--cycling-track--womens-team-pursuit""",
    )
    assert found == 3 * 4


def test_two_teams_of_one_nation_are_two_entries(paris: MemoryDraft) -> None:
    # Athletics.csv: ESP02 won the relay of walkers in 2:50:31, ESP01 was ninth in 2:56:10.
    told = ask(
        paris,
        """SELECT ?entry ?rank ?mark { ?entry mg:nation nation:ESP ; mg:event
               event:2024-summer--athletics--marathon-race-walk-relay-mixed .
             ?result mg:entry ?entry ; mg:rank ?rank ; mg:mark ?mark } ORDER BY ?rank""",
    )
    event = "2024-summer--athletics--marathon-race-walk-relay-mixed"
    assert told == [[f"{event}--ESP", "1", "2:50:31"], [f"{event}--ESP-1", "9", "2:56:10"]]


def test_people_whom_only_the_results_name_are_known_by_name_and_nation(
    paris: MemoryDraft,
) -> None:
    named = "Andres Azcarraga", "Charles Brown", "Alireza Sarlak", "Emanuela Liuzzi", "Lee Hanbit"
    for name in named:
        told = ask(
            paris,
            f"""SELECT ?nation {{ ?part mg:person/rdfs:label "{name}"@en ; mg:nation ?nation ;
                  mg:event ?event }}""",
        )
        assert len(told) >= 1, name


def test_everybody_with_a_result_took_part_in_the_event(paris: MemoryDraft) -> None:
    without = """?entry a mg:Entry ; mg:athlete ?who ; mg:event ?event
                 FILTER NOT EXISTS { ?part mg:person ?who ; mg:event ?event }"""
    assert number(paris, without) == 0
