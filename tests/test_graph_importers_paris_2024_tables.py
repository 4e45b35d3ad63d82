from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from graph.errors import BadTable
from graph.importers.paris_2024_tables import COLUMNS, Tables, read_tables
from graph.importers.tables import RejectFile

from .small_paris import SINGLES, athlete, medal, medallist, small_rows, total, write_tables

if TYPE_CHECKING:
    from pathlib import Path

    from .small_paris import Rows


def read(folder: Path, rows: Rows) -> tuple[Tables, list[dict[str, str]]]:
    """Return the tables, and the lines of the reject file."""
    with RejectFile(folder / "rejects.csv") as rejects:
        tables = read_tables(write_tables(folder, rows), rejects)
    if not rejects.count:
        return tables, []
    with (folder / "rejects.csv").open(encoding="utf-8", newline="") as file:
        refused = list(csv.DictReader(file))
    assert rejects.count == len(refused)
    return tables, refused


def test_good_rows_are_read_whole_and_none_is_refused(tmp_path: Path) -> None:
    tables, refused = read(tmp_path, small_rows())

    assert refused == []
    assert [len(tables.athletes), len(tables.medallists)] == [4, 5]
    assert [len(tables.medals), len(tables.totals)] == [3, 1]
    assert tables.athletes[0].events == ("Women's Singles - WS5",)
    assert tables.athletes[3].nationality is None


@pytest.mark.parametrize(
    ("table", "row", "column", "value"),
    [
        ("athletes.csv", athlete("9", "A B", gender="Woman"), "gender", "Woman"),
        ("athletes.csv", athlete("9", "A B", birth_date="3.2.98"), "birth_date", "3.2.98"),
        ("athletes.csv", athlete("9", "A B", birth_date="1998-13-01"), "birth_date", "1998-13-01"),
        ("athletes.csv", athlete("9", "A B", country_code="cn"), "country_code", "cn"),
        ("athletes.csv", athlete("9", "A B", events="['x'"), "events", "['x'"),
        ("athletes.csv", athlete("9", "A B", events="[1]"), "events", "[1]"),
        ("athletes.csv", athlete("9", "A B", events="open('x')"), "events", "open('x')"),
        ("athletes.csv", athlete("", "A B"), "code", ""),
        ("athletes.csv", athlete("9", ""), "name", ""),
        ("athletes.csv", athlete("1", "LI Li"), "code", "1"),
        ("medallists.csv", medallist("99"), "code_athlete", "99"),
        ("medallists.csv", medallist("3"), "event", SINGLES),
        ("medals.csv", medal("3", "2"), "code", "3"),
        ("medals.csv", medal("1", "4"), "medal_type", "4"),
        ("medals.csv", medal("1", "2", medal_date="2024-9-1"), "medal_date", "2024-9-1"),
        ("medals.csv", medal("1", "2", event_type="DUO"), "event_type", "DUO"),
        ("athletes.csv", athlete("9", "李婷"), "name", "李婷"),
        ("athletes.csv", athlete("9", "A B", country="中国"), "country", "中国"),
        ("athletes.csv", athlete("9", "A B", birth_date="1998-02-30"), "birth_date", "1998-02-30"),
        ("medals.csv", medal("1", "2"), "code", "1"),
        ("medals.csv", medal("1", "2", event="決勝"), "event", "決勝"),
        ("medals_total.csv", total("2", "0", "1", "4"), "Total", "4"),
        ("medals_total.csv", total("0", "0", "1", "1"), "country_code", "CHN"),
        ("medals_total.csv", total("2", "", "1", "3"), "Silver Medal", ""),
    ],
)
def test_a_bad_row_is_refused_with_its_line_and_the_others_go_on(
    tmp_path: Path, table: str, row: dict[str, str], column: str, value: str
) -> None:
    rows = small_rows()
    good, _ = read(tmp_path, rows)
    rows[table].append(row)

    tables, (refused,) = read(tmp_path, rows)

    assert (refused["file"], refused["line"]) == (table, str(len(rows[table]) + 1))
    assert (refused["column"], refused["value"]) == (column, value)
    assert refused["reason"]
    assert refused["how to fix"]
    assert [len(tables.athletes), len(tables.medals), len(tables.totals)] == [
        len(good.athletes),
        len(good.medals),
        len(good.totals),
    ]


def test_an_athlete_without_a_birth_date_is_kept(tmp_path: Path) -> None:
    rows = small_rows()
    rows["athletes.csv"].append(athlete("9", "WU Yi", birth_date=""))

    tables, refused = read(tmp_path, rows)

    assert refused == []
    assert tables.athletes[-1].born == ""


def test_a_folder_without_one_of_the_tables_names_it(tmp_path: Path) -> None:
    write_tables(tmp_path, small_rows())
    (tmp_path / "medals.csv").unlink()

    with pytest.raises(BadTable, match=r"no table medals\.csv"):
        read_tables(tmp_path, RejectFile(None))


def test_no_column_of_prose_is_read() -> None:
    assert not {"hobbies", "family", "hero", "philosophy", "height", "weight"} & {
        column for columns in COLUMNS.values() for column in columns
    }
