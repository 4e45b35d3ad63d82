"""What conditions can see of a node, and which of them were found fulfilled where it was the same.

Most conditions mind one node and little of it: how many values a property has, of which kind
or class they are, what they say. The verdict on a node therefore holds for every node that
looks the same, in whatever state: what was fulfilled once need not be asked again.
"""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from graph.lexer import tokens
from graph.names import RDF_TYPE

from .compile import compiled
from .constraints import Class, Constraint, MaxCount, MinCount, Sparql
from .queries import query_block
from .reach import Detail, detail, is_local, language_of, needed
from .reads import THIS, flat
from .sight import minds_one_property
from .verdicts import ONE_BY_ONE

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable

    from graph.terms import NamedNode, Subject, Term

    from .views import View

MOST = 50_000
"""How many looks are remembered; about 20 MB."""
_CONDITIONS = 1_024
"""Of so many conditions it is remembered what they look at."""
_CHANGING = ("NOW", "RAND", "UUID", "STRUUID")
"""Functions of SPARQL that do not give the same each time (SPARQL 1.1, 17.4)."""


class Look(NamedTuple):
    """A condition as it is asked, and all that it can see of a focus node."""

    query: str
    seen: Hashable


class Fulfilled:
    """The looks of nodes that fulfil a condition, the latest."""

    def __init__(self) -> None:
        self._known: OrderedDict[Look, None] = OrderedDict()

    def left(
        self, constraint: Constraint, view: View, nodes: Collection[Subject]
    ) -> dict[Subject, Look | None]:
        """Return the nodes of which it is not known that they fulfil a condition, with their looks.

        Args:
            constraint: the condition.
            view: the graph that it is asked of.
            nodes: focus nodes of it.

        """
        if len(nodes) > ONE_BY_ONE:
            return dict.fromkeys(nodes)
        if not is_remembered(constraint):
            wanted = _wanted(constraint)
            return {node: None for node in nodes if _has_all(view, node, wanted)}
        query = compiled(constraint, view.classes)
        looks = {node: Look(query, _seen(constraint, view, node)) for node in nodes}
        return {node: look for node, look in looks.items() if not self._has(look)}

    def note(self, looks: Iterable[Look | None]) -> None:
        """Remember the looks of nodes that were found to fulfil their condition."""
        for look in looks:
            if look is not None:
                self._known[look] = None
        while len(self._known) > MOST:
            self._known.popitem(last=False)

    def _has(self, look: Look) -> bool:
        try:
            self._known.move_to_end(look)
        except KeyError:
            return False
        return True


@lru_cache(maxsize=_CONDITIONS)
def is_remembered(constraint: Constraint) -> bool:
    """Tell whether it can be said what a condition sees of a node."""
    query = constraint.component
    if isinstance(query, Sparql) and any(token.word in _CHANGING for token in tokens(query.select)):
        return False
    return is_local(constraint) or minds_one_property(constraint)


@lru_cache(maxsize=_CONDITIONS)
def _wanted(constraint: Constraint) -> tuple[frozenset[NamedNode], ...]:
    """Return the properties of which a focus node has to have one each to break a condition."""
    return tuple(read.predicates for read in needed(constraint).get(THIS, ()) if read.predicates)


def _has_all(view: View, node: Subject, wanted: Iterable[frozenset[NamedNode]]) -> bool:
    return all(any(view.has(node, one) for one in predicates) for predicates in wanted)


def _seen(constraint: Constraint, view: View, node: Subject) -> Hashable:
    component = constraint.component
    if isinstance(component, Sparql):
        every = minds_one_property(constraint)
        return type(node), *(_said(view, node, one, every=every) for one in _properties(component))
    if not constraint.path:
        return type(node), _classes(view, node) if isinstance(component, Class) else None
    return type(node), _of_values(
        constraint, view, view.objects(node, constraint.path[0].predicate)
    )


def _of_values(constraint: Constraint, view: View, values: list[Term]) -> Hashable:
    """Return what a condition sees of the values along its path."""
    if isinstance(constraint.component, MinCount | MaxCount):
        return len(values)
    wanted = detail(constraint)
    if wanted == Detail.LANGUAGE:
        return tuple(sorted(language_of(value) or "" for value in values))
    if wanted == Detail.CLASSES:
        return frozenset((type(value), _classes(view, value)) for value in values)
    if wanted == Detail.KIND:
        return frozenset((type(value), getattr(value, "datatype", None)) for value in values)
    return frozenset(values)


def _said(view: View, node: Subject, predicate: NamedNode | None, *, every: bool) -> Hashable:
    """Return what a query sees of a property, None for all: values, classes, or whether it is."""
    if predicate is None:
        return frozenset(view.predicates(node))
    if predicate == RDF_TYPE:
        return _classes(view, node)
    return frozenset(view.objects(node, predicate)) if every else view.has(node, predicate)


def _classes(view: View, node: Term) -> frozenset[Term]:
    return frozenset(view.types(node))


@lru_cache(maxsize=_CONDITIONS)
def _properties(query: Sparql) -> tuple[NamedNode | None, ...]:
    """Return the properties that a query names, in a fixed order; None for any property."""
    patterns = flat(query_block(query))
    named = {p for read in patterns for p in read.predicates or ()}
    any_ = (None,) if any(read.predicates is None for read in patterns) else ()
    return (*sorted(named, key=str), *any_)
