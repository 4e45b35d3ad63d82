"""Replies that are given again: the same bytes, of the newest state, to those they are for."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from graph.names import Names
from graph.terms import Literal, NamedNode, Quad
from service.config import Settings
from service.limits import Limits
from service.processes.keeping import KIND as ANSWER
from service.replies import KIND as REPLY
from service.room import Looks

from .service_world import BROWSER, EX, JSON, TURTLE, VALUES, World, says, world_in, world_of
from .things_world import things_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.test import TestResponse

SECRET = Names().graph("restricted-classes")
ALL = "SELECT ?v { ?s <http://ex/says> ?v } ORDER BY ?v"
FRENCH = "fr-FR,fr;q=0.9,en;q=0.5"
OFF = Settings(limits=replace(Limits(), kept_bytes=0))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with things_in(tmp_path) as made:
        yield made


def get(world: World, path: str, method: str = "GET", **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return world.client.open(path, method=method, headers={"Accept": BROWSER} | named)


def looks(world: World) -> dict[str, Looks]:
    """Return what was given again and what was made, as the numbers of the service tell it."""
    text = world.client.get("/metrics").text
    found = {
        (name, kind): int(float(value))
        for name, kind, value in re.findall(
            r'^medalgraph_kept_(hits|misses)_total\{kind="(\w+)"\} (\S+)$', text, re.MULTILINE
        )
    }
    return {kind: Looks(found["hits", kind], found["misses", kind]) for kind in (ANSWER, REPLY)}


def told(answer: TestResponse) -> tuple[int, bytes, dict[str, str]]:
    """Return all of an answer but what names the request."""
    headers = dict(answer.headers)
    number = headers.pop("Medalgraph-Request-Id").encode()
    return answer.status_code, answer.data.replace(number, b"..."), headers


PATHS = (
    "/",
    "/graphs",
    "/audit",
    "/conflicts",
    "/ontology",
    "/ontology/Gold",
    "/search?q=ana",
    "/medals?games=g",
    "/medals?games=g&format=csv",
    "/explore?things=person:ana-sousa-1990",
    "/sources/news",
    "/id/person/ana-sousa-1990.html",
    "/id/person/ana-sousa-1990.html?on=2001-01-01",
    "/id/person/ana-sousa-1990.ttl",
    "/id/person/ana-sousa-1990.json",
    "/id/person/ana-sousa-1990.csv?safe=excel",
    "/id/person/ana-sousa-1990",
    "/id/person/nobody.html",
    "/graphs?graph=https%3A%2F%2Fw3id.org%2Fmedalgraph%2Fid%2Fgraph%2Fnews&format=turtle",
    "/sparql?query=SELECT+*+%7B+%3Fs+%3Fp+%3Fo+%7D+ORDER+BY+%3Fs+%3Fp+%3Fo",
    "/sparql?query=SELECT+*+%7B+%3Fs+%3Fp+%3Fo+%7D+ORDER+BY+%3Fs+%3Fp+%3Fo&format=csv&safe=excel",
    "/sparql?query=SELECT+*+%7B+%3Fs+%3Fp+%3Fo+%7D+ORDER+BY+%3Fs+%3Fp+%3Fo&sources=true",
    "/sparql?query=CONSTRUCT+WHERE+%7B+%3Fs+%3Fp+%3Fo+%7D&format=turtle",
    "/sparql?query=ASK+%7B%7D&at=1&format=json",
    "/sparql?query=ASK+%7B",
    "/sparql",
    "/sparql?format=turtle",
    "/changes.atom",
    "/openapi.json",
    "/nowhere",
)
WISHES: tuple[dict[str, str], ...] = (
    {},
    {"Accept_Encoding": "gzip"},
    {"Accept_Language": FRENCH},
    {"Accept": JSON},
    {"Accept": TURTLE, "Accept_Encoding": "gzip"},
    {"If_None_Match": "*"},
    {"If_None_Match": '"x"', "Range": "bytes=0-9"},
    {"Host": "medals.example.org"},
)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, World]]:
    """Two services over one store: one that keeps replies, and one that keeps nothing."""
    with things_in(tmp_path_factory.mktemp("both")) as keeping:
        place = keeping.app.extensions["medalgraph"].settings.store
        with world_of(place, OFF) as forgetful:
            yield keeping, forgetful


@pytest.mark.parametrize("path", PATHS)
def test_the_second_reply_is_the_first_and_what_a_service_that_keeps_nothing_says(
    both: tuple[World, World], path: str
) -> None:
    keeping, forgetful = both
    for wishes in WISHES:
        for method in ("GET", "HEAD"):
            made = told(get(forgetful, path, method, **wishes))
            for _ in range(2):
                assert told(get(keeping, path, method, **wishes)) == made, (method, wishes)


def test_a_page_is_made_once_for_all_who_ask_for_it_so(world: World) -> None:
    page = "/id/person/ana-sousa-1990.html"
    for _ in range(5):
        assert get(world, page, Accept_Encoding="gzip").status_code == 200
    assert looks(world) == {ANSWER: Looks(0, 1), REPLY: Looks(4, 1)}


def test_who_wishes_the_same_in_other_words_shares_it_once_it_was_found_out(world: World) -> None:
    page, room = "/id/person/ana-sousa-1990.html", world.app.extensions["medalgraph"].room
    first = get(world, page, Accept_Language="en, fr;q=0.5")
    before = room.bytes
    again = get(world, page, Accept_Language="en,fr;q=0.4")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert room.bytes - before < len(first.data), "the page is kept once"


def test_each_request_has_a_number_of_its_own_and_a_line_in_the_log(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", "medalgraph.service"):
        answers = [get(world, "/ontology") for _ in range(3)]
        for answer in answers:
            answer.close()
    numbers = [answer.headers["Medalgraph-Request-Id"] for answer in answers]
    assert len(set(numbers)) == 3
    facts = [record.facts for record in caplog.records]  # type: ignore[attr-defined] # ours
    assert [fact["request_id"] for fact in facts] == numbers
    assert {(fact["path"], fact["status"], fact["method"]) for fact in facts} == {
        ("/ontology", 200, "GET")
    }
    text = world.client.get("/metrics").text
    assert 'requests_total{method="GET",route="vocabulary.ontology",status="200"} 3.0' in text


def test_a_commit_in_between_gives_the_new_state(world: World) -> None:
    first = world.ask(ALL)
    assert world.ask(ALL).data == first.data
    world.state(says("a", "new"))
    again = world.ask(ALL)
    assert world.values(ALL) == ["new"]
    assert again.headers["Medalgraph-Snapshot"] != first.headers["Medalgraph-Snapshot"]
    stale = get(world, "/sparql?query=ASK+%7B%7D", If_None_Match=first.headers["ETag"])
    assert stale.status_code == 200


def test_an_earlier_state_stays_what_it_was(world: World) -> None:
    world.state(says("a", "one"))
    number = str(world.store.version)
    assert world.values(ALL, at=number) == ["one"]
    world.state(says("b", "two"))
    assert world.values(ALL, at=number) == ["one"]
    assert world.values(ALL) == ["one", "two"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (NOW() AS ?v) {}",
        "SELECT (RAND() AS ?v) {}",
        "SELECT (UUID() AS ?v) {}",
        "SELECT (STRUUID() AS ?v) {}",
        "SELECT (BNODE() AS ?v) {}",
        "SELECT (r\\u0061nd() AS ?v) {}",
        "SELECT ?v { { SELECT (STRUUID() AS ?v) {} } }",
        "SELECT ?v { BIND(IF(RAND() > 0, RAND(), 0) AS ?v) }",
        "CONSTRUCT { [] <http://ex/v> 1 } {}",
        "CONSTRUCT { _:b <http://ex/v> 1 } {}",
    ],
)
def test_what_chance_or_the_clock_decides_is_asked_each_time(world: World, query: str) -> None:
    accept = TURTLE if query.startswith("CONSTRUCT") else JSON
    answers = [world.ask(query, accept=accept) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert all("ETag" not in answer.headers for answer in answers)
    assert looks(world) == {ANSWER: Looks(), REPLY: Looks()}
    if "NOW" not in query and "CONSTRUCT" not in query:
        assert answers[0].data != answers[1].data


def test_a_page_that_says_what_is_to_come_is_made_each_time(world: World) -> None:
    for path in ("/medals?games=g&on=2999-01-01", "/medals/embed?games=g&on=2999-01-01"):
        pages = [get(world, path) for _ in range(2)]
        assert all(page.status_code == 200 and "ETag" not in page.headers for page in pages)
        assert "ETag" in get(world, path.replace("2999", "2001")).headers
    assert looks(world)[REPLY] == Looks(0, 2)


def test_no_error_is_kept(world: World) -> None:
    for path in (
        "/sparql?query=ASK+%7B",
        "/id/person/nobody.html",
        "/graphs?graph=x:y",
        "/medals?on=x",
    ):
        for _ in range(2):
            assert get(world, path).status_code >= 400
    assert looks(world)[REPLY] == Looks()


class TestRights:
    @pytest.fixture
    def world(self, tmp_path: Path) -> Iterator[World]:
        with world_in(tmp_path) as made:
            hidden = Quad(NamedNode(f"{EX}ana"), NamedNode(f"{EX}class"), Literal("S9"), SECRET)
            made.state(says("a", "x"), hidden)
            yield made

    @pytest.mark.parametrize("who_is_first", ["with a token", "without one"])
    @pytest.mark.parametrize(
        "path",
        [
            "/sparql?query=SELECT+*+%7B+GRAPH+%3Fg+%7B+%3Fs+%3Fp+%3Fo+%7D+%7D",
            f"/graphs?graph={SECRET.value}",
            f"/id/graph/{SECRET.value.rpartition('/')[2]}.json?about=http%3A%2F%2Fex%2Fana",
        ],
    )
    def test_what_a_token_shows_is_shown_to_nobody_else(
        self, world: World, path: str, who_is_first: str
    ) -> None:
        token = world.bearer("read")
        ways: list[dict[str, str]] = [token, {}]
        if who_is_first == "without one":
            ways.reverse()
        for headers in ways * 3:
            for accept in (JSON, BROWSER, "application/json", TURTLE):
                text = get(world, path, **{"Accept": accept} | headers).text
                assert ("S9" in text) <= bool(headers), (headers, accept)
        with_token = get(world, path, **{"Accept": "*/*"} | token)
        assert "S9" in with_token.text

    def test_a_token_that_was_revoked_shows_nothing_any_more(self, world: World) -> None:
        text, token = world.book.create("read")
        headers = {"Authorization": f"Bearer {text}", "Accept": JSON}
        asked = "/sparql?query=SELECT+*+%7B+GRAPH+%3Fg+%7B+%3Fs+%3Fp+%3Fo+%7D+%7D"
        assert "S9" in get(world, asked, **headers).text
        world.book.revoke(token.id)
        again = get(world, asked, **headers)
        assert (again.status_code, "S9" in again.text) == (401, False)

    def test_no_cache_between_may_keep_what_a_token_shows(self, world: World) -> None:
        asked = "/sparql?query=ASK+%7B%7D"
        with_token = get(world, asked, **{"Accept": JSON} | world.bearer("read"))
        without = get(world, asked, Accept=JSON)
        assert with_token.headers["Cache-Control"] == "private, no-cache"
        assert without.headers["Cache-Control"] == "no-cache"


def test_a_client_that_has_a_reply_is_told_so_without_it_being_made(world: World) -> None:
    page = "/id/person/ana-sousa-1990.html"
    tag = get(world, page).headers["ETag"]
    answers = [get(world, page, If_None_Match=f'"x", W/{tag}') for _ in range(2)]
    assert [(answer.status_code, answer.data) for answer in answers] == [(304, b"")] * 2
    assert {answer.headers["ETag"] for answer in answers} == {tag}
    assert get(world, page, If_None_Match='"x"').status_code == 200
    assert looks(world)[ANSWER] == Looks(0, 1)


def test_head_is_answered_from_what_get_has_made_and_keeps_nothing_itself(world: World) -> None:
    page = "/id/person/ana-sousa-1990.html"
    assert get(world, page, "HEAD").data == b""
    assert looks(world)[REPLY] == Looks()
    made = get(world, page)
    head = get(world, page, "HEAD")
    assert (head.data, head.content_length) == (b"", len(made.data))
    assert looks(world)[REPLY] == Looks(1, 1)


def test_a_query_by_post_shares_the_answer_and_not_the_reply(world: World) -> None:
    world.ask(VALUES)
    sent = world.client.post("/sparql", data={"query": VALUES}, headers={"Accept": JSON})
    assert sent.data == world.ask(VALUES).data
    assert looks(world) == {ANSWER: Looks(1, 1), REPLY: Looks(1, 1)}


def test_what_is_kept_never_takes_more_than_the_room_it_was_given(tmp_path: Path) -> None:
    most = 200_000
    settings = Settings(limits=replace(Limits(), kept_bytes=most))
    with world_in(tmp_path, settings) as world:
        world.state(*(says(f"n{number}", "x" * 50) for number in range(40)))
        room = world.app.extensions["medalgraph"].room
        for number in range(60):
            query = f"SELECT * {{ ?s ?p ?o }} ORDER BY ?s LIMIT 40 # {number}"
            assert world.ask(query).status_code == 200
            assert room.bytes <= most
        assert room.bytes > most / 2
        assert f"medalgraph_kept_bytes {float(room.bytes)}" in world.client.get("/metrics").text


def test_a_service_that_is_to_keep_nothing_makes_each_reply(tmp_path: Path) -> None:
    with world_in(tmp_path, OFF) as world:
        for _ in range(3):
            world.ask(VALUES)
        assert looks(world) == {ANSWER: Looks(0, 3), REPLY: Looks(0, 3)}
