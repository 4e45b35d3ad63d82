"""Times answers of engines that take turns, and the memory and processor that they use."""

from __future__ import annotations

import json
import shutil
import time
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from http import HTTPStatus
from itertools import cycle, islice
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.servers import MEDALGRAPH, OXIGRAPH, medalgraph, oxigraph
from benchmarks.serving import JSON, Client

from .processes import memory_mib, processor_s
from .questions import Question, questions
from .results import Sample

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from benchmarks.servers import Server

IN_MEMORY = f"{MEDALGRAPH}, in memory"
_SETTINGS = {
    "QUERY_SECONDS": "900",
    "QUERY_PROCESSOR_SECONDS": "900",
    "QUERY_MEMORY": "8GiB",
    "KEPT_MEMORY": "1",
    "LOG": "json",
}
"""Limits that no question of the benchmark meets; and no page is kept, for it is timed."""
_MADE_AT_START = ("search", "downloads")
"""Folders of a store with what a service makes when it starts first: every start is such a one."""
_PATIENCE_S = 3_600.0
_IDLE_S, _IDLE_TIMES = 0.05, 3
"""A service that uses less of a second than this, so many times in a row, has nothing to do."""


class Unanswered(Exception):
    """A server answered a question with an error, as when it takes longer than it may."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How much is asked.

    Attributes:
        rounds: how often each server is asked in turn.
        cell_s: after so many seconds a server is not asked the same again.
        in_memory_up_to: up to how many statements medalgraph serves from memory too, beside
            serving from the disk.

    """

    rounds: int
    cell_s: float
    in_memory_up_to: int


def ask(
    statements: int, folder: Path, *, patience: Patience, tell: Callable[[str], None]
) -> list[Sample]:
    """Return how long servers of the stores there are take to start and to answer.

    Args:
        statements: how many the stores hold.
        folder: where these are.
        patience: how much is asked.
        tell: told how far it is.

    """
    names = [name for name in (MEDALGRAPH, OXIGRAPH) if (folder / name).exists()]
    if MEDALGRAPH in names and statements <= patience.in_memory_up_to:
        names.insert(1, IN_MEMORY)
    found: list[Sample] = []
    for made in _MADE_AT_START:
        shutil.rmtree(folder / MEDALGRAPH / made, ignore_errors=True)
    with ExitStack() as stack:
        servers: list[Server] = []
        for name in names:
            begun = perf_counter()
            server = stack.enter_context(_server(name, folder))
            found.append(Sample("start", name, "s", statements, (perf_counter() - begun,)))
            if name != OXIGRAPH:
                found += _ready(server, statements, begun, in_memory=name == IN_MEMORY)
            servers.append(server)
            tell(f"{statements:,}: {name} answers")
        for question in questions(servers[-1]):
            asked = [one for one in servers if question.queries or one.name != OXIGRAPH]
            try:
                asked = _warmed_up(question, asked, lambda said: tell(f"{statements:,}: {said}"))
                found += _timed(question, asked, statements, patience) if asked else []
            except Unanswered as error:
                tell(f"{statements:,}: {question.name}: {error}")
            tell(f"{statements:,}: {question.name}")
        for server in servers:
            memory = memory_mib(server.pid)
            found.append(Sample("memory", server.name, "MiB", statements, (memory,)))
    return found


def _server(name: str, folder: Path) -> AbstractContextManager[Server]:
    """Return a server that is not started yet."""
    if name == OXIGRAPH:
        return oxigraph(folder / OXIGRAPH)
    image = "64GiB" if name == IN_MEMORY else "1"
    return medalgraph(folder / MEDALGRAPH, name=name, IMAGE_MEMORY=image, **_SETTINGS)


def _ready(server: Server, statements: int, begun: float, *, in_memory: bool) -> list[Sample]:
    """Wait until names are found, and the graph is in memory; return when that was."""
    found = []
    waiting = {"names found": "search"} | ({"graph in memory": "memory"} if in_memory else {})
    until = time.monotonic() + _PATIENCE_S
    while waiting and time.monotonic() < until:
        with Client(server, 1) as client:
            told = json.loads(client.get("/health", accept=JSON)[2])
        for what, part in list(waiting.items()):
            if (told.get(part) or {}).get("snapshot") == told["snapshot"]:
                del waiting[what]
                took = perf_counter() - begun
                found.append(Sample(f"start: {what}", server.name, "s", statements, (took,)))
        time.sleep(0.2)
    _wait_until_idle(server, until)
    used = processor_s(server.pid)
    found.append(Sample("start", server.name, "processor s", statements, (used,)))
    return found


def _wait_until_idle(server: Server, until: float) -> None:
    """Wait until a service that has started does nothing more, such as counting what there is."""
    idle, before = 0, processor_s(server.pid)
    while idle < _IDLE_TIMES and time.monotonic() < until:
        time.sleep(1)
        now = processor_s(server.pid)
        idle = idle + 1 if now - before < _IDLE_S else 0
        before = now


def _timed(
    question: Question, servers: Sequence[Server], statements: int, patience: Patience
) -> list[Sample]:
    """Return the times of a question, and the processor time of an answer on average."""
    times: dict[str, list[float]] = {server.name: [] for server in servers}
    work = dict.fromkeys(times, 0.0)
    for _ in range(patience.rounds):
        for server in servers:
            if sum(times[server.name]) > patience.cell_s:
                continue
            before = processor_s(server.pid)
            fresh = _round(question, server, len(times[server.name]), patience.cell_s)
            times[server.name] += fresh
            work[server.name] += processor_s(server.pid) - before
    found = []
    for name, took in times.items():
        each = work[name] / len(took)
        found.append(Sample(question.name, name, "s", statements, tuple(took)))
        found.append(Sample(question.name, name, "processor s", statements, (each,)))
    return found


def _round(question: Question, server: Server, first: int, cell_s: float) -> list[float]:
    times: list[float] = []
    addresses = question.addresses(server)
    with Client(server, 1) as client:
        for address in islice(cycle(addresses), first, first + question.requests):
            begun = perf_counter()
            _answered(server, client, address, question.accept)
            times.append(perf_counter() - begun)
            if sum(times) > cell_s:
                break
    return times


def _answered(server: Server, client: Client, address: str, accept: str) -> bytes:
    """Ask for a path, and return the body of the answer, or raise Unanswered."""
    try:
        status, _, body = client.get(address, accept=accept)
    except TimeoutError as error:
        raise Unanswered(f"{server.name} did not answer {address} in time.") from error
    if status != HTTPStatus.OK:
        raise Unanswered(f"{server.name} answered {address} with {status}: {body[:300]!r}")
    return body


def _warmed_up(
    question: Question, servers: Sequence[Server], tell: Callable[[str], None]
) -> list[Server]:
    """Return the servers that answer a question, once each has been asked it.

    Raises:
        SystemExit: if they do not give the same answer to a query.

    """
    bodies: dict[str, bytes] = {}
    for server in servers:
        address = question.addresses(server)[0]
        with Client(server, 1) as client:
            try:
                bodies[server.name] = _answered(server, client, address, question.accept)
            except Unanswered as error:
                tell(str(error))
    if question.queries:
        _check_same(question, bodies)
    return [server for server in servers if server.name in bodies]


def _check_same(question: Question, bodies: Mapping[str, bytes]) -> None:
    is_whole = "LIMIT" not in question.queries[0]
    answers = {}
    for name, body in bodies.items():
        rows = json.loads(body)["results"]["bindings"]
        known = sorted(json.dumps(row, sort_keys=True) for row in rows)
        answers[name] = known if is_whole else len(rows)
    if any(answer != next(iter(answers.values())) for answer in answers.values()):
        told = {name: str(known)[:200] for name, known in answers.items()}
        raise SystemExit(f"The servers differ at {question.name}: {told}")
