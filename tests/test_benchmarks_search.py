"""The benchmark of searching asks what people ask, and tells what it found."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from benchmarks import search
from graph.search import words_of

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def chance() -> random.Random:
    return random.Random(1)  # noqa: S311 - the same each time


def test_names_are_the_tables_first_and_then_made_up(tmp_path: Path) -> None:
    table = tmp_path / "names.csv"
    table.write_text("Name\nAna Silva\nBo Ek\nAna Silva\n-\n", encoding="utf-8")
    names = search.names_of(table, 40, chance())
    assert names[:2] == ["Ana Silva", "Bo Ek"]
    assert len(set(names)) == 40
    assert names == search.names_of(table, 40, chance())


def test_each_kind_of_spelling_changes_one_thing() -> None:
    found = search.variants(["Ana Maria Şilva"], 1, chance())
    texts = {each.kind: each.text for each in found}
    assert texts["as it is"] == "Ana Maria Şilva"
    assert texts["another order"] == "Şilva Ana Maria"
    assert texts["no signs"] == "ana maria silva"
    assert texts["first name as initial"] == "A. Maria Şilva"
    assert texts["first and last word"] == "Ana Şilva"
    assert len(texts["a letter missing"]) == len("Ana Maria Şilva") - 1
    assert sorted(texts["two letters turned"]) == sorted("Ana Maria Şilva")
    assert [word.plain for word in words_of(texts["in Cyrillic"])] == ["ana", "maria", "silva"]


def test_everything_is_measured_on_the_same_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    search.main(["--count", "120", "--asked", "20", "--folder", str(tmp_path)])
    lines = capsys.readouterr().out.splitlines()
    asked = [line.split(" | ")[0] for line in lines if line.startswith(("| typing", "| a spell"))]
    assert asked == [
        "| typing",
        "| typing, FTS5",
        "| a spelling",
        "| a spelling, FTS5",
        "| a spelling, CONTAINS",
        "| typing, over HTTP",
    ]
    assert sum(" of 5 |" in line for line in lines) == 8
    assert "| as it is | 5 of 5 |" in "\n".join(lines)
