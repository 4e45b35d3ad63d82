"""Which awards of some Games stand on a day: the decisions up to then tell.

Awards of one edition are taken from the source that has most of them, and from sources
whose decisions act on awards of that one: a steward's list of reallocations adds to the
results it speaks of, while a second list of the same winners would count them twice.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.derived import STANDING, STATUS_AFTER
from graph.names import Names, mg
from graph.selecting import rows
from graph.sources import source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.engines.base import Reader
    from graph.terms import NamedNode, Term

AWARDED, WITHDRAWN = mg("Awarded"), mg("Withdrawn")
_ACTIONS = list(STATUS_AFTER)


@dataclass(frozen=True, slots=True)
class Act:
    """One decision on an award.

    Attributes:
        by: the graph that states it.
        action: what it does.
        day: the day from which it counts, ISO 8601: of a date that is no whole day the
            first for an award made, and the last for all else.

    """

    by: Term
    action: Term
    day: str


@dataclass(frozen=True, slots=True)
class Award:
    """One award of an entry.

    Attributes:
        status: as it is stated now.
        acts: the decisions on it, the earliest first.

    """

    node: Term
    event: Term
    entry: Term
    medal: Term
    status: Term
    acts: tuple[Act, ...]

    def stands(self, day: str | None) -> bool:
        """Tell whether it stands at the end of a day; None is now.

        An award without a dated decision stands as it does now. Before its first one it
        stood if that takes it away, since what nobody had cannot be withdrawn.
        """
        if day is None or not self.acts:
            return self.status == STANDING
        acts = [act for act in self.acts if act.day <= day]
        if not acts:
            return self.acts[0].action == WITHDRAWN
        return STATUS_AFTER[acts[-1].action] == STANDING  # type: ignore[index]


def awards_of(reader: Reader, names: Names, games: NamedNode) -> list[Award]:
    """Return each award of the Games that names an entry, standing or not."""
    homes: defaultdict[Term, set[Term]] = defaultdict(set)
    found: dict[Term, Mapping[str, Term]] = {}
    for row in rows(
        reader,
        f"""SELECT ?home ?award ?event ?entry ?medal ?status WHERE {{
            ?event mg:games {games} . ?award mg:event ?event ; mg:entry ?entry ; mg:status ?status .
            GRAPH ?home {{ ?award mg:medal ?medal }} }}""",
    ):
        homes[row["award"]].add(row["home"])
        found[row["award"]] = row
    acts = _acts(reader, games)
    kept = _sources(reader, names, homes, acts)
    return [
        Award(award, row["event"], row["entry"], row["medal"], row["status"], acts.get(award, ()))
        for award, row in sorted(found.items(), key=lambda item: str(item[0]))
        if homes[award] & kept
    ]


def day_of(date: str, *, last: bool) -> str:
    """Return the first or the last day that a date in EDTF allows.

    Example:
        >>> day_of("2007", last=True), day_of("2008-02~", last=True), day_of("199X", last=False)
        ('2007-12-31', '2008-02-29', '1990-01-01')

    """
    text = re.sub("[~?%]", "", date)
    year, month, day = (*text.split("-"), "", "")[:3]
    year = year.replace("X", "9" if last else "0")
    month = month or ("12" if last else "01")
    if not day:
        day = f"{calendar.monthrange(int(year), int(month))[1]}" if last else "01"
    return f"{year}-{month}-{day}"


def _acts(reader: Reader, games: NamedNode) -> dict[Term, tuple[Act, ...]]:
    found: defaultdict[Term, set[Act]] = defaultdict(set)
    for row in rows(
        reader,
        f"""SELECT ?by ?award ?action ?date WHERE {{
            ?event mg:games {games} . ?award mg:event ?event .
            GRAPH ?by {{ ?decision mg:award ?award ; mg:action ?action ; mg:date ?date }} }}""",
    ):
        action = row["action"]
        if action in STATUS_AFTER:
            day = day_of(row["date"].value, last=action != AWARDED)
            found[row["award"]].add(Act(row["by"], action, day))
    return {
        award: tuple(sorted(acts, key=lambda act: (act.day, _ACTIONS.index(act.action))))  # type: ignore[arg-type]
        for award, acts in found.items()
    }


def _sources(
    reader: Reader,
    names: Names,
    homes: Mapping[Term, set[Term]],
    acts: Mapping[Term, Iterable[Act]],
) -> set[Term]:
    """Return the graph with most awards, and those whose decisions act on its awards."""
    sizes = Counter(graph for graphs in homes.values() for graph in graphs)
    if len(sizes) <= 1:
        return set(sizes)
    trust = {graph: source(reader, names, graph).trust for graph in sizes}  # type: ignore[arg-type]
    main = min(sizes, key=lambda graph: (-sizes[graph], trust[graph], str(graph)))
    adding = {act.by for award, made in acts.items() if main in homes[award] for act in made}
    return {main} | adding
