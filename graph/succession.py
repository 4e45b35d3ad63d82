"""Which nations' committees are one, so that athletes may have moved between their codes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.names import REPLACES, Names, mg
from graph.terms import Literal

if TYPE_CHECKING:
    from graph.engines.base import Reader
    from graph.terms import Term


def later_codes(reader: Reader, names: Names) -> dict[Term, Term]:
    """Return the group of each nation that came after another, or that others came after.

    Unlike a line of a medal table, a group takes in every nation that came after one:
    somebody who stood for the Soviet Union may stand for any of them later.
    """
    links: defaultdict[Term, set[Term]] = defaultdict(set)
    for quad in reader.quads(None, mg("formerCode")):
        if isinstance(quad.object, Literal):
            former = names.of("nation", quad.object.value)
            links[former].add(quad.subject)  # type: ignore[arg-type]
            links[quad.subject].add(former)  # type: ignore[index]
    for quad in reader.quads(None, REPLACES):
        links[quad.object].add(quad.subject)  # type: ignore[index, arg-type]
        links[quad.subject].add(quad.object)  # type: ignore[index, arg-type]
    groups: dict[Term, Term] = {}
    for nation in sorted(links, key=str):
        if nation not in groups:
            for member in _reached(links, nation):
                groups[member] = nation
    return groups


def _reached(links: dict[Term, set[Term]], nation: Term) -> set[Term]:
    seen, waiting = {nation}, [nation]
    while waiting:
        for other in links[waiting.pop()] - seen:
            seen.add(other)
            waiting.append(other)
    return seen
