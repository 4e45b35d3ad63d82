"""All processes of a running service: started together, told of, and ended together."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.watching import look_again

from .children import LOG
from .exporting import Exporter, Killable
from .listing import Lister
from .readers import Readers
from .sandbox import Walls, adopt_orphans
from .searcher import Searcher
from .starting import Programs
from .writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from graph.store import Store
    from service.limits import Limits
    from service.whereabouts import Whereabouts


@dataclass(frozen=True, slots=True)
class PoolState:
    """How the processes are at a moment.

    Attributes:
        running: how many queries are being worked on.
        waiting: how many wait for their turn.
        changes_waiting: how many changes wait.
        spare: how many readers wait for a query.
        image_version: the version held in memory; None if there is none at present.
        image_bytes: how much memory that takes.
        can_fork: whether a reader can be started.
        writer_runs: whether changes can be made.
        search_version: the version that can be searched; None while its index is built.
        walls: what stands around each reader; None while that is not known.

    """

    running: int
    waiting: int
    changes_waiting: int
    spare: int
    image_version: int | None
    image_bytes: int
    can_fork: bool
    writer_runs: bool
    search_version: int | None
    walls: Walls | None


class Pool(AbstractContextManager["Pool"]):
    """The processes of a service over one store.

    Args:
        where: the store, and the folder of what the service itself keeps.
        limits: what each may take.
        store: the same store, opened by this process.
        killed: told the reason whenever a process was ended before its work was done.

    Attributes:
        answering: does the work of those who ask.
        changing: does the work of those who change.
        searching: finds things by their names.
        listing: makes lists of matches.
        exporter: gives downloads.

    """

    def __init__(
        self, where: Whereabouts, limits: Limits, *, store: Store, killed: Callable[[str], None]
    ) -> None:
        adopt_orphans()
        self._store = store
        with ExitStack() as started:
            programs = started.enter_context(Programs(where, limits))
            self.answering = Readers(programs, newest=lambda: store.version, killed=killed)
            started.callback(self.answering.close)
            self.searching = Searcher(programs, newest=lambda: store.version, killed=killed)
            started.callback(self.searching.close)
            self.exporter = Exporter(where.folder, limits, Killable(programs, killed))
            started.callback(self.exporter.close)
            self.changing = Writer(
                programs,
                store=store,
                changed=self._look_at_store,
                killed=killed,
            )
            started.callback(self.changing.close)
            self.listing = Lister(programs)
            started.callback(self.listing.close)
            self._started = started.pop_all()
        _warn_of_gaps(self.changing.walls)

    def state(self) -> PoolState:
        """Return how the processes are now."""
        bench = self.answering.bench
        image, idle = bench.image, bench.idle
        forking = [process for process in (image, bench.plain) if process and process.alive]
        return PoolState(
            running=self.answering.turns.running,
            waiting=self.answering.turns.waiting,
            changes_waiting=self.changing.turns.waiting,
            spare=len(idle),
            image_version=image.version if image else None,
            image_bytes=image.size if image else 0,
            can_fork=bool(forking),
            writer_runs=self.changing.process.alive,
            search_version=self.searching.version,
            walls=idle[0].walls if idle else None,
        )

    def _look_at_store(self) -> None:
        look_again(self._store)
        self.answering.bench.look_at_store()
        self.searching.look_at_store()

    def close(self) -> None:
        """End every process."""
        self._started.close()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End every process."""
        self.close()


def _warn_of_gaps(walls: Walls) -> None:
    if not walls.no_network:
        LOG.warning(
            "this system lets no process give up the network: that queries reach nothing"
            " outside rests on the check of their words alone"
        )
