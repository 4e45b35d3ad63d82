"""The service description names what the endpoint can do."""

from __future__ import annotations

from graph.formats import RDF_FORMATS, RESULT_FORMATS
from graph.terms import NamedNode
from service.config import Settings
from service.description import describe_service
from service.limits import Limits

SD = "http://www.w3.org/ns/sparql-service-description#"


def said(*, updates: bool) -> set[tuple[str, str]]:
    """Return the end of each property with the text of its value."""
    settings = Settings(read_only=not updates, limits=Limits(query_s=7.5))
    graphs = [NamedNode("http://ex/g")]
    found = describe_service("http://ex/sparql", graphs, settings=settings)
    return {(s.predicate.value.removeprefix(SD), str(s.object)) for s in found}


def test_every_format_is_named_once() -> None:
    results = [value for name, value in said(updates=True) if name == "resultFormat"]
    inputs = [value for name, value in said(updates=True) if name == "inputFormat"]

    assert len(results) == len(RESULT_FORMATS) + len(RDF_FORMATS)
    assert len(inputs) == len(RDF_FORMATS)


def test_updates_are_a_language_only_where_they_are_taken() -> None:
    update = ("supportedLanguage", f"<{SD}SPARQL11Update>")

    assert update in said(updates=True)
    assert update not in said(updates=False)


def test_the_default_graph_is_said_to_be_the_union_of_the_named_ones() -> None:
    assert ("feature", f"<{SD}UnionDefaultGraph>") in said(updates=False)
    assert ("name", "<http://ex/g>") in said(updates=False)


def test_the_property_that_finds_by_name_is_named_and_explained() -> None:
    search = "https://w3id.org/medalgraph/ns#search"
    assert ("propertyFeature", f"<{search}>") in said(updates=False)
    found = describe_service("http://ex/sparql", [], settings=Settings())
    told = [str(each.object) for each in found if str(each.subject) == f"<{search}>"]
    assert f"<{SD}Feature>" in told
    assert any("?thing mg:search" in text for text in told)


def test_the_limits_that_a_client_can_meet_are_told_in_words() -> None:
    comments = {value for name, value in said(updates=True) if name.endswith("comment")}
    assert '"An answer may take 7.5 seconds, waiting included."@en' in comments
    assert any("1,024 MiB long; there is no limit on rows" in comment for comment in comments)
    assert any("2,097,152 bytes long, and 65,536 of them in an address" in c for c in comments)
