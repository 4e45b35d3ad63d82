"""How long the tests wait for what must happen: only what never comes is a failure."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE_S = 240.0
"""Nobody waits so long on a machine that is free; one that does ten other things may need it."""


def wait_for(happened: Callable[[], object], what: str) -> None:
    """Return once something has happened.

    Raises:
        AssertionError: if it does not.

    """
    until = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < until, f"It never happened that {what}."
        time.sleep(0.02)
