"""Every command that asks or changes works over a store in an engine; others need a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.importers.bundled import FOLDER
from graph.store import Store
from tests.command_line import CommandLine
from tests.contracts.engines import address_of
from tests.test_service_cli_tables import SYDNEY

if TYPE_CHECKING:
    from pathlib import Path

    from tests.real_engines import OxigraphServer


@pytest.fixture
def remote(
    oxigraph_server: OxigraphServer,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> CommandLine:
    """The command line over an empty store in an Oxigraph server."""
    monkeypatch.chdir(tmp_path)
    oxigraph_server.empty()
    address = f"http://127.0.0.1:{oxigraph_server.port}"
    command = CommandLine(tmp_path / "none", capfd, monkeypatch)
    command.named = False
    command.do("init", address)
    monkeypatch.setenv("MEDALGRAPH_STORE", address)

    class Remote(CommandLine):
        def __init__(self) -> None:
            super().__init__(tmp_path, capfd, monkeypatch)
            self.store = address  # type: ignore[assignment] # an address, as a person writes it

    return Remote()


def test_a_store_is_made_in_an_engine_once(remote: CommandLine) -> None:
    again = remote("init", str(remote.store))
    assert again.code == 4
    assert f"There is a store at {remote.store} already." in again.err
    assert remote("init", str(remote.store), "--if-missing").code == 0


def test_changes_questions_and_history_work_over_an_engine(
    remote: CommandLine, medalgraph: CommandLine
) -> None:
    for where in (remote, medalgraph):
        where.do("load", FOLDER / "counting-rules.trig")
        where.do("update", SYDNEY, "--author", "Ann")
        where.do("update", "DELETE DATA { GRAPH graph:book { nation:JAM mg:code 'JAM' } }")
        where.do("undo", 3)
    for words in (
        ("table", "2000-summer"),
        ("table", "2000-summer", "--json"),
        ("query", "SELECT ?s ?o { ?s rdfs:label ?o } ORDER BY ?s", "--format", "json"),
        ("check",),
        ("conflicts",),
    ):
        assert remote.do(*words).out == medalgraph.do(*words).out
    here, there = (where.do("history", "--json").json for where in (remote, medalgraph))
    assert [one | {"time": ""} for one in here] == [one | {"time": ""} for one in there]


def test_a_file_is_loaded_into_an_engine_and_exported_again(
    remote: CommandLine, tmp_path: Path
) -> None:
    file = tmp_path / "one.nq"
    file.write_text('<http://e/a> <http://e/b> "c" <http://e/g> .\n')
    remote.do("load", file)
    assert remote.do("export", "--format", "nquads").out == file.read_text()


@pytest.mark.parametrize(
    "words",
    [
        ("backup", "saved.zip"),
        ("erase", "person:nobody", "--yes"),
        ("restore", "saved.zip"),
    ],
)
def test_what_needs_a_folder_says_so(remote: CommandLine, words: tuple[str, ...]) -> None:
    said = remote(*words)
    assert said.code == 2
    assert f"needs a store in a folder, and {remote.store} is an address" in said.err


def test_an_address_without_a_store_says_how_to_make_one(
    medalgraph: CommandLine, oxigraph_server: OxigraphServer
) -> None:
    oxigraph_server.empty()
    address = f"http://127.0.0.1:{oxigraph_server.port}"
    said = medalgraph("history", "--store", address)
    assert said.code == 4
    assert f"There is no store at {address}." in said.err
    assert f"medalgraph init {address}" in said.err


def test_an_address_where_nobody_answers_is_told_in_words(medalgraph: CommandLine) -> None:
    said = medalgraph("history", "--store", "http://127.0.0.1:1/")
    assert said.code == 4
    assert "The remote store at http://127.0.0.1:1 cannot be reached" in said.err


def test_the_secret_of_an_engine_is_never_shown(
    medalgraph: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("ann:open-sesame\n")
    secret.chmod(0o600)
    monkeypatch.setenv("MEDALGRAPH_STORE_SECRET_FILE", str(secret))
    for place in ("http://127.0.0.1:1/", "http://ann:open-sesame@127.0.0.1:1/"):
        said = medalgraph("history", "--store", place)
        assert said.code in (2, 4)
        assert "open-sesame" not in said.out + said.err


def test_a_store_is_opened_by_its_folder_or_its_address(
    oxigraph_server: OxigraphServer, tmp_path: Path
) -> None:
    oxigraph_server.empty()
    for place in (tmp_path / "store", address_of(oxigraph_server)):
        with Store.create(place, base="https://games.example/") as made:
            assert made.names.base == "https://games.example"
        with Store.open(place) as store:
            assert store.version == 0


@pytest.mark.parametrize("place", ["ftp://127.0.0.1/", "http:/127.0.0.1:7878"])
def test_an_address_that_is_mistyped_is_no_folder(
    medalgraph: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.chdir(tmp_path)
    medalgraph.named = False
    said = medalgraph("init", place)
    assert said.code == 2
    assert "is not the address of a remote store" in said.err
    assert not list(tmp_path.glob("*:"))
