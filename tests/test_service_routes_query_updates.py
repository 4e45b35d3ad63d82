"""Updates over HTTP: with a token, all or nothing, and refused in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.config import Settings

from .service_world import EX, G1, VALUES, World, says, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ADD = f"INSERT DATA {{ GRAPH <{EX}g1> {{ <{EX}new> <{EX}says> 'new' }} }}"


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
    update = """INSERT DATA { GRAPH graph:press {
        tenure:x a mg:Tenure ; mg:from "2024-09-17" ; mg:until "2020-01-01" } }"""

    answer = world.client.post("/sparql", data={"update": update}, headers=world.bearer())

    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert answer.json is not None
    assert answer.json["type"].endswith("/problem/refused")
    assert any("ends before it begins" in said for said in answer.json["sentences"])
    assert answer.json["report"]
    assert world.store.version == 0


def test_graphs_for_an_update_are_written_into_it_for_now(world: World) -> None:
    answer = world.client.post(
        "/sparql",
        data={"update": ADD, "using-graph-uri": G1.value},
        headers=world.bearer(),
    )

    assert answer.status_code == 501
    assert "USING" in answer.json["hint"]  # type: ignore[index]
