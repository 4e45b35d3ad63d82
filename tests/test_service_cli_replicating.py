"""The command ``replicate`` says what came, what is wrong, and what to do."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from graph.engines.disk import Places
from graph.errors import PrimaryLost
from graph.replicating import FolderSource
from service.cli import replicating

from .replica_world import commit, primary_in, proved
from .waiting import PATIENCE_S, wait_for

if TYPE_CHECKING:
    from pathlib import Path

    from graph.replicating import Manifest

    from .command_line import CommandLine

PROGRAM = [sys.executable, "-c", "from service.cli.main import main; main()"]


@pytest.fixture
def primary(tmp_path: Path) -> Path:
    (tmp_path / "there").mkdir()
    return primary_in(tmp_path / "there")


def test_a_replica_is_made_and_brought_up_to_date(
    medalgraph: CommandLine, primary: Path, tmp_path: Path
) -> None:
    replica = tmp_path / "replica"
    made = medalgraph.do("replicate", primary, replica)
    assert f"{replica} is at commit 3; " in made.out
    assert medalgraph.do("replicate", primary, replica).out == (
        f"{replica} is at commit 3, as its primary is.\n"
    )
    commit(primary)
    told = medalgraph.do("replicate", primary, replica, "--json").json
    assert (told["before"], told["commit"], told["erased"]) == (3, 4, False)
    assert told["bytes"] > 0
    history = medalgraph.do("history", "--store", replica, "--json").json
    assert [one["commit"] for one in history] == [4, 3, 2, 1]


def test_the_bundled_store_is_replicated_and_looked_over(
    medalgraph: CommandLine, tmp_path: Path
) -> None:
    replica = tmp_path / "replica"
    medalgraph.do("replicate", medalgraph.store, replica)
    said = medalgraph.do("doctor", replica)
    assert "0 wrong, 0 to look at" in said.out
    assert f"replica: It is a replica of {medalgraph.store}" in said.out


@pytest.mark.parametrize(
    "words",
    [
        ["update", "INSERT DATA { <http://ex/a> <http://ex/p> 1 }"],
        ["token", "create"],
        ["token", "revoke", "1f2e3d4c"],
        ["undo", "3"],
        ["erase", "person:nobody", "--yes"],
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_commands_that_change_are_refused_and_the_primary_is_named(
    medalgraph: CommandLine, primary: Path, tmp_path: Path, words: list[str]
) -> None:
    replica = tmp_path / "replica"
    medalgraph.do("replicate", primary, replica)
    said = medalgraph(*words, "--store", replica)
    assert said.code == 1
    assert f"is a replica of {primary}" in said.err
    assert f"Make the change at {primary}" in said.err
    assert proved(replica) == 3


def test_a_store_of_its_own_is_left_alone(medalgraph: CommandLine, primary: Path) -> None:
    said = medalgraph("replicate", primary, medalgraph.store)
    assert said.code == 4
    assert "has a history of its own" in said.err


def test_a_source_that_is_no_store_is_named(medalgraph: CommandLine, tmp_path: Path) -> None:
    said = medalgraph("replicate", tmp_path / "nowhere", tmp_path / "replica")
    assert said.code == 4
    assert f"no medalgraph store in {tmp_path / 'nowhere'}" in said.err
    assert not (tmp_path / "replica").exists()


def test_an_address_needs_a_token_in_a_file(medalgraph: CommandLine, tmp_path: Path) -> None:
    said = medalgraph("replicate", "https://medals.example", tmp_path / "replica")
    assert said.code == 2
    assert "token create --scope replicate" in said.err
    assert "--token-file" in said.err


def test_an_address_without_encryption_is_warned_of(
    medalgraph: CommandLine, tmp_path: Path
) -> None:
    file = tmp_path / "token"
    file.write_text("mgt_a_b\n")
    file.chmod(0o600)
    said = medalgraph(
        "replicate", "http://primary.invalid", tmp_path / "replica", "--token-file", file
    )
    assert said.code == 4
    assert "is not encrypted" in said.err
    assert "cannot be reached" in said.err
    assert "mgt_a_b" not in said.err


def test_json_is_for_a_single_pull(medalgraph: CommandLine, primary: Path, tmp_path: Path) -> None:
    assert medalgraph("replicate", primary, tmp_path / "r", "--follow", "--json").code == 2


def test_ctrl_c_says_where_the_replica_is(
    medalgraph: CommandLine, primary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replica = tmp_path / "replica"
    medalgraph.do("replicate", primary, replica)
    commit(primary)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(FolderSource, "read", stop)
        said = medalgraph("replicate", primary, replica)
    assert said.code == 130
    assert "Stopped. The replica is at commit 3" in said.err
    assert proved(replica) == 3
    assert medalgraph.do("replicate", primary, replica, "--json").json["commit"] == 4


def test_what_goes_wrong_while_following_is_said_once_and_tried_again(
    medalgraph: CommandLine, primary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks, pauses = 0, list[float]()
    offered = FolderSource.manifest

    def manifest(self: FolderSource, since: int, *, known: str = "") -> Manifest | None:
        nonlocal looks
        looks += 1
        if 2 <= looks <= 4:
            raise PrimaryLost("Nobody answers there.", primary="x", hint="Look there.")
        if looks == 6:
            raise KeyboardInterrupt
        return offered(self, since, known=known)

    monkeypatch.setattr(FolderSource, "manifest", manifest)
    monkeypatch.setattr(replicating.time, "sleep", pauses.append)  # type: ignore[attr-defined] # a module that is imported there
    said = medalgraph("replicate", primary, tmp_path / "replica", "--follow", "--every", 10)

    assert said.code == 130
    assert said.err.count("Nobody answers there. Look there. It is tried again.") == 1
    assert said.err.count("That is over.") == 1
    assert pauses == [10.0, 20.0, 30.0, 30.0, 10.0]


def test_what_does_not_mend_itself_ends_the_following(
    medalgraph: CommandLine, primary: Path, tmp_path: Path
) -> None:
    replica = tmp_path / "replica"
    medalgraph.do("replicate", primary, replica)
    said = medalgraph("replicate", medalgraph.store, replica, "--follow")
    assert said.code == 1
    assert "move the replica away" in said.err


def test_following_ends_well_when_the_system_asks_for_it(primary: Path, tmp_path: Path) -> None:
    replica = tmp_path / "replica"
    words = ["replicate", str(primary), str(replica), "--follow"]
    with subprocess.Popen([*PROGRAM, *words], env=os.environ) as process:
        wait_for(Places(replica).current.exists, "the replica was made")
        commit(primary)
        wait_for(lambda: proved(replica) == 4, "it followed")
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_S) == 143
    told = json.loads((replica / "replication" / "standing.json").read_text())
    assert (told["newest"], told["problem"]) == (4, "")


@pytest.mark.parametrize("content", [b"sesa-me\nsecond", "sesa-me€".encode(), b"sesa-me\xff", None])
def test_a_file_that_holds_no_token_is_named_and_not_shown(
    medalgraph: CommandLine, tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "token"
    if content is not None:
        file.write_bytes(content)
        file.chmod(0o600)
    said = medalgraph("replicate", "https://x.invalid", tmp_path / "replica", "--token-file", file)
    assert said.code == 2
    assert "token" in said.err
    assert "sesa" not in said.err


def test_a_replica_is_made_in_a_folder_only(
    medalgraph: CommandLine, primary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = medalgraph("replicate", primary, "http://127.0.0.1:7878")
    assert said.code == 2
    assert "A replica is a folder" in said.err
    assert not (tmp_path / "http:").exists()
