"""Restricted sources are there for who brings a token, and for nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.names import Names
from graph.terms import Literal, NamedNode, Quad

from .service_world import BROWSER, EX, JSON, TURTLE, World, says, world_in, world_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.command_line import CommandLine

SECRET = Names().graph("restricted-classes")
ASKED = "SELECT ?o { GRAPH graph:restricted-classes { ?s ?p ?o } }"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with world_in(tmp_path) as made:
        hidden = Quad(NamedNode(f"{EX}ana"), NamedNode(f"{EX}class"), Literal("S9"), SECRET)
        made.state(says("a", "x"), hidden)
        made.state(says("b", "y"))
        yield made


def ask(world: World, query: str, scope: str = "", **params: str) -> list[str]:
    headers = {"Accept": JSON} | (world.bearer(scope) if scope else {})
    answer = world.client.get("/sparql", query_string={"query": query, **params}, headers=headers)
    assert answer.json is not None
    return [row["o"]["value"] for row in answer.json["results"]["bindings"]]


@pytest.mark.parametrize("scope", ["read", "write", "admin"])
def test_with_a_token_a_restricted_source_is_found_in_its_graph(world: World, scope: str) -> None:
    assert ask(world, ASKED, scope) == ["S9"]
    assert ask(world, ASKED, scope, at="1") == ["S9"]
    assert ask(world, f"SELECT ?o {{ <{EX}ana> ?p ?o }}", scope) == []


def test_without_one_it_is_nowhere(world: World) -> None:
    assert ask(world, ASKED) == []
    assert ask(world, ASKED, at="1") == []
    assert ask(world, "SELECT ?o { GRAPH ?g { ?s <http://ex/class> ?o } }") == []
    graph = {"graph": SECRET.value}
    assert world.client.get("/graphs", query_string=graph).status_code == 404
    for path in ("/", "/graphs", "/sparql"):
        for accept in (BROWSER, TURTLE, "application/json"):
            text = world.client.get(path, headers={"Accept": accept}).get_data(as_text=True)
            assert "restricted-classes" not in text


def test_no_explanation_tells_of_it(world: World) -> None:
    for query in (ASKED, "SELECT * { ?s <http://ex/clas> ?o }", "SELECT * { ?s ?p 's9' }"):
        text = world.ask(query, explain="empty", accept="*/*").text
        assert "S9" not in text
        assert "http://ex/class" not in text


def test_its_document_is_there_with_a_token(world: World) -> None:
    headers = {"Accept": TURTLE, **world.bearer("read")}
    answer = world.client.get("/graphs", query_string={"graph": SECRET.value}, headers=headers)
    assert answer.status_code == 200
    assert '"S9"' in answer.text
    assert "private" in answer.headers["Cache-Control"]
    assert "Authorization" in answer.headers["Vary"]


def test_a_tag_of_one_who_sees_more_is_no_tag_of_others(world: World) -> None:
    query = {"query": "SELECT ?o { GRAPH ?g { ?s ?p ?o } }"}
    seen = world.client.get("/sparql", query_string=query, headers=world.bearer("read"))
    headers = {"If-None-Match": seen.headers["ETag"]}
    assert world.client.get("/sparql", query_string=query, headers=headers).status_code == 200


def test_a_wrong_token_is_told_and_not_overlooked(world: World) -> None:
    headers = {"Authorization": "Bearer mgt_00000000_wrong"}
    answer = world.client.get("/sparql", query_string={"query": ASKED}, headers=headers)
    assert answer.status_code == 401


def test_a_document_that_was_read_with_a_token_can_be_overwritten_safely(world: World) -> None:
    bearer, graph = world.bearer(), {"graph": SECRET.value}
    read = world.client.get("/graphs", query_string=graph, headers={"Accept": TURTLE, **bearer})
    headers = {**bearer, "If-Match": read.headers["ETag"], "Content-Type": TURTLE}
    body = f'<{EX}ana> <{EX}class> "S10" .'
    answer = world.client.put("/graphs", query_string=graph, headers=headers, data=body)
    assert answer.status_code == 204
    again = world.client.put("/graphs", query_string=graph, headers=headers, data=body)
    assert again.status_code == 412


def test_an_export_leaves_it_out_unless_it_is_asked_for(medalgraph: CommandLine) -> None:
    medalgraph.do(
        "update",
        "INSERT DATA { GRAPH graph:restricted-x { <http://ex/a> <http://ex/p> 's9' }"
        " GRAPH graph:open { <http://ex/a> <http://ex/p> 'o' } }",
    )
    assert "s9" not in medalgraph.do("export").out
    assert "s9" in medalgraph.do("export", "--restricted").out
    assert "s9" in medalgraph.do("export", "--graph", "restricted-x").out
    assert "s9" not in medalgraph.do("query", "SELECT * { ?s ?p ?o }").out


def test_what_a_restricted_source_is_called_is_restricted_too(
    medalgraph: CommandLine, tmp_path: Path
) -> None:
    sheet = tmp_path / "classes.ttl"
    sheet.write_text("<http://ex/a> <http://ex/p> 's9' .")
    named = ("--title", "Frobnitz sheets", "--publisher", "Panel", "--priority", 1)
    medalgraph.do("load", sheet, "--source", "restricted-classes", *named)
    for words in (
        ["query", "SELECT * { ?s ?p ?o }"],
        ["export"],
        ["export", "-", "--format", "csv", "--table", "sources"],
    ):
        said = medalgraph.do(*words).out
        assert "Frobnitz" not in said
        assert "restricted" not in said
    for words in (["export", "--restricted"], ["export", "--graph", "restricted-meta"]):
        assert "Frobnitz sheets" in medalgraph.do(*words).out
    with world_of(medalgraph.store) as world:
        assert ask(world, "SELECT ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }") == []
        page = "/id/graph/restricted-classes.html"
        assert world.client.get(page).status_code == 404
        assert "Frobnitz" in world.client.get(page, headers=world.bearer("read")).text
        for path in ("/id/graph/restricted-meta", "/id/graph/restricted-meta.ttl"):
            assert world.client.get(path).status_code == 404
        asked = {"graph": Names().restricted_meta.value}
        assert world.client.get("/graphs", query_string=asked).status_code == 404
