"""The head of who writes: a private copy of the newest state, kept open from draft to draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from .workspace import Workspace


class Head:
    """The writable state of one version, made anew when another one is wanted.

    Args:
        copied: makes a copy of the state of a version.

    """

    def __init__(self, copied: Callable[[int], Workspace]) -> None:
        self._copied = copied
        self._workspace: Workspace | None = None
        self._version = -1

    def at(self, version: int) -> Workspace:
        """Return the head in the state of a version."""
        if self._version != version:
            self.throw_away()
        if self._workspace is None:
            self._workspace = self._copied(version)
            self._version = version
        return self._workspace

    def is_now(self, version: int) -> None:
        """Note that what was changed on the head made it the state of a version."""
        self._version = version

    def throw_away(self) -> None:
        """Remove the head; the next that is wanted is copied."""
        workspace, self._workspace = self._workspace, None
        if workspace is not None:
            workspace.close()
