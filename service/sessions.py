"""Who is signed in with a browser: for a few hours a cookie stands for a token.

A session is kept in the memory of the service, by the hash of what its cookie says; it ends
with the service. The token is looked at again with each request, so that one that was
revoked or has expired ends what was signed in with it at once.

The errors of this file::

    AccessFault
        ForeignPage     a form that was not sent from a page of this service
        OldForm         a form that was not made for this sign-in
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .tokens import AccessFault

if TYPE_CHECKING:
    from collections.abc import Callable

    from .tokens import Token

PLACE = "/review"
IMPORTS = "/import"
PLACES = (PLACE, IMPORTS)
"""Below these addresses only a session counts, and the cookie is sent."""
LASTS_S = 8 * 3600
"""A working day; a steward signs in again each morning."""
_MOST = 1_000
"""So many are kept; of more the oldest ends."""
_SECRET_BYTES = 32


def is_for_sessions(path: str) -> bool:
    """Tell whether a session counts at an address."""
    return any(f"{path}/".startswith(f"{place}/") for place in PLACES)


class ForeignPage(AccessFault):
    """A form that was not sent from a page of this service."""


class OldForm(AccessFault):
    """A form that was not made for this sign-in, or came without its stamp."""


@dataclass(frozen=True, slots=True)
class Session:
    """One browser that brought a token.

    Attributes:
        token: the digest of the token; never the token itself.
        ends: the ``time.time()`` at which it is over.
        key: what its forms are stamped with.

    """

    token: str
    ends: float
    key: bytes

    def stamp(self, form: str) -> str:
        """Return what a form has to bring that was made for this browser, and no other form has."""
        return hmac.new(self.key, form.encode(), hashlib.sha256).hexdigest()

    def is_stamped(self, form: str, stamp: str) -> bool:
        """Tell whether a form brings its stamp, in constant time."""
        return hmac.compare_digest(self.stamp(form), stamp if stamp.isascii() else "")


class Sessions:
    """The sessions of one service.

    Args:
        clock: gives the ``time.time()``.

    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock, self._alone = clock, threading.Lock()
        self._known: dict[str, Session] = {}

    def begin(self, token: Token) -> str:
        """Begin a session and return what its cookie says, which is kept nowhere."""
        text = secrets.token_urlsafe(_SECRET_BYTES)
        key = secrets.token_bytes(_SECRET_BYTES)
        with self._alone:
            self._forget_old()
            self._known[_hashed(text)] = Session(token.digest, self._clock() + LASTS_S, key)
        return text

    def of(self, text: str) -> Session | None:
        """Return the session that a cookie names; None for one that is over or never was."""
        with self._alone:
            found = self._known.get(_hashed(text))
        return found if found is not None and found.ends > self._clock() else None

    def end(self, text: str) -> None:
        """End the session that a cookie names, if there is one."""
        with self._alone:
            self._known.pop(_hashed(text), None)

    def _forget_old(self) -> None:
        now = self._clock()
        over = [name for name, session in self._known.items() if session.ends <= now]
        kept = len(self._known) - len(over)
        others = [name for name in self._known if name not in set(over)]
        for name in over + others[: max(0, kept + 1 - _MOST)]:
            del self._known[name]


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
