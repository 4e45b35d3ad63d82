"""What every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.store import Store

from .command_line import CommandLine
from .real_engines import OxigraphServer, RdflibServer, VirtuosoServer, need, running

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data sets, which a fresh clone does not have."""
    folder = SHARED / "data"
    if not folder.is_dir():
        if os.environ.get("CI"):
            pytest.fail("CI must have the real data sets beside the checkout, in ../shared/data.")
        # A fresh clone has none; where CI is set this has failed above instead.
        pytest.skip("needs the real data sets, which lie outside the repository in ../shared/data")
    return folder


@pytest.fixture
def medalgraph(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> CommandLine:
    """The command line with an empty store of its own."""
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "store"
    Store.create(place).close()
    return CommandLine(place, capfd, monkeypatch)


@pytest.fixture(scope="session")
def oxigraph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OxigraphServer]:
    """An Oxigraph server for all tests; each begins with ``empty()``."""
    need(OxigraphServer)
    with running(OxigraphServer(tmp_path_factory.mktemp("engines") / "oxigraph")) as server:
        yield server


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VirtuosoServer]:
    """A Virtuoso 7 with Debian's settings for all tests; each begins with ``empty()``."""
    need(VirtuosoServer)
    with running(VirtuosoServer(tmp_path_factory.mktemp("engines") / "virtuoso")) as server:
        yield server


@pytest.fixture(scope="session")
def rdflib_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RdflibServer]:
    """An rdflib-endpoint for all tests; each begins with ``empty()``."""
    need(RdflibServer)
    with running(RdflibServer(tmp_path_factory.mktemp("engines") / "rdflib")) as server:
        yield server
