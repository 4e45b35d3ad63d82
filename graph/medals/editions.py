"""Finds the editions of the Games that a person means: by name, by key, or all of a kind."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from graph.errors import NotFound
from graph.names import RDF_TYPE, RDFS_LABEL, SKOS_ALT_LABEL, mg, plain, slug
from graph.spelling import name_key
from graph.terms import Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.engines.base import Reader

PART_OF = mg("partOf")


def edition_named(reader: Reader, text: str) -> NamedNode:
    """Return the Games with this name, IRI or end of it (``2024-summer-para``).

    Case, accents and the prefix ``games:`` do not matter, nor the order of the words of a name
    if there are no Games with the words in this order.

    Raises:
        NotFound: with the names that are most alike.

    """
    by_name = _names(reader)
    key = plain(text.removeprefix("games:"))
    found = by_name.get(text) or by_name.get(key) or _in_any_order(by_name).get(name_key(key))
    if found is None:
        near = difflib.get_close_matches(key, by_name, n=3) or _with_words(key, by_name)
        keys = dict.fromkeys(_key(by_name[name]) for name in near)
        hint = f"Did you mean {' or '.join(keys)}?" if keys else _there_are(by_name)
        raise NotFound(f"There are no Games {text!r}.", hint=hint)
    return found


def editions_of(reader: Reader, *kinds: NamedNode) -> list[NamedNode]:
    """Return the Games that are of every kind and season given, in the order of their IRIs.

    Example:
        >>> from graph.engines.memory import MemoryDraft
        >>> editions_of(MemoryDraft(), mg("Olympic"), mg("Summer"))
        []

    """
    games = {quad.subject for quad in reader.quads(None, RDF_TYPE, mg("Games"))}
    return sorted(
        (
            node
            for node in games
            if isinstance(node, NamedNode)
            and {quad.object for quad in reader.quads(node)}.issuperset(kinds)
        ),
        key=str,
    )


def with_parts(reader: Reader, editions: Iterable[NamedNode]) -> list[NamedNode]:
    """Return Games, each followed by those of another city that are part of them, once each."""
    found: dict[NamedNode, None] = {}
    for games in editions:
        found[games] = None
        parts = (quad.subject for quad in reader.quads(None, PART_OF, games))
        for part in sorted((part for part in parts if isinstance(part, NamedNode)), key=str):
            if mg("Games") in {quad.object for quad in reader.quads(part, RDF_TYPE)}:
                found[part] = None
    return list(found)


def whole_of(reader: Reader, games: NamedNode) -> NamedNode | None:
    """Return the Games that some are a part of, None for Games of their own."""
    wholes = (quad.object for quad in reader.quads(games, PART_OF))
    return min((whole for whole in wholes if isinstance(whole, NamedNode)), key=str, default=None)


def _names(reader: Reader) -> dict[str, NamedNode]:
    names: dict[str, NamedNode] = {}
    for quad in reader.quads(None, RDF_TYPE, mg("Games")):
        node = quad.subject
        if not isinstance(node, NamedNode):
            continue
        names[node.value] = names[slug(_key(node))] = node
        for prop in (RDFS_LABEL, SKOS_ALT_LABEL):
            for label in reader.quads(node, prop):
                if isinstance(label.object, Literal):
                    names.setdefault(plain(label.object.value), node)
    return names


def _in_any_order(by_name: dict[str, NamedNode]) -> dict[str, NamedNode]:
    return {name_key(name): node for name, node in by_name.items()}


def _with_words(key: str, by_name: Iterable[str]) -> list[str]:
    """Return a few names in which all the words asked for are, the last in order first."""
    words = set(key.split("-"))
    return sorted((name for name in by_name if words <= set(name.split("-"))), reverse=True)[:3]


def _there_are(by_name: dict[str, NamedNode]) -> str:
    keys = sorted({_key(node) for node in by_name.values()})
    more = f", and {len(keys) - 10} more" if len(keys) > 10 else ""  # noqa: PLR2004 - a line full
    return f"There are: {', '.join(keys[:10])}{more}." if keys else "The store has no Games yet."


def _key(node: NamedNode) -> str:
    return node.value.rpartition("/")[2]
