"""What a query asks of blank nodes is answered by a server as by the embedded engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import QuerySolutions

from graph.change import Change
from graph.engines.base import CommitInfo
from graph.engines.memory import MemoryEngine
from graph.engines.remote.kinds import with_blank_nodes
from graph.terms import BlankNode, Literal, Quad
from tests.remote_world import new_store
from tests.statements import SAYS, name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.engines.base import Engine
    from tests.real_engines import OxigraphServer

STATED = [
    Quad(name("a"), SAYS, value, name("g"))
    for value in (BlankNode("b"), name("c"), Literal("d"), Literal("e", language="en"))
]


@pytest.fixture(scope="module")
def engines(oxigraph_server: OxigraphServer) -> Iterator[list[Engine]]:
    with new_store(oxigraph_server) as store:
        both: list[Engine] = [MemoryEngine(), store.engine]
        for engine in both:
            draft = engine.draft()
            draft.apply(Change.of(STATED))
            draft.publish(CommitInfo())
        yield both


def rows(engine: Engine, text: str) -> list[str]:
    with engine.read() as state:
        answer = state.query(text)
        assert isinstance(answer, QuerySolutions)
        return sorted(str(tuple(row)) for row in answer)


@pytest.mark.parametrize(
    "wanted",
    [
        "isBlank(?o)",
        "ISBLANK ( ?o )",
        "isIRI(?o)",
        "isURI(?o) || isLiteral(?o)",
        "!isBlank(?o)",
        'STR(?o) = "http://example.org/c"',
        "COALESCE(STR(?o), 'none') = 'none'",
        "isBlank(IF(isIRI(?o), ?o, BNODE()))",
        "isBlank(COALESCE(?unbound, ?o))",
        "!isBlank(?unbound)",
        'STR(?o) = ")" || isBlank(?o)',
        "EXISTS { ?s ?p ?other FILTER(isBlank(?other) && sameTerm(?other, ?o)) }",
    ],
)
def test_a_filter_lets_the_same_through(engines: list[Engine], wanted: str) -> None:
    here, there = (rows(one, f"SELECT ?o {{ ?s ?p ?o FILTER({wanted}) }}") for one in engines)
    assert here == there


def test_a_value_that_is_worked_out_is_the_same(engines: list[Engine]) -> None:
    text = "SELECT (isBlank(?o) AS ?blank) (isIRI(?o) AS ?iri) (STR(?o) AS ?text) { ?s ?p ?o }"
    here, there = (rows(one, text) for one in engines)
    assert here == there


def test_what_only_looks_like_a_call_stays() -> None:
    text = 'SELECT ?str { ?str <x:isBlank> "isBlank(?x)" . } # isIRI(?x)'
    assert with_blank_nodes(text, "g:") == text
