"""What is counted of a running service, for Prometheus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from prometheus_client.core import Metric

    from graph.replicating import Standing

    from .processes.pool import PoolState
    from .room import Room

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300)
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
REASONS = ("time", "processor", "memory", "client", "slow-client", "lost")
"""Why a process can be ended before its work was done."""


class Metrics:
    """The counts of one service, from its start on."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "medalgraph_requests",
            "Requests answered.",
            ["route", "method", "status"],
            registry=self.registry,
        )
        self._seconds = Histogram(
            "medalgraph_request_seconds",
            "Time from a request to the start of its answer.",
            ["route"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._kills = Counter(
            "medalgraph_killed",
            "Processes ended before their work was done.",
            ["reason"],
            registry=self.registry,
        )
        self._problems = Counter(
            "medalgraph_problems",
            "Problems told to clients; 'refused' are changes that broke a rule.",
            ["kind"],
            registry=self.registry,
        )
        self._gate = Histogram(
            "medalgraph_gate_seconds",
            "Time that checking a change against the rules took.",
            buckets=_SECONDS,
            registry=self.registry,
        )
        for reason in REASONS:
            self._kills.labels(reason)
        ProcessCollector(registry=self.registry)

    def answered(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request that was answered; a client cannot invent methods to be counted."""
        known = method if method in _METHODS else "OTHER"
        self._requests.labels(route, known, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def killed(self, reason: str) -> None:
        """Count a process that was ended before its work was done."""
        self._kills.labels(reason).inc()

    def problem(self, kind: str) -> None:
        """Count a problem that a client was told."""
        self._problems.labels(kind).inc()

    def gated(self, seconds: float) -> None:
        """Count a change that the gate has checked."""
        self._gate.observe(seconds)

    def watch(
        self,
        version: Callable[[], int | None],
        state: Callable[[], PoolState] | None,
        standing: Callable[[], Standing | None],
        room: Room,
    ) -> None:
        """Tell from now on, whenever asked, how things are.

        Args:
            version: returns the newest version.
            state: returns how the processes are; None if there are none.
            standing: returns how a replica stands to its primary.
            room: what may be given again.

        """
        self.registry.register(_Now(version, state, standing, room))

    def text(self) -> bytes:
        """Return everything as Prometheus reads it."""
        return generate_latest(self.registry)


class _Now(Collector):
    """What is not counted but looked at."""

    def __init__(
        self,
        version: Callable[[], int | None],
        state: Callable[[], PoolState] | None,
        standing: Callable[[], Standing | None],
        room: Room,
    ) -> None:
        self._version, self._state, self._standing, self._room = version, state, standing, room

    def collect(self) -> Iterator[Metric]:
        """Yield each figure as it is now."""
        newest = _or_none(self._version())
        yield _gauge("snapshot", "The number of the newest commit; -1 if nobody says.", newest)
        yield from self._of_replica()
        yield from self._of_room()
        if self._state is None:
            return
        state = self._state()
        yield _gauge("queries_running", "Queries that are worked on.", state.running)
        yield _gauge("queries_waiting", "Queries that wait for their turn.", state.waiting)
        yield _gauge("changes_waiting", "Changes that wait for their turn.", state.changes_waiting)
        yield _gauge("readers_spare", "Readers that wait for a query.", state.spare)
        yield _gauge("writer_up", "Whether changes can be made.", int(state.writer_runs))
        yield _gauge("image_bytes", "Memory of the graph that is held there.", state.image_bytes)
        held, searched = _or_none(state.image_version), _or_none(state.search_version)
        yield _gauge("image_snapshot", "The commit held in memory; -1 if none.", held)
        yield _gauge("search_snapshot", "The commit that can be searched; -1 if none.", searched)

    def _of_replica(self) -> Iterator[Metric]:
        standing = self._standing()
        if standing is None:
            return
        lacking, seconds = standing.commits, standing.seconds
        yield _gauge("replica_behind_commits", "Commits of the primary not here.", lacking)
        told = "How long the replica may lack a commit; -1 if nobody knows."
        yield _gauge("replica_behind_seconds", told, -1 if seconds is None else seconds)

    def _of_room(self) -> Iterator[Metric]:
        hits = CounterMetricFamily(
            "medalgraph_kept_hits", "Given again, or shared while it was made.", labels=["kind"]
        )
        misses = CounterMetricFamily(
            "medalgraph_kept_misses", "Made, since it was not kept.", labels=["kind"]
        )
        for kind, looks in self._room.looks.items():
            hits.add_metric([kind], looks.hits)
            misses.add_metric([kind], looks.misses)
        yield from (hits, misses)
        yield _gauge("kept_bytes", "Memory of what is kept to be given again.", self._room.bytes)


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"medalgraph_{name}", meaning, value=value)


def _or_none(version: int | None) -> int:
    return -1 if version is None else version
