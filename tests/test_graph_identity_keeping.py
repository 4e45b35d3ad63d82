"""Kept lists of matches: read as they were written, private, and anew when written anew."""

from __future__ import annotations

import json
import os
import stat
from typing import TYPE_CHECKING

import pytest

from graph.identity.keeping import FOLDER, KeptList, KeptLists, KeptMatch, keep

if TYPE_CHECKING:
    from pathlib import Path

MATCH = KeptMatch("urn:a", "urn:b", 6.5, 2.0, sure=False, reasons=(("a like name", 4.5), ("x", 2)))
LIST = KeptList("urn:one", "urn:other", "person", 7, "2026-11-30T10:00:00+00:00", (MATCH,))


def test_a_list_is_read_as_it_was_kept(tmp_path: Path) -> None:
    assert KeptLists(tmp_path).all() == []
    keep(tmp_path, LIST)
    assert KeptLists(tmp_path).all() == [LIST]


def test_it_is_found_by_its_sources_in_any_order_and_by_its_kind(tmp_path: Path) -> None:
    keep(tmp_path, LIST)
    lists = KeptLists(tmp_path)
    assert lists.of("urn:one", "urn:other", "person") == LIST
    assert lists.of("urn:other", "urn:one", "person") == LIST
    assert lists.of("urn:one", "urn:other", "event") is None
    assert lists.of("urn:one", "../../etc", "person") is None


def test_a_list_of_the_same_sources_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    lists = KeptLists(tmp_path)
    keep(tmp_path, LIST)
    assert lists.all() == [LIST]
    turned = KeptList("urn:other", "urn:one", "person", 9, LIST.made, ())
    keep(tmp_path, turned)
    assert lists.all() == [turned]


@pytest.mark.skipif(os.name != "posix", reason="only there files have such rights")
def test_only_the_owner_of_the_store_may_read_it(tmp_path: Path) -> None:
    keep(tmp_path, LIST)
    [path] = (tmp_path / FOLDER).iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"layout": 2}', '{"layout": 1, "one": 1}'])
def test_a_file_that_is_no_list_is_as_if_there_were_none(tmp_path: Path, text: str) -> None:
    keep(tmp_path, LIST)
    [path] = (tmp_path / FOLDER).iterdir()
    assert json.loads(path.read_text(encoding="utf-8"))["layout"] == 1
    path.write_text(text, encoding="utf-8")
    assert KeptLists(tmp_path).all() == []
