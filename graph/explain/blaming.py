"""Finding the smallest part of a pattern that has no match."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .cutting import cut
from .hints import Hint, Hints
from .joins import of_filter, of_join
from .parts import BINDING, Part, Sort

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .probing import Probe

_MOST_HINTS = 6


@dataclass(frozen=True, slots=True)
class Blame:
    """Parts that have no match together, and none of which can be left out of that."""

    sentence: str
    parts: tuple[Part, ...] = ()
    hints: tuple[Hint, ...] = ()


def blame(probe: Probe, parts: Sequence[Part], prefixes: Mapping[str, str]) -> Blame | None:
    """Return the smallest part without a match; None if all parts have one together.

    Args:
        probe: asks where the parts stand.
        parts: the parts of one group.
        prefixes: those that need no declaration.

    """
    needed = [part for part in parts if part.sort is not Sort.OPTIONAL]
    if probe.all_match(needed):
        return None
    alone = [part for part in needed if part.sort in BINDING and not probe.matches(part.text)]
    blamed = [found for part in alone if (found := _blame_one(probe, part, prefixes))]
    if blamed:
        first = blamed[0]
        more = tuple(hint for other in blamed[1:] for hint in other.hints)
        return Blame(first.sentence, first.parts, (first.hints + more)[:_MOST_HINTS])
    return _blame_together(probe, smallest(probe, needed), prefixes)


def smallest(probe: Probe, parts: Sequence[Part]) -> list[Part]:
    """Return parts that have no match together, of which each one is needed for that.

    A filter is kept with what gives its variables their values: without that it fails
    whatever it says. So are BIND and MINUS.
    """
    kept = list(parts)
    for part in parts:
        fewer = [other for other in kept if other is not part]
        if _is_fair(fewer, parts) and not probe.all_match(fewer):
            kept = fewer
    return kept


def _is_fair(fewer: Sequence[Part], all_parts: Sequence[Part]) -> bool:
    """Tell whether each variable of a filter that had a value has one still."""
    could = _bound(all_parts)
    still = _bound(fewer)
    dependent = (part for part in fewer if part.sort in (Sort.FILTER, Sort.BIND, Sort.MINUS))
    return bool(fewer) and all(part.variables & could <= still for part in dependent)


def _bound(parts: Sequence[Part]) -> frozenset[str]:
    return frozenset().union(*(part.variables for part in parts if part.sort in BINDING))


def _blame_one(probe: Probe, part: Part, prefixes: Mapping[str, str]) -> Blame | None:
    """Return what in one part has no match."""
    if part.statement is not None:
        hints = tuple(Hints(probe, prefixes).of(part.statement))
        return Blame("Nothing in the graph matches this statement.", (part,), hints)
    if part.sort is Sort.GRAPH:
        return _blame_graph(probe, part, prefixes)
    if part.sort is Sort.SELECT:
        inner = cut(part.text.removeprefix("{").removesuffix("}"))
        found = blame(probe, inner.pattern, prefixes)
        told = "The subquery has no solutions."
        return Blame(told, (part,), found.hints if found else ())
    found_in = [found for group in part.groups if (found := blame(probe, group, prefixes))]
    if not found_in:
        return Blame("This part has no match.", (part,))
    if len(part.groups) == 1:
        return found_in[0]
    hints = tuple(hint for found in found_in for hint in found.hints)
    return Blame("None of the alternatives of UNION has a match.", (part,), hints[:_MOST_HINTS])


def _blame_graph(probe: Probe, part: Part, prefixes: Mapping[str, str]) -> Blame | None:
    if not probe.within(part.name).matches("?explained_any ?explained_p ?explained_o ."):
        near = tuple(Hints(probe, prefixes).of_graph(part.name))
        return Blame(f"There is no graph {part.name}.", (part,), near)
    inside = blame(probe.within(part.name), part.groups[0], prefixes)
    if inside is None:
        return Blame("This part has no match.", (part,))
    elsewhere = blame(probe, part.groups[0], prefixes) is None
    told = f"In the graph {part.name}: {inside.sentence}"
    if not elsewhere:
        return Blame(told, inside.parts, inside.hints)
    hint = Hint(f"Without GRAPH {part.name} it has matches: other sources say it, or several do.")
    return Blame(told, inside.parts, (hint, *inside.hints))


def _blame_together(probe: Probe, parts: Sequence[Part], prefixes: Mapping[str, str]) -> Blame:
    filters = [part for part in parts if part.sort is Sort.FILTER]
    taken = [part for part in parts if part.sort is Sort.MINUS]
    rest = [part for part in parts if part not in filters and part not in taken]
    if taken:
        told = "Each match of the rest is taken away by MINUS."
        return Blame(told, tuple(parts))
    if filters:
        told = "There are matches, and none of them passes the filter."
        found = list(of_filter(probe, rest, filters, Hints(probe, prefixes)))
    else:
        told = "Each of these has a match, and they have none together."
        found = list(of_join(probe, rest, Hints(probe, prefixes)))
    return Blame(told, tuple(parts), tuple(found[:_MOST_HINTS]))
