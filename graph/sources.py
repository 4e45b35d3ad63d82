"""Sources and claims: who said what, what disagrees, and how a statement is set aside."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .change import Change
from .errors import NotFound
from .names import OUTSIDE_PREFIXES, RDF, RDF_TYPE, Names, mg
from .terms import BlankNode, Literal, NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .engines.base import Reader
    from .terms import Object, Subject

_DCTERMS, _PROV = OUTSIDE_PREFIXES["dcterms"], OUTSIDE_PREFIXES["prov"]
TITLE, PUBLISHER = NamedNode(_DCTERMS + "title"), NamedNode(_DCTERMS + "publisher")
ISSUED, ORIGIN = NamedNode(_DCTERMS + "issued"), NamedNode(_DCTERMS + "source")
ENTITY, DERIVED_FROM = NamedNode(_PROV + "Entity"), NamedNode(_PROV + "wasDerivedFrom")
PRIORITY, RULE, CLAIM = mg("priority"), mg("rule"), mg("Claim")
VERDICT, REASON, SET_ASIDE = mg("verdict"), mg("reason"), mg("SetAside")
SUBJECT, PREDICATE, OBJECT = (NamedNode(RDF + part) for part in ("subject", "predicate", "object"))
UNRANKED = 1_000_000
"""The priority of a source that states none: behind every source that does."""


@dataclass(frozen=True, slots=True)
class Source:
    """Who said something: one named graph, and what is known of it.

    Attributes:
        graph: the named graph that holds what the source says.
        title: as a person would cite it.
        publisher: who published it, or an empty string.
        issued: the day it was published as EDTF text, or an empty string.
        origin: where it was taken from, an address or a name, or an empty string.
        priority: trust order, 1 is best; None if nobody has said.
        rule: the counting rule that its counts follow; None if nobody has said.

    """

    graph: NamedNode
    title: str
    publisher: str = ""
    issued: str = ""
    origin: str = ""
    priority: int | None = None
    rule: NamedNode | None = None

    @property
    def trust(self) -> int:
        """The priority, or one behind every other if nobody has said."""
        return UNRANKED if self.priority is None else self.priority

    def quads(self, names: Names) -> Iterator[Quad]:
        """Yield the description of this source, for the graph that describes sources."""
        yield Quad(self.graph, RDF_TYPE, ENTITY, names.meta)
        texts = {
            TITLE: self.title,
            PUBLISHER: self.publisher,
            ISSUED: self.issued,
            ORIGIN: self.origin,
        }
        for predicate, text in texts.items():
            if text:
                yield Quad(self.graph, predicate, Literal(text), names.meta)
        if self.rule is not None:
            yield Quad(self.graph, RULE, self.rule, names.meta)
        if self.priority is not None:
            yield Quad(self.graph, PRIORITY, Literal(self.priority), names.meta)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A property that can have one value only and has several.

    Attributes:
        values: each value with the sources that state it, the most trusted source first.

    """

    subject: Subject
    predicate: NamedNode
    values: tuple[tuple[Object, tuple[NamedNode, ...]], ...]


def sources(reader: Reader, names: Names) -> list[Source]:
    """Return each graph that says something as a source, the most trusted first.

    A graph that nobody described is a source whose title is the end of its IRI.
    """
    found = [source(reader, names, graph) for graph in reader.graphs() if graph != names.meta]
    return sorted(found, key=lambda one: (one.trust, one.graph.value))


def source(reader: Reader, names: Names, graph: NamedNode) -> Source:
    """Return what is known of one graph as a source."""
    about = {quad.predicate: quad.object for quad in reader.quads(graph, graph=names.meta)}

    def text(predicate: NamedNode) -> str:
        value = about.get(predicate)
        return value.value if isinstance(value, Literal | NamedNode) else ""

    return Source(
        graph=graph,
        title=text(TITLE) or graph.value.rpartition("/")[2],
        publisher=text(PUBLISHER),
        issued=text(ISSUED),
        origin=text(ORIGIN),
        priority=int(text(PRIORITY)) if text(PRIORITY).isdecimal() else None,
        rule=rule if isinstance(rule := about.get(RULE), NamedNode) else None,
    )


def conflicts(reader: Reader, names: Names, single: Iterable[NamedNode]) -> list[Conflict]:
    """Return each property of ``single`` that has more than one value in the record."""
    order = {found.graph: place for place, found in enumerate(sources(reader, names))}
    return [
        _conflict(reader, subject, predicate, order)
        for predicate in sorted(single, key=str)
        for subject in _with_several(reader, predicate)
    ]


def _with_several(reader: Reader, predicate: NamedNode) -> list[Subject]:
    text = (
        f"SELECT ?s WHERE {{ ?s <{predicate.value}> ?o }}"
        " GROUP BY ?s HAVING(COUNT(?o) > 1) ORDER BY STR(?s)"
    )
    return [row["s"] for row in reader.query(text)]  # type: ignore[union-attr]


def _conflict(
    reader: Reader, subject: Subject, predicate: NamedNode, order: dict[NamedNode, int]
) -> Conflict:
    said: dict[Object, list[NamedNode]] = {}
    for quad in reader.quads(subject, predicate):
        said.setdefault(quad.object, []).append(quad.graph_name)  # type: ignore[arg-type]
    last = len(order)
    ranked = [
        (value, tuple(sorted(graphs, key=lambda graph: order.get(graph, last))))
        for value, graphs in said.items()
    ]
    ranked.sort(key=lambda pair: (order.get(pair[1][0], last), str(pair[0])))
    return Conflict(subject, predicate, tuple(ranked))


def set_aside(quad: Quad, names: Names, *, reason: str) -> Change:
    """Return the change that states ``quad`` as a claim of its source instead of asserting it.

    The claim's IRI follows from the statement, so the same claim is never made twice.
    """
    graph = quad.graph_name
    key = hashlib.sha256(str(quad).encode()).hexdigest()[:16]
    claim = names.of("claim", key)
    facts: list[tuple[NamedNode, Object]] = [
        (RDF_TYPE, CLAIM),
        (SUBJECT, quad.subject),  # type: ignore[list-item]
        (PREDICATE, quad.predicate),
        (OBJECT, quad.object),  # type: ignore[list-item]
        (DERIVED_FROM, graph),  # type: ignore[list-item]
        (VERDICT, SET_ASIDE),
        (REASON, Literal(reason)),
    ]
    return Change.of((Quad(claim, predicate, value, graph) for predicate, value in facts), [quad])


def restore(reader: Reader, claim: Subject) -> Change:
    """Return the change that asserts again what was set aside as ``claim``.

    Raises:
        NotFound: if there is no such claim.

    """
    stated = list(reader.quads(claim))
    part = {quad.predicate: quad.object for quad in stated}
    subject, predicate = part.get(SUBJECT), part.get(PREDICATE)
    if not isinstance(subject, NamedNode | BlankNode) or not isinstance(predicate, NamedNode):
        raise NotFound(f"There is no claim {claim}.", hint="List the claims that were set aside.")
    quad = Quad(subject, predicate, part[OBJECT], stated[0].graph_name)
    return Change.of([quad], stated)


def settle_by_priority(reader: Reader, names: Names, single: Iterable[NamedNode]) -> Change:
    """Return the change that keeps, of each conflict, what the most trusted source says.

    A conflict in which the two best sources have the same priority, or none, stays open.
    """
    change = Change()
    priority = {found.graph: found.trust for found in sources(reader, names)}
    for conflict in conflicts(reader, names, single):
        best, *others = conflict.values
        if priority.get(best[1][0], UNRANKED) == priority.get(others[0][1][0], UNRANKED):
            continue
        winner = source(reader, names, best[1][0]).title
        for value, graphs in others:
            for graph in graphs:
                quad = Quad(conflict.subject, conflict.predicate, value, graph)
                reason = f"{winner} is trusted more and says {best[0].value}."
                change = change.then(set_aside(quad, names, reason=reason))
    return change
