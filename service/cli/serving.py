"""The command ``serve``: the store over HTTP, until it is stopped."""

from __future__ import annotations

import errno
import socket
import sys
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from graph.errors import BadInput
from service.app import create_app
from service.config import Settings
from service.logs import JSON, TEXT, keep_log
from service.metrics import Metrics
from service.processes.orders import COUNTS, Order
from service.processes.pool import Pool
from service.server import serve as run_server
from service.watching import watched

from .numbers import Number
from .place import store_argument, store_option
from .voice import remark

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
def serve(*, named_place: Path | None, place: Path, host: str, port: int) -> None:
    """Serve the store in the folder STORE (or --store) over HTTP; Ctrl-C stops it."""
    where = named_place or place
    settings = replace(Settings.from_environment(), store=where)
    settings.where.prepare()
    keep_log(settings.log or (TEXT if sys.stderr.isatty() else JSON))
    metrics = Metrics()
    with watched(settings.where.open()) as store, _processes(settings, store, metrics) as pool:
        app = create_app(settings, store, pool, metrics)
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{port}{settings.base_path}/"

        def announce() -> None:
            remark(f"Serving {settings.where.shown} at {address}")
            remark("Stop with Ctrl-C.")
            if pool:
                # So that the first program that asks what there is need not wait.
                pool.exporter.prepare(Order(COUNTS), store.version)

        with listening(host, port):
            run_server(app, host=host, port=port, announce=announce)
    remark("Stopped.")


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
