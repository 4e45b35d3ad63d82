"""Tables say what the graph says, one row a thing, in words for a spreadsheet."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from graph.exports import TABLES, Scope, export, product
from graph.store import Store

from .export_world import NAMES, one_more, quads, store_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PERSON = f"{NAMES.base}/id/person"
EVENT = f"{NAMES.base}/id/event"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    place = store_of(tmp_path_factory.mktemp("tables") / "store", quads())
    with Store.open(place) as opened:
        yield opened


def written(store: Store, form: str, *, scope: Scope | None = None, **more: str | bool) -> bytes:
    out = io.BytesIO()
    wanted = product(form, **more)  # type: ignore[arg-type] # table or safe
    with store.read() as reader:
        export(wanted, scope or Scope(), reader, store.names, out)
    return out.getvalue()


def rows(store: Store, table: str, scope: Scope | None = None) -> list[dict[str, str]]:
    content = written(store, "csv", table=table, scope=scope).decode()
    return list(csv.DictReader(io.StringIO(content, newline="")))


def row(store: Store, table: str, scope: Scope | None = None) -> dict[str, str]:
    """Return the cells of the one row of a table that are not empty."""
    (found,) = rows(store, table, scope)
    return {name: cell for name, cell in found.items() if cell}


def test_a_person_has_the_values_of_the_most_trusted_source_and_all_spellings(
    store: Store,
) -> None:
    lamiya = rows(store, "people")[0]
    assert {name: cell for name, cell in lamiya.items() if cell} == {
        "person": f"{PERSON}/lamiya",
        "name": "Lamiya Valiyeva",
        "family_name": "Valiyeva",
        "other_names": '=1+1; Valiyeva, "Lamiya"',
        "sex": "F",
        "born": "1992-06-15",
        "sources": "book; press",
    }


def test_a_cell_keeps_every_character(store: Store) -> None:
    omar = next(person for person in rows(store, "people") if person["person"].endswith("omar"))
    assert omar["name"] == "Omar & <Élan>\r\n\tII"
    assert omar["born"] == "1994~"


def test_an_entry_names_event_games_nation_and_athletes(store: Store) -> None:
    first = rows(store, "entries")[0]
    assert first | {"entry": "", "event": "", "athletes": ""} == {
        "entry": "",
        "event": "",
        "event_name": "Women's 100 m, T12",
        "games": "Paris 2024",
        "sport": "Athletics",
        "nations": "AZE",
        "athletes": "",
        "athlete_names": "Lamiya Valiyeva",
        "guide_names": "Omar & <Élan>\r\n\tII",
        "sport_classes": "",
        "rank": "1",
        "medal": "Gold",
        "sources": "book",
    }
    relay = rows(store, "entries")[2]
    assert relay["athletes"] == f"{PERSON}/lamiya; {PERSON}/omar"


def test_results_awards_and_decisions_can_be_read_by_themselves(store: Store) -> None:
    result, award, decision = (row(store, table) for table in ("results", "awards", "decisions"))
    assert (result["mark"], result["mark_value"], result["unit"]) == ("11.99", "11.99", "Second")
    assert (result["phase"], result["athletes"]) == ("Final", "Lamiya Valiyeva")
    assert (award["medal"], award["status"], award["nations"]) == ("Gold", "Standing", "AZE")
    assert award["event"] == f"{EVENT}/100m"
    assert (decision["action"], decision["date"]) == ("Awarded", "2024-09-03")
    assert (decision["medal"], decision["athletes"]) == ("Gold", "Lamiya Valiyeva")


def test_a_tally_says_which_source_published_it(store: Store) -> None:
    tally = row(store, "tallies")
    assert [tally[name] for name in ("gold", "silver", "bronze", "total")] == ["4", "2", "5", "11"]
    assert (tally["games"], tally["nations"], tally["sources"]) == ("Paris 2024", "AZE", "press")


def test_a_source_has_rows_of_its_own_facts_with_names_that_others_give(store: Store) -> None:
    press = Scope(source=NAMES.graph("press").value)
    assert row(store, "people", press) == {
        "person": f"{PERSON}/lamiya",
        "name": "Lamiya Valiyeva",
        "born": "1993",
        "sources": "press",
    }
    assert rows(store, "entries", press) == []
    assert row(store, "tallies", press)["games"] == "Paris 2024"


def test_one_edition_of_the_games_has_nobody_who_was_not_there(store: Store) -> None:
    people = {person["name"] for person in rows(store, "people", Scope(games="Paris 2024"))}
    assert people == {"Lamiya Valiyeva", "Omar & <Élan>\r\n\tII"}
    assert [each["year"] for each in rows(store, "games", Scope(games="2020-summer-para"))] == [
        "2020"
    ]


def test_parquet_has_the_same_tables_with_numbers_as_numbers(store: Store) -> None:
    with (
        zipfile.ZipFile(io.BytesIO(written(store, "csv"))) as texts,
        zipfile.ZipFile(io.BytesIO(written(store, "parquet"))) as frames,
    ):
        for table in TABLES:
            text = pd.read_csv(
                texts.open(f"{table.name}.csv"),
                dtype=str,
                keep_default_na=False,
                lineterminator=None,
            )
            frame = pd.read_parquet(io.BytesIO(frames.read(f"{table.name}.parquet")))
            assert list(frame.columns) == list(text.columns)
            assert len(frame) == len(text)
            shown = frame.astype(object).where(frame.notna(), "").map(_shown)
            assert shown.to_numpy().tolist() == text.to_numpy().tolist()
        games = pd.read_parquet(io.BytesIO(frames.read("games.parquet")))
    assert games["year"].tolist() == [2020, 2024]


def _shown(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def test_each_column_of_each_table_is_explained_in_the_archive(store: Store) -> None:
    with zipfile.ZipFile(io.BytesIO(written(store, "csv"))) as archive:
        explained = pd.read_csv(archive.open("columns.csv"))
        for table in TABLES:
            header = list(pd.read_csv(archive.open(f"{table.name}.csv"), nrows=0).columns)
            assert header == explained[explained["table"] == table.name]["column"].tolist()
    assert explained["meaning"].notna().all()


def test_excel_runs_nothing_that_it_is_given_safely(tmp_path: Path) -> None:
    place = store_of(tmp_path / "store", one_more("=cmd|' /C calc'!A0"))
    with Store.open(place) as hostile:
        faithful = written(hostile, "csv", table="people").decode()
        safe = written(hostile, "csv", table="people", safe=True).decode()
    assert ",=cmd" in faithful
    assert ",=cmd" not in safe
    assert ",'=cmd|' /C calc'!A0," in safe
