"""A service as it runs for others: the command ``serve`` in processes of its own, over a socket."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from service.tokens import TokenBook

from .ports import free_port
from .waiting import PATIENCE_S, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from email.message import Message
    from pathlib import Path

_PORTS_TRIED = 3
JSON = "application/sparql-results+json"
_NUMBERS = count(1)
_PROGRAM = "from service.cli.main import main; main()"


def never_asked(query: str) -> str:
    """Return a query that means the same, and that nobody has asked, so that no answer is kept."""
    return f"{query} # {next(_NUMBERS)}"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: Message
    body: bytes
    seconds: float


@dataclass(frozen=True, slots=True)
class RunningService:
    """A service that runs, and a client of it."""

    process: subprocess.Popen[bytes]
    place: Path
    port: int

    def request(
        self,
        method: str,
        path: str,
        *,
        body: bytes | None = None,
        client: str = "127.0.0.1",
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Send one request from a loopback address and return the whole answer.

        Raises:
            http.client.IncompleteRead: if the answer breaks off.

        """
        begun = time.monotonic()
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=PATIENCE_S, source_address=(client, 0)
        )
        try:
            connection.request(method, path, body=body, headers=dict(headers or {}))
            answer = connection.getresponse()
            content = answer.read()
            return Reply(answer.status, answer.headers, content, time.monotonic() - begun)
        finally:
            connection.close()

    def ask(self, query: str, *, client: str = "127.0.0.1", **params: str) -> Reply:
        """Send a query by GET."""
        path = f"/sparql?{urlencode({'query': query, **params})}"
        return self.request("GET", path, client=client, headers={"Accept": JSON})

    def update(self, text: str) -> Reply:
        """Send an update with a token that allows it."""
        headers = {**self.bearer(), "Content-Type": "application/sparql-update"}
        return self.request("POST", "/sparql", body=text.encode(), headers=headers)

    def bearer(self, scope: str = "write") -> dict[str, str]:
        """Return the header of a new token."""
        text, _ = TokenBook(self.place / "tokens.json").create(scope, note="the tests")
        return {"Authorization": f"Bearer {text}"}

    def wait_for_search(self) -> None:
        """Return once names of the newest state can be searched: the index is built meanwhile."""
        wait_for(self._can_search, "names could be searched")

    def _can_search(self) -> bool:
        told = json.loads(self.request("GET", "/health").body)
        return told["snapshot"] is not None and told["search"]["snapshot"] == told["snapshot"]

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> int:
        """End the service and return its exit status."""
        self.process.send_signal(sign)
        return self.process.wait(PATIENCE_S)


@contextmanager
def running(place: Path, *, address: str = "", **settings: str) -> Iterator[RunningService]:
    """Yield a service over a store once it takes requests.

    Args:
        place: the folder of the store, or of what the service over a remote one keeps.
        address: where a remote store is; else the store is in the folder.
        settings: environment variables without ``MEDALGRAPH_``, such as QUERY_SECONDS="1".

    """
    # On a busy machine a query may take longer than a service lets it by itself.
    settings = {"QUERY_SECONDS": f"{PATIENCE_S:g}", **settings}
    if address:
        settings["OWN_FOLDER"] = str(place)
    service = _started(place, address or str(place), settings)
    try:
        yield service
    finally:
        if service.process.poll() is None:
            service.stop()


def _started(place: Path, store: str, settings: Mapping[str, str]) -> RunningService:
    """Start a service, at another port if somebody else took the first one meanwhile."""
    environment = os.environ | {f"MEDALGRAPH_{name}": value for name, value in settings.items()}
    for _ in range(_PORTS_TRIED):
        port = free_port()
        arguments = [sys.executable, "-c", _PROGRAM, "serve", store, "--port", str(port)]
        service = RunningService(subprocess.Popen(arguments, env=environment), place, port)
        if _answers(service):
            return service
    raise AssertionError(f"The service ended at each of {_PORTS_TRIED} starts.")


def _answers(service: RunningService) -> bool:
    """Wait until a service takes requests; tell whether it does, or ended instead."""
    try:
        wait_for(
            lambda: service.process.poll() is not None or _takes_requests(service),
            "the service took requests",
        )
    except BaseException:
        service.process.kill()
        service.process.wait()
        raise
    return service.process.poll() is None


def _takes_requests(service: RunningService) -> bool:
    try:
        assert service.request("GET", "/health").status == 200
    except ConnectionError:
        return False
    return True
