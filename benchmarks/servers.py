"""medalgraph and its peers as servers of the same statements, each a process of its own."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.formats import N_TRIPLES
from graph.rdf import write_quads
from graph.store import Store
from graph.terms import DEFAULT_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BIN = Path(sys.executable).parent
_PATIENCE_S = 300.0
MEDALGRAPH, OXIGRAPH, RDFLIB = "medalgraph", "oxigraph", "rdflib-endpoint"


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs.

    Attributes:
        path: where it takes queries.

    """

    name: str
    port: int
    path: str


@contextmanager
def all_servers(store: Path, folder: Path, names: Sequence[str]) -> Iterator[list[Server]]:
    """Yield the named servers once each answers, over what the record of a store says.

    Args:
        store: a store of medalgraph.
        folder: a folder for the copies of the others.
        names: which servers.

    """
    triples = folder / "record.nt"
    with Store.open(store) as opened, opened.read() as state, triples.open("wb") as out:
        write_quads(state.quads(graph=DEFAULT_GRAPH), out, format=N_TRIPLES, prefixes={})
    with ExitStack() as stack:
        yield [stack.enter_context(_served(name, store, folder, triples)) for name in names]


@contextmanager
def _served(name: str, store: Path, folder: Path, triples: Path) -> Iterator[Server]:
    port = _free_port()
    commands: dict[str, list[str | Path]] = {
        MEDALGRAPH: [_BIN / "medalgraph", "serve", store, "--port", str(port)],
        OXIGRAPH: [
            *(_BIN / "oxigraph", "serve-read-only", "--location", folder / "oxigraph"),
            *("--bind", f"127.0.0.1:{port}"),
        ],
        RDFLIB: [sys.executable, "-m", "benchmarks.rdflib_peer", triples, str(port)],
    }
    if name == OXIGRAPH:
        load: list[str | Path] = [
            _BIN / "oxigraph",
            "load",
            "--location",
            folder / "oxigraph",
            "--file",
            triples,
        ]
        subprocess.run(load, check=True, stderr=subprocess.DEVNULL)
    server = Server(name, port, "/query" if name == OXIGRAPH else "/sparql")
    with _running(commands[name], server):
        yield server


@contextmanager
def medalgraph(store: Path, *, base: str, **settings: str) -> Iterator[int]:
    """Yield the port of a service over a store once it answers.

    Args:
        store: its folder.
        base: the path under which it lies.
        settings: environment variables without ``MEDALGRAPH_``.

    """
    port = _free_port()
    command: list[str | Path] = [_BIN / "medalgraph", "serve", store, "--port", str(port)]
    told = {f"MEDALGRAPH_{name}": value for name, value in settings.items()}
    server = Server(MEDALGRAPH, port, f"{base}/sparql")
    with _running(command, server, **told, MEDALGRAPH_BASE_PATH=base):
        yield port


@contextmanager
def _running(command: list[str | Path], server: Server, **variables: str) -> Iterator[None]:
    environment = os.environ | {"MEDALGRAPH_LOG": "json"} | variables
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment)
    try:
        _wait_for(server)
        yield
    finally:
        process.terminate()
        process.wait()


def _wait_for(server: Server) -> None:
    until = time.monotonic() + _PATIENCE_S
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
            connection.request("GET", f"{server.path}?query=ASK%7B%7D")
            connection.getresponse().read()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        number: int = listening.getsockname()[1]
    return number
