"""The engines of the tests are real: they keep what they are told when they are killed."""

from __future__ import annotations

import urllib.error
from typing import TYPE_CHECKING

import pytest

from .real_engines import OxigraphServer, RealEngine, VirtuosoServer, need, running

if TYPE_CHECKING:
    from pathlib import Path

_EVERYTHING = "SELECT * WHERE { GRAPH <urn:g> { ?s ?p ?o } }"
_ONE = "INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 'Zátopek' } }"


@pytest.mark.parametrize("kind", [OxigraphServer, VirtuosoServer])
def test_an_engine_that_was_killed_starts_again_with_its_data(
    kind: type[RealEngine], tmp_path: Path
) -> None:
    need(kind)
    with running(kind(tmp_path / "engine")) as server:
        server.tell(_ONE)
        server.kill()
        server.start()
        assert server.ask(_EVERYTHING) == [{"s": "urn:s", "p": "urn:p", "o": "Zátopek"}]


@pytest.mark.parametrize("name", ["oxigraph_server", "virtuoso_server"])
def test_an_engine_is_emptied_of_all_that_was_put_there(
    name: str, request: pytest.FixtureRequest
) -> None:
    server: RealEngine = request.getfixturevalue(name)
    server.tell(_ONE)
    server.empty()
    assert server.ask(_EVERYTHING) == []


def test_virtuoso_lets_nobody_write_who_does_not_say_who_they_are(
    virtuoso_server: VirtuosoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(VirtuosoServer, "user", "")
    with pytest.raises(urllib.error.HTTPError, match="401"):
        virtuoso_server.tell(_ONE)
