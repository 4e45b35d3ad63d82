"""Changing graphs over HTTP: by an update, by several files, under conditions, and as a trial."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from graph.terms import NamedNode

from .service_world import EX, G1, G2, SPOKEN, TURTLE, World, says, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.test import TestResponse

ONE = f'<{EX}a> <{EX}says> "one" .'
TWO = f'<{EX}a> <{EX}says> "two" .'
UPDATE = "application/sparql-update"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with world_in(tmp_path) as made:
        yield made


def send(  # noqa: PLR0913 - the parts of a request, each by name
    world: World,
    method: str,
    body: str = "",
    *,
    graph: str = G1.value,
    address: str = "/graphs",
    media_type: str = TURTLE,
    headers: dict[str, str] | None = None,
) -> TestResponse:
    """Send a change with a token; without ``graph`` the address says it all."""
    return world.client.open(
        address,
        method=method,
        query_string={"graph": graph} if graph else None,
        data=body,
        content_type=media_type,
        headers=world.bearer() | (headers or {}),
    )


def texts(world: World, graph: NamedNode = G1) -> set[str]:
    """Return what the nodes of a graph say."""
    with world.store.read() as state:
        return {quad.object.value for quad in state.quads(predicate=SPOKEN, graph=graph)}  # type: ignore[union-attr] # they are literals


def tag_of(world: World, media_type: str = TURTLE) -> str:
    answer = world.client.get(
        "/graphs", query_string={"graph": G1.value}, headers={"Accept": media_type}
    )
    return answer.headers["ETag"]


# PATCH


def test_an_update_changes_the_graph_it_is_sent_to_and_sees_no_other(world: World) -> None:
    world.state(says("a", "one"), says("b", "two", G2))
    update = "DELETE { ?s ?p ?o } INSERT { ?s ?p 'new' } WHERE { ?s ?p ?o }"

    answer = send(world, "PATCH", update, media_type=UPDATE)

    assert answer.status_code == 204
    assert (texts(world), texts(world, G2)) == ({"new"}, {"two"})


def test_an_update_for_one_graph_that_would_change_another_is_refused(world: World) -> None:
    world.state(says("b", "two", G2))

    for update in (f"INSERT DATA {{ GRAPH <{EX}g2> {{ {ONE} }} }}", "CLEAR ALL"):
        answer = send(world, "PATCH", update, media_type=UPDATE)
        assert answer.status_code == 422, update
        assert G2.value in answer.json["detail"]  # type: ignore[index]

    assert texts(world, G2) == {"two"}
    assert world.store.version == 1


def test_a_patch_may_make_the_graph(world: World) -> None:
    answer = send(world, "PATCH", f"INSERT DATA {{ {ONE} }}", media_type=UPDATE)

    assert answer.status_code == 201
    assert world.client.get(answer.headers["Location"]).status_code == 200


def test_a_patch_is_an_update_and_nothing_else(world: World) -> None:
    answer = send(world, "PATCH", ONE)

    assert (answer.status_code, answer.json["offers"]) == (415, [UPDATE])  # type: ignore[index]


# The address as the name of a graph, and a graph without a name


def test_a_graph_can_be_named_by_its_own_address(world: World) -> None:
    address = "/graphs/reports/paris"

    made = send(world, "PUT", ONE, graph="", address=address)
    again = send(world, "POST", TWO, graph="", address=address)

    assert (made.status_code, again.status_code) == (201, 204)
    assert made.headers["Location"] == f"http://localhost{address}"
    assert texts(world, NamedNode(f"http://localhost{address}")) == {"one", "two"}
    assert world.client.head(address).status_code == 200
    by_name = world.client.get("/graphs", query_string={"graph": f"http://localhost{address}"})
    assert by_name.status_code == 200
    assert send(world, "DELETE", graph="", address=address).status_code == 204
    assert world.client.get(address).status_code == 404


def test_an_address_and_a_parameter_that_name_two_graphs_are_refused(world: World) -> None:
    assert send(world, "PUT", ONE, address="/graphs/a").status_code == 400


def test_a_post_without_a_graph_makes_a_new_one_each_time(world: World) -> None:
    first = send(world, "POST", ONE, graph="")
    second = send(world, "POST", ONE, graph="")

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.headers["Location"] != second.headers["Location"]
    assert texts(world, NamedNode(first.headers["Location"])) == {"one"}


# Several documents


def form(world: World, *files: tuple[bytes, str, str], method: str = "POST") -> TestResponse:
    """Send files, each with its content, name and media type, as a form."""
    return world.client.open(
        "/graphs",
        method=method,
        query_string={"graph": G1.value},
        data={
            f"file{n}": (BytesIO(content), name, kind)
            for n, (content, name, kind) in enumerate(files)
        },
        headers=world.bearer(),
    )


def test_several_files_become_one_commit(world: World) -> None:
    answer = form(
        world,
        (ONE.encode(), "a.ttl", ""),
        (f'[{{"@id": "{EX}b", "{EX}says": "two"}}]'.encode(), "b", "application/ld+json"),
    )

    assert answer.status_code == 201, answer.text
    assert (texts(world), world.store.version) == ({"one", "two"}, 1)


def test_a_blank_node_belongs_to_its_own_document(world: World) -> None:
    same = f'_:x <{EX}says> "x" .'.encode()

    form(world, (same, "a.nt", ""), (same.replace(b'"x"', b'"y"'), "b.ttl", ""))

    with world.store.read() as state:
        assert len({quad.subject for quad in state.quads(graph=G1)}) == 2


@pytest.mark.parametrize(
    ("files", "status"),
    [
        ([(b"<broken", "a.ttl", "")], 400),
        ([(ONE.encode(), "a.ttl", ""), (b"%PDF", "b.pdf", "application/pdf")], 415),
        ([(ONE.encode(), "a.ttl", ""), (b"<broken", "b.ttl", "")], 400),
        ([(b"\x1f\x8b\x08", "a.ttl.gz", "")], 400),
    ],
)
def test_of_several_files_all_are_kept_or_none(
    world: World, files: list[tuple[bytes, str, str]], status: int
) -> None:
    assert form(world, *files).status_code == status
    assert world.store.version == 0


@pytest.mark.parametrize(
    "media_type", ["multipart/form-data", "multipart/form-data; boundary=other", "multipart/mixed"]
)
def test_a_form_that_is_none_is_refused(world: World, media_type: str) -> None:
    answer = send(world, "POST", "--x\r\n\r\n--x--", media_type=media_type)

    assert answer.status_code == (415 if "mixed" in media_type else 400)


def test_a_graph_is_replaced_by_one_document(world: World) -> None:
    assert form(world, (ONE.encode(), "a.ttl", ""), method="PUT").status_code == 415


# Conditions


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_a_change_may_be_made_for_the_graph_as_it_was_read(world: World, method: str) -> None:
    world.state(says("a", "one"))
    read = tag_of(world)
    world.state(says("b", "elsewhere", G2))

    answer = send(world, method, TWO, headers={"If-Match": read})
    late = send(world, method, ONE, headers={"If-Match": read})

    assert (answer.status_code, late.status_code) == (204, 412)
    assert "commit 3" in late.json["detail"]  # type: ignore[index]
    assert world.store.version == 3


def test_the_tag_of_any_form_will_do_and_an_invented_one_will_not(world: World) -> None:
    world.state(says("a", "one"))

    for wrong in ('"1-0"', 'W/"1-0"', '"999-abc"', '"x"'):
        assert send(world, "PUT", TWO, headers={"If-Match": wrong}).status_code == 412, wrong
    assert texts(world) == {"one"}
    read = tag_of(world, "application/ld+json")
    assert send(world, "PUT", TWO, headers={"If-Match": f'"x", {read}'}).status_code == 204


def test_a_graph_may_be_made_only_if_it_is_new(world: World) -> None:
    new = {"If-None-Match": "*"}
    there = {"If-Match": "*"}

    assert send(world, "PUT", ONE, headers=there).status_code == 412
    assert send(world, "PUT", ONE, headers=new).status_code == 201
    assert send(world, "PUT", TWO, headers=new).status_code == 412
    assert texts(world) == {"one"}
    assert send(world, "PUT", TWO, headers=there).status_code == 204


def test_the_whole_record_changes_with_every_commit(world: World) -> None:
    world.state(says("a", "one"))
    read = world.client.get("/graphs?default", headers={"Accept": TURTLE}).headers["ETag"]
    world.state(says("b", "two", G2))

    answer = send(
        world, "PUT", ONE, graph="", address="/graphs?default", headers={"If-Match": read}
    )

    assert answer.status_code == 412


def test_a_dry_run_of_a_graph_tells_what_would_change(world: World) -> None:
    world.state(says("a", "one"))
    tried = f"/graphs?{urlencode({'graph': G1.value, 'dry-run': 'true'})}"

    answer = send(world, "PUT", TWO, graph="", address=tried)
    removed = send(world, "DELETE", graph="", address=tried)

    assert (answer.status_code, removed.status_code) == (200, 200)
    assert answer.json is not None
    assert (answer.json["added"], answer.json["removed"], answer.json["conforms"]) == (1, 1, True)
    assert (texts(world), world.store.version) == ({"one"}, 1)


def test_a_token_for_another_graph_is_refused_before_the_body_is_read(world: World) -> None:
    text, _ = world.book.create("write", graph=G2.value)

    answer = world.client.put(
        "/graphs",
        query_string={"graph": G1.value},
        data="<broken",
        content_type=TURTLE,
        headers={"Authorization": f"Bearer {text}"},
    )

    assert answer.status_code == 403
    assert G2.value in answer.json["detail"]  # type: ignore[index]


def test_a_file_cannot_carry_statements_past_the_graph_of_its_token(world: World) -> None:
    text, _ = world.book.create("write", graph=G1.value)

    answer = world.client.post(
        "/graphs",
        query_string={"graph": G1.value},
        data=f"<{EX}g2> {{ {ONE} }}",
        content_type="application/trig",
        headers={"Authorization": f"Bearer {text}"},
    )

    assert (answer.status_code, world.store.version) == (403, 0)
