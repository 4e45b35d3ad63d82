"""The Graph Store Protocol over HTTP: whole graphs read, replaced, extended and removed."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from graph.names import Names
from graph.sources import Source
from graph.terms import DEFAULT_GRAPH, Literal
from service.config import Settings

from .service_world import BROWSER, EX, G1, G2, SPOKEN, TURTLE, World, ex, says, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.test import TestResponse

G = {"graph": G1.value}
ONE = f'<{EX}a> <{EX}says> "one" .'
TWO = f'<{EX}a> <{EX}says> "two" .'


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with world_in(tmp_path) as made:
        yield made


def send(  # noqa: PLR0913 - the parts of a request, each by name
    world: World,
    method: str,
    body: str | bytes = b"",
    *,
    to: dict[str, str] | None = None,
    media_type: str = TURTLE,
    encoding: str = "",
) -> TestResponse:
    """Send a graph with a token."""
    return world.client.open(
        "/graphs",
        method=method,
        query_string=G if to is None else to,
        data=body,
        content_type=media_type,
        headers=world.bearer() | {"Content-Encoding": encoding},
    )


def texts(world: World, **to: str) -> set[str]:
    """Return what the nodes of a graph say, as read over HTTP."""
    answer = world.client.get("/graphs", query_string=to or G, headers={"Accept": TURTLE})
    assert answer.status_code == 200, answer.text
    quads = pyoxigraph.parse(answer.data, format=pyoxigraph.RdfFormat.TURTLE)
    return {quad.object.value for quad in quads if isinstance(quad.object, Literal)}


# Reading


def test_an_empty_default_graph_is_there_and_an_unknown_graph_is_not(world: World) -> None:
    for method in ("GET", "HEAD"):
        assert world.client.open("/graphs?default", method=method).status_code == 200
        assert world.client.open("/graphs", method=method, query_string=G).status_code == 404


def test_the_default_graph_is_the_record_of_all_sources(world: World) -> None:
    world.state(says("a", "one"), says("a", "two", G2))

    assert texts(world, default="") == {"one", "two"}
    assert texts(world) == {"one"}


@pytest.mark.parametrize(
    "media_type",
    [
        TURTLE,
        "application/n-triples",
        "application/rdf+xml",
        "application/ld+json",
        "application/trig",
        "application/n-quads",
    ],
)
def test_a_graph_can_be_had_in_every_format(world: World, media_type: str) -> None:
    world.state(says("a", "one"))

    answer = world.client.get("/graphs", query_string=G, headers={"Accept": media_type})

    form = pyoxigraph.RdfFormat.from_media_type(media_type)
    (quad,) = pyoxigraph.parse(answer.data, format=form)
    is_named = media_type in ("application/trig", "application/n-quads")
    assert quad.graph_name == (G1 if is_named else DEFAULT_GRAPH)
    assert answer.mimetype == media_type
    assert (quad.subject, quad.predicate, quad.object) == (ex("a"), SPOKEN, Literal("one"))


def test_a_graph_has_a_tag_for_each_form_and_state(world: World) -> None:
    world.state(says("a", "one"))
    first = world.client.get("/graphs", query_string=G, headers={"Accept": TURTLE})

    def again(accept: str) -> int:
        headers = {"Accept": accept, "If-None-Match": first.headers["ETag"]}
        return world.client.get("/graphs", query_string=G, headers=headers).status_code

    assert again(TURTLE) == 304
    assert again("application/n-triples") == 200
    world.state(says("a", "two"))
    assert again(TURTLE) == 200


def test_a_graph_can_be_read_as_it_was(world: World) -> None:
    world.state(says("a", "one"))
    world.state(says("a", "two"))

    assert texts(world, **G, at="1") == {"one"}
    assert world.client.get("/graphs", query_string=G | {"at": "9"}).status_code == 404


def test_without_a_name_every_graph_is_listed_with_its_source(world: World) -> None:
    press = Names().graph("press")
    source = Source(press, "The evening paper", publisher="A printer", priority=3)
    world.state(*source.quads(Names()), says("a", "one", press))

    listed = world.client.get("/graphs").json
    page = world.client.get("/graphs", headers={"Accept": BROWSER}).get_data(as_text=True)

    assert listed is not None
    assert listed[0] == {
        "graph": press.value,
        "title": "The evening paper",
        "publisher": "A printer",
        "issued": "",
        "origin": "",
        "priority": 3,
        "statements": 1,
        "address": f"http://localhost/graphs?graph={press.value}",
    }
    assert "The evening paper" in page


def test_a_browser_sees_a_graph_node_by_node(world: World) -> None:
    world.state(says("a", "<b>one</b>"))

    page = world.client.get("/graphs", query_string=G, headers={"Accept": BROWSER})

    assert page.mimetype == "text/html"
    assert "&lt;b&gt;one&lt;/b&gt;" in page.get_data(as_text=True)


# Writing


def test_put_makes_a_graph_and_then_replaces_it(world: World) -> None:
    made = send(world, "PUT", ONE)
    replaced = send(world, "PUT", TWO)

    assert made.status_code == 201
    assert made.headers["Location"] == f"http://localhost/graphs?graph={G1.value}"
    assert replaced.status_code == 204
    assert texts(world) == {"two"}


def test_post_adds_to_a_graph(world: World) -> None:
    assert send(world, "POST", ONE).status_code == 201
    assert send(world, "POST", TWO).status_code == 204
    assert texts(world) == {"one", "two"}


def test_delete_removes_a_graph_once(world: World) -> None:
    world.state(says("a", "one"), says("a", "two", G2))

    assert send(world, "DELETE").status_code == 204
    assert send(world, "DELETE").status_code == 404
    assert texts(world, default="") == {"two"}


def test_writing_to_the_default_graph_writes_to_the_graph_without_a_source(world: World) -> None:
    world.state(says("a", "two", G2))

    assert send(world, "PUT", ONE, to={"default": ""}).status_code == 204

    assert texts(world, default="") == {"one", "two"}
    assert texts(world, graph=Names().local.value) == {"one"}
    assert send(world, "DELETE", to={"default": ""}).status_code == 204
    assert texts(world, default="") == {"two"}


def test_a_broken_body_names_its_line_and_leaves_the_old_graph(world: World) -> None:
    send(world, "PUT", ONE)

    answer = send(world, "PUT", f"{TWO}\n<broken")

    assert answer.status_code == 400
    assert answer.json["line"] == 2  # type: ignore[index]
    assert texts(world) == {"one"}


def test_a_graph_that_breaks_a_rule_is_refused_and_the_old_one_stays(world: World) -> None:
    send(world, "PUT", ONE)
    mg = "https://w3id.org/medalgraph/ns#"
    bad = f'<{EX}t> a <{mg}Tenure> ; <{mg}from> "2024" ; <{mg}until> "2020" .'

    answer = send(world, "PUT", bad)

    assert answer.status_code == 422
    assert answer.json["sentences"]  # type: ignore[index]
    assert texts(world) == {"one"}


def test_gzip_is_taken_and_what_only_says_so_is_not(world: World) -> None:
    packed = send(world, "PUT", gzip.compress(ONE.encode()), encoding="gzip")
    plain = send(world, "PUT", TWO, encoding="gzip")
    other = send(world, "PUT", TWO, encoding="br")

    assert (packed.status_code, plain.status_code, other.status_code) == (201, 400, 415)
    assert texts(world) == {"one"}


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b'<a:s> <a:p> "S\xe3o" .', TURTLE),
        (
            b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>',
            "application/rdf+xml",
        ),
        (b'{"@context": "http://127.0.0.1:1/c", "@id": "a:b"}', "application/ld+json"),
    ],
)
def test_hostile_bodies_are_refused(world: World, body: bytes, media_type: str) -> None:
    assert send(world, "PUT", body, media_type=media_type).status_code == 400
    assert world.store.version == 0


def test_a_body_over_the_limit_is_refused_packed_or_not(tmp_path: Path) -> None:
    with world_in(tmp_path, Settings(upload_limit_bytes=1_000)) as world:
        big = "# " + "x" * 2_000
        plain = send(world, "PUT", big)
        packed = send(world, "PUT", gzip.compress(big.encode()), encoding="gzip")

    assert (plain.status_code, packed.status_code) == (413, 413)


@pytest.mark.parametrize("media_type", ["text/plain", "multipart/form-data"])
def test_a_body_that_is_no_rdf_is_unsupported(world: World, media_type: str) -> None:
    answer = send(world, "PUT", ONE, media_type=media_type)

    assert answer.status_code == 415
    assert TURTLE in answer.json["offers"]  # type: ignore[index]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_nothing_is_written_without_a_token_or_without_saying_where(
    world: World, method: str
) -> None:
    world.state(says("a", "one"))

    denied = world.client.open(
        "/graphs", method=method, query_string=G, data=TWO, content_type=TURTLE
    )
    nowhere = send(world, method, TWO, to={})

    assert (denied.status_code, nowhere.status_code) == (401, 400)
    assert "WWW-Authenticate" in denied.headers
    assert texts(world) == {"one"}


def test_a_preflight_is_answered_before_a_token_is_asked_for(world: World) -> None:
    answer = world.client.options("/graphs", query_string=G)

    assert answer.status_code == 204
    assert {"GET", "PUT", "DELETE"} <= set(answer.headers["Allow"].split(", "))
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, POST, OPTIONS"
