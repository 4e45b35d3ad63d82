"""A crawler of one service: follows every link, and notes what is broken, too large or slow.

It asks as a proxy would that forwards for a public address, so links that a client could not
follow from there are found.
"""

from __future__ import annotations

import http.client
import random
import re
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import local
from time import perf_counter
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from .links import links_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PAGE_LIMIT_BYTES = 200_000
ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_FINE = (200, 301, 302, 303, 307, 308)
_KEPT_OUT = (401, 403)
_BROKEN_OFF = 0
"""Stands for the status of an answer that ended before its end."""
_PLACE = re.compile(r"^/id/[a-z]+/")
_OTHER_SCHEMES = ("mailto:", "data:")
_TIMEOUT_S = 180


@dataclass(frozen=True, slots=True)
class Target:
    """The service that is crawled.

    Attributes:
        port: where it listens, on the loopback address.
        public: scheme and host that the proxy is asked by.
        base: the path under which it lies; empty for none.

    """

    port: int
    public: str = "https://medals.example.org"
    base: str = ""

    def at(self, path: str) -> str:
        """Return the public address of a path of the service."""
        return f"{self.public}{self.base}{path}"


@dataclass(frozen=True, slots=True)
class Visit:
    """One answer."""

    address: str
    status: int
    kind: str
    size: int
    seconds: float
    links: tuple[str, ...] = ()


@dataclass(slots=True)
class Crawl:
    """What was found.

    Attributes:
        visits: each answer, in the order in which they came.
        met: the addresses met, by what sort of address they are.
        problems: a sentence for each thing that is wrong.
        outside: how many links lead elsewhere; they are not followed.
        kept_out: the addresses that ask for a token.

    """

    visits: list[Visit] = field(default_factory=list)
    met: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    problems: list[str] = field(default_factory=list)
    outside: int = 0
    kept_out: list[str] = field(default_factory=list)


def sort_of(address: str, base: str = "") -> str:
    """Return what sort of address one is: pages of things, their Turtle, answers to queries ...

    Example:
        >>> sort_of("https://h/foo/id/nation/AZE.html?property=mg:nation&page=2", "/foo")
        '/id/*.html?page&property'

    """
    parts = urlsplit(address)
    path = parts.path.removeprefix(base)
    if _PLACE.match(path):
        ending = re.search(r"\.[a-z]+$", path)
        path = f"/id/*{ending[0] if ending else ''}"
    else:
        path = re.sub(r"^(/(?:sitemap|static|ns|ontology))/.*", r"\1/*", path)
    names = "&".join(sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}))
    return f"{path}?{names}" if names else path


class Crawler:
    """Follows the links of a service from some of its addresses on.

    Sorts of addresses with parameters, and those of data, are many for each thing. Of these,
    and of every other sort than what is to be read whole, a sample is read: so many of those met.

    Args:
        target: the service.
        clients: how many requests are under way at a time.
        whole: the sorts of which every address is read.
        sample: how many addresses are read of each other sort.
        progress: told how many answers there are, and how many addresses wait.

    """

    def __init__(
        self,
        target: Target,
        *,
        clients: int = 2,
        whole: Iterable[str] = (),
        sample: int = 20,
        progress: Callable[[int, int], None] = lambda done, left: None,  # noqa: ARG005
    ) -> None:
        self._target, self._clients, self._sample = target, clients, sample
        self._whole, self._progress = frozenset(whole), progress
        self._own = local()
        self._connections: list[http.client.HTTPConnection] = []
        self._random = random.Random(1896)  # noqa: S311 - the same sample each time
        self._asked: set[str] = set()
        self._read: dict[str, int] = defaultdict(int)

    def crawl(self, paths: Iterable[str]) -> Crawl:
        """Follow every link from these paths on, and return what was found."""
        found = Crawl()
        for path in paths:
            self._meet(self._target.at(path), found)
        with ThreadPoolExecutor(self._clients) as pool:
            while due := self._due(found):
                for visit in pool.map(self._visit, due):
                    self._judge(visit, found)
                self._progress(len(found.visits), len(due))
        for connection in self._connections:
            connection.close()
        return found

    def _due(self, found: Crawl) -> list[str]:
        """Return the addresses to read next: everything that is read whole, else samples."""
        whole: list[str] = []
        some: list[str] = []
        for sort, addresses in sorted(found.met.items()):
            left = sorted(addresses - self._asked)
            if sort in self._whole:
                whole += left
            elif room := max(self._sample - self._read[sort], 0):
                some += self._random.sample(left, min(room, len(left)))
        due = whole or some
        self._asked.update(due)
        for address in due:
            self._read[sort_of(address, self._target.base)] += 1
        return due

    def _visit(self, address: str) -> Visit:
        parts = urlsplit(address)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        headers = {
            "Accept": ACCEPT,
            "X-Forwarded-Host": urlsplit(self._target.public).netloc,
            "X-Forwarded-Proto": urlsplit(self._target.public).scheme,
        }
        begun = perf_counter()
        connection = self._connection()
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
        except (http.client.HTTPException, TimeoutError):
            connection.close()
            return Visit(address, _BROKEN_OFF, "", 0, perf_counter() - begun)
        seconds = perf_counter() - begun
        kind = answer.headers.get_content_type()
        links = tuple(links_of(body, answer.headers)) if answer.status in _FINE else ()
        return Visit(address, answer.status, kind, len(body), seconds, links)

    def _connection(self) -> http.client.HTTPConnection:
        """Return the connection of this thread."""
        if not hasattr(self._own, "connection"):
            self._own.connection = http.client.HTTPConnection(
                "127.0.0.1", self._target.port, timeout=_TIMEOUT_S
            )
            self._connections.append(self._own.connection)
        known: http.client.HTTPConnection = self._own.connection
        return known

    def _judge(self, visit: Visit, found: Crawl) -> None:
        found.visits.append(visit)
        if visit.status in _KEPT_OUT:
            found.kept_out.append(visit.address)
        elif visit.status == _BROKEN_OFF:
            found.problems.append(f"broken off after {visit.seconds:.1f} s: {visit.address}")
        elif visit.status not in _FINE:
            found.problems.append(f"{visit.status}: {visit.address}")
        if visit.kind == "text/html" and visit.size > PAGE_LIMIT_BYTES:
            found.problems.append(f"{visit.size:,} bytes: {visit.address}")
        for link in visit.links:
            self._follow(link, visit, found)

    def _follow(self, link: str, visit: Visit, found: Crawl) -> None:
        if link.startswith(_OTHER_SCHEMES):
            return
        address = urldefrag(urljoin(visit.address, link)).url
        if not address.startswith(f"{self._target.public}/"):
            found.outside += 1
            if "127.0.0.1" in address or "localhost" in address:
                found.problems.append(f"a link to {address} on {visit.address}")
            return
        path, base = urlsplit(address).path, self._target.base
        if not f"{path}/".startswith(f"{base}/"):
            found.problems.append(f"a link beside the base path, {link}, on {visit.address}")
        elif base and f"{path}/".startswith(f"{base}{base}/"):
            found.problems.append(f"a link with a doubled path, {link}, on {visit.address}")
        else:
            self._meet(address, found)

    def _meet(self, address: str, found: Crawl) -> None:
        found.met[sort_of(address, self._target.base)].add(address)
