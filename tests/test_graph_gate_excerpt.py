"""An excerpt has to answer as the whole graph does, and should be much smaller."""

from __future__ import annotations

from random import Random

import pytest

from graph.engines.memory import MemoryDraft
from graph.gate import excerpt as excerpt_module
from graph.gate.constraints import Scope
from graph.gate.miniature import Miniature
from graph.gate.shapes import load_shapes
from graph.gate.verdicts import problems
from graph.gate.views import View
from graph.terms import DEFAULT_GRAPH, NamedNode

from .gate_worlds import world
from .test_graph_gate_miniature import census_of, query_of, view_of

FAR = "$this mg:event ?e . ?e mg:year ?y . FILTER(?y > 1)"


def size(data: str, where: str) -> int:
    """Return how many statements the excerpts hold that a query needs."""
    census = census_of(view_of(data), [query_of(where)])
    return sum(len(excerpt.done().reader) for excerpt in census.excerpts)


def test_of_nodes_that_look_the_same_from_the_focus_node_on_one_is_kept() -> None:
    events = " ".join(f"ex:e{n} mg:year {n % 2} ." for n in range(50))
    crowd = " ".join(f"ex:n{n} a ex:T ; mg:event ex:e{n % 50} ; mg:sex mg:M ." for n in range(500))
    assert size(events + crowd, FAR) == 2 * len(("type", "event", "year"))


def test_a_query_that_joins_keeps_every_node_that_could_take_part() -> None:
    joins = "?a mg:event $this ; mg:medal ?m . ?b mg:event $this ; mg:medal ?m . FILTER(?a != ?b)"
    awards = " ".join(f"ex:a{n} mg:event ex:e ; mg:medal mg:Gold ." for n in range(5))
    others = " ".join(f"ex:o{n} mg:event ex:e ; mg:person ex:p ." for n in range(50))
    assert size(f"ex:e a ex:T . {awards} {others}", joins) == 1 + 2 * 5


def test_a_node_that_only_values_can_lead_to_is_left_out_where_none_does() -> None:
    leads = "$this mg:entry ?e . ?e mg:event ?x . FILTER NOT EXISTS { $this mg:event ?x }"
    data = "ex:a a ex:T ; mg:entry ex:b . ex:b mg:event ex:x . ex:c mg:event ex:x ."
    assert size(data, leads) == len(("type", "entry", "event"))


def test_a_circle_of_nodes_is_found() -> None:
    view = view_of("ex:a a ex:T ; mg:entry ex:b . ex:b mg:award ex:c . ex:c mg:award ex:b .")
    for where in (
        "$this mg:entry ?x . ?x mg:award ?y . ?y mg:award ?x",
        "$this mg:entry ?x . ?a mg:award ?b . ?b mg:award ?a",
    ):
        query = query_of(where)
        joined = census_of(view, [query]).excerpts[1]
        assert list(problems(query, joined.done())) != []


def test_a_node_that_is_forgotten_is_looked_up_again() -> None:
    view = view_of("ex:a a ex:T ; mg:event ex:e . ex:e mg:year 2 .")
    query = query_of(FAR)
    census = census_of(view, [query])
    folded = census.excerpts[0]
    folded.forget([NamedNode("http://ex/e")])
    assert list(problems(query, folded.done())) == []


@pytest.mark.parametrize("seed", range(40))
def test_an_excerpt_answers_as_the_whole_graph_does(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - examples, no secrets
    draft = MemoryDraft(world(random), plain=True)
    view = View(draft, DEFAULT_GRAPH)
    constraints = [*load_shapes().of(Scope.RECORD), *load_shapes().of(Scope.SOURCE)]
    census = census_of(view, constraints)
    asked = 0
    for excerpt in census.excerpts:
        small = excerpt.done()
        for constraint in excerpt.serves:
            broken = any(True for _ in problems(constraint, view))
            assert any(True for _ in problems(constraint, small)) is broken, constraint.shape
            asked += 1
    assert asked > 30


def test_an_excerpt_that_would_be_too_large_gives_up_and_the_graph_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    view = view_of("ex:a a ex:T ; mg:event ex:e . ex:b a ex:T ; mg:event ex:e . ex:e mg:year 2 .")
    query = query_of(FAR)
    monkeypatch.setattr(excerpt_module, "LIMIT_STATEMENTS", 2)
    census = census_of(view, [query])
    folded = census.excerpts[0]
    assert query not in folded.serves
    assert len(folded.done().reader) == 0
    assert Miniature(view, census).suspects(query) is None
