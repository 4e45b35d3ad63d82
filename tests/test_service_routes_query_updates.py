"""Updates over HTTP: with a token, all or nothing, and refused in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from graph.terms import Literal, NamedNode
from service.config import Settings

from .service_world import EX, G1, G2, VALUES, World, says, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ADD = f"INSERT DATA {{ GRAPH <{EX}g1> {{ <{EX}new> <{EX}says> 'new' }} }}"
BACKWARDS = """INSERT DATA { GRAPH graph:press {
    tenure:x a mg:Tenure ; mg:from "2024-09-17" ; mg:until "2020-01-01" } }"""
SH = "http://www.w3.org/ns/shacl#"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with world_in(tmp_path) as made:
        yield made


def test_an_update_with_a_token_says_what_it_changed(world: World) -> None:
    answer = world.client.post("/sparql", data={"update": ADD}, headers=world.bearer())

    assert answer.status_code == 200
    assert answer.json is not None
    assert (answer.json["commit"], answer.json["added"], answer.json["removed"]) == (1, 1, 0)
    assert answer.json["graphs"] == [G1.value]
    assert world.values(VALUES) == ["new"]
    assert next(iter(world.store.history())).info.author == "the tests"


def test_an_update_that_changes_nothing_says_so(world: World) -> None:
    world.state(says("new", "new"))

    answer = world.client.post("/sparql", data={"update": ADD}, headers=world.bearer())

    assert answer.json is not None
    assert (answer.status_code, answer.json["commit"], answer.json["added"]) == (200, None, 0)


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer mgt_wrong", "Basic YTpi"])
def test_an_update_without_a_good_token_changes_nothing(world: World, authorization: str) -> None:
    headers = {"Authorization": authorization} if authorization else {}

    by_form = world.client.post("/sparql", data={"update": ADD}, headers=headers)
    by_body = world.client.post(
        "/sparql", data=ADD, content_type="application/sparql-update", headers=headers
    )

    for answer in (by_form, by_body):
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith('Bearer realm="medalgraph"')
    assert world.store.version == 0


def test_a_token_in_the_form_is_no_token(world: World) -> None:
    text, _ = world.book.create("write")

    answer = world.client.post("/sparql", data={"update": ADD, "access_token": text})

    assert answer.status_code == 401


def test_a_token_for_reading_may_not_write(world: World) -> None:
    answer = world.client.post("/sparql", data={"update": ADD}, headers=world.bearer("read"))

    assert answer.status_code == 403
    assert 'scope="write"' in answer.headers["WWW-Authenticate"]
    assert world.store.version == 0


def test_a_read_only_service_takes_no_change_from_anybody(tmp_path: Path) -> None:
    with world_in(tmp_path, Settings(read_only=True)) as world:
        answer = world.client.post("/sparql", data={"update": ADD}, headers=world.bearer("admin"))

        assert answer.status_code == 403
        assert world.store.version == 0


def test_an_update_by_get_changes_nothing(world: World) -> None:
    answer = world.client.get("/sparql", query_string={"update": ADD}, headers=world.bearer())

    assert answer.status_code == 400
    assert world.store.version == 0


@pytest.mark.parametrize(
    ("update", "status"),
    [
        ("INSERT DATA { <a> <b> }", 400),
        ("LOAD <http://127.0.0.1:1/x>", 400),
        (f"INSERT {{ ?s ?p 1 }} WHERE {{ SERVICE <{EX}> {{ ?s ?p ?o }} }}", 400),
    ],
)
def test_an_update_that_cannot_be_made_changes_nothing(
    world: World, update: str, status: int
) -> None:
    answer = world.client.post("/sparql", data={"update": update}, headers=world.bearer())

    assert answer.status_code == status
    assert world.store.version == 0


def test_an_update_that_breaks_a_rule_is_refused_in_sentences(world: World) -> None:
    answer = world.client.post("/sparql", data={"update": BACKWARDS}, headers=world.bearer())

    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert answer.json is not None
    assert answer.json["type"].endswith("/problem/refused")
    assert any("ends before it begins" in said for said in answer.json["sentences"])
    assert answer.json["report"]
    assert world.store.version == 0


COPY = f"INSERT {{ GRAPH <{EX}g3> {{ ?s ?p ?v }} }} WHERE {{ ?s ?p ?v }}"
FROM_NAMED = f"INSERT {{ GRAPH <{EX}g3> {{ ?s ?p ?v }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?v }} }}"


@pytest.mark.parametrize(
    ("update", "named", "copied"),
    [
        (COPY, {}, ["one", "two"]),
        (COPY, {"using-graph-uri": G1.value}, ["one"]),
        (COPY, {"using-graph-uri": [G1.value, G2.value]}, ["one", "two"]),
        (COPY, {"using-named-graph-uri": G1.value}, []),
        (COPY, {"using-graph-uri": f"{EX}unknown"}, []),
        (FROM_NAMED, {"using-named-graph-uri": G2.value}, ["two"]),
        (FROM_NAMED, {"using-graph-uri": G2.value}, []),
    ],
)
def test_where_reads_the_graphs_that_the_request_names(
    world: World, update: str, named: dict[str, str | list[str]], copied: list[str]
) -> None:
    world.state(says("a", "one"), says("b", "two", G2))

    answer = world.client.post("/sparql", data={"update": update, **named}, headers=world.bearer())

    assert answer.status_code == 200, answer.text
    with world.store.read() as state:
        found = [quad.object.value for quad in state.quads(graph=NamedNode(f"{EX}g3"))]  # type: ignore[union-attr] # they are literals
    assert sorted(found) == copied


@pytest.mark.parametrize(
    "update",
    [
        f"WITH <{EX}g1> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        f"DELETE {{ GRAPH <{EX}g1> {{ ?s ?p ?o }} }} USING <{EX}g1> WHERE {{ ?s ?p ?o }}",
        f"DELETE {{ GRAPH <{EX}g1> {{ ?s ?p ?o }} }} USING NAMED <{EX}g1> WHERE {{ ?s ?p ?o }}",
    ],
)
def test_graphs_are_named_by_the_request_or_by_the_update_but_not_by_both(
    world: World, update: str
) -> None:
    world.state(says("a", "one"))

    answer = world.client.post(
        "/sparql", data={"update": update, "using-graph-uri": G1.value}, headers=world.bearer()
    )

    assert (answer.status_code, world.store.version) == (400, 1)
    assert answer.json["line"] == 1  # type: ignore[index]


def test_a_dry_run_tells_what_would_change_and_keeps_nothing(world: World) -> None:
    answer = world.client.post(
        "/sparql", data={"update": ADD, "dry-run": "true"}, headers=world.bearer()
    )

    assert answer.status_code == 200
    assert answer.json == {
        "dry_run": True,
        "snapshot": 0,
        "added": 1,
        "removed": 0,
        "graphs": [G1.value],
        "conforms": True,
        "sentences": [],
        "problems": 0,
        "patch": [f'A <{EX}new> <{EX}says> "new" <{EX}g1> .\n'],
        "rows": 1,
    }
    assert world.store.version == 0


def test_a_dry_run_of_a_change_that_would_be_refused_says_why(world: World) -> None:
    answer = world.client.post(
        "/sparql", data={"update": BACKWARDS, "dry-run": "true"}, headers=world.bearer()
    )

    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["conforms"] is False
    assert any("ends before it begins" in said for said in answer.json["sentences"])


@pytest.mark.parametrize("said", ["yes", "1", ""])
def test_a_dry_run_is_asked_for_in_one_way(world: World, said: str) -> None:
    answer = world.client.post(
        "/sparql", data={"update": ADD, "dry-run": said}, headers=world.bearer()
    )

    assert answer.status_code == (400 if said else 200)


def test_a_change_made_for_a_state_that_is_past_is_a_conflict(world: World) -> None:
    world.state(says("a", "one"))

    late = world.client.post(
        "/sparql", data={"update": ADD, "expected": "0"}, headers=world.bearer()
    )
    in_time = world.client.post(
        "/sparql", data={"update": ADD, "expected": "1"}, headers=world.bearer()
    )

    assert (late.status_code, in_time.status_code) == (409, 200)
    assert (late.json["expected"], late.json["found"]) == (0, 1)  # type: ignore[index]


@pytest.mark.parametrize(
    "media_type", ["text/turtle", "application/ld+json", "application/n-quads"]
)
def test_a_refusal_is_a_validation_report_for_who_asks_for_rdf(
    world: World, media_type: str
) -> None:
    answer = world.client.post(
        "/sparql",
        data={"update": BACKWARDS},
        headers=world.bearer() | {"Accept": f"{media_type}, application/json;q=0.5"},
    )

    assert (answer.status_code, answer.mimetype) == (422, media_type)
    form = pyoxigraph.RdfFormat.from_media_type(media_type)
    assert form is not None
    said = {(quad.predicate.value, quad.object) for quad in pyoxigraph.parse(answer.data, form)}
    assert (f"{SH}conforms", Literal(value=False)) in said
    assert (f"{SH}resultSeverity", NamedNode(f"{SH}Violation")) in said


def test_who_asks_for_rdf_and_makes_another_mistake_gets_a_problem(world: World) -> None:
    answer = world.client.post(
        "/sparql",
        data={"update": "INSERT"},
        headers=world.bearer() | {"Accept": "text/turtle"},
    )

    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


def test_a_change_is_written_down_with_who_made_it_and_from_where(world: World) -> None:
    headers = world.bearer() | {"Medalgraph-Message": "São Tomé".encode().decode("latin-1")}

    answer = world.client.post(
        "/sparql",
        data={"update": ADD},
        headers=headers,
        environ_overrides={"REMOTE_ADDR": "203.0.113.7"},
    )

    info = world.store.commit(1).info
    assert (info.author, info.message, info.client) == ("the tests", "São Tomé", "203.0.113.7")
    assert info.request == answer.headers["Medalgraph-Request-Id"]
    assert info.token == world.book.tokens()[0].id


def test_a_token_for_one_graph_changes_that_graph_only(world: World) -> None:
    world.state(says("a", "one"), says("b", "two", G2))
    text, _ = world.book.create("write", graph=G1.value)
    headers = {"Authorization": f"Bearer {text}"}

    for update in (
        f"INSERT DATA {{ GRAPH <{EX}g2> {{ <{EX}x> <{EX}says> 'x' }} }}",
        "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
        "CLEAR ALL",
    ):
        denied = world.client.post("/sparql", data={"update": update}, headers=headers)
        assert denied.status_code == 403, update
        assert f"<{EX}g2>" in denied.json["detail"]  # type: ignore[index]
    allowed = world.client.post("/sparql", data={"update": ADD}, headers=headers)
    unnamed = world.client.post(
        "/sparql", data={"update": f"INSERT DATA {{ <{EX}y> <{EX}says> 'y' }}"}, headers=headers
    )

    assert (allowed.status_code, unnamed.status_code) == (200, 200)
    assert unnamed.json["graphs"] == [G1.value]  # type: ignore[index]
