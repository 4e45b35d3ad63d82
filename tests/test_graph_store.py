"""A store answers, changes through transactions, and can be asked about the past."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.engines.memory import MemoryEngine
from graph.errors import BadSyntax, Forbidden, NotFound
from graph.names import RDFS_LABEL, Names
from graph.store import Store
from graph.terms import Literal, Triple

from .test_graph_transaction import gate_that_wants_text_labels

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = Names()
PRESS, OFFICIAL = NAMES.graph("press"), NAMES.graph("official")
PERSON = NAMES.of("person", "x")
LABELS = "SELECT ?name WHERE { ?x rdfs:label ?name } ORDER BY ?name"


@pytest.fixture
def store() -> Iterator[Store]:
    with Store(MemoryEngine(), gate_that_wants_text_labels()) as opened:
        yield opened


def rows(store: Store, text: str, *, at: int | None = None) -> list[dict[str, object]]:
    with store.query(text, at=at) as found:
        names = [variable.value for variable in found.variables]  # type: ignore[union-attr] # SELECT
        return [{name: row[name] for name in names} for row in found]  # type: ignore[union-attr]


def name(text: str) -> Triple:
    return Triple(PERSON, RDFS_LABEL, Literal(text))


def test_a_plain_query_sees_what_two_sources_say_once(store: Store) -> None:
    for source in (PRESS, OFFICIAL):
        with store.transaction(source=source) as tx:
            tx.add(name("Raman Salei"))
    assert rows(store, LABELS) == [{"name": Literal("Raman Salei")}]
    by_source = rows(store, "SELECT ?g WHERE { GRAPH ?g { ?x rdfs:label ?name } } ORDER BY ?g")
    assert by_source == [{"g": OFFICIAL}, {"g": PRESS}]


def test_a_query_at_an_older_commit_sees_the_state_of_that_time(store: Store) -> None:
    for text in ("one", "two"):
        with store.transaction() as tx:
            tx.add(name(text))
    assert rows(store, LABELS, at=1) == [{"name": Literal("one")}]
    assert len(rows(store, LABELS)) == 2
    assert [commit.number for commit in store.history()] == [2, 1]
    assert {quad.graph_name for quad in store.change(2).added} == {NAMES.local}


def test_a_query_that_would_call_another_service_is_refused(store: Store) -> None:
    with pytest.raises(Forbidden):
        rows(store, "SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")


def test_a_query_that_cannot_be_read_names_its_line(store: Store) -> None:
    with pytest.raises(BadSyntax) as caught:
        rows(store, "SELECT ?x\nWHERE { ?x rdfs:label }")
    assert caught.value.line == 2


def test_a_commit_that_does_not_exist_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        rows(store, LABELS, at=7)
