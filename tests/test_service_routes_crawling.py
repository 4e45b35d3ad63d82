"""Programs that read everything find each address in the sitemap, and each change in the feed."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from graph.engines.base import CommitInfo
from graph.names import RDFS_LABEL, Names, mg
from graph.terms import Literal, NamedNode, Quad
from service import feed, sitemaps

from .service_world import World, world_in
from .things_world import ANA, BOOK, NEWS, OLD, get, merged, things_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.test import TestResponse

NAMES = Names()
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"
HOST = "http://localhost"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with things_in(tmp_path) as made:
        yield made


def locations(answer: TestResponse) -> list[str]:
    assert answer.status_code == 200
    assert answer.mimetype == "application/xml"
    return [str(loc.text) for loc in ET.fromstring(answer.data).iter(f"{MAP}loc")]  # noqa: S314 - ours


def in_sitemap(world: World) -> list[str]:
    return [
        page
        for part in locations(world.client.get("/sitemap.xml"))
        for page in locations(world.client.get(part.removeprefix(HOST)))
    ]


def read(world: World, path: str = "/changes.atom", **headers: str) -> ET.Element:
    answer = world.client.get(path.removeprefix(HOST), headers=headers)
    assert answer.status_code == 200
    assert answer.mimetype == "application/atom+xml"
    return ET.fromstring(answer.data)  # noqa: S314 - ours


def texts(root: ET.Element, name: str) -> list[str]:
    return [str(each.text) for each in root.findall(f"{ATOM}entry/{ATOM}{name}")]


def links(root: ET.Element, rel: str) -> list[str]:
    return [link.attrib["href"] for link in root.iter(f"{ATOM}link") if link.attrib["rel"] == rel]


class TestRobots:
    def test_what_never_ends_is_closed_and_the_sitemap_is_named(self, world: World) -> None:
        lines = world.client.get("/robots.txt").text.splitlines()
        closed = ("/sparql?", "/*?at=", "/*&at=", "/*?about=", "/*?property=")
        assert {f"Disallow: {path}" for path in closed} <= set(lines)
        assert "Crawl-delay: 1" in lines
        assert f"Sitemap: {HOST}/sitemap.xml" in lines


class TestSitemap:
    def test_each_thing_of_a_kind_is_in_it_once_at_its_page(self, world: World) -> None:
        pages = in_sitemap(world)
        assert f"{HOST}/id/person/ana-sousa-1990.html" in pages
        assert f"{HOST}/id/graph/news.html" in pages
        assert len(pages) == len(set(pages))
        for page in pages:
            assert world.client.get(page.removeprefix(HOST)).status_code == 200

    def test_long_kinds_come_in_parts(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        whole = set(in_sitemap(world))
        monkeypatch.setattr(sitemaps, "ON_A_PART", 1)
        world.state(Quad(NAMES.of("sport", "x"), RDFS_LABEL, Literal("x"), BOOK))
        parts = locations(world.client.get("/sitemap.xml"))
        assert f"{HOST}/sitemap/person-2.xml" in parts
        assert set(in_sitemap(world)) == whole

    def test_no_merged_and_no_restricted_address_is_in_it(self, world: World) -> None:
        merged(world)
        world.store.update(
            """INSERT DATA { GRAPH graph:restricted-x { person:hidden a mg:Person ; rdfs:label "x" }
               GRAPH graph:restricted-meta {
                 graph:restricted-x a prov:Entity ; dcterms:title 'Hidden' } }"""
        )
        told = " ".join(in_sitemap(world))
        assert OLD.value.rpartition("/")[2] not in told
        assert "hidden" not in told
        assert "restricted" not in told

    def test_it_says_when_the_graph_was_changed_last(self, world: World) -> None:
        root = ET.fromstring(world.client.get("/sitemap.xml").data)  # noqa: S314 - ours
        changed = {each.text for each in root.iter(f"{MAP}lastmod")}
        assert changed == {world.store.commit(world.store.version).time}

    @pytest.mark.parametrize("name", ["person-9", "person-0", "what-1", "person", "../x-1"])
    def test_a_part_that_is_not_there_is_a_404(self, world: World, name: str) -> None:
        assert world.client.get(f"/sitemap/{name}.xml").status_code == 404

    def test_an_empty_store_has_an_empty_one(self, tmp_path: Path) -> None:
        with world_in(tmp_path) as world:
            assert locations(world.client.get("/sitemap.xml")) == []


class TestFeed:
    def test_a_commit_is_an_entry_with_author_reason_source_and_things(self, world: World) -> None:
        info = CommitInfo(author="Leyla", message="Mend <it>\n\nLong\x01", source=NEWS)
        with world.store.transaction_of(info) as tx:
            tx.add(Quad(ANA, mg("born"), Literal("1990-01-01"), NEWS))
        root = read(world)
        assert texts(root, "title")[0] == "Mend <it>"
        assert root.findtext(f"{ATOM}entry/{ATOM}author/{ATOM}name") == "Leyla"
        assert "1 statements added, 0 removed." in texts(root, "summary")[0]
        entry = root.find(f"{ATOM}entry")
        assert entry is not None
        assert links(entry, "via") == [f"{HOST}/id/graph/news.html"]
        assert links(entry, "related") == [f"{HOST}/id/person/ana-sousa-1990.html"]
        assert len(set(texts(root, "id"))) == world.store.version

    def test_what_every_feed_has_is_there(self, world: World) -> None:
        """RFC 4287, 4.1.1 and 4.1.2."""
        root = read(world)
        for name in ("id", "title", "updated", "author"):
            assert root.find(f"{ATOM}{name}") is not None
        assert links(root, "self") == [f"{HOST}/changes.atom"]
        for entry in root.findall(f"{ATOM}entry"):
            for name in ("id", "title", "updated", "author"):
                assert entry.find(f"{ATOM}{name}") is not None
            assert datetime.fromisoformat(str(entry.findtext(f"{ATOM}updated"))).tzinfo

    def test_older_changes_are_on_pages_that_lead_to_one_another(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """RFC 5005, 3."""
        monkeypatch.setattr(feed, "ENTRIES", 2)
        monkeypatch.setattr("service.routes.crawling.ENTRIES", 2)
        for number in range(5):
            world.state(Quad(ANA, RDFS_LABEL, Literal(f"{number}"), BOOK))
        path, seen = "/changes.atom", []
        while path:
            root = read(world, path)
            seen += texts(root, "id")
            if path != "/changes.atom":
                [newer] = links(root, "previous")
                assert texts(read(world, newer), "id")[-1] == seen[-len(texts(root, "id")) - 1]
            path = next(iter(links(root, "next")), "")
        newest = world.store.version
        assert seen == [f"{NAMES.base}/commit/{number}" for number in range(newest, 0, -1)]

    def test_of_a_change_of_a_restricted_graph_nothing_is_told(self, world: World) -> None:
        secret = NAMES.graph("restricted-x")
        info = CommitInfo(author="Doctor", message="Class of Ana", source=secret)
        with world.store.transaction_of(info) as tx:
            tx.add(Quad(ANA, NamedNode("http://ex/height"), Literal("171 cm"), secret))
            tx.add(Quad(ANA, RDFS_LABEL, Literal("Ana S."), BOOK))
        root = read(world)
        assert texts(root, "title")[0] == feed.HIDDEN
        told = world.client.get("/changes.atom").text
        for word in ("Doctor", "Class of Ana", "restricted", "171 cm"):
            assert word not in told
        seen = read(world, **world.bearer("read"))
        assert texts(seen, "title")[0] == "Class of Ana"

    def test_links_lead_to_what_is_there_today(self, world: World) -> None:
        world.store.update("INSERT DATA { GRAPH graph:book { place:p rdfs:label 'p' } }")
        assert f"{HOST}/id/place/p.html" in links(read(world), "related")
        world.store.undo(world.store.version)
        for link in links(read(world), "related"):
            assert world.client.get(link.removeprefix(HOST)).status_code == 200

    def test_what_was_read_before_is_not_sent_again(self, world: World) -> None:
        tag = world.client.get("/changes.atom").headers["ETag"]
        headers = {"If-None-Match": tag}
        assert world.client.get("/changes.atom", headers=headers).status_code == 304
        assert world.client.get("/changes.atom?before=1").status_code == 404
        assert world.client.get("/changes.atom?before=x").status_code == 400

    def test_pages_lead_to_it(self, world: World) -> None:
        page = get(world, "/").text
        assert '<link rel="alternate" type="application/atom+xml"' in page
