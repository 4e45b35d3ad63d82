"""The results of single rounds over the command line: rehearsed, imported, imported again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.small_olympics import SWIMMING, small_olympics, write_olympics

if TYPE_CHECKING:
    from pathlib import Path

    from tests.command_line import CommandLine

NAME = "paris-2024-olympics"


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    return write_olympics(tmp_path / "tables", small_olympics())


def test_a_rehearsal_counts_the_rows_and_the_results_and_keeps_nothing(
    medalgraph: CommandLine, tables: Path
) -> None:
    told = medalgraph.do("import", NAME, tables, "--rehearse", "--json").json
    assert told["rows"] == sum(map(len, small_olympics().values()))
    assert told["things"]["Result"]["new"]["count"] == 8
    assert told["things"]["Entry"]["new"]["count"] == 7
    assert told["things"]["Occasion"]["new"]["count"] == 1
    assert medalgraph.do("history", "--json").json == []


def test_the_same_tables_again_make_no_commit(medalgraph: CommandLine, tables: Path) -> None:
    told = medalgraph.do("import", NAME, tables, "--json").json
    assert (told["kept"], told["rejected"], told["report"]["violations"]) == (True, 0, 0)
    # The rule of the published table is a source of its own, which this store does not have.
    warned = {one["path"] for one in told["report"]["problems"] if one["severity"] == "Warning"}
    assert {path.rpartition("#")[2] for path in warned} == {"rule"}
    assert medalgraph.do("import", NAME, tables).out == (
        "Nothing changed: the store already says this.\n"
    )


def test_a_corrected_mark_is_all_that_a_second_import_changes(
    medalgraph: CommandLine, tables: Path
) -> None:
    medalgraph.do("import", NAME, tables)
    rows = small_olympics()
    rows[SWIMMING][0]["result"] = "59.30"
    told = medalgraph.do("import", NAME, write_olympics(tables, rows), "--json").json
    assert (told["added"], told["removed"]) == (2, 2)  # the mark, as text and as a number
