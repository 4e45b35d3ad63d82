"""A term of the vocabulary: what it means, how it is used here, and what the shapes ask of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from graph.gate import load_shapes
from graph.names import RDF_TYPE, is_restricted
from graph.terms import DEFAULT_GRAPH, NamedNode
from service.pages import NOTHING, Cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.engines.base import Reader
    from graph.gate.constraints import Constraint
    from graph.terms import Quad
    from service.pages import Shown
    from service.vocabulary import Word

EXAMPLES = 8
_OUTCOMES = {
    "Violation": "Refused",
    "Warning": "Kept with a warning",
    "Info": "Noted",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is checked: what becomes of who breaks it, and the sentence that says how."""

    outcome: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a term: a thing of a class, or a thing with the value that it has."""

    thing: Cell
    value: Cell


@dataclass(frozen=True, slots=True)
class Used:
    """How a term is used in a state; ``examples`` are some of ``count``."""

    count: int
    examples: tuple[Use, ...]


def used(reader: Reader, shown: Shown, word: Word) -> Used:
    """Return how often a term is used in the record, with examples."""
    node = NamedNode(word.iri)
    pattern = {"class": f"?s a {node}", "property": f"?s {node} ?o"}.get(word.kind, f"?s ?p {node}")
    [row] = reader.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")  # type: ignore[misc] # a SELECT
    examples = tuple(
        Use(
            shown.cell(quad.subject),
            shown.cell(quad.object) if word.kind == "property" else NOTHING,
        )
        for quad in islice(_quads(reader, word, node), EXAMPLES)
    )
    return Used(int(row["n"].value), examples)


def rules_of(word: Word) -> tuple[Rule, ...]:
    """Return what the shapes ask of things of a class or with a property, the strictest first."""
    found = {
        Rule(_OUTCOMES[one.severity], one.message): list(_OUTCOMES).index(one.severity)
        for one in load_shapes().constraints
        if _is_about(one, NamedNode(word.iri))
    }
    return tuple(sorted(found, key=lambda rule: (found[rule], rule.sentence)))


def _quads(reader: Reader, word: Word, node: NamedNode) -> Iterator[Quad]:
    if word.kind == "class":
        return reader.quads(None, RDF_TYPE, node, DEFAULT_GRAPH)
    if word.kind == "property":
        return reader.quads(None, node, None, DEFAULT_GRAPH)
    found = reader.quads(None, None, node, DEFAULT_GRAPH)
    return (quad for quad in found if not is_restricted(quad.subject))


def _is_about(constraint: Constraint, node: NamedNode) -> bool:
    on_path = bool(constraint.path) and constraint.path[0].predicate == node
    return on_path or any(target.iri == node for target in constraint.targets)
