"""A remote state copied onto this machine's disk, for changes that are too large for memory."""

from __future__ import annotations

import tempfile
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from graph.engines.base import CommitInfo
from graph.engines.snapshots import SnapshotEngine
from graph.errors import MissingCapability

if TYPE_CHECKING:
    from graph.change import Change
    from graph.engines.base import Commit
    from graph.engines.drafting import SnapshotDraft

    from .layout import State
    from .session import Session

MOST_COPIED = 5_000_000
"""How many statements may be there already when many more are to be added and checked."""


class LocalCopy:
    """An embedded store in a temporary folder, with a draft that begins as the remote state.

    Args:
        session: asks the engine.
        state: what to copy.
        pending: what was changed since.

    Raises:
        MissingCapability: if the state is too large to be copied.

    """

    def __init__(self, session: Session, state: State, pending: Change) -> None:
        if state.total > MOST_COPIED:
            raise MissingCapability(
                f"The remote store holds {state.total:,} statements; to check a large change"
                f" against them, {MOST_COPIED:,} at most can be copied here.",
                hint="Make the change in parts of fewer statements, which are checked around"
                " what they touch, or make a new store"
                " in a folder and bring it into an empty engine with: medalgraph engine-file.",
            )
        self._folder = tempfile.TemporaryDirectory(prefix="medalgraph-")
        self.engine = SnapshotEngine.create(
            Path(self._folder.name) / "store", base=state.base, keep=1
        )
        if state.total:
            with self.engine.draft() as copied:
                quads = (session.graph(graph, count) for graph, count in state.quads.items())
                copied.bulk_add(chain.from_iterable(quads))
                copied.publish(CommitInfo())
        self.draft: SnapshotDraft = self.engine.draft()
        if not pending.is_empty:
            self.draft.apply(pending)

    def publish(self, info: CommitInfo) -> Commit:
        """Make the draft a commit of the copy."""
        return self.draft.publish(info)

    def close(self) -> None:
        """Remove the copy."""
        self.engine.close()
        self._folder.cleanup()
