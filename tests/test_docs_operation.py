"""The page on operation says what the service does: its numbers, its health, its log, its files."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from graph.store import Store
from service.cli.main import cli
from service.config import DECLARED
from service.metrics import REASONS

from .running_service import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .running_service import RunningService

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "operation.md").read_text(encoding="utf-8")
CONTAINER = (ROOT / "Containerfile").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    place = tmp_path_factory.mktemp("operation") / "store"
    Store.create(place).close()
    with running(place) as started:
        started.ask("ASK {}")
        yield started


def block(language: str) -> str:
    return str(next(text for found, text in BLOCKS if found == language))


def test_each_number_of_the_page_is_served_and_each_served_is_on_the_page(
    service: RunningService,
) -> None:
    served = service.request("GET", "/metrics").body.decode()
    kinds = dict(re.findall(r"^# TYPE (medalgraph_\w+) (\w+)$", served, flags=re.MULTILINE))
    kinds = {name: kind for name, kind in kinds.items() if not name.endswith("_created")}
    told = dict(re.findall(r"^\| `(medalgraph_\w+)` \| (\w+) \|", PAGE, flags=re.MULTILINE))
    assert told == kinds


def test_each_reason_of_an_end_is_on_the_page() -> None:
    assert [reason for reason in REASONS if f"`{reason}`" not in PAGE] == []


def test_each_field_of_the_health_page_is_explained(service: RunningService) -> None:
    told = json.loads(service.request("GET", "/health").body)
    section = PAGE[PAGE.index("## Health") : PAGE.index("## Numbers")]
    names = set(told) | {name for part in told.values() if isinstance(part, dict) for name in part}
    assert {name for name in names if f"`{name}`" not in section} == set()


def test_the_settings_of_the_page_are_settings() -> None:
    known = {declared.key for declared in DECLARED}
    assert set(tomllib.loads(block("toml"))) <= known
    named = set(re.findall(r"`([a-z]+_[a-z]+)`", PAGE))
    section = PAGE[PAGE.index("## Health") : PAGE.index("## Stopping")]
    assert {name for name in named if name not in known and f"`{name}`" not in section} == set()


def test_the_service_has_longer_to_stop_than_it_gives_to_requests() -> None:
    stated = re.search(r"^TimeoutStopSec=(\d+)$", block("ini"), flags=re.MULTILINE)
    assert stated is not None
    assert int(stated[1]) > 30


def words_of_commands() -> list[list[str]]:
    """Return each command of the page and of the container file, without the program's name."""
    shell = "\n".join(text for language, text in BLOCKS if language == "sh")
    before = r"(?:bin/|^|medals:/data |--tmpfs /tmp )"
    lines = re.findall(before + r"medalgraph(?: (.*))?$", shell, flags=re.MULTILINE)
    lines += re.findall(r"^ExecStart=\S+/medalgraph (.*)$", PAGE, flags=re.MULTILINE)
    lists = re.findall(r"CMD (\[.*\])$", CONTAINER, flags=re.MULTILINE)
    return [shlex.split(re.sub(r"\$\(.*?\)", "today", line)) for line in lines if line] + [
        [word for word in json.loads(words) if word != "medalgraph"] for words in lists
    ]


@pytest.mark.parametrize("words", words_of_commands(), ids=" ".join)
def test_each_command_of_the_page_can_be_given(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "classes.ttl").touch()
    command = cli.commands[words[0]]
    context = command.make_context(words[0], list(words[1:]), resilient_parsing=False)
    with context:
        assert isinstance(context.command, click.Command)


def test_the_page_gives_several_commands() -> None:
    assert len(words_of_commands()) >= 8


def test_the_container_copies_nothing_that_is_not_there() -> None:
    sources = re.findall(r"-r /source/(\S+)", CONTAINER)
    assert sources == ["requirements/web.txt", "requirements/runtime.txt"]
    assert all((ROOT / name).is_file() for name in sources)
