"""Published tables are imported as one commit, and rows that cannot be used are told apart."""

from __future__ import annotations

import csv
import signal
from typing import TYPE_CHECKING

import pytest

from graph import transaction
from graph.importers import putting
from service.cli import importing
from tests.small_paris import small_rows, write_tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.command_line import CommandLine

NAME = "paris-2024-paralympics"
COUNT = f"SELECT (COUNT(?a) AS ?n) {{ GRAPH graph:{'paris2024-paralympics'} {{ ?a a mg:Award }} }}"


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    folder = tmp_path / "tables"
    folder.mkdir()
    write_tables(folder, small_rows())
    return folder


def shorten(table: Path, line: int) -> None:
    """Cut the last cell off one line of a table, counted from 1."""
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[line - 1] = lines[line - 1].rpartition(",")[0] + "\r\n"
    table.write_text("".join(lines), encoding="utf-8", newline="")


def test_an_import_is_one_commit_of_its_source(medalgraph: CommandLine, tables: Path) -> None:
    said = medalgraph.do("import", NAME, tables, "--json")
    assert (said.json["kept"], said.json["commit"], said.json["rejected"]) == (True, 1, 0)
    assert said.json["rejects"] is None
    (commit,) = medalgraph.do("history", "--json").json
    assert commit["kind"] == "import"
    assert commit["source"] == "https://w3id.org/medalgraph/id/graph/paris2024-paralympics"
    assert medalgraph.do("query", COUNT, "--format", "csv").out == "n\r\n3\r\n"


def test_importing_the_same_again_changes_nothing(medalgraph: CommandLine, tables: Path) -> None:
    medalgraph.do("import", NAME, tables)
    assert medalgraph.do("import", NAME, tables).out == (
        "Nothing changed: the store already says this.\n"
    )


def test_importing_again_replaces_what_the_source_said(
    medalgraph: CommandLine, tables: Path
) -> None:
    medalgraph.do("import", NAME, tables)
    rows = small_rows()
    rows["medals.csv"] = rows["medals.csv"][:1]
    write_tables(tables, rows)
    said = medalgraph.do("import", NAME, tables)
    assert "4 rows could not be used" in said.err  # the medallists whose medals are gone
    assert medalgraph.do("query", COUNT, "--format", "csv").out == "n\r\n1\r\n"


def test_a_row_with_too_few_columns_goes_to_the_reject_file_and_the_others_go_on(
    medalgraph: CommandLine, tables: Path, tmp_path: Path
) -> None:
    shorten(tables / "athletes.csv", line=4)
    said = medalgraph.do("import", NAME, tables, "--rejects", tmp_path / "rejected.csv")
    assert said.out.startswith("Kept as commit 1: ")
    assert f"could not be used: see {tmp_path / 'rejected.csv'}" in said.err
    with (tmp_path / "rejected.csv").open(encoding="utf-8", newline="") as file:
        first = next(iter(csv.DictReader(file)))
    assert (first["file"], first["line"]) == ("athletes.csv", "4")
    assert "too few" in first["reason"]


def test_the_reject_file_has_a_name_of_its_own_and_is_named_to_a_script(
    medalgraph: CommandLine, tables: Path, tmp_path: Path
) -> None:
    shorten(tables / "athletes.csv", line=4)
    said = medalgraph.do("import", NAME, tables, "--json")
    assert said.json["rejected"] >= 1
    assert said.json["rejects"] == f"{NAME}-rejects.csv"
    assert (tmp_path / f"{NAME}-rejects.csv").is_file()


def test_a_missing_table_is_bad_input(medalgraph: CommandLine, tables: Path) -> None:
    (tables / "medals.csv").unlink()
    said = medalgraph("import", NAME, tables)
    assert said.code == 2
    assert "has no table medals.csv" in said.err
    assert medalgraph.do("history", "--json").json == []


def test_an_unknown_kind_of_tables_names_those_that_are_known(
    medalgraph: CommandLine, tables: Path
) -> None:
    said = medalgraph("import", "rome-1960", tables)
    assert said.code == 2
    assert NAME in said.err


def press_ctrl_c(put: Callable[..., None]) -> Callable[..., None]:
    def stopped(*given: object, **named: object) -> None:
        put(*given, **named)
        signal.raise_signal(signal.SIGINT)

    return stopped


def test_ctrl_c_leaves_the_store_as_it_was_and_says_so(
    medalgraph: CommandLine, tables: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "put", press_ctrl_c(putting.put))
    said = medalgraph("import", NAME, tables)
    assert said.code == 130
    assert said.err.strip() == "Stopped. The store is as it was: nothing of this was kept."
    assert medalgraph.do("history", "--json").json == []


def test_old_warnings_of_other_sources_are_counted_and_not_told_again(
    medalgraph: CommandLine, tables: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    medalgraph.do(
        "update",
        """INSERT DATA {
             GRAPH graph:one { person:x a mg:Person ; rdfs:label "X"@en ; mg:born "1990-01-01" }
             GRAPH graph:two { person:x mg:born "1991-01-01" } }""",
    )
    monkeypatch.setattr(transaction, "WHOLE_QUADS", 0)  # as with a big import, all is checked
    for words in (("--rehearse",), ()):
        said = medalgraph.do("import", NAME, tables, *words)
        assert "1 warning is of other sources; 'medalgraph check' lists all." in said.err
        assert "1991-01-01" not in said.err
    medalgraph.do("undo", "2")
    told = medalgraph.do("import", NAME, tables, "--json").json
    warned = {problem["focus"] for problem in told["report"]["problems"]}
    everything = {p["focus"] for p in medalgraph.do("check", "--json").json["problems"]}
    assert everything - warned == {"https://w3id.org/medalgraph/id/person/x"}
