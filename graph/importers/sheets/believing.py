"""Whether what a row says can be so beside what is known: lives, ages, and days of the Games."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.dates import known as known_part
from graph.importers.tables import BadCell
from graph.names import local_name, mg
from graph.spelling import may_be_one
from graph.terms import NamedNode

from .rows import several

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .entries import Meant
    from .lookup import Lookup
    from .rows import Work

YOUNGEST, OLDEST = 7, 110
"""The ages at Games that can be (shapes s:EntryAge and s:ParticipationAge)."""

PLACES = {"Gold": 1, "Silver": 2, "Bronze": 3}
"""The rank that goes with a medal."""


def check_life(known: Lookup, person: NamedNode, born: str, died: str) -> None:
    """Raise BadCell if somebody would have died before being born."""
    if not born and not died:
        return
    births, deaths = _known(known, person, "born", born), _known(known, person, "died", died)
    if len(births) == len(deaths) == 1 and _is_before(*deaths, *births):
        [first], [last] = births, deaths
        raise BadCell(
            f"the person would have died ({last}) before being born ({first})",
            column="died" if died else "born",
            value=died or born,
            hint="Correct the date of birth or of death."
            if born and died
            else "Correct it, or check whether it is the right person: another source says "
            + (f"born {first}." if died else f"died {last}."),
        )


def check_ages(
    known: Lookup,
    person: NamedNode,
    games: Iterable[NamedNode],
    *,
    born: str = "",
    cell: tuple[str, str],
) -> None:
    """Raise BadCell if somebody would have been too young or too old for Games.

    Args:
        known: what the state knows.
        person: who it is.
        games: the Games that the person took part in.
        born: the date of birth that the row gives, if it does.
        cell: the column that says so, and what stands in it.

    """
    births = sorted({*known.texts(person, mg("born")), *([born] if born else [])})
    years = {year for edition in games for year in known.years(edition)}
    for birth, year in ((birth, year) for birth in births for year in sorted(years)):
        if birth[:4].isdigit() and not YOUNGEST <= year - int(birth[:4]) <= OLDEST:
            who = known.label(person) if known.has(person) else "the person"
            raise BadCell(
                f"{who}, born {birth}, would have been aged {year - int(birth[:4])} at the "
                f"Games of {year}",
                column=cell[0],
                value=cell[1],
                hint="Check the date of birth, and whether it is the right person; of somebody "
                "else with this name import the date of birth first, with a sheet of people.",
            )


def check_day(work: Work, games: NamedNode, day: str, *, may_be_later: bool) -> None:
    """Raise BadCell for a date in a year that does not fit the Games; note a day outside them.

    Args:
        work: the run.
        games: the Games.
        day: the date, or an empty text.
        may_be_later: whether it may be any time after the Games, as that of a decision.

    """
    if not day or not day[:4].isdigit():
        return
    first, last = (min(work.known.texts(games, mg(end)), default="") for end in ("from", "until"))
    years = sorted(work.known.years(games))
    # The Games of 2020 were in 2021, so a year more is fine where their days are not known.
    begin = first[:4] if first[:4].isdigit() else str(years[0]) if years else day[:4]
    end = last[:4] if last[:4].isdigit() else str(years[-1] + 1) if years else day[:4]
    if day[:4] < begin or (day[:4] > end and not may_be_later):
        when = begin if begin == end or may_be_later else f"{begin} to {end}"
        raise BadCell(
            f"the date does not fit the Games of {when}",
            column="date",
            value=day,
            hint=f"Correct the date or the Games; the Games are {work.known.label(games)}.",
        )
    if not may_be_later and (_is_before(day, first) or _is_before(last, day)):
        work.note(f"{day} is outside the Games, which were from {first} to {last}. It is kept.")


def remark_rank(work: Work, meant: Meant, rank: int, who: str) -> None:
    """Note a rank that does not go with the medal that the entry, or another, holds.

    Args:
        work: the run.
        meant: the event and the entry, which the row names.
        rank: the rank that the row gives.
        who: the names in the row, or the nation.

    """
    event, entry = meant.event, meant.entry
    if entry is None:
        return
    held = {local_name(medal) for medal in work.known.objects(entry, mg("won"))}
    if held:
        if rank not in {PLACES.get(medal) for medal in held}:
            work.note(
                f"rank {rank} of {who}, who holds the {' and '.join(sorted(held)).lower()} medal. "
                "It is kept; the medal stays. Check the rank."
            )
        return
    for medal in (medal for medal, place in PLACES.items() if place == rank):
        if holders := work.known.holders(event, mg(medal)):
            colour = f"the {medal.lower()} medal of this event"
            near = _like_holder(work.known, holders, meant.nations, who)
            work.note(
                f"rank {rank} of {who}, but {near} holds {colour}: is it the same person? It is "
                "kept, and gives no medal. If they are one, write the name so, or match the two at "
                "/review."
                if near
                else f"rank {rank} of {who}, but others hold {colour}. It is kept, and gives no "
                "medal. Check the rank."
            )


def _like_holder(
    known: Lookup, holders: Iterable[NamedNode], nations: Iterable[NamedNode], who: str
) -> str:
    """Return who of the nations holds a medal under a like name, with the code; else nothing."""
    for holder in sorted(holders, key=str):
        shared = known.objects(holder, mg("nation")).intersection(nations)
        people = known.objects(holder, mg("athlete"))
        names = sorted(known.label(one) for one in people if isinstance(one, NamedNode))
        for name in names if shared else ():
            if any(may_be_one(name, written) for written in several(who)):
                return f"{name} ({', '.join(sorted(map(local_name, shared)))})"
    return ""


def _known(known: Lookup, person: NamedNode, term: str, said: str) -> set[str]:
    return known.texts(person, mg(term)) | ({said} if said else set())


def _is_before(one: str, other: str) -> bool:
    """Whether a date is surely before another, as far as both are known."""
    first, second = known_part(one), known_part(other)
    size = min(len(first), len(second))
    return first[:size] < second[:size]
