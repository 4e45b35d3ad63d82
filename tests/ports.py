"""Ports for the servers of tests: none of those that the system gives to clients meanwhile."""

from __future__ import annotations

import random
import socket
from contextlib import suppress

_NEVER_GIVEN = range(20_000, 32_000)
"""Clients get ports from 49152 on (RFC 6335, section 6), or from 32768 on from Linux.

A server may take seconds until it listens, and is killed and started again at its port: one
that a client were given would be taken then.
"""
_TRIED = 100


def free_port() -> int:
    """Return the number of a port that nobody listens at, and that no client gets.

    Raises:
        AssertionError: if there seems to be none.

    """
    for port in random.sample(_NEVER_GIVEN, _TRIED):
        with suppress(OSError), socket.create_server(("", port)):
            return port
    raise AssertionError(f"Somebody listens at each of {_TRIED} ports that were tried.")
