"""Filters as people give them: by address, by code, by name, or by a part of one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import ontology
from graph.errors import BadInput, UnclearFilter
from graph.names import plain
from graph.nation_names import Called, NationNames

from .entities import SOURCE
from .words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from graph.names import Names

    from .entities import Entity
    from .index import SearchIndex
    from .question import Question

KINDS = {"nation": "Nation", "games": "Games", "sport": "Sport"}
"""What can be filtered by, and the class that it is of."""

_SURE = 0.98
_NEAR = 3
_OFFERED = 12
_SHORTEST_BEGINNING = 3


def filtered(index: SearchIndex, names: Names, question: Question) -> Question:
    """Return a question whose filters are addresses.

    A filter may be an address, the last part of one (``AZE``, ``2024-summer``, ``judo``), a
    name in any language, a part of a name that only one thing has (``taekwondo``), and for a
    nation an adjective or an everyday name.

    Raises:
        BadInput: naming the classes there are, if a kind is none of them.
        UnclearFilter: naming those that may be meant, if there are several or none.

    """
    for kind in question.kinds:
        _require_class(index, kind)
    return replace(
        question,
        nation=_address(index, names, "nation", question),
        games=_address(index, names, "games", question),
        sport=_address(index, names, "sport", question),
    )


def _require_class(index: SearchIndex, kind: str) -> None:
    """Raise an error unless a class is of the vocabulary, or one that a source brought along."""
    known = (*ontology.classes(), SOURCE)
    if kind.lower() not in map(str.lower, known) and not index.has_any(kind):
        raise BadInput(
            f"No kind of thing is called {kind!r}.", hint=f"The kinds are {', '.join(known)}."
        )


def _address(index: SearchIndex, names: Names, name: str, question: Question) -> str:
    text: str = getattr(question, name)
    key = text.removeprefix(f"{name}:")
    if not key or ":" in key:
        return key
    for own in (key, key.upper() if name == "nation" else key.lower()):
        address = f"{names.base}/id/{name}/{own}"
        if index.labels([address]):
            return address
    meant = _meant(key, name, index.things(KINDS[name]))
    if len(meant) == 1:
        return meant[0].iri
    near = [one.iri for one in meant]
    if not near:
        hits = index.find(key, kinds=(KINDS[name],), limit=_NEAR)
        same = [hit for hit in hits if hit.score >= _SURE]
        if len(same) == 1:
            return same[0].iri
        near = [hit.iri for hit in same or hits]
    labels = index.labels(near, question.languages)
    raise _unclear(name, text, list(labels.items()), several=bool(meant))


def _meant(text: str, name: str, things: Sequence[Entity]) -> list[Entity]:
    """Return the things that a text names, by the first way that finds any."""
    ways: list[Callable[[], list[Entity]]] = [
        lambda: [one for one in things if _is_name(text, one)],
        lambda: _nations(text, things) if name == "nation" else [],
        lambda: [one for one in things if _is_part(text, one, begins=False)],
        lambda: [one for one in things if _is_part(text, one, begins=True)],
    ]
    found = next(filter(None, (way() for way in ways)), [])
    widest = [one for one in found if name == "sport" and all(one.iri in o.sports for o in found)]
    return widest or found


def _nations(text: str, nations: Sequence[Entity]) -> list[Entity]:
    """Return the nations that a text means by another name, an adjective or a code."""
    called = (Called(_key(one.iri), tuple(s.text for s in one.spellings)) for one in nations)
    codes = NationNames(called).meant(text)
    return [one for one in nations if _key(one.iri) in codes]


def _is_name(text: str, thing: Entity) -> bool:
    return any(plain(text) == plain(spelling.text) for spelling in thing.spellings)


def _is_part(text: str, thing: Entity, *, begins: bool) -> bool:
    """Tell whether one name of a thing has all words of a text, or words that begin so."""
    asked = list(_words(text))
    return bool(asked) and any(
        all(
            word in words
            or (begins and len(word) >= _SHORTEST_BEGINNING and _any_begins(words, word))
            for word in asked
        )
        for words in (set(_words(spelling.text)) for spelling in thing.spellings)
    )


def _any_begins(words: set[str], beginning: str) -> bool:
    return any(word.startswith(beginning) for word in words)


def _words(text: str) -> Iterator[str]:
    return (word.plain for word in words_of(text))


def _unclear(
    name: str, text: str, near: Sequence[tuple[str, str]], *, several: bool
) -> UnclearFilter:
    what = {"nation": "nation", "games": "Games", "sport": "sport"}[name]
    offered = " or ".join(f"{label} ({_key(iri)})" for iri, label in near[:_OFFERED])
    hint = f"Did you mean {offered}?" if near else "Leave it out, or write it in another way."
    if several:
        message = f"{len(near)} {_plural(what)} may be meant by {text!r}."
    else:
        message = f"No {what} {'are' if name == 'games' else 'is'} called {text!r}."
    return UnclearFilter(message, hint=hint, name=name, meant=tuple(near[:_OFFERED]))


def _plural(what: str) -> str:
    return what if what.endswith("s") else f"{what}s"


def _key(iri: str) -> str:
    return iri.rpartition("/")[2]
