"""A thing of thousands is counted by property in both directions, and listed page by page."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import pytest

from graph.names import RDFS, Names
from graph.terms import Literal, NamedNode, Quad
from service import listings

from .service_world import BROWSER, TURTLE, World, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = Names()
JSON = "application/json"
HUB, BOOK = NAMES.of("nation", "AAA"), NAMES.graph("book")
SEE = NamedNode(RDFS + "seeAlso")
ALIAS = NamedNode("http://ex/alias")
MANY = 230


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world_in(tmp_path_factory.mktemp("listings")) as made:
        into = [
            Quad(NAMES.of("entry", f"e{n:03}"), NamedNode("http://ex/of"), HUB, BOOK)
            for n in range(MANY)
        ]
        out = [Quad(HUB, ALIAS, Literal(f"name {n:03}"), BOOK) for n in range(MANY)]
        few = [Quad(NAMES.of("place", "p"), SEE, HUB, BOOK)]
        with made.store.transaction() as tx:
            tx.add(*into, *out, *few)
        yield made


def told(world: World, **params: str) -> Any:  # noqa: ANN401 - JSON
    answer = world.client.get("/id/nation/AAA.json", query_string=params)
    assert answer.status_code == 200, answer.text
    return answer.json


def test_what_refers_to_a_thing_is_counted_by_property(world: World) -> None:
    referred = {row["property_name"]: row for row in told(world)["referred_to"]}
    assert {name: row["count"] for name, row in referred.items()} == {
        "http://ex/of": MANY,
        "rdfs:seeAlso": 1,
    }
    assert [one["iri"] for one in referred["rdfs:seeAlso"]["by"]] == [NAMES.of("place", "p").value]
    assert "more" not in referred["rdfs:seeAlso"]
    assert referred["http://ex/of"]["by"] == []


def test_what_it_says_is_counted_too_and_of_long_lists_the_beginning_is_shown(
    world: World,
) -> None:
    found = told(world)
    [prop] = found["properties"]
    assert (prop["property_name"], prop["count"], prop["shown"]) == ("http://ex/alias", MANY, 25)
    assert found["statements"] == MANY
    assert [fact["value"]["value"] for fact in found["facts"]] == [
        f"name {n:03}" for n in range(25)
    ]


@pytest.mark.parametrize(("key", "direction"), [("referred_to", "in"), ("properties", "out")])
def test_the_pages_of_a_list_hold_each_value_once(world: World, key: str, direction: str) -> None:
    address = next(row["more"] for row in told(world)[key] if "more" in row)
    seen: list[str] = []
    while address:
        page = world.client.get(address.removeprefix("http://localhost")).json
        assert page is not None
        assert (page["count"], page["pages"], page["direction"]) == (MANY, 3, direction)
        assert len(page["values"]) <= listings.ON_A_PAGE
        assert all(
            row["sources"]
            == [{"graph": BOOK.value, "title": "book", "page": "http://localhost/id/graph/book"}]
            for row in page["values"]
        )
        seen += [row["value"].get("iri") or row["value"]["value"] for row in page["values"]]
        address = page.get("next", "")
    assert seen == sorted(set(seen))
    assert len(seen) == MANY


def test_people_go_from_page_to_page(world: World) -> None:
    address, pages = "/id/nation/AAA.html", 0
    page = world.client.get(address, headers={"Accept": BROWSER}).text
    [more] = re.findall(r'href="([^"]*direction=in[^"]*)"', page)
    found: list[str] = []
    while more:
        page = world.client.get(html.unescape(more)).text
        assert f"{MANY}." in page
        found += re.findall(r'<th scope="row"><a href="([^"]*)"', page)
        more = next(iter(re.findall(r'<a href="([^"]*)" rel="next"', page)), "")
        pages += 1
    assert (pages, len(set(found))) == (3, MANY)
    assert 'rel="prev"' in page


def test_a_list_has_one_address_however_it_was_asked_for(world: World) -> None:
    asked = {"page": "1", "property": SEE.value, "direction": "in"}
    answer = world.client.get("/id/nation/AAA.html", query_string=asked)
    wanted = "http://localhost/id/nation/AAA.html?property=rdfs:seeAlso&direction=in"
    assert answer.headers["Link"].startswith(f'<{wanted}>; rel="canonical"')
    assert f'rel="canonical" href="{html.escape(wanted)}"' in answer.text


def test_a_list_is_led_to_from_the_address_of_the_thing(world: World) -> None:
    asked = {"property": "rdfs:seeAlso", "direction": "in"}
    answer = world.client.get("/id/nation/AAA", query_string=asked, headers={"Accept": JSON})
    assert answer.headers["Location"] == "/id/nation/AAA.json?property=rdfs:seeAlso&direction=in"


@pytest.mark.parametrize("accept", ["*/*", "text/turtle;q=0.9, */*;q=0.1", "text/html"])
def test_its_address_leads_to_no_form_that_has_no_lists(world: World, accept: str) -> None:
    asked = {"property": "rdfs:seeAlso", "direction": "in"}
    headers = {"Accept": accept}
    answer = world.client.get("/id/nation/AAA", query_string=asked, headers=headers)
    assert world.client.get(answer.headers["Location"]).status_code == 200
    turtle = world.client.get("/id/nation/AAA", query_string=asked, headers={"Accept": TURTLE})
    assert turtle.status_code == 406


@pytest.mark.parametrize(
    ("path", "params", "status", "words"),
    [
        ("json", {"page": "2"}, 404, "There are pages 1 to 1."),
        ("json", {"page": "0"}, 404, "There are pages 1 to 1."),
        ("json", {"direction": "out"}, 404, "Nothing is said of it by the property rdfs:seeAlso."),
        ("json", {"property": "mg:x"}, 404, "Nothing refers to it by the property mg:x."),
        ("json", {"property": "no property"}, 400, "begins with a scheme"),
        ("json", {"property": "ex:x> ?y } #"}, 400, "IRI may not have"),
        ("json", {"direction": "up"}, 400, "direction= says what is listed"),
        ("json", {"page": "x"}, 400, "no whole number"),
        ("ttl", {}, 400, "listed as a page or as JSON"),
    ],
)
def test_what_cannot_be_listed_is_told(
    world: World, path: str, params: dict[str, str], status: int, words: str
) -> None:
    asked = {"property": "rdfs:seeAlso", "direction": "in"} | params
    answer = world.client.get(f"/id/nation/AAA.{path}", query_string=asked)
    assert answer.status_code == status
    assert words in answer.text


def test_more_than_can_be_sorted_are_listed_all_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Answers about the states of the other tests are kept, so that this is about one of its own.
    world.state(Quad(NAMES.of("place", "own"), SEE, NAMES.of("place", "p"), BOOK))
    monkeypatch.setattr(listings, "SORTED", 10)
    asked = {"property": "http://ex/of", "direction": "in"}
    pages = [told(world, **asked, page=str(number)) for number in (1, 2, 3)]
    assert {page["sorted"] for page in pages} == {False}
    assert len({row["value"]["iri"] for page in pages for row in page["values"]}) == MANY
    page = world.client.get("/id/nation/AAA.html", query_string=asked).text
    assert "too many to sort" in page


def test_a_restricted_source_is_in_no_list_without_a_token(tmp_path: Path) -> None:
    with world_in(tmp_path) as world:
        secret = NAMES.graph("restricted-x")
        world.state(
            Quad(HUB, ALIAS, Literal("open"), BOOK),
            Quad(HUB, ALIAS, Literal("secret"), secret),
            Quad(NAMES.of("place", "hidden"), SEE, HUB, secret),
        )
        found = told(world)
        assert [row["count"] for row in found["properties"]] == [1]
        assert found["referred_to"] == []
        asked = {"property": "http://ex/alias", "direction": "out"}
        assert [row["value"]["value"] for row in told(world, **asked)["values"]] == ["open"]
        seen = world.client.get("/id/nation/AAA.json", headers=world.bearer("read")).json
        assert seen is not None
        assert [row["count"] for row in seen["properties"]] == [2]
