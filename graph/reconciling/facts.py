"""What the record says of things that may be meant: the facts that evidence is held against."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from graph.names import RDF_TYPE, RDFS_LABEL, SKOS_ALT_LABEL, local_name, mg
from graph.naming import Naming
from graph.terms import DEFAULT_GRAPH, Literal, NamedNode

from .kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import Quad

_ROLES = (mg("athlete"), mg("guide"), mg("person"))
_CLASSES = {mg(kind): kind for kind in KINDS}
COLOURS = {"gold": mg("Gold"), "silver": mg("Silver"), "bronze": mg("Bronze")}
_MEDALS = {medal: colour for colour, medal in COLOURS.items()}


@dataclass(slots=True, eq=False)
class Facts:
    """One thing as the record describes it.

    Attributes:
        kind: the identifier of its kind.
        labels: names, in whatever language, and other spellings.
        born: dates of birth as EDTF.
        sexes: ends of the IRIs of sexes.
        ids: keys in other registers, as register:key.
        codes: codes of a nation, of today and before; ``codes_now`` is that of today.
        medals: how many it holds now, by colour.

    """

    node: NamedNode
    kind: str
    name: str
    labels: tuple[str, ...]
    born: set[str] = field(default_factory=set)
    died: set[str] = field(default_factory=set)
    sexes: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    codes_now: set[str] = field(default_factory=set)
    nations: set[NamedNode] = field(default_factory=set)
    games: set[NamedNode] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    sports: set[NamedNode] = field(default_factory=set)
    events: set[NamedNode] = field(default_factory=set)
    seasons: set[str] = field(default_factory=set)
    wholes: set[NamedNode] = field(default_factory=set)
    places: set[NamedNode] = field(default_factory=set)
    begins: set[str] = field(default_factory=set)
    ends: set[str] = field(default_factory=set)
    medals: dict[str, int] = field(default_factory=dict)


class Library:
    """Reads the facts of things in one state, each once.

    Args:
        reader: the state, as whoever asks may see it.
        names: the names of the store.
        languages: the tags of those in which things are named, the best first.

    """

    def __init__(self, reader: Reader, names: Names, languages: Sequence[str] = ()) -> None:
        self.reader, self.names = reader, names
        self.naming = Naming(reader, languages)
        self._facts: dict[NamedNode, Facts | None] = {}
        self._whole: set[NamedNode] = set()
        self._years: dict[NamedNode, set[int]] = {}

    def named(self, node: NamedNode) -> Facts | None:
        """Return a thing with its names; where a person took part may not be read yet."""
        if node not in self._facts:
            self._facts[node] = self._read(node)
        return self._facts[node]

    def facts(self, node: NamedNode) -> Facts | None:
        """Return what is known of a thing; None if it is of no kind that is offered."""
        found = self.named(node)
        if found is not None and node not in self._whole:
            self._whole.add(node)
            if found.kind == "Person":
                self._take_part(found)
            for games in found.games:
                found.years |= self.years(games)
        return found

    def label(self, node: NamedNode) -> str:
        """Return what a thing is called."""
        return self.naming.label(node)

    def years(self, games: NamedNode) -> set[int]:
        """Return the year of Games."""
        if games not in self._years:
            said = self._texts(games, mg("year"))
            self._years[games] = {int(text) for text in said if text.isdecimal()}
        return self._years[games]

    @cached_property
    def nations(self) -> list[Facts]:
        """All nations."""
        found = (quad.subject for quad in self.said(None, RDF_TYPE, mg("Nation")))
        nodes = sorted((node for node in found if isinstance(node, NamedNode)), key=str)
        return [facts for node in nodes if (facts := self.facts(node))]

    def said(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the statements of the record that match, each once."""
        return self.reader.quads(subject, predicate, value, DEFAULT_GRAPH)

    def _read(self, node: NamedNode) -> Facts | None:
        about: dict[NamedNode, list[object]] = {}
        for quad in self.said(node):
            about.setdefault(quad.predicate, []).append(quad.object)
        kind = next((_CLASSES[one] for one in about.get(RDF_TYPE, ()) if one in _CLASSES), "")  # type: ignore[index] # as asked
        if not kind:
            return None

        def texts(predicate: NamedNode) -> set[str]:
            return {one.value for one in about.get(predicate, ()) if isinstance(one, Literal)}

        def nodes(predicate: NamedNode) -> set[NamedNode]:
            return {one for one in about.get(predicate, ()) if isinstance(one, NamedNode)}

        named = texts(RDFS_LABEL)
        found = Facts(
            node,
            kind,
            # Of several somebody has to choose, which takes a look at who says what.
            next(iter(named)) if len(named) == 1 else self.label(node),
            tuple(sorted(named | texts(SKOS_ALT_LABEL))),
            born=texts(mg("born")),
            died=texts(mg("died")),
            sexes={local_name(one) for one in nodes(mg("sex"))},
            ids=texts(mg("externalId")),
            codes=texts(mg("code")) | texts(mg("formerCode")),
            codes_now=texts(mg("code")),
            nations=nodes(mg("nation")),
            games=nodes(mg("games")),
            years={int(text) for text in texts(mg("year")) if text.isdecimal()},
            sports=nodes(mg("sport")),
            seasons={local_name(one) for one in nodes(mg("season"))},
            wholes=nodes(mg("partOf")),
            places=nodes(mg("place")),
            begins=texts(mg("from")),
            ends=texts(mg("until")),
        )
        if kind == "Nation":
            found.codes.add(local_name(node))
        return found

    def _take_part(self, found: Facts) -> None:
        """Add where a person took part, for whom, and what was won."""
        for role in _ROLES:
            for link in self.said(None, role, found.node):
                if isinstance(link.subject, NamedNode):
                    self._add_part(found, link.subject)
        for event in found.events:
            for prop, value in self._links(event):
                self._add_place(found, prop, value)

    def _add_part(self, found: Facts, part: NamedNode) -> None:
        for prop, value in self._links(part):
            if prop == mg("nation"):
                found.nations.add(value)
            elif prop == mg("event"):
                found.events.add(value)
            elif prop == mg("won") and value in _MEDALS:
                colour = _MEDALS[value]
                found.medals[colour] = found.medals.get(colour, 0) + 1
            self._add_place(found, prop, value)

    def _add_place(self, found: Facts, prop: NamedNode, value: NamedNode) -> None:
        if prop == mg("games"):
            found.games.add(value)
        elif prop == mg("sport"):
            wholes = self._links(value, mg("partOf"))
            found.sports |= {value, *(whole for _, whole in wholes)}

    def _links(
        self, node: NamedNode, predicate: NamedNode | None = None
    ) -> Iterator[tuple[NamedNode, NamedNode]]:
        """Yield the properties of a thing whose values are things, each with its value."""
        for quad in self.said(node, predicate):
            if isinstance(quad.object, NamedNode):
                yield quad.predicate, quad.object

    def _texts(self, node: NamedNode, predicate: NamedNode) -> set[str]:
        return {q.object.value for q in self.said(node, predicate) if isinstance(q.object, Literal)}
