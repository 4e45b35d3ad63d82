"""What a state holds, counted: by class, property and source, for its description."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from graph.names import XSD, mg
from graph.selecting import by_name
from graph.sources import sources
from graph.terms import NamedNode

from .scopes import public

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.sources import Source

_INTEGER = NamedNode(XSD + "integer")
_SIZES = """\
SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects)
{ ?s ?p ?o }"""
_ENTITIES = "SELECT (COUNT(DISTINCT ?s) AS ?entities) { ?s a ?class }"
_CLASSES = "SELECT ?class (COUNT(*) AS ?n) { ?s a ?class } GROUP BY ?class"
_PROPERTIES = """\
SELECT ?property (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects)
  (COUNT(DISTINCT ?o) AS ?objects)
{ ?s ?property ?o } GROUP BY ?property"""
_OF_CLASS = """\
SELECT ?class ?property (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects)
  (COUNT(DISTINCT ?o) AS ?objects)
{ ?s a ?class ; ?property ?o } GROUP BY ?class ?property"""
_TO_CLASS = """\
SELECT ?class ?property ?to (COUNT(*) AS ?n)
{ ?s a ?class ; ?property ?o . ?o a ?to } GROUP BY ?class ?property ?to"""
_TO_DATATYPE = """\
SELECT ?class ?property ?to (COUNT(*) AS ?n)
{ ?s a ?class ; ?property ?o FILTER(isLiteral(?o)) BIND(DATATYPE(?o) AS ?to) }
GROUP BY ?class ?property ?to"""
_EXAMPLE = "SELECT (MIN(STR(?s)) AS ?example) {{ ?s a {kind} }}"
_SHOWN = ("Games", "Nation", "Event", "Person")
"""Of each of these classes one thing is named as an example."""


@dataclass(frozen=True, slots=True)
class PropertyCount:
    """How often a property is used, and what its values are.

    Attributes:
        property: its IRI.
        classes: how many values are of each class, by IRI.
        datatypes: how many values are of each datatype, by IRI.

    """

    property: str
    triples: int
    subjects: int
    objects: int
    classes: tuple[tuple[str, int], ...] = ()
    datatypes: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ClassCount:
    """How many things are of a class, by its IRI, and which properties they have."""

    kind: str
    entities: int
    properties: tuple[PropertyCount, ...]


@dataclass(frozen=True, slots=True)
class SourceCount:
    """How much one source says, and who it is; texts may be empty."""

    graph: str
    title: str
    publisher: str
    issued: str
    origin: str
    triples: int
    subjects: int
    objects: int
    entities: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What a state holds, without what is restricted.

    Attributes:
        version: the number of the snapshot.
        created: when it was published, ISO 8601; empty for the empty store.
        examples: the IRIs of some things.

    """

    version: int
    created: str
    triples: int
    subjects: int
    objects: int
    entities: int
    classes: tuple[ClassCount, ...]
    properties: tuple[PropertyCount, ...]
    sources: tuple[SourceCount, ...]
    examples: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the counts as they are kept."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Counts:
        """Return the counts that ``to_json`` told."""
        kinds = tuple(
            ClassCount(each["kind"], each["entities"], _properties(each["properties"]))
            for each in told["classes"]
        )
        known = tuple(SourceCount(**each) for each in told["sources"])
        parts = {"classes": kinds, "properties": _properties(told["properties"]), "sources": known}
        return cls(**(told | parts | {"examples": tuple(told["examples"])}))


def count(reader: Reader, names: Names, *, created: str) -> Counts:
    """Count what everybody may see of a state; the engine counts, and nothing is held here.

    Args:
        reader: the state.
        names: of its store.
        created: when it was published.

    """
    seen = public(reader, names)
    sizes, entities = _one(seen, _SIZES), _one(seen, _ENTITIES)["entities"]
    examples = (_one(seen, _EXAMPLE.format(kind=mg(kind))) for kind in _SHOWN)
    return Counts(
        version=reader.version,
        created=created,
        entities=entities,
        classes=_classes(seen),
        properties=tuple(PropertyCount(**row) for row in _rows(seen, _PROPERTIES)),
        sources=tuple(_source(seen, each) for each in sources(seen, names)),
        examples=tuple(row["example"] for row in examples if row.get("example")),
        **sizes,
    )


def _classes(reader: Reader) -> tuple[ClassCount, ...]:
    ends: dict[str, dict[tuple[str, str], list[tuple[str, int]]]] = {}
    for name, text in (("classes", _TO_CLASS), ("datatypes", _TO_DATATYPE)):
        ends[name] = defaultdict(list)
        for row in _rows(reader, text):
            ends[name][row["class"], row["property"]].append((row["to"], row["n"]))
    used: dict[str, list[PropertyCount]] = defaultdict(list)
    for row in _rows(reader, _OF_CLASS):
        kind = row.pop("class")
        key = kind, row["property"]
        classes, datatypes = tuple(ends["classes"][key]), tuple(ends["datatypes"][key])
        used[kind].append(PropertyCount(**row, classes=classes, datatypes=datatypes))
    return tuple(
        ClassCount(row["class"], row["n"], tuple(used[row["class"]]))
        for row in _rows(reader, _CLASSES)
    )


def _source(reader: Reader, source: Source) -> SourceCount:
    graph = source.graph
    return SourceCount(
        graph=graph.value,
        title=source.title,
        publisher=source.publisher,
        issued=source.issued,
        origin=source.origin,
        entities=_one(reader, _ENTITIES, graph)["entities"],
        **_one(reader, _SIZES, graph),
    )


def _one(reader: Reader, text: str, graph: NamedNode | None = None) -> dict[str, Any]:
    return next(iter(_rows(reader, text, graph)))


def _rows(reader: Reader, text: str, graph: NamedNode | None = None) -> list[dict[str, Any]]:
    """Return the rows in one order: IRIs and texts as texts, counts as numbers."""
    default = [graph] if graph is not None else None
    found = reader.query(text, default_graph=default)
    rows = [{name: _plain(value) for name, value in row.items()} for row in by_name(found)]
    return sorted(rows, key=lambda row: [str(value) for value in row.values()])


def _plain(value: Any) -> str | int:  # noqa: ANN401 - a term, or None
    text = "" if value is None else value.value
    return int(text) if getattr(value, "datatype", None) == _INTEGER else text


def _properties(told: Iterable[dict[str, Any]]) -> tuple[PropertyCount, ...]:
    return tuple(
        PropertyCount(
            **{
                **each,
                "classes": tuple((iri, n) for iri, n in each["classes"]),
                "datatypes": tuple((iri, n) for iri, n in each["datatypes"]),
            }
        )
        for each in told
    )
