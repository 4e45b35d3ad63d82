"""Who asks, when a proxy asks for somebody: the customary X-Forwarded header fields.

A field is believed only as far as trusted proxies wrote it: each appends the address that
it was asked from, so what is right of the first address that is no proxy of ours is true.
"""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network
    Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

_PARTY_BITS = 64
"""Whoever has one IPv6 address usually has all that begin with the same 64 bits."""
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](?::[0-9]{1,5})?")


def is_trusted(address: str, trusted: Sequence[Network]) -> bool:
    """Tell whether an address is one of our own proxies."""
    found = _address(address) if trusted else None
    return found is not None and any(found in network for network in trusted)


def client_of(peer: str, forwarded_for: str, trusted: Sequence[Network]) -> str:
    """Return the address that a request comes from.

    Args:
        peer: the other end of the connection.
        forwarded_for: the header X-Forwarded-For, all its fields joined by commas.
        trusted: our own proxies.

    Example:
        >>> ours = [ipaddress.ip_network("10.0.0.0/8")]
        >>> client_of("10.0.0.1", "6.6.6.6, 203.0.113.7, 10.0.0.2", ours)
        '203.0.113.7'
        >>> client_of("203.0.113.9", "6.6.6.6", ours)
        '203.0.113.9'

    """
    client = peer
    for told in reversed(forwarded_for.split(",")):
        if not is_trusted(client, trusted):
            break
        found = _address(told)
        if found is None:
            break
        client = str(found)
    return client


def party_of(address: str) -> str:
    """Return whom an address counts for: itself, or its IPv6 network of 64 bits.

    Example:
        >>> party_of("2001:db8:1:2:3:4:5:6"), party_of("203.0.113.7")
        ('2001:db8:1:2::/64', '203.0.113.7')

    """
    found = _address(address)
    if not isinstance(found, ipaddress.IPv6Address):
        return address if found is None else str(found)
    return str(ipaddress.ip_network((found, _PARTY_BITS), strict=False))


def host_of(forwarded_host: str) -> str:
    """Return the host that a proxy was asked for, with its port; empty if the field has none."""
    last = forwarded_host.rpartition(",")[2].strip()
    return last if _HOST.fullmatch(last) else ""


def scheme_of(forwarded_proto: str) -> str:
    """Return the scheme that a proxy was asked by; empty if the field has none."""
    last = forwarded_proto.rpartition(",")[2].strip().lower()
    return last if last in ("http", "https") else ""


def _address(text: str) -> Address | None:
    """Read an address, with a port or without; one of IPv4 written as IPv6 is one of IPv4."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
