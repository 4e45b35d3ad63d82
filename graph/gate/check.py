"""The gate: nothing is committed that the shapes reject."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.change import Change
from graph.engines.memory import MemoryDraft
from graph.lexical import spelled
from graph.names import is_restricted
from graph.naming import Naming
from graph.progress import Progress, silent
from graph.terms import DEFAULT_GRAPH, NamedNode

from .census import Census
from .constraints import Constraint, Scope
from .focus import Focus
from .looks import Fulfilled
from .neighbourhood import neighbourhood
from .reference import Reference
from .report import Problem, Report
from .verdicts import count_targets, problems
from .views import View, graph_change, record_change
from .vocabulary import Vocabulary
from .whole import Whole, conditions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.engines.base import Reader
    from graph.terms import Quad, Subject, Term

    from .shapes import Shapes, Single
    from .whole import Found

NEAR = 200_000
"""How many statements around a change are brought near to check it."""
LABELLED = 1_000
"""How many problems get the names of the nodes in them."""

_GRAVEST_FIRST = {"Violation": 0, "Warning": 1, "Info": 2}


@dataclass(frozen=True, slots=True)
class _Work:
    """One constraint to check in one graph, for these focus nodes or, if None, for all."""

    constraint: Constraint
    view: View
    nodes: frozenset[Subject] | None = None


class _Sizes:
    """How many focus nodes there are; constraints with the same targets are counted once."""

    def __init__(self) -> None:
        self._counted: dict[tuple[object, object], int] = {}

    def of(self, work: _Work) -> int:
        """Return how many focus nodes a piece of work has."""
        if work.nodes is not None:
            return len(work.nodes)
        key = work.view.graph, work.constraint.targets
        if key not in self._counted:
            self._counted[key] = count_targets(work.constraint, work.view)
        return self._counted[key]


class Gate:
    """Checks changes, and whole graphs, against shapes.

    A pair of focus node and condition is looked at if the change can alter its verdict,
    and a problem of such a pair is reported whether it is new or not: what a change
    touches has to be right. Other nodes are left alone, right or wrong.

    The verdict is that of the queries compiled from the shapes. Each refusal is held
    against pySHACL on the neighbourhood of the nodes that are refused; what either of
    the two refuses is refused, and a difference between them is a problem of its own.

    Args:
        shapes: what to check.
        vocabulary: the words that data may use; None for those of the ontology.
        second_opinion: whether refusals are held against pySHACL.

    """

    def __init__(
        self,
        shapes: Shapes,
        vocabulary: Vocabulary | None = None,
        *,
        second_opinion: bool = True,
    ) -> None:
        self._shapes = shapes
        self._vocabulary = Vocabulary.of_ontology() if vocabulary is None else vocabulary
        self._focus = {scope: Focus(shapes.of(scope)) for scope in Scope}
        self._reference = Reference(shapes) if second_opinion else None
        self._fulfilled = Fulfilled()

    def single_valued(self) -> list[Single]:
        """Return what can have one value only; several are a conflict of sources."""
        return self._shapes.single_valued()

    def check(self, draft: Reader, change: Change) -> Report:
        """Check what a change can alter.

        Args:
            draft: the state after the change.
            change: exact for the state before.

        """
        change = Change.of(map(spelled, change.added), map(spelled, change.removed))
        work = draft.gathered(lambda: self._work(draft, change))
        if draft.is_far:
            work = draft.gathered(lambda: list(_brought_near(draft, work)))
        found: list[Found] = []
        checked, sizes = 0, _Sizes()
        for one in work:
            size = sizes.of(one)
            if size:
                found += ((one.constraint, one.view, problem) for problem in self._asked(one))
            checked += size
        return self._report(draft, found, self._vocabulary.problems(change.added), checked)

    def census(self, reader: Reader) -> Census:
        """Return a census of a state that watches what is loaded into it before ``check_all``.

        Args:
            reader: the state before the load.

        """
        graphs = [graph for graph in reader.graphs() if not is_restricted(graph)]
        return Census(conditions(self._shapes), graphs, len(reader))

    def check_all(
        self, reader: Reader, *, census: Census | None = None, progress: Progress | None = None
    ) -> Report:
        """Check every node.

        Args:
            reader: the state to check.
            census: one that was shown all that was loaded, and which nodes were touched
                otherwise; it is of no use afterwards. None reads every statement.
            progress: told how many statements were read and conditions decided.

        """
        with reader.whole() as state:
            whole = Whole(state, self._shapes, census, progress or silent)
            words = self._vocabulary.problems_with(whole.words, state)
            return self._report(state, whole.found, words, whole.checked)

    def _work(self, draft: Reader, change: Change) -> list[_Work]:
        """Return what has to be checked after a change."""
        added, removed = record_change(draft, change)
        record = View(draft, DEFAULT_GRAPH)
        work = self._affected(Scope.RECORD, record, [*added, *removed])
        for graph in sorted(change.graphs(), key=str):
            added, removed = graph_change(change, graph)
            view = View(draft, graph)
            work += self._affected(Scope.SOURCE, view, [*added, *removed])
        return work

    def _asked(self, work: _Work) -> list[Problem]:
        """Return what is wrong, asking about nodes that do not look like those found right."""
        constraint, view = work.constraint, work.view
        if work.nodes is None:
            return list(problems(constraint, view))
        left = self._fulfilled.left(constraint, view, work.nodes)
        found = list(problems(constraint, view, left))
        wrong = {problem.focus for problem in found}
        self._fulfilled.note(look for node, look in left.items() if node not in wrong)
        return found

    def _affected(self, scope: Scope, view: View, touched: Iterable[Quad]) -> list[_Work]:
        found = self._focus[scope].affected(view, touched)
        some = [_Work(c, view, frozenset(nodes)) for c, nodes in found.nodes.items()]
        return some + [_Work(constraint, view) for constraint in found.everyone]

    def _report(
        self, reader: Reader, found: list[Found], words: Iterable[Problem], checked: int
    ) -> Report:
        differing = self._reference.differences(found) if self._reference else []
        everything = _each_once([*words, *differing, *(problem for _, _, problem in found)])
        everything.sort(key=_order)
        labels = reader.gathered(lambda: self._labels(reader, everything))
        return Report(tuple(everything), checked, labels)

    def _labels(self, reader: Reader, found: list[Problem]) -> dict[Term, str]:
        labels, naming = dict(self._vocabulary.labels), Naming(reader)
        for problem in found[:LABELLED]:
            for term in (problem.focus, problem.graph, problem.value, *problem.found):
                if isinstance(term, NamedNode) and term not in labels:
                    label = naming.name(term)
                    if label:
                        labels[term] = label
        return labels


def _brought_near(draft: Reader, work: Iterable[_Work]) -> Iterator[_Work]:
    """Yield the work on a state that is far away as work on what it can see there."""
    by_view: dict[View, list[_Work]] = {}
    for one in work:
        by_view.setdefault(one.view, []).append(one)
    for view, some in by_view.items():
        pairs = [(one.constraint, node) for one in some for node in one.nodes or ()]
        quads = neighbourhood(View(draft, view.graph), pairs, limit=NEAR)
        near = None if quads is None else View(MemoryDraft(quads, plain=True), view.graph)
        for one in some:
            yield one if near is None or one.nodes is None else replace(one, view=near)


def _each_once(problems: list[Problem]) -> list[Problem]:
    """Leave out what is wrong with the record because one source says it: the source is told."""
    told = {_anywhere(problem) for problem in problems if problem.graph is not None}
    return [
        problem
        for problem in problems
        if problem.graph is not None or _anywhere(problem) not in told
    ]


def _anywhere(problem: Problem) -> Problem:
    """Return a problem as it is whoever states it."""
    return replace(problem, graph=None, shape="")


def _order(problem: Problem) -> tuple[int, str, str, str]:
    severity = _GRAVEST_FIRST[problem.severity]
    return severity, str(problem.focus), problem.path or "", problem.message
