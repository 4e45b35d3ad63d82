"""Stores on a real server, for tests of what goes over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.engines.remote import filing
from graph.engines.remote.engine import RemoteEngine
from graph.store import Store
from service.cli.files import whole_file
from tests.contracts.engines import address_of

if TYPE_CHECKING:
    from pathlib import Path

    from graph.engines.base import Engine
    from tests.real_engines import Loading, RealEngine

EX = "http://example.org/"


def new_store(server: RealEngine) -> Store:
    """Make an empty store where everything else is forgotten."""
    server.empty()
    return Store(RemoteEngine.create(address_of(server)))


def filed(near: Engine, server: Loading, name: str = "load.nq.gz") -> Path:
    """Write a store for the loader of a server, and return the file."""
    file = server.folder / name
    with whole_file(file) as out:
        filing.write(near, address_of(server), out)
    return file


def opened(server: RealEngine) -> Store:
    """Open the store that is there, as another program does."""
    return Store(RemoteEngine.open(address_of(server)))


def requests_of(store: Store) -> int:
    """Return how many requests a store has made."""
    assert isinstance(store.engine, RemoteEngine)
    return store.engine.requests


def says(subject: str, value: str = "x", graph: str = "g") -> str:
    """Return an update that makes one statement."""
    return f'INSERT DATA {{ GRAPH <{EX}{graph}> {{ <{EX}{subject}> <{EX}says> "{value}" }} }}'
