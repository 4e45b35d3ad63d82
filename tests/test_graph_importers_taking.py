from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.errors import BadTable
from graph.importers.tables import BadCell, RejectFile, read_table
from graph.importers.taking import Watched, read_rows, take, taken

if TYPE_CHECKING:
    from pathlib import Path

    from graph.importers.tables import Row


def number(row: Row) -> int:
    return row.integer("number")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "numbers.csv"
    path.write_text("number\n1\ntwo\n3\n", encoding="utf-8")
    return path


def test_a_row_that_cannot_be_used_is_refused_and_the_others_go_on(
    table: Path, tmp_path: Path
) -> None:
    with RejectFile(tmp_path / "rejects.csv") as rejects:
        assert list(read_rows(table, ("number",), number, rejects)) == [1, 3]

    assert (rejects.rows, rejects.count) == (3, 1)
    _, refused = (tmp_path / "rejects.csv").read_text(encoding="utf-8").splitlines()
    assert refused.startswith("numbers.csv,3,number,two,number is not a whole number,")


def test_rows_may_be_kept_elsewhere_instead_of_read(table: Path) -> None:
    kept: list[int] = []
    rejects = RejectFile(None)

    take(read_table(table, ("number",), rejects=rejects), lambda r: kept.append(number(r)), rejects)

    assert (kept, rejects.count) == ([1, 3], 1)


def test_refused_rows_are_reported_like_the_others(table: Path) -> None:
    reports: list[tuple[int, int | None]] = []
    watched = Watched(lambda done, expected: reports.append((done, expected)), 2)
    rejects = RejectFile(None)

    take(watched(read_table(table, ("number",), rejects=rejects)), lambda _: None, rejects)

    assert reports == [(1, 2), (2, 2), (3, 3)]


def test_where_nobody_knows_how_many_rows_come_nothing_is_expected() -> None:
    reports: list[int | None] = []

    list(Watched(lambda _, expected: reports.append(expected), None)("ab"))

    assert reports == [None, None]


def test_only_a_bad_cell_is_taken_for_a_bad_row(table: Path) -> None:
    def broken(row: Row) -> int:
        raise BadTable(f"{row.file} is broken", hint="")

    rejects = RejectFile(None)
    with pytest.raises(BadTable):
        list(taken(read_table(table, ("number",), rejects=rejects), broken, rejects))
    assert rejects.count == 0
    assert issubclass(BadCell, BadTable)
