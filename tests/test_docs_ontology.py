"""The page on the vocabulary tells the truth: its examples run, and its tables are the ontology."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions
from rdflib import OWL, PROV, RDF, RDFS, SDO, SKOS, Graph, URIRef

import ontology
from graph.engines.memory import MemoryDraft, MemoryEngine
from graph.errors import ShapeViolation
from graph.formats import TRIG, TURTLE
from graph.gate import Gate, load_shapes
from graph.names import OUTSIDE_PREFIXES, XSD, Names, mg
from graph.rdf import read_quads
from graph.store import Store
from graph.terms import Literal, NamedNode

from .bundled_record import ask

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "ontology.md").read_text(encoding="utf-8")
BLOCK = r"^```{}\n(.*?)^```$"
TABLE = r"(?:^\|.*\|\n)+"
MEDAL, POSTS = re.findall(BLOCK.format("turtle"), PAGE, flags=re.MULTILINE | re.DOTALL)
(CLAIM,) = re.findall(BLOCK.format("trig"), PAGE, flags=re.MULTILINE | re.DOTALL)
QUERIES = re.findall(BLOCK.format("sparql"), PAGE, flags=re.MULTILINE | re.DOTALL)
(OFFICES,) = [query for query in QUERIES if "mg:Tenure" in query]
NAMES = Names()
SOURCE = NAMES.graph("example")
each_example = pytest.mark.parametrize(
    "text", [MEDAL, CLAIM, POSTS], ids=["medal", "claim", "post"]
)


def rows(table: str) -> list[tuple[str, ...]]:
    """Return the rows of a Markdown table, its head first."""
    lines = [line.strip("|").split("|") for line in table.splitlines()]
    head, _, *body = [tuple(cell.strip() for cell in line) for line in lines]
    return [head, *body]


TABLES = [rows(table) for table in re.findall(TABLE, PAGE, flags=re.MULTILINE)]


def table_with(*head: str) -> list[tuple[str, ...]]:
    (found,) = [table for table in TABLES if table[0] == head]
    return found[1:]


def answer_to(query: str) -> list[tuple[str, ...]]:
    """Return the table of the page that comes after a query, before anything else that is code."""
    behind = PAGE.partition(query)[2].removeprefix("```").partition("```")[0]
    return rows(re.findall(TABLE, behind, flags=re.MULTILINE)[0])


def mentioned(text: str) -> set[str]:
    return set(re.findall(r"\bmg:(\w+)", text))


@cache
def vocabulary() -> Graph:
    merged = Graph()
    for text in ontology.texts().values():
        merged.parse(data=text, format="turtle")
    return merged


def names_with(predicate: URIRef, value: URIRef) -> set[str]:
    found = vocabulary().subjects(predicate, value)
    return {str(term).removeprefix(ontology.NAMESPACE) for term in found}


@cache
def gate() -> Gate:
    return Gate(load_shapes())


def load(store: Store, text: str) -> list[str]:
    """Load an example and return what the gate warns of."""
    with store.transaction(source=SOURCE) as change:
        change.load(BytesIO(text.encode()), format=TRIG if "graph:meta {" in text else TURTLE)
    return [problem.message for problem in change.report.warnings]


# Queries


def test_the_page_has_queries() -> None:
    assert len(QUERIES) == PAGE.count("```sparql") > 5


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_a_query_of_the_page_has_the_answer_of_the_page(query: str) -> None:
    head, *answer = answer_to(query)

    assert answer
    assert ask(query) == sorted(answer)
    (projection,) = re.findall(r"SELECT (.*?) WHERE", query)
    assert re.findall(r"\?(\w+)(?=\)|\s|$)(?!\) AS)", projection) == list(head)


@pytest.mark.parametrize("day", sorted({row[0] for row in table_with("day", "name", "certain")}))
def test_the_page_says_who_held_the_office_on_a_day(day: str) -> None:
    posts = read_quads(BytesIO(POSTS.encode()), format=TURTLE, base_iri=f"{NAMES.base}/")
    expected = [row for row in table_with("day", "name", "certain") if row[0] == day and row[1]]

    solutions = MemoryDraft(posts).query(OFFICES.replace("2024-09-17", day))

    assert isinstance(solutions, QuerySolutions)
    found = [(row["name"], row["certain"]) for row in solutions]
    assert sorted((day, name.value, certain.value) for name, certain in found) == sorted(expected)


@pytest.mark.parametrize(
    ("begun", "ended", "day", "certain"),
    [
        ("2001-03", "2004", "2001-02-28", None),
        ("2001-03", "2004", "2001-03-15", "false"),
        ("2001-03", "2004", "2001-04-01", "true"),
        ("2001-03", "2004", "2003-12-31", "true"),
        ("2001-03", "2004", "2004-12-31", "false"),
        ("2001-03", "2004", "2005-01-01", None),
        ("199X", "2004~", "1989-12-31", None),
        ("199X", "2004~", "1995-01-01", "false"),
        ("199X", "2004", "2000-01-01", "true"),
        ("199X", "2004~", "2000-01-01", "false"),
        ("1989", "200X", "1999-12-31", "true"),
        ("1989", "200X", "2005-01-01", "false"),
        ("1989", "200X", "2010-01-01", None),
        ("1989-09-22", "2001-12-07", "1989-09-22", "true"),
        ("1989-09-22", "2001-12-07", "2001-12-07", "true"),
        ("1989-09-22", "2001-12-07", "2001-12-08", None),
    ],
)
def test_vague_dates_make_an_office_possible_and_not_certain(
    begun: str, ended: str, day: str, certain: str | None
) -> None:
    text = POSTS.replace('"1989"', f'"{begun}"').replace('"2001" .', f'"{ended}" .')
    posts = MemoryDraft(
        read_quads(BytesIO(text.encode()), format=TURTLE, base_iri=f"{NAMES.base}/")
    )

    solutions = posts.query(OFFICES.replace("2024-09-17", day))

    assert isinstance(solutions, QuerySolutions)
    first = [r["certain"].value for r in solutions if r["name"].value == "Robert Steadward"]
    assert first == ([] if certain is None else [certain])


# Data


@each_example
def test_an_empty_store_accepts_an_example_without_a_warning(text: str) -> None:
    with Store(MemoryEngine(), gate()) as store:
        assert load(store, text) == []


@pytest.mark.parametrize(
    ("text", "right", "wrong", "why"),
    [
        (MEDAL, '"2002-04-05"', '"5 April 2002"', "Write the date of birth"),
        (CLAIM, "mg:SetAside", "mg:SetAsid", "SetAsid"),
        (POSTS, "mg:organization org:ipc", "mg:organization org:ipd", "organization"),
    ],
    ids=["date", "word", "address"],
)
def test_an_example_with_a_slip_is_refused(text: str, right: str, wrong: str, why: str) -> None:
    with Store(MemoryEngine(), gate()) as store, pytest.raises(ShapeViolation, match=why):
        load(store, text.replace(right, wrong))


def test_the_store_adds_to_the_medal_what_the_page_says() -> None:
    award = NAMES.of("award", "womens-100m-t13", "valiyeva")
    entry = NAMES.of("entry", "womens-100m-t13", "valiyeva")
    with Store(MemoryEngine(), gate()) as store:
        load(store, MEDAL)
        status = {quad.object for quad in store.read().quads(award, mg("status"))}
        won = {quad.object for quad in store.read().quads(entry, mg("won"))}
        store.update(
            f"""INSERT DATA {{ GRAPH <{SOURCE.value}> {{ decision:second a mg:Decision ;
              mg:award <{award.value}> ; mg:action mg:Withdrawn ; mg:date "2025" }} }}"""
        )
        status_after = {quad.object for quad in store.read().quads(award, mg("status"))}
        won_after = {quad.object for quad in store.read().quads(entry, mg("won"))}

    assert (status, won) == ({mg("Standing")}, {mg("Gold")})
    assert (status_after, won_after) == ({mg("Withdrawn")}, set())


def test_an_example_of_the_medal_agrees_with_the_bundled_results() -> None:
    (found,) = ask(
        """SELECT ?born ?day ?medal ?class WHERE {
          person:lamiya-valiyeva-2002 mg:born ?born .
          ?award mg:entry ?entry ; mg:date ?day ; mg:medal ?medal ; mg:event ?event .
          ?event rdfs:label "Women's 100m - T13"@en ; mg:sportClass ?class .
          ?entry mg:athlete person:lamiya-valiyeva-2002 }"""
    )

    assert found == ("2002-04-05", "2024-09-03", "Gold", "class/T13")
    assert all(value.rpartition("/")[2] in MEDAL for value in found)


@pytest.mark.parametrize(
    "date",
    [date for row in table_with("written", "means") for date in re.findall(r"`(.*?)`", row[0])],
)
def test_every_form_of_date_of_the_page_is_accepted(date: str) -> None:
    with Store(MemoryEngine(), gate()) as store:
        assert load(store, POSTS.replace('from "2017-09-08"', f'from "{date}"')) == []


def test_a_day_that_is_not_in_the_calendar_is_refused() -> None:
    assert "`2023-02-29` is refused" in PAGE
    with Store(MemoryEngine(), gate()) as store, pytest.raises(ShapeViolation, match="calendar"):
        load(store, POSTS.replace('from "2017-09-08"', 'from "2023-02-29"'))


# Tables and words


def test_every_word_of_the_page_is_in_the_ontology() -> None:
    assert {ontology.NAMESPACE + name for name in mentioned(PAGE)} - ontology.terms() == set()


def test_every_class_is_on_the_page_with_its_properties() -> None:
    found = {
        mentioned(row[0]).pop(): mentioned(row[2])
        for row in table_with("class", "one of it is", "properties")
    }
    classes = names_with(RDF.type, OWL.Class)

    assert found == {
        name: names_with(SDO.domainIncludes, URIRef(ontology.NAMESPACE + name)) for name in classes
    }


def test_what_every_class_may_have_is_on_the_page() -> None:
    anything = names_with(SDO.domainIncludes, RDFS.Resource)
    source = names_with(SDO.domainIncludes, PROV.Entity)

    assert re.findall(r"Every class may also have `mg:(\w+)`", PAGE) == list(anything)
    said = re.findall(r"only properties of this vocabulary are `mg:(\w+)` and `mg:(\w+)`", PAGE)
    assert [set(names) for names in said] == [set(source)]


def test_every_list_of_words_is_on_the_page() -> None:
    found = {row[0]: mentioned(row[1]) for row in table_with("list", "words")}
    lists = vocabulary().subjects(None, SKOS.ConceptScheme)

    assert found == {
        str(vocabulary().value(scheme, RDFS.label)): names_with(SKOS.inScheme, URIRef(str(scheme)))
        for scheme in lists
    }


def test_the_prefixes_that_need_no_declaration_are_those_of_a_store() -> None:
    (sentence,) = re.findall(r"may use the prefixes (.*?) without declaring", PAGE, re.DOTALL)
    shown = set(re.findall(r"`(\w+):`", sentence))

    assert shown >= OUTSIDE_PREFIXES.keys()
    assert shown <= NAMES.prefixes().keys()


def test_a_typed_date_is_made_of_a_whole_day_only() -> None:
    text = (
        'SELECT ?d WHERE { VALUES ?t { "2024-09-17" "2024-09" "2024" } BIND(xsd:date(?t) AS ?d) }'
    )
    solutions = MemoryDraft().query(text)

    assert isinstance(solutions, QuerySolutions)
    found = [row["d"] for row in solutions if row["d"]]
    assert found == [Literal("2024-09-17", datatype=NamedNode(XSD + "date"))]
