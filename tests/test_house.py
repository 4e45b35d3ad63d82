"""Rules of the house that no other tool checks."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("benchmarks", "graph", "ontology", "service", "shapes", "tests")
WRITTEN = {".py", ".ttl", ".html", ".css"}
MOST_LINES = 400


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_file_of_code_is_longer_than_400_lines(folder: str) -> None:
    files = [path for path in (ROOT / folder).rglob("*") if path.suffix in WRITTEN]
    long = {
        str(path.relative_to(ROOT))
        for path in files
        if len(path.read_text(encoding="utf-8").splitlines()) > MOST_LINES
    }

    assert files
    assert long == set()
