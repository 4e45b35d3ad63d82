"""Rows of results, teams and the schedule that cannot be used, each with its reason."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from graph.errors import BadTable
from graph.importers.paris_2024_olympics import convert
from graph.importers.tables import RejectFile
from graph.names import RDF_TYPE, Names, mg
from graph.progress import silent

from .small_olympics import BEACH, SWIMMING, match, session, small_olympics, swim, write_olympics

if TYPE_CHECKING:
    from pathlib import Path

    from graph.terms import Quad

    from .small_paris import Rows

NAMES = Names()


def converted(folder: Path, rows: Rows) -> tuple[set[Quad], RejectFile]:
    with RejectFile(folder / "rejects.csv") as rejects:
        quads = convert(write_olympics(folder, rows), names=NAMES, rejects=rejects, progress=silent)
        return set(quads), rejects


def refused(folder: Path) -> list[list[str]]:
    with (folder / "rejects.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def count(quads: set[Quad], kind: str) -> int:
    return sum(quad.predicate == RDF_TYPE and quad.object == mg(kind) for quad in quads)


def test_all_rows_of_good_tables_are_used_and_counted(tmp_path: Path) -> None:
    rows = small_olympics()
    quads, rejects = converted(tmp_path, rows)
    assert rejects.count == 0
    assert rejects.rows == sum(map(len, rows.values()))
    assert (count(quads, "Result"), count(quads, "Entry")) == (8, 7)


SWIM = swim("1956469", "2.0", "59.05")
BAD_RESULTS = [
    (SWIM | {"event_name": "Men's 100m Breast Stroke"}, "event_name", "no event of this name"),
    (SWIM | {"rank": "2.5"}, "rank", "no whole number"),
    (SWIM | {"rank": "0"}, "rank", "no whole number"),
    (SWIM | {"result": "59,05"}, "result", "no number, though its type is TIME"),
    (SWIM | {"result_type": "LENGTHS"}, "result_type", "none of the words known"),
    (SWIM | {"date": "28.07.2024"}, "date", "not a day"),
    (SWIM | {"participant_country_code": "ENG"}, "participant_country_code", "of this nation"),
    (SWIM | {"participant_country_code": "gb"}, "participant_country_code", "three capitals"),
    (SWIM | {"participant_type": "Horse"}, "participant_type", "none of the words known"),
    (SWIM | {"participant_code": ""}, "participant_code", "is empty"),
    (SWIM | {"participant_name": ""}, "participant_name", "is empty"),
    (SWIM | {"stage_code": "SWMM100MBR"}, "stage_code", "cut off"),
    (SWIM | {"stage": ""}, "stage", "is empty"),
    (swim("1925633", "1.0", "59.03"), "participant_code", "in a row before"),
]


@pytest.mark.parametrize(("row", "column", "reason"), BAD_RESULTS, ids=lambda x: str(x)[:40])
def test_a_result_that_cannot_be_used_is_refused_with_its_line_and_the_others_are_kept(
    tmp_path: Path, row: dict[str, str], column: str, reason: str
) -> None:
    rows = small_olympics()
    rows[SWIMMING] = [rows[SWIMMING][0], row, *rows[SWIMMING][2:]]
    quads, rejects = converted(tmp_path, rows)
    (line,) = refused(tmp_path)
    assert line[:3] == ["Swimming.csv", "3", column]
    assert reason in line[4]
    assert line[5]
    assert (rejects.count, count(quads, "Result")) == (1, 7)


def test_a_result_of_a_team_that_no_table_has_is_refused(tmp_path: Path) -> None:
    rows = small_olympics()
    rows[BEACH].append(match("VBVMTEAM2---USA01", 3, "1"))
    converted(tmp_path, rows)
    assert [line[:4] for line in refused(tmp_path)] == [
        ["Beach Volleyball.csv", "6", "participant_code", "VBVMTEAM2---USA01"]
    ]


def test_a_team_with_more_codes_than_names_is_refused_and_so_are_its_results(
    tmp_path: Path,
) -> None:
    rows = small_olympics()
    rows["teams.csv"][1]["athletes"] = "['HODGES Thomas']"
    converted(tmp_path, rows)
    assert [line[:3] for line in refused(tmp_path)] == [
        ["teams.csv", "3", "athletes_codes"],
        ["Beach Volleyball.csv", "4", "participant_code"],
    ]


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"event": "Men's 100m Brest"}, "event"),
        ({"event": "Men", "discipline": "Canoeing"}, "event"),
        ({"day": "2024-07-27"}, "day"),
        ({"status": "POSTPONED"}, "status"),
        ({"venue": "Aquatics Center", "location_description": "Aquatics Center"}, "venue"),
    ],
)
def test_a_session_that_cannot_be_used_is_refused(
    tmp_path: Path, wrong: dict[str, str], column: str
) -> None:
    rows = small_olympics()
    good = session("Men's 100m Breaststroke", "x", "28-07-2024")
    rows["schedules.csv"].append(good | wrong)
    converted(tmp_path, rows)
    assert [line[:3] for line in refused(tmp_path)] == [["schedules.csv", "7", column]]


def test_a_sport_may_have_no_ranks_types_or_remarks(tmp_path: Path) -> None:
    rows = small_olympics()
    for row in rows[BEACH]:
        del row["result_type"]
    quads, rejects = converted(tmp_path, rows)
    assert rejects.count == 0
    result = NAMES.of(
        *("result", "2024-summer", "beach-volleyball", "men", "SWE"),
        "preliminary-phase-pool-a-no-1",
    )
    said = {q.predicate.value.rpartition("#")[2] for q in quads if q.subject == result}
    assert said == {"type", "entry", "phase", "date", "mark"}


def test_somebody_without_a_row_of_athletes_is_known_by_name_and_nation(tmp_path: Path) -> None:
    rows = small_olympics()
    rows[SWIMMING].append(swim("1896125", "9.0", "1:00.05"))
    quads, _ = converted(tmp_path, rows)
    brown = NAMES.of("person", "charles-brown-gbr")
    said = {
        q.predicate.value.rpartition("/")[2].rpartition("#")[2] for q in quads if q.subject == brown
    }
    assert said == {"type", "label", "familyName", "givenName", "externalId"}
    assert count(quads, "Person") == len(rows["athletes.csv"]) + 2  # with Izac Carracher of AUS02


def test_teams_of_one_nation_are_numbered_and_a_winner_keeps_the_name_of_the_nation(
    tmp_path: Path,
) -> None:
    quads, _ = converted(tmp_path, small_olympics())
    event = "2024-summer", "beach-volleyball", "men"
    entries = {NAMES.of("entry", *event, team) for team in ("SWE", "AUS-1", "AUS-2")}
    assert entries <= {quad.subject for quad in quads if quad.object == mg("Entry")}


def test_folders_without_results_are_told(tmp_path: Path) -> None:
    rows = small_olympics()
    del rows[SWIMMING], rows[BEACH]
    with pytest.raises(BadTable, match="has no tables of results"):
        converted(tmp_path, rows)
