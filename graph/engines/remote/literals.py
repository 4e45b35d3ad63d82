"""Kinds of literals that some engine gives back altered, refuses, or cannot find again.

Virtuoso keeps numbers, times and durations as values of SQL: it makes an integer of the
decimal 1, counts years before the first without a zero, and takes no duration. A literal
of a kind that an engine does not keep exactly travels under a datatype of the house, which
no engine interprets, with its own datatype at the end. It comes back as it was; what the
engine cannot do with it is compare it by value, or order it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from graph.names import XSD
from graph.terms import Literal, NamedNode

from .layout import HOUSE

if TYPE_CHECKING:
    from collections.abc import Iterable

SPACE = f"{HOUSE}as/"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_GEO = "http://www.opengis.net/ont/geosparql#"
_DECIMALS, _FLOATS = ("decimal",), ("double", "float")
_WHOLE = ("integer",)
_DATES = ("date", "dateTime", "dateTimeStamp", "gYear", "gYearMonth")
_TIMES = ("time",)
_DURATIONS = ("duration", "dayTimeDuration", "yearMonthDuration")
_NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN"
_ZONE = r"(?:Z|[+-][0-9]{2}:[0-9]{2})"
_DAY = rf"-?[0-9]{{4,}}(?:-[0-9]{{2}}){{0,2}}(?:T[0-9:.]+)?{_ZONE}?"


@dataclass(frozen=True, slots=True)
class Kind:
    """Literals that an engine keeps all or not at all.

    Attributes:
        name: in words, for a person.
        datatypes: their full names.
        form: the regular expression of the texts that are meant, from end to end.
        samples: one of each that matters.

    """

    name: str
    datatypes: frozenset[str]
    form: re.Pattern[str]
    samples: tuple[Literal, ...]

    def has(self, literal: Literal) -> bool:
        """Tell whether a literal is of this kind."""
        return (
            literal.datatype.value in self.datatypes
            and self.form.fullmatch(literal.value) is not None
        )


def _kind(name: str, datatypes: Iterable[str], form: str, *samples: str, space: str = XSD) -> Kind:
    types = [space + datatype for datatype in datatypes]
    return Kind(
        name,
        frozenset(types),
        re.compile(form, re.DOTALL),
        tuple(Literal(text, datatype=NamedNode(each)) for text in samples for each in types),
    )


BEYOND_31_BITS = _kind(
    "integers beyond 31 bits", _WHOLE, r"[+-]?[0-9]{10,18}", "2147483648", "999999999999999999"
)
INFINITE = _kind("infinite numbers", _FLOATS, r"[+-]?INF", "INF", "-INF")
"""A part of the floating-point numbers, which a loader may read otherwise than the rest."""
_PARTS_OF_DATES = ("gMonth", "gMonthDay", "gDay")
KINDS = (
    _kind("whole decimals", _DECIMALS, r"[+-]?[0-9]+", "1", "-100"),
    _kind("decimals", _DECIMALS, r"[+-]?[0-9]{1,15}\.[0-9]{1,15}", "1.5", "0.1", "-0.05"),
    _kind(
        "decimals of more than fifteen digits",
        _DECIMALS,
        r"[+-]?(?:[0-9]{16,}\.[0-9]+|[0-9]*\.[0-9]{16,})",
        *("0.000000000000000001", "123456789012345678.5"),
    ),
    BEYOND_31_BITS,
    _kind(
        "integers beyond 63 bits",
        _WHOLE,
        r"[+-]?[0-9]{19,}",
        *("9223372036854775807", "123456789012345678901234567890"),
    ),
    _kind(
        "floating-point numbers",
        _FLOATS,
        rf"(?!NaN$)(?:{_NUMBER})",
        *("1.5", "10000000000", "0.1", "-0", "0.000001", "INF", "-INF"),
    ),
    _kind("dates", ("date",), r"[0-9]{4}-[0-9-]+", "2024-07-26", "0776-01-01"),
    _kind(
        "dates with a time zone",
        ("date",),
        rf"[0-9]{{4}}-[0-9-]+{_ZONE}",
        *("2024-07-26Z", "2024-07-26+02:00"),
    ),
    _kind(
        "dates with a time",
        ("dateTime", "dateTimeStamp"),
        r"[0-9]{4}-.*",
        *("2024-07-26T19:30:00Z", "2024-07-26T19:30:00.123456+02:00"),
    ),
    _kind("years", ("gYear",), r"[0-9]{4}", "2024"),
    _kind("months", ("gYearMonth",), r"[0-9]{4}-[0-9]{2}", "2024-07"),
    _kind("years before the first", _DATES, r"-.*", "-0776-01-01", "-0776"),
    _kind("years of five digits", _DATES, r"[0-9]{5,}.*", "12024-01-01", "12024"),
    _kind("days and months of no year", _PARTS_OF_DATES, r".*", "--07-26", "--07", "---26"),
    _kind("times of day", _TIMES, r".*", "19:30:00", "19:30:00.25+02:00"),
    _kind("durations", _DURATIONS, r".*", "PT9.58S", "P1Y2M", "-PT1H"),
    _kind("numbers that are none", (*_DECIMALS, *_WHOLE, *_FLOATS), rf"(?!(?:{_NUMBER})$).*", "x"),
    _kind("dates that are none", _DATES, rf"(?!(?:{_DAY})$).*", "soon", "2024-13-45"),
    _kind("truth values that are none", ("boolean",), r"(?!(?:true|false|1|0)$).*", "maybe"),
    _kind("other XML Schema types", ("hexBinary", "base64Binary", "anyURI"), r".*", "0aFF", "a b"),
    _kind("geometries", ("wktLiteral",), r".*", "POINT(2.35 48.85)", space=_GEO),
    _kind("XML and HTML", ("XMLLiteral", "HTML"), r".*", "<b>x</b>", "<p>x & y", space=_RDF),
    _kind("JSON", ("JSON",), r".*", '{"a": 1}', space=_RDF),
)
NOT_A_NUMBER = _kind("floating-point numbers without a value", _FLOATS, r"NaN", "NaN")
"""Is never given to an engine, not even to try: it is equal to nothing, itself included, so that
Virtuoso can neither sort it nor delete it, and no longer finds what lies beside it in an index."""


@cache
def _by_datatype() -> dict[str, tuple[Kind, ...]]:
    found: dict[str, tuple[Kind, ...]] = {}
    for kind in (*KINDS, NOT_A_NUMBER):
        for datatype in kind.datatypes:
            found[datatype] = (*found.get(datatype, ()), kind)
    return found


def kinds_of(literal: Literal) -> tuple[Kind, ...]:
    """Return the kinds that a literal is of; most are of none.

    Example:
        >>> nine = Literal("PT9.58S", datatype=NamedNode(XSD + "duration"))
        >>> [kind.name for kind in kinds_of(nine)]
        ['durations']

    """
    possible = _by_datatype().get(literal.datatype.value)
    return tuple(kind for kind in possible if kind.has(literal)) if possible else ()


def disguised(literal: Literal) -> Literal:
    """Return a literal under a datatype that no engine interprets."""
    return Literal(
        literal.value, datatype=NamedNode(SPACE + quote(literal.datatype.value, safe=""))
    )


def undisguised(literal: Literal) -> Literal:
    """Return the literal that was disguised so, or the literal itself.

    Example:
        >>> nine = Literal("PT9.58S", datatype=NamedNode(XSD + "duration"))
        >>> undisguised(disguised(nine)) == nine
        True

    """
    datatype = literal.datatype.value
    if not datatype.startswith(SPACE):
        return literal
    return Literal(literal.value, datatype=NamedNode(unquote(datatype[len(SPACE) :])))
