"""The board as a page without scripts, as JSON and as files; paths by name; what nobody may see."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree as ET

import pytest

from graph.engines.base import CommitInfo
from graph.engines.snapshots import SnapshotEngine

from .explore_world import HOSTILE, WORLD
from .explore_world import world as graph_world
from .service_world import BROWSER, world_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.test import TestResponse

    from .service_world import World

HIDDEN = """graph:restricted-book { person:ana mg:country place:secret .
  place:secret rdfs:label "Secret"@en . entry:1 mg:athlete person:ana }"""
OPEN = "nation:BRA in mg:nation mg:Entry 1"
LINK = re.compile(r'<a href="([^"]+)"[^>]*>(.*?)</a>')


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A service over the small graph, of which two statements are restricted."""
    place = tmp_path_factory.mktemp("explore") / "store"
    with SnapshotEngine.create(place) as engine, engine.draft() as draft:
        draft.bulk_add(graph_world(WORLD + HIDDEN).quads())
        draft.publish(CommitInfo(kind="load", message="the small graph"))
    with world_of(place) as made:
        yield made


def page(world: World, path: str, **params: object) -> TestResponse:
    return world.client.get(path, query_string=params or None, headers={"Accept": BROWSER})


def board(world: World, **params: object) -> dict[str, list[dict[str, str]]]:
    answer = world.client.get("/explore", query_string={"format": "json", **params})
    assert answer.status_code == 200, answer.text
    return json.loads(answer.text)  # type: ignore[no-any-return] # as told


def follow(world: World, text: str, name: str) -> TestResponse:
    """Follow the link of a page that is called, or labelled, so."""
    for href, shown in LINK.findall(text):
        label = re.search(rf'<a href="{re.escape(href)}"[^>]*aria-label="([^"]*)"', text)
        if name in (shown, unescape(label.group(1)) if label else ""):
            return page(world, unescape(href))
    raise AssertionError(f"no link {name!r}")


def test_the_page_begins_with_a_form_to_find_by_name(world: World) -> None:
    answer = page(world, "/explore")
    assert answer.status_code == 200
    assert 'name="find"' in answer.text
    assert "On the board" not in answer.text


def test_somebody_found_by_name_is_put_on_the_board(world: World) -> None:
    found = page(world, "/explore", find="Ana")
    assert "Which one?" in found.text
    put = follow(world, found.text, "<bdi>Ana (person)</bdi>")
    assert "2 entries with it as athlete" in put.text


def test_each_page_of_a_thing_leads_to_its_board(world: World) -> None:
    shown = page(world, "/id/person/ana.html")
    assert (
        "2 entries with it as athlete"
        in follow(world, shown.text, "Explore what it is linked to").text
    )


def test_a_group_is_opened_and_closed_by_links(world: World) -> None:
    shown = page(world, "/explore", thing="person:ana", look="person:ana")
    opened = follow(world, shown.text, "Open 2 entries with it as athlete")
    assert "Ana, Judo, women, gold" in opened.text
    assert "Links between them" in opened.text
    closed = follow(world, opened.text, "Close 2 entries with it as athlete")
    assert "Ana, Judo, women, gold" not in closed.text


def test_a_member_is_taken_away_and_stays_away(world: World) -> None:
    shown = page(world, "/explore", open=OPEN)
    taken = follow(world, shown.text, "Take away Ana, Judo, women, gold")
    assert "Ana, Judo, women, gold" not in taken.text
    assert "Ana, Judo, open, Brazil" in taken.text
    back = page(world, "/explore", open=OPEN, without="entry:1", find="nothing")
    assert "entry:1" in back.text


def test_a_member_that_was_taken_away_can_be_put_back(world: World) -> None:
    shown = page(world, "/explore", find="Ana", without="person:ana")
    put = follow(world, shown.text, "<bdi>Ana (person)</bdi>")
    assert "without=" not in put.request.query_string.decode()
    assert "2 entries with it as athlete" in put.text


def test_the_filters_are_in_the_address_and_in_the_form(world: World) -> None:
    shown = page(world, "/explore", open=OPEN, games="games:g")
    assert "Ana, Judo, women, gold" in shown.text
    assert "Ana, Judo, open, Brazil" not in shown.text
    assert '<option value="games:g" selected>Games of 2000</option>' in shown.text
    told = board(world, open=OPEN, **{"class": "mg:Event"})
    assert [thing["name"] for thing in told["things"]] == ["nation:BRA"]


def test_the_board_is_the_same_for_programs(world: World) -> None:
    told = board(world, open=OPEN, look="nation:BRA")
    assert [thing["name"] for thing in told["things"]] == [
        *("nation:BRA", "entry:5", "entry:3", "entry:1", "entry:4"),
    ]
    assert {(link["source"], link["property"], link["target"]) for link in told["links"]} == {
        (f"entry:{number}", "mg:nation", "nation:BRA") for number in (1, 3, 4, 5)
    }
    assert [source["title"] for source in told["sources"]] == ["The Book"]


def test_names_are_in_the_language_that_is_asked_for(world: World) -> None:
    answer = world.client.get(
        "/explore?thing=nation:BRA", headers={"Accept": BROWSER, "Accept-Language": "ar"}
    )
    assert "<bdi>البرازيل</bdi>" in answer.text
    assert 'lang="ar" dir="auto"' in answer.text


def test_hostile_names_are_text_everywhere(world: World) -> None:
    shown = page(world, "/explore", thing="person:dan", open=OPEN, find="img")
    assert HOSTILE[:5] not in shown.text
    assert "&lt;img src=x onerror=alert(1)&gt;" in shown.text
    answer = world.client.get("/explore", query_string={"open": OPEN, "format": "graphml"})
    labels = [data.text for data in ET.fromstring(answer.data).iter() if data.tag.endswith("data")]  # noqa: S314 - our own answer
    assert f"{HOSTILE}, Brazil" in labels


def test_graphml_names_the_sources_of_each_link(world: World) -> None:
    answer = world.client.get(
        "/explore",
        query_string={"thing": ["entry:1", "person:ana"], "format": "graphml"},
    )
    assert answer.mimetype == "application/graphml+xml"
    assert '<data key="e-kind">athlete</data>' in answer.text
    assert '<data key="e-detail">The Book; The &lt;News&gt;</data>' in answer.text


def test_the_statements_of_a_board_are_those_of_the_graph(world: World) -> None:
    things = {"thing": ["entry:1", "person:ana"]}
    answer = world.client.get("/explore", query_string={**things, "format": "trig"})
    assert answer.text.count("mg:athlete person:ana") == 2
    assert "mg:event" not in answer.text
    answer = world.client.get("/explore", query_string={**things, "format": "jsonld"})
    assert answer.mimetype == "application/ld+json"
    assert json.loads(answer.text)["@context"]["mg"]


def test_paths_are_found_between_names(world: World) -> None:
    asked = {"from": "Ana", "to": "Bo", "past": ["mg:Nation", "mg:Sport"], "steps": "6"}
    shown = page(world, "/explore", **asked)
    assert "The shortest path has 4 links." in shown.text
    put = follow(world, shown.text, "Put this path on the board")
    assert "5 things, 4 links between them." in put.text
    told = world.client.get("/explore/paths", query_string=asked).json
    assert told is not None
    assert told["paths"][0]["nodes"] == [
        *("person:ana", "entry:1", "event:e", "entry:2", "person:bo")
    ]


def test_a_path_from_a_name_that_several_have_asks_which(world: World) -> None:
    shown = page(world, "/explore", **{"from": "Games", "to": "Bo"})
    assert "<bdi>Games</bdi> may be several things. Choose:" in shown.text
    answer = world.client.get("/explore/paths?from=Games&to=Bo")
    assert answer.status_code == 404
    assert "games:h" in answer.json["hint"]  # type: ignore[index] # it is JSON


def test_a_path_that_there_is_not_says_what_to_try(world: World) -> None:
    shown = page(
        world, "/explore", **{"from": "person:ana", "to": "person:dan", "past": "mg:Nation"}
    )
    assert "There is no path, however long, over these kinds of links." in shown.text
    shown = page(world, "/explore", **{"from": "person:ana", "to": "person:ana"})
    assert "both ends are the same" in shown.text


def test_an_unknown_thing_is_told_with_those_near_to_it(world: World) -> None:
    answer = world.client.get("/explore/neighbours?thing=nation:AZ")
    assert answer.status_code == 404
    assert answer.json["near"] == ["https://w3id.org/medalgraph/id/nation/AZE"]  # type: ignore[index] # it is JSON


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/explore?open=nation:BRA", "is no group of links"),
        ("/explore?open=nation:BRA+in+mg:nation+-+0", "is no group of links"),
        ("/explore?" + "thing=person:ana&" * 501, "at most 500"),
        ("/explore/neighbours", "says whose links are meant"),
        ("/explore/neighbours?thing=person:ana&property=mg:sex", "direction="),
        ("/explore/paths?from=person:ana", "where the path ends"),
        ("/explore/paths?from=person:ana&to=person:bo&steps=9", "steps=9"),
        ("/explore/paths?from=person:ana&to=person:ana", "both ends are the same"),
        ("/explore?thing=banana", "'banana' is no address of a thing."),
        ("/explore?thing=person:ana&pin=person:ana+right+5", "is no place of a thing"),
        ("/explore?thing=person:ana&view=tree", "view='tree' is not possible."),
        ("/explore?from=person:ana&to=person:bo&format=json", "from= is answered by the page"),
        ("/explore?find=Ana&format=graphml", "find= is answered by the page"),
    ],
)
def test_what_cannot_be_asked_is_told_with_a_hint(world: World, path: str, words: str) -> None:
    answer = world.client.get(path, headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert words in answer.json["detail"]  # type: ignore[index] # it is JSON


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("?thing=person:ana&class=mg:Bogus", "Nothing here is of a class mg:Bogus."),
        ("?open=nation:BRA+in+mg:nation+mg:Bogus+1", "Nothing here is of a class mg:Bogus."),
        ("?open=nation:BRA+in+mg:bogus+-+1", "Nothing here has a property mg:bogus."),
        ("?thing=person:ana&games=games:z", "games=games:z is none of the Games"),
        ("?thing=person:ana&games=nation:BRA", "games=nation:BRA is none of the Games"),
        ("?thing=mg:nation", "Nothing is known here of <https://w3id.org/medalgraph/ns#nation>."),
        ("/neighbours?thing=person:ana&games=games:z", "games=games:z is none of the Games"),
        (
            "/neighbours?thing=person:ana&property=mg:bogus&direction=in",
            "Nothing here has a property mg:bogus.",
        ),
        ("/paths?from=person:ana&to=person:bo&by=mg:bogus", "has a property mg:bogus."),
        ("/paths?from=person:ana&to=person:bo&past=mg:Bogus", "is of a class mg:Bogus."),
    ],
)
def test_what_is_asked_by_and_is_not_here_is_told(world: World, asked: str, words: str) -> None:
    answer = world.client.get(f"/explore{asked}", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert words in answer.json["detail"]  # type: ignore[index] # it is JSON


def test_a_class_of_the_vocabulary_may_be_asked_for_though_nothing_is_of_it(world: World) -> None:
    answer = world.client.get("/explore?thing=person:ana&class=mg:Tally&format=json")
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("asked", "status", "words"),
    [
        ({"from": "person:ana", "to": "person:nobody"}, 404, "Nothing is known here of person"),
        ({"from": "person:ana", "to": "Zzzyx"}, 404, "Nothing is called like Zzzyx"),
        ({"from": "person:ana", "to": ""}, 400, "It is not said where the path ends."),
        ({"from": "person:ana", "to": "person:ana"}, 400, "both ends are the same"),
        ({"from": "person:ana", "to": "person:bo", "steps": "99"}, 400, "Use 1 to 8."),
        ({"from": "person:ana", "to": "person:bo", "steps": "far"}, 400, "is no whole number"),
        ({"from": "person:ana", "to": "person:bo", "by": "mg:bogus"}, 404, "a property mg:bogus"),
    ],
)
def test_a_path_that_cannot_be_sought_is_told_beside_its_form(
    world: World, asked: dict[str, str], status: int, words: str
) -> None:
    answer = world.client.get(
        "/explore", query_string={**asked, "thing": "person:cem"}, headers={"Accept": "text/html"}
    )
    assert answer.status_code == status
    assert words in answer.text
    assert 'class="finder path-find"' in answer.text
    assert "ETag" not in answer.headers


def test_what_is_counted_is_told_in_words_of_its_property(world: World) -> None:
    told = world.client.get("/explore/neighbours?thing=entry:1").json
    assert told is not None
    assert [group["words"] for group in told["groups"]] == [
        *("athlete: Ana", "event: Judo, women", "nation: Brazil", "won: gold"),
    ]


def test_a_short_path_is_told_in_the_singular(world: World) -> None:
    asked = {"from": "person:ana", "to": "person:bo", "steps": "1"}
    told = world.client.get("/explore/paths", query_string=asked).json
    assert told is not None
    assert told["sentence"].startswith("There is no path of 1 link or fewer.")


def test_a_source_is_called_a_source_where_names_are_offered(world: World) -> None:
    shown = page(world, "/explore", find="The Book")
    assert "The Book (source)" in shown.text
    assert "Entity" not in shown.text


def test_an_empty_board_offers_what_to_begin_with(world: World) -> None:
    shown = page(world, "/explore")
    begun = follow(world, shown.text, "Games of 2000")
    assert "1 thing, 0 links between them." in begun.text


def test_what_else_a_name_may_mean_is_offered(world: World) -> None:
    shown = page(world, "/explore", **{"from": "Judo, women", "to": "Bo"})
    assert "is taken for <bdi>Judo, women (event)</bdi>" in shown.text
    assert "Another is meant" in shown.text


def test_several_paths_are_put_on_the_board_at_once(world: World) -> None:
    asked = {"from": "person:ana", "to": "sport:judo"}
    shown = page(world, "/explore", **asked)
    put = follow(world, shown.text, "Put all 2 on the board")
    assert "6 things, 6 links between them." in put.text


def test_a_board_has_a_tag_of_its_state_and_language(world: World) -> None:
    first = world.client.get("/explore?thing=nation:BRA&format=json")
    known = {"If-None-Match": first.headers["ETag"]}
    assert (
        world.client.get("/explore?thing=nation:BRA&format=json", headers=known).status_code == 304
    )
    arabic = {**known, "Accept-Language": "ar"}
    assert (
        world.client.get("/explore?thing=nation:BRA&format=json", headers=arabic).status_code == 200
    )


def test_an_earlier_state_stays_in_every_link(world: World) -> None:
    shown = page(world, "/explore", thing="person:ana", look="person:ana", at="1")
    links = [unescape(href) for href, _ in LINK.findall(shown.text) if "/explore?" in href]
    assert links
    assert all(("at", "1") in parse_qsl(urlsplit(href).query) for href in links)


def test_what_is_restricted_is_on_no_board(world: World) -> None:
    for headers in ({}, world.bearer("read")):
        answer = world.client.get(
            "/explore?thing=entry:1&thing=person:ana&format=json", headers=headers
        )
        titles = [source["title"] for source in answer.json["sources"]]  # type: ignore[index] # it is JSON
        assert ("restricted-book" in titles) == bool(headers)
    told = world.client.get("/explore/neighbours?thing=person:ana").text
    assert "country" not in told
    assert world.client.get("/explore?thing=place:secret").status_code == 404


def test_what_readers_run_loads_nothing_that_starts_threads() -> None:
    """Readers are forked from a process that did jobs before, and a thread would not come along."""
    program = "import sys, service.processes.jobs; sys.exit('pyarrow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
