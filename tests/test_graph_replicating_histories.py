"""A replica follows the primary whose history its own is a beginning of, and no other store."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from graph import backups
from graph.change import Change
from graph.engines.base import CommitInfo
from graph.engines.disk import Places, write_format
from graph.engines.snapshots import SnapshotEngine
from graph.erasing import erase
from graph.errors import OtherHistory, StoreExists, StoreReplaced, StoreTooNew
from graph.names import RDFS_LABEL, Names
from graph.replicating import FolderSource, Manifest, Puller, standing_of
from graph.terms import Literal, Quad

from .replica_world import Reached, commit, primary_in, proved, pull
from .statements import name

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def primary(tmp_path: Path) -> Path:
    return primary_in(tmp_path)


@pytest.fixture
def replica(tmp_path: Path) -> Path:
    return tmp_path / "replica"


def test_another_store_is_refused(primary: Path, replica: Path, tmp_path: Path) -> None:
    pull(primary, replica)
    (tmp_path / "other").mkdir()
    other = primary_in(tmp_path / "other", commits=5)

    with pytest.raises(OtherHistory, match="another store") as refused:
        pull(other, replica)
    assert "move the replica away" in refused.value.hint
    assert proved(replica) == 3


def test_a_store_of_another_base_is_refused(primary: Path, replica: Path) -> None:
    pull(primary, replica)
    write_format(Places(primary), "https://other.example")

    with pytest.raises(OtherHistory, match=r"https://other\.example"):
        pull(primary, replica)


def test_another_layout_is_refused_with_what_to_update(primary: Path, replica: Path) -> None:
    class Newer(Reached):
        def manifest(self, since: int, *, known: str = "") -> Manifest | None:
            found = super().manifest(since, known=known)
            assert found is not None
            told = json.loads(found.to_bytes())
            return Manifest.from_bytes(json.dumps(told | {"layout": 9}).encode())

    with pytest.raises(StoreTooNew, match="layout 9") as refused:
        pull(Newer(primary), replica)
    assert refused.value.hint.startswith("Update medalgraph here")
    assert not replica.exists()


def saved(primary: Path) -> Path:
    """Return a backup of a store as it is now."""
    path = primary.with_name("backup.tar")
    with path.open("wb") as out:
        backups.write(primary, out)
    return path


def restored(backup: Path, primary: Path) -> None:
    """Put a backup in the place of a store."""
    shutil.rmtree(primary)
    with backup.open("rb") as file:
        backups.restore(file, primary, source="the backup")


def test_a_primary_restored_to_an_older_state_is_refused(primary: Path, replica: Path) -> None:
    backup = saved(primary)
    commit(primary, 2)
    with Puller(FolderSource(primary), replica) as puller:
        puller.pull()
        restored(backup, primary)

        with pytest.raises(OtherHistory, match="at commit 3, and this replica at 5") as refused:
            puller.pull()
    assert "older backup" in str(refused.value)
    assert "move the replica away" in refused.value.hint
    assert proved(replica) == 5
    standing = standing_of(replica, version=5)
    assert standing is not None
    assert "older backup" in standing.look.problem


def test_a_primary_restored_and_changed_since_is_refused_with_where_they_part(
    primary: Path, replica: Path
) -> None:
    backup = saved(primary)
    commit(primary, 2)
    pull(primary, replica)
    restored(backup, primary)
    commit(primary, 4)

    with pytest.raises(OtherHistory, match="from commit 4 on"):
        pull(primary, replica)


def test_a_primary_restored_to_the_same_state_goes_on(primary: Path, replica: Path) -> None:
    backup = saved(primary)
    pull(primary, replica)
    restored(backup, primary)
    commit(primary)

    assert pull(primary, replica).newest == proved(replica) == 4


def test_a_store_with_a_history_of_its_own_is_never_replaced(primary: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = primary_in(tmp_path / "other")
    before = proved(other)

    with pytest.raises(StoreExists, match="history of its own"):
        pull(primary, other)
    assert proved(other) == before
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "mine.txt").touch()
    with pytest.raises(StoreExists, match="no replica"):
        pull(primary, tmp_path / "notes")


def test_an_erasure_gives_a_replica_other_content_of_the_same_version(
    primary: Path, replica: Path
) -> None:
    person = Names().of("person", "ana-silva-1999")
    with SnapshotEngine.open(primary) as engine:
        draft = engine.draft()
        draft.apply(Change.of([Quad(person, RDFS_LABEL, Literal("Ana Silva"), name("book"))]))
        draft.publish(CommitInfo(message="Ana Silva comes"))
    pull(primary, replica)
    with SnapshotEngine.open(replica) as opened:
        erase(primary, person)
        pulled = pull(primary, replica)

        assert (pulled.before, pulled.newest, pulled.erased) == (4, 4, True)
        assert opened.is_replaced
        with pytest.raises(StoreReplaced):
            opened.read()
        with pytest.raises(StoreReplaced):
            list(opened.changes(1, 4))
    with SnapshotEngine.open(replica) as engine, engine.read() as after:
        assert engine.erasures == 1
        assert all(quad.object != Literal("Ana Silva") for quad in after.quads())
        assert engine.commit(4).info.message == "Erased person 1 comes"
    assert proved(replica) == 4
    commit(primary)
    assert pull(primary, replica).erased is False
