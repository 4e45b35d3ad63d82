"""The command ``engine-file`` writes a whole file or none, and says what to do with it."""

from __future__ import annotations

import re
import shlex
import stat
import subprocess
from typing import TYPE_CHECKING

import pytest

from graph.engines.remote import filing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.command_line import CommandLine, Said
    from tests.real_engines import OxigraphServer, VirtuosoServer

NAMED = 'INSERT DATA { nation:AZE rdfs:label "Azerbaijan"@en }'


@pytest.fixture
def address(oxigraph_server: OxigraphServer) -> str:
    oxigraph_server.empty()
    return f"http://127.0.0.1:{oxigraph_server.port}"


@pytest.fixture
def written(medalgraph: CommandLine, address: str, tmp_path: Path) -> Said:
    """What was said when a store of one commit was written to ``it's/load.nq.gz``."""
    medalgraph.do("update", NAMED, "--author", "Leyla")
    (tmp_path / "it's").mkdir()
    return medalgraph.do("engine-file", address, tmp_path / "it's" / "load.nq.gz")


def test_a_store_goes_to_oxigraph_by_the_command_that_is_said(
    medalgraph: CommandLine, address: str, written: Said, oxigraph_server: OxigraphServer
) -> None:
    assert re.search(r"1 commit, 1 statement, [0-9]+ lines\.", written.out)
    (line,) = (line for line in written.out.splitlines() if "oxigraph load" in line)
    words = [
        str(oxigraph_server.folder / "data") if w == "FOLDER" else w for w in shlex.split(line)
    ]
    program = oxigraph_server.installed()
    assert program is not None
    oxigraph_server.stop()
    subprocess.run([program, *words[1:]], check=True, capture_output=True)
    oxigraph_server.start()

    (checkup,) = (line for line in written.out.splitlines() if "medalgraph doctor" in line)
    checked = medalgraph.do(*checkup.rpartition("medalgraph ")[2].split())
    assert "what the commits lead to" in checked.out
    history = medalgraph.do("history", "--json").json
    assert medalgraph.do("history", "--json", "--store", address).json == history
    medalgraph.do("update", NAMED.replace("AZE", "GEO"), "--store", address)
    assert len(medalgraph.do("history", "--json", "--store", address).json) == 2


def test_a_store_goes_to_virtuoso_by_the_lines_that_are_said(
    medalgraph: CommandLine, virtuoso_server: VirtuosoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    virtuoso_server.empty()
    secret = f"{virtuoso_server.user}:{virtuoso_server.password}"
    monkeypatch.setenv("MEDALGRAPH_STORE_SECRET", secret)
    medalgraph.do("update", NAMED)
    folder = virtuoso_server.folder / "it's"
    folder.mkdir()
    said = medalgraph.do("engine-file", virtuoso_server.query, folder / "load.nq").out
    lines = [line.strip() for line in said.splitlines() if line.endswith(";")]
    assert [line.partition("(")[0] for line in lines[:2]] == ["ld_dir", "rdf_loader_run"]
    assert "NULL" in virtuoso_server.sql("\n".join(lines))
    told = medalgraph.do(
        "query",
        "SELECT ?n { nation:AZE rdfs:label ?n }",
        "--format",
        "csv",
        "--store",
        virtuoso_server.query,
    )
    assert "Azerbaijan" in told.out


def test_the_same_is_said_in_json(medalgraph: CommandLine, address: str, tmp_path: Path) -> None:
    medalgraph.do("update", NAMED)
    told = medalgraph.do("engine-file", address, tmp_path / "load.nq", "--json").json
    lines = (tmp_path / "load.nq").read_text().count("\n")
    assert told == {"commits": 1, "statements": 1, "lines": lines}


def test_only_its_owner_may_read_the_file(written: Said, tmp_path: Path) -> None:
    assert written.code == 0
    assert stat.S_IMODE((tmp_path / "it's" / "load.nq.gz").stat().st_mode) == 0o600


def test_a_file_that_is_there_is_left_alone(
    medalgraph: CommandLine, address: str, tmp_path: Path
) -> None:
    (tmp_path / "load.nq").write_text("mine")
    said = medalgraph("engine-file", address, tmp_path / "load.nq")
    assert said.code == 2
    assert "is there already, and was left alone" in said.err
    assert (tmp_path / "load.nq").read_text() == "mine"


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (lambda address: (address, "load.ttl"), 2, "does not end in .nq or .nq.gz"),
        (lambda _: ("elsewhere", "load.nq"), 2, "elsewhere is not the address of an engine"),
        (lambda _: ("http://127.0.0.1:1", "load.nq"), 4, "cannot be reached"),
        (lambda a: (a, "load.nq", "--store", a), 2, "needs a store in a folder"),
        (lambda a: (a, "load.nq", "--store", "none"), 4, "There is no medalgraph store in none"),
    ],
)
def test_what_cannot_be_done_is_said_and_leaves_no_file(  # noqa: PLR0913, PLR0917 - a case, each part by name
    medalgraph: CommandLine,
    address: str,
    tmp_path: Path,
    words: Callable[[str], tuple[str, ...]],
    code: int,
    why: str,
) -> None:
    said = medalgraph("engine-file", *words(address))
    assert (said.code, said.out) == (code, "")
    assert why in said.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["store"]


def test_stopping_leaves_no_half_file(
    medalgraph: CommandLine, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    medalgraph.do("update", NAMED)
    monkeypatch.setattr(filing, "described", stopped)
    said = medalgraph("engine-file", address, tmp_path / "load.nq.gz")
    assert said.code == 130
    assert "Stopped. No file was made." in said.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["store"]
