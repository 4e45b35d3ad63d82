"""Answering once more where the store moved on while an answer was being made.

An engine that keeps the newest state only cannot finish an answer of a state that it has
left. The client asked for no state by its number, so the newer one is as good.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, request

from graph.errors import ChangedMeanwhile

from .answers import SAFE
from .context import current_service
from .faults import Relayed
from .problems import has_moved_on
from .watching import look_again

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

_TRIES = 4


class Application(Flask):
    """An application that makes an answer anew, of the state to which the store moved on."""

    def dispatch_request(self) -> ResponseReturnValue:
        """Return what the route answers."""
        for _ in range(_TRIES - 1 if request.method in SAFE else 0):
            try:
                return super().dispatch_request()
            except (ChangedMeanwhile, Relayed) as error:
                if not has_moved_on(error):
                    raise
                look_again(current_service().store)
        return super().dispatch_request()
