"""How often the matching of people is right, on pairs whose identity is known from elsewhere.

Wikidata's medallists and the table of 120 years were made by different people of different
sources. Where both name one winner of a medal of an event for a nation, that winner is one
person, however the names are spelled: 683 pairs. Of the names, births, nations and sports
the matching sees all, of the events and medals nothing.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from benchmarks.known_names import known_pairs
from graph.engines.memory import MemoryDraft
from graph.identity.match import DOUBTFUL, MARGIN, SURE
from graph.identity.matching import matches
from graph.identity.profiles import profiles_of
from graph.lexical import as_stored
from graph.names import Names
from graph.progress import silent
from graph.succession import later_codes

from .century import century, converted

if TYPE_CHECKING:
    from pathlib import Path

    from graph.identity.match import Match
    from graph.identity.profiles import Profile
    from graph.terms import Term

NAMES = Names()
ONE, OTHER = NAMES.graph("wikidata-medallists"), NAMES.graph("olympic-120-years")


@cache
def measured(data: Path) -> tuple[dict[Term, Term], dict[Term, Match[Profile]]]:
    """Return the known pairs, and the match of each person that has one."""
    wikidata = converted("wikidata-medallists", data / "olympic-medallists-wikidata")
    state = MemoryDraft([*century(data).state.quads(), *map(as_stored, wikidata)])
    ones, others = profiles_of(state, ONE), profiles_of(state, OTHER)
    for profile in (*ones.values(), *others.values()):
        profile.events.clear()
    found = matches(ones.values(), others.values(), later_codes(state, NAMES), progress=silent)
    return known_pairs((state, ONE), (state, OTHER)), {match.one.node: match for match in found}


def test_the_marks_are_those_that_were_measured() -> None:
    assert (SURE, DOUBTFUL, MARGIN) == (9.0, 5.0, 2.0)


def test_the_sample_has_enough_pairs(shared_data: Path) -> None:
    known, _ = measured(shared_data)
    assert len(known) >= 300


def test_a_sure_match_is_right(shared_data: Path) -> None:
    known, found = measured(shared_data)
    sure = [one for one in known if one in found and found[one].is_sure]
    right = [one for one in sure if found[one].other.node == known[one]]
    # One of 671 differs, and is right: Lü Xiuzhi was third over 20 km in 2012, and second
    # since 2016, when the table of 120 years gave her bronze to Qieyang Shenjie.
    assert len(right) / len(sure) >= 0.995


def test_nearly_all_are_found(shared_data: Path) -> None:
    known, found = measured(shared_data)
    sure = [one for one in known if one in found and found[one].is_sure]
    right = [one for one in sure if found[one].other.node == known[one]]
    assert len(right) / len(known) >= 0.98


def test_nearly_all_of_the_others_are_listed(shared_data: Path) -> None:
    known, found = measured(shared_data)
    lost = [one for one in known if one not in found]
    assert len(lost) / len(known) <= 0.005


@pytest.mark.parametrize("name", ["Li Na", "Chen Jing", "Kim Seong-Eun"])
def test_namesakes_of_one_nation_are_not_merged_with_each_other(
    shared_data: Path, name: str
) -> None:
    _, found = measured(shared_data)
    sure = [m for m in found.values() if m.is_sure and name in m.one.labels]
    assert len({match.other.node for match in sure}) == len(sure)
