"""Connections by TLS that say so where the server at an https address speaks plain HTTP.

Such a server takes the beginning of TLS for a request that is not over yet and waits for the
rest of it, so a client would wait as well, and try again, until its patience is at an end.
"""

from __future__ import annotations

import re
import ssl
from typing import TYPE_CHECKING

from urllib3 import HTTPSConnectionPool
from urllib3.connection import HTTPSConnection
from urllib3.exceptions import HTTPError

if TYPE_CHECKING:
    from urllib3 import PoolManager

SOON_S = 1.0
"""How long TLS may take before it is tried whether the server speaks plain HTTP."""
_PLAIN_S = 2.0
"""How long the answer to that may take."""
_ASKED = b"HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
_PLAIN = re.compile(rb"HTTP/1\.[01] (?!400)[0-9]{3}")
"""Servers of TLS answer plain HTTP as well: that the request was a bad one."""


class NotEncrypted(HTTPError):
    """The server at an https address speaks HTTP without TLS; nothing was asked of it."""


class TlsConnection(HTTPSConnection):
    """A connection that finds out whether a server that does not take up TLS speaks HTTP."""

    def connect(self) -> None:
        """Connect; see ``urllib3.connection.HTTPSConnection``.

        Raises:
            NotEncrypted: if the server speaks HTTP without TLS.

        """
        patience_s: float | None = self.timeout
        try:
            self.timeout = SOON_S if patience_s is None else min(SOON_S, patience_s)
            super().connect()
        except ssl.SSLCertVerificationError:
            raise
        except (TimeoutError, ssl.SSLError) as error:
            self.close()
            if self._speaks_plain_http():
                raise NotEncrypted("the server there speaks HTTP without TLS") from None
            if isinstance(error, ssl.SSLError):
                raise
            self.timeout = patience_s
            super().connect()
        finally:
            self.timeout = patience_s

    def _speaks_plain_http(self) -> bool:
        try:
            with self._new_conn() as asked:
                asked.settimeout(_PLAIN_S)
                asked.sendall(_ASKED)
                return _PLAIN.match(asked.recv(len(b"HTTP/1.1 200"))) is not None
        except (OSError, HTTPError):
            return False


class TlsPool(HTTPSConnectionPool):
    """Connections of this kind to one host."""

    ConnectionCls = TlsConnection


def noticing_plain_http(manager: PoolManager) -> PoolManager:
    """Let a manager of connections make connections of this kind, and return it."""
    manager.pool_classes_by_scheme = {**manager.pool_classes_by_scheme, "https": TlsPool}
    return manager
