"""What a source says of each event that tells it from others: names, sport, sex, who won."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.names import MG, local_name, mg
from graph.selecting import rows
from graph.terms import Literal, NamedNode

from .match import shortest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.engines.base import Reader
    from graph.terms import Term

_FACTS = {"sport": "sports", "sex": "sexes", "externalId": "ids"}


@dataclass(frozen=True, slots=True)
class Won:
    """A medal as one source has it.

    Attributes:
        nations: those of the entry.
        people: its athletes and guides; empty where the source names none.

    """

    award: NamedNode
    entry: NamedNode
    medal: NamedNode
    nations: frozenset[NamedNode]
    people: frozenset[NamedNode]

    @property
    def is_team(self) -> bool:
        """Whether several people share it."""
        return len(self.people) > 1


@dataclass(slots=True, eq=False)
class Contest:
    """One event as one source describes it.

    Attributes:
        games: the edition of the Games.
        labels: names and other spellings.
        sexes: for whom it is: ``M``, ``F``, ``Mixed``.
        ids: keys in other registers, as register:key.
        medals: in the order of their addresses.

    """

    node: NamedNode
    games: NamedNode
    labels: set[str] = field(default_factory=set)
    sports: set[NamedNode] = field(default_factory=set)
    sexes: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    medals: list[Won] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The shortest of the names, or the end of the address."""
        return shortest(self.labels, self.node)


def contests_of(reader: Reader, graph: NamedNode) -> dict[NamedNode, Contest]:
    """Return the events that a source describes, by their nodes."""
    found: dict[NamedNode, Contest] = {}
    event = f"GRAPH {graph} {{ ?event a mg:Event ; mg:games ?games"
    for row in rows(reader, f"SELECT ?event ?games WHERE {{ {event} }} }}"):
        node, games = row["event"], row["games"]
        if isinstance(node, NamedNode) and isinstance(games, NamedNode):
            found.setdefault(node, Contest(node, games))
    text = f"SELECT ?event ?label WHERE {{ {event} ; rdfs:label|skos:altLabel ?label }} }}"
    for row in rows(reader, text):
        found[row["event"]].labels.add(row["label"].value)  # type: ignore[index] # the same events
    for prop, attribute in _FACTS.items():
        for quad in reader.quads(None, mg(prop), graph=graph):
            if (contest := found.get(quad.subject)) is not None:  # type: ignore[arg-type] # no quoted triples
                getattr(contest, attribute).add(_fact(quad.object))
    _add_medals(reader, graph, found)
    return found


def _add_medals(reader: Reader, graph: NamedNode, found: Mapping[NamedNode, Contest]) -> None:
    won = f"GRAPH {graph} {{ ?award mg:medal ?medal ; mg:event ?event ; mg:entry ?entry"
    nations, people = (
        _gathered(reader, f"GRAPH {graph} {{ ?award mg:entry ?entry . ?entry {path} ?value }}")
        for path in ("mg:nation", "mg:athlete|mg:guide")
    )
    text = f"SELECT DISTINCT ?award ?medal ?event ?entry WHERE {{ {won} }} }} ORDER BY ?award"
    for row in rows(reader, text):
        contest, entry = found.get(row["event"]), row["entry"]  # type: ignore[arg-type] # nodes
        if contest is not None:
            own = frozenset(nations[entry]), frozenset(people[entry])
            contest.medals.append(Won(row["award"], entry, row["medal"], *own))  # type: ignore[arg-type]


def _gathered(reader: Reader, pattern: str) -> defaultdict[Term, set[NamedNode]]:
    found: defaultdict[Term, set[NamedNode]] = defaultdict(set)
    for row in rows(reader, f"SELECT DISTINCT ?entry ?value WHERE {{ {pattern} }}"):
        found[row["entry"]].add(row["value"])  # type: ignore[arg-type] # nodes
    return found


def _fact(value: object) -> object:
    """Return a sport as the node that it is, a word of the vocabulary and a text as text."""
    is_word = isinstance(value, NamedNode) and value.value.startswith(MG)
    return local_name(value) if is_word else _text(value)


def _text(value: object) -> object:
    return value.value if isinstance(value, Literal) else value
