"""Marks what a source says: whether others say the same, something else, or nothing.

It asks what conflicts and audits ask, of the things that are read and of no others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.conflicts import Conflict, conflict_of, differ, trust_order
from graph.dates import DATES
from graph.medals.audit import Finding, Verdict, audit
from graph.names import RDFS_LABEL, SKOS_ALT_LABEL
from graph.terms import Literal, NamedNode
from service.comparisons import single_valued

from .asking import Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import Object, Quad, Subject

    from .items import Item
    from .stated import Stated

_OF_VERDICT = {
    Verdict.AGREES: Mark.AGREES,
    Verdict.DIFFERS: Mark.CONTRADICTED,
    Verdict.NOT_CHECKABLE: Mark.UNCHECKED,
}
Values = tuple[tuple["Object", tuple["NamedNode", ...]], ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """An item with its mark, and what that rests on.

    Attributes:
        same: the sources that say the same.
        others: each other value with the sources that give it.
        finding: of a count, what the audit found.

    """

    item: Item
    mark: Mark
    same: tuple[NamedNode, ...] = ()
    others: Values = ()
    finding: Finding | None = None


class Marking:
    """Marks items of one source.

    Args:
        stated: what is said.
        names: the names of the store.
        findings: what the audit found of the counts that may be among the items.

    """

    def __init__(self, stated: Stated, names: Names, findings: Iterable[Finding]) -> None:
        self._stated, self._graph = stated, stated.graph
        self._order = trust_order(stated.reader, names)
        self._single = {one.predicate: one.per_language for one in single_valued()}
        self._findings = {(found.where, found.measure): found for found in findings}

    def marked(self, item: Item) -> Marked:
        """Return an item with its mark."""
        if item.measure is not None:
            return self._count(item)
        if item.is_claim:
            [quad] = item.quads
            return Marked(item, Mark.CONTRADICTED, others=self._others(quad))
        is_name = item.quads[0].predicate == SKOS_ALT_LABEL
        if not is_name and self._stated.is_alone(item.subject):
            return Marked(item, Mark.UNCHECKED)
        each = [self._statement(item, quad) for quad in item.quads]
        return self._together(item, each) if item.is_whole else each[0]

    def _together(self, item: Item, each: Sequence[Marked]) -> Marked:
        """Return all that is said of a thing, which agrees only if others say all of it."""
        others = tuple(value for one in each for value in one.others)
        if any(one.mark == Mark.CONTRADICTED for one in each):
            return Marked(item, Mark.CONTRADICTED, others=others)
        same = [set(one.same) for one in each if one.mark == Mark.AGREES]
        if len(same) < len(each):
            return Marked(item, Mark.UNCHECKED)
        together = set.intersection(*same) or set.union(*same)
        return Marked(item, Mark.AGREES, tuple(sorted(together, key=self._place)))

    def _count(self, item: Item) -> Marked:
        measure = item.measure
        found = self._findings.get((item.subject, measure)) if measure is not None else None
        if found is None:
            return Marked(item, Mark.CONTRADICTED if item.is_claim else Mark.UNCHECKED)
        return Marked(item, _OF_VERDICT[found.verdict], finding=found)

    def _statement(self, item: Item, quad: Quad) -> Marked:
        same, others = self._same(quad), self._others(quad)
        if quad.predicate == SKOS_ALT_LABEL:
            return self._spelling(item, quad, same)
        if quad.predicate == RDFS_LABEL and others:
            is_spelling = self._conflict(quad).is_spelling
            mark = Mark.SPELLING if is_spelling else Mark.CONTRADICTED
            return Marked(item, mark, same, others)
        if others:
            return Marked(item, Mark.CONTRADICTED, same, others)
        return Marked(item, Mark.AGREES if same else Mark.UNCHECKED, same)

    def _spelling(self, item: Item, quad: Quad, same: tuple[NamedNode, ...]) -> Marked:
        """Return another spelling, which is none if others call the thing so."""
        labels = self._stated.saying(quad.subject, RDFS_LABEL)  # type: ignore[arg-type] # no triples
        text = quad.object.value if isinstance(quad.object, Literal) else ""
        called = {q.graph_name for q in labels if getattr(q.object, "value", "") == text}
        named = sorted({*same, *called} - {self._graph}, key=self._place)  # type: ignore[arg-type] # graphs
        if named:
            return Marked(item, Mark.AGREES, tuple(named))  # type: ignore[arg-type] # the same
        others: dict[Object, list[NamedNode]] = {}
        for label in sorted(labels, key=lambda q: (self._place(q.graph_name), str(q.object))):  # type: ignore[arg-type] # graphs
            others.setdefault(label.object, []).append(label.graph_name)  # type: ignore[arg-type] # the same
        told = tuple((value, tuple(graphs)) for value, graphs in others.items())
        return Marked(item, Mark.SPELLING if told else Mark.UNCHECKED, others=told)

    def _same(self, quad: Quad) -> tuple[NamedNode, ...]:
        found = {
            other.graph_name
            for other in self._stated.saying(quad.subject, quad.predicate)  # type: ignore[arg-type] # no triples
            if other.graph_name != self._graph
            and (other.object == quad.object or _is_less_exact(quad, other))
        }
        return tuple(sorted(found, key=self._place))  # type: ignore[arg-type] # graphs

    def _others(self, quad: Quad) -> Values:
        """Return what others say that cannot be right as well."""
        if quad.predicate not in self._single:
            return ()
        return tuple(
            (value, kept)
            for value, graphs in self._conflict(quad).values
            if differ(quad.predicate, value, quad.object)
            and (
                kept := tuple(
                    graph for graph in sorted(graphs, key=self._place) if graph != self._graph
                )
            )
        )

    def _conflict(self, quad: Quad) -> Conflict:
        language = getattr(quad.object, "language", None) or ""
        per_language = self._single.get(quad.predicate, False)
        if per_language and not language:
            return Conflict(quad.subject, quad.predicate, ())  # type: ignore[arg-type] # no triples
        return conflict_of(
            self._stated.reader,
            quad.subject,  # type: ignore[arg-type] # the same
            quad.predicate,
            self._order,
            language=language if per_language else "",
        )

    def _place(self, graph: NamedNode) -> tuple[int, str]:
        return self._order.get(graph, len(self._order)), str(graph)


def findings_of(  # noqa: PLR0913 - what is audited, each part by name
    reader: Reader,
    names: Names,
    graph: NamedNode,
    items: Iterable[Item],
    *,
    games: NamedNode | None,
    nation: NamedNode | None,
    languages: Sequence[str],
) -> list[Finding]:
    """Return what the audit finds of the counts among some items; nothing is asked if none is."""
    if not any(item.measure is not None for item in items):
        return []
    return audit(reader, names, graph, nation=nation, games=games, languages=languages)


def subjects(quads: Iterable[Quad]) -> set[Subject]:
    """Return what some statements are about."""
    return {quad.subject for quad in quads}  # type: ignore[misc] # no quoted triples


def _is_less_exact(quad: Quad, other: Quad) -> bool:
    return quad.predicate in DATES and not differ(quad.predicate, quad.object, other.object)
