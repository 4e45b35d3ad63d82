"""A replica is of the version of its primary or of the one before, whatever happens meanwhile."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from graph.change import Change
from graph.engines.base import CommitInfo
from graph.engines.disk import Places
from graph.engines.snapshot_files import Snapshots
from graph.engines.snapshots import KEEP, SnapshotEngine
from graph.errors import (
    BadCopy,
    IsReplica,
    MovedOn,
    PrimaryLost,
    StoreDamaged,
    StoreLocked,
)
from graph.history import diff
from graph.replicating import FolderSource, Manifest, Offer, Puller, standing_of

from .replica_world import Reached, commit, primary_in, proved, pull
from .statements import quad

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path


@pytest.fixture
def primary(tmp_path: Path) -> Path:
    return primary_in(tmp_path)


@pytest.fixture
def replica(tmp_path: Path) -> Path:
    return tmp_path / "replica"


def test_a_replica_has_the_newest_version_and_the_whole_history(
    primary: Path, replica: Path
) -> None:
    pulled = pull(primary, replica)

    assert (pulled.before, pulled.newest) == (None, 3)
    assert proved(replica) == 3
    with SnapshotEngine.open(primary) as theirs, SnapshotEngine.open(replica) as ours:
        assert list(ours.commits()) == list(theirs.commits())
        assert diff(ours, 1, 3) == diff(theirs, 1, 3)
        with ours.read(1) as old:
            assert old.contains(quad("turn1"))
            assert not old.contains(quad("turn3"))


def test_a_replica_follows_and_pulls_only_what_it_lacks(primary: Path, replica: Path) -> None:
    with SnapshotEngine.open(primary) as engine:
        draft = engine.draft()
        draft.apply(Change.of([quad("turn4")]))
        draft.bulk_add(quad("turn4", str(number)) for number in range(20_000))
        draft.publish(CommitInfo())
    pull(primary, replica)
    commit(primary)
    source = Reached(primary)

    pulled = pull(source, replica)

    assert proved(replica) == pulled.newest == 5
    assert pulled.pulled_bytes == source.read_bytes
    snapshot = Snapshots(Places(primary).snapshots).path(5)
    whole = sum(path.stat().st_size for path in snapshot.iterdir())
    assert pulled.pulled_bytes < whole / 4


def test_nothing_is_pulled_where_nothing_is_new(primary: Path, replica: Path) -> None:
    pull(primary, replica)
    source = Reached(primary)

    assert pull(source, replica).pulled_bytes == 0
    with Puller(source, replica) as puller:
        puller.pull()
        assert puller.pull().pulled_bytes == 0
    assert source.read_bytes == 0


def test_an_empty_primary_has_a_replica_that_follows(tmp_path: Path, replica: Path) -> None:
    primary = primary_in(tmp_path, commits=0)
    assert pull(primary, replica).newest == 0
    commit(primary, 2)

    assert pull(primary, replica).newest == proved(replica) == 2


def test_versions_may_be_left_out_and_are_rebuilt_when_asked_for(
    primary: Path, replica: Path
) -> None:
    pull(primary, replica)
    commit(primary, 4)
    pull(primary, replica)

    assert Snapshots(Places(replica).snapshots).kept() == [3, 7]
    with SnapshotEngine.open(replica) as engine, engine.read(5) as state:
        assert state.contains(quad("turn5"))


def test_a_replica_has_every_commit_of_a_group_once_it_is_published(
    primary: Path, replica: Path
) -> None:
    with SnapshotEngine.open(primary) as engine, engine.group() as group:
        for number in (4, 5, 6):
            draft = group.draft()
            draft.apply(Change.of([quad(f"turn{number}")]))
            draft.publish(CommitInfo(message=f"turn {number}"))
        assert pull(primary, replica).newest == proved(replica) == 3
        group.publish()
        theirs = list(engine.commits())

    assert pull(primary, replica).newest == proved(replica) == 6
    with SnapshotEngine.open(replica) as ours, ours.read(5) as between:
        assert list(ours.commits()) == theirs
        assert between.contains(quad("turn5"))
        assert not between.contains(quad("turn6"))


def test_snapshots_are_thinned_out_as_at_the_primary(primary: Path, replica: Path) -> None:
    with Puller(FolderSource(primary), replica) as puller:
        for _ in range(KEEP + 3):
            puller.pull()
            commit(primary)

    kept = Snapshots(Places(replica).snapshots).kept()
    assert len(kept) == KEEP
    assert kept[-1] == KEEP + 5


def test_a_replica_refuses_changes_and_names_its_primary(primary: Path, replica: Path) -> None:
    pull(primary, replica)

    with SnapshotEngine.open(replica) as engine, pytest.raises(IsReplica, match=str(primary)):
        engine.draft()


def test_two_do_not_pull_into_one_replica(primary: Path, replica: Path) -> None:
    pull(primary, replica)
    with Puller(FolderSource(primary), replica), pytest.raises(StoreLocked):
        Puller(FolderSource(primary), replica)


def test_what_comes_wrong_is_pulled_once_more(primary: Path, replica: Path) -> None:
    class Wrong(Reached):
        once = True

        def read(self, sha256: str, start: int) -> Generator[bytes]:
            for part in super().read(sha256, start):
                yield bytes([part[0] ^ 1]) + part[1:] if self.once else part
                self.once = False

    assert pull(Wrong(primary), replica).newest == proved(replica) == 3


def test_what_always_comes_wrong_is_refused_and_the_replica_is_as_it_was(
    primary: Path, replica: Path
) -> None:
    class Wrong(Reached):
        def read(self, sha256: str, start: int) -> Generator[bytes]:
            for part in super().read(sha256, start):
                yield bytes([part[0] ^ 1]) + part[1:]

    pull(primary, replica)
    commit(primary)
    with pytest.raises(BadCopy, match="2 times"):
        pull(Wrong(primary), replica)
    assert proved(replica) == 3


def test_a_longer_file_than_was_stated_is_not_taken(primary: Path, replica: Path) -> None:
    class Longer(Reached):
        def read(self, sha256: str, start: int) -> Generator[bytes]:
            yield from super().read(sha256, start)
            yield b"more"

    with pytest.raises(BadCopy):
        pull(Longer(primary), replica)
    assert not replica.exists()


def test_a_connection_that_is_cut_goes_on_where_it_was(primary: Path, replica: Path) -> None:
    class Cut(Reached):
        def read(self, sha256: str, start: int) -> Generator[bytes]:
            for part in super().read(sha256, start):
                yield part[:1_000]
                if len(part) > 1_000:
                    self.read_bytes -= len(part) - 1_000
                    raise PrimaryLost("Cut.", primary=self.name)

    source = Cut(primary)
    pulled = pull(source, replica)

    assert proved(replica) == 3
    assert pulled.pulled_bytes == source.read_bytes


def test_a_primary_that_is_gone_leaves_the_replica_as_it_was_and_says_since_when(
    primary: Path, replica: Path
) -> None:
    pull(primary, replica)
    seen = standing_of(replica, version=3)
    assert seen is not None
    assert not seen.look.problem
    primary.rename(primary.with_name("gone"))

    with pytest.raises(Exception, match=str(primary)):
        pull(primary, replica)
    standing = standing_of(replica, version=3)
    assert standing is not None
    assert standing.look.seen == seen.look.seen
    assert str(primary) in standing.look.problem
    assert standing.seconds is not None
    assert proved(replica) == 3


def test_a_snapshot_that_is_thinned_out_meanwhile_is_begun_again_with_the_next(
    primary: Path, replica: Path
) -> None:
    class Overtaken(Reached):
        turns = 3

        def read(self, sha256: str, start: int) -> Generator[bytes]:
            if self.turns and sha256 not in self.records():
                self.turns -= 1
                commit(primary)
                shutil.rmtree(Snapshots(Places(primary).snapshots).path(self.newest))
                raise MovedOn("Gone.", primary=self.name)
            return super().read(sha256, start)

        def manifest(self, since: int, *, known: str = "") -> Manifest | None:
            self.found = super().manifest(since, known=known)
            assert self.found is not None
            self.newest = self.found.newest
            return self.found

        def records(self) -> set[str]:
            assert self.found is not None
            return {record.part.sha256 for record in self.found.records}

    assert pull(Overtaken(primary), replica).newest == proved(replica) == 6


def test_a_folder_that_is_half_copied_just_now_is_not_believed(
    primary: Path, replica: Path, tmp_path: Path
) -> None:
    pull(primary, replica)
    commit(primary)
    copy = shutil.copytree(primary, tmp_path / "copy")
    largest = max((copy / "snapshots" / "4").glob("*.sst"), key=lambda path: path.stat().st_size)
    content = largest.read_bytes()

    largest.unlink()
    with pytest.raises(BadCopy, match=r"commit 4 at .* is not whole"):
        pull(copy, replica)
    largest.write_bytes(content[:-100])
    with pytest.raises(BadCopy):
        pull(copy, replica)
    (copy / "commits" / "00000004.rdfp.gz").rename(copy / "late")
    with pytest.raises(StoreDamaged, match=r"00000004\.rdfp\.gz"):
        pull(copy, replica)
    assert proved(replica) == 3
    largest.write_bytes(content)
    (copy / "late").rename(copy / "commits" / "00000004.rdfp.gz")
    assert pull(copy, replica).newest == proved(replica) == 4


def test_files_of_a_snapshot_that_is_gone_are_not_offered(primary: Path) -> None:
    offer = Offer(primary)
    manifest = offer.manifest()
    shutil.rmtree(Places(primary).snapshots / "3")

    own = {part.sha256 for part in manifest.snapshot.values() if part.bytes}
    gone = set()
    for sha256 in own:
        try:
            offer.open(sha256).close()
        except MovedOn:
            gone.add(sha256)
    assert gone
    with pytest.raises(MovedOn):
        offer.open("0" * 64)


@pytest.mark.parametrize("name", ["../CURRENT", "a/b", "", ".hidden", "/etc/passwd", "CURRENT\n"])
def test_a_manifest_that_would_lead_out_of_the_folder_is_refused(primary: Path, name: str) -> None:
    told = json.loads(Offer(primary).manifest().to_bytes())
    told["snapshot"][name] = told["snapshot"].pop("CURRENT")
    with pytest.raises(ValueError, match="a name that no snapshot has"):
        Manifest.from_bytes(json.dumps(told).encode())


def test_a_full_disk_is_said_before_anything_is_pulled(
    primary: Path, replica: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pull(primary, replica)
    commit(primary)
    usage = shutil.disk_usage(replica)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=100))

    with pytest.raises(Exception, match="100 bytes left"):
        pull(primary, replica)
    assert proved(replica) == 3
    monkeypatch.undo()
    assert pull(primary, replica).newest == proved(replica) == 4


def test_tokens_come_along_and_go(primary: Path, replica: Path) -> None:
    (primary / "tokens.json").write_text('{"tokens": []}\n')
    pull(primary, replica)
    assert (replica / "tokens.json").read_text() == '{"tokens": []}\n'
    assert (replica / "tokens.json").stat().st_mode & 0o777 == 0o600

    (primary / "tokens.json").unlink()
    pull(primary, replica)
    assert not (replica / "tokens.json").exists()


def test_a_replica_of_a_replica_follows_too(primary: Path, replica: Path, tmp_path: Path) -> None:
    pull(primary, replica)
    second = tmp_path / "second"
    pull(replica, second)
    commit(primary)
    pull(primary, replica)

    assert pull(replica, second).newest == proved(second) == 4


def test_a_replica_becomes_a_store_of_its_own_without_the_file_that_says_what_it_is(
    primary: Path, replica: Path
) -> None:
    pull(primary, replica)
    Places(replica).replica.unlink()
    commit(replica)

    assert proved(replica) == 4
    with SnapshotEngine.open(replica) as engine:
        assert engine.change(4) == Change.of([quad("turn4"), quad("kept4")], [quad("turn3")])
