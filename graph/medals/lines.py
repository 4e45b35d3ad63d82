"""Which line of a table a nation's medals go to: its own, or that of who came after it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.names import REPLACES, Names, mg
from graph.terms import Literal

if TYPE_CHECKING:
    from graph.engines.base import Reader
    from graph.terms import Term

    from .rules import Rule


def later_nations(reader: Reader, names: Names, rule: Rule) -> dict[Term, Term]:
    """Return, for each nation that a rule merges into another, the last one it leads to.

    A committee's former code leads to the code of today, and a nation to the one that
    replaces it. A nation that several replace leads to none of them.

    Args:
        reader: the state.
        names: mints the IRI of a nation from its code.
        rule: says which of the two are followed.

    """
    after: defaultdict[Term, set[Term]] = defaultdict(set)
    if rule.merges_former_codes or rule.merges_successors:
        for quad in reader.quads(None, mg("formerCode")):
            if isinstance(quad.object, Literal):
                after[names.of("nation", quad.object.value)].add(quad.subject)  # type: ignore[arg-type]
    if rule.merges_successors:
        for quad in reader.quads(None, REPLACES):
            after[quad.object].add(quad.subject)  # type: ignore[index, arg-type]
    only = {nation: next(iter(later)) for nation, later in after.items() if len(later) == 1}
    return {nation: _last(only, nation) for nation in only}


def _last(after: dict[Term, Term], nation: Term) -> Term:
    seen = {nation}
    while nation in after and after[nation] not in seen:
        nation = after[nation]
        seen.add(nation)
    return nation
