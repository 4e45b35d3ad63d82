"""What a request finds in the running service: its settings, its store and its tokens."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar, cast

from flask import current_app

from graph import history
from graph.errors import NotFound
from graph.replicating import standing_of

from .sessions import Sessions
from .watching import refuse_older

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from flask import Flask

    from graph.identity.keeping import KeptLists
    from graph.replicating import Offer, Standing
    from graph.store import Store
    from graph.traces import Traces

    from .config import Settings
    from .metrics import Metrics
    from .processes.answering import Answering, Asker
    from .processes.changing import Changing
    from .processes.edits import Done, Edit
    from .processes.exporting import Exporter
    from .processes.listing import Listing
    from .processes.pool import Pool
    from .processes.searching import Searching
    from .room import Room
    from .tokens import TokenBook

Result = TypeVar("Result")
_NAME = "medalgraph"
MOST_KEPT = 50
"""So much that was worked out is kept; readers of many languages would fill the memory."""

LONGEST_NUMBER = 18
"""A commit number has fewer digits; Python would refuse to read one of thousands of digits."""


@dataclass(frozen=True, slots=True)
class Service:
    """What the routes work with.

    Attributes:
        store: for what is small and always asked for by the service itself.
        answering: does the work of those who ask.
        changing: does the work of those who change.
        searching: finds things by their names.
        listing: makes lists of matches.
        exporter: gives downloads.
        metrics: counts what happens.
        lists: the kept lists of matches.
        traces: what commits touched.
        room: what may be given again to who asks the same.
        pool: the processes that do; None if this process does it all.
        primary: where changes are made, if this serves a replica: the address, or nothing
            where the primary does not say its own. None for a store of its own.
        offer: what replicas pull; None if the store is not in files.
        erasures: how often the history of the store was written anew, which gives versions
            another content.
        sessions: who is signed in with a browser.
        kept: what was worked out for one version of the store, by name; the newest only.

    """

    settings: Settings
    store: Store
    tokens: TokenBook
    answering: Answering
    changing: Changing
    searching: Searching
    listing: Listing
    exporter: Exporter
    metrics: Metrics
    lists: KeptLists
    traces: Traces
    room: Room
    pool: Pool | None = None
    primary: str | None = None
    offer: Offer | None = None
    erasures: int = 0
    sessions: Sessions = field(default_factory=Sessions)
    kept: dict[str, tuple[int, object]] = field(default_factory=dict)

    def change(self, edit: Edit, content: BinaryIO | None = None, *, asker: Asker) -> Done:
        """Make a change and return what became of it; see ``Changing.change``."""
        done = self.changing.change(edit, content, asker=asker)
        self.metrics.gated(done.gate_s)
        return done

    def standing(self) -> Standing | None:
        """Return how the replica that this serves stands to its primary; None if it is none."""
        if self.primary is None:
            return None
        return standing_of(self.settings.where.folder, version=self.store.version)

    def state_of(self, at: str) -> int:
        """Return the number of the state that a commit number or a time names; empty: the newest.

        Raises:
            NotFound: if there is no such commit.
            BadTerm: if it is neither a number nor a time.
            MissingCapability: if the store does not keep that state.

        """
        if not at:
            return self.store.version
        version = self._version_of(at)
        refuse_older(self.store, version)
        return version

    def _version_of(self, at: str) -> int:
        if not (at.isascii() and at.isdigit()):
            return history.at(self.store.engine, at)
        newest = self.store.version
        if len(at) > LONGEST_NUMBER or int(at) > newest:
            raise NotFound(f"There is no commit {at}; the newest is {newest}.")
        return int(at)

    def once(self, name: str, version: int, work: Callable[[], Result]) -> Result:
        """Return what ``work`` gives for this version, done once for the newest version asked for.

        Two requests at a time may both do it; the results are the same.
        """
        known = self.kept.get(name)
        if known is not None and known[0] == version:
            return cast("Result", known[1])
        result = work()
        if len(self.kept) >= MOST_KEPT:
            self.kept.clear()
        self.kept[name] = (version, result)
        return result


def install(app: Flask, service: Service) -> None:
    """Give an application its service."""
    app.extensions[_NAME] = service


def current_service() -> Service:
    """Return the service of the application that handles this request."""
    return cast("Service", current_app.extensions[_NAME])
