"""``mg:search`` finds by name inside a query, wherever a statement may stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.errors import BadSyntax
from graph.prologue import house_prologue
from graph.search import SearchFiles
from graph.search.sparql import searching

from .search_world import NAMES, searchable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.search import SearchIndex
    from graph.store import Store

PROLOGUE = house_prologue(NAMES)
BOTH = ["bolt", "bolt-2"]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, SearchIndex]]:
    place = tmp_path_factory.mktemp("search") / "store"
    with searchable(place) as store, SearchFiles(store) as files:
        yield store, files.newest()


def rewritten(world: tuple[Store, SearchIndex], text: str) -> str:
    found = searching(text, PROLOGUE)
    assert found is not None
    return found.filled([world[1].answer(search.question) for search in found.searches]).text


def rows(world: tuple[Store, SearchIndex], text: str) -> list[tuple[str, ...]]:
    with world[0].query(rewritten(world, text)) as answer:
        return sorted(
            tuple("" if term is None else term.value.rpartition("/")[2] for term in row)
            for row in answer  # type: ignore[union-attr] # a SELECT
        )


@pytest.mark.parametrize(
    "pattern",
    [
        '?p mg:search "Usain Bolt"',
        '?p mg:search "Usain Bolt" .',
        "?p mg:search 'Usain Bolt'",
        '?p mg:search """Usain Bolt"""',
        '?p <https://w3id.org/medalgraph/ns#search> "Usain Bolt"',
        '?p mg:s\\u0065arch "Usain Bolt"',
        '?p mg:search "Usa\\u0069n Bolt"',
        '?p mg:search "Usain Bolt"^^xsd:string',
        '?p mg:search "Usain Bolt"^^<http://www.w3.org/2001/XMLSchema#string>',
        '?p mg:search ("Usain Bolt"^^xsd:string "5"^^xsd:integer mg:Person)',
        '?p mg:search "Usain Bolt"^^xsd:string ; a mg:Person',
        '?p mg:search ("Usain Bolt" 1000)',
        '?p mg:search ("Usain Bolt")',
        '?p mg:search ("Usain Bolt" 5)',
        '?p mg:search ("Usain Bolt" mg:Person)',
        '?p mg:search ("Usain Bolt" 5 mg:Person)',
        '(?p) mg:search "Usain Bolt"',
        '(?p ?score) mg:search "Usain Bolt"',
        '(?p ?score ?name ?why) mg:search ("Usain Bolt" 10)',
        '?p a mg:Person ; mg:search "Usain Bolt"',
        '?p mg:search "Usain Bolt" ; a mg:Person',
        '?p mg:search "Usain Bolt" ; a mg:Person ; mg:born ?born',
        '?p a mg:Person ; mg:search "Usain Bolt" ; mg:born ?born .',
        '?p a mg:Person ;; mg:search "Usain Bolt" ; ; mg:born ?born ;',
        '?p mg:search "Usain Bolt", "Bolt"',
        '?p mg:search "Usain Bolt" ; mg:search "Bolt"',
        '?p a mg:Person . ?p mg:search "Usain Bolt" . ?p mg:born ?born',
        '_:x rdfs:label ?l . ?p mg:search "Usain Bolt" . _:x a mg:Nation ; mg:code "AZE"',
        'GRAPH ?g { ?p mg:search "Usain Bolt" ; a mg:Person }',
        'GRAPH graph:book { ?p a mg:Person . ?p mg:search "Usain Bolt" }',
        '{ ?p mg:search "Usain Bolt" } UNION { ?p mg:search "Nobody Knows" }',
        '{ SELECT ?p { ?p mg:search "Usain Bolt" } ORDER BY ?p LIMIT 5 } ?p a mg:Person',
        '{ SELECT ?p (COUNT(*) AS ?n) { ?p mg:search "Usain Bolt" } GROUP BY ?p }',
        'FILTER(?p != mg:x) ?p mg:search "Usain Bolt"',
        'FILTER EXISTS { ?p mg:search "Usain Bolt" } ?p a mg:Person',
        '?p a mg:Person FILTER(EXISTS { ?p mg:search "Usain Bolt" } && true)',
        '?p mg:search "Bolt" BIND(1 AS ?one) VALUES ?one { 1 } ?p mg:search "Usain Bolt"',
        '?p mg:search "Usain Bolt" MINUS { ?p mg:search "Nobody Knows" }',
        '?p a mg:Person ; rdfs:label ?l . # ?p mg:search "Cseh"\n ?p mg:search "Usain Bolt"',
        '?p rdfs:label "Usain Bolt", ?l ; mg:search "Usain Bolt" ; a ?c FILTER(?c = mg:Person)',
        '?p mg:search "Usain Bolt" ; rdfs:label|skos:altLabel ?name FILTER(?name = "Usain Bolt")',
        '?p mg:search "Usain Bolt" ; mg:born "1986-08-21"^^xsd:string, ?b OPTIONAL { ?p mg:x +1 }',
    ],
)
def test_it_finds_wherever_a_statement_may_stand(
    world: tuple[Store, SearchIndex], pattern: str
) -> None:
    found = [row[0] for row in rows(world, f"SELECT DISTINCT ?p WHERE {{ {pattern} }}")]
    assert found == (["bolt"] if "1986" in pattern else BOTH)


def test_an_optional_search_leaves_the_rest(world: tuple[Store, SearchIndex]) -> None:
    query = 'SELECT ?n ?p { ?n a mg:Nation OPTIONAL { ?p mg:search "Emil Zatopek" ; a ?c } }'
    assert rows(world, query) == [("AZE", "zatopek"), ("JAM", "zatopek")]


def test_one_optional_before_it_keeps_its_meaning(world: tuple[Store, SearchIndex]) -> None:
    query = (
        "SELECT ?p { nation:JAM a mg:Nation OPTIONAL { ?p mg:born '1999' } "
        'OPTIONAL { ?x mg:none ?p } ?p mg:search "Usain Bolt" }'
    )
    assert rows(world, query) == [("bolt-2",)]


def test_the_score_the_name_and_the_reasons_can_be_asked_for(
    world: tuple[Store, SearchIndex],
) -> None:
    query = (
        "SELECT ?p ?score ?name ?why {"
        ' (?p ?score ?name ?why) mg:search ("bolt lightning" 1) FILTER(?score > 0.5) }'
    )
    why = "Also called Lightning Bolt. The words are in another order."
    assert rows(world, query) == [("bolt", "0.99", "Lightning Bolt", why)]


@pytest.mark.parametrize(
    ("filters", "who"),
    [
        ("nation:JAM", ["bolt"]),
        ("games:2012", ["bolt"]),
        ("sport:athletics", ["bolt"]),
        ("nation:JAM sport:sprint games:2012 mg:Person 3", ["bolt"]),
        ("nation:AZE", []),
        ("mg:Nation", []),
        ("mg:Nation mg:Person", BOTH),
        ("1", ["bolt"]),
    ],
)
def test_what_is_found_can_be_filtered(
    world: tuple[Store, SearchIndex], filters: str, who: list[str]
) -> None:
    query = f'SELECT ?p {{ ?p mg:search ("Usain Bolt" {filters}) }}'
    assert [row[0] for row in rows(world, query)] == who


@pytest.mark.parametrize(
    ("query", "yes"),
    [
        ('ASK { person:bolt mg:search "Usain Bolt" }', True),
        ('ASK { person:bolt mg:search "Usain Bolt" ; mg:born "1986-08-21" }', True),
        ('ASK { person:cseh mg:search "Usain Bolt" }', False),
        ('ASK { person:cseh mg:search "Usain Bolt" ; a mg:Person }', False),
        ('ASK { ?x mg:search "Nobody Knows" }', False),
    ],
)
def test_a_named_thing_can_be_tested(
    world: tuple[Store, SearchIndex],
    query: str,
    yes: bool,  # noqa: FBT001 - the right answer
) -> None:
    with world[0].query(rewritten(world, query)) as answer:
        assert bool(answer) is yes


def test_a_construct_keeps_its_template(world: tuple[Store, SearchIndex]) -> None:
    query = 'CONSTRUCT { ?p mg:search "as I like" } WHERE { ?p mg:search ("Usain Bolt" 1) }'
    with world[0].query(rewritten(world, query)) as answer:
        [triple] = answer  # type: ignore[misc] # a CONSTRUCT
        assert triple.object.value == "as I like"


def test_names_with_signs_stay_what_they_are(tmp_path_factory: pytest.TempPathFactory) -> None:
    name = 'Bo "Quote" Ek\\n } ?x'
    text = 'INSERT DATA { GRAPH graph:book { person:ek rdfs:label "Bo \\"Quote\\" Ek\\\\n } ?x" } }'
    place = tmp_path_factory.mktemp("signs") / "store"
    with searchable(place, text) as store, SearchFiles(store) as files:
        world = (store, files.newest())
        query = 'SELECT ?p ?s ?name { (?p ?s ?name) mg:search "Bo Ek" }'
        assert [(row[0], row[2]) for row in rows(world, query)] == [("ek", name)]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o }",
        'SELECT * { ?s ?p "mg:search" } # mg:search',
        "SELECT * { mg:search rdfs:comment ?c }",
        "SELECT * { ?s ?p mg:search }",
        "SELECT * { ?s ?p ?o, mg:search, ?q ; ?r mg:search }",
        "SELECT * { VALUES ?p { mg:search } ?s ?p ?o }",
        "DESCRIBE mg:search",
        'PREFIX mg: <http://ex/> SELECT * { ?s mg:search "x" }',
        "SELECT * { ?s mg:search",
        "SELECT * { ?s mg:search }",
        "mg:search",
    ],
)
def test_what_does_not_look_for_a_name_is_left_alone(query: str) -> None:
    assert searching(query, PROLOGUE) is None


def test_another_prefix_is_the_same_property(world: tuple[Store, SearchIndex]) -> None:
    query = 'PREFIX my: <https://w3id.org/medalgraph/ns#> SELECT ?p { ?p my:search "Usain Bolt" }'
    assert [row[0] for row in rows(world, query)] == BOTH


@pytest.mark.parametrize(
    ("base", "written"),
    [
        ("https://w3id.org/medalgraph/ns", "#search"),
        ("https://w3id.org/medalgraph/ns#", "#search"),
        ("https://w3id.org/medalgraph/id/", "../ns#search"),
    ],
)
def test_a_base_makes_it_whole(world: tuple[Store, SearchIndex], base: str, written: str) -> None:
    query = f'BASE <{base}> SELECT ?p {{ ?p <{written}> "Usain Bolt" }}'
    assert [row[0] for row in rows(world, query)] == BOTH
    assert searching(f"SELECT ?p {{ ?p <{written}> 1 }}", PROLOGUE) is None


@pytest.mark.parametrize(
    ("pattern", "column", "words"),
    [
        ("?p mg:search ?name", 25, "has to be written in the query"),
        ('?p mg:search "Bolt"@en', 25, "without a language"),
        ("?p mg:search (?name 10)", 26, "has to be written in the query"),
        ("?p mg:search ()", 25, "has to be written in the query"),
        ("?p mg:search mg:Person", 25, "has to be written in the query"),
        ('?p mg:search ("Bolt" ?n)', 33, "neither a number nor an address"),
        ('?p mg:search ("Bolt" person:x)', 33, "nothing to filter by"),
        ('?p mg:search ("Bolt" nation:A nation:B)', 42, "or the second"),
        ('?p mg:search ("Bolt" 0)', 26, "hits cannot be given"),
        ('?p mg:search ("Bolt" 1001)', 26, "1001 hits cannot be given"),
        ('?p mg:search ("Bolt" 99999999999)', 26, "hits cannot be given"),
        ('?p mg:search "Bolt"^^mg:Name', 25, "without a language"),
        ('?p mg:search ("Bolt" "x"^^xsd:string)', 33, "neither a number nor an address"),
        ('?p mg:search ("Bolt" "x"^^xsd:integer)', 33, "neither a number nor an address"),
        ('"x" mg:search "Bolt"', 12, "needs a variable"),
        ('_:x mg:search "Bolt"', 12, "needs a variable"),
        ('(?a ?b ?c ?d ?e) mg:search "Bolt"', 12, "needs a variable"),
        ('(?a "b") mg:search "Bolt"', 12, "needs a variable"),
        ('(?a ?a) mg:search "Bolt"', 12, "variables in brackets have to differ"),
        (
            '(?a ?b) mg:search "Bolt" ; a mg:Person',
            12,
            "no other property can be said of variables in brackets",
        ),
        ('?p mg:search/rdfs:label "Bolt"', 15, "cannot stand in a path"),
        ('?p ^mg:search "Bolt"', 16, "cannot stand in a path"),
        ('?p mg:entry/mg:search "Bolt"', 24, "cannot stand in a path"),
        ('?p (mg:search|rdfs:label) "Bolt"', 15, "cannot stand around"),
        ('?e mg:athlete [ mg:search "Bolt" ]', 28, "cannot stand in brackets"),
        ('?e mg:athlete [ a mg:Person ; mg:search "Bolt" ]', 42, "cannot stand in brackets"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_its_place(
    pattern: str, column: int, words: str
) -> None:
    with pytest.raises(BadSyntax, match=words) as caught:
        searching(f"SELECT * {{ {pattern} }}", PROLOGUE)
    assert (caught.value.line, caught.value.column) == (1, column)


def test_a_text_that_is_too_long_or_too_many_of_them_are_refused() -> None:
    with pytest.raises(BadSyntax, match="201 characters"):
        searching(f'SELECT * {{ ?p mg:search "{"a" * 201}" }}', PROLOGUE)
    many = " ".join(f'?p{number} mg:search "a" .' for number in range(21))
    with pytest.raises(BadSyntax, match="more than 20"):
        searching(f"SELECT * {{ {many} }}", PROLOGUE)
    with pytest.raises(BadSyntax, match="CONSTRUCT WHERE"):
        searching('CONSTRUCT WHERE { ?p mg:search "a" }', PROLOGUE)


def test_what_is_wrong_elsewhere_keeps_its_line(world: tuple[Store, SearchIndex]) -> None:
    text = 'SELECT * {\n ?p mg:search """Usain\nBolt""" ;\n a mg:Person .\n ?p nope:x ?y }'
    with pytest.raises(BadSyntax) as caught, world[0].query(rewritten(world, text)):
        pass
    assert caught.value.line == 5
