"""Which sorts of nodes a graph has, how many of each, and what is said of an example.

Two nodes are of one sort if they have the same properties as often, and are of the same
classes. An example is kept of each sort, and of each value that a condition could mind.

Nodes are met as graphs are read, or on their way into one. A node that is met twice, or of
which more is said later, is looked up at the end, when all is there.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from graph.names import RDF_TYPE
from graph.progress import Progress, silent
from graph.terms import DEFAULT_GRAPH, NamedNode

from .excerpt import Excerpt
from .reach import Detail, detail, is_local, language_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graph.engines.base import Reader
    from graph.terms import GraphName, Quad, Term

    from .constraints import Constraint

REPORTED_STATEMENTS = 5_000
"""How often progress is reported."""

_UNKNOWN = -1
"""The sort of a node that has to be looked up."""


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


class Example(NamedTuple):
    """A node that stands for others of its sort: its number, and what was said of it."""

    sort: int
    quads: Sequence[Quad]


class Census:
    """The nodes of the record by sort.

    Args:
        constraints: those that are going to be asked about.
        graphs: what is read at the end: the record or, where what comes is watched, each
            graph that was there before.
        quads: how many statements these hold.

    Attributes:
        quads: as given.
        words: each IRI that is a property or a value, and maybe some that were.
        counts: how many nodes there are of each sort.
        examples: one of each sort, and one of each value that a condition could mind.
        linked: by number of the sort and property, the values of which classes are minded.
        excerpts: what conditions that look further than one node can see.

    """

    def __init__(
        self,
        constraints: Iterable[Constraint],
        graphs: Sequence[GraphName] = (DEFAULT_GRAPH,),
        quads: int = 0,
    ) -> None:
        every = list(constraints)
        self._graphs, self.quads = graphs, quads
        self._minded = _minded(every)
        self.words: set[Term] = set()
        self.counts: list[int] = []
        self.examples: list[Example] = []
        self.linked: defaultdict[tuple[int, NamedNode], set[Term]] = defaultdict(set)
        self.excerpts = [Excerpt(every, folded=folded) for folded in (True, False)]
        self._sorts: list[Sort] = []
        self._sort_of: dict[Term, int] = {}
        self._rest: list[Quad] = []
        self._known: dict[NamedNode, _Property] = {}
        self._parts: dict[tuple[NamedNode, object], int] = {}
        self._numbers: dict[tuple[type, tuple[int, ...]], int] = {}
        self._values: set[tuple[object, ...]] = set()

    def watch(self, quads: Sequence[Quad]) -> None:
        """Meet nodes on their way into the graph.

        Args:
            quads: statements that one source makes and did not make before, in the spelling
                of the store.

        """
        if self._rest and self._rest[0].graph_name != quads[0].graph_name:
            self._meet_rest()
        for subject, about in groupby([*self._rest, *quads], key=attrgetter("subject")):
            if self._rest and self._rest[0].subject != subject:
                self._meet_rest()
            self._rest = list(about)

    def touch(self, nodes: Iterable[Term]) -> None:
        """Note nodes of which something else is said now."""
        self._meet_rest()
        for node in nodes:
            number = self._sort_of.get(node, _UNKNOWN)
            if number != _UNKNOWN:
                self.counts[number] -= 1
            self._sort_of[node] = _UNKNOWN

    def finish(self, reader: Reader, progress: Progress = silent) -> None:
        """Meet what was not watched, and look up what was met twice or touched.

        Args:
            reader: the state as it is now.
            progress: told how many statements were read.

        """
        self._meet_rest()
        read = told = 0
        for subject, about in groupby(self._unwatched(reader), key=attrgetter("subject")):
            quads = list(about)
            self._meet(subject, quads)
            read += len(quads)
            if read - told >= REPORTED_STATEMENTS:
                told = read
                progress(read, None)
        unknown = {node for node, sort in self._sort_of.items() if sort == _UNKNOWN}
        for excerpt in self.excerpts:
            excerpt.forget(unknown)
        for node in unknown:
            del self._sort_of[node]
            quads = list(reader.quads(node, None, None, DEFAULT_GRAPH))  # type: ignore[arg-type] # a subject
            if quads:
                self._meet(node, quads)
        self.words.update(known.predicate for known in self._known.values())

    def sorts(self) -> Iterator[tuple[Sort, int]]:
        """Yield each sort with the number of its nodes, those that have none left out."""
        return ((s, n) for s, n in zip(self._sorts, self.counts, strict=True) if n)

    def standing(self) -> Iterator[Example]:
        """Yield the examples of sorts that have nodes."""
        return (example for example in self.examples if self.counts[example.sort])

    def classes(self, node: object) -> frozenset[object]:
        """Return the classes that a node is said to be of."""
        number = self._sort_of.get(node)  # type: ignore[call-overload] # whatever it is
        return frozenset() if number is None else self._sorts[number].classes

    def _unwatched(self, reader: Reader) -> Iterator[Quad]:
        return (quad for graph in self._graphs for quad in reader.quads(graph=graph))

    def _meet(self, subject: Term, quads: Sequence[Quad]) -> None:
        if subject in self._sort_of:
            self.touch([subject])
            self._note_words(quads)
        else:
            self._sort_of[subject] = self._take(subject, quads)

    def _meet_rest(self) -> None:
        quads, self._rest = self._rest, []
        if quads:
            self._meet(quads[0].subject, quads)  # type: ignore[arg-type] # no quoted triples

    def _take(self, subject: Term, quads: Sequence[Quad]) -> int:
        """Count one node, and return the number of its sort."""
        parts: list[int] = []
        minded: list[tuple[_Property, Term]] = []
        seen: list[tuple[NamedNode, Term]] = []
        for quad in quads:
            value: Term = quad.object  # type: ignore[assignment] # no quoted triples
            known = self._known.get(quad.predicate) or self._new(quad.predicate)
            if isinstance(value, NamedNode):
                self.words.add(value)
            parts.append(self._part(known, value) if known.tells else known.part)
            if known.is_minded:
                minded.append((known, value))
            if known.is_seen:
                seen.append((known.predicate, value))
        parts.sort()
        number = self._numbers.setdefault((type(subject), tuple(parts)), len(self._numbers))
        is_example = number == len(self.counts) and self._begin(type(subject), parts)
        self.counts[number] += 1
        for known, value in minded:
            is_example |= self._is_first(number, known, value)
        if is_example:
            self.examples.append(Example(number, tuple(quads)))
        for excerpt in self.excerpts:
            excerpt.add(number, subject, seen)
        return number

    def _begin(self, kind: type[Term], parts: Iterable[int]) -> bool:
        """Begin a sort."""
        meant = list(self._parts)
        said = {meant[part] for part in parts}
        classes = frozenset(value for predicate, value in said if predicate == RDF_TYPE)
        sort = Sort(kind, classes, frozenset(predicate for predicate, _ in said))
        self._sorts.append(sort)
        self.counts.append(0)
        for excerpt in self.excerpts:
            excerpt.begin(sort)
        return True

    def _note_words(self, quads: Iterable[Quad]) -> None:
        self.words.update(q.object for q in quads if isinstance(q.object, NamedNode))

    def _new(self, predicate: NamedNode) -> _Property:
        wanted = self._minded[predicate]
        is_type = predicate == RDF_TYPE
        self._known[predicate] = _Property(
            predicate=predicate,
            part=self._parts.setdefault((predicate, None), len(self._parts)),
            tells=is_type or Detail.LANGUAGE in wanted,
            is_minded=bool(wanted & ~Detail.LANGUAGE),
            minds_classes=Detail.CLASSES in wanted,
            minds_term=Detail.TERM in wanted,
            minds_kind=Detail.KIND in wanted,
            is_seen=any(predicate in excerpt.predicates for excerpt in self.excerpts),
        )
        return self._known[predicate]

    def _part(self, known: _Property, value: Term) -> int:
        """Return the number of a property with what the sort of a node tells of its value."""
        told: object = value if known.predicate == RDF_TYPE else language_of(value)
        return self._parts.setdefault((known.predicate, told), len(self._parts))

    def _is_first(self, sort: int, known: _Property, value: Term) -> bool:
        """Tell whether no other node of the sort had a value that conditions take for the same."""
        if known.minds_classes:
            self.linked[sort, known.predicate].add(value)
        seen: tuple[object, ...]
        if known.minds_term:
            seen = sort, known.part, value
        elif known.minds_kind:
            seen = sort, known.part, type(value), getattr(value, "datatype", None)
        else:
            return False
        if seen in self._values:
            return False
        self._values.add(seen)
        return True


class _Property(NamedTuple):
    """A property in the graph.

    Attributes:
        part: its number where nothing is told of the value.
        tells: whether the sort of a node tells something of the value.
        is_minded: whether conditions mind anything else of the value.
        minds_classes: whether they mind of which classes it is.
        minds_term: whether they mind which term it is.
        minds_kind: whether they mind if it is an IRI, a blank node or which sort of literal.
        is_seen: whether conditions look at it that look further than one node.

    """

    predicate: NamedNode
    part: int
    tells: bool
    is_minded: bool
    minds_classes: bool
    minds_term: bool
    minds_kind: bool
    is_seen: bool


def _minded(constraints: Iterable[Constraint]) -> defaultdict[NamedNode, Detail]:
    """Return what local conditions mind of the values of each property."""
    found: defaultdict[NamedNode, Detail] = defaultdict(lambda: Detail.NOTHING)
    for constraint in constraints:
        if is_local(constraint) and constraint.path:
            found[constraint.path[0].predicate] |= detail(constraint)
    return found
