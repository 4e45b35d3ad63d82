"""One pass over a graph: which sorts of nodes it has, how many of each, and who is an example.

Two nodes are of one sort if they have the same properties as often, and are of the same
classes. An example is kept of each sort, and of each value that a condition could mind.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from graph.names import RDF_TYPE
from graph.progress import Progress, silent
from graph.terms import Literal, NamedNode

from .reach import Detail, detail, is_local

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.terms import Quad, Term

    from .constraints import Constraint
    from .views import View


REPORTED_NODES = 1_000
"""How often progress is reported."""


class Sort(NamedTuple):
    """What the nodes of one sort have in common.

    Attributes:
        kind: an IRI or a blank node.
        classes: what they are of.
        predicates: the properties that they have, rdf:type among them.

    """

    kind: type[Term]
    classes: frozenset[object]
    predicates: frozenset[NamedNode]


class Census:
    """The nodes of a graph by sort.

    Args:
        view: the graph.
        constraints: those that are going to be asked about.
        progress: told how many statements were read.

    Attributes:
        words: each IRI that is a property or a value in the graph.
        counts: how many nodes there are of each sort.
        examples: a node of each sort, and one for each value that a condition could mind.
        linked: by number of the sort and property, the values of which classes are minded,
            each with a node that has it.

    """

    def __init__(
        self, view: View, constraints: Iterable[Constraint], progress: Progress = silent
    ) -> None:
        self._minded, self._progress = _minded(constraints), progress
        self._begin()
        try:
            self._read(_in_order(view))
        except _ScatteredError:
            self._begin()
            self._read(_gathered(view))
        self.words.update(known.predicate for known in self._known.values())

    def sorts(self) -> Iterator[tuple[Sort, int]]:
        """Yield each sort with the number of its nodes."""
        meant = list(self._parts)
        for (kind, parts), count in zip(self._numbers, self.counts, strict=True):
            said = {meant[part] for part in parts}
            classes = frozenset(value for predicate, value in said if predicate == RDF_TYPE)
            yield Sort(kind, classes, frozenset(predicate for predicate, _ in said)), count

    def _begin(self) -> None:
        self.words: set[Term] = set()
        self.counts: list[int] = []
        self.examples: set[Term] = set()
        self.linked: defaultdict[tuple[int, NamedNode], dict[Term, Term]] = defaultdict(dict)
        self._known: dict[NamedNode, _Property] = {}
        self._parts: dict[tuple[NamedNode, object], int] = {}
        self._numbers: dict[tuple[type, tuple[int, ...]], int] = {}
        self._values: set[tuple[object, ...]] = set()

    def _read(self, nodes: Iterable[tuple[Term, Iterable[Quad]]]) -> None:
        read = 0
        for done, (subject, quads) in enumerate(nodes):
            read += self._take(subject, quads)
            if done % REPORTED_NODES == 0:
                self._progress(read, None)

    def _take(self, subject: Term, quads: Iterable[Quad]) -> int:
        """Count one node, and return how many statements there are about it."""
        parts: list[int] = []
        minded: list[tuple[_Property, Term]] = []
        for quad in quads:
            value: Term = quad.object  # type: ignore[assignment] # no quoted triples
            known = self._known.get(quad.predicate) or self._new(quad.predicate)
            if isinstance(value, NamedNode):
                self.words.add(value)
            parts.append(self._part(known, value) if known.tells else known.part)
            if known.wanted:
                minded.append((known, value))
        parts.sort()
        number = self._numbers.setdefault((type(subject), tuple(parts)), len(self._numbers))
        if number == len(self.counts):
            self.counts.append(0)
            self.examples.add(subject)
        self.counts[number] += 1
        for known, value in minded:
            self._mind(subject, number, known, value)
        return len(parts)

    def _new(self, predicate: NamedNode) -> _Property:
        wanted = self._minded[predicate]
        is_type = predicate == RDF_TYPE
        self._known[predicate] = _Property(
            predicate=predicate,
            part=self._parts.setdefault((predicate, None), len(self._parts)),
            tells=is_type or Detail.LANGUAGE in wanted,
            wanted=wanted & ~Detail.LANGUAGE,
        )
        return self._known[predicate]

    def _part(self, known: _Property, value: Term) -> int:
        """Return the number of a property with what the sort of a node tells of its value."""
        told: object = value if known.predicate == RDF_TYPE else _language(value)
        return self._parts.setdefault((known.predicate, told), len(self._parts))

    def _mind(self, subject: Term, sort: int, known: _Property, value: Term) -> None:
        """Keep the subject if no other of its sort has such a value."""
        if Detail.CLASSES in known.wanted:
            self.linked[sort, known.predicate].setdefault(value, subject)
        seen: tuple[object, ...]
        if Detail.TERM in known.wanted:
            seen = sort, known.part, value
        elif Detail.KIND in known.wanted:
            seen = sort, known.part, type(value), getattr(value, "datatype", None)
        else:
            return
        if seen not in self._values:
            self._values.add(seen)
            self.examples.add(subject)


class _Property(NamedTuple):
    """A property in the graph.

    Attributes:
        part: its number where nothing is told of the value.
        tells: whether the sort of a node tells something of the value.
        wanted: what conditions mind of the value besides.

    """

    predicate: NamedNode
    part: int
    tells: bool
    wanted: Detail


class _ScatteredError(Exception):
    """The statements about one node do not stand together."""


def _minded(constraints: Iterable[Constraint]) -> defaultdict[NamedNode, Detail]:
    """Return what local conditions mind of the values of each property."""
    found: defaultdict[NamedNode, Detail] = defaultdict(lambda: Detail.NOTHING)
    for constraint in constraints:
        if is_local(constraint) and constraint.path:
            found[constraint.path[0].predicate] |= detail(constraint)
    return found


def _in_order(view: View) -> Iterator[tuple[Term, Iterable[Quad]]]:
    """Yield each node with what is said of it, from a store that keeps it together.

    Two nodes of one hash are taken for one that is scattered.
    """
    seen: set[int] = set()
    quads = view.reader.quads(graph=view.graph)
    for subject, about in groupby(quads, key=attrgetter("subject")):
        number = hash(subject)
        if number in seen:
            raise _ScatteredError
        seen.add(number)
        yield subject, about


def _gathered(view: View) -> Iterable[tuple[Term, list[Quad]]]:
    """Return each node with what is said of it, gathered in memory."""
    about: defaultdict[Term, list[Quad]] = defaultdict(list)
    for quad in view.reader.quads(graph=view.graph):
        about[quad.subject].append(quad)  # type: ignore[index] # no quoted triples
    return about.items()


def _language(value: Term) -> str | None:
    """Return the tag of a literal as languages are compared; None for any other value."""
    return value.language.lower() if isinstance(value, Literal) and value.language else None
