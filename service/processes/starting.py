"""Starting the programs of a service: each is told where the store is and what it may take."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import asdict
from typing import TYPE_CHECKING

from graph.engines.remote.address import Address

from .children import Child
from .connecting import Connector

if TYPE_CHECKING:
    from types import TracebackType

    from service.limits import Limits
    from service.whereabouts import Whereabouts
    from service.wire.problem import Json


class Programs(AbstractContextManager["Programs"]):
    """Starts programs over one store.

    Args:
        where: the store, and the folder of what the service itself keeps.
        limits: what the programs may take.

    """

    def __init__(self, where: Whereabouts, limits: Limits) -> None:
        self.where, self.limits = where, limits
        self._connector = Connector(where.store) if isinstance(where.store, Address) else None

    def start(self, module: str) -> Child:
        """Start a program of this package, and wait until it says that it is there.

        Raises:
            WorkerLost: if it ends before that.

        """
        told: dict[str, Json] = {"where": self.where.to_json(), "limits": asdict(self.limits)}
        if self._connector is None:
            return Child.start(module, told)
        return Child.start(module, told, connector=self._connector.asking.fileno())

    def close(self) -> None:
        """Let nobody connect any more; the programs go on without."""
        if self._connector is not None:
            self._connector.close()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let nobody connect any more."""
        self.close()
