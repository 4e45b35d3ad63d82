"""Where the states come from that readers read: a folder on this machine, or a remote engine."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from graph.engines.snapshots import SnapshotEngine
from graph.errors import AnswerCut, EngineProblem
from service.passing import PassingEngine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from graph.change import Change
    from graph.engines.base import Commit, Engine, Reader
    from graph.engines.replica import Replica
    from graph.prologue import Prologue


class States(Protocol):
    """What the program that forks readers asks of an engine; nothing here starts a thread."""

    @property
    def prologue(self) -> Prologue:
        """What holds for queries before they declare anything."""

    def newest(self) -> int:
        """Return the number of the newest state."""

    def read(self, version: int) -> Reader:
        """Open a state; only in a process that forks no more."""

    def dump(self, version: int, out: IO[bytes], *, most: int) -> bool:
        """Write a state as N-Quads; only in a process that forks no more.

        Args:
            version: the state, or one that ``settle`` leads on from.
            out: takes the record and every named graph.
            most: how many statements it may have.

        Returns:
            Whether it has not more.

        """

    def settle(self, held: Replica) -> None:
        """Make what was dumped exact, at its version or a later one."""

    def commit(self, number: int) -> Commit:
        """Return what is known of a commit."""

    def changes(self, first: int, last: int) -> Iterator[Change]:
        """Yield the changes of commits in parts that fit in memory."""


def states_of(engine: Engine) -> States:
    """Return the states that an engine keeps."""
    if isinstance(engine, PassingEngine):
        return _Far(engine)
    if isinstance(engine, SnapshotEngine):
        return _OnDisk(engine)
    raise TypeError("A state in the memory of one process can be read in no other.")


class _OnDisk:
    """Snapshots: a store on disk has threads, once it is open."""

    def __init__(self, engine: SnapshotEngine) -> None:
        self._engine = engine
        self.prologue, self.newest = engine.prologue, engine.newest
        self.commit, self.changes = engine.commit, engine.changes

    def read(self, version: int) -> Reader:
        """Open a snapshot; an older state is rebuilt."""
        return self._engine.read(version)

    def dump(self, version: int, out: IO[bytes], *, most: int) -> bool:
        """Write a snapshot, which nobody changes."""
        with self._engine.read(version) as state:
            if len(state) > most:
                return False
            state.dump(out)
        return True

    def settle(self, held: Replica) -> None:
        """Do nothing: what was dumped is exact."""


_NEEDED_TO_READ = ("row_limit", "describes_subjects", "altered")
"""What must be known of an engine before an answer of it is given on."""


class _Far:
    """A remote engine, which has the newest state only, and may leave it at any moment."""

    def __init__(self, engine: PassingEngine) -> None:
        self._engine = engine
        # Found out here, once, for all that are forked from this process.
        with suppress(EngineProblem):
            for name in _NEEDED_TO_READ:
                getattr(engine.can, name)
        self.prologue, self.newest = engine.prologue, engine.newest
        self.commit, self.changes = engine.commit, engine.changes

    def read(self, version: int) -> Reader:
        """Open the newest state.

        Raises:
            ChangedMeanwhile: if that is another one by now.

        """
        return self._engine.read(version)

    def dump(self, version: int, out: IO[bytes], *, most: int) -> bool:
        """Write what the engine gives while others may write; see ``RemoteReader.dump``."""
        del version  # of the newest state all is true that no commit since has changed
        with self._engine.read() as state:
            if len(state) > most:
                return False
            state.dump(out)
        return True

    def settle(self, held: Replica) -> None:
        """Make the changes that came during the dump, and count.

        Raises:
            AnswerCut: if the engine has left out a part.

        """
        with self._engine.read() as state:
            held.follow(self.changes(held.version + 1, state.version), version=state.version)
            if len(held) != len(state):
                raise AnswerCut(
                    f"The remote store gives {len(held):,} of its {len(state):,} statements.",
                    address=self._engine.address.text,
                    hint="Let the engine give longer answers.",
                )
