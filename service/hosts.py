"""Which hosts are this very machine, so that nobody else can listen on the way."""

from __future__ import annotations

from ipaddress import ip_address


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine, as seen from itself.

    Example:
        >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("medals.example.org")
        (True, True, False)

    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
