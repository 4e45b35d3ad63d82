"""What things are linked to, counted, paged and laid out on a board."""

from __future__ import annotations

import pytest

from graph.explore import (
    IN,
    ON_A_PAGE,
    OUT,
    Board,
    Grouping,
    Link,
    Opened,
    Spoken,
    Way,
    laid,
    links_among,
    stated_by,
)
from graph.explore import groups as grouping_rules

from .bundled_record import bundled_record
from .explore_world import BOOK, HOSTILE, NAMES, NEWS, node, nodes, world

WORLD = world()
ENTRIES = Way(IN, node("mg:nation"), node("mg:Entry"))


def grouping(games: str = "") -> Grouping:
    return Grouping(WORLD, Spoken(WORLD), node(games) if games else None)


def told(thing: str, games: str = "") -> list[tuple[str, str, str, int]]:
    found = grouping(games).groups(node(thing))
    return [
        (way.direction, NAMES.short(way.property), NAMES.short(way.kind) if way.kind else "", size)
        for way, size in found
    ]


def crowd(size: int) -> str:
    """Return a graph in which so many people have one nation, the last named before the others."""
    people = [
        f'person:p{number} a mg:Person ; rdfs:label "{size - number:05}"@en ;'
        " mg:nation nation:BRA ."
        for number in range(size)
    ]
    return f"graph:book {{ nation:BRA a mg:Nation . {' '.join(people)} }}"


def test_links_are_counted_by_direction_property_and_class() -> None:
    assert told("entry:1") == [
        (OUT, "mg:athlete", "mg:Person", 1),
        (OUT, "mg:event", "mg:Event", 1),
        (OUT, "mg:nation", "mg:Nation", 1),
        (OUT, "mg:won", "", 1),
    ]
    assert told("nation:BRA") == [(IN, "mg:nation", "mg:Entry", 4)]


def test_what_a_thing_is_and_what_is_no_thing_are_no_links() -> None:
    assert told("sport:judo") == [(IN, "mg:sport", "mg:Event", 2)]
    assert told("mg:Sport") == []


def test_a_thing_that_two_sources_link_counts_once() -> None:
    assert told("person:ana")[1] == (IN, "mg:athlete", "mg:Entry", 2)


def test_counts_heed_the_games() -> None:
    assert told("nation:BRA", "games:g") == [(IN, "mg:nation", "mg:Entry", 2)]
    assert told("sport:judo", "games:g") == [(IN, "mg:sport", "mg:Event", 1)]
    assert told("entry:2", "games:h") == [(OUT, "mg:nation", "mg:Nation", 1)]


def test_people_belong_to_the_games_that_they_were_in() -> None:
    assert told("mg:F", "games:g") == [(IN, "mg:sex", "mg:Person", 2)]
    assert told("mg:F", "games:h") == [(IN, "mg:sex", "mg:Person", 1)]


def test_the_members_of_a_group_come_in_the_order_of_their_names() -> None:
    spoken = Spoken(WORLD)
    page = grouping().page(node("nation:BRA"), ENTRIES)
    assert [spoken.named(one).text for one in page.members] == [
        f"{HOSTILE}, Brazil",
        "Ana, Judo, open, Brazil",
        "Ana, Judo, women, gold",
        "Cem, Judo, open, Brazil",
    ]
    assert (page.size, page.pages, page.is_sorted, page.is_whole) == (4, 1, True, True)


def test_a_large_group_has_pages() -> None:
    reader = world(crowd(2 * ON_A_PAGE + 1))
    found = Grouping(reader, Spoken(reader))
    way = Way(IN, node("mg:nation"), node("mg:Person"))

    last = found.page(node("nation:BRA"), way, number=3)
    assert [one.value for one in last.members] == [node("person:p0").value]
    assert (last.size, last.pages) == (101, 3)
    assert found.page(node("nation:BRA"), way, number=4).members == ()
    assert len(found.page(node("nation:BRA"), way, pages=2).members) == 2 * ON_A_PAGE


def test_a_group_too_large_to_name_says_that_it_is_not_sorted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(grouping_rules, "SORTED", 100)
    reader = world(crowd(101))
    for kind in (None, node("mg:Person")):
        page = Grouping(reader, Spoken(reader)).page(
            node("nation:BRA"), Way(IN, node("mg:nation"), kind)
        )
        assert (page.size, len(page.members), page.is_sorted) == (101, ON_A_PAGE, False)


def test_a_group_too_large_to_look_through_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping_rules, "LOOKED_THROUGH", 100)
    reader = world(crowd(101))
    way = Way(IN, node("mg:nation"), node("mg:Person"))
    of_games = Grouping(reader, Spoken(reader), node("games:g"))
    page = of_games.page(node("nation:BRA"), way)
    assert (page.size, page.is_whole) == (100, False)


def test_of_very_many_links_neither_classes_nor_games_are_told_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(grouping_rules, "COUNTED_BY_CLASS", 3)
    assert told("nation:BRA") == [(IN, "mg:nation", "", 4)]
    monkeypatch.setattr(grouping_rules, "LOOKED_THROUGH", 3)
    assert told("nation:BRA", "games:g") == [(IN, "mg:nation", "", 4)]


def test_a_name_is_in_the_language_of_the_reader() -> None:
    named = Spoken(WORLD, ("ar",)).named(node("nation:BRA"))
    assert (named.text, named.language, named.is_made) == ("البرازيل", "ar", False)


@pytest.mark.parametrize(
    ("label", "part"),
    [
        ("\u202edaer ti", "\u2068\u202edaer ti\u2069"),
        ("محمد", "\u2068محمد\u2069"),
        ("\u2069Ana\u202e", "\u2068Ana\u202e\u2069"),
        ("Ana", "Ana"),
    ],
)
def test_a_name_turns_nothing_that_is_said_after_it(label: str, part: str) -> None:
    """FSI (U+2068) begins and PDI (U+2069) ends what is turned for itself; see UAX 9."""
    reader = world(
        f'graph:book {{ person:it a mg:Person ; rdfs:label "{label}" . nation:BRA a mg:Nation ;'
        ' rdfs:label "Brazil"@en . entry:it a mg:Entry ; mg:athlete person:it ;'
        " mg:nation nation:BRA }"
    )
    assert Spoken(reader).named(node("entry:it")).text == f"{part}, Brazil"


def test_a_thing_of_which_nothing_is_said_is_called_by_its_address() -> None:
    assert Spoken(WORLD).named(node("person:nobody")).text == "nobody"


def test_the_links_among_things_are_told_with_their_sources() -> None:
    found = links_among(WORLD, nodes("entry:1", "person:ana", "nation:BRA", "person:cem"))
    by_ana = Link(node("entry:1"), node("mg:athlete"), node("person:ana"))
    assert found == [by_ana, Link(node("entry:1"), node("mg:nation"), node("nation:BRA"))]
    assert stated_by(WORLD, by_ana) == [BOOK, NEWS]


def test_a_board_has_what_was_put_there_and_what_is_opened() -> None:
    board = Board((node("nation:BRA"),), (Opened(node("nation:BRA"), ENTRIES),))
    found = laid(WORLD, board, spoken=Spoken(WORLD))
    assert found.things[0] == node("nation:BRA")
    assert set(found.things[1:]) == nodes("entry:1", "entry:3", "entry:4", "entry:5")
    assert len(found.links) == 4


def test_who_opens_a_group_is_on_the_board_unasked() -> None:
    found = laid(WORLD, Board((), (Opened(node("nation:BRA"), ENTRIES),)), spoken=Spoken(WORLD))
    assert found.things[0] == node("nation:BRA")


def test_what_was_taken_away_stays_away() -> None:
    board = Board(
        (node("nation:BRA"),),
        (Opened(node("nation:BRA"), ENTRIES),),
        without=nodes("entry:1", "nation:BRA"),
    )
    found = laid(WORLD, board, spoken=Spoken(WORLD))
    assert set(found.things) == nodes("entry:3", "entry:4", "entry:5")


def test_filters_keep_what_was_put_on_a_board() -> None:
    opened = tuple(
        Opened(node("entry:1"), Way(OUT, node(name), None)) for name in ("mg:event", "mg:athlete")
    )
    board = Board((node("entry:1"),), opened, kinds=nodes("mg:Event"), games=node("games:g"))
    found = laid(WORLD, board, spoken=Spoken(WORLD))
    assert found.things == (node("entry:1"), node("event:e"))
    other = Board((node("entry:1"),), opened, games=node("games:h"))
    assert set(laid(WORLD, other, spoken=Spoken(WORLD)).things) == nodes("entry:1", "person:ana")


def test_a_board_says_what_had_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.explore.boards.MOST_THINGS", 3)
    board = Board((node("nation:BRA"),), (Opened(node("nation:BRA"), ENTRIES),))
    found = laid(WORLD, board, spoken=Spoken(WORLD))
    assert (len(found.things), found.left_out) == (3, 2)


def test_pages_that_no_board_can_hold_are_counted_as_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of a nation and its 120 people 50 have a place."""
    monkeypatch.setattr("graph.explore.boards.MOST_THINGS", ON_A_PAGE)
    monkeypatch.setattr("graph.explore.boards._MOST_PAGES", 1)
    reader = world(crowd(120))
    opened = Opened(node("nation:BRA"), Way(IN, node("mg:nation"), node("mg:Person")), pages=3)
    found = laid(reader, Board((), (opened,)), spoken=Spoken(reader))
    assert (len(found.things), found.left_out) == (50, 71)


def test_the_links_of_a_bundled_athlete_are_counted() -> None:
    """Counted by hand in the bundled tables: two races, and that she carried the flag."""
    reader = bundled_record()
    found = Grouping(reader, Spoken(reader)).groups(node("person:lamiya-valiyeva-2002"))
    sizes = {(way.direction, NAMES.short(way.property), str(way.kind)): n for way, n in found}
    entry = str(node("mg:Entry"))
    assert sizes[IN, "mg:athlete", entry] == 2
    assert sizes[IN, "mg:person", str(node("mg:Participation"))] == 4
    assert sizes[OUT, "mg:country", str(node("mg:Place"))] == 1
