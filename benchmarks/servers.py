"""medalgraph and its peers as servers of the same statements, each a process of its own."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
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
AGAIN = "medalgraph, again"
"""The service as it is set up usually, which gives again what it was asked before."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs.

    Attributes:
        path: where it takes queries.
        pid: the number of its process.

    """

    name: str
    port: int
    path: str
    pid: int = 0


@contextmanager
def all_servers(store: Path, folder: Path, names: Sequence[str]) -> Iterator[list[Server]]:
    """Yield the named servers once each answers, over what the record of a store says.

    Args:
        store: a store of medalgraph.
        folder: a folder for the copies of the others.
        names: which servers; ``MEDALGRAPH`` works each answer out, ``AGAIN`` keeps them.

    """
    triples = folder / "record.nt"
    with Store.open(store) as opened, opened.read() as state, triples.open("wb") as out:
        write_quads(state.quads(graph=DEFAULT_GRAPH), out, format=N_TRIPLES, prefixes={})
    with ExitStack() as stack:
        yield [stack.enter_context(_served(name, store, folder, triples)) for name in names]


@contextmanager
def _served(name: str, store: Path, folder: Path, triples: Path) -> Iterator[Server]:
    if name in (MEDALGRAPH, AGAIN):
        kept = {"KEPT_MEMORY": "0"} if name == MEDALGRAPH else {}
        with medalgraph(store, name=name, **kept) as server:
            yield server
    elif name == OXIGRAPH:
        place = folder / "oxigraph"
        load: list[str | Path] = [_BIN / "oxigraph", "load", "--location", place]
        subprocess.run([*load, "--file", triples], check=True, stderr=subprocess.DEVNULL)
        with oxigraph(place) as server:
            yield server
    else:
        port = _free_port()
        command: list[str | Path] = [
            sys.executable,
            "-m",
            "benchmarks.rdflib_peer",
            triples,
            str(port),
        ]
        with _running(command, Server(name, port, "/sparql")) as server:
            yield server


@contextmanager
def oxigraph(place: Path) -> Iterator[Server]:
    """Yield oxigraph's server over a folder that it has loaded, once it answers."""
    server = Server(OXIGRAPH, _free_port(), "/query")
    serve: list[str | Path] = [_BIN / "oxigraph", "serve-read-only", "--location", place]
    with _running([*serve, "--bind", f"127.0.0.1:{server.port}"], server) as running:
        yield running


@contextmanager
def medalgraph(
    store: Path, *, base: str = "", name: str = MEDALGRAPH, **settings: str
) -> Iterator[Server]:
    """Yield a service over a store once it answers.

    Args:
        store: its folder.
        base: the path under which it lies.
        name: what it is called beside others.
        settings: environment variables without ``MEDALGRAPH_``.

    """
    server = Server(name, _free_port(), f"{base}/sparql")
    command: list[str | Path] = [_BIN / "medalgraph", "serve", store, "--port", str(server.port)]
    told = {f"MEDALGRAPH_{key}": value for key, value in settings.items()}
    if base:
        told["MEDALGRAPH_BASE_PATH"] = base
    with _running(command, server, **told) as running:
        yield running


@contextmanager
def _running(command: Sequence[str | Path], server: Server, **variables: str) -> Iterator[Server]:
    environment = os.environ | {"MEDALGRAPH_LOG": "json"} | variables
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment)
    try:
        _wait_for(server)
        yield replace(server, pid=process.pid)
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
