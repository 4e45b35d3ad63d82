from __future__ import annotations

import pytest

from graph.gate.census import Sort
from graph.gate.sight import Seen, Sight, is_seen_through, looks_forward, minded_by_name
from graph.names import RDF_TYPE, mg
from graph.terms import NamedNode

from .test_graph_gate_miniature import constraint_of, query_of

FORWARD = {
    "$this mg:games ?node . ?node mg:year ?value . FILTER(?value > 1)": True,
    "$this mg:games|(mg:event/mg:games) ?node . ?node mg:year ?value . FILTER(?value > 1)": True,
    "$this mg:event ?e . FILTER NOT EXISTS { ?e mg:games ?g }": True,
    "$this mg:born ?one, ?other . FILTER(?one < ?other)": True,
    "SELECT $this WHERE { $this mg:born ?v } GROUP BY $this HAVING (COUNT(?v) > 1)": True,
    "?node mg:event $this": False,
    "$this mg:event/mg:games ?one . $this mg:games ?one": False,
    "$this mg:event ?one ; mg:games ?other . ?one mg:year ?v . FILTER(?one != ?other)": False,
    "$this mg:event ?one . ?one mg:games $this": False,
    "$this mg:event ?one . FILTER EXISTS { ?other mg:medal ?medal }": False,
    "$this mg:event ?one . ?a mg:award ?b . ?b mg:award ?a": False,
    "{ $this mg:event ?one } UNION { $this mg:games ?two } ?one mg:year ?v": False,
    "$this mg:event ?one . ?one mg:year ?v . FILTER(STR($this) < STR(?v))": False,
    "SELECT $this WHERE { $this mg:event/mg:year ?v } GROUP BY $this HAVING (COUNT(?v) > 1)": False,
}


@pytest.mark.parametrize(("where", "forward"), FORWARD.items(), ids=FORWARD)
def test_a_query_looks_forward_if_it_never_has_to_know_which_node_it_came_through(
    where: str, *, forward: bool
) -> None:
    constraint = query_of(where)
    assert is_seen_through(constraint)
    assert looks_forward(constraint) is forward


@pytest.mark.parametrize(
    "where",
    [
        "$this ?any ?value . ?value mg:born ?b",
        "$this mg:partOf* ?up . ?up mg:born ?b",
        "$this a ?class . ?class mg:born ?b",
    ],
)
def test_a_query_that_does_not_name_each_property_or_asks_of_classes_is_asked_of_the_whole(
    where: str,
) -> None:
    assert not is_seen_through(query_of(where))


def test_what_one_node_tells_alone_is_not_looked_for_further() -> None:
    assert not is_seen_through(constraint_of("sh:minCount 1"))
    assert not is_seen_through(query_of("$this mg:born ?any"))


def test_values_that_are_compared_or_named_are_minded_by_name() -> None:
    query = query_of("$this mg:event ?e . ?e mg:year ?y ; mg:kind mg:City . FILTER(?y > 1)")
    assert minded_by_name(query) == {mg("year"), mg("kind")}


def test_only_nodes_with_all_that_a_query_asks_of_them_are_looked_at() -> None:
    sight = Sight([query_of("?award mg:event $this ; mg:medal ?m ; mg:entry ?e . ?e mg:rank ?r")])
    assert sight.of(sort("event", "medal", "entry")).predicates == {
        mg("event"),
        mg("medal"),
        mg("entry"),
    }
    assert sight.of(sort("event", "person")).predicates == frozenset()
    assert sight.of(sort("rank")) == Seen(frozenset({mg("rank")}), is_reached=False)


def test_a_node_that_the_focus_node_leads_to_is_known_as_such() -> None:
    sight = Sight([query_of("$this mg:entry ?e . ?e mg:rank ?r ; mg:award $this")])
    assert sight.of(sort("rank", "award")).is_reached
    assert not sight.of(sort("entry", of=NamedNode("http://ex/T"))).is_reached


def test_a_focus_node_is_looked_at_if_it_is_of_the_class() -> None:
    sight = Sight([query_of("$this mg:event ?e . ?e mg:games ?g")])
    of_class = sort("event", of=NamedNode("http://ex/T"))
    assert sight.of(of_class) == Seen(frozenset({RDF_TYPE, mg("event")}), is_reached=False)
    assert sight.of(sort("event", of=mg("Award"))).predicates == frozenset()


def sort(*words: str, of: NamedNode | None = None) -> Sort:
    predicates = frozenset(map(mg, words)) | ({RDF_TYPE} if of else set())
    return Sort(NamedNode, frozenset({of} if of else ()), predicates)
