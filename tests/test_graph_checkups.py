"""A checkup names what is wrong with a store, and what to do, and changes nothing."""

from __future__ import annotations

import os
import shutil
from collections import namedtuple
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, parse

from graph.change import Change
from graph.checkups import Finding, Verdict, look_over
from graph.engines.base import CommitInfo
from graph.engines.snapshots import SnapshotEngine
from graph.store import Store
from graph.terms import NamedNode, Quad
from tests.statements import quad

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WELL, WORRYING, WRONG = Verdict.WELL, Verdict.WORRYING, Verdict.WRONG
NEWEST = "commits/00000002.rdfp.gz"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    where = tmp_path / "store"
    SnapshotEngine.create(where).close()
    for name in ("gold", "silver"):
        with SnapshotEngine.open(where) as engine:
            draft = engine.draft()
            draft.apply(Change.of([quad(name)]))
            draft.publish(CommitInfo())
    return where


def findings(place: Path, *, quick: bool = False) -> dict[str, Finding]:
    return {finding.what: finding for finding in look_over(place, quick=quick)}


def verdicts(place: Path) -> dict[str, Verdict]:
    return {what: finding.verdict for what, finding in findings(place).items()}


def content(place: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in place.rglob("*") if path.is_file()}


def test_a_store_that_is_well_is_found_well_and_left_as_it_was(place: Path) -> None:
    before = content(place)
    assert set(verdicts(place).values()) == {WELL}
    assert list(findings(place)) == [
        "store",
        "permissions",
        "disk",
        "leftovers",
        "writer",
        "history",
        "newest state",
        "rules",
    ]
    assert content(place) == before


def test_a_new_store_is_well(tmp_path: Path) -> None:
    Store.create(tmp_path / "store").close()
    assert set(verdicts(tmp_path / "store").values()) == {WELL}


def test_a_quick_checkup_leaves_out_what_reads_every_statement(place: Path) -> None:
    assert list(findings(place, quick=True)) == [
        "store",
        "permissions",
        "disk",
        "leftovers",
        "writer",
    ]


def test_no_store_ends_the_checkup_with_the_way_to_make_one(tmp_path: Path) -> None:
    [found] = look_over(tmp_path)
    assert found.verdict is WRONG
    assert found.sentence == f"There is no medalgraph store in {tmp_path}."
    assert "medalgraph init" in found.hint


@pytest.mark.parametrize("name", ["CURRENT", "FORMAT"])
def test_a_file_that_makes_it_a_store_is_named_when_it_is_damaged(place: Path, name: str) -> None:
    (place / name).write_text("?")
    [found] = look_over(place)
    assert found.verdict is WRONG
    assert str(place / name) in found.sentence


def test_a_store_of_a_newer_medalgraph_says_to_update(place: Path) -> None:
    (place / "FORMAT").write_text('{"layout": 99, "base": "https://x.example"}')
    [found] = look_over(place)
    assert (found.verdict, found.hint) == (WRONG, "Update medalgraph. Nothing was changed.")


def spoilt(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


@pytest.mark.parametrize("harm", [spoilt, os.remove])
def test_a_damaged_commit_record_is_named(place: Path, harm: Callable[[Path], None]) -> None:
    harm(place / NEWEST)
    found = findings(place)["history"]
    assert found.verdict is WRONG
    assert str(place / NEWEST) in found.sentence
    assert "backup" in found.hint


def test_a_snapshot_that_the_commits_do_not_lead_to_is_wrong(place: Path) -> None:
    shutil.rmtree(place / "snapshots" / "2")
    shutil.copytree(place / "snapshots" / "1", place / "snapshots" / "2")
    found = findings(place)["newest state"]
    assert found.verdict is WRONG
    assert found.sentence == "The newest snapshot, 2, is not what the commits lead to."


def test_a_missing_snapshot_is_made_again_and_pointed_out(place: Path) -> None:
    shutil.rmtree(place / "snapshots" / "2")
    assert findings(place)["newest state"].verdict is WORRYING
    assert list((place / "head").iterdir()) == []


def test_a_snapshot_whose_bytes_are_spoilt_is_wrong(place: Path) -> None:
    for path in (place / "snapshots" / "2").glob("*.sst"):
        path.write_bytes(b"\0" * path.stat().st_size)
    found = findings(place)["newest state"]
    assert found.verdict is WRONG
    assert found.hint


def test_files_that_others_may_read_are_pointed_out_with_the_command_that_mends_it(
    place: Path,
) -> None:
    (place / NEWEST).chmod(0o644)
    found = findings(place)["permissions"]
    assert found.verdict is WORRYING
    assert found.sentence == f"Other users of this machine may use {place / NEWEST}."
    assert found.hint == f"Shut them out: chmod -R go= '{place}'"


def test_many_such_files_are_counted(place: Path) -> None:
    for path in place.rglob("*"):
        path.chmod(0o755)
    assert "more files" in findings(place)["permissions"].sentence


def test_what_a_killed_process_left_behind_is_pointed_out(place: Path) -> None:
    (place / "commits" / "00000003.rdfp.gz").write_bytes(b"half")
    (place / "snapshots" / "3").mkdir(mode=0o700)
    found = findings(place)["leftovers"]
    assert found.verdict is WORRYING
    assert "00000003.rdfp.gz" in found.sentence


def test_who_changes_the_store_is_told_and_not_disturbed(place: Path) -> None:
    with SnapshotEngine.open(place) as engine:
        draft = engine.draft()
        found = findings(place)
        draft.apply(Change.of([quad("bronze")]))
        draft.publish(CommitInfo())
    assert f"Process {os.getpid()} is changing the store" in found["writer"].sentence
    assert found["leftovers"].verdict is WELL


Usage = namedtuple("Usage", ["total", "used", "free"])  # noqa: PYI024 - as shutil returns it


@pytest.mark.parametrize(("free_mib", "verdict"), [(10, WRONG), (100, WORRYING), (1000, WELL)])
def test_a_disk_with_little_room_is_pointed_out(
    place: Path, monkeypatch: pytest.MonkeyPatch, free_mib: int, verdict: Verdict
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(1 << 40, 0, free_mib << 20))
    assert findings(place)["disk"].verdict is verdict


TALL = """
<https://w3id.org/medalgraph/id/person/leyla> a <https://w3id.org/medalgraph/ns#Person> ;
    <https://w3id.org/medalgraph/ns#height> "very" .
"""


def test_a_state_that_breaks_a_rule_is_wrong_and_says_which(place: Path) -> None:
    graph = NamedNode("https://w3id.org/medalgraph/id/graph/local")
    with SnapshotEngine.open(place) as engine:
        draft = engine.draft()
        told = parse(TALL, format=RdfFormat.TURTLE)
        draft.apply(Change.of(Quad(q.subject, q.predicate, q.object, graph) for q in told))
        draft.publish(CommitInfo())
    found = findings(place)["rules"]
    assert found.verdict is WRONG
    assert found.sentence.startswith("Rules are broken, ")
    assert "id/person/leyla: " in found.sentence
    assert found.hint == "See all of them with: medalgraph check"
