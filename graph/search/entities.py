"""What is searched for: each thing with a name, and what it can be filtered and told apart by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from graph.engines.public import PublicReader
from graph.names import OUTSIDE_PREFIXES, RDF_TYPE, RDFS_LABEL, SKOS_ALT_LABEL, local_name, mg
from graph.naming import Naming, nearest
from graph.prologue import house_prologue
from graph.terms import DEFAULT_GRAPH, Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import Subject, Term

    _Said = dict[NamedNode, list[Term]]

TITLE = NamedNode(OUTSIDE_PREFIXES["dcterms"] + "title")
NAMING = (RDFS_LABEL, TITLE, SKOS_ALT_LABEL, mg("code"), mg("formerCode"))
"""What a thing is found by; the first that there is names it."""

_SOURCE_CLASS = local_name(NamedNode(OUTSIDE_PREFIXES["prov"] + "Entity"))
SOURCE = "Source"
"""The kind of thing that a graph is; it is no class of the vocabulary."""

LINKS = (mg("athlete"), mg("guide"), mg("person"))
"""How entries, participations and other records point to the people that they are about."""

NATION, GAMES, SPORT, EVENT, WIDER = map(mg, ("nation", "games", "sport", "event", "partOf"))
_BORN = mg("born")
_ITSELF = {"Nation": "nations", "Games": "games", "Sport": "sports"}
_WEIGHTS = {"Nation": 4_000, "Sport": 3_000, "Games": 2_000, SOURCE: 1_000, "Organization": 500}
_MOST_RECORDS = 5_000
"""So many records of one person are looked at: nobody has as many but by mistake."""
_REMEMBERED = 20_000
_DEPTH = 5


@dataclass(frozen=True, slots=True)
class Spelling:
    """One name of a thing, with the tag of its language; codes have none."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing with a name.

    Attributes:
        iri: its address.
        label: what pages call it.
        spellings: every name, the label first.
        kinds: its classes by their local names, such as Person; Source for a graph.
        nations: IRIs of those it belongs to or stood for; of a nation itself.
        games: IRIs of the Games that it was at; of the Games themselves.
        sports: IRIs of its sports, and of the wider ones; of a sport itself too.
        born: the date of birth of a person as EDTF.
        weight: how much there is of it, to put the known before the unknown.
        labels: what pages call it in each language, if it is named in several.

    """

    iri: str
    label: str
    spellings: tuple[Spelling, ...]
    kinds: tuple[str, ...] = ()
    nations: tuple[str, ...] = ()
    games: tuple[str, ...] = ()
    sports: tuple[str, ...] = ()
    born: str = ""
    weight: int = 0
    labels: tuple[Spelling, ...] = ()

    def label_in(self, languages: Sequence[str]) -> str:
        """Return what pages call it for a reader of some languages, the best first."""
        by_language = {spelling.language: spelling.text for spelling in self.labels}
        return by_language[nearest(by_language, languages)] if by_language else self.label


@dataclass(frozen=True, slots=True)
class _Facts:
    nations: frozenset[str] = frozenset()
    games: frozenset[str] = frozenset()
    sports: frozenset[str] = frozenset()

    def __or__(self, other: _Facts) -> _Facts:
        return _Facts(
            self.nations | other.nations, self.games | other.games, self.sports | other.sports
        )


class Entities:
    """Reads things with names out of a state, without anything that is restricted.

    Args:
        reader: the state.
        names: the names of the store.

    """

    def __init__(self, reader: Reader, names: Names) -> None:
        self._reader, self._names = reader, names
        public = PublicReader(reader, house_prologue(names))
        self._naming = Naming(public)
        self._naming_in = lru_cache(maxsize=None)(lambda tag: Naming(public, tag))
        # Events and sports come again with every entry.
        self._event = lru_cache(maxsize=_REMEMBERED)(self._facts_of_event)
        self._wider = lru_cache(maxsize=_REMEMBERED)(self._with_wider)

    def all(self) -> Iterator[Entity]:
        """Yield each thing with a name once."""
        properties = "|".join(str(prop) for prop in NAMING)
        found = self._reader.query(f"SELECT DISTINCT ?thing {{ ?thing {properties} ?name }}")
        for row in found:  # type: ignore[union-attr] # a SELECT
            entity = self.of(row["thing"])
            if entity is not None:
                yield entity

    def of(self, node: Term) -> Entity | None:
        """Return what is known of a node; None if it has no name."""
        if not isinstance(node, NamedNode):
            return None
        said = self._said(node)
        spellings = _spellings(said)
        if not spellings:
            return None
        kinds = {local_name(kind) for kind in said.get(RDF_TYPE, ())} - {""}
        if self._names.is_source(node):
            kinds = (kinds - {_SOURCE_CLASS}) | {SOURCE}
        facts, records = self._facts(node, said)
        for kind in kinds & _ITSELF.keys():
            facts |= _Facts(**{_ITSELF[kind]: frozenset({node.value})})
        label = self._label(node, spellings)
        spellings.sort(key=lambda spelling: spelling.text != label)
        born = [text.value for text in said.get(_BORN, ()) if isinstance(text, Literal)]
        return Entity(
            node.value,
            label,
            tuple(spellings),
            tuple(sorted(kinds)),
            tuple(sorted(facts.nations)),
            tuple(sorted(facts.games)),
            tuple(sorted(self._wide(facts.sports))),
            min(born, default=""),
            max([records, *(_WEIGHTS.get(kind, 0) for kind in kinds)]),
            tuple(self._labels(node, said)),
        )

    def people_of(self, node: Subject) -> Iterator[Term]:
        """Yield the people whom a record is about."""
        for link in LINKS:
            yield from self._values(node, link)

    def people_in(self, event: Term) -> Iterator[Term]:
        """Yield the people who have a record that is about an event."""
        for record in self._subjects(EVENT, event):
            yield from self.people_of(record)

    def named_in(self, graph: Term) -> Iterator[Subject]:
        """Yield the nodes that a source gives a name to."""
        if isinstance(graph, NamedNode):
            for quad in self._reader.quads(None, RDFS_LABEL, graph=graph):
                yield quad.subject  # type: ignore[misc] # no quoted triples

    def about_sport(self, sport: Term) -> Iterator[Subject]:
        """Yield the events and records that are about a sport."""
        return self._subjects(SPORT, sport)

    def narrower(self, sport: Term) -> Iterator[Subject]:
        """Yield the sports that are part of a sport."""
        return self._subjects(WIDER, sport)

    def _label(self, node: NamedNode, spellings: list[Spelling]) -> str:
        if len(spellings) == 1:
            return spellings[0].text
        return self._naming.name(node, naming=(RDFS_LABEL, TITLE)) or spellings[0].text

    def _labels(self, node: NamedNode, said: _Said) -> Iterator[Spelling]:
        texts = [text for text in said.get(RDFS_LABEL, ()) if isinstance(text, Literal)]
        tags = sorted({text.language or "" for text in texts})
        for tag in tags if len(tags) > 1 else ():
            chosen = self._naming_in(tag).chosen(node, RDFS_LABEL)
            if chosen is not None and (chosen.language or "") == tag:
                yield Spelling(chosen.value, tag)

    def _facts(self, node: NamedNode, said: _Said) -> tuple[_Facts, int]:
        """Return what a node can be filtered by, and how many records are about it."""
        facts, records = self._own(said), 0
        for link in LINKS:
            for record in islice(self._subjects(link, node), _MOST_RECORDS):
                facts |= self._own(self._said(record))
                records += 1
        return facts, records

    def _own(self, said: _Said) -> _Facts:
        """Return what is said of a node itself, and of its event."""
        facts = _facts_in(said)
        for event in said.get(EVENT, ()):
            facts |= self._event(event)
        return facts

    def _facts_of_event(self, event: Term) -> _Facts:
        if not isinstance(event, NamedNode):
            return _Facts()
        return replace(_facts_in(self._said(event)), nations=frozenset())

    def _wide(self, sports: Iterable[str]) -> set[str]:
        return {wider for sport in sports for wider in self._wider(sport)}

    def _with_wider(self, sport: str) -> frozenset[str]:
        found, last = {sport}, {sport}
        for _ in range(_DEPTH):
            last = {
                wider for one in last for wider in _iris(self._said(NamedNode(one)), WIDER)
            } - found
            found |= last
        return frozenset(found)

    def _said(self, node: Subject) -> _Said:
        """Return everything that is said of a node; one look takes less than one a property."""
        found: _Said = {}
        for quad in self._reader.quads(node, graph=DEFAULT_GRAPH):
            found.setdefault(quad.predicate, []).append(quad.object)  # type: ignore[arg-type] # no quoted triples
        return found

    def _values(self, node: Subject, prop: NamedNode) -> Iterator[Term]:
        for quad in self._reader.quads(node, prop, graph=DEFAULT_GRAPH):
            yield quad.object  # type: ignore[misc] # no quoted triples

    def _subjects(self, prop: NamedNode, value: Term) -> Iterator[Subject]:
        for quad in self._reader.quads(None, prop, value, DEFAULT_GRAPH):
            yield quad.subject  # type: ignore[misc] # the same


def _spellings(said: _Said) -> list[Spelling]:
    """Return the names of a node, those first that come before others in ``NAMING``."""
    found: dict[Spelling, None] = {}
    for prop in NAMING:
        texts = [text for text in said.get(prop, ()) if isinstance(text, Literal)]
        spellings = (Spelling(text.value, text.language or "") for text in texts)
        found |= dict.fromkeys(sorted(spellings, key=lambda one: (one.language, one.text)))
    return list(found)


def _facts_in(said: _Said) -> _Facts:
    return _Facts(_iris(said, NATION), _iris(said, GAMES), _iris(said, SPORT))


def _iris(said: _Said, prop: NamedNode) -> frozenset[str]:
    return frozenset(value.value for value in said.get(prop, ()) if isinstance(value, NamedNode))
