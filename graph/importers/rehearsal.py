"""What an import would do, found out on a private state of which nothing is kept."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.conflicts import differ
from graph.names import RDF_TYPE, RDFS_LABEL, mg
from graph.naming import Naming
from graph.spelling import may_be_one, name_key
from graph.terms import Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.engines.base import Reader
    from graph.gate import Single
    from graph.terms import Quad, Subject, Term

EXAMPLES = 3
"""How many examples are kept of each finding, unless more are asked for."""

_PERSON = mg("Person")
_ATHLETE, _EVENT, _NATION = mg("athlete"), mg("event"), mg("nation")


@dataclass(slots=True)
class Found:
    """How often something was found, with a few examples of it.

    Attributes:
        most: so many examples are kept.
        nodes: of each example the IRI of the thing that it is about, or an empty text.

    """

    count: int = 0
    examples: list[str] = field(default_factory=list)
    most: int = EXAMPLES
    nodes: list[str] = field(default_factory=list)

    def add(self, example: str, node: Subject | None = None) -> None:
        """Count one more, which is about a node if one is given."""
        self.count += 1
        if len(self.examples) < self.most:
            self.examples.append(example)
            self.nodes.append(node.value if isinstance(node, NamedNode) else "")

    def to_json(self) -> dict[str, object]:
        """Return it for a program."""
        return {"count": self.count, "examples": list(self.examples)}


@dataclass(slots=True)
class Things:
    """The things of one class that an import speaks of.

    Attributes:
        matched: those that other sources describe too.
        kept: those that only this source described before.
        new: those that nobody described before.

    """

    matched: Found = field(default_factory=Found)
    kept: Found = field(default_factory=Found)
    new: Found = field(default_factory=Found)


@dataclass(slots=True)
class Rehearsal:
    """What an import would do to the graph of its source.

    Attributes:
        things: by the name of their class.
        doubtful: new people who are called as somebody whom another source describes, or
            nearly so and in the same event for the same nation.
        added: statements that the source did not make before.
        same: statements that it made before and makes again.
        removed: how many statements it would not make any more.
        conflicting: statements that differ from what another source says, where there can
            be one value only.

    """

    things: dict[str, Things] = field(default_factory=lambda: defaultdict(Things))
    doubtful: Found = field(default_factory=Found)
    added: Found = field(default_factory=Found)
    same: Found = field(default_factory=Found)
    removed: int = 0
    conflicting: Found = field(default_factory=Found)

    def to_json(self) -> dict[str, object]:
        """Return it for a program."""
        return {
            "things": {
                kind: {
                    "known": things.matched.to_json(),
                    "as_before": things.kept.to_json(),
                    "new": things.new.to_json(),
                }
                for kind, things in sorted(self.things.items())
            },
            "doubtful": self.doubtful.to_json(),
            "statements": {
                "new": self.added.to_json(),
                "as_before": self.same.to_json(),
                "removed": self.removed,
                "conflicting": self.conflicting.to_json(),
            },
        }


def rehearsal(
    before: Reader,
    after: Reader,
    graph: NamedNode,
    single: Iterable[Single],
    *,
    examples: int = EXAMPLES,
) -> Rehearsal:
    """Return what changes in the graph of a source between two states.

    Args:
        before: the state as it is.
        after: the state with the import.
        graph: the graph of the source.
        single: what can have one value only.
        examples: how many are kept of what may be wrong.

    """
    found = Rehearsal(doubtful=Found(most=examples), conflicting=Found(most=examples))
    work = _Work(before, after, graph, {one.predicate for one in single})
    for quad in after.quads(graph=graph):
        (found.same if before.contains(quad) else found.added).add(work.words(quad))
        if quad.predicate == RDF_TYPE:
            work.count_thing(quad, found)
        if quad.predicate in work.single:
            work.compare(quad, found)
    found.removed = sum(not after.contains(quad) for quad in before.quads(graph=graph))
    return found


class _Work:
    """One rehearsal, and the names of the people that it needed so far."""

    def __init__(
        self, before: Reader, after: Reader, graph: NamedNode, single: set[NamedNode]
    ) -> None:
        self.before, self.after, self.graph, self.single = before, after, graph, single
        self._people: dict[str, str] | None = None
        self._entered: dict[Term, list[tuple[str, str, Term]]] = {}
        self._naming = Naming(after)

    def words(self, quad: Quad) -> str:
        return f"{_end(quad.subject)} {_end(quad.predicate)} {_end(quad.object)}"

    def count_thing(self, quad: Quad, found: Rehearsal) -> None:
        said = {known.graph_name for known in self.before.quads(quad.subject, RDF_TYPE)}  # type: ignore[arg-type] # no quoted triples
        things = found.things[_end(quad.object)]
        name = self._label(quad.subject)  # type: ignore[arg-type] # the same
        if said - {self.graph}:
            things.matched.add(name)
        elif said:
            things.kept.add(name)
        else:
            things.new.add(name)
            if quad.object == _PERSON and (other := self._called(name) or self._beside(quad, name)):
                found.doubtful.add(f"{name}: perhaps {other}", quad.subject)  # type: ignore[arg-type] # no quoted triples

    def compare(self, quad: Quad, found: Rehearsal) -> None:
        for other in self.before.quads(quad.subject, quad.predicate):  # type: ignore[arg-type] # the same
            if other.graph_name != self.graph and _is_conflict(quad, other):
                theirs = f"{_end(other.object)} in {_end(other.graph_name)}"
                found.conflicting.add(f"{self.words(quad)}, but {theirs}")
                return

    def _label(self, node: Subject) -> str:
        return self._naming.name(node) or _end(node)

    def _called(self, name: str) -> str:
        """Return somebody of this name whom another source describes, or an empty text."""
        if self._people is None:
            self._people = {
                name_key(label.object.value): _end(quad.subject)  # type: ignore[union-attr]
                for quad in self.before.quads(None, RDF_TYPE, _PERSON)
                if quad.graph_name != self.graph
                for label in self.before.quads(quad.subject, RDFS_LABEL)  # type: ignore[arg-type] # the same
                if _is_text(label.object)
            }
        return self._people.get(name_key(name), "")

    def _beside(self, quad: Quad, name: str) -> str:
        """Return somebody of a like name, in one event with somebody new, for the same nation."""
        for entry in _subjects(self.after, quad.subject):  # type: ignore[arg-type] # no quoted triples
            for event in self.after.quads(entry, _EVENT):
                nations = {said.object for said in self.after.quads(entry, _NATION)}
                for other, label, nation in self._entered_in(event.object):  # type: ignore[arg-type] # no quoted triples
                    if nation in nations and may_be_one(name, label):
                        return other
        return ""

    def _entered_in(self, event: Term) -> list[tuple[str, str, Term]]:
        """Return whom other sources have in an event: the key, each name, each nation."""
        if event not in self._entered:
            entries = {
                said.subject
                for said in self.before.quads(None, _EVENT, event)
                if said.graph_name != self.graph
            }
            self._entered[event] = [
                (_end(who.object), label.object.value, nation.object)  # type: ignore[union-attr, misc]
                for entry in sorted(entries, key=str)
                for nation in self.before.quads(entry, _NATION)  # type: ignore[arg-type] # the same
                for who in self.before.quads(entry, _ATHLETE)  # type: ignore[arg-type] # the same
                for label in self.before.quads(who.object, RDFS_LABEL)  # type: ignore[arg-type] # the same
                if _is_text(label.object)
            ]
        return self._entered[event]


def _subjects(reader: Reader, athlete: Subject) -> list[NamedNode]:
    found = {quad.subject for quad in reader.quads(None, _ATHLETE, athlete)}
    return sorted((one for one in found if isinstance(one, NamedNode)), key=str)


def _is_conflict(quad: Quad, other: Quad) -> bool:
    """Tell whether two statements about one thing cannot both stand; names, in one language."""
    one, another = quad.object, other.object
    if quad.predicate == RDFS_LABEL:
        languages = [getattr(term, "language", None) for term in (one, another)]
        return one != another and languages[0] is not None and languages[0] == languages[1]
    return differ(quad.predicate, one, another)


def _is_text(term: object) -> bool:
    return isinstance(term, Literal)


def _end(term: object) -> str:
    if isinstance(term, NamedNode):
        return term.value.rpartition("/")[2].rpartition("#")[2] or term.value
    return term.value if isinstance(term, Literal) else str(term)
