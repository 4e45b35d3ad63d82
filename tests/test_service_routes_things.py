"""Each thing is at its address, sources say who, when and where, and old addresses lead on."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
import rdflib
from rdflib.compare import isomorphic

from service.config import Settings

from .running_service import running
from .service_world import BROWSER, TURTLE, World, world_in
from .things_world import ANA, BOOK, NAMES, NEWS, WORLD, get, merged, things_in, triples

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


JSON = "application/json"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with things_in(tmp_path) as made:
        yield made


class TestSource:
    def test_the_page_tells_title_publisher_date_origin_and_size(self, world: World) -> None:
        page = get(world, "/id/graph/news").text
        for known in ("The &lt;News&gt;", "Press", "2024-09-17", "https://press.example/17"):
            assert known in page
        assert "priority 5" in page
        # 1 label; 3 of the other person; 4 of the tally; 7 of the claim.
        assert "A source: 15 statements." in page

    def test_it_tells_what_was_set_aside_and_why(self, world: World) -> None:
        page = get(world, "/id/graph/news").text
        assert "1991-01-01" in page
        assert "The Book is trusted more and says 1990-01-01." in page

    def test_its_links_lead_to_its_graph_its_counts_and_the_conflicts(self, world: World) -> None:
        page = get(world, "/id/graph/news").text
        links = [html.unescape(link) for link in re.findall(r'<a href="(/[^"]*)"', page)]
        asked = {link.partition("?")[0] for link in links if "news" in link or "?" not in link}
        assert {"/graphs", "/audit", "/conflicts"} <= asked
        for link in links:
            assert get(world, link).status_code == 200, link

    def test_it_is_a_page_unless_something_else_is_asked_for(self, world: World) -> None:
        assert get(world, "/id/graph/news", "*/*").mimetype == "text/html"
        told = get(world, "/id/graph/news", JSON).json
        assert told is not None
        assert (told["title"], told["statements"], told["set_aside"]) == ("The <News>", 15, 1)
        assert told["address"] == "http://localhost/id/graph/news"

    def test_as_rdf_it_is_what_the_store_says_of_it(self, world: World) -> None:
        said = triples(get(world, "/id/graph/news", TURTLE))
        assert (
            f"<{NEWS.value}>",
            "<http://purl.org/dc/terms/publisher>",
            '"Press"',
        ) in said
        assert {subject for subject, _, _ in said} == {f"<{NEWS.value}>"}

    def test_the_place_in_it_is_what_it_says_of_the_thing(self, world: World) -> None:
        page = get(world, "/id/graph/news", about=ANA.value).text
        assert "What it says of " in page
        told = get(world, "/id/graph/news", JSON, about=ANA.value).json
        assert told is not None
        assert [(row["property_label"], row["value"].get("value")) for row in told["says"]] == [
            ("label", "Ana Sousa"),
            ("subject", None),
        ]

    def test_a_source_that_nobody_describes_has_a_page(self, world: World) -> None:
        world.store.update("INSERT DATA { GRAPH graph:bare { nation:BRA rdfs:label 'Brasil'@pt } }")
        page = get(world, "/id/graph/bare").text
        assert "<h1>bare</h1>" in page
        assert "not known" in page

    def test_one_that_is_not_there_is_a_404_with_near_names(self, world: World) -> None:
        answer = get(world, "/id/graph/newz", JSON)
        assert answer.status_code == 404
        told = json.loads(answer.data)
        assert told["near"] == [NEWS.value]
        assert told["detail"] == "Nothing is known here of graph newz."
        assert 'href="/id/graph/news.html"' in get(world, "/id/graph/newz").text

    def test_a_name_without_its_end_or_with_other_hyphens_is_found(self, world: World) -> None:
        world.store.update(
            "INSERT DATA { GRAPH graph:paris2024-book { nation:BRA mg:code 'BRA' } }"
        )
        told = json.loads(get(world, "/id/graph/paris-2024", JSON).data)
        assert told["near"] == [NAMES.graph("paris2024-book").value]


class TestThing:
    @pytest.mark.filterwarnings("ignore::DeprecationWarning")
    @pytest.mark.parametrize(
        "ending", ["jsonld:json-ld", "rdf:xml", "nt:nt"], ids=lambda pair: pair.partition(":")[0]
    )
    @pytest.mark.parametrize("path", ["person/ana-sousa-1990", "nation/BRA", "graph/news"])
    def test_what_is_said_of_it_is_one_graph_whatever_the_form(
        self, world: World, path: str, ending: str
    ) -> None:
        suffix, _, form = ending.partition(":")
        turtle = rdflib.Graph().parse(data=get(world, f"/id/{path}.ttl").data, format="turtle")
        found = rdflib.Graph().parse(data=get(world, f"/id/{path}.{suffix}").data, format=form)
        assert len(turtle) > 1
        assert isomorphic(found, turtle)

    def test_as_json_ld_it_has_its_own_prefixes_and_a_line_for_each_property(
        self, world: World
    ) -> None:
        answer = get(world, "/id/nation/BRA", "application/ld+json")
        told = json.loads(answer.data)
        assert told["@context"]["mg"] == NAMES.prefixes()["mg"]
        assert told["@graph"] == [
            {
                "@id": "nation:BRA",
                "@type": "mg:Nation",
                "rdfs:label": {"@value": "Brazil", "@language": "en"},
                "mg:code": "BRA",
                "mg:kind": {"@id": "mg:Country"},
            }
        ]
        assert '\n  "mg:code": "BRA"' in answer.text

    def test_programs_get_turtle_unless_they_ask_for_something_else(self, world: World) -> None:
        answer = get(world, "/id/person/ana-sousa-1990", "*/*")
        assert answer.mimetype == TURTLE
        born = f"<{NAMES.prefixes()['mg']}born>"
        assert (f"<{ANA.value}>", born, '"1990-01-01"') in triples(answer)

    def test_people_get_each_fact_with_its_sources(self, world: World) -> None:
        page = get(world, "/id/person/ana-sousa-1990").text
        [row] = re.findall(r'<tr><th scope="row">label</th>.*?</tr>', page, re.DOTALL)
        assert "Ana Sousa" in row
        assert ">The Book</a>; <a" in row
        assert ">The &lt;News&gt;</a>" in row
        assert f"/id/graph/book.html?about={quote(ANA.value, safe=':/')}" in html.unescape(row)

    def test_what_was_set_aside_stands_apart_with_the_reason(self, world: World) -> None:
        page = get(world, "/id/person/ana-sousa-1990").text
        facts, _, aside = page.partition("What was set aside")
        assert "1991-01-01" not in facts
        assert "1991-01-01" in aside
        assert "The Book is trusted more" in aside

    def test_who_refers_to_it_is_told(self, world: World) -> None:
        told = get(world, "/id/person/ana-sousa-1990", JSON).json
        assert told is not None
        referred = {row["property_label"]: row for row in told["referred_to"]}
        assert [one["iri"] for one in referred["athlete"]["by"]] == [NAMES.of("entry", "1").value]

    def test_a_thing_that_is_only_referred_to_is_there(self, world: World) -> None:
        world.store.update("INSERT DATA { GRAPH graph:book { entry:1 rdfs:seeAlso event:x } }")
        assert "some refer to it" in get(world, "/id/event/x").text
        assert triples(get(world, "/id/event/x", TURTLE)) == set()
        told = get(world, "/id/event/x", JSON).json
        assert told is not None
        assert [row["count"] for row in told["referred_to"]] == [1]

    def test_capitals_and_typing_errors_find_near_names(self, world: World) -> None:
        for wrong, right in (("nation/bra", "nation/BRA"), ("person/ana-susa-1990", ANA.value)):
            told = json.loads(get(world, f"/id/{wrong}", JSON).data)
            assert told["status"] == 404
            assert told["near"][0].endswith(right)

    def test_near_names_are_the_same_once_names_can_be_searched(self, world: World) -> None:
        paths = [f"/id/{wrong}" for wrong in ("nation/bra", "person/ana-susa-1990", "graph/newz")]
        paths += ["/id/entry/none", "/id/person/zzz", "/id/person/*"]

        def told() -> list[dict[str, object]]:
            answers = [json.loads(get(world, path, JSON).data) for path in paths]
            return [answer | {"request_id": ""} for answer in answers]

        before = told()
        assert get(world, "/search?q=ana", JSON).status_code == 200
        assert told() == before

    @pytest.mark.parametrize(
        "path", ["/id/x/y", "/id/person/a b", "/id/person/<b>", "/id/person/%"]
    )
    def test_what_is_no_address_of_ours_is_a_404(self, world: World, path: str) -> None:
        assert get(world, path, JSON).status_code == 404

    def test_a_node_without_a_name_comes_along(self, world: World) -> None:
        world.store.update(
            """INSERT DATA { GRAPH graph:book {
                 place:p <http://ex/at> [ <http://ex/street> 'x' ] } }"""
        )
        assert '"x"' in get(world, "/id/place/p", TURTLE).text


class TestMerged:
    def test_the_old_address_leads_to_that_of_today(self, world: World) -> None:
        merged(world)
        for accept in (BROWSER, TURTLE, JSON):
            answer = get(world, "/id/person/ana-sousa-bra-2016-summer-para", accept)
            assert answer.status_code == 301
            assert answer.headers["Location"] == "/id/person/ana-sousa-1990"
            assert "no-cache" in answer.headers["Cache-Control"]

    def test_the_form_and_the_state_that_were_asked_for_are_kept(self, world: World) -> None:
        merged(world)
        path, at = "/id/person/ana-sousa-bra-2016-summer-para", str(world.store.version)
        answer = get(world, f"{path}.ttl", at=at)
        assert answer.status_code == 301
        assert answer.headers["Location"] == f"/id/person/ana-sousa-1990.ttl?at={at}"
        assert get(world, path, at="1").status_code == 200

    def test_after_an_undo_it_is_a_person_again(self, world: World) -> None:
        merged(world)
        world.store.undo(world.store.version)
        assert get(world, "/id/person/ana-sousa-bra-2016-summer-para").status_code == 200

    def test_it_lies_below_the_base_path(self, tmp_path: Path) -> None:
        public = Settings(public_url="https://medals.example.org", base_path="/foo")
        with world_in(tmp_path, public) as world:
            world.store.update(WORLD)
            merged(world)
            old = get(world, "/foo/id/person/ana-sousa-bra-2016-summer-para")
            source = get(world, "/foo/id/graph/news", JSON).json
            asked = {"query": "SELECT ?c { nation:BRA mg:code ?c }", "sources": "true"}
            cited = get(world, "/foo/sparql", "text/csv", **asked).text
        assert old.headers["Location"] == "/foo/id/person/ana-sousa-1990"
        assert source is not None
        assert source["address"] == "https://medals.example.org/foo/id/graph/news"
        assert ",https://medals.example.org/foo/id/graph/book\r\n" in cited

    def test_readers_in_processes_of_their_own_tell_the_same(self, tmp_path: Path) -> None:
        with world_in(tmp_path) as world:
            world.store.update(WORLD)
            merged(world)
        with running(tmp_path / "store") as service:
            old = service.request("GET", "/id/person/ana-sousa-bra-2016-summer-para")
            thing = service.request("GET", "/id/graph/news", headers={"Accept": BROWSER})
            page = service.request("GET", "/id/graph/news.html")
            head = service.request("HEAD", "/id/graph/news.html")
        assert (thing.status, thing.headers["Location"]) == (303, "/id/graph/news.html")
        assert (old.status, old.headers["Location"]) == (301, "/id/person/ana-sousa-1990")
        assert (page.status, head.status, head.body) == (200, 200, b"")
        assert "The &lt;News&gt;" in page.body.decode()


class TestRestricted:
    SECRET = NAMES.graph("restricted-births")

    @pytest.fixture
    def hidden(self, world: World) -> World:
        world.store.update(
            """INSERT DATA {
                 GRAPH graph:restricted-meta { graph:restricted-births a prov:Entity ;
                     dcterms:title "Secret births" }
                 GRAPH graph:restricted-births {
                   person:ana-sousa-1990 <http://ex/height> 171 .
                   person:hidden-1999 a mg:Person ; rdfs:label "Hidden"@en } }"""
        )
        return world

    @pytest.mark.parametrize("accept", [BROWSER, TURTLE, JSON])
    def test_without_a_token_nothing_of_it_is_told(self, hidden: World, accept: str) -> None:
        assert get(hidden, "/id/graph/restricted-births", accept).status_code == 404
        assert get(hidden, "/id/person/hidden-1999", accept).status_code == 404
        text = get(hidden, "/id/person/ana-sousa-1990", accept).text
        assert "171" not in text
        assert "estricted" not in text
        wrong = get(hidden, "/id/graph/restricted-birth", accept)
        assert "restricted-births" not in wrong.text

    def test_with_a_token_it_is(self, hidden: World) -> None:
        headers = {"Accept": BROWSER, **hidden.bearer("read")}
        page = hidden.client.get("/id/person/ana-sousa-1990.html", headers=headers)
        assert "Secret births" in page.text
        assert page.headers["Cache-Control"].startswith("private")
        source = hidden.client.get("/id/graph/restricted-births.html", headers=headers)
        assert source.status_code == 200


class TestAnswers:
    def test_head_has_the_fields_of_get_and_no_body(self, world: World) -> None:
        for path in ("/id/graph/news", "/id/person/ana-sousa-1990.html", "/id/graph/news.csv"):
            head = world.client.head(path, headers={"Accept": BROWSER})
            whole = world.client.get(path, headers={"Accept": BROWSER})
            assert (head.status_code, head.data) == (whole.status_code, b"")
            for name in ("ETag", "Location", "Content-Type", "Link"):
                assert head.headers.get(name) == whole.headers.get(name)

    def test_what_has_not_changed_is_not_sent_again(self, world: World) -> None:
        for ending in ("html", "ttl", "json", "csv"):
            path = f"/id/graph/news.{ending}"
            headers = {"If-None-Match": get(world, path).headers["ETag"]}
            assert world.client.get(path, headers=headers).status_code == 304
            about = {"about": ANA.value}
            other = world.client.get(path, query_string=about, headers=headers)
            assert other.status_code == 200

    def test_each_form_that_a_page_offers_is_that_form(self, world: World) -> None:
        for path in ("/id/graph/news", "/id/person/ana-sousa-1990"):
            page = html.unescape(get(world, path).text)
            found = dict(re.findall(rf'<a href="({path}\.[a-z?=]*)"[^>]*>([^<]+)<', page))
            kinds = {name: get(world, link).mimetype for link, name in found.items()}
            assert kinds == {
                "JSON": "application/json",
                "Turtle": "text/turtle",
                "N-Triples": "application/n-triples",
                "RDF/XML": "application/rdf+xml",
                "JSON-LD": "application/ld+json",
                "TriG": "application/trig",
                "N-Quads": "application/n-quads",
                "CSV": "text/csv",
            }

    def test_forms_have_tags_of_their_own(self, world: World) -> None:
        tags = {
            get(world, "/id/person/ana-sousa-1990", accept).headers["ETag"]
            for accept in (BROWSER, TURTLE, JSON, "application/ld+json")
        }
        assert len(tags) == 4

    def test_an_earlier_state_is_told_as_it_was(self, world: World) -> None:
        then = get(world, "/id/person/ana-sousa-1990", TURTLE, at="1")
        assert '"1991-01-01"' in then.text
        assert get(world, "/id/person/ana-sousa-1990", at="0").status_code == 404

    def test_what_cannot_be_given_is_told(self, world: World) -> None:
        assert get(world, "/id/graph/news", "image/png").status_code == 406
        assert get(world, "/id/graph/news", about="no address").status_code == 400
        assert world.client.post("/id/graph/news").status_code == 405
        assert world.client.options("/id/graph/news").status_code == 204


class TestCited:
    def test_rows_tell_the_addresses_of_the_pages_of_their_sources(self, world: World) -> None:
        query = "SELECT ?label { person:ana-sousa-1990 rdfs:label ?label }"
        [row] = world.ask(query, sources="true").json["results"]["bindings"]  # type: ignore[index]
        iris = row["sources"]["value"].split()
        pages = row["source_pages"]["value"].split()
        assert set(iris) == {BOOK.value, NEWS.value}
        ends = [iri.rpartition("/")[2] for iri in iris]
        assert pages == [f"http://localhost/id/graph/{end}" for end in ends]
        for page in pages:
            assert get(world, page.removeprefix("http://localhost")).status_code == 200

    def test_a_link_of_a_row_leads_to_what_the_source_says_of_it(self, world: World) -> None:
        query = "SELECT ?who { ?who mg:sex mg:F }"
        page = world.ask(query, sources="true", accept=BROWSER).text
        [link] = re.findall(r'<a href="([^"]*)">The &lt;News&gt;</a>', page)
        source = get(world, html.unescape(link)).text
        assert "Press" in source
        assert "2024-09-17" in source
        assert "What it says of" in source
        assert "Ana Souza" in source

    def test_the_audit_and_the_conflicts_link_to_the_pages(self, world: World) -> None:
        world.store.update("INSERT DATA { GRAPH graph:news { nation:BRA mg:code 'BRZ' } }")
        told = get(world, "/audit", JSON, source="news").json
        assert told is not None
        assert told["about"]["page"] == "http://localhost/id/graph/news"
        table = get(world, "/audit", "text/csv", source="news")
        assert table.headers["Link"] == '<http://localhost/id/graph/news>; rel="describedby"'
        [found] = get(world, "/conflicts", JSON).json["conflicts"]  # type: ignore[index]
        assert found["subject_page"] == "http://localhost/id/nation/BRA"
        pages = {each["page"] for value in found["values"] for each in value["sources"]}
        assert pages == {f"http://localhost/id/graph/{end}" for end in ("book", "news")}

    def test_the_first_page_and_the_list_lead_to_the_sources(self, world: World) -> None:
        for path in ("/", "/graphs"):
            assert '<a href="/id/graph/news.html">The &lt;News&gt;</a>' in get(world, path).text
