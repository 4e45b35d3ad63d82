"""A remote store as the service reads it: each state was the newest when somebody asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.engines.remote.engine import RemoteEngine
from graph.errors import ChangedMeanwhile, MissingCapability

if TYPE_CHECKING:
    from graph.engines.remote.reader import RemoteReader


class PassingEngine(RemoteEngine):
    """Reads states that pass; one that is gone by now can be asked for again under a new number."""

    def read(self, version: int | None = None) -> RemoteReader:
        """Open the newest version.

        Raises:
            ChangedMeanwhile: if the store has left the one that is asked for.

        """
        try:
            return super().read(version)
        except MissingCapability as error:
            raise ChangedMeanwhile(
                f"The remote store has left the state of commit {version}.",
                address=self.address.text,
                hint="Ask again.",
            ) from error
