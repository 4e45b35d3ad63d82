"""An answer can cite itself: which sources state what is behind each row."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest

from graph.names import Names
from graph.sources import Source
from graph.terms import Literal, Quad

from .service_world import BROWSER, EX, World, ex, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = Names()
BOOK, NEWS = NAMES.graph("book"), NAMES.graph("news")
QUERY = f"SELECT ?v {{ ?s <{EX}says> ?v }} ORDER BY ?v"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with world_in(tmp_path) as made:
        about = Source(
            BOOK, "The <Book>", publisher="Press", issued="2024-09-08", origin="https://x.example/b"
        )
        made.state(
            Quad(ex("a"), ex("says"), Literal("x"), BOOK),
            Quad(ex("a"), ex("says"), Literal("x"), NEWS),
            Quad(ex("a"), ex("says"), Literal("y"), NEWS),
            *about.quads(NAMES),
        )
        yield made


def test_each_row_has_its_sources(world: World) -> None:
    answer = world.ask(QUERY, sources="true")
    assert answer.json is not None
    assert answer.json["head"]["vars"] == ["v", "sources", "source_pages"]
    rows = answer.json["results"]["bindings"]
    assert [(row["v"]["value"], set(row["sources"]["value"].split())) for row in rows] == [
        ("x", {BOOK.value, NEWS.value}),
        ("y", {NEWS.value}),
    ]


def test_with_and_without_sources_are_two_answers_with_tags_of_their_own(world: World) -> None:
    plain, cited = world.ask(QUERY), world.ask(QUERY, sources="true")
    assert plain.headers["ETag"] != cited.headers["ETag"]
    assert world.ask(QUERY, sources="false").headers["ETag"] == plain.headers["ETag"]
    assert "sources=true" in cited.headers["Link"]


def test_the_page_leads_to_the_sources_and_each_to_what_is_known_of_it(world: World) -> None:
    page = world.ask(QUERY, accept=BROWSER).text
    [found] = re.findall(r'href="([^"]*)"[^>]*>Which sources say this\?', page)
    cited = world.client.get(html.unescape(found), headers={"Accept": BROWSER}).text
    [link] = set(re.findall(r'href="([^"]*)">The &lt;Book&gt;</a>', cited))
    source = world.client.get(html.unescape(link), headers={"Accept": BROWSER}).text
    for known in ("The &lt;Book&gt;", "Press", "2024", "https://x.example/b"):
        assert known in source


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("ASK { ?s ?p ?o }", 400, "ASK has no rows that have sources."),
        ("SELECT (COUNT(?s) AS ?n) { ?s ?p ?o }", 400, "computes what it shows"),
        ("SELECT ?s { ?s ?p }", 400, "cannot be read"),
    ],
)
def test_what_has_no_rows_with_sources_is_told(
    world: World, query: str, status: int, said: str
) -> None:
    answer = world.ask(query, sources="true")
    assert answer.status_code == status
    assert said in answer.text


def test_sources_is_true_or_false(world: World) -> None:
    assert world.ask(QUERY, sources="yes").status_code == 400


def test_restricted_sources_are_not_told(world: World) -> None:
    world.state(Quad(ex("a"), ex("says"), Literal("x"), NAMES.graph("restricted-x")))
    rows = world.ask(QUERY, sources="true").json["results"]["bindings"]  # type: ignore[index]
    assert "restricted" not in rows[0]["sources"]["value"]


def test_a_page_offers_no_sources_where_they_cannot_be_told(world: World) -> None:
    query = "SELECT (COUNT(?s) AS ?n) { ?s ?p ?o }"
    assert "Which sources say this?" not in world.ask(query, accept=BROWSER).text
