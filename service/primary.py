"""The primary of a replica, reached over HTTP: the manifest and the files that it offers.

Whatever fails on the way says how to go on; who pulls asks again from the byte on that came last.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import HTTPError, MaxRetryError, ProtocolError, ReadTimeoutError
from urllib3.util import Retry, Timeout

from graph.engines.remote.address import is_token, shown
from graph.engines.remote.tls import noticing_plain_http
from graph.errors import BadInput, MovedOn, PrimaryLost, PrimaryProblem, PrimaryRefused
from graph.replicating import Manifest
from graph.replicating.manifest import LIMIT_BYTES

from .hosts import is_loopback

if TYPE_CHECKING:
    from collections.abc import Generator

    from urllib3 import BaseHTTPResponse

CONNECT_S, SILENT_S = 10.0, 120.0
"""How long it is waited for a connection, and for the next byte: a large store is summed up."""
_PART_BYTES = 1 << 20
_SAID_BYTES = 16_384
_NUMBER = re.compile(r"^\[Errno -?\d+\] ")
_OK, _PARTIAL, _NOT_MODIFIED, _GONE = 200, 206, 304, 410
_NOT_LET_IN = (401, 403)
_REDIRECTS = range(300, 400)
_SERVER_FAULTS = range(500, 600)


class HttpSource:
    """A running service that a replica pulls from; see ``graph.replicating.Source``.

    Args:
        address: of its first page.
        token: of scope replicate there.

    Raises:
        BadInput: if the address is none, or the token cannot be one.

    """

    def __init__(self, address: str, token: str) -> None:
        if not is_token(token):
            raise BadInput(
                "What is given as the token is none: it has several lines, spaces or signs that no"
                " token has.",
                hint="Name the file that holds the token alone, on one line.",
            )
        self._address, self._token = _checked(address), token
        self._pool = noticing_plain_http(
            urllib3.PoolManager(
                timeout=Timeout(connect=CONNECT_S, read=SILENT_S),
                retries=Retry(connect=2, read=0, redirect=0, status=0, other=0, backoff_factor=0.2),
            )
        )

    @property
    def name(self) -> str:
        """The address."""
        return self._address

    @property
    def address(self) -> str:
        """The same: who pulls from there can be told to write there."""
        return self._address

    @property
    def can_be_overheard(self) -> bool:
        """Whether others on the way could read the token and what is pulled."""
        parts = urlsplit(self._address)
        return parts.scheme == "http" and not is_loopback(parts.hostname or "")

    def manifest(self, since: int, *, known: str = "") -> Manifest | None:
        """Return what the primary offers; see ``Source.manifest``."""
        headers = {"If-None-Match": f'"{known}"'} if known else {}
        answer = self._get(f"manifest?since={since}", headers)
        if answer.status == _NOT_MODIFIED:
            answer.drain_conn()
            return None
        if answer.status != _OK:
            raise self._problem(answer)
        try:
            content = b"".join(self._parts(answer, most=LIMIT_BYTES))
            return Manifest.from_bytes(content)
        except ValueError as error:
            raise PrimaryRefused(
                f"What {self._address} offers cannot be understood: {error}.",
                primary=self._address,
                hint="Let both run the same medalgraph, and give the address of its first page.",
            ) from error

    def read(self, sha256: str, start: int) -> Generator[bytes]:
        """Yield a file of the manifest; see ``Source.read``."""
        headers = {"Range": f"bytes={start}-"} if start else {}
        answer = self._get(f"files/{sha256}", headers)
        if answer.status not in (_OK, _PARTIAL):
            raise self._problem(answer)
        passed_over = start if answer.status == _OK else 0
        for part in self._parts(answer):
            if passed_over < len(part):
                yield part[passed_over:]
            passed_over = max(passed_over - len(part), 0)

    def close(self) -> None:
        """Let connections go."""
        self._pool.clear()

    def _get(self, path: str, headers: dict[str, str]) -> BaseHTTPResponse:
        try:
            return self._pool.request(
                "GET",
                f"{self._address}/replication/{path}",
                headers={
                    "Authorization": f"Bearer {self._token}",
                    "Accept": "application/json, */*;q=0.1",
                    "Accept-Encoding": "identity",
                    **headers,
                },
                preload_content=False,
                redirect=False,
            )
        except HTTPError as error:
            raise self._lost(error) from error

    def _parts(self, answer: BaseHTTPResponse, *, most: int | None = None) -> Generator[bytes]:
        """Yield what comes; a connection that breaks off is told from an end."""
        came = 0
        try:
            # Not more at a time than has come, since a cut loses what was waited for.
            while part := answer.read1(_PART_BYTES):
                came += len(part)
                if most is not None and came > most:
                    raise ValueError("it is too long")
                yield part
        except HTTPError as error:
            raise self._lost(error) from error
        finally:
            if answer.length_remaining:
                answer.close()
            answer.release_conn()

    def _lost(self, error: HTTPError) -> PrimaryLost:
        return PrimaryLost(
            f"The primary {self._address} cannot be reached: {_in_words(error)}.",
            primary=self._address,
            hint="Check that it runs, and the way to it; what was pulled is kept.",
        )

    def _problem(self, answer: BaseHTTPResponse) -> PrimaryProblem:
        """Return what a status means, in the primary's own words where it has some."""
        status, said = answer.status, _said(answer)
        if status == _GONE:
            return MovedOn("The primary has moved on.", primary=self._address)
        if status in _NOT_LET_IN:
            return PrimaryRefused(
                f"The primary {self._address} does not let this program in: {said}",
                primary=self._address,
                hint="Make a token there with: medalgraph token create --scope replicate",
            )
        if status in _SERVER_FAULTS:
            return PrimaryLost(
                f"The primary {self._address} cannot serve at present ({status}): {said}",
                primary=self._address,
                hint="Look at it there; what was pulled is kept.",
            )
        hint = "Give the address of the first page of a medalgraph service that offers replication."
        if status in _REDIRECTS:
            said = f"it leads on to {answer.headers.get('Location', 'another address')}"
            hint = "Give the address that it leads to, if you trust it: the token would go there."
        return PrimaryRefused(
            f"{self._address} is no primary to pull from ({status}): {said}",
            primary=self._address,
            hint=hint,
        )


def _in_words(error: HTTPError) -> str:
    """Return why a connection failed, without what urllib3 says of its own objects."""
    why = error.reason if isinstance(error, MaxRetryError) else error
    if isinstance(why, ProtocolError):
        return "the connection broke off"
    if isinstance(why, ReadTimeoutError):
        return "it timed out"
    return _NUMBER.sub("", str(why).rpartition(": ")[2].rstrip("."))


def _said(answer: BaseHTTPResponse) -> str:
    """Return what an answer says is wrong."""
    try:
        content = answer.read(_SAID_BYTES)
        answer.close()
        return str(json.loads(content)["detail"])
    except (HTTPError, ValueError, KeyError, TypeError):
        return "it does not say why."


def _checked(address: str) -> str:
    parts = urlsplit(address)
    if parts.username or parts.password:
        raise BadInput(
            "The address has a name or a password in it, which others could read.",
            hint="Leave it out; a token lets the replica in.",
        )
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise BadInput(
            f"{shown(address)} is not the address of a service.",
            hint="Write it from https:// on, such as https://medals.example.org.",
        )
    return address.rstrip("/")
