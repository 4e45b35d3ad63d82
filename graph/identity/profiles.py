"""What a source says of each person that tells them from others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count, product
from typing import TYPE_CHECKING, Any

from graph.names import mg
from graph.progress import Progress, silent
from graph.selecting import rows
from graph.terms import Literal, NamedNode

from .match import shortest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from graph.engines.base import Reader
    from graph.terms import Term

_FACTS = {mg("born"): "born", mg("sex"): "sexes", mg("externalId"): "ids"}
_YEAR = "?games mg:year ?year"
_LINKS = ("person", "athlete", "guide")
_REPORTED = 1_000
"""How often progress is reported."""


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
        return shortest(self.labels, self.node)


def profiles_of(
    reader: Reader, graph: NamedNode, *, progress: Progress = silent
) -> dict[NamedNode, Profile]:
    """Return the people whom a source describes, by their nodes.

    Args:
        reader: the state.
        graph: the source.
        progress: told how many statements about people were read.

    """
    found: dict[NamedNode, Profile] = {}
    read = _counted(progress)
    people = f"GRAPH {graph} {{ ?person a mg:Person ; rdfs:label|skos:altLabel ?label }}"
    for row in read(rows(reader, f"SELECT ?person ?label WHERE {{ {people} }}")):
        node = row["person"]
        if isinstance(node, NamedNode):
            found.setdefault(node, Profile(node)).labels.add(_text(row["label"]))
    for predicate, attribute in _FACTS.items():
        for quad in read(reader.quads(None, predicate, graph=graph)):
            profile = found.get(quad.subject)
            if profile is not None:
                getattr(profile, attribute).add(_text(quad.object))
    _add_parts(reader, graph, found, read)
    return found


def _counted(progress: Progress) -> Callable[[Iterable[Any]], Iterator[Any]]:
    """Return what passes on everything it is given and tells how much it was."""
    numbers = count(1)

    def read(items: Iterable[Any]) -> Iterator[Any]:
        for item in items:
            done = next(numbers)
            if done % _REPORTED == 0:
                progress(done, None)
            yield item

    return read


def _add_parts(
    reader: Reader,
    graph: NamedNode,
    found: Mapping[NamedNode, Profile],
    read: Callable[[Iterable[Any]], Iterator[Any]],
) -> None:
    years = {row["games"]: int(_text(row["year"])) for row in rows(reader, _select(_YEAR))}
    games_of, sports_of = _objects(reader, "games"), _objects(reader, "sport")
    wider = {quad.subject: quad.object for quad in reader.quads(None, mg("partOf"))}
    shared: dict[Term, NamedNode] = {}
    for link, prop in product(_LINKS, ("nation", "event", "games", "sport")):
        what = f"?part mg:{link} ?who ; mg:{prop} ?value"
        text = f"SELECT DISTINCT ?who ?value WHERE {{ GRAPH {graph} {{ {what} }} }}"
        for row in read(rows(reader, text)):
            profile, value = found.get(row["who"]), row["value"]
            if profile is None or not isinstance(value, NamedNode):
                continue
            value = shared.setdefault(value, value)
            if prop == "nation":
                profile.nations.add(value)
            elif prop == "sport":
                profile.sports.add(value)
            elif prop == "games":
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
