"""The vocabulary lies at an address of the service, each term with meaning, use and checks."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef

import ontology

from .portrait_world import WORLD, linked_data, read_page
from .service_world import BROWSER, TURTLE, World, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .portrait_world import Element

MG = "https://w3id.org/medalgraph/ns#"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world_in(tmp_path_factory.mktemp("vocabulary")) as made:
        made.store.update(WORLD)
        yield made


def at(world: World, path: str) -> Element:
    answer = world.client.get(path, headers={"Accept": BROWSER})
    assert answer.status_code == 200
    return read_page(answer.text)


def test_the_page_lists_every_term_with_an_anchor_of_its_name(world: World) -> None:
    found = at(world, "/ontology")
    anchors = {row.attributes["id"] for row in found.every("tr") if "id" in row.attributes}
    assert {MG + name for name in anchors} == ontology.terms()


def test_programs_get_the_whole_vocabulary_in_the_form_they_ask_for(world: World) -> None:
    whole = Graph()
    for text in ontology.texts().values():
        whole.parse(data=text, format="turtle")
    for media_type, name in ((TURTLE, "turtle"), ("application/rdf+xml", "xml")):
        answer = world.client.get("/ontology", headers={"Accept": media_type})
        assert answer.mimetype == media_type
        told = Graph().parse(data=answer.text, format=name)
        assert set(told) == set(whole)
    assert "Accept" in answer.headers["Vary"]


def test_a_term_alone_is_what_the_vocabulary_says_of_it(world: World) -> None:
    answer = world.client.get("/ontology/Person", headers={"Accept": TURTLE})
    told = Graph().parse(data=answer.text, format="turtle")
    assert (URIRef(MG + "Person"), RDF.type, OWL.Class) in told
    assert set(told.subjects()) == {URIRef(MG + "Person")}
    assert told.value(URIRef(MG + "Person"), RDFS.label)


def test_a_class_tells_meaning_use_examples_and_what_is_checked(world: World) -> None:
    found = at(world, "/ontology/Tenure")
    assert found.every("h1")[0].text == "tenure"
    assert "That one person held one post at one organization" in found.text
    assert "Used here 2 times" in found.text
    assert len(found.section("Examples").every("li")) == 2
    said = found.section("What can be said of it").text
    assert "organization : The body in which a post is held" in said
    rules = [one.text for one in found.section("What is checked").every("li")]
    assert "Refused: A post needs its holder. Add mg:person." in rules


def test_a_property_tells_of_what_it_is_said_and_what_its_values_are(world: World) -> None:
    found = at(world, "/ontology/decidedBy")
    told = found.every("dl")[0].every("div")
    facts = {one.every("dt")[0].text: one.every("dd")[0].text for one in told}
    assert facts["Said of"] == "decision , classification"
    assert facts["Its values are"] == "organization"
    assert facts["Used here"] == "4 times"
    assert "The Committee" in found.section("Examples").text


def test_a_word_tells_its_list_and_a_list_its_words(world: World) -> None:
    assert "In the list medals" in at(world, "/ontology/Gold").text
    words = at(world, "/ontology/Medals").section("Its words").text
    assert all(word in words for word in ("gold", "silver", "bronze"))


def test_words_in_pages_lead_to_their_terms(world: World) -> None:
    page = world.client.get("/id/games/1976-summer.html", headers={"Accept": BROWSER}).text
    links = re.findall(r'<a href="([^"]*)"[^>]*>Olympic</a>', page)
    assert set(links) == {"/ontology/Olympic"}


def test_each_link_of_a_term_leads_somewhere(world: World) -> None:
    for name in ("Event", "medal", "Gold", "Medals"):
        page = world.client.get(f"/ontology/{name}", headers={"Accept": BROWSER}).text
        for link in {html.unescape(found) for found in re.findall(r'<a href="(/[^"]*)"', page)}:
            assert world.client.get(link, follow_redirects=True).status_code == 200, link


def test_programs_read_the_term_in_terms_of_schema_org(world: World) -> None:
    told = linked_data(at(world, "/ontology/Gold"))
    assert (told["@type"], told["@id"], told["name"]) == ("DefinedTerm", f"{MG}Gold", "gold")


def test_a_term_that_there_is_not_is_a_404_with_those_near_to_it(world: World) -> None:
    answer = world.client.get("/ontology/Persn", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert "Did you mean Person" in answer.text
    assert world.client.get("/ontology/%3Cscript%3E").status_code == 404


def test_what_has_not_changed_is_not_sent_again(world: World) -> None:
    for path in ("/ontology", "/ontology/Gold"):
        known = {"Accept": BROWSER}
        known["If-None-Match"] = world.client.get(path, headers=known).headers["ETag"]
        assert world.client.get(path, headers=known).status_code == 304
        assert world.client.get(path, headers=known | {"Accept": TURTLE}).status_code == 200
