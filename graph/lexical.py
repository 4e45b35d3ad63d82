"""How the embedded engine spells a literal when it keeps it.

pyoxigraph keeps numbers, times and durations as values and writes them in its own way
again: "007"^^xsd:integer comes back as "7", "1.10"^^xsd:decimal as "1.1". A change is
exact only if it spells terms as the store will, so each is spelled so beforehand.
A mark that must keep its published spelling belongs in a string.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

from pyoxigraph import Store

from .errors import BadTerm
from .names import XSD
from .terms import Literal, NamedNode, Quad

_NUMBERS = (
    *("decimal", "integer", "double", "float", "byte", "short", "int", "long"),
    *("unsignedByte", "unsignedShort", "unsignedInt", "unsignedLong", "positiveInteger"),
    *("nonNegativeInteger", "nonPositiveInteger", "negativeInteger"),
)
_TIMES = (
    *("date", "time", "dateTime", "dateTimeStamp", "gYear", "gYearMonth", "gMonth", "gMonthDay"),
    *("gDay", "duration", "dayTimeDuration", "yearMonthDuration"),
)
LIMIT_CHARACTERS = 1 << 20
"""The longest IRI or literal: a parser stops at 16 MiB, and one sign can take six bytes there."""
REWRITTEN = frozenset(XSD + name for name in ("boolean", *_NUMBERS, *_TIMES))
"""Datatypes whose literals the engine keeps as values; all others keep every character."""

_SHOWN = 40
_ANY = NamedNode("urn:x")


def as_stored(quad: Quad) -> Quad:
    """Return the quad as the store will give it back.

    Raises:
        BadTerm: for a term that is too long to be read again from a file.

    Example:
        >>> seven = Literal("007", datatype=NamedNode(XSD + "integer"))
        >>> as_stored(Quad(_ANY, _ANY, seven)).object.value
        '7'

    """
    refuse_long(quad)
    return spelled(quad)


def spelled(quad: Quad) -> Quad:
    """Return the quad with its literal as the store spells it, however long its terms are."""
    value = quad.object
    if not isinstance(value, Literal) or value.datatype.value not in REWRITTEN:
        return quad
    kept = _kept(value)
    return quad if kept == value else Quad(quad.subject, quad.predicate, kept, quad.graph_name)


def spelled_literal(literal: Literal) -> Literal:
    """Return the literal as the store spells it."""
    return _kept(literal) if literal.datatype.value in REWRITTEN else literal


def digest(text: str) -> bytes:
    """Return what stands for a quad where so many are remembered that they would fill memory.

    Args:
        text: the quad, as ``str`` writes it.

    """
    return blake2b(text.encode(), digest_size=16).digest()


def refuse_long(quad: Quad) -> None:
    """Raise BadTerm for a term that is too long to be read again from a file."""
    for term in (quad.object, quad.subject, quad.predicate, quad.graph_name):
        text = getattr(term, "value", "")
        if len(text) > LIMIT_CHARACTERS:
            raise BadTerm(
                f"A term has {len(text):,} characters; {LIMIT_CHARACTERS:,} are possible."
                f" It begins with {text[:_SHOWN]!r}.",
                value=text[:_SHOWN],
                hint="Keep long texts elsewhere, and state their addresses.",
            )


@lru_cache(maxsize=4096)
def _kept(literal: Literal) -> Literal:
    store = Store()
    store.add(Quad(_ANY, _ANY, literal))
    found = next(iter(store)).object
    return found if isinstance(found, Literal) else literal
