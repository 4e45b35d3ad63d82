"""A small graph may only clear what the large one fulfils, and should clear nearly all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, parse

from graph.engines.memory import MemoryDraft
from graph.gate.census import Census
from graph.gate.constraints import Constraint, Scope
from graph.gate.miniature import Miniature
from graph.gate.reach import Detail, detail, holds_of_parts, is_local, needed
from graph.gate.shapes import load_shapes, read_shapes
from graph.gate.verdicts import problems
from graph.gate.views import View
from graph.terms import DEFAULT_GRAPH, BlankNode, Literal, NamedNode, Quad

from .bundled_record import bundled_record
from .gate_shapes import PREFIXES
from .test_graph_gate_compile import CASES, GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.terms import GraphName, Object, Subject

CROWD = " ".join(f'ex:n{n} a ex:T ; ex:p "2002" ; ex:q "2003" .' for n in range(200))


def view_of(data: str) -> View:
    prefixes = PREFIXES.partition("mg: sh:declare")[0]
    quads = parse(f"{prefixes} {data}", RdfFormat.TURTLE)
    draft = MemoryDraft(Quad(q.subject, q.predicate, q.object, GRAPH) for q in quads)
    return View(draft, DEFAULT_GRAPH)


def census_of(view: View, constraints: Iterable[Constraint]) -> Census:
    census = Census(constraints)
    census.finish(view.reader)
    return census


def miniature(view: View, constraints: Iterable[Constraint]) -> Miniature:
    return Miniature(view, census_of(view, constraints))


def clears(small: Miniature, constraint: Constraint) -> bool:
    return small.suspects(constraint) == frozenset()


def constraint_of(condition: str, *, path: str = "ex:p") -> Constraint:
    along = f"sh:property [ sh:path {path} ; {condition} ]" if path else condition
    text = f"{PREFIXES} s:S a sh:NodeShape ; sh:targetClass ex:T ; {along} ."
    (constraint,) = read_shapes({"x.ttl": text}).constraints
    return constraint


def query_of(where: str) -> Constraint:
    select = where if "SELECT" in where else f"SELECT $this WHERE {{ {where} }}"
    return constraint_of(
        f'sh:sparql [ sh:prefixes mg: ; sh:message "m" ; sh:select """{select}""" ]', path=""
    )


@pytest.mark.parametrize("crowd", ["", CROWD], ids=["alone", "in a crowd"])
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_condition_is_cleared_only_where_no_node_breaks_it(
    case: tuple[str, str, list[str]], crowd: str
) -> None:
    condition, data, expected = case
    constraint, view = constraint_of(condition), view_of(f"ex:a a ex:T . {data} {crowd}")
    cleared = clears(miniature(view, [constraint]), constraint)
    if expected:
        assert not cleared
    elif is_local(constraint) and not crowd:
        assert cleared


def test_every_condition_that_is_cleared_of_the_bundled_sources_is_fulfilled() -> None:
    view = View(bundled_record(), DEFAULT_GRAPH)
    constraints = load_shapes().of(Scope.RECORD)
    small = miniature(view, constraints)
    cleared = [constraint for constraint in constraints if clears(small, constraint)]
    assert [c.shape for c in cleared if next(problems(c, view), None)] == []
    assert len(cleared) > 200


def test_of_a_thousand_like_nodes_one_is_an_example() -> None:
    view = view_of(" ".join(f"ex:n{n} a ex:T ; ex:p {n} ." for n in range(1_000)))
    census = census_of(view, [constraint_of("sh:minCount 1")])
    assert [count for _, count in census.sorts()] == [1_000]
    assert len(census.examples) == 1


def test_of_nodes_whose_values_are_minded_there_is_one_for_each_value() -> None:
    view = view_of(" ".join(f"ex:n{n} a ex:T ; ex:p {n % 7} ." for n in range(1_000)))
    census = census_of(view, [constraint_of("sh:minInclusive 0")])
    assert len(census.examples) == 7


def test_focus_nodes_are_counted_by_class_by_subclass_and_by_property() -> None:
    view = view_of("ex:U rdfs:subClassOf ex:T . ex:a a ex:T, ex:U . ex:b a ex:U . ex:c ex:p 1 .")
    of_class = constraint_of("sh:minCount 1")
    of_p = "sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:minCount 1 ]"
    shapes = f"{PREFIXES} s:S {of_p} ."
    (of_property,) = read_shapes({"x.ttl": shapes}).constraints
    small = miniature(view, [of_class, of_property])
    assert (small.count(of_class), small.count(of_property)) == (2, 1)


def test_a_node_whose_statements_stand_apart_is_still_one_node() -> None:
    says = [NamedNode(f"http://ex/{name}") for name in "pq"]
    nodes: list[Subject] = [NamedNode(f"http://ex/n{n}") for n in range(50)]
    nodes.append(BlankNode("b"))
    draft = ByProperty(Quad(node, word, Literal(1), GRAPH) for node in nodes for word in says)
    sorts = dict(census_of(View(draft, DEFAULT_GRAPH), []).sorts())
    assert sorted(sorts.values()) == [1, 50]
    assert {sort.predicates for sort in sorts} == {frozenset(says)}


class ByProperty(MemoryDraft):
    """A state that gives statements by their property, as another store might."""

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Object | None = None,  # noqa: A002 - the RDF name of the position
        graph: GraphName | None = None,
    ) -> Iterator[Quad]:
        found = super().quads(subject, predicate, object, graph)
        yield from sorted(found, key=lambda quad: str(quad.predicate))


LOCAL = {
    "$this mg:born ?any": True,
    "$this ?word ?any . FILTER(?word != mg:born)": True,
    "$this a mg:Event ; mg:born|mg:died ?any": True,
    "$this mg:born ?any . FILTER NOT EXISTS { $this mg:died ?other }": True,
    "$this mg:year ?value . FILTER(?value > 1)": False,
    "$this mg:born ?value ; mg:died ?value": False,
    "$this mg:born ?any . FILTER(STRLEN(STR($this)) > 5)": False,
    "$this mg:kind mg:City": False,
    "$this mg:games ?node . ?node mg:year ?any": False,
    "$this mg:games/mg:year ?any": False,
    "$this mg:partOf* ?any": False,
    "SELECT $this (COUNT(?v) AS ?n) WHERE { $this mg:born ?v } GROUP BY $this": False,
    "SELECT $this WHERE { $this mg:born ?v } GROUP BY $this HAVING (COUNT(?v) > 1)": False,
}


@pytest.mark.parametrize(("where", "local"), LOCAL.items(), ids=LOCAL)
def test_a_query_is_local_if_it_minds_properties_and_classes_only(
    where: str, *, local: bool
) -> None:
    assert is_local(query_of(where)) is local


@pytest.mark.parametrize(
    ("where", "of_parts"),
    [
        ("$this mg:games/mg:year ?value . FILTER(?value > 1)", True),
        ("$this mg:born ?any . FILTER NOT EXISTS { $this mg:died ?other }", False),
        ("$this mg:born ?any . OPTIONAL { $this mg:died ?value }", False),
        ("SELECT $this WHERE { $this mg:born ?v } GROUP BY $this HAVING (COUNT(?v) < 2)", False),
    ],
)
def test_a_query_that_wants_something_absent_may_hold_of_the_whole_only(
    where: str, *, of_parts: bool
) -> None:
    assert holds_of_parts(query_of(where)) is of_parts


def test_a_minimum_may_hold_of_the_whole_only() -> None:
    assert not holds_of_parts(constraint_of("sh:minCount 1"))
    assert not holds_of_parts(constraint_of("sh:class ex:U"))
    assert holds_of_parts(constraint_of("sh:maxCount 1"))
    assert holds_of_parts(constraint_of("sh:uniqueLang true"))


def test_every_condition_on_single_sources_can_be_cleared_through_the_record() -> None:
    assert all(holds_of_parts(constraint) for constraint in load_shapes().of(Scope.SOURCE))


def test_a_query_needs_what_stands_outside_its_optional_parts() -> None:
    query = query_of("?award mg:event $this ; mg:medal ?any . OPTIONAL { ?award mg:date ?when }")
    assert {name: len(reads) for name, reads in needed(query).items()} == {"award": 2}
    counting = "SELECT $this WHERE { ?a mg:event $this } GROUP BY $this HAVING (COUNT(?a) < 2)"
    assert needed(query_of(counting)) == {}


def test_a_query_is_cleared_where_no_node_has_all_that_it_needs() -> None:
    query = query_of("?award mg:event $this ; mg:medal ?medal . FILTER(?medal = mg:Gold)")
    apart = "ex:a a ex:T . ex:b mg:event ex:a . ex:c mg:medal mg:Silver ."
    assert clears(miniature(view_of(apart), [query]), query)
    there = miniature(view_of(f"{apart} ex:b mg:medal mg:Gold ."), [query])
    assert there.suspects(query) == frozenset({NamedNode("http://ex/a")})


def test_of_a_datatype_with_a_form_each_text_is_minded_and_of_others_the_datatype() -> None:
    assert detail(constraint_of("sh:datatype xsd:date")) is Detail.TERM
    assert detail(constraint_of("sh:datatype xsd:string")) is Detail.KIND
