"""Asking one compiled constraint about focus nodes, and saying what was found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.selecting import by_name
from graph.terms import NamedNode

from .compile import compiled, target_pattern
from .constraints import Constraint, LessThanOrEquals, MaxCount, Sparql, UniqueLang
from .reads import Hop
from .report import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from graph.terms import Term

    from .views import View

ONE_BY_ONE = 2_000
"""Up to how many focus nodes are asked about singly; more are picked from all violators."""

_PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")


def problems(
    constraint: Constraint, view: View, nodes: Collection[Term] | None = None
) -> Iterator[Problem]:
    """Yield each violation of the constraint in the state after the change.

    Args:
        constraint: what to check.
        view: the record or a named graph.
        nodes: the focus nodes to ask about, or None for all.

    """
    text = compiled(constraint, view.classes)
    seen: set[tuple[Term | None, ...]] = set()
    for row in _rows(view, text, nodes):
        key = tuple(row.values())
        if key not in seen:
            seen.add(key)
            yield _problem(constraint, view, row)


def count_targets(constraint: Constraint, view: View) -> int:
    """Return how many focus nodes the constraint has after the change."""
    target = target_pattern(constraint.targets, view.classes)
    counted = _answers(view, f"SELECT (COUNT(?this) AS ?n) WHERE {{ {target} }}", None)
    number = next(iter(counted))["n"]
    return 0 if number is None else int(number.value)


def _rows(
    view: View, text: str, nodes: Collection[Term] | None
) -> Iterator[dict[str, Term | None]]:
    if nodes is None or len(nodes) > ONE_BY_ONE:
        rows = _answers(view, text, None)
        yield from rows if nodes is None else (row for row in rows if row["this"] in nodes)
        return
    for node in nodes:
        for row in _answers(view, text, node):
            # The node as it was asked for: a substitution does not rename blank nodes.
            yield {**row, "this": node}


def _answers(view: View, text: str, node: Term | None) -> Iterator[dict[str, Term | None]]:
    return by_name(view.ask(text, node))


def _problem(constraint: Constraint, view: View, row: dict[str, Term | None]) -> Problem:
    focus = row["this"]
    assert focus is not None  # noqa: S101 - the target binds it in every solution
    return Problem(
        severity=constraint.severity,
        message=_message(constraint, row),
        focus=focus,
        path=constraint.path_text,
        value=row.get("value"),
        shape=constraint.shape.value,
        graph=view.graph if isinstance(view.graph, NamedNode) else None,
        component=constraint.component_iri,
        name=constraint.name,
        found=_found(constraint, view, row),
    )


def _message(constraint: Constraint, row: dict[str, Term | None]) -> str:
    """Return the message with ``{?name}`` filled in from the query (SHACL section 5.3.2)."""
    if not isinstance(constraint.component, Sparql):
        return constraint.message

    def filled(found: re.Match[str]) -> str:
        term = row.get(found.group(1))
        return found.group() if term is None else term.value

    return _PLACEHOLDER.sub(filled, constraint.message)


def _found(constraint: Constraint, view: View, row: dict[str, Term | None]) -> tuple[Term, ...]:
    """Return the values that make the problem plain where the value node does not."""
    component = constraint.component
    if isinstance(component, LessThanOrEquals):
        return tuple(term for term in (row["value"], row["limit"]) if term is not None)
    if not isinstance(component, MaxCount | UniqueLang):
        return ()
    hops = [Hop(frozenset({step.predicate}), step.inverse) for step in constraint.path]
    values = view.walk([row["this"]], hops)  # type: ignore[list-item] # bound, see above
    if isinstance(component, UniqueLang):
        language = row["language"]
        values = {v for v in values if language is not None and _in_language(v, language.value)}
    return tuple(sorted(values, key=str))


def _in_language(value: Term, language: str) -> bool:
    return (getattr(value, "language", None) or "").lower() == language
