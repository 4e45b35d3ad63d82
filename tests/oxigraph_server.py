"""A real Oxigraph server for a test: started on a free port, and ended with the test."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TRIES, _WAIT_S = 200, 0.05


@contextmanager
def oxigraph_server(folder: Path | None = None) -> Iterator[str]:
    """Start the server, in memory or in a folder, and give its address."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    assert program, "the package oxigraph is not installed"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    place = [] if folder is None else ["--location", str(folder)]
    process = subprocess.Popen(
        [program, "serve", *place, "--bind", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def _wait_for(port: int) -> None:
    for _ in range(_TRIES):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(_WAIT_S)
        else:
            return
    raise AssertionError("the Oxigraph server does not start")
