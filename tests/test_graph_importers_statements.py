from __future__ import annotations

from graph.importers.statements import RDFS_LABEL, describe, english
from graph.names import RDF_TYPE, mg
from graph.terms import Literal, NamedNode, Quad

NODE, GRAPH = NamedNode("https://example.org/paris"), NamedNode("https://example.org/graph")


def test_each_value_of_a_fact_is_a_statement_of_its_own() -> None:
    facts = {RDFS_LABEL: english("Paris"), "year": [1900, "1924", mg("Gold")]}

    assert list(describe(NODE, "Place", GRAPH, facts)) == [  # type: ignore[arg-type]  # a mixed list on purpose
        Quad(NODE, RDF_TYPE, mg("Place"), GRAPH),
        Quad(NODE, RDFS_LABEL, Literal("Paris", language="en"), GRAPH),
        Quad(NODE, mg("year"), Literal(1900), GRAPH),
        Quad(NODE, mg("year"), Literal("1924"), GRAPH),
        Quad(NODE, mg("year"), mg("Gold"), GRAPH),
    ]


def test_what_is_not_known_is_not_said_but_zero_is() -> None:
    said = list(describe(NODE, "Tally", GRAPH, {"rank": None, "kind": "", "gold": 0, "silver": []}))

    assert [quad.predicate for quad in said] == [RDF_TYPE, mg("gold")]
