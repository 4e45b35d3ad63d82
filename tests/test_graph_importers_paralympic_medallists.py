"""The table of Paralympic medallists, with the hard cases that its description names."""

from __future__ import annotations

import csv
from functools import cache
from typing import TYPE_CHECKING

import pytest

from graph.engines.memory import MemoryDraft
from graph.importers.paralympic_medallists import COLUMNS, TABLE, convert, names_in
from graph.importers.tables import RejectFile
from graph.lexical import as_stored
from graph.medals.counting import count_medals
from graph.medals.rules import Rule
from graph.medals.table import MEDALS
from graph.names import Names
from graph.progress import silent

from .century import converted

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import QuerySolution

NAMES = Names()
FOLDER = "paralympic-medallists-1980-2016"
ROW = ("7", "Men", "100 m T12", "Gold", "DOE John", "GBR", "Great Britain", "NA", "Athletics")


@cache
def record(data: Path) -> tuple[MemoryDraft, list[dict[str, str]]]:
    """Return the whole table as a state, and the rows that were refused."""
    with RejectFile(None) as rejects:
        quads = convert(data / FOLDER, names=NAMES, rejects=rejects, progress=silent)
        state = MemoryDraft(map(as_stored, quads))
    with (data / FOLDER / TABLE).open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["type"] == "Wheelchair Tennis"]
    assert rejects.count == len(rows)
    return state, rows


@pytest.fixture
def medallists(shared_data: Path) -> MemoryDraft:
    return record(shared_data)[0]


def ask(state: MemoryDraft, text: str) -> list[list[str]]:
    def short(row: QuerySolution) -> list[str]:
        return [str(getattr(term, "value", "")).rpartition("/")[2] for term in row]

    return [short(row) for row in state.query(text)]  # type: ignore[union-attr] # a SELECT


def taken(folder: Path, *rows: tuple[str, ...]) -> MemoryDraft:
    """Return a few rows as a state; year and guide are the last two cells."""
    with (folder / TABLE).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
    with RejectFile(None) as rejects:
        quads = list(convert(folder, names=NAMES, rejects=rejects, progress=silent))
    assert rejects.count == 0
    return MemoryDraft(map(as_stored, quads))


def test_what_stands_under_wheelchair_tennis_is_table_tennis_once_more(shared_data: Path) -> None:
    _, refused = record(shared_data)
    with (shared_data / FOLDER / TABLE).open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["type"] == "Table Tennis"]
    tennis = {(r["year"], r["gender"], r["event"]) for r in rows}
    assert len(refused) == 1360
    assert {(r["year"], r["gender"], r["event"]) for r in refused} <= tennis


def test_twenty_eight_cells_hold_several_people(shared_data: Path) -> None:
    with (shared_data / FOLDER / TABLE).open(encoding="utf-8-sig", newline="") as file:
        cells = [row["athlete"] for row in csv.DictReader(file)]
    glued = {cell: names_in(cell) for cell in cells if len(names_in(cell)) > 1}
    assert sum(cell in glued for cell in cells) == 28
    assert glued["BUCHANAN J.CORRIE Alan"] == ["BUCHANAN J.", "CORRIE Alan"]
    assert glued["GEISS H.PFEFFER U.SCHMIDBERGER R."] == [
        "GEISS H.",
        "PFEFFER U.",
        "SCHMIDBERGER R.",
    ]


@pytest.mark.parametrize(
    "name", ["McDONALD Ann", "VAN DER LIEFVOORT H.", "DeLONG Joe", "O'NEIL B."]
)
def test_a_name_with_a_capital_inside_is_one_person(name: str) -> None:
    assert names_in(name) == [name]


@pytest.mark.parametrize(
    ("games", "cells"),
    [
        # The IPC counts so many in athletics and swimming; the 28 rows are more, for a relay.
        ("2004-summer-para", (1, 1, 0)),
        ("2008-summer-para", (1, 1, 4)),
        ("2012-summer-para", (2, 5, 2)),
        ("2016-summer-para", (0, 7, 1)),
    ],
)
def test_the_medals_of_azerbaijan_without_judo_and_shooting(
    medallists: MemoryDraft, games: str, cells: tuple[int, ...]
) -> None:
    """Hold the rows against the IPC's counts of athletics, swimming and powerlifting."""
    count = count_medals(medallists, NAMES, [NAMES.of("games", games)], Rule("all"))
    medals = count.medals[NAMES.of("nation", "AZE")]
    assert tuple(medals[medal] for medal in MEDALS) == cells


def test_of_games_with_some_sports_only_the_published_table_is_counted(
    shared_data: Path,
) -> None:
    ipc = converted("ipc-medals-by-sport", shared_data / "paralympic-medals-by-sport-1960-2020")
    both = MemoryDraft({*record(shared_data)[0].quads(), *map(as_stored, ipc)})
    games = NAMES.of("games", "2016-summer-para")
    count = count_medals(both, NAMES, [games], Rule("all"))
    assert list(count.published) == [games]
    medals = count.medals[NAMES.of("nation", "AZE")]
    assert tuple(medals[medal] for medal in MEDALS) == (1, 8, 2)
    people = count_medals(both, NAMES, [games], Rule("people", per_person=True))
    assert (people.published, list(people.partial)) == ({}, [games])


def test_some_sports_are_said_to_be_some_where_the_published_table_is_of_one_nation(
    shared_data: Path,
) -> None:
    ipc = converted("ipc-medals-by-sport", shared_data / "paralympic-medals-by-sport-1960-2020")
    of_azerbaijan = [q for q in map(as_stored, ipc) if q.subject.value.endswith("--AZE")]  # type: ignore[union-attr]
    both = MemoryDraft({*record(shared_data)[0].quads(), *of_azerbaijan})
    games = NAMES.of("games", "2016-summer-para")
    count = count_medals(both, NAMES, [games], Rule("all"))
    assert (count.published, list(count.partial)) == ({}, [games])


def test_two_golds_by_a_tie_have_the_same_rank(medallists: MemoryDraft) -> None:
    found = ask(
        medallists,
        """SELECT ?nation ?rank { ?e mg:won mg:Gold ; mg:rank ?rank ; mg:nation ?nation ; mg:event
             event:2016-summer-para--para-swimming--mens-100-m-breaststroke-sb13 }""",
    )
    # Fedyna and Musabekov; Boki was third.
    assert sorted(found) == [["UKR", "1"], ["UZB", "1"]]


def test_the_members_of_a_team_share_one_medal(tmp_path: Path) -> None:
    relay = ("4x100 m T42-46", "Silver")
    rows = [
        (str(n), "Men", *relay, name, "AUT", "Austria", number, "Athletics", "1996", "NA")
        for n, (name, number) in enumerate(
            [("REIGER Sven", "1"), ("GEIERSPICHLER T.", "2"), ("TEAM", "3")]
        )
    ]
    state = taken(tmp_path, *rows)
    found = ask(
        state,
        "SELECT ?e (COUNT(?a) AS ?n) { ?e mg:won mg:Silver ; mg:athlete ?a } GROUP BY ?e",
    )
    assert found == [["1996-summer-para--para-athletics--mens-4x100-m-t42-46--AUT", "2"]]


def test_a_guide_is_a_person_of_the_entry(medallists: MemoryDraft) -> None:
    found = ask(
        medallists,
        """SELECT DISTINCT ?who { ?e mg:guide/rdfs:label ?guide ; mg:athlete/rdfs:label ?who
             FILTER(?guide = "Hakim Ibrahimov"@en) }""",
    )
    assert found == [["Elena Chebanu"]]


def test_a_person_of_several_games_is_one(tmp_path: Path) -> None:
    state = taken(tmp_path, (*ROW, "1996", "NA"), (*ROW, "2000", "NA"))
    assert ask(state, "SELECT ?p { ?p a mg:Person }") == [["john-doe-gbr-1996-summer-para"]]


def test_the_classes_in_the_text_of_an_event_are_its_classes(medallists: MemoryDraft) -> None:
    found = ask(
        medallists,
        """SELECT ?class { event:2008-summer-para--para-swimming--womens-100-m-backstroke-s9
             mg:sportClass ?class }""",
    )
    assert found == [["S9"]]


def test_independent_participants_are_neutral_and_no_country(medallists: MemoryDraft) -> None:
    found = ask(
        medallists,
        "SELECT ?label ?kind ?c { nation:IPP rdfs:label ?label ; mg:kind ?kind "
        "OPTIONAL { nation:IPP mg:country ?c } }",
    )
    assert [row[0] for row in found] == ["Independent Paralympic Participants"]
    assert found[0][1].endswith("Neutral")
    assert not found[0][2]
