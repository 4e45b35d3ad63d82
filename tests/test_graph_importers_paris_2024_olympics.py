"""The Paris 2024 Olympic tables, with the hard cases that their description names."""

from __future__ import annotations

import csv
import shutil
from typing import TYPE_CHECKING

import pytest

from graph.change import Change
from graph.derived import derive
from graph.errors import BadTable
from graph.importers.paris_2024_olympics import convert
from graph.importers.tables import RejectFile
from graph.lexical import as_stored
from graph.medals.counting import count_medals
from graph.medals.rules import Rule
from graph.medals.table import MEDALS
from graph.progress import silent

from .olympic_paris import NAME, NAMES, ask, record

if TYPE_CHECKING:
    from pathlib import Path

    from graph.engines.memory import MemoryDraft


@pytest.fixture
def paris(shared_data: Path) -> MemoryDraft:
    return record(shared_data)[0]


def test_every_row_is_taken(shared_data: Path) -> None:
    state, rejects = record(shared_data)
    assert rejects.count == 0
    counts = dict(
        ask(state, "SELECT ?class (COUNT(DISTINCT ?x) AS ?n) { ?x a ?class } GROUP BY ?class")
    )
    # 11,183 athletes, 5 medallists and 19 others whom their table lacks, 974 coaches and 1,021
    # officials.
    assert int(counts["Person"]) == 11_183 + 5 + 19 + 974 + 1_021
    # The Games had 329 events; medals.csv has 1,044 rows.
    assert (counts["Event"], counts["Award"], counts["Tally"]) == ("329", "1044", "92")


@pytest.mark.parametrize(
    ("code", "cells"),
    [  # the IOC's final table, olympics.com, Paris 2024
        ("USA", (40, 44, 42)),
        ("CHN", (40, 27, 24)),
        ("JPN", (20, 12, 13)),
        ("AUS", (18, 19, 16)),
        ("FRA", (16, 26, 22)),
        ("AZE", (2, 2, 3)),
        ("ROU", (3, 4, 2)),
        ("AIN", (1, 3, 1)),
        ("EOR", (0, 0, 1)),
        ("INA", (2, 0, 1)),
    ],
)
def test_the_medals_are_those_of_the_official_table(
    paris: MemoryDraft, code: str, cells: tuple[int, ...]
) -> None:
    count = count_medals(paris, NAMES, [NAMES.of("games", "2024-summer")], Rule("all"))
    medals = count.medals[NAMES.of("nation", code)]
    assert tuple(medals[medal] for medal in MEDALS) == cells


def test_the_published_table_has_one_bronze_less_than_was_won(paris: MemoryDraft) -> None:
    # Tunjung's bronze in badminton has no medal code, and medals_total.csv does not count it.
    assert ask(paris, "SELECT ?bronze { ?tally mg:nation nation:INA ; mg:bronze ?bronze }") == [
        ["0"]
    ]
    assert ask(
        paris,
        """SELECT ?who { ?award mg:medal mg:Bronze ; mg:entry ?entry .
             ?entry mg:nation nation:INA ; mg:athlete/rdfs:label ?who }""",
    ) == [["Gregoria Mariska Tunjung"]]


def test_two_silvers_no_bronze_and_two_bronzes(paris: MemoryDraft) -> None:
    medals = ask(
        paris,
        """SELECT ?medal (COUNT(?award) AS ?n) { ?award mg:medal ?medal ; mg:event
             event:2024-summer--swimming--mens-100m-breaststroke }
           GROUP BY ?medal ORDER BY ?medal""",
    )
    assert medals == [["Gold", "1"], ["Silver", "2"]]
    two = ask(
        paris,
        """SELECT (COUNT(*) AS ?n) { SELECT ?event { ?award mg:medal mg:Bronze ; mg:event ?event }
             GROUP BY ?event HAVING (COUNT(?award) = 2) }""",
    )
    assert two == [["57"]]
    by_rule = ask(paris, "SELECT (COUNT(?e) AS ?n) { ?e mg:rule mg:TwoBronzes }")
    assert by_rule == [["54"]]  # boxing 13, judo 15, taekwondo 8, wrestling 18; three were ties


def test_the_reallocated_bronze_of_the_floor_is_barbosus(paris: MemoryDraft) -> None:
    assert ask(
        paris,
        """SELECT ?who ?nation { ?award mg:medal mg:Bronze ; mg:entry ?entry ; mg:event
               event:2024-summer--artistic-gymnastics--womens-floor-exercise .
             ?entry mg:nation ?nation ; mg:athlete/rdfs:label ?who }""",
    ) == [["Ana Barbosu", "ROU"]]


def test_neutral_athletes_and_refugees_are_no_countries_and_keep_their_citizenship(
    paris: MemoryDraft,
) -> None:
    kinds = ask(
        paris,
        "SELECT ?n ?kind { VALUES ?n { nation:AIN nation:EOR } ?n mg:kind ?kind } ORDER BY ?n",
    )
    assert kinds == [["AIN", "Neutral"], ["EOR", "Refugee"]]
    citizens = ask(
        paris,
        """SELECT ?who ?country { ?award mg:entry ?entry . ?entry mg:nation nation:AIN ;
             mg:athlete ?p . ?p rdfs:label ?who ; mg:country ?country } ORDER BY ?who""",
    )
    assert ["Mirra Andreeva", "russian-federation"] in citizens or [
        "Mirra Andreeva",
        "russia",
    ] in citizens
    assert ["Ivan Litvinovich", "belarus"] in citizens


def test_a_reserve_has_no_medal(paris: MemoryDraft) -> None:
    # 2,268 of the 2,315 rows of medallists are of somebody who has one.
    found = ask(
        paris,
        "SELECT (COUNT(*) AS ?n) { ?award a mg:Award ; mg:entry/mg:athlete ?athlete }",
    )
    assert found == [["2268"]]


def test_officials_are_of_a_nation_only_where_their_organisation_is_one(
    paris: MemoryDraft, shared_data: Path
) -> None:
    def table(name: str) -> list[dict[str, str]]:
        with (shared_data / NAME / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    nocs = {row["code"] for row in table("nocs.csv")}
    rows = table("technical_officials.csv")
    of_nations = sum(row["organisation_code"] in nocs for row in rows)
    assert 0 < of_nations < len(rows)
    found = ask(
        paris,
        """SELECT (COUNT(DISTINCT ?who) AS ?n) {
             ?part mg:role mg:Official ; mg:person ?who ; mg:nation ?nation }""",
    )
    assert found == [[str(of_nations)]]


def test_the_birth_dates_of_officials_are_written_with_the_day_first(paris: MemoryDraft) -> None:
    found = ask(paris, 'SELECT ?born { ?p mg:externalId "paris2024:1550662" ; mg:born ?born }')
    assert found == [["1964-11-17"]]


def test_the_tables_of_athletes_may_lie_in_the_same_folder(
    shared_data: Path, tmp_path: Path
) -> None:
    for folder in (NAME, f"{NAME}-athletes"):
        shutil.copytree(shared_data / folder, tmp_path, dirs_exist_ok=True)
    with RejectFile(None) as rejects:
        quads = convert(tmp_path, names=NAMES, rejects=rejects, progress=silent)
        assert {*map(as_stored, quads)} == {*record(shared_data)[0].quads()}
    (tmp_path / "athletes.csv").unlink()
    with RejectFile(None) as rejects, pytest.raises(BadTable, match=r"no table athletes\.csv"):
        list(convert(tmp_path, names=NAMES, rejects=rejects, progress=silent))


def test_the_statuses_and_medals_are_those_that_the_store_derives(paris: MemoryDraft) -> None:
    whole = Change.of(paris.quads())
    assert derive(paris, whole).is_empty
