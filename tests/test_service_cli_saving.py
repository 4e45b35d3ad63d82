"""One command saves a store, one brings it back; neither leaves half a file or touches another."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from graph import backups

if TYPE_CHECKING:
    from pathlib import Path

    from tests.command_line import CommandLine

NAMED = 'INSERT DATA { nation:AZE rdfs:label "Azerbaijan"@en }'


@pytest.fixture
def saved(medalgraph: CommandLine, tmp_path: Path) -> Path:
    medalgraph.do("update", NAMED, "--author", "Leyla")
    medalgraph.do("backup", tmp_path / "b.tar")
    return tmp_path / "b.tar"


def test_a_backup_is_made_checked_and_restored(
    medalgraph: CommandLine, saved: Path, tmp_path: Path
) -> None:
    assert medalgraph.do("backup", "--check", saved).out == (
        f"{saved} is whole: 1 commit, 1 statement.\n"
    )
    said = medalgraph.do("restore", saved, tmp_path / "again")
    assert said.out == f"Restored {tmp_path / 'again'} from {saved}: 1 commit, 1 statement.\n"
    history = medalgraph.do("history", "--json").json
    assert medalgraph.do("history", "--json", "--store", tmp_path / "again").json == history
    assert history[0]["author"] == "Leyla"


def test_a_backup_and_a_restore_say_the_same_in_json(
    medalgraph: CommandLine, saved: Path, tmp_path: Path
) -> None:
    said = medalgraph.do("backup", "--check", saved, "--json").json
    assert set(said) == {"base", "commits", "made", "statements", "fingerprint"}
    assert medalgraph.do("restore", saved, tmp_path / "again", "--json").json == said


def test_only_its_owner_may_read_a_backup(saved: Path) -> None:
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600


def test_the_token_file_is_no_part_of_a_backup(medalgraph: CommandLine, tmp_path: Path) -> None:
    token = medalgraph.do("token", "create", "--scope", "write", "--json").json["token"]
    medalgraph.do("backup", tmp_path / "b.tar")
    assert token.encode() not in (tmp_path / "b.tar").read_bytes()
    medalgraph.do("restore", tmp_path / "b.tar", tmp_path / "again")
    assert medalgraph.do("token", "list", "--json", "--store", tmp_path / "again").json == []


def test_a_file_that_is_there_is_left_alone(medalgraph: CommandLine, saved: Path) -> None:
    before = saved.read_bytes()
    said = medalgraph("backup", saved)
    assert (said.code, saved.read_bytes()) == (2, before)
    assert f"{saved} is there already, and was left alone. Choose another name." in said.err


def test_a_store_that_is_there_is_never_replaced(medalgraph: CommandLine, saved: Path) -> None:
    medalgraph.do("update", "CLEAR ALL")
    said = medalgraph("restore", saved)
    assert said.code == 4
    assert said.err.startswith(f"Error: There is a store in {medalgraph.store} already.\n")
    assert len(medalgraph.do("history", "--json").json) == 2


def test_a_damaged_backup_makes_no_store(
    medalgraph: CommandLine, saved: Path, tmp_path: Path
) -> None:
    saved.write_bytes(saved.read_bytes()[:700])
    said = medalgraph("restore", saved, tmp_path / "again")
    assert (said.code, said.out) == (2, "")
    assert said.err == (
        f"Error: {saved} is not a whole backup.\n"
        "The file was cut off, or is no backup of medalgraph; take another one.\n"
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.tar", "store"]


def test_a_backup_of_no_store_says_so_and_leaves_no_file(
    medalgraph: CommandLine, tmp_path: Path
) -> None:
    said = medalgraph("backup", tmp_path / "b.tar", "--store", tmp_path / "none")
    assert said.code == 4
    assert not (tmp_path / "b.tar").exists()


def test_a_missing_backup_is_named(medalgraph: CommandLine, tmp_path: Path) -> None:
    said = medalgraph("restore", tmp_path / "none.tar", tmp_path / "again")
    assert (said.code, said.err) == (4, f"Error: {tmp_path}/none.tar: No such file or directory.\n")


@pytest.mark.parametrize("work", ["write", "restore"])
def test_stopping_leaves_neither_half_a_file_nor_half_a_store(
    medalgraph: CommandLine,
    saved: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    work: str,
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(backups, work, stopped)
    words = {"write": ("backup", tmp_path / "c.tar"), "restore": ("restore", saved, "again")}
    said = medalgraph(*words[work])
    assert said.code == 130
    assert "Stopped. No " in said.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.tar", "store"]
