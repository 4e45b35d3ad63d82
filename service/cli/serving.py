"""The command ``serve``: the store over HTTP, until it is stopped."""

from __future__ import annotations

import errno
import socket
import sys
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from graph.engines.snapshots import SnapshotEngine
from graph.errors import BadInput, StoreProblem
from service.app import create_app
from service.config import Settings
from service.logs import JSON, TEXT, keep_log
from service.metrics import Metrics
from service.processes.orders import COUNTS, Order
from service.processes.pool import Pool
from service.routes.home import prepare_first_page
from service.server import listen
from service.server import serve as run_server
from service.watching import Watched, watched

from .numbers import Number
from .place import store_argument, store_option
from .voice import remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.engines.opening import Place
    from graph.store import Store

_LAST_PORT = 65535


@click.command(short_help="Serve the store over HTTP.")
@store_argument
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen at; 0.0.0.0 lets other machines in.",
)
@click.option("--port", type=Number(1, _LAST_PORT), default=8080, show_default=True)
@store_option
def serve(*, named_place: Place | None, place: Place, host: str, port: int) -> None:
    """Serve the store at STORE (or --store), a folder or an address, over HTTP; Ctrl-C stops it."""
    where = named_place or place
    settings = replace(Settings.from_environment(), store=where)
    settings.where.prepare()
    keep_log(settings.log or (TEXT if sys.stderr.isatty() else JSON))
    settings.where.open().close()
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{port}{settings.base_path}/"
    with listening(host, port), listen(host, port) as door:
        while not _served(settings, door, f"Serving {settings.where.shown} at {address}"):
            remark(f"Another store was put in the place of {where}; it is opened now.")
    remark("Stopped.")


def _served(settings: Settings, door: socket.socket, sentence: str) -> bool:
    """Serve the store that lies in its place now; return whether that was until the end.

    It is not if another store is put there: nothing that was read of the old one is kept.
    """
    metrics = Metrics()
    settings.where.forget_other_stores()
    with watched(settings.where.open()) as store, _processes(settings, store, metrics) as pool:

        def announce() -> None:
            # Who connects meanwhile waits, and is not refused for want of a turn.
            prepare_first_page(app)
            remark(sentence)
            remark("Stop with Ctrl-C.")
            if pool:
                # So that the first program that asks what there is need not wait.
                pool.exporter.prepare(Order(COUNTS), store.version)

        app = create_app(settings, store, pool, metrics)
        return run_server(app, door, announce=announce, is_over=lambda: _is_replaced(store))


def _is_replaced(store: Store) -> bool:
    """Tell whether another store lies in the place of one; one that is gone is served on."""
    try:
        return isinstance(store.engine, SnapshotEngine | Watched) and store.engine.is_replaced
    except StoreProblem:
        return False


@contextmanager
def _processes(settings: Settings, store: Store, metrics: Metrics) -> Iterator[Pool | None]:
    """Start the processes that read and write, where the system has what they need."""
    if sys.platform != "linux":
        remark(
            "This system is not Linux, so queries run inside the service: nothing stops one that"
            " takes too long. Do not let strangers in."
        )
        yield None
        return
    with Pool(settings.where, settings.limits, store=store, killed=metrics.killed) as pool:
        yield pool


@contextmanager
def listening(host: str, port: int) -> Iterator[None]:
    """Say in plain words why an address cannot be listened at, and end well on Ctrl-C.

    Raises:
        BadInput: if the address is taken, is not of this machine, or may not be used.

    """
    try:
        yield
    except KeyboardInterrupt:
        return
    except OSError as error:
        reason = _reason(error, host, port)
        if reason is None:
            raise
        raise BadInput(reason, hint="Choose another with --port or --host.") from error


def _reason(error: OSError, host: str, port: int) -> str | None:
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is not an address of this machine."
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} at {host} is in use by another program."
    if error.errno == errno.EACCES:
        return f"You may not listen at port {port}; those below 1024 are reserved."
    return None
