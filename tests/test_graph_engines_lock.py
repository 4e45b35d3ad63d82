from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from graph.engines.lock import WriterLock
from graph.errors import StoreLocked

HOLD = """
import sys
from pathlib import Path
from graph.engines.lock import WriterLock
with WriterLock(Path(sys.argv[1]) / "lock", store=Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def hold(store: Path) -> subprocess.Popen[str]:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, store, "a-word-of-its-command"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def test_the_lock_can_be_taken_again_after_it_was_released(tmp_path: Path) -> None:
    for _ in range(2):
        with WriterLock(tmp_path / "lock", store=tmp_path):
            pass


def test_a_second_writer_in_this_process_is_refused_by_name(tmp_path: Path) -> None:
    with (
        WriterLock(tmp_path / "lock", store=tmp_path),
        pytest.raises(StoreLocked) as caught,
    ):
        WriterLock(tmp_path / "lock", store=tmp_path)
    assert caught.value.pid == os.getpid()
    assert str(tmp_path) in str(caught.value)


def test_a_writer_in_another_process_is_named_by_pid_and_command(tmp_path: Path) -> None:
    with hold(tmp_path) as holder:
        with pytest.raises(StoreLocked, match=f"process {holder.pid} ") as caught:
            WriterLock(tmp_path / "lock", store=tmp_path)
        assert "a-word-of-its-command" in caught.value.command
        holder.communicate()
    WriterLock(tmp_path / "lock", store=tmp_path).release()


def test_a_killed_writer_holds_nothing(tmp_path: Path) -> None:
    with hold(tmp_path) as holder:
        holder.kill()
    WriterLock(tmp_path / "lock", store=tmp_path).release()


def test_a_holder_that_has_not_signed_yet_is_another_process(tmp_path: Path) -> None:
    with WriterLock(tmp_path / "lock", store=tmp_path):
        (tmp_path / "lock").write_text("")
        with pytest.raises(StoreLocked, match="another process") as caught:
            WriterLock(tmp_path / "lock", store=tmp_path)
    assert caught.value.pid is None


def test_releasing_twice_is_well(tmp_path: Path) -> None:
    lock = WriterLock(tmp_path / "lock", store=tmp_path)
    lock.release()
    lock.release()


def test_the_lock_file_is_private(tmp_path: Path) -> None:
    WriterLock(tmp_path / "lock", store=tmp_path).release()
    assert (tmp_path / "lock").stat().st_mode & 0o777 == 0o600
