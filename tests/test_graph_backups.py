"""A backup brings back the whole history, or says why it cannot; it never brings back a part."""

from __future__ import annotations

import io
import json
import stat
import tarfile
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from graph import backups
from graph.change import Change
from graph.engines import snapshots
from graph.engines.base import CommitInfo
from graph.engines.snapshots import SnapshotEngine
from graph.errors import BadBackup, StoreDamaged
from tests.statements import quad

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BASE = "https://medals.example"


def commit(place: Path, *names: str, removed: tuple[str, ...] = ()) -> None:
    with SnapshotEngine.open(place) as engine:
        draft = engine.draft()
        draft.apply(Change.of(map(quad, names), map(quad, removed)))
        draft.publish(CommitInfo(author="Leyla", message=" ".join(names)))


def commits(place: Path) -> None:
    for number in range(10):
        commit(place, f"w{number}")


def states(place: Path) -> list[list[str]]:
    """Return the lines of each state of a store."""
    found = []
    with SnapshotEngine.open(place) as engine:
        for number in range(engine.newest() + 1):
            with engine.read(number) as state:
                found.append(sorted(map(str, state.quads())))
    return found


@pytest.fixture
def place(tmp_path: Path) -> Path:
    where = tmp_path / "store"
    SnapshotEngine.create(where, base=BASE).close()
    commit(where, "gold", "silver")
    commit(where, "bronze", removed=("silver",))
    commit(where, "gold2")
    return where


@pytest.fixture
def saved(place: Path) -> bytes:
    out = io.BytesIO()
    backups.write(place, out)
    return out.getvalue()


def restored(saved: bytes, place: Path) -> backups.Manifest:
    return backups.restore(io.BytesIO(saved), place, source="b.tar")


def checked(saved: bytes) -> backups.Manifest:
    return backups.check(io.BytesIO(saved), source="b.tar")


def repacked(
    saved: bytes, change: Callable[[tarfile.TarInfo, bytes], tuple[tarfile.TarInfo, bytes] | None]
) -> bytes:
    """Return an archive with each member as ``change`` returns it, without those it drops."""
    out = io.BytesIO()
    with (
        tarfile.open(fileobj=io.BytesIO(saved)) as old,
        tarfile.open(fileobj=out, mode="w") as new,
    ):
        for member in old:
            content = old.extractfile(member)
            assert content is not None
            if kept := change(member, content.read()):
                kept[0].size = len(kept[1])
                new.addfile(kept[0], io.BytesIO(kept[1]))
    return out.getvalue()


def test_a_restored_store_has_every_state_and_every_commit_of_the_saved_one(
    place: Path, saved: bytes, tmp_path: Path
) -> None:
    manifest = restored(saved, tmp_path / "again")
    assert (manifest.newest, manifest.quads, manifest.base) == (3, 3, BASE)
    assert states(tmp_path / "again") == states(place)
    with SnapshotEngine.open(place) as old, SnapshotEngine.open(tmp_path / "again") as new:
        assert new.base == BASE
        assert [new.commit(n) for n in (1, 2, 3)] == [old.commit(n) for n in (1, 2, 3)]


def test_a_restored_store_can_be_written_to_and_saved_again(saved: bytes, tmp_path: Path) -> None:
    restored(saved, tmp_path / "again")
    commit(tmp_path / "again", "more")
    out = io.BytesIO()
    assert backups.write(tmp_path / "again", out).newest == 4
    assert checked(out.getvalue()).quads == 4


def test_an_empty_store_is_saved_and_restored_too(tmp_path: Path) -> None:
    SnapshotEngine.create(tmp_path / "empty").close()
    out = io.BytesIO()
    backups.write(tmp_path / "empty", out)
    assert restored(out.getvalue(), tmp_path / "again").newest == 0
    assert states(tmp_path / "again") == [[]]


def test_equal_states_have_equal_fingerprints_whatever_their_history(
    place: Path, saved: bytes, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    SnapshotEngine.create(other, base=BASE).close()
    commit(other, "gold2", "bronze", "gold")
    out = io.BytesIO()
    assert backups.write(other, out).fingerprint == checked(saved).fingerprint
    commit(place, "else")
    assert backups.write(place, io.BytesIO()).fingerprint != checked(saved).fingerprint


@pytest.mark.parametrize("size", [0, 1, 511, 512, 700, 1024, 2048, 4000])
def test_the_beginning_of_a_backup_is_no_backup(saved: bytes, size: int) -> None:
    with pytest.raises(BadBackup, match=r"b\.tar is not a whole backup"):
        checked(saved[:size])


def test_a_changed_byte_in_any_part_is_found(saved: bytes) -> None:
    with tarfile.open(fileobj=io.BytesIO(saved)) as archive:
        places = [(part.name, part.offset_data + part.size // 2) for part in archive]
    for _, offset in places:
        broken = saved[:offset] + bytes([saved[offset] ^ 1]) + saved[offset + 1 :]
        with pytest.raises(BadBackup):
            checked(broken)
    assert [name for name, _ in places][-1] == "MANIFEST.json"


def test_the_error_names_the_commit_whose_record_was_changed(saved: bytes) -> None:
    broken = repacked(
        saved,
        lambda member, content: (member, content + b"!" if "02" in member.name else content),
    )
    with pytest.raises(BadBackup, match="commit 2 is not what was written"):
        checked(broken)


@pytest.mark.parametrize(
    "foreign", [b"", b"name,medal\nLeyla,gold\n", b"\x1f\x8b\x08 no gzip", b"PK\x03\x04" * 400]
)
def test_a_file_that_is_no_archive_is_no_backup(foreign: bytes) -> None:
    with pytest.raises(BadBackup, match="not a whole backup") as refused:
        checked(foreign)
    assert "cut off, or is no backup" in refused.value.hint


def test_another_archive_is_no_backup_and_nothing_of_it_is_unpacked(
    saved: bytes, tmp_path: Path
) -> None:
    out = repacked(
        saved, lambda member, content: (member.replace(name="../../" + member.name), content)
    )
    with pytest.raises(BadBackup, match="not a whole backup"):
        restored(out, tmp_path / "again")
    assert [path.name for path in tmp_path.iterdir() if path.name == "commits"] == []


def test_a_link_in_the_place_of_a_record_is_no_backup(saved: bytes) -> None:
    def linked(member: tarfile.TarInfo, content: bytes) -> tuple[tarfile.TarInfo, bytes]:
        if member.name != "MANIFEST.json":
            member.type, member.linkname, content = tarfile.SYMTYPE, "/etc/passwd", b""
        return member, content

    with pytest.raises(BadBackup, match="not a whole backup"):
        checked(repacked(saved, linked))


def test_a_backup_without_one_of_its_commits_is_not_restored(saved: bytes) -> None:
    def without_last(
        member: tarfile.TarInfo, content: bytes
    ) -> tuple[tarfile.TarInfo, bytes] | None:
        return None if member.name.endswith("03.rdfp.gz") else (member, content)

    with pytest.raises(BadBackup, match="the number of its commits"):
        checked(repacked(saved, without_last))


@pytest.mark.parametrize("field", ["version", "layout"])
def test_a_backup_of_a_newer_medalgraph_says_to_update(saved: bytes, field: str) -> None:
    def newer(member: tarfile.TarInfo, content: bytes) -> tuple[tarfile.TarInfo, bytes]:
        if member.name == "MANIFEST.json":
            content = json.dumps(json.loads(content) | {field: 99}).encode()
        return member, content

    with pytest.raises(BadBackup, match="newer medalgraph") as refused:
        checked(repacked(saved, newer))
    assert refused.value.hint == "Update medalgraph and try again."


def test_a_store_whose_commits_lead_elsewhere_is_not_saved(place: Path) -> None:
    record = place / "commits" / "00000003.rdfp.gz"
    other = place.parent / "other"
    SnapshotEngine.create(other, base=BASE).close()
    for name in ("one", "two", "three"):
        commit(other, name)
    record.write_bytes((other / "commits" / "00000003.rdfp.gz").read_bytes())
    with pytest.raises(StoreDamaged) as refused:
        backups.write(place, io.BytesIO())
    assert refused.value.hint


def test_a_backup_made_while_others_commit_is_whole(place: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor() as pool:
        writing = pool.submit(commits, place)
        outs = [io.BytesIO() for _ in range(5)]
        newest = [backups.write(place, out).newest for out in outs]
        writing.result()
    assert newest == sorted(newest)
    for turn, (number, out) in enumerate(zip(newest, outs, strict=True)):
        restored(out.getvalue(), tmp_path / str(turn))
        assert states(tmp_path / str(turn)) == states(place)[: number + 1]


def test_progress_of_a_backup_ends_at_what_was_expected(place: Path) -> None:
    told: list[tuple[int, int | None]] = []
    backups.write(place, io.BytesIO(), progress=lambda done, of: told.append((done, of)))
    assert told[-1][0] == told[-1][1]


def test_the_restored_files_are_for_their_owner_alone(saved: bytes, tmp_path: Path) -> None:
    restored(saved, tmp_path / "again")
    files = [path for path in (tmp_path / "again" / "commits").iterdir() if path.is_file()]
    assert len(files) >= 3
    assert all(stat.S_IMODE(path.stat().st_mode) & 0o077 == 0 for path in files)


def test_a_restored_store_keeps_as_many_snapshots_as_any_other(place: Path, tmp_path: Path) -> None:
    for number in range(snapshots.KEEP + 2):
        commit(place, f"n{number}")
    out = io.BytesIO()
    backups.write(place, out)
    restored(out.getvalue(), tmp_path / "again")
    assert states(tmp_path / "again") == states(place)
