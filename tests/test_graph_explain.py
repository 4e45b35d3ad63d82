"""A query that finds nothing is explained by its smallest part without a match, and what would."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from graph.change import Change
from graph.engines.memory import MemoryDraft
from graph.errors import BadSyntax
from graph.explain import explain
from graph.explain.cutting import cut
from graph.explain.parts import Sort
from graph.names import Names
from graph.prologue import Prologue, house_prologue
from graph.terms import NamedNode, Quad

if TYPE_CHECKING:
    from graph.engines.memory import MemoryReader
    from graph.explain import Explanation

EX = "http://ex/"
PREFIXES = {**Names().prefixes(), "ex": EX}
BOOK = """
ex:lamiya a ex:Person ; rdfs:label "Lamiya Valiyeva"@en ; ex:height 170 .
ex:raman a ex:Person ; rdfs:label "Raman Salei"@en ; ex:height 185 ;
  ex:born "1994-05-05"^^xsd:date .
ex:e1 a ex:Entry ; ex:athlete ex:lamiya ; ex:nation ex:AZE ; ex:medal ex:Gold .
ex:e2 a ex:Entry ; ex:athlete ex:raman ; ex:nation ex:AZE ; ex:medal ex:Silver .
"""
REPORT = 'ex:raman ex:nickname "the fish" .'


@pytest.fixture(scope="module")
def state() -> MemoryReader:
    names = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in PREFIXES.items())
    prologue = Prologue(house_prologue(Names()).base, PREFIXES)
    draft = MemoryDraft(prologue=prologue)
    for graph, text in (("book", BOOK), ("report", REPORT)):
        told = parse(names + text, format=RdfFormat.TURTLE)
        here = NamedNode(EX + graph)
        draft.apply(Change.of(Quad(q.subject, q.predicate, q.object, here) for q in told))
    return draft


def explained(state: MemoryReader, query: str) -> Explanation:
    return explain(state, query, prefixes=PREFIXES)


LABELS = ("because: ", "part: ", "try: ", "says: ")
TEXT = (Path(__file__).parent / "explained.cases").read_text(encoding="utf-8")
SECTIONS = [section.strip().splitlines() for section in TEXT.split("\n== ")[1:]]


@pytest.mark.parametrize("lines", SECTIONS, ids=lambda lines: lines[0])
def test_an_empty_answer_is_explained(state: MemoryReader, lines: list[str]) -> None:
    query = "\n".join(line for line in lines[1:] if not line.startswith(LABELS))
    wanted = {
        label: [line.removeprefix(label) for line in lines if line.startswith(label)]
        for label in LABELS
    }
    found = explained(state, query)
    for reason in wanted["because: "]:
        assert found.sentence == reason
    if wanted["part: "]:
        assert list(found.part) == wanted["part: "]
    for said in wanted["says: "]:
        assert any(said in hint.sentence for hint in found.hints), found.hints
    for tried in wanted["try: "]:
        change, works = tried.removesuffix(" works"), tried.endswith(" works")
        old, _, new = change.partition(" -> ")
        assert (found.hints[0].old, found.hints[0].new) == (old, new)
        assert bool(found.hints[0].query) == works


def test_there_are_many_cases() -> None:
    assert len(SECTIONS) >= 55


def test_the_place_of_the_part_is_told(state: MemoryReader) -> None:
    found = explained(state, "SELECT *\n{ ?p a ex:Person ;\n     ex:hight ?h }")
    assert (found.line, found.column) == (3, 6)
    found = explained(state, "SELECT *\n{ ?e ex:athlete ex:raman,\n ex:nobody1 }")
    assert (found.line, found.column) == (3, 2)


def test_a_proposed_query_changes_that_place_only(state: MemoryReader) -> None:
    found = explained(state, 'SELECT ("ex:hight" AS ?t) { ?p ex:hight ?h }')
    assert found.hints[0].query == 'SELECT ("ex:hight" AS ?t) { ?p ex:height ?h }'


def test_graphs_of_a_request_take_the_place_of_those_of_the_query(state: MemoryReader) -> None:
    query = "SELECT * { ?p ex:height ?h }"
    found = explain(state, query, prefixes=PREFIXES, default_graph=[NamedNode(EX + "report")])
    assert found.part == ("?p ex:height ?h .",)
    found = explain(state, query, prefixes=PREFIXES, default_graph=[NamedNode(EX + "bok")])
    assert found.sentence == "There is no graph ex:bok."
    assert found.hints[0].new == "ex:book"


def test_a_query_that_cannot_be_read_is_refused_with_its_place(state: MemoryReader) -> None:
    with pytest.raises(BadSyntax) as refused:
        explained(state, "SELECT * { ?s ?p }")
    assert refused.value.line == 1


PIECES = [
    "?a ex:athlete ?b .",
    "?b a ex:Person ; ex:height 1, ?h .",
    "FILTER(?h > 1 && ?h < 3)",
    "OPTIONAL { ?a ex:medal ?m }",
    "{ ?a ex:x ?b } UNION { ?b ex:y [ ex:z (1 2) ] }",
    "MINUS { ?a ex:medal ex:Gold }",
    "GRAPH ?g { ?a ?p 'x'@en , \"y\"^^ex:t }",
    "BIND(?h + 1 AS ?i%d)",
    "VALUES (?a ?b) { (ex:e1 UNDEF) }",
    "{ SELECT ?b { ?b ^ex:athlete/(ex:medal|!ex:none)* ?c } LIMIT 3 }",
    "FILTER NOT EXISTS { ?a ex:none [] }",
    "_:n%d ex:athlete ?b ; a ex:Entry ; .",
    "?a ex:height -1 , +2.5 , true .",
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_a_query_is_made_of_its_parts_can_be_asked_for(
    state: MemoryReader, pieces: list[str]
) -> None:
    text = " ".join(piece % at if "%d" in piece else piece for at, piece in enumerate(pieces))
    query = f"SELECT * {{ {text} }}"
    parts = cut(query).pattern
    again = " ".join(part.text for part in parts)
    state.query(f"ASK {{ {again} }}")
    assert len(parts) >= len(pieces)
    found = explained(state, query)
    if found.empty:
        assert found.sentence
        assert not state.query(f"ASK {{ {' '.join(found.part)} }}") or "GRAPH" in found.sentence


def test_a_query_is_cut_into_its_statements() -> None:
    query = cut(
        "PREFIX e: <x:> SELECT (EXISTS { } AS ?y) FROM e:g"
        " WHERE { ?a e:p ?b, [ e:q 1 ] ; e:r 'x'@en } LIMIT 1"
    )
    assert [part.text for part in query.pattern] == [
        "?a e:p ?b .",
        "?a e:p [ e:q 1 ] .",
        "?a e:r 'x'@en .",
    ]
    assert {part.sort for part in query.pattern} == {Sort.STATEMENT}
    assert query.datasets == "FROM e:g"
    assert [token.text for token in query.modifiers] == ["LIMIT", "1"]
    assert re.fullmatch(r"PREFIX e: <x:> ", query.prologue)
