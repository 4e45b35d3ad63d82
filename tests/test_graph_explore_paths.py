"""Shortest paths: the right ones, all of them, over what is allowed, and an honest end."""

from __future__ import annotations

from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadInput
from graph.explore import Path, Sought, paths
from graph.explore.paths import MOST_PATHS

from .bundled_record import bundled_record
from .explore_world import NAMES, node, nodes, world

WORLD = world()
HUBS = nodes("mg:Nation", "mg:Games", "mg:Sport", "mg:Place")


def spelled(path: Path) -> list[str]:
    return [NAMES.short(each) for each in path.nodes]


def test_two_who_met_in_an_event_are_linked_by_it() -> None:
    found = paths(WORLD, Sought(node("person:ana"), node("person:bo"), past=HUBS))
    assert [spelled(path) for path in found.shown] == [
        ["person:ana", "entry:1", "event:e", "entry:2", "person:bo"]
    ]
    assert (found.count, found.steps, found.is_whole) == (1, 4, True)
    assert [[NAMES.short(link.property) for link in links] for links in found.shown[0].links] == [
        ["mg:athlete"],
        ["mg:event"],
        ["mg:event"],
        ["mg:athlete"],
    ]


def test_several_paths_of_one_length_are_all_told() -> None:
    found = paths(WORLD, Sought(node("person:ana"), node("person:cem")))
    assert [spelled(path) for path in found.shown] == [
        ["person:ana", "entry:1", "nation:BRA", "entry:4", "person:cem"],
        ["person:ana", "entry:3", "event:f", "entry:4", "person:cem"],
        ["person:ana", "entry:3", "nation:BRA", "entry:4", "person:cem"],
    ]
    assert found.count == 3


def test_a_class_that_is_kept_out_may_still_be_an_end() -> None:
    found = paths(WORLD, Sought(node("person:bo"), node("nation:BRA"), past=HUBS))
    assert [spelled(path) for path in found.shown] == [
        ["person:bo", "entry:2", "event:e", "entry:1", "nation:BRA"]
    ]


def test_a_path_takes_only_links_that_are_allowed() -> None:
    by = nodes("mg:athlete", "mg:nation")
    found = paths(WORLD, Sought(node("person:ana"), node("person:cem"), by=by))
    assert [spelled(path)[2] for path in found.shown] == ["nation:BRA", "nation:BRA"]
    assert not paths(WORLD, Sought(node("person:ana"), node("person:bo"), by=by)).shown


def test_no_path_passes_through_a_word_of_the_vocabulary() -> None:
    by = nodes("mg:sex")
    found = paths(WORLD, Sought(node("person:ana"), node("person:bo"), by=by))
    assert (found.count, found.is_at_end) == (0, True)


def test_a_path_that_is_too_long_is_not_told() -> None:
    found = paths(WORLD, Sought(node("person:ana"), node("person:bo"), past=HUBS, steps=3))
    assert (found.shown, found.steps, found.is_whole, found.is_at_end) == ((), 3, True, False)


def test_a_search_that_reads_too_much_says_how_far_it_came() -> None:
    sought = Sought(node("person:ana"), node("person:bo"))
    found = paths(WORLD, sought, most_read=6)
    assert (found.shown, found.is_whole) == ((), False)
    assert found.steps < 4


def test_a_path_to_where_it_began_is_refused() -> None:
    with pytest.raises(BadInput, match="both ends are the same"):
        paths(WORLD, Sought(node("person:ana"), node("person:ana")))


def test_more_paths_than_can_be_shown_are_counted() -> None:
    ways = " ".join(
        f"entry:{number} a mg:Entry ; mg:athlete person:ana ; mg:event event:e ."
        for number in range(MOST_PATHS + 5)
    )
    found = paths(world(f"graph:book {{ {ways} }}"), Sought(node("person:ana"), node("event:e")))
    assert (found.count, len(found.shown), found.steps) == (25, MOST_PATHS, 2)


def test_two_bundled_athletes_of_one_race_are_linked_by_it() -> None:
    """The women's 400 m T13 of Paris: Lamiya Valiyeva was second, Carolina Duarte third."""
    ends = node("person:lamiya-valiyeva-2002"), node("person:carolina-duarte-1990")
    found = paths(bundled_record(), Sought(*ends, past=HUBS))
    race = "event:2024-summer-para--para-athletics--womens-400m-t13"
    assert found.steps == 4
    assert found.count
    assert race in {NAMES.short(path.nodes[2]) for path in found.shown}


@given(st.sets(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=24))
def test_random_graphs_have_the_paths_that_a_plain_search_finds(
    pairs: set[tuple[int, int]],
) -> None:
    said = " ".join(f"person:p{a} mg:partOf person:p{b} ." for a, b in pairs)
    found = paths(
        world(f"graph:book {{ person:p0 a mg:Person . {said} }}"),
        Sought(node("person:p0"), node("person:p1"), steps=8),
    )
    length, count = _plainly(pairs)
    assert found.count == count
    if count:
        assert found.steps == length
        assert all(len(path.nodes) == length + 1 for path in found.shown)
        assert len({path.nodes for path in found.shown}) == min(count, MOST_PATHS)


def _plainly(pairs: set[tuple[int, int]]) -> tuple[int, int]:
    """Return the length of the shortest paths from 0 to 1, and how many there are."""
    beside: dict[int, set[int]] = {}
    for a, b in pairs:
        beside.setdefault(a, set()).add(b)
        beside.setdefault(b, set()).add(a)
    far, ways = {0: 0}, {0: 1}
    left = deque([0])
    while left:
        here = left.popleft()
        for other in beside.get(here, ()):
            if other not in far:
                far[other], ways[other] = far[here] + 1, 0
                left.append(other)
            if far[other] == far[here] + 1:
                ways[other] += ways[here]
    return far.get(1, 0), ways.get(1, 0)
