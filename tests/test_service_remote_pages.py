"""The bundled sources in a remote engine: pages and tables are as the embedded store gives them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from graph.engines.base import CommitInfo
from graph.engines.remote.engine import RemoteEngine

from .browser.page_list import KINDS
from .bundled_record import bundled_record
from .bundled_service import bundled_service
from .contracts.engines import address_of
from .running_service import running
from .waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .real_engines import RealEngine
    from .running_service import RunningService
    from .service_world import World

DATA = "application/json, application/sparql-results+json;q=0.9, */*;q=0.1"
OF_ITS_TIME = ("created", "request_id")
"""What differs from one store or request to the next: when it was made, and its number."""
TABLES = (
    "/medals?games=2024-summer-para&format=csv",
    "/medals?games=2024-summer-para&sport=para-judo&format=csv",
    "/medals/all-time?kind=paralympic&format=csv",
    "/medals/athletes?kind=paralympic&format=csv",
    "/medals/nation?nation=AZE&kind=paralympic&format=csv",
    "/audit?source=azernews-2024-09-17&format=csv",
)
PASSING = {"IMAGE_MEMORY": "1", "QUERY_SECONDS": "300", "QUERY_PROCESSOR_SECONDS": "300"}
"""Nothing is held in memory, and the engine may take its time."""
IN_NO_ORDER = frozenset({"answer"})
"""A query of it leaves open which of two rows comes first."""


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with bundled_service(tmp_path_factory.mktemp("embedded")) as world:
        yield world


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def loaded(request: pytest.FixtureRequest) -> RealEngine:
    server: RealEngine = request.getfixturevalue(f"{request.param}_server")
    server.empty()
    with RemoteEngine.create(address_of(server)) as engine, engine.draft() as draft:
        draft.bulk_add(bundled_record().quads())
        draft.publish(CommitInfo(kind="load", message="the bundled sources"))
    return server


def told(content: bytes, host: str) -> bytes:
    """Return a document without what is of its time, and with one name for every host."""
    try:
        document = json.loads(content)
    except ValueError:
        return content.replace(host.encode(), b"HOST")
    if isinstance(document, dict):
        for name in OF_ITS_TIME:
            document.pop(name, None)
    return json.dumps(document).replace(host, "HOST").encode()


def compare(world: World, service: RunningService, path: str) -> None:
    here = world.client.get(path, headers={"Accept": DATA})
    there = service.request("GET", path, headers={"Accept": DATA})
    assert there.status == here.status_code, path
    if here.mimetype == "text/html":
        return  # it has no other form, and tells of the limits of the service
    content = told(here.data, "localhost"), told(there.body, f"127.0.0.1:{service.port}")
    assert content[1] == content[0], path


def in_memory(service: RunningService) -> object:
    """Return the state that the service holds in memory; None if it holds none."""
    return json.loads(service.request("GET", "/health").body)["memory"]["snapshot"]


@pytest.mark.parametrize("settings", [{}, PASSING], ids=["mirror", "passing"])
def test_every_page_and_table_is_the_same_byte_for_byte(
    settings: dict[str, str], embedded: World, loaded: RealEngine, tmp_path: Path
) -> None:
    if loaded.user:
        settings = settings | {"STORE_SECRET": f"{loaded.user}:{loaded.password}"}
    address = address_of(loaded).text.removesuffix("/query")
    with running(tmp_path, address=address, **settings) as service:
        service.wait_for_search()
        for kind in KINDS:
            if kind.name not in IN_NO_ORDER:
                compare(embedded, service, kind.path.replace(".html", ".json"))
        for path in TABLES:
            compare(embedded, service, path)
        held = None if settings.items() >= PASSING.items() else 1
        wait_for(lambda: in_memory(service) == held, "the graph was held in memory, if it may be")
