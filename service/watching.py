"""A remote store as a running service sees it: what is newest is known before anybody asks.

Every page begins with the number of the newest state. To ask the engine for it each time
would make all pages as slow as the way there, and as stuck when nobody answers. So one
thread asks every second: commits of other programs are seen that soon, and while the engine
does not answer everybody is told at once.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from graph.engines.base import Engine
from graph.engines.remote.engine import RemoteEngine
from graph.errors import (
    AnswerCut,
    ChangedMeanwhile,
    EngineProblem,
    MedalgraphError,
    MissingCapability,
    StoreProblem,
)

from .processes.caretaker import Caretaker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.change import Change
    from graph.engines.base import Commit, Draft, Reader
    from graph.store import Store

LOOK_S = 2.0
"""How long the engine may take to say which state is the newest; it is asked four times."""
_COMMITS_KEPT = 1_000


class Watched(Engine):
    """A remote store, looked at every second.

    Args:
        engine: does what is asked.
        watch: the same store, asked for nothing but its newest state.

    Attributes:
        is_replaced: whether another store, or an older one, is at the address by now; nothing
            that was read of this one is worth keeping then.

    """

    def __init__(self, engine: RemoteEngine, watch: RemoteEngine) -> None:
        self._engine, self._watch = engine, watch
        self._newest, self._mark = watch.newest_mark()
        self.is_replaced = False
        self._fault: MedalgraphError | None = None
        self._looking = threading.Lock()
        self._commits: OrderedDict[int, Commit] = OrderedDict()
        self._caretaker = Caretaker(f"the remote store at {engine.address.text}", self.look)
        self._caretaker.start()

    @property
    def base(self) -> str:
        """The base IRI under which the store mints its own."""
        return self._engine.base

    @property
    def address(self) -> str:
        """Where the engine is, as anybody may read it."""
        return self._engine.address.text

    @property
    def fault(self) -> MedalgraphError | None:
        """Why the engine cannot be used at present; None if it can."""
        return self._fault

    def look(self) -> None:
        """Ask the engine now for its newest state.

        Raises:
            MedalgraphError: if it does not say.

        """
        with self._looking:
            try:
                found, mark = self._newest_told()
                leads_on = self._leads_on(found, mark)
            except (EngineProblem, StoreProblem) as error:
                is_new, self._fault = self._fault is None, error
                if is_new:
                    # What was asked last may have been lost just before the engine came back.
                    self._caretaker.wake()
                raise
            self.is_replaced = self.is_replaced or not leads_on
            self._newest, self._mark, self._fault = found, mark, None

    def _newest_told(self) -> tuple[int, str]:
        try:
            return self._watch.newest_mark()
        except AnswerCut:
            # The client asks again where no answer begins, but not where one breaks off.
            return self._watch.newest_mark()

    def _leads_on(self, found: int, mark: str) -> bool:
        """Tell whether a state came from the one that was the newest before."""
        if found == self._newest:
            return mark == self._mark
        return found > self._newest and self._newest_is_kept()

    def _newest_is_kept(self) -> bool:
        return self._newest == 0 or self._watch.mark_of(self._newest) == self._mark

    def newest(self) -> int:
        """Return the number of the newest version, as it was within the last moments.

        Raises:
            MedalgraphError: if the engine did not answer when it was asked last, or answered for
                another store, as which it is about to be opened.

        """
        if (fault := self._fault) is not None:
            raise fault.with_traceback(None)
        if self.is_replaced:
            raise ChangedMeanwhile(
                "Another store is at the address of this one, and is being opened.",
                address=self.address,
                hint="Ask again.",
            )
        return self._newest

    def read(self, version: int | None = None) -> Reader:
        """Open the newest version; see ``Engine.read``."""
        return self._engine.read(version)

    def draft(self, *, expected: int | None = None) -> Draft:
        """Begin a change; see ``Engine.draft``."""
        return self._engine.draft(expected=expected)

    def commits(self, *, newest_first: bool = True) -> Iterator[Commit]:
        """Yield what is known of each commit."""
        return self._engine.commits(newest_first=newest_first)

    def commit(self, number: int) -> Commit:
        """Return what is known of one commit, or raise NotFound."""
        known = self._commits.get(number)
        if known is None:
            known = self._commits[number] = self._engine.commit(number)
            while len(self._commits) > _COMMITS_KEPT:
                self._commits.popitem(last=False)
        return known

    def change(self, number: int) -> Change:
        """Return the exact change of one commit, or raise NotFound."""
        return self._engine.change(number)

    def rows(self, number: int) -> Iterator[bytes]:
        """Yield the rows of a commit; see ``Engine.rows``."""
        return self._engine.rows(number)

    def close(self) -> None:
        """Look no more, and let the connections go."""
        self._caretaker.close()
        self._watch.close()
        self._engine.close()


def watched(store: Store) -> Store:
    """Return a store as a service needs it: a remote one is watched, any other as it is."""
    engine = store.engine
    if not isinstance(engine, RemoteEngine):
        return store
    return type(store)(Watched(engine, RemoteEngine.open(engine.address, read_s=LOOK_S)))


def version_known(store: Store) -> int | None:
    """Return the number of the newest state; None while an engine does not say which it is."""
    try:
        return store.version
    except (EngineProblem, StoreProblem):
        if isinstance(store.engine, Watched):
            return None
        raise


def engine_fault(store: Store) -> str:
    """Say that the engine of a remote store cannot be used; the log alone says where it is."""
    is_gone = isinstance(store.engine, Watched) and store.engine.fault is not None
    return "The engine that keeps the store does not answer at present." if is_gone else ""


def look_again(store: Store) -> None:
    """Learn now of commits that were made by others; a store that is not watched knows them."""
    if isinstance(store.engine, Watched):
        try:
            store.engine.look()
        except MedalgraphError:
            return  # whoever asks for the newest state next is told


def refuse_older(store: Store, version: int) -> None:
    """Raise MissingCapability for an older state of a store that keeps the newest only."""
    newest = store.version
    if version < newest and not keeps_older(store):
        raise MissingCapability(
            f"This store keeps only its newest state, that of commit {newest}, so the state of"
            f" commit {version} cannot be shown.",
            hint="Leave out 'at'. The changes that commits made can be read in the feed.",
        )


def keeps_older(store: Store) -> bool:
    """Tell whether older states can be read."""
    return not isinstance(store.engine, Watched | RemoteEngine)
