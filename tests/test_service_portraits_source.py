"""The page of a source tells licence, kinds of statements, and what of it others contradict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.names import Names
from service.pages import Shown
from service.portraits.gathering import Gathering
from service.portraits.source import MOST_SEARCHED, AboutSource, source

from .portrait_world import WORLD, linked_data, page
from .service_world import World, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator

DIFFERENT = """INSERT DATA {
  GRAPH graph:meta { graph:book dcterms:license <https://creativecommons.org/licenses/by/4.0/> }
  GRAPH graph:blog { person:ana-1950 mg:born "1951-03-01" } }"""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world_in(tmp_path_factory.mktemp("source")) as made:
        made.store.update(WORLD)
        made.store.update(DIFFERENT)
        yield made


def test_what_others_contradict_is_told_in_words(world: World) -> None:
    told = page(world, "/id/graph/blog").section("What of it is contradicted")
    assert [one.text for one in told.every("li")] == [
        "Anna Ivanova , born: it says 1951-03-01 ; 1950-03-01 say The Book"
    ]
    [link, *_] = told.every("a")
    assert link.text == "1 born"
    answer = world.client.get(link.attributes["href"], headers={"Accept": "application/json"})
    assert answer.json is not None
    assert len(answer.json["conflicts"]) == 1


def test_the_largest_source_is_told_the_same_of_itself(world: World) -> None:
    told = page(world, "/id/graph/book").section("What of it is contradicted")
    assert [one.text for one in told.every("li")] == [
        "Anna Ivanova , born: it says 1950-03-01 ; 1951-03-01 say A <Blog>"
    ]


def test_kinds_of_statements_are_counted(world: World) -> None:
    rows = page(world, "/id/graph/blog").section("What kinds of statements").rows()
    assert sorted(rows) == [
        ["alt label", "skos:altLabel", "1"],
        ["born", "mg:born", "1"],
        ["label", "rdfs:label", "1"],
        ["sex", "mg:sex", "1"],
    ]


def test_the_licence_is_told_or_that_nobody_has_said(world: World) -> None:
    assert "https://creativecommons.org/licenses/by/4.0/" in page(world, "/id/graph/book").text
    assert "Licence nobody has said" in page(world, "/id/graph/blog").text


def test_programs_read_the_source_as_a_dataset(world: World) -> None:
    told = linked_data(page(world, "/id/graph/book"))
    assert (told["@type"], told["name"], told["datePublished"]) == (
        "Dataset",
        "The Book",
        "2020-01-02",
    )
    assert told["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert told["publisher"] == {"@type": "Organization", "name": "Press"}


def test_a_very_large_source_is_not_searched_on_each_visit(world: World) -> None:
    book = Names().graph("book")
    with world.store.read() as reader:
        gathering = Gathering(reader, Names(), Shown(reader, Names()))
        large = source(gathering, book, MOST_SEARCHED + 1).content
        small = source(gathering, book, MOST_SEARCHED).content
    assert isinstance(large, AboutSource)
    assert isinstance(small, AboutSource)
    assert (large.is_searched, large.contradictions) == (False, ())
    assert small.is_searched
    assert len(small.contradictions) == 1
