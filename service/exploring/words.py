"""Classes and groups of links in the words of a page: 47 participations with it as nation."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from graph.explore import OUT
from graph.names import MG, OUTSIDE_PREFIXES, REPLACES, property_words
from graph.terms import NamedNode
from service.vocabulary import label_of, words

if TYPE_CHECKING:
    from graph.explore import Way
    from graph.names import Names

SOURCE_KIND = NamedNode(OUTSIDE_PREFIXES["prov"] + "Entity")
_PLURALS = {"person": "people", "Games": "Games"}


def kind_words(kind: NamedNode | None, names: Names, size: int = 1) -> str:
    """Return what one or several things of a class are called.

    Example:
        >>> from graph.names import Names, mg
        >>> [kind_words(mg(name), Names(), 2) for name in ("Person", "Entry", "SportClass")]
        ['people', 'entries', 'sport classes']

    """
    if kind == SOURCE_KIND:
        label = "source"
    else:
        label = (label_of(kind) or names.short(kind)) if kind else "value"
    return label if size == 1 else _plural(label)


def group_words(way: Way, size: int, names: Names, only: str = "") -> str:
    """Return a group of links as a page names it.

    Args:
        way: the links.
        size: to how many things they lead.
        names: the names of the store.
        only: what is called the one thing to which they lead.

    Example:
        >>> from graph.explore import IN, OUT, Way
        >>> from graph.names import Names, mg
        >>> group_words(Way(IN, mg("nation"), mg("Tally")), 1204, Names())
        '1,204 tallies with it as nation'
        >>> group_words(Way(OUT, mg("athlete"), mg("Person")), 2, Names())
        'athlete: 2 people'
        >>> group_words(Way(OUT, mg("nation"), mg("Nation")), 1, Names(), "Brazil")
        'nation: Brazil'

    """
    told = property_words(way.property)
    if way.direction == OUT:
        return f"{told}: {only or f'{size:,} {kind_words(way.kind, names, size)}'}"
    return f"{size:,} {kind_words(way.kind, names, size)} with it as {told}"


@cache
def link_properties() -> tuple[str, ...]:
    """Return the IRIs of properties that lead from thing to thing: ours, and what replaces what."""
    classes = {word.iri for word in words().values() if word.kind == "class"}
    found = (
        word.iri
        for word in words().values()
        if word.kind == "property" and not classes.isdisjoint(word.ranges)
    )
    return (*sorted(found), REPLACES.value)


@cache
def thing_classes() -> tuple[str, ...]:
    """Return the IRIs of the classes of the vocabulary."""
    return tuple(iri for iri, word in words().items() if word.kind == "class" and MG in iri)


def _plural(label: str) -> str:
    if label in _PLURALS:
        return _PLURALS[label]
    if label.endswith("y") and label[-2:-1] not in "aeiou":
        return f"{label[:-1]}ies"
    return f"{label}es" if label.endswith(("s", "x", "ch", "sh")) else f"{label}s"
