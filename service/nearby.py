"""Addresses near to one of which nothing is known: from the search index, or from the state itself.

To look through a state takes a second or two where there are a hundred thousand people.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.errors import NotFound
from graph.explain.nearness import near_iris
from graph.names import KINDS, is_restricted, local_name
from graph.terms import NamedNode

from .sitemaps import class_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.search import SearchIndex

NAMED = frozenset(("event", "games", "nation", "org", "person", "place", "sport"))
"""The kinds of things that sources name, so that the search index has them."""

_BEGINNING = 3
_CANDIDATES = 5_000
_NEAR = 3


def near_in_index(index: SearchIndex, names: Names, iri: str) -> list[str]:
    """Return the addresses near to one of which nothing is known, among things with names."""
    beginning = _beginning(names, iri)
    found = index.addresses(beginning, limit=_CANDIDATES) if beginning else []
    return _nearest(names, iri, map(NamedNode, found))


def near_in_state(reader: Reader, names: Names, iri: str) -> list[str]:
    """Return the addresses near to one of which nothing is known, among all of its kind."""
    kind, _ = _parted(names, iri)
    if kind == "graph":
        graphs = (graph for graph in reader.graphs() if not is_restricted(graph))
        return _nearest(names, iri, sorted(graphs, key=str))
    beginning = _beginning(names, iri)
    if not beginning:
        return []
    found = reader.query(
        f"SELECT DISTINCT ?x {{ ?x a {class_of(kind)}"
        f' FILTER(STRSTARTS(LCASE(STR(?x)), "{beginning.lower()}")) }} LIMIT {_CANDIDATES}'
    )
    return _nearest(names, iri, (row["x"] for row in found))  # type: ignore[union-attr] # a SELECT


def is_named(names: Names, iri: str) -> bool:
    """Tell whether things of the kind of an address are found by name."""
    return _parted(names, iri)[0] in NAMED


def no_such_kind(names: Names, iri: str) -> NotFound | None:
    """Return the error of an address whose kind there is not; None if there is such a kind."""
    kind, _ = _parted(names, iri)
    if kind in KINDS:
        return None
    return NotFound(
        f"There is no kind of thing called {kind}.", hint=f"There are: {', '.join(KINDS)}."
    )


def not_there(names: Names, iri: str, near: Sequence[str]) -> NotFound:
    """Return the error of an address that nothing is known of, with those near to it."""
    kind, rest = _parted(names, iri)
    ends = ", ".join(local_name(NamedNode(one)) for one in near)
    hints = [f"Near to it: {ends}."] if near else []
    hints += ["GET /graphs lists the sources there are."] if kind == "graph" else []
    meant = f"{kind} {rest}" if iri.startswith(f"{names.base}/id/") else f"<{iri}>"
    return NotFound(f"Nothing is known here of {meant}.", hint=" ".join(hints), near=tuple(near))


def _parted(names: Names, iri: str) -> tuple[str, str]:
    """Return the kind of an address, and the rest of it."""
    kind, _, rest = iri.removeprefix(f"{names.base}/id/").partition("/")
    return kind, rest


def _beginning(names: Names, iri: str) -> str:
    """Return with what addresses begin that may be meant; nothing where too much would."""
    kind, rest = _parted(names, iri)
    first = re.sub(r"[^a-z0-9-]", "", rest.lower()[:_BEGINNING])
    return f"{names.base}/id/{kind}/{first}" if first else ""


def _nearest(names: Names, iri: str, candidates: Iterable[NamedNode]) -> list[str]:
    found, (_, rest) = list(candidates), _parted(names, iri)
    near = near_iris(NamedNode(iri), found) or [one for one in found if _begins(one, rest)][:_NEAR]
    return [one.value for one in near]


def _begins(one: NamedNode, rest: str) -> bool:
    """Tell whether an address begins as another does, wherever their hyphens stand."""
    ends = (end.replace("-", "").casefold() for end in (local_name(one), rest))
    return next(ends).startswith(next(ends))
