"""Marks as numbers: what a time, a length or a score comes to in the unit that it has."""

from __future__ import annotations

import re
from decimal import Decimal

from graph.names import XSD
from graph.terms import Literal, NamedNode

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?|\d+(?::\d+){1,2}(?:\.\d+)?")
_DECIMAL = NamedNode(XSD + "decimal")


def mark_value(text: str) -> Decimal | None:
    """Return a mark as a number, minutes and hours as seconds, or None if it is none.

    Example:
        >>> mark_value("2:03.40"), mark_value("-20"), mark_value("WO")
        (Decimal('123.40'), Decimal('-20'), None)

    """
    if not _NUMBER.fullmatch(text):
        return None
    value = Decimal(0)
    for part in text.split(":"):
        value = value * 60 + Decimal(part)
    return value


def decimal(value: Decimal) -> Literal:
    """Return a number as a literal of the graph."""
    return Literal(str(value), datatype=_DECIMAL)
