"""What is kept of each request: counted when its answer begins, and written down once sent."""

from __future__ import annotations

import logging
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .logs import FACTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from .metrics import Metrics

LOG = logging.getLogger("medalgraph.service")


def new_id() -> str:
    """Return what names one request."""
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request.

    Attributes:
        id: names it, in the answer and wherever it is spoken of.
        begun: the ``time.monotonic()`` at which it was taken up.
        client: its address.

    """

    id: str
    begun: float
    client: str
    method: str
    path: str

    def answered(self, metrics: Metrics, route: str, status: int) -> Callable[[], None]:
        """Count the answer, which begins now; return what writes it down, for when it was sent."""
        first_s = time.monotonic() - self.begun
        metrics.answered(route, self.method, status, first_s)

        def sent_off() -> None:
            spent = round((time.monotonic() - self.begun) * 1_000, 1)
            said = f"{self.client} {self.method} {self.path} {status}"
            facts = {
                "request_id": self.id,
                "client": self.client,
                "method": self.method,
                "path": self.path,
                "status": status,
                "milliseconds_to_answer": round(first_s * 1_000, 1),
                "milliseconds": spent,
            }
            LOG.info("%s in %g ms", said, spent, extra={FACTS: facts})

        return sent_off
