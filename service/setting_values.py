"""What the text of a setting can mean; each function says in its error what the text is not."""

from __future__ import annotations

import ipaddress
import math
import re
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

from . import logs

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

_YES, _NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
_UNITS = {"": 1, "b": 1, "kib": 1 << 10, "mib": 1 << 20, "gib": 1 << 30, "tib": 1 << 40}
_UNITS |= {"kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12}
_SIZE = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,6})?)\s*([A-Za-z]{0,3})")


def path(text: str) -> Path:
    """Read a path of the file system."""
    return Path(text)


def secret(text: str) -> str:
    """Read a name with a password, or a token, as it is."""
    return text


def switch(text: str) -> bool:
    """Read yes or no."""
    value = text.lower()
    if value not in (*_YES, *_NO):
        raise ValueError("neither yes nor no")
    return value in _YES


def size(text: str) -> int:
    """Read a number of bytes, with a unit or without; more than none.

    Example:
        >>> size("2 GiB")
        2147483648

    """
    if not (bytes_ := room(text)):
        raise ValueError("no number of bytes")
    return bytes_


def room(text: str) -> int:
    """Read a number of bytes, with a unit or without; 0 for none."""
    found = _SIZE.fullmatch(text)
    unit = found.group(2).lower() if found else ""
    if not found or unit not in _UNITS:
        raise ValueError("no number of bytes")
    return int(float(found.group(1)) * _UNITS[unit])


def seconds(text: str) -> float:
    """Read a number of seconds, more than none."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value < math.inf:
        raise ValueError("no number of seconds")
    return value


def count(text: str) -> int:
    """Read how many, at least one."""
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0):  # noqa: PLR2004
        raise ValueError("no number of one or more")
    return int(text)


def address(text: str) -> str:
    """Read a scheme and host, without a path."""
    value = text.rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path:
        raise ValueError("no scheme and host; a path goes into base_path")
    return value


def base_path(text: str) -> str:
    """Read a path of an address; it begins with a slash and does not end with one."""
    value = text.strip("/")
    if any(sign in value for sign in " ?#<>\"'\\"):
        raise ValueError("no path of an address")
    return f"/{value}" if value else ""


def networks(text: str) -> tuple[Network, ...]:
    """Read internet addresses, or ranges of them, with commas between."""
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise ValueError("no list of internet addresses") from error


def log_form(text: str) -> str:
    """Read how a log is written."""
    if text.lower() not in (logs.TEXT, logs.JSON):
        raise ValueError("neither text nor json")
    return text.lower()


EXAMPLES: dict[object, str] = {
    path: "/srv/medalgraph/store",
    secret: "NAME:PASSWORD, or Bearer TOKEN",
    switch: "yes or no",
    size: "64MiB",
    room: "256MiB, or 0 for none",
    seconds: "2.5",
    count: "8",
    log_form: "json",
    address: "https://medals.example.org",
    base_path: "/medals",
    networks: "127.0.0.1, 10.0.0.0/8",
}
"""How a value of each kind is written."""
