"""Sources and claims: who said what, and how a statement is set aside and asserted again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .change import Change
from .errors import NotFound
from .names import OUTSIDE_PREFIXES, RDF, RDF_TYPE, RDFS_LABEL, SKOS_ALT_LABEL, Names, mg
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
        """Yield the description of this source, in the graph that describes such sources."""
        meta = names.meta_of(self.graph)
        yield Quad(self.graph, RDF_TYPE, ENTITY, meta)
        texts = {
            TITLE: self.title,
            PUBLISHER: self.publisher,
            ISSUED: self.issued,
            ORIGIN: self.origin,
        }
        for predicate, text in texts.items():
            if text:
                yield Quad(self.graph, predicate, Literal(text), meta)
        if self.rule is not None:
            yield Quad(self.graph, RULE, self.rule, meta)
        if self.priority is not None:
            yield Quad(self.graph, PRIORITY, Literal(self.priority), meta)


def sources(reader: Reader, names: Names) -> list[Source]:
    """Return each graph that says something as a source, the most trusted first.

    A graph that nobody described is a source whose title is the end of its IRI.
    """
    describing = (names.meta, names.restricted_meta)
    found = [source(reader, names, graph) for graph in reader.graphs() if graph not in describing]
    return sorted(found, key=lambda one: (one.trust, one.graph.value))


def source(reader: Reader, names: Names, graph: NamedNode) -> Source:
    """Return what is known of one graph as a source."""
    about = {
        quad.predicate: quad.object for quad in reader.quads(graph, graph=names.meta_of(graph))
    }

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


def set_aside(quad: Quad, names: Names, *, reason: str) -> Change:
    """Return the change that states ``quad`` as a claim of its source instead of asserting it.

    A name becomes another spelling as well, so that whoever looks for it finds it. The claim's
    IRI follows from the statement, so the same claim is never made twice.
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
    stated = [Quad(claim, predicate, value, graph) for predicate, value in facts]
    return Change.of([*stated, *_spelling(quad)], [quad])


def restore(reader: Reader, claim: Subject) -> Change:
    """Return the change that asserts again what was set aside as ``claim``.

    Raises:
        NotFound: if there is no such claim.

    """
    stated = list(reader.quads(claim))
    quad = claimed(stated)
    if quad is None:
        raise NotFound(f"There is no claim {claim}.", hint="List the claims that were set aside.")
    return Change.of([quad], [*stated, *_spelling(quad)])


def all_set_aside(reader: Reader, graph: NamedNode) -> dict[Quad, tuple[Quad, ...]]:
    """Return each statement that was set aside in the graph of a source, with what stands instead.

    Whoever makes a source say something again, such as an import of its table, leaves out the
    keys of this and says the values: then what was decided stays decided.
    """
    found: dict[Quad, tuple[Quad, ...]] = {}
    for verdict in reader.quads(None, VERDICT, SET_ASIDE, graph=graph):
        stated = tuple(reader.quads(verdict.subject, graph=graph))  # type: ignore[arg-type] # no quoted triples
        quad = claimed(stated)
        if quad is not None:
            found[quad] = (*stated, *_spelling(quad))
    return found


def claimed(stated: Iterable[Quad]) -> Quad | None:
    """Return the statement that a claim is about, in the graph of the claim."""
    part = {quad.predicate: quad for quad in stated}
    if not {SUBJECT, PREDICATE, OBJECT} <= part.keys():
        return None
    subject, predicate = part[SUBJECT].object, part[PREDICATE].object
    if not isinstance(subject, NamedNode | BlankNode) or not isinstance(predicate, NamedNode):
        return None
    return Quad(subject, predicate, part[OBJECT].object, part[SUBJECT].graph_name)


def _spelling(quad: Quad) -> tuple[Quad, ...]:
    """Return what keeps a name that was set aside as another spelling."""
    if quad.predicate != RDFS_LABEL or not isinstance(quad.object, Literal):
        return ()
    return (Quad(quad.subject, SKOS_ALT_LABEL, quad.object, quad.graph_name),)
