"""What is said of one thing: each fact with its sources, what was set aside, who refers to it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from graph.identity.redirects import leads_to
from graph.names import is_restricted, property_words
from graph.sources import OBJECT, PREDICATE, REASON, SUBJECT, source
from graph.terms import BlankNode, Literal, NamedNode

from .listings import IN, OUT, SORTED, Listing, counted, named, values
from .pages import Shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import GraphName, Quad, Subject, Term
    from service.wire.problem import Json

VALUES_SHOWN = 25
"""So many values of a property are shown, and so many things that refer to one by it."""
FACTS_SHOWN = 200
CLAIMS_SHOWN = 50


class Telling:
    """Tells terms and sources: as cells for a page, or plainly for programs.

    Args:
        reader: the state.
        names: the names of the store.
        as_cells: whether a page is told.
        languages: those in which things are named, the best first.

    """

    def __init__(
        self, reader: Reader, names: Names, *, as_cells: bool, languages: Sequence[str] = ()
    ) -> None:
        self.reader, self.names = reader, names
        self.shown, self.as_cells = Shown(reader, names, languages), as_cells
        self._sources: dict[Term | GraphName, dict[str, Json]] = {}

    def term(self, term: Term) -> Json:
        """Return a term as whoever reads it wants it."""
        cell = self.shown.cell(term)
        if self.as_cells:
            return asdict(cell)
        if isinstance(term, Literal):
            told: dict[str, Json] = {"value": term.value, "datatype": term.datatype.value}
            return told | ({"language": term.language} if term.language else {})
        return self.named(term) if isinstance(term, NamedNode) else str(term)

    def named(self, node: NamedNode) -> dict[str, Json]:
        """Return a node and what it is called, with the language of that if it has one."""
        cell = self.shown.cell(node)
        told: dict[str, Json] = {"iri": node.value, "label": cell.text}
        return told | ({"language": cell.language} if cell.language else {})

    def source(self, graph: Term | GraphName) -> Json:
        """Return the graph and title of a source."""
        if graph not in self._sources:
            about = source(self.reader, self.names, graph)  # type: ignore[arg-type] # an IRI
            self._sources[graph] = {"graph": about.graph.value, "title": about.title}
        return self._sources[graph]

    def sources(self, graphs: Iterable[Term | GraphName]) -> list[Json]:
        """Return the graph and title of each source, once."""
        return [self.source(graph) for graph in sorted(set(graphs), key=str)]

    def claim(self, claim: Subject) -> dict[str, Json]:
        """Return a statement that was set aside, with the reason."""
        quads = list(self.reader.quads(claim))
        part = {quad.predicate: quad.object for quad in quads}
        about, predicate, said = (part.get(name) for name in (SUBJECT, PREDICATE, OBJECT))
        reason = part.get(REASON)
        return {
            "about": self.term(about) if about is not None else "",  # type: ignore[arg-type] # no triples
            "property": predicate.value if isinstance(predicate, NamedNode) else "",
            "property_label": property_words(predicate) if isinstance(predicate, NamedNode) else "",
            "value": self.term(said) if said is not None else "",  # type: ignore[arg-type] # the same
            "reason": reason.value if isinstance(reason, Literal) else "",
            "source": self.source(quads[0].graph_name),
        }


def found(reader: Reader, names: Names, iris: Sequence[str]) -> dict[str, Json]:
    """Return which of some IRIs is known (``iri``), or where it is described since a merge.

    If none is, nothing is told.

    Args:
        reader: the state.
        names: the names of the store.
        iris: what an address may stand for.

    """
    for node in map(NamedNode, iris):
        if new := leads_to(reader, names, node):
            return {"iri": node.value, "moved": new.value}
        if _is_known(reader, names, node):
            return {"iri": node.value}
    return {}


def _is_known(reader: Reader, names: Names, node: NamedNode) -> bool:
    """Tell whether a source says something, or anything is said of a thing or refers to it.

    A restricted source is known to whoever sees what it says, and not by its description.
    """
    if not names.is_source(node):
        return _any(reader.quads(node)) or _any(reader.quads(None, None, node))
    described = not is_restricted(node) and _any(reader.quads(node, graph=names.meta))
    return described or _any(reader.quads(graph=node))


def _any(quads: Iterator[Quad]) -> bool:
    return next(quads, None) is not None


def thing_told(telling: Telling, node: NamedNode) -> dict[str, Json]:
    """Return what a page or program is told of a thing; of long lists only the beginning.

    Properties and what refers to the thing are counted in any case, so that whoever reads
    knows what is left out; ``listings`` has it page by page.
    """
    reader = telling.reader
    out, into = (counted(reader, node, direction) for direction in (OUT, IN))
    claims = sorted({quad.subject for quad in reader.quads(None, SUBJECT, node)}, key=str)
    shown = _shown_of(out)
    return {
        **telling.named(node),
        "statements": sum(out.values()),
        "properties": [
            {**named(telling, prop), "count": count, "shown": shown[prop]}
            for prop, count in out.items()
        ],
        "facts": [
            fact for prop, size in shown.items() for fact in _facts(telling, node, prop, size)
        ],
        "set_aside": [telling.claim(claim) for claim in claims[:CLAIMS_SHOWN]],  # type: ignore[arg-type] # no triples
        "set_aside_count": len(claims),
        "referred_to": [_referring(telling, node, prop, count) for prop, count in into.items()],
    }


def _shown_of(counts: dict[NamedNode, int]) -> dict[NamedNode, int]:
    """Return how many values of each property are shown on the page of a thing."""
    left, shown = FACTS_SHOWN, {}
    for prop, count in counts.items():
        shown[prop] = 0 if count > SORTED else min(count, VALUES_SHOWN, left)
        left -= shown[prop]
    return shown


def _facts(telling: Telling, node: NamedNode, prop: NamedNode, size: int) -> list[Json]:
    if not size:
        return []
    graphs: dict[Term, set[Term | GraphName]] = {}
    for quad in telling.reader.quads(node, prop):
        graphs.setdefault(quad.object, set()).add(quad.graph_name)  # type: ignore[arg-type] # no triples
    return [
        {
            "property": telling.term(prop),
            "property_label": property_words(prop),
            "value": telling.term(value),
            "sources": telling.sources(graphs[value]),
        }
        for value in sorted(graphs, key=str)[:size]
    ]


def _referring(telling: Telling, node: NamedNode, prop: NamedNode, count: int) -> Json:
    """Return how many things refer to one by a property; if they are few, who they are."""
    few = (
        [] if count > VALUES_SHOWN else values(telling.reader, node, Listing(prop.value, IN), count)
    )
    return {**named(telling, prop), "count": count, "by": [telling.term(one) for one in few]}


def described(
    reader: Reader, names: Names, node: NamedNode, *, about: Sequence[NamedNode] = ()
) -> list[Quad]:
    """Return the concise bounded description of a thing.

    It is what is said of the thing, and of each node without a name that this leads to
    (W3C submission CBD of 2005, steps 1 and 2). Claims, which quote statements (step 3), are
    things with addresses of their own. Of a thing that is only referred to it is empty.

    Args:
        reader: the state.
        names: the names of the store.
        node: the thing.
        about: of a source, things whose statements in it are wanted too.

    """
    quads = closed(reader, reader.quads(node))
    if names.is_source(node):
        quads += said_of(reader, node, about)
    return quads


def said_of(reader: Reader, graph: NamedNode, about: Iterable[NamedNode]) -> set[Quad]:
    """Return the statements of a source in which one of some things stands."""
    found: set[Quad] = set()
    for node in about:
        found.update(reader.quads(node, graph=graph))
        found.update(reader.quads(None, None, node, graph))
    return found


def closed(reader: Reader, quads: Iterable[Quad]) -> list[Quad]:
    """Return statements, and what is said of the nodes without names in them."""
    found = list(quads)
    seen: set[Term] = set()
    for quad in found:
        if isinstance(quad.object, BlankNode) and quad.object not in seen:
            seen.add(quad.object)
            found += reader.quads(quad.object)
    return found
