"""Every condition of every node of a state, with as few questions as will do.

A condition that the miniature of the record clears is fulfilled. What fulfils a condition
that only says what may not be there does so in each source too, since the record holds what
the sources state; otherwise the sources are asked about the nodes that break it in the record.

Other threads ask what looks further than one node: pyoxigraph evaluates without Python's lock.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeAlias

from graph.names import is_restricted
from graph.terms import DEFAULT_GRAPH

from .census import Census
from .constraints import Constraint, Scope
from .miniature import Miniature
from .reach import holds_of_parts, is_local
from .report import Problem
from .verdicts import problems
from .views import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.engines.base import Reader
    from graph.progress import Progress
    from graph.terms import Term

    from .shapes import Shapes

THREADS = 2
"""How many conditions are asked about at once."""

Found: TypeAlias = tuple[Constraint, View, Problem]
"""A problem, with the condition that is broken and the graph in which it is."""


def conditions(shapes: Shapes) -> list[Constraint]:
    """Return what is asked of a state as a whole."""
    return [*shapes.of(Scope.RECORD), *shapes.of(Scope.SOURCE)]


class Whole:
    """A state, checked as a whole.

    Args:
        reader: the state.
        shapes: the conditions.
        census: of the record, where it was taken on the way; None takes it here.
        progress: told how many statements were read and conditions decided.

    Attributes:
        found: each problem.
        checked: how many pairs of focus node and condition were decided in the record; what
            holds of the record and therefore of its sources is not counted again.
        words: each IRI that is a property or a value in the record, and maybe some that were.

    """

    def __init__(
        self, reader: Reader, shapes: Shapes, census: Census | None, progress: Progress
    ) -> None:
        self._record = View(reader, DEFAULT_GRAPH)
        self._sources = [View(reader, graph) for graph in reader.graphs()]
        every = conditions(shapes)
        if census is None:
            census = Census(every, quads=len(reader))
        quads, total = census.quads, census.quads + len(every)
        census.finish(reader, lambda done, _: progress(done, total))
        small = Miniature(self._record, census)
        self.checked, self.words = 0, census.words
        self.found: list[Found] = []
        with ThreadPoolExecutor(THREADS, thread_name_prefix="check") as pool:
            try:
                far = (constraint for constraint in every if not is_local(constraint))
                self._asked = {one: pool.submit(self._ask, one, small) for one in far}
                for done, constraint in enumerate(every, start=quads + 1):
                    self.checked += small.count(constraint)
                    self.found += self._problems(constraint, small)
                    progress(done, total)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def _ask(self, constraint: Constraint, small: Miniature) -> list[Problem]:
        """Return who breaks a condition in the record, unless it is known that nobody does."""
        suspects = small.suspects(constraint)
        if suspects is not None and not suspects:
            return []
        return list(problems(constraint, self._record, suspects))

    def _problems(self, constraint: Constraint, small: Miniature) -> Iterator[Found]:
        if constraint.scope is Scope.RECORD:
            for problem in self._in_record(constraint, small):
                yield constraint, self._record, problem
            return
        suspects: frozenset[Term] | None = None
        if holds_of_parts(constraint):
            suspects = frozenset(problem.focus for problem in self._in_record(constraint, small))
        for view in self._sources:
            of_record = None if is_restricted(view.graph) else suspects
            if of_record is None or of_record:
                for problem in problems(constraint, view, of_record):
                    yield constraint, view, problem

    def _in_record(self, constraint: Constraint, small: Miniature) -> Iterable[Problem]:
        asked = self._asked.get(constraint)
        return asked.result() if asked else self._ask(constraint, small)
