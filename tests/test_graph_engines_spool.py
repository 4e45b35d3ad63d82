from __future__ import annotations

from typing import TYPE_CHECKING

from graph import patch
from graph.engines.spool import Spool
from tests.statements import quad

if TYPE_CHECKING:
    from pathlib import Path


def test_rows_come_back_in_order_and_as_often_as_asked(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "rows")
    wanted = [patch.row(patch.ADD, quad(each)) for each in "bac"]
    spool.write(wanted[0] + wanted[1], 2)
    spool.write(wanted[2], 1)
    assert list(spool.rows()) == wanted
    assert list(spool.rows()) == wanted
    assert b"".join(spool.blocks()) == b"".join(wanted)
    assert spool.count == 3
    spool.close()


def test_the_file_is_private(tmp_path: Path) -> None:
    Spool(tmp_path / "rows").close()
    assert (tmp_path / "rows").stat().st_mode & 0o777 == 0o600
