"""The constraints of shapes/, read with rdflib alone: tests do not ask the gate for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import RDF, SH, Graph, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.collection import Collection

import shapes
from graph.terms import Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from graph.terms import Term

COMPONENTS = {
    SH["minCount"]: "MinCount",
    SH["maxCount"]: "MaxCount",
    SH["datatype"]: "Datatype",
    SH["class"]: "Class",
    SH["nodeKind"]: "NodeKind",
    SH["in"]: "In",
    SH["pattern"]: "Pattern",
    SH["minInclusive"]: "MinInclusive",
    SH["maxInclusive"]: "MaxInclusive",
    SH["uniqueLang"]: "UniqueLang",
    SH["sparql"]: "SPARQL",
}
"""Each parameter that makes a constraint, and the name of its component (SHACL section 4)."""

NOT_COMPONENTS = {
    SH["path"],
    SH["message"],
    SH["name"],
    SH["severity"],
    SH["property"],
    SH["targetClass"],
    SH["targetSubjectsOf"],
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One constraint of one shape, for one of the shape's targets.

    Attributes:
        shape: the local name of the shape.
        target: the class whose instances, or the property whose subjects, it is asked of.
        is_class: whether the target is a class.
        path: the property, or None for the node itself.
        component: such as "MinCount".
        parameter: what the component is given; the members of the list for "In".
        within_source: whether it holds in each source, and not on the record.

    """

    shape: str
    target: NamedNode
    is_class: bool
    path: NamedNode | None
    component: str
    parameter: tuple[Term, ...]
    message: str
    severity: str
    within_source: bool

    def __str__(self) -> str:
        """Return a name that no other constraint and target have."""
        path, target = self.path.value if self.path else "", self.target.value
        return "-".join([self.shape, local(path), self.component, "of", local(target)])


def local(iri: str) -> str:
    """Return the last part of an IRI."""
    return iri.rpartition("#")[2].rpartition("/")[2]


def term(node: Node) -> Term:
    """Return a term of rdflib as one of the house."""
    if isinstance(node, URIRef):
        return NamedNode(str(node))
    assert isinstance(node, RdflibLiteral), node
    if node.language:
        return Literal(str(node), language=node.language)
    return Literal(str(node), datatype=NamedNode(node.datatype) if node.datatype else None)


def asked() -> list[Asked]:
    """Return every constraint of every shape, once for each target of the shape."""
    found: list[Asked] = []
    for name, text in shapes.texts().items():
        graph = Graph().parse(data=text, format="turtle")
        for shape in sorted(graph.subjects(RDF.type, SH.NodeShape), key=str):
            reading = _Reading(graph, shape, within_source=name == shapes.WITHIN_SOURCE)
            found += reading.constraints(shape)
            for part in graph.objects(shape, SH.property):
                found += reading.constraints(part)
    return found


@dataclass(frozen=True, slots=True)
class _Reading:
    graph: Graph
    shape: Node
    within_source: bool

    def constraints(self, node: Node) -> Iterator[Asked]:
        """Yield what one node shape or property shape asks itself."""
        for parameter, value in self.graph.predicate_objects(node):
            if str(parameter).startswith(str(SH)) and parameter not in NOT_COMPONENTS:
                component = COMPONENTS[URIRef(str(parameter))]  # an unknown one ends the test
                yield from self._asked(node, component, value)

    def _asked(self, node: Node, component: str, value: Node) -> Iterator[Asked]:
        path = self.graph.value(node, SH.path)
        said = value if component == "SPARQL" else node
        severity = self.graph.value(node, SH.severity)
        for is_class, kind in ((True, SH.targetClass), (False, SH.targetSubjectsOf)):
            for target in self.graph.objects(self.shape, kind):
                yield Asked(
                    shape=local(str(self.shape)),
                    target=NamedNode(str(target)),
                    is_class=is_class,
                    path=NamedNode(str(path)) if path else None,
                    component=component,
                    parameter=self._parameter(component, value),
                    message=str(self.graph.value(said, SH.message)),
                    severity=local(str(severity)),
                    within_source=self.within_source,
                )

    def _parameter(self, component: str, value: Node) -> tuple[Term, ...]:
        if component == "SPARQL":
            return ()
        members = Collection(self.graph, value) if component == "In" else [value]
        return tuple(term(member) for member in members)
