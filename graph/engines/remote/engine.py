"""The engine over HTTP: versions of a graph on any store that speaks SPARQL 1.1.

The engine keeps the newest state, and every change that led to it; older states it does
not keep. Nobody holds a lock while a change is made: of two changes made for the same state
the second is refused, and can be made again.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from graph.engines.base import Engine
from graph.errors import (
    MissingCapability,
    NotFound,
    StoreExists,
    StoreLocked,
    WriteConflict,
)
from graph.names import DEFAULT_BASE, Names
from graph.prologue import house_prologue
from graph.terms import iri

from . import publishing, records
from .client import READ_S, Client
from .draft import RemoteDraft
from .layout import ABSENT, STATE, State
from .reader import RemoteReader
from .session import Session, missing, state_at
from .turns import turn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.change import Change
    from graph.engines.base import Commit
    from graph.prologue import Prologue

    from .address import Address
    from .capabilities import Capabilities
    from .given import Connect


class RemoteEngine(Engine):
    """A store of versions in a remote engine; ``create`` and ``open`` make one.

    It holds no thread and no lock; a process that is forked off may go on with it.

    Args:
        client: speaks with the engine.
        base: the base IRI that the store says.

    """

    def __init__(self, client: Client, *, base: str) -> None:
        self._session = Session(client, base)
        self._base = base
        self._prologue = house_prologue(Names(base))
        self._draft: RemoteDraft | None = None

    @classmethod
    def create(cls, address: Address, *, base: str = DEFAULT_BASE) -> RemoteEngine:
        """Make an empty store in an engine that has none.

        Raises:
            StoreExists: if there is one.
            BadTerm: if the base is not an IRI.
            EngineUnreachable: if nobody answers.
            MissingCapability: if the engine takes no changes, or lacks what a store needs.

        """
        client = Client(address)
        begun = State(base=iri(base).value.rstrip("/"))
        triples = " ".join(sorted(begun.triples()))
        if state_at(client) is None:
            session = Session(client, begun.base)
            session.can.require()
            with turn(session) as mine:
                client.update(
                    f"INSERT {{ GRAPH {STATE} {{ {triples} }} }} WHERE {{ {mine} {ABSENT} }}"
                )
        found = state_at(client)
        if found is None or found.mark != begun.mark:
            client.close()
            raise StoreExists(f"There is a store at {address.text} already.", path=address.text)
        return cls(client, base=begun.base)

    @classmethod
    def open(
        cls, address: Address, *, read_s: float = READ_S, connect: Connect | None = None
    ) -> RemoteEngine:
        """Open a store.

        Args:
            address: where the engine is.
            read_s: how many seconds the engine may say nothing.
            connect: gives connections, where this process makes none of its own.

        Raises:
            StoreMissing: if there is none.
            EngineUnreachable: if nobody answers.

        """
        client = Client(address, read_s=read_s, connect=connect)
        try:
            state = state_at(client)
        except BaseException:
            client.close()
            raise
        if state is None:
            client.close()
            raise missing(address.text)
        return cls(client, base=state.base)

    @property
    def base(self) -> str:
        """The base IRI under which the store mints its own."""
        return self._base

    @property
    def can(self) -> Capabilities:
        """What the engine behind the store can do."""
        return self._session.can

    @property
    def address(self) -> Address:
        """Where the engine is."""
        return self._session.client.address

    @property
    def requests(self) -> int:
        """How many requests were made."""
        return self._session.client.requests

    @property
    def history(self) -> records.RemoteRecords:
        """The commit records, as they are kept there."""
        return records.RemoteRecords(self._session)

    def newest(self) -> int:
        """Return the number of the newest version."""
        return self._session.state().number

    def newest_mark(self) -> tuple[int, str]:
        """Return the number of the newest version, and the mark that no other store has."""
        state = self._session.state()
        return state.number, state.mark

    def mark_of(self, number: int) -> str | None:
        """Return the mark of a commit; None if there is none of this number."""
        return records.mark_of(self._session, number)

    def read(self, version: int | None = None) -> RemoteReader:
        """Open the newest version; see ``Engine.read``.

        Raises:
            NotFound: if there is no such commit.
            MissingCapability: for an older version.

        """
        state = self._session.state()
        if version is not None:
            _check_number(version, state.number)
            if version < state.number:
                raise MissingCapability(
                    f"The remote store keeps only its newest version, {state.number}, so version"
                    f" {version} cannot be read.",
                    hint="History, differences between versions and undoing work.",
                )
        return RemoteReader(
            self._session, state, prologue=self._prologue, pinned=version is not None
        )

    def draft(self, *, expected: int | None = None) -> RemoteDraft:
        """Begin a change; see ``Engine.draft``.

        Other programs may begin one as well; the first that publishes wins.

        Raises:
            StoreLocked: if this program has begun one already.
            WriteConflict: if ``expected`` is given and is not the newest version.

        """
        if self._draft is not None:
            raise StoreLocked(path=self.address.text, pid=os.getpid(), command="this program")
        state = self._session.state()
        if expected is not None and expected != state.number:
            raise WriteConflict(expected=expected, found=state.number)
        self._draft = RemoteDraft(self._session, state, prologue=self._prologue, engine=self)
        return self._draft

    def release(self) -> None:
        """Let another draft be opened. Called by the draft."""
        self._draft = None

    def commits(self, *, newest_first: bool = True) -> Iterator[Commit]:
        """Yield what is known of each commit."""
        newest = self.newest()
        numbers = range(newest, 0, -1) if newest_first else range(1, newest + 1)
        return records.read_commits(self._session, numbers)

    def commit(self, number: int) -> Commit:
        """Return what is known of one commit, or raise NotFound."""
        _check_number(number, self.newest(), first=1)
        return next(records.read_commits(self._session, range(number, number + 1)))

    def change(self, number: int) -> Change:
        """Return the exact change of one commit, or raise NotFound."""
        return records.read_change(self._session, self.commit(number))

    def rows(self, number: int) -> Iterator[bytes]:
        """Yield the rows of a commit; see ``Engine.rows``."""
        _check_number(number, self.newest(), first=1)
        yield from records.rows(self._session, number)

    def changes(self, first: int, last: int) -> Iterator[Change]:
        """Yield the changes of commits ``first`` to ``last``, in order."""
        return map(self.change, range(first, last + 1))

    @property
    def prologue(self) -> Prologue:
        """What holds for queries before they declare anything."""
        return self._prologue

    def sweep(self) -> None:
        """Remove what changes that were never finished have left in the engine.

        Only while nobody else is making a large change.
        """
        publishing.sweep(self._session)

    def close(self) -> None:
        """Forget an open draft, and close the connections."""
        if self._draft is not None:
            self._draft.discard()
        self._session.client.close()


def _check_number(number: int, newest: int, *, first: int = 0) -> None:
    if not first <= number <= newest:
        raise NotFound(
            f"There is no commit {number}; the newest is {newest}.",
            hint="List them with: medalgraph history",
        )
