"""The query page: what a person sees, and what hostile data cannot do to it."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from graph.names import RDFS_LABEL, Names
from graph.terms import BlankNode, Literal, NamedNode, Quad

from .service_world import BROWSER, EX, G1, World, says, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with world_in(tmp_path) as made:
        yield made


def test_a_browser_without_a_query_gets_a_page_to_ask_on(world: World) -> None:
    page = world.client.get("/sparql", headers={"Accept": BROWSER})

    text = page.get_data(as_text=True)
    assert page.mimetype == "text/html"
    assert '<textarea id="query" name="query"' in text
    assert '<label for="query">' in text


def test_a_browser_gets_a_table_with_names_for_addresses(world: World) -> None:
    athlete = Names().of("person", "raman-salei-1994")
    world.state(Quad(athlete, RDFS_LABEL, Literal("Raman Salei", language="en"), G1))

    text = world.ask("SELECT ?who { ?who ?p ?o }", accept=BROWSER).get_data(as_text=True)

    assert '<th scope="col">who</th>' in text
    assert ">Raman Salei</a>" in text
    assert 'href="/id/person/raman-salei-1994.html"' in text


@pytest.mark.parametrize(
    "value",
    [
        Literal("<img src=x onerror=alert(1)>"),
        Literal("</textarea><script>alert(1)</script>"),
        NamedNode("javascript:alert(1)"),
        NamedNode("data:text/html,x"),
        BlankNode("b"),
    ],
)
def test_hostile_values_are_text_and_lead_nowhere(
    world: World, value: Literal | NamedNode | BlankNode
) -> None:
    world.state(says("a", value))
    query = f"SELECT ?v WHERE {{ ?s <{EX}says> ?v }} # </textarea><script>1</script>"

    page = world.ask(query, accept=BROWSER)

    text = page.get_data(as_text=True)
    assert page.status_code == 200
    assert "<script>" not in text
    assert "<img" not in text
    assert 'href="javascript:' not in text
    assert 'href="data:' not in text
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["X-Content-Type-Options"] == "nosniff"


def test_a_page_shows_the_first_rows_and_says_how_many_there_are(world: World) -> None:
    query = f"""SELECT ?a ?b WHERE {{
        VALUES ?a {{ {" ".join(map(str, range(40)))} }}
        VALUES ?b {{ {" ".join(map(str, range(30)))} }} }}"""

    text = world.ask(query, accept=BROWSER).get_data(as_text=True)

    assert "1,200 rows" in text
    assert "The first 1,000 are shown here" in text
    assert text.count("<tr>") == 1_001
    assert "format=csv" in text
    assert "safe=excel" in text


def test_an_error_in_a_browser_is_a_page_that_keeps_the_query(world: World) -> None:
    page = world.ask("SELECT ?x WHERE { ?x", accept=BROWSER)

    text = page.get_data(as_text=True)
    assert (page.status_code, page.mimetype) == (400, "text/html")
    assert "SELECT ?x WHERE { ?x</textarea>" in text


@pytest.mark.parametrize(("query", "word"), [("ASK {}", "Yes"), ("ASK { <a:b> <a:b> 1 }", "No")])
def test_a_browser_gets_yes_or_no_in_words(world: World, query: str, word: str) -> None:
    assert f">{word}</h2>" in world.ask(query, accept=BROWSER).get_data(as_text=True)


def test_a_page_of_some_graphs_asks_them_again(world: World) -> None:
    world.state(says("a", "x"))
    asked = {"default-graph-uri": f"{EX}g1", "named-graph-uri": f"{EX}g2"}

    for query in ("ASK {}", "SELECT * {", "SELECT * { ?nothing <http://ex/no> ?x }"):
        text = world.ask(query, accept=BROWSER, **asked).get_data(as_text=True)
        for name, graph in asked.items():
            assert f'<input type="hidden" name="{name}" value="{graph}">' in text
    text = world.client.get("/query", query_string={"query": "ASK {}", **asked}).text
    assert "Asked of these graphs only" in text


def test_who_has_no_script_can_ask_for_sources_too(world: World) -> None:
    world.state(says("a", "x"))
    query = "SELECT ?s { ?s ?p ?o }"

    assert 'name="sources" value="true">' in world.ask(query, accept=BROWSER).text
    told = world.ask(query, accept=BROWSER, sources="true").text
    assert 'name="sources" value="true" checked>' in told


def test_a_query_too_long_for_an_address_is_sent_on_by_forms(world: World) -> None:
    world.state(says("a", "x"))
    query = f"SELECT ?s {{ ?s ?p ?o }} # {'long ' * 16_000}"
    headers = {"Accept": BROWSER}
    text = world.client.post("/sparql", data={"query": query}, headers=headers).text

    assert "Permanent link" not in text
    assert f'<input type="hidden" name="query" value="{query}">' in text
    links = re.findall(r'(?:href|action)="([^"]*)"', text)
    assert max(map(len, links)) < 2_000
    csv = next(unescape(link) for link in links if "format=csv" in link)
    answer = world.client.post(csv, data={"query": query}).text
    assert answer.endswith("s\r\nhttp://ex/a\r\n")
