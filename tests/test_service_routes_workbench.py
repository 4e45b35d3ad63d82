"""The workbench as the service sends it: a form without script, and what its script asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from service.routes.query import VIEW

from .bundled_service import bundled_service
from .service_world import BROWSER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .service_world import World


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with bundled_service(tmp_path_factory.mktemp("workbench")) as made:
        yield made


def viewed(world: World, query: str, **params: str) -> dict[str, object]:
    answer = world.client.post(
        "/sparql", data={"query": query} | params, headers={"Accept": VIEW.media_type}
    )
    assert answer.status_code == 200
    assert answer.mimetype == VIEW.media_type
    told: dict[str, object] = answer.get_json()
    return told


def test_without_script_the_page_is_a_form_with_the_query(world: World) -> None:
    query = "SELECT * { ?a ?b '<script>' }"
    page = world.client.get(f"/query?{urlencode({'query': query})}", headers={"Accept": BROWSER})

    assert "SELECT * { ?a ?b &#39;&lt;script&gt;&#39; }</textarea>" in page.text
    assert 'action="/sparql"' in page.text


def test_the_words_of_the_editor_are_those_of_the_vocabulary(world: World) -> None:
    told = world.client.get("/query/words").get_json()

    gold = next(term for term in told["terms"] if term["name"] == "mg:Gold")
    assert gold["label"] == "gold"
    assert told["prefixes"]["mg"] == "https://w3id.org/medalgraph/ns#"


def test_each_value_of_a_view_has_its_name_and_the_address_of_its_page(world: World) -> None:
    told = viewed(world, "SELECT ?n ?c { ?n mg:code 'AZE' ; mg:code ?c }")

    assert told["table"]["columns"] == ["n", "c"]  # type: ignore[index]
    [[nation, code]] = told["table"]["rows"]  # type: ignore[index]
    assert (nation["text"], nation["page"]) == ("Azerbaijan", "/id/nation/AZE.html")
    assert (code["text"], code["page"]) == ("AZE", "")


def test_a_view_tells_the_sources_of_a_row_by_title_and_page(world: World) -> None:
    query = "SELECT ?n { person:lamiya-valiyeva-2002 rdfs:label ?n }"
    told = viewed(world, query, sources="true")

    cited = told["table"]["rows"][0][-1]["cited"]  # type: ignore[index]
    assert cited
    assert all(one["title"] and one["page"].startswith("/id/graph/") for one in cited)


def test_the_permanent_link_of_a_view_is_that_of_a_page(world: World) -> None:
    told = viewed(world, "SELECT ?n { nation:AZE rdfs:label ?n }")

    assert "format=html" in str(told["permalink"])
    assert f"at={world.store.version}" in str(told["permalink"])


def test_a_view_is_sent_to_nobody_who_does_not_ask_for_it(world: World) -> None:
    address = f"/sparql?{urlencode({'query': 'ASK {}'})}"

    assert world.client.get(address).mimetype == "application/sparql-results+json"
    assert world.client.get(address, headers={"Accept": BROWSER}).mimetype == "text/html"


def test_a_query_that_cannot_be_read_is_a_problem_with_its_place(world: World) -> None:
    answer = world.client.post(
        "/sparql", data={"query": "SELECT * {\n) }"}, headers={"Accept": VIEW.media_type}
    )
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["line"] == 2


@pytest.mark.parametrize("path", ["/query", "/sparql"])
@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize("value", ["not an iri", "graph", "http://a/<b>"])
def test_a_graph_that_is_named_by_no_iri_is_refused_with_what_is_wrong(
    world: World, path: str, name: str, value: str
) -> None:
    address = f"{path}?{urlencode({'query': 'ASK {}', name: value})}"
    answer = world.client.get(address, headers={"Accept": BROWSER})
    assert answer.status_code == 400
    assert "an IRI" in answer.text


def test_a_graph_of_an_update_is_none_of_the_workbench(world: World) -> None:
    answer = world.client.get(f"/query?{urlencode({'using-graph-uri': 'http://a/b'})}")
    assert answer.status_code == 400
    assert answer.get_json()["detail"].startswith("The parameter 'using-graph-uri' belongs to an")


def test_the_graphs_that_a_query_names_are_kept_on_the_page(world: World) -> None:
    said = [
        ("query", "ASK {}"),
        ("named-graph-uri", "http://a/n"),
        ("default-graph-uri", "http://a/d"),
    ]
    page = world.client.get(f"/query?{urlencode(said)}", headers={"Accept": BROWSER}).text
    for name, value in said[1:]:
        assert f'name="{name}" value="{value}"' in page
