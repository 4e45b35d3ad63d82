"""What a process has given up it does not get back, and its children neither."""

from __future__ import annotations

import platform
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from service.processes.sandbox import Walls

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"),
    reason="needs the system calls of Linux on x86-64 or ARM",
)

NO_NETWORK = """
import os, socket, sys
from service.processes.sandbox import wall_off_network
walls = wall_off_network()
assert walls.no_network, walls
"""
NO_FILES = """
import os
from pathlib import Path
from service.processes.sandbox import wall_off_files
assert wall_off_files()
"""


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def errors(program: str, *arguments: str) -> str:
    """Return the name of the error that a program prints, and see that it ran to its end."""
    done = run(program, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def tried(attempt: str) -> str:
    """Return program lines that print the class of the error of an attempt."""
    return (
        f"try:\n    {attempt}\nexcept OSError as error:\n    print(type(error).__name__)\n"
        "else:\n    print('done')\n"
    )


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
        "socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
        "socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)",
        "socket.create_connection(('127.0.0.1', 9))",
        "os.execv('/bin/true', ['/bin/true'])",
        "os.kill(os.getppid(), 0)",
    ],
)
def test_without_a_network_nobody_is_reached(attempt: str) -> None:
    assert errors(NO_NETWORK + tried(attempt)) == "PermissionError"


def test_a_child_has_no_network_either() -> None:
    program = f"{NO_NETWORK}pid = os.fork()\nif pid:\n    os.waitpid(pid, 0)\nelse:\n" + "".join(
        f"    {line}\n" for line in tried("socket.socket()").splitlines()
    )

    assert errors(program) == "PermissionError"


def test_a_socket_that_was_open_before_goes_on() -> None:
    program = f"import socket\none, other = socket.socketpair()\n{NO_NETWORK}\none.send(b'x')\n"

    assert errors(f"{program}print(other.recv(1))") == "b'x'"


@pytest.mark.parametrize(
    "attempt",
    [
        "open(place / 'new', 'w')",
        "open(place / 'old', 'r+')",
        "open(place / 'old', 'a')",
        "os.open(place / 'new', os.O_CREAT)",
        "os.truncate(place / 'old', 0)",
        "os.unlink(place / 'old')",
        "os.rename(place / 'old', place / 'new')",
        "os.mkdir(place / 'folder')",
        "os.symlink('old', place / 'new')",
        "os.link(place / 'old', place / 'new')",
        "os.chmod(place / 'old', 0)",
        "os.utime(place / 'old')",
    ],
)
def test_without_files_nothing_is_written(attempt: str, tmp_path: Path) -> None:
    (tmp_path / "old").write_text("kept")
    program = f"{NO_FILES}import sys\nplace = Path(sys.argv[1])\n{tried(attempt)}"

    assert errors(program, str(tmp_path)) == "PermissionError"
    assert [path.name for path in tmp_path.iterdir()] == ["old"]
    assert (tmp_path / "old").read_text() == "kept"


def test_without_files_reading_goes_on(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("kept")
    program = f"{NO_FILES}import sys\nprint(Path(sys.argv[1], 'old').read_text())"

    assert errors(program, str(tmp_path)) == "kept"


def test_more_memory_than_allowed_is_not_had() -> None:
    program = (
        "from service.processes.sandbox import limit_memory\n"
        "limit_memory(64 << 20)\n"
        "try:\n    bytearray(256 << 20)\nexcept MemoryError:\n    print('refused')\n"
        "bytearray(16 << 20)\n"
    )

    assert errors(program) == "refused"


def test_more_processor_time_than_allowed_ends_the_process() -> None:
    program = (
        "from service.processes.sandbox import limit_processor, write_no_cores\n"
        "write_no_cores()\nlimit_processor(0.5)\nwhile True:\n    pass\n"
    )

    assert run(program).returncode == -24  # SIGXCPU


def test_what_a_service_says_of_its_walls_can_be_read_back() -> None:
    walls = Walls(network_namespace=False, network_calls=True, writing=True)

    assert Walls.from_json(walls.to_json()) == walls
    assert walls.no_network
    assert not Walls(writing=True).no_network
