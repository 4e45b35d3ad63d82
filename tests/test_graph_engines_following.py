"""An EXISTS that is followed from pattern to pattern says what it said before, and sooner."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from graph.engines.following import following
from graph.engines.memory import MemoryDraft, MemoryReader
from graph.errors import BadSyntax
from graph.prologue import Prologue
from graph.terms import DEFAULT_GRAPH, Literal, NamedNode, Quad

from .exists_queries import random_graph, random_query

if TYPE_CHECKING:
    from pyoxigraph import QuerySolutions, Store


def rows(store: Store, text: str) -> list[str]:
    solutions: QuerySolutions = store.query(text)  # type: ignore[assignment] # a SELECT
    return sorted(str(tuple(solution)) for solution in solutions)


@pytest.mark.parametrize("seed", range(60))
def test_an_exists_has_the_same_answers_as_it_is_written_and_as_it_is_followed(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - examples, no secrets
    store = random_graph(chance)
    changed = 0
    for _ in range(20):
        text = random_query(chance)
        try:
            expected = rows(store, text)
        except SyntaxError:  # a name that is given twice; the rest is SPARQL
            continue
        assert rows(store, following(text)) == expected, text
        changed += following(text) != text
    assert changed > 10


@pytest.mark.parametrize(
    ("group", "followed"),
    [
        # From the focus node, whatever is written first.
        ("?d ex:date ?day . ?d ex:award ?s", "?d ex:award ?s LATERAL { ?d ex:date ?day }"),
        ("?d ex:award ?s ; ex:date ?n", "?d ex:award ?s LATERAL { ?d ex:date ?n }"),
        ("?s ex:event/ex:games ?g", "?s ex:event ?via1 LATERAL { ?via1 ex:games ?g }"),
        ("?s ^ex:award/ex:date ?g", "?s ^ex:award ?via1 LATERAL { ?via1 ex:date ?g }"),
        ("?d ex:award [ ex:of ?s ]", "?via1 ex:of ?s LATERAL { ?d ex:award ?via1 }"),
        ("_:d ex:of ?s . _:d ex:is 'a'@en", "?via1 ex:of ?s LATERAL { ?via1 ex:is 'a'@en }"),
        ("?s a/ex:sub* ex:C", "?s a ?via1 LATERAL { ?via1 ex:sub* ex:C }"),
        # Everything is of some class, so that this is looked up last.
        ("?x a ex:C . ?x ex:of ?s", "?x ex:of ?s LATERAL { ?x a ex:C }"),
    ],
)
def test_patterns_are_followed_from_what_is_known(group: str, followed: str) -> None:
    text = "ASK {{ ?s ?p ?o FILTER NOT EXISTS {{ {} }} }}"
    assert following(text.format(group)) == text.format(followed)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?o . ?o ?q ?r }",
        "ASK { ?s ex:exists ?o . ?o ex:exists ?r }",
        # A list, and a path of no length from a term that the graph may not have.
        "ASK { ?s ?p ?o FILTER EXISTS { ?x ex:p (1 2) . ?x ex:q ?s } }",
        "ASK { ?s ?p ?o FILTER EXISTS { ?s ex:p* ?x . ?x ex:q* ?y } }",
    ],
)
def test_what_could_mean_something_else_is_left_as_it_is(text: str) -> None:
    assert following(text) == text


def test_no_variable_of_the_query_is_taken_for_a_step() -> None:
    text = "ASK { ?via1 ?p ?o FILTER EXISTS { ?via1 ex:event/ex:games ?via_ } }"
    assert "?via__1" in following(text)


def test_a_comment_ends_where_it_ended() -> None:
    text = "ASK { ?s ?p ?o FILTER EXISTS { ?s ?p ?x # of s\n . ?x ?q ?y FILTER(?y > 1) # late\n } }"
    assert "# late\n" in following(text)
    assert MemoryReader(prologue=Prologue()).query(text) is not None


def test_an_error_is_told_at_its_place_in_the_text_as_it_was_written() -> None:
    text = "ASK { ?s ?p ?o\nFILTER EXISTS { ?y ?z ?x . ?s ?p ?x .\n ?s none:such ?y } }"
    with pytest.raises(BadSyntax) as caught:
        MemoryReader(prologue=Prologue()).query(text)
    assert caught.value.line == 3


def test_a_group_is_not_read_whole_for_each_solution() -> None:
    awards = [NamedNode(f"urn:award:{n}") for n in range(3_000)]
    of, date = NamedNode("urn:of"), NamedNode("urn:date")
    quads = []
    for number, award in enumerate(awards):
        decision = NamedNode(f"urn:decision:{number}")
        quads += [
            Quad(award, NamedNode("urn:is"), Literal(number), DEFAULT_GRAPH),
            Quad(decision, of, award, DEFAULT_GRAPH),
            Quad(decision, date, Literal(number), DEFAULT_GRAPH),
        ]
    reader = MemoryDraft(quads, plain=True)
    text = (
        "SELECT ?a { ?a <urn:is> ?n "
        "FILTER NOT EXISTS { ?d <urn:of> ?a ; <urn:date> ?m FILTER(?m != ?n) } }"
    )
    # Read whole, this would be nine million statements, which takes longer than tests may.
    assert len(list(reader.query(text))) == len(awards)  # type: ignore[arg-type] # a SELECT
