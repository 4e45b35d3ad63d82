"""An address leads from a thing to a document; each document has one address and one form."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from graph.erasing import erase
from graph.terms import Quad

from .service_world import BROWSER, TURTLE, World, world_of
from .things_world import ANA, NAMES, OLD, get, merged, things_in, triples

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATH = "/id/person/ana-sousa-1990"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with things_in(tmp_path) as made:
        yield made


@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        (BROWSER, "html"),
        ("text/turtle", "ttl"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "rdf"),
        ("application/ld+json", "jsonld"),
        ("application/json", "json"),
        ("text/csv", "csv"),
        ("application/trig", "trig"),
        ("application/n-quads", "nq"),
        ("text/html;q=0.4, text/csv;q=0.6", "csv"),
        ("*/*", "ttl"),
    ],
)
def test_it_leads_to_the_form_that_is_liked_best(world: World, accept: str, ending: str) -> None:
    answer = world.client.get(PATH, headers={"Accept": accept})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{PATH}.{ending}"
    for named in ("Accept", "Accept-Language"):
        assert named in [name.strip() for name in answer.headers["Vary"].split(",")]
    document = world.client.get(f"{PATH}.{ending}", headers={"Accept": "image/png"})
    assert document.status_code == 200
    assert document.mimetype == accept.partition(",")[0] or ending in ("html", "csv", "ttl")


def test_parameters_go_along_and_the_form_becomes_an_ending(world: World) -> None:
    answer = world.client.get(
        "/id/graph/news", query_string={"format": "csv", "about": ANA.value, "at": "1"}
    )
    about = quote(ANA.value, safe=":/")
    assert answer.headers["Location"] == f"/id/graph/news.csv?at=1&about={about}"


def test_a_document_cannot_be_asked_for_in_another_form(world: World) -> None:
    answer = get(world, f"{PATH}.ttl", format="csv")
    assert answer.status_code == 400
    assert "names a form already: .ttl" in answer.text


def test_a_slash_at_the_end_leads_to_the_address_without(world: World) -> None:
    for path in (PATH, f"{PATH}.ttl", "/graphs", "/id/graph/news"):
        answer = get(world, f"{path}/", at="1")
        assert (answer.status_code, answer.headers["Location"]) == (308, f"{path}?at=1")


def test_no_slash_leads_to_another_host(world: World) -> None:
    for path in ("//evil.example/", "/%2F/evil.example/"):
        answer = world.client.get(path)
        where = answer.headers.get("Location", "")
        assert not where.startswith(("//", "http://evil"))


@pytest.mark.parametrize(
    "name",
    [
        "a%20b",
        "a%2520b",
        "s\u00e3o",
        "x.",
        "st.-moritz",
        "a,b'(c)",
        "x#y",
        "x?y",
        "a/b",
        "\u00e9toile%20filante",
    ],
)
def test_whatever_a_thing_is_called_its_address_leads_to_it(world: World, name: str) -> None:
    node = f"{NAMES.base}/id/place/{name}"
    world.store.update(f"INSERT DATA {{ GRAPH graph:book {{ <{node}> rdfs:label 'It' }} }}")
    page = world.ask(f"SELECT (<{node}> AS ?x) {{}}", accept=BROWSER).text
    [link] = re.findall(r'href="([^"]*/id/place/[^"]*)"', page)
    document = get(world, html.unescape(link))
    assert document.status_code == 200
    assert ">It<" in document.text
    entity = html.unescape(link).removesuffix(".html")
    assert (f"<{node}>", f"<{NAMES.prefixes()['rdfs']}label>", '"It"') in triples(
        get(world, entity, TURTLE)
    )


def test_a_name_that_ends_as_documents_do_is_led_on_too(world: World) -> None:
    node = f"{NAMES.base}/id/place/notes.ttl"
    world.store.update(f"INSERT DATA {{ GRAPH graph:book {{ <{node}> rdfs:label 'It' }} }}")
    answer = world.client.get("/id/place/notes.ttl", headers={"Accept": TURTLE})
    assert answer.headers["Location"] == "/id/place/notes.ttl.ttl"
    assert '"It"' in get(world, "/id/place/notes.ttl", TURTLE).text


def test_a_document_says_what_it_describes_and_its_other_forms(world: World) -> None:
    answer = get(world, f"{PATH}.ttl", at="1")
    links = answer.headers["Link"].split(", ")
    assert links[:2] == [
        f'<http://localhost{PATH}.ttl?at=1>; rel="canonical"',
        f'<{ANA.value}>; rel="describes"',
    ]
    csv = f'<http://localhost{PATH}.csv?at=1>; rel="alternate"; type="text/csv"'
    assert csv in links[2:]
    page = get(world, f"{PATH}.html").text
    assert f'<link rel="canonical" href="http://localhost{PATH}.html">' in page
    assert f'<link rel="alternate" type="text/csv" href="{PATH}.csv">' in page


def test_the_description_is_exactly_what_is_said_of_it(world: World) -> None:
    world.store.update(
        """INSERT DATA { GRAPH graph:book {
             person:ana-sousa-1990 <http://ex/at> [ <http://ex/in> [ rdfs:label 'deep' ] ] .
             entry:1 <http://ex/about> [ rdfs:label 'of the entry' ] } }"""
    )
    asked = """CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?x { person:ana-sousa-1990 }
               ?x (<http://ex/at>?/<http://ex/in>?) ?s . ?s ?p ?o
               FILTER(?s = ?x || ISBLANK(?s)) }"""
    wanted = Dataset(
        Quad(*t) for t in parse(world.ask(asked, accept=TURTLE).data, format=RdfFormat.TURTLE)
    )
    for ending, form in (("ttl", RdfFormat.TURTLE), ("rdf", RdfFormat.RDF_XML)):
        text = get(world, f"{PATH}.{ending}").data
        found = Dataset(Quad(*t) for t in parse(text, format=form))
        for each in (wanted, found):
            each.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
        assert len(found) == 6
        assert found == wanted


class TestGone:
    ADD = "INSERT DATA { GRAPH graph:book { place:old-hall rdfs:label 'The old hall' } }"

    @pytest.mark.parametrize("path", ["/id/place/old-hall", "/id/place/old-hall.ttl"])
    def test_what_was_removed_is_gone_and_says_since_when(self, world: World, path: str) -> None:
        world.store.update(self.ADD)
        world.store.undo(world.store.version)
        removal = world.store.version
        answer = world.client.get(path, headers={"Accept": "application/json"})
        assert answer.status_code == 410
        told = json.loads(answer.data)
        assert f"since commit {removal} of" in told["detail"]
        assert f"?at={removal - 1}" in told["hint"]
        assert get(world, f"{path}?at={removal - 1}").status_code == 200
        assert get(world, f"{path}?at=1").status_code == 404

    def test_what_is_said_again_is_there_again(self, world: World) -> None:
        world.store.update(self.ADD)
        world.store.undo(world.store.version)
        world.store.update(self.ADD)
        assert get(world, "/id/place/old-hall").status_code == 200

    def test_what_a_restricted_source_said_was_never_there(self, world: World) -> None:
        world.store.update(self.ADD.replace("graph:book", "graph:restricted-x"))
        world.store.undo(world.store.version)
        assert get(world, "/id/place/old-hall").status_code == 404

    def test_a_tag_of_before_an_erasure_is_not_that_of_the_same_state_after_it(
        self, tmp_path: Path
    ) -> None:
        def tag_in(world: World) -> str:
            return world.ask("SELECT * { ?s ?p ?o }", at="1").headers["ETag"]

        with things_in(tmp_path) as world:
            merged(world)
            before = tag_in(world)
            assert tag_in(world) == before
        erase(tmp_path / "store", ANA)
        with world_of(tmp_path / "store") as world:
            assert tag_in(world) != before

    def test_an_erased_person_is_gone_without_a_name_anywhere(self, tmp_path: Path) -> None:
        with things_in(tmp_path) as world:
            merged(world)
        erase(tmp_path / "store", ANA)
        with world_of(tmp_path / "store") as world:
            for path in (PATH, f"{PATH}.html", f"/id/{OLD.value.partition('/id/')[2]}"):
                answer = get(world, path)
                assert answer.status_code == 410
                assert "ana" not in answer.text.casefold()
            for path in ("/changes.atom", "/sitemap.xml", "/sitemap/person-1.xml", "/"):
                told = get(world, path).text.casefold()
                for word in ("ana-sou", "ana sou"):
                    assert word not in told
            near = get(world, "/id/person/ana-sousa-1991", "application/json")
            assert near.status_code == 404
            assert "near" not in json.loads(near.data)
