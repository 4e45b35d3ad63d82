from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from graph.engines.disk import (
    Places,
    disk_problems,
    make_private,
    private_file,
    read_current,
    read_format,
    remove,
    write_current,
    write_durably,
    write_format,
)
from graph.errors import DiskProblem, StoreDamaged, StoreMissing, StoreTooNew

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "is full"),
        (errno.EROFS, "is read-only"),
        (errno.EACCES, "does not let this user in"),
        (errno.EIO, "reads or writes wrongly"),
        (errno.EDQUOT, "has no quota left"),
        (errno.EMFILE, "too many files open"),
    ],
)
def test_a_sick_disk_is_named_in_plain_words(tmp_path: Path, number: int, words: str) -> None:
    with pytest.raises(DiskProblem, match=words) as caught, disk_problems(tmp_path):
        raise OSError(number, os.strerror(number))
    assert str(tmp_path) in str(caught.value)
    assert caught.value.hint


def test_what_the_embedded_engine_says_of_a_full_disk_is_understood(tmp_path: Path) -> None:
    with pytest.raises(DiskProblem, match="is full"), disk_problems(tmp_path):
        raise OSError("IO error: No space left on device: While appending to file: x/000009.sst")


def test_what_the_embedded_engine_says_of_broken_files_is_understood(tmp_path: Path) -> None:
    with pytest.raises(StoreDamaged, match="is damaged"), disk_problems(tmp_path):
        raise RuntimeError("Corruption: block checksum mismatch")


def test_any_other_error_is_let_through_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), disk_problems(tmp_path):
        (tmp_path / "nothing").read_bytes()
    with pytest.raises(RuntimeError, match="other"), disk_problems(tmp_path):
        raise RuntimeError("other")


def test_a_file_is_replaced_whole_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_durably(path, "old")
    write_durably(path, "new")
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_private_file_forgets_what_it_held(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("long before")
    with private_file(tmp_path / "file") as file:
        file.write(b"now")
    assert (tmp_path / "file").read_bytes() == b"now"


def test_a_folder_made_private_is_open_to_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir(0o755)
    (folder / "file").touch(0o644)
    make_private(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "file").stat().st_mode & 0o777 == 0o600


def test_removing_what_is_gone_is_well(tmp_path: Path) -> None:
    (tmp_path / "folder" / "inner").mkdir(parents=True)
    remove(tmp_path / "folder")
    remove(tmp_path / "folder")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_removed_though_a_file_is_made_in_it_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    rmdir = os.rmdir
    late = [folder / "000091.sst"]

    def rmdir_after_a_compaction(path: str, **options: int | None) -> None:
        if late:
            late.pop().touch()
        rmdir(path, **options)

    monkeypatch.setattr("os.rmdir", rmdir_after_a_compaction)
    remove(folder)
    assert not folder.exists()


def test_the_format_says_the_base(tmp_path: Path) -> None:
    write_format(Places(tmp_path), "https://example.org")
    assert read_format(Places(tmp_path)) == "https://example.org"


def test_a_place_without_a_format_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for place in (tmp_path, tmp_path / "none", tmp_path / "file"):
        with pytest.raises(StoreMissing, match="no medalgraph store") as caught:
            read_format(Places(place))
        assert "medalgraph init" in caught.value.hint


def test_a_newer_format_is_refused_and_left_alone(tmp_path: Path) -> None:
    text = '{"layout": 2, "base": "https://example.org", "more": []}'
    (tmp_path / "FORMAT").write_text(text)
    with pytest.raises(StoreTooNew, match="layout 2") as caught:
        read_format(Places(tmp_path))
    assert caught.value.path == tmp_path
    assert (tmp_path / "FORMAT").read_text() == text


@pytest.mark.parametrize("text", ["", "{", "[]", '{"layout": 1}', '{"layout": "x", "base": ""}'])
def test_a_format_that_cannot_be_read_is_damage(tmp_path: Path, text: str) -> None:
    (tmp_path / "FORMAT").write_text(text)
    with pytest.raises(StoreDamaged, match="FORMAT"):
        read_format(Places(tmp_path))


def test_the_current_version_is_read_as_it_was_written(tmp_path: Path) -> None:
    for number in (0, 7, 123456789):
        write_current(Places(tmp_path), number)
        assert read_current(Places(tmp_path)) == number


@pytest.mark.parametrize("place", range(11))
def test_a_changed_character_in_current_is_damage(tmp_path: Path, place: int) -> None:
    write_current(Places(tmp_path), 42)
    text = bytearray((tmp_path / "CURRENT").read_bytes())
    text[place] = ord("3") if text[place] != ord("3") else ord("5")
    (tmp_path / "CURRENT").write_bytes(text)
    with pytest.raises(StoreDamaged, match="CURRENT") as caught:
        read_current(Places(tmp_path))
    assert caught.value.path == tmp_path / "CURRENT"


@pytest.mark.parametrize("text", [b"", b"7", b"7 7 7", b"x x", b"\xff"])
def test_a_current_that_cannot_be_read_is_damage(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "CURRENT").write_bytes(text)
    with pytest.raises(StoreDamaged, match="CURRENT"):
        read_current(Places(tmp_path))
