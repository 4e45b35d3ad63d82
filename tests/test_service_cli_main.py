"""The command as a whole: help, unknown words, and how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from service.cli import checking
from service.cli.exits import MEANINGS
from service.cli.main import cli

if TYPE_CHECKING:
    from pathlib import Path

    from tests.command_line import CommandLine

PROGRAM = [sys.executable, "-c", "from service.cli.main import main; main()"]


def test_the_help_lists_every_command_and_every_exit_code(medalgraph: CommandLine) -> None:
    shown = medalgraph.do("--help").out
    for name in cli.commands:
        assert f"\n  {name} " in shown
    for code, meaning in MEANINGS.items():
        assert f"{code}  {meaning}" in shown


@pytest.mark.parametrize("name", list(cli.commands))
def test_every_command_has_a_help_text(medalgraph: CommandLine, name: str) -> None:
    assert medalgraph.do(name, "--help").out.startswith(f"Usage: medalgraph {name} ")


def test_the_version_is_that_of_the_package(medalgraph: CommandLine) -> None:
    assert medalgraph.do("--version").out == "medalgraph 0.1.0\n"


def test_no_command_shows_the_help_and_is_bad_use(medalgraph: CommandLine) -> None:
    said = medalgraph()
    assert said.code == 2
    assert said.out == ""
    assert said.err.startswith("Usage: medalgraph ")


def test_a_misspelt_command_is_answered_with_the_nearest(medalgraph: CommandLine) -> None:
    said = medalgraph("quary", "ASK {}")
    assert said.code == 2
    assert said.err == (
        "Error: No such command 'quary'. Did you mean 'query'?\nSee 'medalgraph --help'.\n"
    )


def test_an_unknown_option_is_answered_with_the_nearest(medalgraph: CommandLine) -> None:
    said = medalgraph("query", "ASK {}", "--formt", "json")
    assert said.code == 2
    assert said.err == (
        "Error: No such option '--formt'. Did you mean '--format'?\n"
        "See 'medalgraph query --help'.\n"
    )


def test_a_missing_store_is_named_with_the_way_to_make_one(
    medalgraph: CommandLine, tmp_path: Path
) -> None:
    said = medalgraph("query", "ASK {}", "--store", tmp_path / "nowhere")
    assert said.code == 4
    assert said.out == ""
    assert f"{tmp_path / 'nowhere'}" in said.err
    assert "medalgraph init" in said.err


def test_a_fault_of_the_program_itself_is_no_traceback_unless_asked_for(
    medalgraph: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(place: object) -> None:
        raise ZeroDivisionError(f"at {place}")

    monkeypatch.setattr(checking, "opened", fail)
    said = medalgraph("check")
    assert said.code == 70
    assert said.err.startswith("Error: medalgraph itself failed: ZeroDivisionError: at ")


def program(store: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*PROGRAM, *words],
        env=os.environ | {"MEDALGRAPH_STORE": str(store)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_reader_that_goes_away_ends_the_command_quietly(medalgraph: CommandLine) -> None:
    with program(medalgraph.store, "query", "SELECT (1 AS ?a) {}", "--format", "json") as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == ""
        assert running.wait() == 141
