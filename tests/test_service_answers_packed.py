"""Answers on the wire: packed where that is wanted, with tags and checksums that hold."""

from __future__ import annotations

import gzip
import hashlib
from base64 import b64decode
from typing import TYPE_CHECKING

import pytest

from .service_world import JSON, VALUES, World, says, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.test import TestResponse

MANY = 500


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with world_in(tmp_path) as made:
        made.state(*(says(f"n{n}", f"text {n}") for n in range(MANY)))
        yield made


def ask(world: World, query: str = VALUES, **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return world.client.get(
        "/sparql", query_string={"query": query}, headers={"Accept": JSON} | named
    )


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def told(answer: TestResponse) -> str:
    """Return the checksum that an answer states, hexadecimal."""
    name, _, value = answer.headers["Repr-Digest"].partition("=")
    assert name == "sha-256"
    return b64decode(value.strip(":")).hex()


@pytest.mark.parametrize(
    "wanted", ["gzip", "br, gzip;q=0.8", "*", "x-gzip", "identity;q=0.1, gzip"]
)
def test_an_answer_is_packed_for_who_takes_gzip(world: World, wanted: str) -> None:
    plain = ask(world)

    answer = ask(world, Accept_Encoding=wanted)

    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert gzip.decompress(answer.data) == plain.data
    assert len(answer.data) < len(plain.data) / 4
    assert answer.headers["ETag"] != plain.headers["ETag"]
    assert answer.content_length == len(answer.data)


@pytest.mark.parametrize(
    "wanted", ["", "br", "gzip;q=0", "gzip;q=0.1, identity", "*;q=0", "gzip;q=x"]
)
def test_an_answer_is_plain_for_everybody_else(world: World, wanted: str) -> None:
    answer = ask(world, Accept_Encoding=wanted)

    assert "Content-Encoding" not in answer.headers
    assert answer.data == ask(world).data


def test_a_tag_is_good_for_its_own_coding_only(world: World) -> None:
    packed = ask(world, Accept_Encoding="gzip").headers["ETag"]

    assert ask(world, Accept_Encoding="gzip", If_None_Match=packed).status_code == 304
    assert ask(world, If_None_Match=packed).status_code == 200
    assert ask(world, If_None_Match="*").status_code == 304


def test_an_answer_states_its_checksum(world: World) -> None:
    for answer in (ask(world), ask(world, Accept_Encoding="gzip")):
        assert told(answer) == digest_of(answer.data)


def test_a_permalink_repeats_an_answer_byte_for_byte(world: World) -> None:
    answer = ask(world, query="SELECT ?s ?v { ?s ?p ?v }")
    link = answer.headers["Link"]
    assert link.endswith('; rel="bookmark"')
    address = link[1 : link.index(">")]
    first = world.client.get(address)

    world.state(says("later", "later"))

    again = world.client.get(address)
    assert first.status_code == 200
    assert (again.data, told(again)) == (first.data, told(first))
    assert again.headers["ETag"] == first.headers["ETag"]
    assert b"later" not in again.data
    assert b"later" in ask(world, query="SELECT ?s ?v { ?s ?p ?v }").data


def test_an_answer_that_changes_by_itself_has_no_permalink(world: World) -> None:
    answer = ask(world, query="SELECT (RAND() AS ?x) {}")

    assert "Link" not in answer.headers


def test_a_page_offers_its_permalink(world: World) -> None:
    page = ask(world, Accept="text/html")

    assert "Permanent link" in page.text
    assert "at=1" in page.text
