"""A page of an earlier state shows that state, says so, and links to nothing else."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from graph.terms import Literal, NamedNode, Quad

from .service_world import BROWSER, EX, G1, says, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .service_world import World

OLD, NEW = "the old word", "the new word"
QUERY = "SELECT ?word { ?thing ?says ?word }"
LINK = re.compile(r'<a [^>]*href="([^"]*)"')
GRAPH = G1.value
TITLE = NamedNode("http://purl.org/dc/terms/title")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Yield a service whose second commit replaced one word, and described no source."""
    with world_in(tmp_path) as made:
        old, new = says("a", OLD), says("a", NEW)
        with made.store.transaction() as change:
            change.add(old)
        with made.store.transaction() as change:
            change.remove(old)
            change.add(new)
        yield made


def page(world: World, address: str) -> str:
    answer = world.client.get(address, headers={"Accept": BROWSER})
    assert answer.status_code == 200, answer.text
    return answer.text


def test_each_page_shows_the_state_that_is_asked_for(world: World) -> None:
    for address in (f"/sparql?query={QUERY}", f"/graphs?graph={GRAPH}"):
        now, then = page(world, address), page(world, f"{address}&at=1")
        assert (NEW in now, OLD in now) == (True, False)
        assert (NEW in then, OLD in then) == (False, True)


def test_the_first_page_counts_what_there_was(world: World) -> None:
    with world.store.transaction() as change:
        change.add(says("b", "more"))

    assert "<dt>statements</dt><dd>2</dd>" in page(world, "/")
    assert "<dt>statements</dt><dd>1</dd>" in page(world, "/?at=2")
    assert "<dt>statements</dt><dd>2</dd>" in page(world, "/")
    assert "This store is empty." in page(world, "/?at=0")


def test_the_list_of_sources_is_that_of_the_state(world: World) -> None:
    graph = NamedNode(EX + "later")
    with world.store.transaction() as change:
        change.add(Quad(graph, TITLE, Literal("Later"), world.store.names.meta))
        change.add(Quad(NamedNode(EX + "x"), TITLE, Literal("y"), graph))

    assert f"{EX}later" in page(world, "/graphs")
    assert f"{EX}later" not in page(world, "/graphs?at=2")


@pytest.mark.parametrize(
    "address",
    ["/?at=1", "/graphs?at=1", f"/graphs?graph={GRAPH}&at=1", f"/sparql?query={QUERY}&at=1"],
)
def test_a_page_of_an_earlier_state_says_so_and_links_to_that_state(
    world: World, address: str
) -> None:
    html = page(world, address)

    time = world.store.engine.commit(1).time[:19].replace("T", " ")
    assert f"after commit 1 of <time>{time} UTC</time>" in html
    stays = [
        (unescape(link), parse_qs(urlsplit(unescape(link)).query).get("at"))
        for link in LINK.findall(html)
        if urlsplit(link).path in ("/graphs", "/sparql")
    ]
    assert stays
    assert [link for link, at in stays if at != ["1"]] == []
    assert '<a href="/">Go back to what is known now</a>' in html


def test_who_asks_on_from_an_earlier_page_asks_of_that_state(world: World) -> None:
    assert '<input type="hidden" name="at" value="1">' in page(world, f"/sparql?query={QUERY}&at=1")
    assert 'name="at"' not in page(world, f"/sparql?query={QUERY}")


def test_the_newest_state_is_not_called_earlier(world: World) -> None:
    assert "as it was" not in page(world, "/")


def test_a_state_that_does_not_exist_is_a_404(world: World) -> None:
    for address in ("/?at=99", "/graphs?at=99"):
        answer = world.client.get(address)
        assert answer.status_code == 404
        assert json.loads(answer.data)["detail"] == "There is no commit 99; the newest is 2."
