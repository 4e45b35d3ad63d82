"""kill -9 at any instant: the store is whole, at the last acknowledged commit, and writable."""

from __future__ import annotations

import contextlib
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from graph.change import Change
from graph.engines.snapshots import SnapshotEngine
from graph.terms import DEFAULT_GRAPH, Quad
from tests.crashing_writer import GROUP, KEEP
from tests.statements import commit, quad, stated

ROOT = Path(__file__).resolve().parents[1]
WRITER = (sys.executable, "-m", "tests.crashing_writer")


def quads_file(path: Path, number: int) -> Path:
    with path.open("w") as file:
        for each in range(number):
            file.write(f"{quad(f'loaded{each // 2}', graph='gh'[each % 2])} .\n")
    return path


def check(path: Path, told: str) -> int:
    """Check that the store is whole, has all that was acknowledged, and can be written.

    Args:
        path: the store.
        told: the number that was acknowledged last, and the one that was to be the next. Those
            between belong to one group, of which there are all commits or none.

    """
    with SnapshotEngine.open(path, keep=KEEP) as engine:
        newest = engine.newest()
        assert newest in map(int, told.split())
        check_whole(engine, newest)
        if newest:
            check_whole(engine, newest - 1)
        made = commit(engine, quad(f"after{newest}"))
        assert made.number == newest + 1
        check_whole(engine, made.number)
        check_tidy(path, made.number)
    assert list((path / "head").iterdir()) == []
    return newest


def check_whole(engine: SnapshotEngine, version: int) -> None:
    """The state is exactly what the commits add up to, and the record is what it states."""
    change = Change()
    for number in range(1, version + 1):
        change = change.then(engine.change(number))
    with engine.read(version) as reader:
        said = stated(reader)
        assert said == change.added
        assert len(reader) == len(said)
        record = list(reader.quads(graph=DEFAULT_GRAPH))
    triples = {Quad(each.subject, each.predicate, each.object) for each in said}
    assert len(record) == len(triples)
    assert set(record) == triples


def check_tidy(path: Path, newest: int) -> None:
    """Nothing is left of what the writer was at when it died."""
    kept = {each.name for each in (path / "snapshots").iterdir()}
    assert kept == {str(number) for number in range(max(newest + 1 - KEEP, 0), newest + 1)}
    records = [each.name for each in (path / "commits").iterdir()]
    assert sorted(records) == [f"{number:08d}.rdfp.gz" for number in range(1, newest + 1)]
    assert len(list((path / "head").iterdir())) == 1
    assert {each.name for each in path.iterdir()} == {
        "FORMAT",
        "CURRENT",
        "lock",
        "head",
        "snapshots",
        "commits",
    }


@pytest.mark.slow
def test_a_writer_killed_at_any_step_loses_nothing_acknowledged(tmp_path: Path) -> None:
    quads = quads_file(tmp_path / "quads.nq", 200)
    folder = tmp_path / "stores"
    folder.mkdir()
    subprocess.run([*WRITER, "steps", folder, quads], cwd=ROOT, check=True, timeout=1_200)
    seen = set()
    for told in folder.glob("*.acknowledged"):
        lines = told.read_text().splitlines()
        seen.add(check(told.with_suffix(""), lines[-1] if lines else "0"))
    assert seen == {0, 1, 2, 3, 3 + GROUP}
    assert len(list(folder.glob("*.acknowledged"))) > 40


@pytest.mark.slow
def test_a_writer_killed_at_random_loses_nothing_acknowledged(tmp_path: Path) -> None:
    dice = random.Random(2026)  # noqa: S311 - when to kill is no secret
    quads, path = quads_file(tmp_path / "quads.nq", 12_000), tmp_path / "store"
    SnapshotEngine.create(path).close()
    for _ in range(12):
        check(path, last_acknowledged(path, quads, kill_after_s=dice.uniform(0.0, 0.6)))


def last_acknowledged(path: Path, quads: Path, *, kill_after_s: float) -> str:
    """Run a writer, kill it some time after it began, and return the last line it told."""
    with subprocess.Popen(
        [*WRITER, "once", path, quads], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        first = writer.stdout.readline()
        with contextlib.suppress(subprocess.TimeoutExpired):
            writer.wait(timeout=kill_after_s)
        writer.kill()
        lines: list[str] = [first, *writer.stdout]
    assert writer.returncode == -signal.SIGKILL
    return lines[-1]
