"""What else is known of whom is meant, held against the facts of a candidate."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph.identity.scoring import births
from graph.names import local_name

from .spelled import other_name
from .written import date_in, sex_in, year_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.terms import NamedNode

    from .asking import Evidence
    from .facts import Facts, Library
    from .written import Written

SAME_KEY = 60.0
_BIRTH = 5.0
"""A birth counts so many times what it counts between two sources (``identity.scoring``)."""
_SAME_NATION, _LATER_NATION, _OTHER_NATION = 20.0, 16.0, -25.0
_SAME_SPORT, _OTHER_SPORT = 8.0, -10.0
_AT_GAMES, _IN_YEAR, _NOT_THERE = 10.0, 7.0, -12.0
_SAME_EVENT, _OTHER_EVENT = 10.0, -5.0
_SAME_SEX, _OTHER_SEX = 2.0, -60.0
_LIKE_EVENT = 36.0


class Held(NamedTuple):
    """One value held against a candidate."""

    points: float
    words: str


NOT_KNOWN = 0.0


class Scales:
    """Weighs evidence against candidates.

    Args:
        library: the facts of things.
        written: what values mean.

    """

    def __init__(self, library: Library, written: Written) -> None:
        self._library, self._written = library, written
        self._weighed: dict[str, Callable[[str, Facts], Held]] = {
            "nation": self._nation,
            "games": self._games,
            "year": self._year,
            "sport": self._sport,
            "event": self._event,
            "born": _born,
            "sex": _sex,
            "externalId": _key,
            "code": _code,
            "season": _season,
        }

    def weigh(self, evidence: Evidence, facts: Facts) -> Held | None:
        """Return what one property says of a candidate; None if it says nothing of such things."""
        weighed = self._weighed.get(evidence.prop)
        values = [value for value in evidence.values if value.strip()]
        if weighed is None or not values:
            return None
        held = [weighed(value, facts) for value in values]
        if evidence.quantifier == "all":
            return min(held, key=lambda one: one.points)
        best = max(held, key=lambda one: one.points)
        if evidence.quantifier == "none":
            return Held(-abs(best.points) if best.points > 0 else 0.0, f"not: {best.words}")
        return best

    def _nation(self, text: str, facts: Facts) -> Held:
        meant = self._written.nations(text)
        if not meant:
            return Held(NOT_KNOWN, f"no nation is known as {text!r}")
        if not facts.nations:
            return Held(NOT_KNOWN, "its nation is not known")
        shared = meant & facts.nations
        if shared:
            return Held(_SAME_NATION, f"for {local_name(min(shared, key=str))}")
        later = self._written.later
        if {later.get(one, one) for one in meant} & {later.get(one, one) for one in facts.nations}:
            return Held(_LATER_NATION, "for a nation that came before or after the one given")
        return Held(_OTHER_NATION, f"for {_ends(facts.nations)}, not {text}")

    def _games(self, text: str, facts: Facts) -> Held:
        node = self._written.games(text)
        if node is None:
            return self._year(text, facts)
        if facts.node == node or node in facts.games:
            return Held(_AT_GAMES, f"at {self._library.label(node)}")
        if not facts.games:
            return Held(NOT_KNOWN, "its Games are not known")
        return Held(_NOT_THERE, f"not known to be at {self._library.label(node)}")

    def _year(self, text: str, facts: Facts) -> Held:
        year = year_in(text)
        if year is None:
            return Held(NOT_KNOWN, f"{text!r} names no Games that are known, and no year")
        if not facts.years:
            return Held(NOT_KNOWN, "the years of its Games are not known")
        if year in facts.years:
            return Held(_IN_YEAR, f"at Games of {year}")
        return Held(_NOT_THERE, f"not known to be at Games of {year}")

    def _sport(self, text: str, facts: Facts) -> Held:
        if not facts.sports:
            return Held(NOT_KNOWN, "its sport is not known")
        meant, known = (
            self._written.sports(text),
            self._written.families(sorted(facts.sports, key=str)),
        )
        if meant & known:
            return Held(_SAME_SPORT, f"in {text}")
        return Held(_OTHER_SPORT, f"in {_ends(facts.sports)}, not {text}")

    def _event(self, text: str, facts: Facts) -> Held:
        if not facts.events:
            return Held(NOT_KNOWN, "its events are not known")
        node = self._written.node(text)
        if node is not None and node in facts.events:
            return Held(_SAME_EVENT, f"in {self._library.label(node)}")
        labels = {self._library.label(event) for event in facts.events}
        best = max(labels, key=lambda label: other_name(text, label, facts).points)
        if other_name(text, best, facts).points >= _LIKE_EVENT:
            return Held(_SAME_EVENT, f"in {best}")
        return Held(_OTHER_EVENT, f"not known to be in {text}")


def _born(text: str, facts: Facts) -> Held:
    born = date_in(text)
    if not born:
        return Held(NOT_KNOWN, f"{text!r} is no date that is understood")
    found = [births(born, known) for known in facts.born]
    if not found:
        return Held(NOT_KNOWN, "its date of birth is not known")
    best = max(found, key=lambda reason: reason.points)
    return Held(_BIRTH * best.points, best.text)


def _sex(text: str, facts: Facts) -> Held:
    sex = sex_in(text)
    if not sex or not facts.sexes:
        return Held(NOT_KNOWN, "the sex is not known")
    return Held(_SAME_SEX, sex) if sex in facts.sexes else Held(_OTHER_SEX, f"not {sex}")


def _key(text: str, facts: Facts) -> Held:
    """Weigh a key: with its register in front, or as it stands alone."""
    register, _, _ = text.rpartition(":")
    if any(text in (key, key.partition(":")[2]) for key in facts.ids):
        return Held(SAME_KEY, f"the same key ({text})")
    if register and any(key.startswith(f"{register}:") for key in facts.ids):
        return Held(-SAME_KEY, f"another key in {register}")
    return Held(NOT_KNOWN, "no such key is known")


def _code(text: str, facts: Facts) -> Held:
    if not facts.codes:
        return Held(NOT_KNOWN, "it has no code")
    same = text.upper() in facts.codes
    return Held(_SAME_NATION, f"code {text}") if same else Held(_OTHER_NATION, f"not {text}")


def _season(text: str, facts: Facts) -> Held:
    if not facts.seasons:
        return Held(NOT_KNOWN, "its season is not known")
    same = text.casefold() in {season.casefold() for season in facts.seasons}
    return Held(_AT_GAMES, text) if same else Held(_NOT_THERE, f"not {text}")


def _ends(nodes: set[NamedNode]) -> str:
    return ", ".join(sorted(map(local_name, nodes)))
