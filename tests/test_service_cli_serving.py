"""The service starts, answers and stops well, and says why it cannot start."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from typing import TYPE_CHECKING

import pytest

from .ports import free_port
from .waiting import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.command_line import CommandLine

PROGRAM = [sys.executable, "-c", "from service.cli.main import main; main()"]


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def served(medalgraph: CommandLine, port: int) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [*PROGRAM, "serve", str(medalgraph.store), "--port", str(port)],
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ,
    ) as running:
        yield running
        running.kill()


def test_the_service_answers_and_ends_well_on_ctrl_c(
    served: subprocess.Popen[str], port: int
) -> None:
    assert served.stderr is not None
    said = served.stderr.readline() + served.stderr.readline()
    assert f"http://127.0.0.1:{port}/" in said
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=PATIENCE_S) as answer:
        assert answer.status == 200
    served.send_signal(signal.SIGINT)
    assert served.wait(timeout=PATIENCE_S) == 0
    *logged, last = served.stderr.read().splitlines()
    assert last == "Stopped."
    told = [json.loads(line) for line in logged]
    assert [line["path"] for line in told if "path" in line] == ["/health"]
    # On a busy machine a process may have been late, of which the log warns.
    assert {line["level"] for line in told} <= {"info", "warning"}


def test_a_port_that_is_taken_is_named(medalgraph: CommandLine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        taken = listening.getsockname()[1]
        said = medalgraph("serve", "--port", taken)
    assert said.code == 2
    assert f"Port {taken} at 127.0.0.1 is in use by another program." in said.err
    assert "--port" in said.err


def test_an_address_of_another_machine_is_named(medalgraph: CommandLine, port: int) -> None:
    said = medalgraph("serve", "--host", "203.0.113.1", "--port", port)
    assert said.code == 2
    assert "203.0.113.1 is not an address of this machine." in said.err


def test_a_missing_store_is_not_served(medalgraph: CommandLine) -> None:
    said = medalgraph("serve", "nowhere")
    assert said.code == 4
    assert "nowhere" in said.err
