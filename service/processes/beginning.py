"""How a program of the service begins: with what it was started, behind its walls, and in touch.

The other side of ``children.Child.start``.
"""

from __future__ import annotations

import os
import socket
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.limits import Limits
from service.whereabouts import Whereabouts

from .channel import Channel
from .connecting import connections_from
from .sandbox import leave_signals_to_parent, wall_off_network, write_no_cores

if TYPE_CHECKING:
    from graph.engines.remote.given import Connect
    from graph.store import Store

    from .sandbox import Walls


@dataclass(frozen=True, slots=True)
class Begun:
    """What a program has when it begins.

    Attributes:
        given: what it was started with.
        walls: what it can no longer do.
        channel: to the process that started it.
        connect: gives connections to the engine of a remote store.

    """

    given: dict[str, Any]
    walls: Walls
    channel: Channel
    connect: Connect | None = None

    @property
    def where(self) -> Whereabouts:
        """Where the store is."""
        return Whereabouts.from_json(self.given["where"])

    def opened(self) -> Store:
        """Open the store.

        Raises:
            MedalgraphError: if it cannot be used at present.

        """
        return self.where.open(connect=self.connect)

    @property
    def limits(self) -> Limits:
        """What the service may take."""
        return Limits(**self.given["limits"])

    def greet(self) -> None:
        """Say that the program is there, and which walls it is behind."""
        self.channel.tell({"walls": self.walls.to_json()})


def begin(*, politeness: int = 0) -> Begun:
    """Go behind the walls, and return what the program was started with.

    No thread is started, for the sake of programs that fork.

    Args:
        politeness: how much the program stands back for others (nice).

    """
    number, *connector = map(int, sys.argv[1:])
    leave_signals_to_parent()
    write_no_cores()
    os.nice(politeness)
    walls, channel = wall_off_network(), Channel.of(number)
    connect = connections_from(socket.socket(fileno=connector[0])) if connector else None
    return Begun(channel.receive().told or {}, walls, channel, connect)
