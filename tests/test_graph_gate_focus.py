from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, parse

from graph.engines.memory import MemoryDraft
from graph.gate.constraints import Constraint, Scope
from graph.gate.focus import Focus
from graph.gate.shapes import Shapes, load_shapes, read_shapes
from graph.gate.views import View
from graph.names import SHAPES as NAMESPACE
from graph.terms import DEFAULT_GRAPH, NamedNode, Quad, Term

from .gate_shapes import FILES, PREFIXES

GRAPH = NamedNode("https://w3id.org/medalgraph/id/graph/a")
SHAPES = read_shapes(FILES)

GAMES = """
ex:games a mg:Games ; mg:year 2024 .
ex:judo a mg:Event ; mg:games ex:games ; mg:sportClass ex:J1 .
ex:swim a mg:Event ; mg:games ex:games .
ex:entry a mg:Entry ; mg:event ex:judo ; mg:sportClass ex:J1 ; mg:nation ex:AZE .
ex:award mg:medal mg:Gold ; mg:entry ex:entry ; mg:event ex:judo .
ex:AZE a mg:Nation .
"""


def touched(statement: str, data: str = GAMES, shapes: Shapes = SHAPES) -> set[tuple[str, str]]:
    """Return shape and node of each pair that one statement, added or gone, concerns."""
    return {(_name(c), str(n).strip("<>")) for c, n in pairs(statement, data, shapes)}


def _name(constraint: Constraint) -> str:
    return constraint.shape.value.removeprefix(NAMESPACE)


def pairs(statement: str, data: str, shapes: Shapes) -> set[tuple[Constraint, Term]]:
    view = View(MemoryDraft(quads(data)), DEFAULT_GRAPH)
    (quad,) = quads(statement)
    found = Focus(shapes.of(Scope.RECORD)).affected(view, [quad])
    assert not found.everyone
    return {(c, node) for c, nodes in found.nodes.items() for node in nodes}


def quads(text: str) -> list[Quad]:
    parsed = parse(PREFIXES + text, RdfFormat.TURTLE)
    stated = [Quad(q.subject, q.predicate, q.object, GRAPH) for q in parsed]
    return [q for q in stated if "shacl" not in q.predicate.value]


def test_a_value_concerns_the_node_that_has_it() -> None:
    assert touched('ex:p mg:born "2002" .', "ex:p a mg:Person .") == {("Person", "http://ex/p")}


def test_a_word_that_no_shape_asks_about_concerns_nobody() -> None:
    assert touched('ex:p mg:weightClass "60 kg" .', "ex:p a mg:Person .") == set()


def test_a_node_that_no_target_names_after_the_change_is_left_out() -> None:
    assert touched('ex:p mg:born "2002" .', "ex:p a mg:Nation .") == set()


def test_the_year_of_the_games_concerns_the_games_and_each_of_its_events() -> None:
    assert touched("ex:games mg:year 2024 .") == {
        ("Games", "http://ex/games"),
        ("Event", "http://ex/judo"),
        ("Event", "http://ex/swim"),
    }


def test_a_class_admitted_in_an_event_concerns_the_entries_of_the_event() -> None:
    found = touched("ex:judo mg:sportClass ex:J1 .")
    assert found == {("Entry", "http://ex/entry")}


def test_the_class_of_a_value_two_steps_away_concerns_the_focus_node() -> None:
    assert ("Event", "http://ex/judo") in touched("ex:AZE a mg:Nation .")


def test_a_statement_in_a_not_exists_concerns_the_node_outside_it() -> None:
    found = touched("ex:award mg:status mg:Standing .")
    assert found == {("Entry", "http://ex/entry")}


def test_a_fixed_value_that_differs_concerns_nobody() -> None:
    assert touched("ex:award mg:status mg:Withdrawn .") == set()


def test_a_rank_concerns_the_event_of_the_award_behind_the_entry() -> None:
    assert touched("ex:entry mg:rank 1 .") == {("Ties", "http://ex/judo")}


def test_a_statement_that_matches_a_pattern_without_what_stands_beside_it_concerns_nobody() -> None:
    """An award of an event has a medal and an entry; what only names the event is none."""
    assert touched("ex:part mg:event ex:judo .", GAMES) == set()
    with_medal = GAMES + "ex:part mg:medal mg:Gold ; mg:entry ex:entry ."
    assert ("Ties", "http://ex/judo") in touched("ex:part mg:event ex:judo .", with_medal)


def test_what_stood_beside_a_statement_and_is_gone_with_it_counts() -> None:
    view = View(MemoryDraft(quads(GAMES)), DEFAULT_GRAPH)
    gone = quads("ex:old mg:event ex:judo ; mg:medal mg:Gold ; mg:entry ex:entry .")
    found = Focus(SHAPES.of(Scope.RECORD)).affected(view, gone)
    assert "Ties" in {_name(constraint) for constraint in found.nodes}


def test_only_the_conditions_on_the_touched_property_are_checked_again() -> None:
    found = pairs('ex:p rdfs:label "P" .', "ex:p a mg:Person .", SHAPES)
    assert {c.path_text for c, _ in found} == {"http://www.w3.org/2000/01/rdf-schema#label"}


def test_a_closure_is_followed_in_both_directions() -> None:
    data = "ex:a a mg:Tally ; mg:partOf ex:b . ex:c mg:partOf ex:d . ex:d mg:gold 3 ."
    assert touched("ex:b mg:partOf ex:c .", data) == {("Tally", "http://ex/a")}
    joined = data + "ex:b mg:partOf ex:c ."
    assert ("Tally", "http://ex/a") in touched("ex:d mg:gold 3 .", joined)


def test_a_subclass_that_comes_or_goes_concerns_everyone() -> None:
    (quad,) = quads("ex:T rdfs:subClassOf mg:Person .")
    constraints = SHAPES.of(Scope.RECORD)
    found = Focus(constraints).affected(View(MemoryDraft(), DEFAULT_GRAPH), [quad])
    assert found.everyone == set(constraints)


UNJOINED = f'''{PREFIXES} s:S a sh:NodeShape ; sh:targetClass mg:Event ;
  sh:sparql [ sh:prefixes mg: ; sh:message "m" ; sh:select
    """SELECT $this WHERE {{ $this mg:date ?d . ?x mg:until ?u FILTER(?d > ?u) }}""" ] .'''


def test_a_condition_that_no_walk_leads_back_from_is_checked_for_everyone() -> None:
    focus = Focus(read_shapes({"x.ttl": UNJOINED}).constraints)
    view = View(MemoryDraft(), DEFAULT_GRAPH)
    (far,), (near,) = quads('ex:x mg:until "2024" .'), quads('ex:e mg:date "2024" .')

    assert len(focus.affected(view, [far]).everyone) == 1
    assert not focus.affected(view, [near]).everyone
    assert len(focus.unbounded()) == 1


@pytest.mark.parametrize("scope", Scope)
def test_no_shape_of_the_program_has_to_be_checked_for_everyone(scope: Scope) -> None:
    assert not Focus(load_shapes().of(scope)).unbounded()
