"""The engines that the contracts are held against, each empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.engines.memory import MemoryEngine
from graph.engines.remote.address import Address, Credentials
from graph.engines.remote.engine import RemoteEngine
from graph.engines.snapshots import SnapshotEngine

if TYPE_CHECKING:
    import pytest

    from graph.engines.base import Engine
    from tests.real_engines import RealEngine

ENGINES = ("snapshots", "memory")
"""Those that keep every state."""
TIMELESS = ("oxigraph", "virtuoso")
"""Those that keep the newest state only: servers, each of which is a fixture of its own."""


def new_engine(name: str, request: pytest.FixtureRequest) -> Engine:
    """Make an empty engine; of a server all else is forgotten."""
    if name == "memory":
        return MemoryEngine()
    if name == "snapshots":
        folders: pytest.TempPathFactory = request.getfixturevalue("tmp_path_factory")
        return SnapshotEngine.create(folders.mktemp("store"))
    server: RealEngine = request.getfixturevalue(f"{name}_server")
    server.empty()
    return RemoteEngine.create(address_of(server))


def address_of(server: RealEngine) -> Address:
    """Return where a server is, and who may write there."""
    known = Credentials(server.user, server.password) if server.user else None
    return Address(server.query, server.query, server.update, server.graph_store or "", known)
