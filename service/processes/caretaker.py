"""Looking after something for as long as it is needed, in a thread of its own."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from graph.errors import MedalgraphError

from .children import LOG

if TYPE_CHECKING:
    from collections.abc import Callable

ROUND_S = 1.0
"""How often it is looked whether another program has made a commit."""


class Caretaker:
    """Looks after something every second, and as soon as it is woken, until it is closed.

    Args:
        what: is looked after, for the log.
        look_after: does it once; whatever it meets is logged, once
            while it stays the same, and it is done again.

    """

    def __init__(self, what: str, look_after: Callable[[], None]) -> None:
        self._what, self._look_after = what, look_after
        self._wake = threading.Event()
        self._wrong = ""
        self._thread = threading.Thread(target=self._keep_up, name=what, daemon=True)
        self.is_closed = False

    def start(self) -> None:
        """Begin to look after it."""
        self._thread.start()

    def wake(self) -> None:
        """Let it be looked after soon."""
        self._wake.set()

    def close(self) -> None:
        """Let the present round be the last; ``join`` waits for its end."""
        self.is_closed = True
        self._wake.set()

    def join(self) -> None:
        """Return when the last round is over."""
        self._thread.join()

    def _keep_up(self) -> None:
        while not self.is_closed:
            try:
                self._look_after()
                self._wrong = ""
            except MedalgraphError as error:
                if str(error) != self._wrong:
                    LOG.warning("%s: %s", self._what, error)
                self._wrong = str(error)
            except Exception:  # noqa: BLE001 - it goes on, whatever it meets
                LOG.exception("%s could not be looked after", self._what)
            self._wake.wait(ROUND_S)
            self._wake.clear()
