"""Property paths as SPARQL writes them (section 9.1), read from tokens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from graph.errors import BadInput
from graph.names import RDF_TYPE
from graph.terms import NamedNode

if TYPE_CHECKING:
    from .query_tokens import Tokens


@dataclass(frozen=True, slots=True)
class Link:
    """One property of a set, or any if None; backwards if ``inverse``."""

    predicates: frozenset[NamedNode] | None
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """One path after another."""

    parts: tuple[Walk, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One path or another."""

    parts: tuple[Walk, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """One link any number of times, none included."""

    link: Link


Walk: TypeAlias = Link | Sequence | Either | Repeated


def read_path(tokens: Tokens) -> Walk:
    """Read a path, and leave the tokens behind it.

    Raises:
        BadInput: for a repeated path that holds more than plain properties.

    """
    parts = [_sequence(tokens)]
    while tokens.take("|"):
        parts.append(_sequence(tokens))
    return _either(parts)


def _sequence(tokens: Tokens) -> Walk:
    parts = [_element(tokens)]
    while tokens.take("/"):
        parts.append(_element(tokens))
    return parts[0] if len(parts) == 1 else Sequence(tuple(parts))


def _element(tokens: Tokens) -> Walk:
    if tokens.take("^"):
        return _backwards(_element(tokens))
    found = _primary(tokens)
    if tokens.take("*", "+", "?"):
        if not isinstance(found, Link):
            raise BadInput("its repeated paths may hold plain properties only")
        return Repeated(found)
    return found


def _primary(tokens: Tokens) -> Walk:
    if tokens.take("("):
        inside = read_path(tokens)
        tokens.take(")")
        return inside
    if tokens.take("!"):
        return _any_but(tokens)
    if tokens.take("a"):
        return Link(frozenset({RDF_TYPE}))
    term = tokens.term()
    return Link(frozenset({term}) if isinstance(term, NamedNode) else None)


def _any_but(tokens: Tokens) -> Walk:
    """Read a negated property set, for which any property in either direction is taken."""
    if tokens.take("("):
        tokens.skip_to(")")
    else:
        tokens.take("^")
        tokens.next()
    return Either((Link(None), Link(None, inverse=True)))


def _either(parts: list[Walk]) -> Walk:
    """Return alternatives, those of one direction as one link."""
    links = [part for part in parts if isinstance(part, Link) and part.predicates is not None]
    if len(links) < len(parts) or len({link.inverse for link in links}) > 1:
        return parts[0] if len(parts) == 1 else Either(tuple(parts))
    every = frozenset(p for link in links for p in link.predicates or ())
    return Link(every, links[0].inverse)


def _backwards(walk: Walk) -> Walk:
    match walk:
        case Link(predicates, inverse):
            return Link(predicates, not inverse)
        case Repeated(link):
            return Repeated(Link(link.predicates, not link.inverse))
        case Sequence(parts):
            return Sequence(tuple(_backwards(part) for part in reversed(parts)))
        case Either(parts):
            return Either(tuple(_backwards(part) for part in parts))
