"""What is said of the figures of a table: above them in words, beside them, and for programs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.medals.caveats import caveats, named, of_some_nations, taken_off
from graph.medals.editions import whole_of
from graph.medals.table import MEDALS
from graph.names import local_name, mg
from graph.naming import Naming
from service.amounts import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.engines.base import Reader
    from graph.medals.basis import Comparison
    from graph.medals.counting import Count
    from graph.medals.rules import Rule
    from graph.terms import NamedNode

    from .wire.problem import Json

_NATIONS = 12
"""Of more nations than this the rest is a number; what programs are told has all."""
_TITLES = 4
_COLOURS = ("gold", "silver", "bronze")


@dataclass(frozen=True, slots=True)
class Hints:
    """How whoever reads a table gets what it does not show, or without what it does.

    Attributes:
        whole: where all is that a line leaves out.
        without_parts: what leaves Games of another city out, as the end of a sentence.
        without_1906: the same of the Games of 1906.

    """

    whole: str
    without_parts: str
    without_1906: str


ON_THE_COMMAND_LINE = Hints(
    "--json has all", "--without-parts leaves it out", "--without-1906 leaves it out"
)
ON_A_PAGE = Hints(
    "JSON has all", "each has a table of its own", "the rule without 1906 leaves it out"
)


def heading(  # noqa: PLR0913 - what is told of, each part by name
    state: Reader,
    count: Count,
    rule: Rule,
    asked: Sequence[NamedNode],
    *,
    as_of: str | None,
    hints: Hints = ON_A_PAGE,
) -> Iterator[str]:
    """Yield the lines above a table: what it is, then what of its rule it does not follow.

    Args:
        state: names the Games.
        count: what was counted.
        rule: by which.
        asked: the Games that were named, without those that are part of them.
        as_of: the day, if one was given.
        hints: how whoever reads gets the rest.

    """
    naming = Naming(state)
    editions = list(count.editions)
    what = (
        ", ".join(map(naming.label, editions))
        if len(editions) <= _TITLES
        else f"{len(editions)} Games"
    )
    yield f"{rule.title}: {what}"
    yield from (caveat.text for caveat in caveats(count, rule, as_of=as_of))
    if count.unknown:
        yield f"Nothing to count was found for {named(count.unknown)}."
    yield from _lacking(count, hints)
    yield from _taken(count)
    yield from of_some_nations(count)
    yield from _together(state, editions, asked, hints)


def _lacking(count: Count, hints: Hints) -> Iterator[str]:
    if len(count.partial) > _TITLES:
        missing = sum(beside.missing for beside in count.partial.values())
        too_many = sum(beside.too_many for beside in count.partial.values())
        yield (
            f"Not the whole of {len(count.partial)} Games, or not the same: of what is published "
            f"{missing:,} missing, {too_many:,} too many ({hints.whole}, by nation)."
        )
        return
    for games, beside in count.partial.items():
        size = {nation: sum(map(abs, by.values())) for nation, by in beside.more.items()}
        nations = sorted(size, key=lambda nation: (-size[nation], str(nation)))
        more = len(nations) - _NATIONS
        told = [f"{local_name(nation)} {_signed(beside, nation)}" for nation in nations[:_NATIONS]]
        told += [f"and {counted(more, 'more nation')} ({hints.whole})"] if more > 0 else []
        yield (
            f"Not the whole of {local_name(games)}, or not the same: of the "
            f"{counted(beside.published, 'medal')} that “{beside.title}” publishes "
            f"{beside.missing:,} missing, {beside.too_many:,} too many: {'; '.join(told)}."
        )


def _signed(beside: Comparison, nation: object) -> str:
    by = beside.more[nation]  # type: ignore[index] # a nation of it
    told = zip(MEDALS, _COLOURS, strict=True)
    return ", ".join(f"{by[medal]:+d} {colour}" for medal, colour in told if by.get(medal))


def _taken(count: Count) -> Iterator[str]:
    for title, number in Counter(count.published.values()).items():
        bases = [basis for basis in count.editions.values() if basis.source == title]
        games = [basis.games for basis in bases if basis.is_published]
        awards = sum(basis.beside for basis in bases if basis.is_published)
        beside = f", instead of the {counted(awards, 'award')} here" if awards else ""
        of = f"{number} Games" if number > 1 else named(games)
        yield f"As published in “{title}”: {of}{beside}."
    for (sport, by, title), bases in taken_off(count).items():
        less = [t.medals for basis in bases for t in basis.taken_off if t.sport == sport]
        yield (
            f"Left out of what “{title}” publishes: {counted(sum(less), 'medal')} for {sport}, "
            f"as “{by}” counts them ({named([basis.games for basis in bases])})."
        )


def _together(
    state: Reader, editions: Sequence[NamedNode], asked: Sequence[NamedNode], hints: Hints
) -> Iterator[str]:
    parts = [games for games in editions if games not in asked]
    if parts:
        wholes = {whole_of(state, part) for part in parts}
        [*whole] = (games for games in asked if games in wholes)
        yield (
            f"With {named(parts)}, part of {named(whole)} in another city; {hints.without_parts}."
        )
    for games in editions:
        whole_games = whole_of(state, games)
        if whole_games is not None and whole_games not in editions:
            yield f"{local_name(games)} is part of {local_name(whole_games)}; name that for both."
    if len(editions) > 1:
        for games in editions:
            if any(quad.object == mg("Intercalated") for quad in state.quads(games)):
                yield (
                    f"With {local_name(games)}, which the International Olympic Committee does "
                    f"not count; {hints.without_1906}."
                )


def summary(count: Count, rule: Rule) -> str:
    """Return what was counted, for standard error."""
    if not count.editions:
        return f"{rule.title}: the rule leaves out all of these Games."
    if not count.awards:
        return f"{rule.title}: no awards of {named(list(count.editions))} were counted."
    days = {basis.day for basis in count.editions.values() if basis.day and basis.awards}
    shown = " / ".join(sorted(days)) if len(days) <= _TITLES else "the closing day of each"
    until = f", decisions up to {shown}" if days else ""
    said = f"{rule.title}: {counted(count.awards, 'award')}{until}."
    if days and count.undated:
        said += (
            f" {count.undated:,} of them have no dated decision and are counted as they stand now."
        )
    return said


def told(count: Count, rule: Rule, *, as_of: str | None) -> dict[str, Json]:
    """Return what is known of the figures of a table, for a program."""
    return {
        "rule": rule.iri,
        "label": rule.title,
        "choices": list(rule.choices),
        "unmet": [
            {
                "part": caveat.part.value,
                "text": caveat.text,
                "games": [games.value for games in caveat.games],
            }
            for caveat in caveats(count, rule, as_of=as_of)
        ],
        "games": [
            {"games": games.value, "decisions_up_to": basis.day, "source": basis.source}
            for games, basis in count.editions.items()
        ],
        "awards": count.awards,
        "published": [
            {
                "games": games.value,
                "source": basis.source,
                "nations": basis.nations,
                "of_all_nations": basis.is_of_all,
                "awards_here": basis.beside,
                "taken_off": [
                    {"sport": less.sport, "medals": less.medals, "source": less.by}
                    for less in basis.taken_off
                ],
            }
            for games, basis in count.editions.items()
            if basis.is_published
        ],
        "partial": [_compared(games, beside) for games, beside in count.partial.items()],
        "unknown": [games.value for games in count.unknown],
        "undated": count.undated,
    }


def _compared(games: NamedNode, beside: Comparison) -> Json:
    return {
        "games": games.value,
        "source": beside.title,
        "published": beside.published,
        "counted": beside.counted,
        "missing": beside.missing,
        "too_many": beside.too_many,
        "nations": [
            {"nation": local_name(nation)}
            | {colour: by.get(medal, 0) for medal, colour in zip(MEDALS, _COLOURS, strict=True)}
            for nation, by in beside.more.items()
        ],
    }
