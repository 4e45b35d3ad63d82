"""What conditions can see of a node: of queries that look at several nodes, which statements.

A statement takes part in a solution only if its subject has all the properties that the
query asks of it. So of nodes that lack one of them, a graph that stands for another can
leave the statements out, and the queries have the same solutions there.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from graph.lexer import tokens
from graph.names import RDF_TYPE
from graph.terminals import Kind
from graph.terms import NamedNode

from .constraints import Sparql
from .queries import query_block
from .reach import counts_solutions, is_local
from .reads import THIS, Block, Read, flat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .census import Sort
    from .constraints import Constraint, Target
    from .reads import Position


_QUERIES = 512
"""Of so many queries it is remembered what was found out about them."""


class _Seen(NamedTuple):
    """Properties that a query looks at in nodes that match all of these patterns.

    Attributes:
        is_reached: whether the focus node leads to such a node by what has to match.

    """

    predicates: frozenset[NamedNode]
    patterns: tuple[Read, ...]
    is_reached: bool


class Seen(NamedTuple):
    """What is looked at in nodes of a sort.

    Attributes:
        predicates: these properties.
        is_reached: whether only in nodes that are values of what is looked at elsewhere.

    """

    predicates: frozenset[NamedNode]
    is_reached: bool


class Sight:
    """Which statements some conditions can see.

    Args:
        constraints: those that ``is_seen_through`` holds of.

    Attributes:
        predicates: all the properties that they look at.

    """

    def __init__(self, constraints: Iterable[Constraint]) -> None:
        self._seen = frozenset(seen for one in constraints for seen in _sights(one))
        self.predicates = frozenset(p for seen in self._seen for p in seen.predicates)

    def of(self, sort: Sort) -> Seen:
        """Return what is looked at in nodes of a sort."""
        found = [seen for seen in self._seen if has_all(sort, seen.patterns)]
        predicates = frozenset(p for seen in found for p in seen.predicates)
        return Seen(predicates, is_reached=all(seen.is_reached for seen in found))


def is_seen_through(constraint: Constraint) -> bool:
    """Tell whether a condition is a query that names each property, and asks nothing of classes."""
    if not isinstance(constraint.component, Sparql) or is_local(constraint):
        return False
    reads = flat(_block(constraint))
    classes = {read.object for read in reads if RDF_TYPE in (read.predicates or ())}
    return (
        len(constraint.targets) == 1
        and all(read.predicates and not read.closure for read in reads)
        and all(read.subject not in classes for read in reads)
    )


def looks_forward(constraint: Constraint) -> bool:
    """Tell whether a query follows properties from the focus node on, and never joins two ways.

    What it sees of a node on the way is then which properties it has and what can be seen
    of their values, but not which node it is.
    """
    query = constraint.component
    if minds_one_property(constraint):
        return True
    if not isinstance(query, Sparql) or THIS in _expressed(query):
        return False
    block = _block(constraint)
    middle = {read.subject for read in flat(block)}
    return (
        not counts_solutions(query)
        and _ends_once(block) is not None
        and not middle & _expressed(query)
        and _is_forward(block, frozenset({THIS}))
    )


@lru_cache(maxsize=_QUERIES)
def minds_one_property(constraint: Constraint) -> bool:
    """Tell whether a query looks at the values of one property of its focus node, and no more."""
    query = constraint.component
    return isinstance(query, Sparql) and THIS not in _expressed(query) and _compares_values(query)


def minded_by_name(constraint: Constraint) -> frozenset[NamedNode]:
    """Return the properties of whose values a query minds which they are."""
    query = constraint.component
    if not isinstance(query, Sparql):
        return frozenset()
    asked, compares = _expressed(query), _compares_values(query)
    found = (
        read.predicates or ()
        for read in flat(query_block(query))
        if compares or not isinstance(read.object, str) or read.object in asked
    )
    return frozenset(predicate for predicates in found for predicate in predicates) - {RDF_TYPE}


def depth(constraint: Constraint) -> int:
    """Return how many steps from the focus node a query that looks forward can see at most."""
    return len(flat(_block(constraint)))


def has_all(sort: Sort, patterns: Iterable[Read]) -> bool:
    """Tell whether nodes of a sort have a property for each of the patterns."""
    return all(
        read.predicates is None
        or (
            not read.predicates.isdisjoint(sort.predicates)
            and not (
                read.predicates == {RDF_TYPE}
                and isinstance(read.object, NamedNode)
                and read.object not in sort.classes
            )
        )
        for read in patterns
    )


def _compares_values(query: Sparql) -> bool:
    """Tell whether a query looks at the values of one property of the focus node, and no more."""
    reads = flat(query_block(query))
    ends = {(read.subject, read.predicates) for read in reads}
    return len(ends) == 1 and all(r.subject == THIS != r.object and r.predicates for r in reads)


def _block(constraint: Constraint) -> Block:
    """Return the patterns of a query, and with them the one that finds its focus nodes."""
    assert isinstance(constraint.component, Sparql)  # noqa: S101 - see the callers
    block = query_block(constraint.component)
    targets = tuple(map(_pattern, constraint.targets))
    return Block((*targets, *block.reads), block.inner, block.choices)


def _pattern(target: Target) -> Read:
    if target.kind == "class":
        return Read(THIS, frozenset({RDF_TYPE}), target.iri)
    return Read(THIS, frozenset({target.iri}), "target of the shape")


def _sights(constraint: Constraint) -> Iterator[_Seen]:
    return _in_block(_block(constraint), ())


def _in_block(block: Block, around: tuple[Read, ...]) -> Iterator[_Seen]:
    here = (*around, *block.reads)
    reached = _reached(here)
    for read in block.reads:
        patterns = tuple(other for other in here if other.subject == read.subject)
        yield _Seen(read.predicates or frozenset(), patterns, read.subject in reached)
    for one in (*block.inner, *(one for branches in block.choices for one in branches)):
        yield from _in_block(one, here)


def _reached(patterns: Iterable[Read]) -> set[Position]:
    """Return what the focus node leads to; the focus node itself is where that begins."""
    links = [(read.subject, read.object) for read in patterns]
    found: set[Position] = set()
    new: set[Position] = {THIS}
    while new:
        new = {end for start, end in links if start in new} - found - {THIS}
        found |= new
    return found


@lru_cache(maxsize=_QUERIES)
def _expressed(query: Sparql) -> frozenset[str]:
    """Return the variables in round brackets: those that are computed with or compared."""
    found, depth = set(), 0
    for token in tokens(query.select):
        depth += token.is_mark("(") - token.is_mark(")")
        if depth and token.kind is Kind.VARIABLE:
            found.add(token.text[1:])
    return frozenset(found)


def _ends_once(block: Block) -> set[str] | None:
    """Return the variables that are values; None if one is the value of two patterns."""
    parts = [{read.object} for read in block.reads if isinstance(read.object, str)]
    for branches in (*((inner,) for inner in block.inner), *block.choices):
        within = [_ends_once(branch) for branch in branches]
        if any(ends is None for ends in within):
            return None
        parts.append({end for ends in within for end in ends or ()})
    found = {end for part in parts for end in part}
    return found if len(found) == sum(map(len, parts)) else None


def _is_forward(block: Block, known: frozenset[Position]) -> bool:
    """Tell whether what is known leads to the subject of each pattern."""
    here = _led_to(block, known)
    within = (*block.inner, *(one for branches in block.choices for one in branches))
    return all(read.subject in here and read.object != THIS for read in block.reads) and all(
        _is_forward(one, here) for one in within
    )


def _led_to(block: Block, known: frozenset[Position]) -> frozenset[Position]:
    """Return what is known and what each solution of a block leads to from there."""
    here = known
    while True:
        more = here.union(read.object for read in block.reads if read.subject in here)
        for branches in block.choices:
            more |= frozenset.intersection(*(_led_to(branch, here) for branch in branches))
        if more == here:
            return here
        here = more
