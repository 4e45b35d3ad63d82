"""Finds where sources give several values for what can have one, and which are conflicts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from graph.dates import DATES, agree
from graph.derived import WON
from graph.names import RDFS_LABEL, plain
from graph.sources import sources
from graph.terms import Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.engines.base import Reader
    from graph.gate.shapes import Single
    from graph.names import Names
    from graph.terms import Object, Subject


@dataclass(frozen=True, slots=True)
class Conflict:
    """What can have one value only and has several.

    Attributes:
        values: each value with the sources that state it, the most trusted source first.
        language: of a name, the language in which it has several; else empty.

    """

    subject: Subject
    predicate: NamedNode
    values: tuple[tuple[Object, tuple[NamedNode, ...]], ...]
    language: str = ""

    @property
    def is_open(self) -> bool:
        """Whether two of the values cannot both be right."""
        terms = [value for value, _ in self.values]
        return any(differ(self.predicate, *pair) for pair in combinations(terms, 2))

    @property
    def is_spelling(self) -> bool:
        """Whether these are names that differ in capitals, accents and other signs only."""
        return (
            self.predicate == RDFS_LABEL
            and len({plain(value.value) for value, _ in self.values}) == 1
        )

    @property
    def graphs(self) -> frozenset[NamedNode]:
        """The sources that state one of the values."""
        return frozenset(graph for _, graphs in self.values for graph in graphs)


def differ(predicate: NamedNode, one: object, other: object) -> bool:
    """Tell whether a thing cannot have both values: the one is not the other, said less exactly.

    Example:
        >>> from graph.names import mg
        >>> differ(mg("born"), Literal("1999"), Literal("1999-01-14"))
        False

    """
    if predicate in DATES and isinstance(one, Literal) and isinstance(other, Literal):
        return not agree(one.value, other.value)
    return one != other


def conflicts(reader: Reader, names: Names, single: Iterable[Single]) -> list[Conflict]:
    """Return where sources give values that cannot both be right."""
    return [each for each in several(reader, names, single) if each.is_open]


def several(
    reader: Reader,
    names: Names,
    single: Iterable[Single],
    *,
    predicate: NamedNode | None = None,
    source: NamedNode | None = None,
) -> list[Conflict]:
    """Return where sources give several values, names last: conflicts, and dates that agree.

    Which medal an entry holds follows from the receivers of awards, and is none of its own.

    Args:
        reader: the state.
        names: the names of the store.
        single: what can have one value only.
        predicate: to find those of one property only.
        source: to find those only in which this graph states one of the values.

    """
    graphs = _all_but_largest(reader)
    if source in graphs:
        graphs = [source]
    order = trust_order(reader, names)
    found = [
        conflict_of(reader, subject, one.predicate, order, language=language)
        for one in single
        if predicate in (None, one.predicate) and one.predicate != WON
        for subject, language in _with_several(reader, one, graphs)
    ]
    wanted = [each for each in found if source is None or source in each.graphs]
    return sorted(wanted, key=_place)


def trust_order(reader: Reader, names: Names) -> dict[NamedNode, int]:
    """Return the place of each source by trust, from 0."""
    return {found.graph: place for place, found in enumerate(sources(reader, names))}


def _place(conflict: Conflict) -> tuple[bool, str, bool, str, str]:
    """Return where a conflict is listed: values before names, and mere spellings last."""
    is_name = conflict.predicate == RDFS_LABEL
    text = conflict.predicate.value
    return is_name, text, conflict.is_spelling, str(conflict.subject), conflict.language


def _all_but_largest(reader: Reader) -> list[NamedNode]:
    """Return the sources but for the one that describes most things.

    A conflict is between two sources, so it is enough to begin at these.
    """
    text = "SELECT ?g (COUNT(?s) AS ?n) WHERE { GRAPH ?g { ?s a ?class } } GROUP BY ?g"
    sizes = {row["g"]: int(row["n"].value) for row in reader.query(text)}  # type: ignore[union-attr]
    ordered = sorted(reader.graphs(), key=lambda graph: (sizes.get(graph, 0), graph.value))
    return ordered[:-1]


def _with_several(
    reader: Reader, single: Single, graphs: Iterable[NamedNode]
) -> set[tuple[Subject, str]]:
    """Return who has another value than in one of these graphs, and in which language."""
    path, tag = f"<{single.predicate.value}>", '"" AS ?tag'
    differ = "!sameTerm(?one, ?other)"
    if single.per_language:
        tag = "LANG(?one) AS ?tag"
        differ += ' && LANG(?one) != "" && LANG(?one) = LANG(?other)'
    found: set[tuple[Subject, str]] = set()
    for graph in graphs:
        if next(reader.quads(None, single.predicate, graph=graph), None) is not None:
            text = (
                f"SELECT DISTINCT ?s ({tag}) WHERE {{ GRAPH <{graph.value}> {{ ?s {path} ?one }}"
                f" ?s {path} ?other FILTER({differ}) }}"
            )
            found |= {(row["s"], row["tag"].value) for row in reader.query(text)}  # type: ignore[union-attr]
    return found


def conflict_of(
    reader: Reader,
    subject: Subject,
    predicate: NamedNode,
    order: dict[NamedNode, int],
    *,
    language: str,
) -> Conflict:
    """Return what sources give for one property of a thing; a conflict if it ``is_open``.

    Args:
        reader: the state.
        subject: the thing.
        predicate: what it can have one value of.
        order: the place of each source by trust; see ``trust_order``.
        language: of names, in which; else empty.

    """
    said: dict[Object, list[NamedNode]] = {}
    for quad in reader.quads(subject, predicate):
        if not language or getattr(quad.object, "language", None) == language:
            said.setdefault(quad.object, []).append(quad.graph_name)  # type: ignore[arg-type]
    last = len(order)
    ranked = [
        (value, tuple(sorted(graphs, key=lambda graph: order.get(graph, last))))
        for value, graphs in said.items()
    ]
    ranked.sort(key=lambda pair: (order.get(pair[1][0], last), str(pair[0])))
    return Conflict(subject, predicate, tuple(ranked), language)
