"""What pages show: names for people, links that are safe, and how much there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.engines.memory import MemoryDraft
from graph.names import RDF_TYPE, RDFS_LABEL, XSD, Names, mg
from graph.sources import Source
from graph.terms import BlankNode, Literal, NamedNode, Quad, Triple
from service.pages import NOTHING, Shown, description, table

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMES = Names()
GRAPH = NAMES.graph("press")
NATION = NAMES.of("nation", "AZE")


def shown(*quads: Quad) -> Shown:
    return Shown(MemoryDraft(quads), NAMES)


def label(node: NamedNode, text: str, language: str) -> Quad:
    return Quad(node, RDFS_LABEL, Literal(text, language=language), GRAPH)


def test_a_node_of_ours_shows_its_english_label_and_can_be_described() -> None:
    cell = shown(label(NATION, "Azərbaycan", "az"), label(NATION, "Azerbaijan", "en")).cell(NATION)

    assert (cell.text, cell.short, cell.entity) == ("Azerbaijan", "nation:AZE", NATION.value)


def test_a_node_without_a_label_shows_its_short_name() -> None:
    gold = shown().cell(mg("Gold"))
    assert (gold.text, gold.short) == ("gold", "mg:Gold")
    assert shown().cell(NAMES.of("award", "a--b")).text == "award:a--b"


def test_a_graph_shows_the_title_of_its_source() -> None:
    quads = Source(GRAPH, "The evening paper").quads(NAMES)

    assert shown(*quads).cell(GRAPH).text == "The evening paper"


@pytest.mark.parametrize(
    ("iri", "href"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("HTTP://example.org/a", "HTTP://example.org/a"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("urn:x:y", ""),
        ("http:///x", ""),
    ],
)
def test_only_web_and_mail_addresses_are_links(iri: str, href: str) -> None:
    cell = shown().cell(NamedNode(iri))

    assert (cell.text, cell.href, cell.entity) == (iri, href, "")


def test_a_short_name_is_given_only_where_nothing_has_to_be_escaped() -> None:
    assert shown().short(NAMES.of("person", "a")) == "person:a"
    assert shown().short(NamedNode(f"{NAMES.base}/id/person/a.")) == f"{NAMES.base}/id/person/a."
    assert shown().short(NamedNode(f"{NAMES.base}/id/person/")) == f"{NAMES.base}/id/person/"


def test_values_are_shown_as_they_are() -> None:
    number = Literal("1.10", datatype=NamedNode(XSD + "decimal"))

    assert (shown().cell(number).text, shown().cell(number).kind) == ("1.10", "number")
    assert shown().cell(Literal("chat", language="fr")).language == "fr"
    assert shown().cell(BlankNode("b")).text == "_:b"
    assert shown().cell(None) is NOTHING


def test_a_table_shows_its_first_rows_and_counts_them_all() -> None:
    reader = MemoryDraft()
    found = reader.query("SELECT ?x ?y { VALUES ?x { 1 2 3 4 5 } }")

    made = table(found, Shown(reader, NAMES), limit=2)  # type: ignore[arg-type] # a SELECT

    assert (made.columns, len(made.rows), made.total) == (("x", "y"), 2, 5)
    assert made.rows[0][1] is NOTHING


def test_a_description_goes_node_by_node_with_type_and_label_first() -> None:
    statements: Iterable[Triple] = [
        Triple(NATION, mg("code"), Literal("AZE")),
        Triple(NATION, RDFS_LABEL, Literal("Azerbaijan")),
        Triple(GRAPH, mg("code"), Literal("x")),
        Triple(NATION, RDF_TYPE, mg("Nation")),
        Triple(NATION, mg("code"), Literal("AZE")),
        Triple(NATION, mg("code"), Literal("AZB")),
    ]

    made = description(statements, shown())

    assert (made.shown, made.total) == (5, 5)
    assert [node.name.text for node in made.nodes] == ["graph:press", "nation:AZE"]
    names = [found.name.text for found in made.nodes[1].properties]
    assert names == ["rdf:type", "rdfs:label", "mg:code"]
    assert [cell.text for cell in made.nodes[1].properties[2].values] == ["AZB", "AZE"]


def test_a_long_description_says_how_much_of_it_is_shown() -> None:
    statements = [Triple(NATION, mg("size"), Literal(number)) for number in range(20)]

    made = description(statements, shown(), limit=3)

    assert (made.shown, made.total) == (3, 20)
