"""The page of a person tells the career as it was, and every name with who spells it so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.identity.redirects import merge
from graph.names import Names

from .portrait_world import ANA, WORLD, linked_data, page, read_page
from .service_world import BROWSER, World, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = Names()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world_in(tmp_path_factory.mktemp("person")) as made:
        made.store.update(WORLD)
        yield made


def test_the_career_is_told_by_games_with_the_nation_and_the_class_of_then(world: World) -> None:
    career = page(world, ANA).section("At the Games")
    assert [title.text for title in career.every("h3")] == ["Montreal 1976", "Barcelona 1992"]
    first, second = career.rows()
    assert first[0] == "Tower diving"
    assert first[1:4] == ["Soviet Union URS", "D1", "2"]
    assert second[0] == "Pairs diving with Dee"
    assert second[1:4] == ["Unified Team EUN", "D2", "2"]


def test_medals_of_two_nations_are_summed_and_told_apart(world: World) -> None:
    [held] = page(world, ANA).every("p", **{"class": "held"})
    assert held.text == (
        "Holds now gold 1 silver 1."
        " For Soviet Union URS : 1 gold ; For Unified Team EUN : 1 silver ."
    )


def test_a_medal_that_was_taken_away_stands_with_decision_date_body_and_reason(
    world: World,
) -> None:
    [row] = page(world, "/id/person/bea-1951").section("At the Games").rows()[:1]
    assert row[4].startswith("gold withdrawn 1976-07-20 : awarded.")
    assert "1980-05-06 : withdrawn by The Committee . She was not eligible." in row[4]


def test_every_name_is_told_with_who_spells_it_so(world: World) -> None:
    names = page(world, ANA).section("Every name")
    assert names.rows() == [
        ["Anna Iwanowa de", "name", "A <Blog>"],
        ["Anna Ivanova", "name", "The Book"],
        ["Ana Ivanova", "another spelling", "A <Blog>"],
    ]


def test_each_fact_shows_its_sources_on_request(world: World) -> None:
    found = page(world, ANA)
    [born] = [one for one in found.every("dl")[0].every("div") if one.text.startswith("Born")]
    [details] = born.every("details")
    assert details.every("summary")[0].text == "Source"
    [link] = details.every("a")
    assert link.text == "The Book"
    assert link.attributes["href"].startswith("/id/graph/book.html?about=")


def test_offices_are_told_with_body_and_time(world: World) -> None:
    rows = page(world, ANA).section("Offices").rows()
    assert [row[:3] for row in rows] == [["president", "NOC of the Union", "from 1975-06"]]


def test_names_that_are_markup_are_text(world: World) -> None:
    found = page(world, "/id/person/bea-1951")
    assert found.every("h1")[0].text == "Bea <img src=x onerror=alert(1)>"
    assert found.every("img") == []
    hostile = page(world, "/id/person/cat-1952")
    assert linked_data(hostile)["name"]["@value"] == "</script><script>alert(2)</script>"


def test_programs_read_the_person_in_terms_of_schema_org(world: World) -> None:
    told = linked_data(page(world, ANA))
    assert told["@type"] == "Person"
    assert told["@id"] == NAMES.of("person", "ana-1950").value
    assert told["url"] == "http://localhost/id/person/ana-1950"
    assert told["name"] == {"@value": "Anna Ivanova", "@language": "en"}
    assert told["alternateName"] == ["Ana Ivanova", "Anna Iwanowa"]
    assert (told["birthDate"], told["gender"]) == ("1950-03-01", "Female")
    assert told["sameAs"] == ["http://www.wikidata.org/entity/Q42"]
    assert told["award"] == ["gold, Tower, Montreal 1976", "silver, Pairs, Barcelona 1992"]
    german = linked_data(page(world, ANA, "de"))
    assert german["name"] == {"@value": "Anna Iwanowa", "@language": "de"}


def test_a_merged_person_has_the_names_and_the_career_of_both(tmp_path: Path) -> None:
    with world_in(tmp_path) as world:
        world.store.update(WORLD)
        old, new = (NAMES.of("person", key) for key in ("dee-1953", "ana-1950"))
        with world.store.transaction() as tx:
            change = merge(tx.draft, NAMES, [(old, new)])
            tx.remove(*change.removed)
            tx.add(*change.added)
        found = page(world, ANA)
    assert ["Dee", "another spelling", "The Book"] in found.section("Every name").rows()
    assert len(found.section("Offices").rows()) == 2
    assert old.value in found.text


def test_a_thing_of_two_classes_has_what_pages_of_both_tell(tmp_path: Path) -> None:
    with world_in(tmp_path) as world:
        world.store.update(WORLD)
        world.store.update("INSERT DATA { GRAPH graph:blog { person:dee-1953 a mg:Sport } }")
        found = page(world, "/id/person/dee-1953")
    assert "Person and sport." in found.text
    assert len(found.section("At the Games").rows()) == 1
    assert {one["@type"] for one in linked_data(found)["@graph"]} == {"Person", "DefinedTerm"}


def test_what_is_restricted_is_told_with_a_token_only(tmp_path: Path) -> None:
    with world_in(tmp_path) as world:
        world.store.update(WORLD)
        world.store.update(
            """INSERT DATA { GRAPH graph:restricted-classes {
                 classification:ana a mg:Classification ; mg:person person:ana-1950 ;
                   mg:date "1976-05-01" ; mg:sportClass class:d1 ; mg:status mg:ClassConfirmed ;
                   mg:sport sport:diving .
                 person:ana-1950 skos:altLabel "Secret" } }"""
        )
        open_page = page(world, ANA)
        headers = {"Accept": BROWSER, **world.bearer("read")}
        seen = read_page(world.client.get(f"{ANA}.html", headers=headers).text)
    assert [one for one in open_page.every("h2") if one.text == "Sport classes"] == []
    assert "Secret" not in open_page.text
    [classified] = seen.section("Sport classes").every("li")
    assert classified.text.startswith("1976-05-01 : D1 , confirmed, in diving")
    assert "Secret" in linked_data(seen)["alternateName"]


def test_the_career_is_drawn_as_a_line_with_the_same_in_words(world: World) -> None:
    career = page(world, ANA).section("At the Games")
    [drawing] = career.every("svg")
    assert [text.text for text in drawing.every("text")] == [
        # The nations above, then each year with the classes of then below it.
        *("URS", "EUN", "1976", "D1", "1992", "D2"),
    ]
    assert [dot.attributes["class"] for dot in drawing.every("circle")] == ["gold", "silver"]
    words = [one.text for one in career.every("figcaption")[0].every("li")]
    assert words == [
        "Montreal 1976: for URS; in class D1; 1 gold",
        "Barcelona 1992: for EUN; in class D2; 1 silver",
    ]


def test_one_edition_is_no_line(world: World) -> None:
    assert page(world, "/id/person/dee-1953").section("At the Games").every("svg") == []
