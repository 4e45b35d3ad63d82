"""An empty answer can be asked why it is empty, by programs and in a browser."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from .service_world import BROWSER, EX, World, says, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EMPTY = f"SELECT ?v {{ ?s <{EX}sais> ?v }}"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with world_in(tmp_path) as made:
        made.state(says("a", "x"))
        yield made


def test_a_program_is_told_the_part_and_what_would_do(world: World) -> None:
    answer = world.ask(EMPTY, explain="empty", accept="*/*")
    assert answer.mimetype == "application/json"
    assert answer.json is not None
    assert answer.json["empty"] is True
    assert answer.json["part"] == [f"?s <{EX}sais> ?v ."]
    assert answer.json["hints"][0]["new"] == f"<{EX}says>"
    assert world.values(answer.json["hints"][0]["query"]) == ["x"]


def test_an_answer_that_is_not_empty_says_so(world: World) -> None:
    answer = world.ask("SELECT * { ?s ?p ?o }", explain="empty", accept="application/json")
    assert answer.json is not None
    assert (answer.json["empty"], answer.json["part"]) == (False, [])


@pytest.mark.parametrize(
    "query", [EMPTY, EMPTY.replace("SELECT ?v", "ASK"), f"DESCRIBE ?s {{ ?s <{EX}sais> ?v }}"]
)
def test_the_page_of_an_empty_answer_leads_to_the_reason(world: World, query: str) -> None:
    page = world.ask(query, accept=BROWSER).text
    found = re.search(r'href="([^"]*explain=empty)"', page)
    assert found is not None
    answer = world.client.get(html.unescape(found[1]), headers={"Accept": BROWSER})
    assert answer.status_code == 200
    assert "Nothing in the graph matches this statement." in answer.text
    assert html.escape(f"?s <{EX}sais> ?v .") in answer.text


def test_the_page_offers_the_query_that_has_an_answer(world: World) -> None:
    page = world.ask(EMPTY, explain="empty", accept=BROWSER).text
    links = [html.unescape(link) for link in re.findall(r'href="([^"]*query=[^"]*)"', page)]
    queries = [parse_qs(urlsplit(link).query)["query"][0] for link in links]
    assert EMPTY.replace("sais", "says") in queries


def test_an_answer_that_is_there_has_no_such_link(world: World) -> None:
    assert "explain=empty" not in world.ask("SELECT * { ?s ?p ?o }", accept=BROWSER).text


def test_the_graphs_and_the_state_of_the_request_count(world: World) -> None:
    world.state(says("b", "y"))
    query = f"SELECT * {{ <{EX}b> ?p ?o }}"
    told = world.ask(query, explain="empty", accept="*/*", at="1").json
    assert told is not None
    assert told["empty"] is True
    params = {"default-graph-uri": f"{EX}g9"}
    told = world.ask(query, explain="empty", accept="*/*", **params).json
    assert told is not None
    assert told["sentence"] == f"There is no graph <{EX}g9>."


def test_what_is_hostile_in_a_query_is_text_in_the_page(world: World) -> None:
    query = 'SELECT * { ?s ?p "<script>alert(1)</script>" }'
    page = world.ask(query, explain="empty", accept=BROWSER).text
    assert "<script>" not in page


def test_an_explanation_can_be_kept_until_the_store_changes(world: World) -> None:
    answer = world.ask(EMPTY, explain="empty", accept="*/*")
    params = {"query": EMPTY, "explain": "empty"}
    headers = {"If-None-Match": answer.headers["ETag"], "Accept": "*/*"}
    assert world.client.get("/sparql", query_string=params, headers=headers).status_code == 304


@pytest.mark.parametrize(
    ("params", "status"),
    [({"explain": "all"}, 400), ({"explain": "empty", "format": "csv"}, 406)],
)
def test_another_explanation_or_form_is_refused(
    world: World, params: dict[str, str], status: int
) -> None:
    assert world.ask(EMPTY, accept="*/*", **params).status_code == status


def test_a_query_that_cannot_be_read_is_refused_with_its_place(world: World) -> None:
    answer = world.ask("SELECT * { ?s", explain="empty", accept="*/*")
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["line"] == 1
