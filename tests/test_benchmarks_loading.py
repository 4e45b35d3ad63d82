"""The benchmark of loading runs whole on a small set, and its numbers are of that run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks import loading

from .small_paris import small_rows, write_tables

if TYPE_CHECKING:
    from pathlib import Path


def test_both_load_the_same_statements(tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    tables.mkdir()
    write_tables(tables, small_rows())
    (tmp_path / "work").mkdir()
    bare, checked = loading.run("paris-2024-paralympics", tables, tmp_path / "work")
    assert 0 < bare.statements == checked.statements
    assert checked.rows > 0
    assert min(bare.peak_mib, checked.peak_mib, bare.disk_mib, checked.disk_mib) > 0
    assert min(bare.processor_s, checked.processor_s) > 0
    assert abs(sum(checked.parts.values()) - checked.seconds) < 0.001

    lines = loading.table(bare, checked).splitlines()
    assert lines[2].startswith("| pyoxigraph alone |")
    assert " | 1.0 | " in lines[2]
    assert f" | {checked.seconds / bare.seconds:.1f} | " in lines[3]
    assert f" | {checked.processor_s / bare.processor_s:.1f} | " in lines[3]
    assert lines[-1].startswith(f"{checked.statements:,} statements: converted and loaded in ")
