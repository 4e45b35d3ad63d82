"""The checkup of a running service, from outside: what a client would meet, in plain words."""

from __future__ import annotations

import http.client
import json
import ssl
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from graph.checkups import Finding, well, worrying, wrong

from .hosts import is_loopback

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

PATIENCE_S = 10.0
_SLOW_S = 2.0
_OLD_S = 60.0
"""A replica that is followed is some seconds old at most."""
_OK = 200
_REFUSALS = (401, 403)
_MIB = 1 << 20
_START = "Start it with: medalgraph serve. If it runs, look into its log."
_NOT_OURS = "Give the address of the first page of a medalgraph service, without /sparql."


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    headers: Message
    body: bytes
    seconds: float

    def json(self) -> dict[str, Any]:
        try:
            told = json.loads(self.body)
        except ValueError:
            return {}
        return told if isinstance(told, dict) else {}


def look_over_service(address: str) -> Iterator[Finding]:
    """Yield what is found of a running service; one that cannot be reached ends the checkup.

    Nothing is changed: the update that is tried is empty, and comes without a token.

    Args:
        address: of its first page, with http or https.

    """
    base = address.rstrip("/")
    try:
        live = _fetch(base + "/health/live")
    except OSError as error:
        yield wrong("reach", f"{address} cannot be reached: {_reason(error)}.", _START)
        return
    if live.status != _OK or live.json().get("status") != "ok":
        said = f"{address} answers, but not as medalgraph does (status {live.status})."
        yield wrong("reach", said, _NOT_OURS)
        return
    yield well("reach", f"{address} answers in {live.seconds:.3f} s.")
    yield _encryption(address)
    try:
        yield from _inside(base)
    except OSError as error:
        said = f"{address} stopped answering: {_reason(error)}."
        yield wrong("reach", said, "Look into its log, and ask again.")


def _inside(base: str) -> Iterator[Finding]:
    told = _fetch(base + "/health").json()
    yield _readiness(told)
    if "replica" in told:
        yield _replica(told["replica"])
    if "walls" in told:
        yield _walls(told["walls"] or {})
        yield _memory(told.get("memory") or {}, is_remote="engine" in told)
        yield _queue(told.get("queries") or {})
    else:
        yield worrying(
            "processes",
            "Queries run inside the service: nothing stops one that takes too long.",
            "Run the service on Linux before strangers may ask it.",
        )
    yield _query(base)
    yield _address(base)
    yield _changes(base)


def _encryption(address: str) -> Finding:
    parts = urlsplit(address)
    if parts.scheme == "https" or is_loopback(parts.hostname or ""):
        return well("encryption", "Nobody on the way can read what is sent.")
    return worrying(
        "encryption",
        "The address is not encrypted: whoever is on the way can read tokens.",
        "Put a proxy with a certificate before the service; docs/operation.md shows how.",
    )


def _readiness(told: dict[str, Any]) -> Finding:
    problems = [str(problem) for problem in told.get("wrong", ())]
    if problems:
        return wrong("readiness", " ".join(problems), "Look into its log; restart it.")
    return well("readiness", f"It is ready, and serves commit {told.get('snapshot')}.")


def _replica(told: dict[str, Any]) -> Finding:
    seconds, level = told.get("behind_seconds"), str(told.get("level"))[:19].replace("T", " ")
    said = f"It serves a replica of {told.get('primary') or 'a primary without an address'}"
    if seconds is None or seconds > _OLD_S:
        since = f"since {level} UTC" if seconds is not None else "and nobody knows since when"
        return worrying(
            "replica",
            f"{said}, which may lack commits {since}.",
            "Let it be followed: medalgraph replicate SOURCE TARGET --follow. Or see its log.",
        )
    return well("replica", f"{said}, {seconds:.0f} s old at most.")


def _walls(told: dict[str, Any]) -> Finding:
    missing = [
        words
        for name, words in (
            ("no_network", "reach the network"),
            ("writing", "change files"),
        )
        if not told.get(name)
    ]
    if missing:
        return worrying(
            "walls",
            f"The processes that answer queries could {' and '.join(missing)}: this system"
            " does not let medalgraph forbid it.",
            "Allow seccomp filters or user namespaces to the service; see docs/operation.md.",
        )
    return well("walls", "The processes that answer queries have no network and change no file.")


def _memory(told: dict[str, Any], *, is_remote: bool) -> Finding:
    if told.get("snapshot") is None:
        where = "ask the engine that keeps it" if is_remote else "read it from the disk"
        return worrying(
            "memory",
            f"The graph is not held in memory: queries {where}, which is slower.",
            "Wait a minute if the service has just started; else raise image_memory.",
        )
    size = int(told.get("bytes", 0)) // _MIB
    return well("memory", f"Commit {told['snapshot']} is held in {size:,} MiB of memory.")


def _queue(told: dict[str, Any]) -> Finding:
    running, waiting = int(told.get("running", 0)), int(told.get("waiting", 0))
    said = f"{running} queries are worked on, {waiting} wait."
    if waiting > running:
        return worrying("queue", said, "If it stays so, raise readers, or find who asks so much.")
    return well("queue", said)


def _query(base: str) -> Finding:
    query = urlencode({"query": "ASK {}"})
    reply = _fetch(f"{base}/sparql?{query}", accept="application/sparql-results+json")
    if reply.status != _OK or reply.json().get("boolean") is not True:
        said = f"The query ASK {{}} is not answered (status {reply.status})."
        return wrong("query", said, "Look into its log.")
    said = f"The query ASK {{}} is answered in {reply.seconds:.3f} s."
    if reply.seconds > _SLOW_S:
        return worrying("query", said, "See in /health how many queries wait.")
    return well("query", said)


def _address(base: str) -> Finding:
    """Return whether the service knows under which address it is reached."""
    reply = _fetch(base + "/sparql", accept="application/n-triples")
    endpoint = f"<{base}/sparql>".encode()
    if endpoint in reply.body:
        return well("address", f"It calls itself {base}/sparql, as its clients do.")
    return worrying(
        "address",
        f"It calls itself by another address than {base}.",
        "Set public_url and base_path to the address that clients use; see docs/settings.md.",
    )


def _changes(base: str) -> Finding:
    reply = _fetch(
        base + "/sparql", content=b"INSERT DATA {}", media_type="application/sparql-update"
    )
    if reply.status in _REFUSALS:
        return well("changes", "A change without a token is refused.")
    return wrong(
        "changes",
        f"A change without a token is not refused (status {reply.status}).",
        "Take the service off the network, and report it.",
    )


def _fetch(
    address: str, *, accept: str = "*/*", content: bytes | None = None, media_type: str = ""
) -> _Reply:
    headers = {"Accept": accept} | ({"Content-Type": media_type} if media_type else {})
    request = urllib.request.Request(address, data=content, headers=headers)  # noqa: S310 - the command takes http and https alone
    opener = urllib.request.build_opener(*_proxies(address))
    begun = time.monotonic()
    try:
        with opener.open(request, timeout=PATIENCE_S) as reply:
            body = reply.read()
            return _Reply(reply.status, reply.headers, body, time.monotonic() - begun)
    except urllib.error.HTTPError as error:
        with error:
            return _Reply(error.code, error.headers, error.read(), time.monotonic() - begun)
    except http.client.HTTPException as error:
        raise ConnectionError("what answers there does not speak HTTP") from error


def _proxies(address: str) -> tuple[urllib.request.ProxyHandler, ...]:
    """Return that no proxy is between this machine and itself."""
    if is_loopback(urlsplit(address).hostname or ""):
        return (urllib.request.ProxyHandler({}),)
    return ()


def _reason(error: OSError) -> str:
    inner = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(inner, ssl.SSLCertVerificationError):
        return f"its certificate is not accepted ({inner.verify_message})"
    if isinstance(inner, TimeoutError):
        return f"no answer within {PATIENCE_S:.0f} s"
    if isinstance(inner, ConnectionRefusedError):
        return "nothing listens there"
    if isinstance(inner, OSError) and inner.strerror:
        return inner.strerror.lower()
    return str(inner)
