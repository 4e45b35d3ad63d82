"""How long answers over HTTP take, beside oxigraph's server and rdflib-endpoint.

Run it with::

    make bench                # installs the peers, and runs this
    python -m benchmarks.serving [--rounds 5] [--clients 1,8] [--peers oxigraph,rdflib-endpoint]

All servers hold the same statements on the same machine and take turns, query by query, so
that what else the machine does falls on all of them. medalgraph is there twice: once it works
each answer out, and once it gives again what was asked before, as it does usually. Ratios are of
medians, medalgraph's time to the peer's: below 1 medalgraph is quicker.
"""

from __future__ import annotations

import argparse
import http.client
import json
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Self
from urllib.parse import quote

from graph.store import Store
from graph.terms import NamedNode

from .growth.processes import processor_s
from .servers import AGAIN, MEDALGRAPH, OXIGRAPH, RDFLIB, Server, all_servers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from graph.names import Names

JSON = "application/sparql-results+json"
TIMEOUT_S = 900.0
_RATE_S = 2.0
"""So long pages are asked for in a round."""
CELL_S = 20.0
"""A server that is slow gets fewer requests: no cell of the table takes much longer."""
_PREFIXES = "PREFIX mg: <{0}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
_LOOK_UP = "SELECT ?p ?o { <%s> ?p ?o }"
_MEDALS = """SELECT ?nation ?medal (COUNT(?entry) AS ?n) {
  ?entry mg:nation ?nation ; mg:won ?medal . ?nation rdfs:label ?name }
  GROUP BY ?nation ?medal ORDER BY DESC(?n) ?nation ?medal"""
_MOST_ENTRIES = """SELECT ?person { ?entry mg:athlete ?person }
  GROUP BY ?person ORDER BY DESC(COUNT(?entry)) ?person LIMIT 1"""
_MANY = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 50000"


@dataclass(frozen=True, slots=True)
class Question:
    """A kind of query: its texts are asked in turn.

    Attributes:
        requests: how many requests a client makes in a round.

    """

    name: str
    texts: tuple[str, ...]
    requests: int


@dataclass(slots=True)
class Cell:
    """The times of one kind of query with so many clients, in seconds a request, by server."""

    question: str
    clients: int
    times: dict[str, list[float]] = field(default_factory=dict)

    def ratio(self, peer: str, of: str = MEDALGRAPH) -> float:
        """Return a median time of medalgraph's as a multiple of a peer's."""
        return median(self.times[of]) / median(self.times[peer])


@dataclass(slots=True)
class Rate:
    """How many pages a server sends with so many clients, round by round.

    Attributes:
        second: pages a second, of each round.
        work_s: processor seconds of all its processes, a page, of each round.

    """

    server: str
    clients: int
    second: list[float] = field(default_factory=list)
    work_s: list[float] = field(default_factory=list)


def questions(names: Names, nations: Sequence[str]) -> tuple[Question, ...]:
    """Return what is asked: a look-up of nations in turn, a medal table, 50,000 rows."""
    prefixes = _PREFIXES.format(names.prefixes()["mg"])
    return (
        Question("look-up", tuple(_LOOK_UP % nation for nation in nations), 200),
        Question("medal table", (prefixes + _MEDALS,), 10),
        Question("50,000 rows", (_MANY,), 4),
    )


def measure(
    servers: Sequence[Server],
    asked: Sequence[Question],
    *,
    rounds: int,
    clients: Sequence[int],
    tell: Callable[[str], None],
) -> list[Cell]:
    """Return the times of each kind of query with each number of clients."""
    _check_same(servers, asked)
    cells = []
    for question in asked:
        for number in clients:
            cell = Cell(question.name, number)
            for turn in range(rounds):
                for server in servers:
                    known = cell.times.setdefault(server.name, [])
                    if turn and sum(known) * question.requests > CELL_S:
                        continue
                    known += _round(server, question, number)
                    tell(f"{question.name}, {number} clients, {server.name}: {median(known):.4f} s")
            cells.append(cell)
    return cells


def unchanged(server: Server, question: Question) -> tuple[float, float]:
    """Return the median seconds of a query, and of asking again with If-None-Match."""
    first, again = [], []
    with Client(server, 1) as client:
        for text in islice(cycle(question.texts), 20):
            begun = perf_counter()
            tag = client.ask(text)[1]
            first.append(perf_counter() - begun)
            begun = perf_counter()
            status, _ = client.ask(text, tag=tag)
            again.append(perf_counter() - begun)
            assert status == 304, status  # noqa: S101 - a benchmark of 200s would mean nothing
    return median(first), median(again)


def rates(
    servers: Sequence[Server],
    path: str,
    *,
    rounds: int,
    clients: Sequence[int],
    tell: Callable[[str], None],
) -> list[Rate]:
    """Return how many times a second each server sends a page, packed as for a browser."""
    found: list[Rate] = []
    for number in clients:
        of = {server.name: Rate(server.name, number) for server in servers}
        for _ in range(rounds):
            for server in servers:
                rate = of[server.name]
                second, work_s = _sent_in_a_second(server, path, number)
                rate.second.append(second)
                rate.work_s.append(work_s)
                tell(f"{path}, {number} clients, {server.name}: {second:.0f} a second")
        found += of.values()
    return found


def table(cells: Sequence[Cell], peers: Sequence[str]) -> str:
    """Return the times as a table in Markdown, with the ratio to each peer."""
    heads = ["query", "clients", f"{MEDALGRAPH} (ms)", "again (ms)"]
    heads += [text for peer in peers for text in (f"{peer} (ms)", f"to {peer}", "again")]
    rows = []
    for cell in cells:
        row = [cell.question, str(cell.clients), _ms(cell.times[MEDALGRAPH])]
        row.append(_ms(cell.times[AGAIN]))
        for peer in peers:
            row += [_ms(cell.times[peer]), f"{cell.ratio(peer):.2f}"]
            row.append(f"{cell.ratio(peer, AGAIN):.3f}")
        rows.append(row)
    return _table(heads, rows)


def rate_table(found: Sequence[Rate]) -> str:
    """Return how many pages were sent a second, as a table in Markdown."""
    heads = ["server", "clients", "pages a second", "least", "most", "processor ms a page"]
    return _table(
        heads,
        [
            [
                rate.server,
                str(rate.clients),
                *(f"{how(rate.second):,.0f}" for how in (median, min, max)),
                f"{median(rate.work_s) * 1e3:.2f}",
            ]
            for rate in found
        ],
    )


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark and print its table."""
    chosen = _parser().parse_args(arguments)
    peers = chosen.peers.split(",")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = chosen.store or _bundled(folder / "store")
        with Store.open(store) as opened:
            asked = questions(opened.names, _nations(opened))
            page = _page_of_an_athlete(opened)
        with all_servers(store, folder, [MEDALGRAPH, AGAIN, *peers]) as servers:
            clients = [int(number) for number in chosen.clients.split(",")]
            cells = measure(servers, asked, rounds=chosen.rounds, clients=clients, tell=_tell)
            pages = rates(servers[:2], page, rounds=chosen.rounds, clients=clients, tell=_tell)
            first, again = unchanged(servers[0], asked[1])
    print(table(cells, peers))
    print(f"\n{page}:\n\n{rate_table(pages)}")
    print(
        f"\nThe medal table again with If-None-Match: {again * 1e3:.2f} ms, {again / first:.2f}"
        f" of {first * 1e3:.2f} ms."
    )


class Client:
    """One connection that is kept open, from an address of its own."""

    def __init__(self, server: Server, number: int) -> None:
        self._server, self._source = server, f"127.0.0.{number + 1}"

    def __enter__(self) -> Self:
        """Connect."""
        self._connection = http.client.HTTPConnection(
            "127.0.0.1", self._server.port, timeout=TIMEOUT_S, source_address=(self._source, 0)
        )
        return self

    def __exit__(self, *_: object) -> None:
        """Hang up."""
        self._connection.close()

    def ask(self, text: str, *, tag: str = "") -> tuple[int, str]:
        """Ask a query, read all of the answer, and return its status and tag."""
        status, found, _ = self.whole(text, tag=tag)
        return status, found

    def whole(self, text: str, *, tag: str = "") -> tuple[int, str, bytes]:
        """Ask a query, and return the status, the tag and the body of the answer."""
        return self.get(f"{self._server.path}?query={quote(text)}", accept=JSON, tag=tag)

    def get(
        self, address: str, *, accept: str, tag: str = "", coding: str = "identity"
    ) -> tuple[int, str, bytes]:
        """Ask for a path, and return the status, the tag and the body of the answer."""
        headers = {"Accept": accept, "Accept-Encoding": coding}
        headers |= {"If-None-Match": tag} if tag else {}
        self._connection.request("GET", address, headers=headers)
        reply = self._connection.getresponse()
        return reply.status, reply.headers.get("ETag", ""), reply.read()


def _round(server: Server, question: Question, clients: int) -> Iterator[float]:
    """Yield the seconds of each request, while all clients ask at a time."""

    def ask_all(number: int) -> list[float]:
        times = []
        with Client(server, number) as client:
            for text in islice(cycle(question.texts), number, number + question.requests):
                begun = perf_counter()
                status, _ = client.ask(text)
                times.append(perf_counter() - begun)
                assert status == 200, status  # noqa: S101 - a benchmark of errors means nothing
                if sum(times) > CELL_S:
                    break
        return times

    with ThreadPoolExecutor(clients) as pool:
        for times in pool.map(ask_all, range(clients)):
            yield from times


def _sent_in_a_second(server: Server, path: str, clients: int) -> tuple[float, float]:
    """Return how many pages a second clients get in turn, and the processor seconds of each."""

    def ask_all(number: int) -> int:
        asked = 0
        with Client(server, number) as client:
            while perf_counter() < until:
                status, _, _ = client.get(path, accept="text/html", coding="gzip")
                assert status == 200, status  # noqa: S101 - a benchmark of errors means nothing
                asked += 1
        return asked

    before, begun = processor_s(server.pid), perf_counter()
    until = begun + _RATE_S
    with ThreadPoolExecutor(clients) as pool:
        sent = sum(pool.map(ask_all, range(clients)))
    return sent / (perf_counter() - begun), (processor_s(server.pid) - before) / sent


def _check_same(servers: Sequence[Server], asked: Sequence[Question]) -> None:
    """Warm every server up, and see to it that all answer with as many rows."""
    for question in asked:
        counts = {}
        for server in servers:
            with Client(server, 1) as client:
                for text in question.texts if server.name == AGAIN else ():
                    client.ask(text)
                status, _, body = client.whole(question.texts[0])
            counts[server.name] = (status, len(json.loads(body)["results"]["bindings"]))
        if len(set(counts.values())) != 1:
            raise SystemExit(f"The servers differ at {question.name}: {counts}")


def _bundled(place: Path) -> Path:
    command = Path(sys.executable).with_name("medalgraph")
    subprocess.run([command, "init", place, "--bundled"], check=True, stdout=sys.stderr)
    return place


def _nations(store: Store) -> list[str]:
    with store.query("SELECT DISTINCT ?n { ?n a mg:Nation } ORDER BY ?n") as found:
        return [row["n"].value for row in found if isinstance(row["n"], NamedNode)]  # type: ignore[union-attr] # rows


def _page_of_an_athlete(store: Store) -> str:
    """Return the path of the page of whoever competed most."""
    with store.query(_MOST_ENTRIES) as found:
        people = [row["person"].value for row in found if isinstance(row["person"], NamedNode)]  # type: ignore[union-attr] # rows
    return f"{people[0].removeprefix(store.names.base)}.html"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Answers over HTTP beside peers.")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is asked in turn")
    parser.add_argument("--clients", default="1,8", help="how many clients, with commas")
    parser.add_argument("--peers", default=f"{OXIGRAPH},{RDFLIB}", help="which peers, with commas")
    parser.add_argument("--store", type=Path, help="a store, instead of the bundled sources")
    return parser


def _ms(times_s: Sequence[float]) -> str:
    return f"{median(times_s) * 1e3:.2f}"


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr)


if __name__ == "__main__":
    main()
