"""What has to be said above a table: which parts of its rule it does not follow, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import local_name

from .basis import Lack, Part
from .rules import CutOff

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.terms import NamedNode

    from .basis import Basis, Unmet
    from .counting import Count
    from .rules import Rule

_ORDER = tuple(Lack)
_NAMED = 3
"""Of more Games than this only the number is said."""
_WORDS = {
    Lack.OF_TODAY: "Not a table {at}: {who} publishes counts of today, with all later decisions, "
    "and nothing here tells how things stood then ({games}).",
    Lack.AT_CLOSING: "Not a table {at}: {who} publishes counts of the closing day, without later "
    "decisions ({games}).",
    Lack.UNDATED: "Not a table {at}: no award has a dated decision, so all stand as {who} has "
    "them ({games}).",
    Lack.NO_PERSONS: "Nothing per person: {about} publishes counts of nations only ({games}).",
    Lack.NAMELESS: "Not wholly per person: {about} of a team whose members nobody names count "
    "once ({games}).",
    Lack.WITH_SPORTS: "Not left out as the rule demands: medals for {about}, if there were any; "
    "{who} counts them, and nothing here counts them apart ({games}).",
    Lack.MAY_HAVE_SPORTS: "Perhaps not left out as the rule demands: medals for {about}; nobody "
    "says whether {who} counts them ({games}).",
    Lack.WITHOUT_SPORTS: "Not counted as the rule demands: medals for {about}, which {who} leaves "
    "out ({games}).",
    Lack.MIXED_APART: "Not shared as the rule demands: {who} has medals of mixed teams on a line "
    "of their own ({games}).",
    Lack.MIXED_SHARED: "Not apart as the rule demands: {who} counts a mixed team's medal for "
    "each of its nations ({games}).",
    Lack.JOINED: "Not apart as the rule demands: {who} joins nations ({games}).",
}


@dataclass(frozen=True, slots=True)
class Caveat:
    """One part of a rule that a table does not follow.

    Attributes:
        part: of the rule.
        text: what is not followed, and why, in words.
        games: where.

    """

    part: Part
    text: str
    games: tuple[NamedNode, ...]


def caveats(count: Count, rule: Rule, *, as_of: str | None = None) -> list[Caveat]:
    """Return what a table does not follow, what cannot be given at all first.

    Args:
        count: what was counted.
        rule: by which.
        as_of: the day, if one was given.

    """
    groups: dict[tuple[Lack, str, tuple[str, ...]], list[tuple[Basis, Unmet]]] = {}
    for basis in count.editions.values():
        for unmet in basis.unmet:
            apart = () if unmet.lack.part is Part.SPORTS else unmet.about
            groups.setdefault((unmet.lack, basis.source, apart), []).append((basis, unmet))
    found = []
    for (lack, who, _), places in sorted(groups.items(), key=lambda item: _place(item[0])):
        games = tuple(basis.games for basis, _ in places)
        about = sorted({one for _, unmet in places for one in unmet.about})
        text = _WORDS[lack].format(
            at=_at(rule, as_of), who=f"“{who}”", about=_about(lack, about), games=named(games)
        )
        found.append(Caveat(lack.part, text, games))
    return found


def named(games: Sequence[NamedNode]) -> str:
    """Return Games by their keys, or how many they are."""
    if len(games) > _NAMED:
        return f"{len(games)} Games"
    return ", ".join(map(local_name, games))


def of_some_nations(count: Count) -> list[str]:
    """Return why a table ranks nobody: where the counts of some nations only are held."""
    found: dict[tuple[str, int], list[NamedNode]] = {}
    for basis in count.of_some:
        found.setdefault((basis.source, basis.nations), []).append(basis.games)
    return [
        f"No rank is given: of “{title}” the counts of only {number} "
        f"{'nation' if number == 1 else 'nations'} are held here, not of all ({named(games)})."
        for (title, number), games in found.items()
    ]


def taken_off(count: Count) -> dict[tuple[str, str, str], list[Basis]]:
    """Return what was taken off published counts, by sport, who counts it, and whose counts."""
    found: dict[tuple[str, str, str], list[Basis]] = {}
    for basis in count.editions.values():
        for less in basis.taken_off:
            found.setdefault((less.sport, less.by, basis.source), []).append(basis)
    return found


def _place(key: tuple[Lack, str, tuple[str, ...]]) -> tuple[int, str, tuple[str, ...]]:
    return _ORDER.index(key[0]), *key[1:]


def _at(rule: Rule, as_of: str | None) -> str:
    if as_of is not None:
        return f"as of {as_of}"
    return "at closing" if rule.cut_off is CutOff.CLOSING else "of today"


def _about(lack: Lack, about: Sequence[str]) -> str:
    if lack is Lack.NAMELESS:
        [count] = about
        return f"{count} {'award' if count == '1' else 'awards'}"
    if lack is Lack.NO_PERSONS:
        return ", ".join(f"“{title}”" for title in about)
    return ", ".join(about)
