"""What a reader process tells of candidates, suggestions and values: reconciling, as data.

Nothing here is told from restricted graphs, whoever asks: a job of this kind never sees them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from graph.errors import NotFound
from graph.names import local_name
from graph.reconciling.asking import Query
from graph.reconciling.deciding import Reconciler
from graph.reconciling.kinds import KINDS, PROPERTIES
from graph.reconciling.values import values
from graph.terms import NamedNode

from .documents import parted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.reconciling.deciding import Candidate
    from graph.reconciling.facts import Facts, Library
    from graph.reconciling.values import Value
    from service.wire.problem import Json

_LISTED = 3
_PREVIEWED = (
    *("nation", "born", "sport", "games", "medals", "code", "place", "from", "until"),
    "otherNames",
)
_MOST_PREVIEWED = 4


def told(what: str, reader: Reader, names: Names, asked: Mapping[str, Any]) -> object:
    """Return what a route asks for: ``candidates``, ``entities``, ``values`` or a ``preview``.

    Of each, ``asked`` also holds the ``languages`` in which things are named, the best first, and
    the ``root`` of the addresses of this service.
    """
    ways: dict[str, Callable[[Reader, Names, Mapping[str, Any]], object]] = {
        "candidates": reconciled,
        "entities": suggested,
        "values": extended,
        "preview": previewed,
    }
    return ways[what](reader, names, asked)


def reconciled(reader: Reader, names: Names, asked: Mapping[str, Any]) -> list[list[Json]]:
    """Return the candidates of each query.

    Args:
        reader: the state.
        names: the names of the store.
        asked: ``queries``, and as ``found`` the IRIs of things with like names of each.

    """
    reconciler = Reconciler(reader, names, asked["languages"])
    lists: list[list[Json]] = []
    for query, found in zip(asked["queries"], asked["found"], strict=True):
        meant = _identified(Query.from_json(query), asked["root"])
        candidates = reconciler.candidates(meant, map(NamedNode, found))
        lists.append([_candidate(one, reconciler.library) for one in candidates])
    return lists


def suggested(reader: Reader, names: Names, asked: Mapping[str, Any]) -> list[Json]:
    """Return the thing that ``text`` identifies, and those with the IRIs ``found``."""
    reconciler = Reconciler(reader, names, asked["languages"])
    known = [reconciler.thing(identified(asked["text"], asked["root"]))]
    known += [reconciler.library.facts(NamedNode(found)) for found in asked["found"]]
    kinds = asked["kinds"] or list(KINDS)
    things = dict.fromkeys(facts for facts in known if facts is not None and facts.kind in kinds)
    return [_thing(facts, reconciler.library) for facts in things]


def extended(reader: Reader, names: Names, asked: Mapping[str, Any]) -> dict[str, Json]:
    """Return the values of each property of each thing, none of a thing that is not known.

    Args:
        reader: the state.
        names: the names of the store.
        asked: the ``ids`` of things, and ``properties``, each with how many values are wanted or
            0 for all.

    """
    reconciler = Reconciler(reader, names, asked["languages"])
    rows: dict[str, Json] = {}
    for text in asked["ids"]:
        facts = reconciler.thing(identified(text, asked["root"]))
        row: dict[str, Json] = {}
        for prop, limit in asked["properties"]:
            if facts is None:
                row[prop] = []
            elif prop == "page":
                row[prop] = [{"str": f"{asked['root']}id/{identifier(facts.node, names)}"}]
            else:
                found = values(prop, facts, reconciler.library)
                row[prop] = [_value(one, reconciler.library) for one in found[: limit or None]]
        rows[text] = row
    return rows


def previewed(reader: Reader, names: Names, asked: Mapping[str, Any]) -> dict[str, Json]:
    """Return what a small page shows of the thing with the identifier ``id``.

    Raises:
        NotFound: if there is none with this identifier.

    """
    reconciler = Reconciler(reader, names, asked["languages"])
    facts = reconciler.thing(identified(asked["id"], asked["root"]))
    if facts is None:
        raise NotFound(f"Nothing is known here with the identifier {asked['id']!r}.")
    library = reconciler.library
    lines: list[Json] = []
    for prop in _PREVIEWED:
        if prop in KINDS[facts.kind].properties and (found := values(prop, facts, library)):
            shown = [_text(one, library) for one in found[-_MOST_PREVIEWED:]]
            more = len(found) - len(shown)
            lines.append({"name": PROPERTIES[prop].name, "values": shown, "more": more})
    kind = KINDS[facts.kind].name
    return {"iri": facts.node.value, "name": facts.name, "kind": kind, "lines": lines}


def identifier(node: NamedNode, names: Names) -> str:
    """Return a thing's identifier: the end of its IRI, such as ``person/raman-salei-1994``."""
    return node.value.removeprefix(f"{names.base}/id/")


def identified(text: str, root: str) -> str:
    """Return the identifier of the thing whose address, or document, here a text is; else the text.

    Example:
        >>> identified("http://h/id/person/ana.html?on=2008", "http://h/")
        'person/ana'

    """
    path = text.strip().removeprefix(f"{root}id/")
    if path == text.strip():
        return text
    return parted(unquote(re.split("[?#]", path, maxsplit=1)[0]))[0]


def _identified(query: Query, root: str) -> Query:
    def meant(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(identified(text, root) for text in texts)

    evidence = tuple(replace(one, values=meant(one.values)) for one in query.evidence)
    return replace(query, texts=meant(query.texts), ids=meant(query.ids), evidence=evidence)


def described(facts: Facts, library: Library) -> str:
    """Return what tells a thing from others of its name, in a few words."""
    parts = [_listed(library, facts.nations), _listed(library, facts.sports)]
    parts += [f"born {min(facts.born)}"] if facts.born else []
    if facts.kind == "Person" and facts.years:
        first, last = min(facts.years), max(facts.years)
        parts.append(f"Games {first}" if first == last else f"Games {first} to {last}")
    elif facts.kind == "Event":
        parts.append(_listed(library, facts.games))
    elif facts.kind == "Nation":
        parts.append(", ".join(sorted(facts.codes_now)))
    return "; ".join(filter(None, parts))


def _candidate(one: Candidate, library: Library) -> dict[str, Json]:
    features: list[Json] = [
        {"id": feature.id, "name": feature.words, "value": round(feature.points, 1)}
        for feature in one.features
    ]
    thing = _thing(one.facts, library)
    return {**thing, "score": one.score, "match": one.is_sure, "features": features}


def _thing(facts: Facts, library: Library) -> dict[str, Json]:
    return {
        "id": identifier(facts.node, library.names),
        "name": facts.name,
        "description": described(facts, library),
        "kind": facts.kind,
    }


def _value(value: Value, library: Library) -> Json:
    if isinstance(value, NamedNode):
        return {"id": identifier(value, library.names), "name": library.label(value)}
    return {"int": value} if isinstance(value, int) else {"str": value}


def _text(value: Value, library: Library) -> str:
    return library.label(value) if isinstance(value, NamedNode) else str(value)


def _listed(library: Library, nodes: set[NamedNode]) -> str:
    labels = sorted(library.label(node) or local_name(node) for node in nodes)
    more = f" and {len(labels) - _LISTED} more" if len(labels) > _LISTED else ""
    return ", ".join(labels[:_LISTED]) + more
