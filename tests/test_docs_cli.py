"""The manual of the command line names every command, option and exit code, and no others."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from service.cli.exits import MEANINGS
from service.cli.main import cli

if TYPE_CHECKING:
    from collections.abc import Iterator

MANUAL = (Path(__file__).resolve().parents[1] / "docs" / "cli.md").read_text(encoding="utf-8")
GENERAL, *SECTIONS = re.split(r"^## ", MANUAL, flags=re.MULTILINE)


def commands() -> Iterator[tuple[str, click.Command]]:
    for name, command in cli.commands.items():
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {part}", child) for part, child in command.commands.items())


def section(name: str) -> str:
    heading = f"medalgraph {name.partition(' ')[0]}\n"
    return next((text for text in SECTIONS if text.startswith(heading)), "")


def options(command: click.Command) -> set[str]:
    return {
        spelling
        for option in command.params
        if isinstance(option, click.Option)
        for spelling in (*option.opts, *option.secondary_opts)
    }


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_has_a_section_with_an_example(name: str) -> None:
    assert f"\n    medalgraph {name}" in section(name) or f"| medalgraph {name}" in section(name)


@pytest.mark.parametrize(("name", "command"), list(commands()), ids=str)
def test_every_option_is_in_the_section_of_its_command_or_above_all(
    name: str, command: click.Command
) -> None:
    documented = set(re.findall(r"(?<![\w-])--?[a-z][a-z0-9-]*", GENERAL + section(name)))
    assert options(command) - documented == set()


@pytest.mark.parametrize("text", [text for text in SECTIONS if text.startswith("medalgraph ")])
def test_no_option_is_documented_that_the_command_does_not_have(text: str) -> None:
    name = text.split()[1]
    known = {"--help", "--debug"}.union(
        *(options(command) for path, command in commands() if path.split()[0] == name)
    )
    assert set(re.findall(r"`(--[a-z0-9-]+)", text)) - known == set()


def test_every_exit_code_is_documented_with_its_meaning() -> None:
    for code, meaning in MEANINGS.items():
        assert re.search(rf"^\| {code} \| {re.escape(meaning)}", MANUAL, flags=re.MULTILINE), code
