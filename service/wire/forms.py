"""Parameters as a form sends them: decoded once, as UTF-8, and never guessed at."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote_to_bytes

from .faults import BadRequest

if TYPE_CHECKING:
    from collections.abc import Sequence

Params: TypeAlias = "Sequence[tuple[str, str]]"
_DIGITS = 18


def decode(raw: bytes, *, what: str) -> str:
    """Return bytes as text, which is UTF-8 whatever a header says or omits.

    Raises:
        BadRequest: naming the offset, in bytes from 0, of the first byte that is not UTF-8.

    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(
            f"{what} is not UTF-8 text: the byte {raw[error.start]:02X}"
            f" at offset {error.start} does not belong there.",
            hint="Send it as UTF-8.",
        ) from error
    return text.removeprefix("\ufeff")


def pairs(raw: bytes) -> tuple[tuple[str, str], ...]:
    """Return the names and values of ``application/x-www-form-urlencoded``, in order.

    Raises:
        BadRequest: if a name or value is not UTF-8.

    Example:
        >>> pairs(b"query=ASK+%7B%7D&format=json")
        (('query', 'ASK {}'), ('format', 'json'))

    """
    return tuple(_pair(part) for part in raw.split(b"&") if part)


def one(params: Params, name: str) -> str | None:
    """Return the value of a parameter that may be given once, or None.

    Raises:
        BadRequest: if it is given more than once.

    """
    values = every(params, name)
    if len(values) > 1:
        raise BadRequest(
            f"The parameter {name!r} is given {len(values)} times.", hint="Give it once."
        )
    return values[0] if values else None


def every(params: Params, name: str) -> list[str]:
    """Return each value of a parameter that may be repeated."""
    return [value for key, value in params if key == name]


def switch(params: Params, name: str) -> bool:
    """Return a parameter that is true or false, and false when it is left out.

    Raises:
        BadRequest: if it is anything else.

    """
    said = (one(params, name) or "false").lower()
    if said not in ("true", "false"):
        raise BadRequest(f"{name}={said!r} is neither true nor false.")
    return said == "true"


def number(params: Params, name: str) -> int | None:
    """Return a parameter that is a whole number from 0, or None when it is left out.

    Raises:
        BadRequest: if it is anything else.

    """
    said = one(params, name)
    if said is not None and not (said.isascii() and said.isdigit() and len(said) <= _DIGITS):
        raise BadRequest(f"{name}={said!r} is no whole number.")
    return None if said is None else int(said)


def _pair(part: bytes) -> tuple[str, str]:
    name, _, value = (unquote_to_bytes(piece) for piece in part.replace(b"+", b" ").partition(b"="))
    key = decode(name, what="The name of a parameter")
    return key, decode(value, what=f"The value of the parameter {key!r}")
