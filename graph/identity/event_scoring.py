"""How likely two descriptions are of one event: points, each with its reason.

The medals say most: who won which in one source and in the other. Names come second, since
sources call one event ``Women's 48 kg`` and ``Women's Extra-Lightweight``. The points were
chosen on the events of three Olympic Games that two sources tell
(``tests/test_graph_identity_events_measured.py``), and that test holds them to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.names import local_name

from .contest_words import event_words, numbers_in, sexes_said
from .match import Match, Reason
from .podiums import side_by_side
from .sports import families

if TYPE_CHECKING:
    from .contests import Contest
    from .podiums import Known, Podium

_LEAST = 2.0
"""From so many points on a match is listed. Fewer than between people, for of the events of one
Games, sport and sex those that share a medallist or a name are few."""

_SAME_NAME = 4.0
_SAME_KEY = 20.0
_MEDAL, _MOST_FOR_MEDALS = 3.0, 9.0
_ALL_MEDALS = 1.0
_NATION = 1.0
_MOVED = 2.5
_OTHER_NATION = -1.0
_LIKE: tuple[tuple[float, str, float], ...] = (
    (1.0, "a name that says more", 3.0),
    (0.5, "a like name", 2.0),
    (0.01, "a part of the name", 1.0),
    (0.0, "another name", -1.0),
)
"""From which part of the words of the shorter name on two names are how alike."""


def compare_events(one: Contest, other: Contest, known: Known) -> Match[Contest] | None:
    """Return the match of two events, or None where they cannot be one.

    Args:
        one: an event in one source.
        other: an event in another.
        known: who of the first source is whom of the second.

    """
    mine, theirs = families(one.sports), families(other.sports)
    if one.games != other.games or (mine and theirs and mine.isdisjoint(theirs)):
        return None
    sex = _sex(one, other)
    if sex is not None and sex.points < _OTHER_NATION:
        return None
    ids = _ids(one, other)
    if ids is not None and ids.points < 0:
        return None
    podium = side_by_side(one, other, known)
    facts = [ids, _medals(podium, one, other), _nameless(podium), _moved(podium)]
    facts += [_differing(podium), sex]
    said = tuple(reason for reason in facts if reason is not None)
    is_backed = ids is not None or bool(podium.same or podium.nameless or podium.moved)
    return Match(one, other, (_name(one, other), *said), is_backed)


def is_worth_a_look(match: Match[Contest]) -> bool:
    """Tell whether a person should look: one receiver or the same name, and little against it."""
    return match.points >= _LEAST and (match.is_backed or match.reasons[0].points == _SAME_NAME)


def _name(one: Contest, other: Contest) -> Reason:
    sports = {local_name(sport) for sport in one.sports | other.sports}
    pairs = [
        (event_words(mine, sports), event_words(theirs, sports), f"({mine} / {theirs})")
        for mine in sorted(one.labels)
        for theirs in sorted(other.labels)
    ]
    reasons = [_words(mine, theirs, about) for mine, theirs, about in pairs]
    return max(reasons, key=lambda reason: reason.points, default=Reason("without a name", 0.0))


def _words(mine: frozenset[str], theirs: frozenset[str], about: str) -> Reason:
    shared = mine & theirs
    numbers = numbers_in(mine), numbers_in(theirs)
    if mine == theirs:
        text, points = "the same name", _SAME_NAME
    elif all(numbers) and numbers[0].isdisjoint(numbers[1]):
        text, points = "names with other numbers", -_SAME_NAME
    elif _only_numbers(mine) != _only_numbers(theirs) and not shared:
        text, points = "a weight or length and a name", 0.0
    elif not mine or not theirs:
        text, points = "a name that says no more than the sport", 1.0
    else:
        part = len(shared) / min(len(mine), len(theirs))
        text, points = next((text, points) for least, text, points in _LIKE if part >= least)
    return Reason(f"{text} {about}", points)


def _only_numbers(words: frozenset[str]) -> bool:
    return bool(words) and words == numbers_in(words)


def _sex(one: Contest, other: Contest) -> Reason | None:
    mine, theirs = (_sexes(contest) for contest in (one, other))
    if not mine or not theirs:
        return None
    if mine & theirs:
        return Reason(f"both for {min(mine & theirs)}", 1.0)
    about = f"({min(mine)} / {min(theirs)})"
    # What one source calls mixed or open, another calls by those who came.
    is_mixed = "Mixed" in mine | theirs
    return Reason(f"for other sexes {about}", _OTHER_NATION if is_mixed else -_SAME_KEY)


def _sexes(contest: Contest) -> set[str]:
    return contest.sexes or {sex for label in contest.labels for sex in sexes_said(label)}


def _ids(one: Contest, other: Contest) -> Reason | None:
    shared = one.ids & other.ids
    if shared:
        return Reason(f"the same key ({min(shared)})", _SAME_KEY)
    mine, theirs = ({key.partition(":")[0] for key in each.ids} for each in (one, other))
    return Reason("two keys in one register", -_SAME_KEY) if mine & theirs else None


def _medals(podium: Podium, one: Contest, other: Contest) -> Reason | None:
    count = podium.agreeing
    if not count:
        return None
    fewer = min(len(one.medals), len(other.medals))
    is_all = not podium.moved and not podium.differing
    more = _ALL_MEDALS if is_all else 0.0
    which = f"{count} of {max(fewer, count)}"
    text = f"{which} medals have the same receivers"
    return Reason(text, min(_MEDAL * count, _MOST_FOR_MEDALS) + more)


def _nameless(podium: Podium) -> Reason | None:
    """Return what speaks for a match where a source names nations only: less, for many share it."""
    count = len(podium.nameless)
    text = f"{count} medal{'' if count == 1 else 's'} of the same nation, without its people"
    return Reason(text, _NATION * count) if count else None


def _moved(podium: Podium) -> Reason | None:
    people = {a.entry for a, _ in podium.moved}
    text = f"{len(people)} with another medal"
    return Reason(text, _MOVED * len(people)) if people else None


def _differing(podium: Podium) -> Reason | None:
    """Return what speaks against: medals of different nations, since names can be unknown.

    Who moved up when a medal was reallocated has another medal, and speaks for the match.
    """
    moved = {won for pair in podium.moved for won in pair}
    count = sum(
        a.nations.isdisjoint(b.nations)
        for a, b in podium.differing
        if a not in moved and b not in moved
    )
    text = f"{count} medal{'' if count == 1 else 's'} of different nations"
    return Reason(text, _OTHER_NATION * count) if count else None
