"""What belongs to one edition of the Games: events, entries, results, awards, and who they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import NotFound
from graph.names import RDF, RDF_TYPE, RDFS_LABEL, SKOS_ALT_LABEL, mg, plain
from graph.terms import DEFAULT_GRAPH, Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import Subject

_GAMES = mg("Games")
_CLAIMED = NamedNode(RDF + "subject")
_PARTS: dict[object, tuple[NamedNode, ...]] = {
    _GAMES: (mg("games"), mg("partOf")),
    mg("Event"): (mg("event"),),
    mg("Entry"): (mg("entry"),),
    mg("Award"): (mg("award"),),
}
"""By which properties records say that they are a part of a thing, by the class of the thing."""
_NAMED = ("person", "nation", "place", "sport", "class", "org", "rule", "occasion", "graph")
"""Kinds of things that stand outside any Games, and are described with those that name them."""
_NEAR = 5


def games_named(reader: Reader, text: str, names: Names) -> NamedNode:
    """Return the Games that a person means: by key (``2024-summer-para``), name or IRI.

    Raises:
        NotFound: with Games of like names.

    """
    found = reader.quads(None, RDF_TYPE, _GAMES, DEFAULT_GRAPH)
    known = [quad.subject for quad in found if isinstance(quad.subject, NamedNode)]
    known.sort(key=str)
    start = names.of("games", "").value
    for games in known:
        if text in (games.value, games.value.removeprefix(start)):
            return games
    wanted = plain(text)
    fit = [games for games in known if wanted in set(_called(reader, games))]
    if len(fit) == 1:
        return fit[0]
    near = [games for games in known if set(wanted.split("-")) & set(_words(games))] or known
    listed = ", ".join(games.value.removeprefix(start) for games in near[:_NEAR])
    raise NotFound(
        f"There are no Games {text!r}." if not fit else f"{text!r} may be several Games.",
        hint=f"Use a key such as: {listed}." if listed else "The store has no Games.",
    )


def belongings(reader: Reader, games: NamedNode, names: Names) -> set[Subject]:
    """Return the Games, all records that belong to them, and all things that these name."""
    starts = tuple(f"{names.base}/id/{kind}/" for kind in _NAMED)
    found: set[Subject] = {games}
    todo: list[Subject] = [games]
    while todo:
        for node in _next_to(reader, todo.pop(), starts):
            if node not in found:
                found.add(node)
                todo.append(node)
    claims = reader.quads(None, _CLAIMED, graph=DEFAULT_GRAPH)
    return found | {claim.subject for claim in claims if claim.object in found}  # type: ignore[misc] # no statements about statements


def _next_to(reader: Reader, node: Subject, starts: tuple[str, ...]) -> Iterator[Subject]:
    """Yield the parts of a thing, and the things outside any Games that it names."""
    for quad in reader.quads(node):
        for value in (quad.object, quad.graph_name):
            if isinstance(value, NamedNode) and value.value.startswith(starts):
                yield value
        if quad.predicate == RDF_TYPE:
            for predicate in _PARTS.get(quad.object, ()):
                for part in reader.quads(None, predicate, node, DEFAULT_GRAPH):
                    yield part.subject  # type: ignore[misc] # no statements about statements


def _called(reader: Reader, games: NamedNode) -> Iterator[str]:
    for predicate in (RDFS_LABEL, SKOS_ALT_LABEL):
        for quad in reader.quads(games, predicate, graph=DEFAULT_GRAPH):
            if isinstance(quad.object, Literal):
                yield plain(quad.object.value)


def _words(games: NamedNode) -> list[str]:
    return games.value.rpartition("/")[2].split("-")
