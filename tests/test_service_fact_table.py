"""The table of a thing: a row for each statement of a source, which a spreadsheet can take."""

from __future__ import annotations

import csv
import io

from graph.engines.memory import MemoryDraft
from graph.names import RDFS_LABEL, XSD, Names, mg
from graph.sources import TITLE
from graph.terms import BlankNode, Literal, NamedNode, Quad
from service.fact_table import COLUMNS, as_csv
from service.pages import Shown

NAMES = Names()
ANA, BRA = NAMES.of("person", "ana"), NAMES.of("nation", "BRA")
BOOK, NEWS = NAMES.graph("book"), NAMES.graph("news")
HOME = BlankNode("home")
AT, IN = NamedNode("http://ex/at"), NamedNode("http://ex/in")
DAY = NamedNode(XSD + "date")


def rows(*quads: Quad, safe: str = "") -> list[dict[str, str]]:
    named = Quad(BRA, RDFS_LABEL, Literal("Brazil", language="en"), BOOK)
    titled = Quad(BOOK, TITLE, Literal("The Book"), NAMES.meta)
    state = MemoryDraft([*quads, named, titled])
    text = as_csv(quads, state, NAMES, shown=Shown(state, NAMES), safe=safe)
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_each_statement_of_each_source_has_a_row() -> None:
    born = Literal("1990-01-01", datatype=DAY)
    said = [Quad(ANA, mg("born"), born, graph) for graph in (BOOK, NEWS)]
    found = rows(*said)
    assert [(row["source"], row["source label"]) for row in found] == [
        (BOOK.value, "The Book"),
        (NEWS.value, "news"),
    ]
    assert found[0] | {"source": "", "source label": ""} == dict.fromkeys(COLUMNS, "") | {
        "thing": ANA.value,
        "property": "mg:born",
        "property label": "born",
        "value": "1990-01-01",
        "datatype": "xsd:date",
    }


def test_a_thing_is_named_and_a_text_has_its_language() -> None:
    found = rows(
        Quad(ANA, mg("nation"), BRA, BOOK),
        Quad(ANA, RDFS_LABEL, Literal("Ana", language="pt"), BOOK),
    )
    told = {row["property"]: (row["value"], row["value label"], row["language"]) for row in found}
    assert told == {
        "mg:nation": (BRA.value, "Brazil", ""),
        "rdfs:label": ("Ana", "", "pt"),
    }


def test_what_a_node_without_a_name_says_stands_under_the_thing() -> None:
    found = rows(Quad(ANA, AT, HOME, BOOK), Quad(HOME, IN, Literal("x"), BOOK))
    assert [(row["thing"], row["property"], row["value"]) for row in found] == [
        (ANA.value, "http://ex/at / http://ex/in", "x")
    ]


def test_a_node_of_which_nothing_is_said_is_told() -> None:
    [row] = rows(Quad(ANA, AT, HOME, BOOK))
    assert row["value"] == "_:home"


def test_what_a_spreadsheet_would_run_is_guarded_where_that_is_asked_for() -> None:
    said = Quad(ANA, AT, Literal("=1+1"), BOOK)
    assert rows(said)[0]["value"] == "=1+1"
    assert rows(said, safe="excel")[0]["value"] == "'=1+1"
