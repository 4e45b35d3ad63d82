"""Whether a query is empty because the graphs that it names are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.terms import NamedNode

from .blaming import Blame
from .hints import Hint
from .nearness import near_iris, spelled
from .parts import Sort

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.terms import Term

    from .probing import Probe


def unseen_graphs(probe: Probe, prefixes: Mapping[str, str]) -> Blame | None:
    """Return that none of the graphs a query names exists, or that it sees no default graph."""
    written = probe.query.names
    asked = (*(probe.default or ()), *(probe.named or ()))
    terms: list[Term | None] = list(asked) or [probe.term(name) for name in written]
    named = [term for term in terms if isinstance(term, NamedNode)]
    if not named:
        return None
    known = list(probe.reader.graphs())
    missing = [graph for graph in named if graph not in known]
    if len(missing) == len(named):
        hints = [
            Hint(
                f"There is {spelled(near, prefixes)}.",
                spelled(graph, prefixes) if asked else written[named.index(graph)],
                spelled(near, prefixes),
            )
            for graph in missing
            for near in near_iris(graph, known)
        ]
        told = ", ".join(spelled(graph, prefixes) for graph in missing)
        return Blame(f"There is no graph {told}.", hints=tuple(hints))
    has_default = bool(probe.default) if asked else "FROM NAMED" not in _only(probe)
    outside = any(part.sort is Sort.STATEMENT for part in probe.query.pattern)
    if outside and not has_default:
        return Blame(
            "The query names graphs for GRAPH only, so that its default graph is empty.",
            hints=(Hint("Put the statements into GRAPH ?g { ... }, or name a graph with FROM."),),
        )
    return None


def _only(probe: Probe) -> str:
    """Return FROM NAMED if all FROM clauses of the query are that."""
    clauses = probe.query.datasets.upper().split("FROM")[1:]
    is_named = bool(clauses) and all(clause.lstrip().startswith("NAMED") for clause in clauses)
    return "FROM NAMED" if is_named else ""
