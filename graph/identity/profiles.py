"""What a source says of each person that tells them from others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.names import mg
from graph.selecting import rows
from graph.terms import Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.engines.base import Reader

_FACTS = {mg("born"): "born", mg("sex"): "sexes", mg("externalId"): "ids"}
_YEAR = "?games mg:year ?year"


@dataclass(slots=True, eq=False)
class Profile:
    """One person as one source describes them.

    Attributes:
        labels: names and other spellings.
        born: dates of birth as EDTF.
        ids: keys in other registers, as register:key.
        nations: those that they stood for.
        years: the years of their Games.
        sports: the sports that they were in.
        events: the events that they were in.

    """

    node: NamedNode
    labels: set[str] = field(default_factory=set)
    born: set[str] = field(default_factory=set)
    sexes: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    nations: set[NamedNode] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    sports: set[NamedNode] = field(default_factory=set)
    events: set[NamedNode] = field(default_factory=set)

    @property
    def label(self) -> str:
        """The shortest of the names, or the end of the address."""
        names = sorted(self.labels, key=lambda name: (len(name), name))
        return names[0] if names else self.node.value.rpartition("/")[2]


def profiles_of(reader: Reader, graph: NamedNode) -> dict[NamedNode, Profile]:
    """Return the people whom a source describes, by their nodes."""
    found: dict[NamedNode, Profile] = {}
    people = f"GRAPH {graph} {{ ?person a mg:Person ; rdfs:label|skos:altLabel ?label }}"
    for row in rows(reader, f"SELECT ?person ?label WHERE {{ {people} }}"):
        node = row["person"]
        if isinstance(node, NamedNode):
            found.setdefault(node, Profile(node)).labels.add(_text(row["label"]))
    for predicate, attribute in _FACTS.items():
        for quad in reader.quads(None, predicate, graph=graph):
            profile = found.get(quad.subject)  # type: ignore[arg-type] # others are not in it
            if profile is not None:
                getattr(profile, attribute).add(_text(quad.object))
    _add_parts(reader, graph, found)
    return found


def _add_parts(reader: Reader, graph: NamedNode, found: Mapping[NamedNode, Profile]) -> None:
    years = {row["games"]: int(_text(row["year"])) for row in rows(reader, _select(_YEAR))}
    games_of, sports_of = _objects(reader, "games"), _objects(reader, "sport")
    wider = {quad.subject: quad.object for quad in reader.quads(None, mg("partOf"))}
    who = "{ ?part mg:person ?who } UNION { ?part mg:athlete ?who } UNION { ?part mg:guide ?who }"
    what = "VALUES ?p { mg:nation mg:event mg:games mg:sport } ?part ?p ?value"
    text = f"SELECT ?who ?p ?value WHERE {{ GRAPH {graph} {{ {who} {what} }} }}"
    for row in rows(reader, text):
        profile, value = found.get(row["who"]), row["value"]  # type: ignore[arg-type] # nodes
        if profile is None or not isinstance(value, NamedNode):
            continue
        if row["p"] == mg("nation"):
            profile.nations.add(value)
        elif row["p"] == mg("sport"):
            profile.sports.add(value)
        elif row["p"] == mg("games"):
            profile.years.update({years[value]} if value in years else set())
        else:
            profile.events.add(value)
            profile.sports |= sports_of[value]
            profile.years |= {years[games] for games in games_of[value] if games in years}
    for profile in found.values():
        profile.sports |= {wider[sport] for sport in profile.sports if sport in wider}  # type: ignore[misc]


def _objects(reader: Reader, prop: str) -> defaultdict[NamedNode, set[NamedNode]]:
    found: defaultdict[NamedNode, set[NamedNode]] = defaultdict(set)
    for row in rows(reader, _select(f"?event a mg:Event ; mg:{prop} ?value")):
        found[row["event"]].add(row["value"])  # type: ignore[index, arg-type] # nodes
    return found


def _select(pattern: str) -> str:
    return f"SELECT * WHERE {{ {pattern} }}"


def _text(term: object) -> str:
    return term.value if isinstance(term, Literal | NamedNode) else ""
