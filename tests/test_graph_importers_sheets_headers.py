"""No column of a table that a steward hands in is passed over without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.errors import BadTable
from graph.importers.sheets import SHEETS
from graph.importers.sheets.headers import headers_of
from graph.importers.tables import RejectFile

if TYPE_CHECKING:
    from pathlib import Path

NEEDED = "games,sport,event,nation"


def headers(
    folder: Path,
    header: str,
    sheet: str = "results",
    called: dict[str, str] | None = None,
    defaults: tuple[str, ...] = (),
) -> tuple[dict[str, str], list[str]]:
    path = folder / "book.csv"
    path.write_text(f"{header}\n", encoding="utf-8")
    rejects = RejectFile(None)
    found = headers_of(SHEETS[sheet], path, called=called or {}, defaults=defaults, rejects=rejects)
    return found, rejects.notes


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("ranks", "rank"),
        ("Rnak", "rank"),
        ("athlete", "athletes"),
        ("guide", "guides"),
        ("phases", "phase"),
        ("UNITS", "unit"),
    ],
)
def test_a_name_that_is_like_a_column_that_is_not_there_is_refused_with_it(
    tmp_path: Path, wrong: str, meant: str
) -> None:
    with pytest.raises(BadTable, match=rf"book\.csv has a column {wrong} ") as caught:
        headers(tmp_path, f"{NEEDED},{wrong}")
    assert f"Did you mean {meant} instead of {wrong}?" in caught.value.hint


def test_a_name_like_a_column_that_is_needed_is_told_beside_the_one_that_is_missing(
    tmp_path: Path,
) -> None:
    with pytest.raises(BadTable, match="has no column event; its columns are games,") as caught:
        headers(tmp_path, "games,sport,events,nation")
    assert caught.value.hint == "Did you mean event instead of events?"


def test_columns_that_a_sheet_does_not_have_are_noted(tmp_path: Path) -> None:
    found, notes = headers(tmp_path, "name,sex,coach_name", "people")
    assert found == {"name": "name", "sex": "sex"}
    assert notes == [
        "book.csv has a column coach_name, which the sheet people does not have; it was not read."
    ]
    _, notes = headers(tmp_path, "name,coach_name,,Verein,", "people")
    rest = "which the sheet people does not have;"
    assert notes == [
        f"book.csv has columns coach_name, Verein, {rest} they were not read.",
        f"book.csv has a column without a name, {rest} it was not read.",
    ]


def test_a_name_like_a_column_that_is_there_is_only_noted(tmp_path: Path) -> None:
    _, notes = headers(tmp_path, f"{NEEDED},rank,ranks")
    assert notes == [
        "book.csv has a column ranks, which the sheet results does not have; it was not read."
    ]


@pytest.mark.parametrize("header", ["Name,OTHER_NAMES", "name,Other Names", "NAME,other-names"])
def test_capitals_do_not_matter_nor_what_stands_between_words(tmp_path: Path, header: str) -> None:
    found, notes = headers(tmp_path, header, "people")
    assert list(found) == ["name", "other_names"]
    assert ",".join(found.values()) == header
    assert notes == []


def test_two_columns_that_differ_in_capitals_only_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match="more than one column name: Name, NAME"):
        headers(tmp_path, "Name,NAME", "people")


def test_a_column_that_the_mapping_names_has_to_be_there(tmp_path: Path) -> None:
    called = {"name": "Name", "born": "Geburt"}
    with pytest.raises(
        BadTable,
        match=r"born is called Geburt, but book\.csv has no column Geburt; .* Name, Geburtstag",
    ) as caught:
        headers(tmp_path, "Name,Geburtstag", "people", called)
    assert caught.value.hint == 'Did you mean born = "Geburtstag"?'


def test_a_mapped_column_may_be_missing_where_a_default_holds(tmp_path: Path) -> None:
    called = {"name": "Name", "sex": "Geschlecht"}
    found, notes = headers(tmp_path, "NAME", "people", called, defaults=("sex",))
    assert found == {"name": "NAME"}
    assert notes == []


def test_a_needed_column_may_be_missing_where_a_default_holds(tmp_path: Path) -> None:
    found, _ = headers(tmp_path, "sport,event,nation", defaults=("games",))
    assert list(found) == ["sport", "event", "nation"]
