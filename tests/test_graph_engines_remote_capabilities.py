"""How real engines differ, each difference with its name, and what is done about it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import QuerySolutions, QueryTriples

from graph.change import Change
from graph.engines.base import CommitInfo
from graph.engines.remote.capabilities import Capabilities
from graph.engines.remote.client import Client
from graph.engines.remote.dialect import HABITS, habits_of
from graph.engines.remote.engine import RemoteEngine
from graph.engines.remote.layout import RECORD
from graph.engines.remote.literals import KINDS, NOT_A_NUMBER
from graph.errors import AnswerCut, BadTerm
from graph.lexical import spelled_literal
from graph.names import XSD
from graph.terms import Literal, NamedNode, Quad
from tests.contracts.engines import address_of
from tests.statements import SAYS, commit, name, stated

if TYPE_CHECKING:
    from tests.real_engines import RealEngine, VirtuosoServer

DIFFERENCES: dict[str, dict[str, object]] = {
    "oxigraph": {
        "update": True,
        "heeds_dataset": True,
        "graph_store": True,
        "transactions": True,
        "union_default_graph": False,
        "merges_graphs": False,
        "describes_subjects": True,
        "deletes_typed": True,
        "request_statements": 20_000,
        "row_limit": None,
        "address_bytes": 65_536,
    },
    "virtuoso": {
        "update": True,
        "heeds_dataset": True,
        "graph_store": True,
        "transactions": False,
        "union_default_graph": True,
        "merges_graphs": False,
        "describes_subjects": False,
        "deletes_typed": False,
        "request_statements": 1_000,
        "row_limit": 10_000,
        "address_bytes": 1_800,
    },
}
ALTERED = {
    "oxigraph": set[str](),
    "virtuoso": {
        "whole decimals",
        "decimals of more than fifteen digits",
        "integers beyond 63 bits",
        "years before the first",
        "times of day",
        "durations",
        "numbers that are none",
        "truth values that are none",
        "geometries",
        "XML and HTML",
    },
}
HABITS_OF = {"oxigraph": set[str](), "virtuoso": {habit.name for habit in HABITS}}
MANY = 25_000
_NOT_A_NUMBER = """SELECT ?o WHERE { GRAPH ?g { ?s ?p ?o } FILTER(STR(?o) = "NaN"
  && STRSTARTS(STR(DATATYPE(?o)), "http://www.w3.org/2001/XMLSchema#")) }"""


@pytest.fixture(params=sorted(DIFFERENCES))
def server(request: pytest.FixtureRequest) -> RealEngine:
    found: RealEngine = request.getfixturevalue(f"{request.param}_server")
    found.empty()
    return found


def test_each_difference_is_found_and_nothing_is_left_of_the_probes(server: RealEngine) -> None:
    can = Capabilities(Client(address_of(server)))
    expected = DIFFERENCES[server.name]
    assert {word: getattr(can, word) for word in expected} == expected
    assert can.altered == ALTERED[server.name]
    assert can.habits == HABITS_OF[server.name]
    probes = "SELECT * WHERE { GRAPH ?g { ?s ?p ?o } FILTER CONTAINS(STR(?g), '/probe/') }"
    assert server.ask(probes) == []


def test_literals_of_every_kind_come_back_as_they_were(server: RealEngine) -> None:
    samples = [
        spelled_literal(sample) for kind in (*KINDS, NOT_A_NUMBER) for sample in kind.samples
    ]
    quads = {
        Quad(name(f"s{number}"), SAYS, sample, name("g")) for number, sample in enumerate(samples)
    }
    with RemoteEngine.create(address_of(server)) as engine:
        commit(engine, *quads)
        assert server.ask(_NOT_A_NUMBER) == []
        with engine.read() as reader:
            assert stated(reader) == quads
            assert all(map(reader.contains, quads))
            rows = reader.query("SELECT ?s ?o { GRAPH ?g { ?s ?p ?o } }")
            assert isinstance(rows, QuerySolutions)
            assert {(row["s"], row["o"]) for row in rows} == {(q.subject, q.object) for q in quads}
        assert engine.change(1).added == quads
        commit(engine, removed=tuple(quads))
        with engine.read() as reader:
            assert stated(reader) == set()
    for graph in (RECORD, name("g")):
        assert server.ask(f"SELECT * WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}") == []


@pytest.mark.parametrize(
    "text",
    [
        *("", " lead and trail ", "tab\tline\nreturn\rquote\"backslash\\apostrophe'"),
        *("\x01\x02\x1f\x7f", "\u0085\u2028\ufeff\ufffd", "medal \U0001f3c5 clef \U0001d11e"),
        *("e\u0301 \u00e9", "<&>", "?x $y ${z} %s", "a;b--c /* */ #x", "^{x}^ ?? {{}}"),
        *("\u00e9" * 5_000, "long " * 20_000),
    ],
)
def test_texts_come_back_to_the_letter(server: RealEngine, text: str) -> None:
    quads = {
        Quad(name("s"), SAYS, Literal(text), name("g")),
        Quad(name("s"), SAYS, Literal(text, language="en-GB"), name("g")),
    }
    with RemoteEngine.create(address_of(server)) as engine:
        commit(engine, *quads)
        with engine.read() as reader:
            assert stated(reader) == quads
            answer = reader.query("SELECT ?o WHERE { ?s ?p ?o }")
            assert isinstance(answer, QuerySolutions)
            assert {row["o"] for row in answer} == {quad.object for quad in quads}


def test_truth_values_and_numbers_are_answered_as_the_embedded_engine_spells_them(
    server: RealEngine,
) -> None:
    true = Literal("true", datatype=NamedNode(XSD + "boolean"))
    with RemoteEngine.create(address_of(server)) as engine:
        commit(engine, Quad(name("s"), SAYS, true, name("g")))
        with engine.read() as reader:
            answer = reader.query("SELECT ?o ((1.5 + 1.5) AS ?n) WHERE { ?s ?p ?o }")
            assert isinstance(answer, QuerySolutions)
            assert [next(iter(row)) for row in answer] == [true]


def test_an_answer_that_the_engine_would_cut_is_whole(server: RealEngine) -> None:
    quads = (
        Quad(name(f"s{number:05}"), SAYS, Literal(f"{number}"), name("g")) for number in range(MANY)
    )
    with RemoteEngine.create(address_of(server)) as engine:
        with engine.draft() as draft:
            draft.bulk_add(quads)
            draft.publish(CommitInfo(kind="load"))
        with engine.read() as reader:
            solutions = reader.query("SELECT ?s ?o WHERE { ?s ?p ?o } ORDER BY ?s")
            assert isinstance(solutions, QuerySolutions)
            assert [row["o"].value for row in solutions] == [str(n) for n in range(MANY)]
        for end, rows in (
            (f"LIMIT {MANY - 1}", range(MANY - 1)),
            ("OFFSET 5000", range(5_000, MANY)),
            ("LIMIT 3 OFFSET 10001", range(10_001, 10_004)),
        ):
            with engine.read() as reader:
                part = reader.query(f"SELECT ?o WHERE {{ ?s ?p ?o }} ORDER BY ?s {end}")
                assert isinstance(part, QuerySolutions)
                assert [row["o"].value for row in part] == [str(n) for n in rows]
        with engine.read() as reader:
            unsorted = reader.query("SELECT ?o WHERE { ?s ?p ?o } OFFSET 5000")
            assert isinstance(unsorted, QuerySolutions)
            assert len({row["o"] for row in unsorted}) == MANY - 5_000
        with engine.read() as reader:
            triples = reader.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
            assert isinstance(triples, QueryTriples)
            assert sum(1 for _ in triples) == MANY
        with engine.read() as reader:
            assert sum(1 for _ in reader.quads()) == MANY
            assert sum(1 for _ in reader.quads(predicate=SAYS)) == MANY


def test_virtuoso_cuts_in_silence_what_is_whole_here(virtuoso_server: RealEngine) -> None:
    triples = " ".join(f"<urn:s{number}> <urn:p> '{number}' ." for number in range(1_000))
    for part in range(11):
        virtuoso_server.tell(
            f"INSERT DATA {{ GRAPH <urn:many> {{ {triples.replace('urn:p', f'urn:p{part}')} }} }}"
        )
    try:
        rows = virtuoso_server.ask("SELECT ?s WHERE { GRAPH <urn:many> { ?s ?p ?o } }")
        assert len(rows) == 10_000
    finally:
        virtuoso_server.tell("DROP SILENT GRAPH <urn:many>")


def test_an_answer_for_which_the_engine_had_no_time_is_an_error(
    virtuoso_server: VirtuosoServer,
) -> None:
    virtuoso_server.empty()
    triples = " ".join(f"<urn:s{number}> <urn:p> '{number}' ." for number in range(200))
    virtuoso_server.tell(f"INSERT DATA {{ GRAPH <urn:many> {{ {triples} }} }}")
    asked = (
        "SELECT (COUNT(*) AS ?n) WHERE { ?a ?p ?b . ?c ?p ?d . ?e ?p ?f . ?g ?p ?h"
        " FILTER(CONTAINS(STR(?b), STR(?d)) && CONTAINS(STR(?f), STR(?h))) }"
    )
    address = address_of(virtuoso_server)
    hasty = replace(address, query=f"{address.query}?timeout=1000")
    with pytest.raises(AnswerCut, match="no time for more than a part"):
        Client(hasty).query(asked, default=[NamedNode("urn:many")])


def test_a_change_that_is_too_large_for_one_request_is_one_commit(server: RealEngine) -> None:
    quads = {Quad(name(f"s{n}"), SAYS, Literal(f"{n}"), name("g")) for n in range(3_000)}
    kept = set(sorted(quads, key=str)[:10])
    with RemoteEngine.create(address_of(server)) as engine:
        commit(engine, *quads)
        commit(engine, removed=tuple(quads - kept))
        with engine.read() as reader:
            assert stated(reader) == kept
        assert engine.change(2) == Change.of([], quads - kept)
    staged = "SELECT * WHERE { GRAPH ?g { ?s ?p ?o } FILTER CONTAINS(STR(?g), '/staging/') }"
    assert server.ask(staged) == []


def test_an_address_that_the_engine_would_cut_is_refused(virtuoso_server: RealEngine) -> None:
    virtuoso_server.empty()
    long = Quad(NamedNode("https://example.org/" + "l" * 2_000), SAYS, Literal("x"), name("g"))
    with (
        RemoteEngine.create(address_of(virtuoso_server)) as engine,
        engine.draft() as draft,
        pytest.raises(BadTerm, match="2,020 bytes; the remote store keeps 1,800 at most"),
    ):
        draft.apply(Change.of([long]))


@pytest.mark.parametrize(
    ("asked", "right"),
    [
        ("SELECT (SUM(?x) AS ?v) { ?s <urn:none> ?x }", ["0"]),
        ("SELECT (AVG(?x) AS ?v) { ?s <urn:none> ?x }", ["0"]),
        ("SELECT ?v { BIND(7 / 2 AS ?v) }", ["3.5"]),
        ("SELECT ?v { BIND(COALESCE(1 / 0, 'c') AS ?v) }", ["c"]),
        ("SELECT ?v { ?s ex:says ?v MINUS { ?a ex:next ?b } }", ["30"]),
        ("SELECT ?v { BIND(CONCAT('a'@en, 'b'@en) AS ?w) BIND(LANG(?w) AS ?v) }", ["en"]),
        ("SELECT ?v { BIND(ENCODE_FOR_URI('ä b/c') AS ?v) }", ["%C3%A4%20b%2Fc"]),
        ("SELECT ?v { ex:a ex:next+ ?v }", ["http://example.org/a", "http://example.org/b"]),
        ("SELECT ?v { ?v ex:says 30.0 }", []),
        ("SELECT ?v { ?v ex:says 30 }", ["http://example.org/a"]),
    ],
)
def test_what_an_engine_would_answer_otherwise_is_right(
    server: RealEngine, asked: str, right: list[str]
) -> None:
    thirty = Literal("30", datatype=NamedNode(XSD + "integer"))
    with RemoteEngine.create(address_of(server)) as engine:
        commit(
            engine,
            Quad(name("a"), name("next"), name("b"), name("g")),
            Quad(name("b"), name("next"), name("a"), name("g")),
            Quad(name("a"), SAYS, thirty, name("g")),
        )
        with engine.read() as reader:
            answer = reader.query(f"PREFIX ex: <http://example.org/> {asked}")
            assert isinstance(answer, QuerySolutions)
            assert sorted(row["v"].value for row in answer) == right


def test_a_description_is_what_is_said_of_a_thing(server: RealEngine) -> None:
    said = Quad(name("a"), SAYS, Literal("x"), name("g"))
    with RemoteEngine.create(address_of(server)) as engine:
        commit(engine, said, Quad(name("b"), SAYS, name("a"), name("g")))
        with engine.read() as reader:
            answer = reader.query(f"DESCRIBE {name('a')}")
            assert isinstance(answer, QueryTriples)
            assert [(t.subject, t.predicate, t.object) for t in answer] == [
                (said.subject, said.predicate, said.object)
            ]


@pytest.mark.parametrize(
    ("end", "habits"),
    [
        ("OFFSET 2", {"OFFSET without LIMIT"}),
        ("LIMIT 5 OFFSET 2", set()),
        ("OFFSET 2 LIMIT 5", set()),
        ("ORDER BY ?s LIMIT 10000", set()),
        ("LIMIT 10001", set()),
        (
            "ORDER BY ?s LIMIT 1 OFFSET 10000",
            {"ORDER BY with LIMIT or OFFSET beyond 10,000 rows"},
        ),
    ],
)
def test_queries_that_pass_rows_over_are_told_apart(end: str, habits: set[str]) -> None:
    assert habits_of(f"SELECT ?s WHERE {{ ?s ?p ?o }} {end}") == habits
    outer = "LIMIT 9" if end.startswith("OFFSET 2") else ""
    assert (
        habits_of(f"SELECT ?s WHERE {{ {{ SELECT ?s {{ ?s ?p ?o }} {end} }} }} {outer}") == habits
    )
