"""How a program of the service begins: with what it was started, behind its walls, and in touch.

The other side of ``children.Child.start``.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from service.limits import Limits

from .channel import Channel
from .sandbox import leave_signals_to_parent, wall_off_network, write_no_cores

if TYPE_CHECKING:
    from .sandbox import Walls


@dataclass(frozen=True, slots=True)
class Begun:
    """What a program has when it begins.

    Attributes:
        given: what it was started with.
        walls: what it can no longer do.
        channel: to the process that started it.

    """

    given: dict[str, Any]
    walls: Walls
    channel: Channel

    @property
    def place(self) -> Path:
        """The folder of the store."""
        return Path(self.given["place"])

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
    number, text = sys.argv[1:]
    leave_signals_to_parent()
    write_no_cores()
    os.nice(politeness)
    return Begun(json.loads(text), wall_off_network(), Channel.of(int(number)))
