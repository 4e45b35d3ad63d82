"""Decisions sent from pages: each is one commit with author and reason, or nothing at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.names import RDFS_LABEL, mg
from graph.terms import Literal, Quad

from .portrait_world import page
from .review_world import (
    ANA,
    NEWS,
    OFFICIAL,
    OTHER_SAID,
    SAID,
    Browser,
    forms,
    keep_matches,
    review_in,
    signed_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.test import TestResponse

    from .service_world import World

MATCHES = "/review/matches?source=news&against=official"
CONFLICTS = "/review/conflicts"
WHY = "Looked up at the official site"

IN_ONE_EVENT = """
INSERT DATA {
  GRAPH graph:official {
    event:judo-60 a mg:Event ; rdfs:label "60 kg"@en ; mg:games games:2024-summer-para ;
      mg:sport sport:judo ; mg:sex mg:M .
    entry:judo-60-a a mg:Entry ; mg:event event:judo-60 ; mg:nation nation:AZE ;
      mg:athlete person:said-1999 .
    award:judo-60-a a mg:Award ; mg:event event:judo-60 ; mg:medal mg:Gold ;
      mg:entry entry:judo-60-a ; mg:status mg:Standing }
  GRAPH graph:news {
    entry:judo-60-b a mg:Entry ; mg:event event:judo-60 ; mg:nation nation:AZE ;
      mg:athlete person:said ; mg:rank 1 } }
"""


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with review_in(tmp_path) as made:
        yield made


@pytest.fixture
def leyla(world: World) -> Browser:
    return signed_in(world)


def form(browser: Browser, path: str, place: int = 0, **more: str) -> tuple[str, dict[str, str]]:
    """Return where a form of a page goes, and what it brings once somebody filled it in."""
    action, fields = forms(browser.open(path).text)[place]
    return action, fields | {"reason": WHY} | more


def decide(browser: Browser, path: str, place: int = 0, **more: str) -> TestResponse:
    action, fields = form(browser, path, place, **more)
    return browser.send(action, fields)


def births(world: World) -> list[tuple[str, str]]:
    with world.store.read() as state:
        quads = state.quads(ANA, mg("born"))
        return sorted((quad.graph_name.value, quad.object.value) for quad in quads)  # type: ignore[union-attr] # named graphs, literals


def test_two_who_are_the_same_become_one_and_the_page_says_what_was_done(
    world: World, leyla: Browser
) -> None:
    answer = decide(leyla, MATCHES, decision="same")
    assert answer.status_code == 303
    page = leyla.open(answer.headers["Location"]).text
    assert "Kept as commit 2, by Leyla." in page
    assert WHY in page
    assert "Undo commit 2" in page
    commit = world.store.commit(2)
    assert (commit.info.kind, commit.info.author) == ("identity", "Leyla")
    assert commit.info.message == f"said is said-1999: {WHY}"
    assert commit.info.token
    assert world.values("SELECT ?x { person:said owl:sameAs ?x }") == [OTHER_SAID.value]
    assert world.values("SELECT ?x { ?x mg:person person:said-1999 } ORDER BY ?x")[1:] != []
    assert "There are none left" in leyla.open(MATCHES).text


def test_who_was_in_an_event_by_two_sources_stands_in_it_once_when_they_are_one(
    world: World, leyla: Browser
) -> None:
    world.store.update(IN_ONE_EVENT)
    decide(leyla, MATCHES, decision="same")
    listed = page(world, "/id/event/judo-60").section("Who was in it")
    assert [row[:3] for row in listed.rows()] == [["1", "Said Najafzade", "Azerbaijan AZE"]]
    [start] = page(world, "/id/person/said-1999").section("At the Games").rows()
    assert start[3:5] == ["1", "gold"]


def test_two_who_are_not_are_never_asked_about_again(world: World, leyla: Browser) -> None:
    assert decide(leyla, MATCHES, decision="different").status_code == 303
    assert world.values("SELECT ?x { person:said owl:differentFrom ?x }") == [OTHER_SAID.value]
    assert world.store.commit(2).info.message == f"said is not said-1999: {WHY}"
    assert forms(leyla.open(MATCHES).text) == []
    keep_matches(world)
    assert world.client.get(MATCHES).json["waiting"] == 0  # type: ignore[index] # it is JSON
    keep_matches(world, OFFICIAL, NEWS)
    [kept] = world.client.get("/review").json["lists"]  # type: ignore[index] # it is JSON
    assert kept["waiting"] == {"doubtful": 0, "sure": 0}


def test_the_value_that_is_chosen_stays_and_the_other_is_set_aside_with_the_reason(
    world: World, leyla: Browser
) -> None:
    page = world.client.get(CONFLICTS).json
    assert page is not None
    [_, other] = page["items"][0]["values"]
    assert decide(leyla, CONFLICTS, 1, value=other["key"]).status_code == 303
    assert births(world) == [(NEWS.value, "1991-01-01")]
    assert world.values("SELECT ?why { ?claim mg:reason ?why }") == [
        f"Leyla decided for 1991-01-01: {WHY}"
    ]
    assert world.store.commit(2).info.kind == "decide"
    assert world.client.get(CONFLICTS).json["conflicts"] == 0  # type: ignore[index] # it is JSON


def test_the_policy_keeps_what_the_most_trusted_source_says(world: World, leyla: Browser) -> None:
    assert "Decide 1 of them at once" in leyla.open(CONFLICTS).text
    assert decide(leyla, CONFLICTS, 0).status_code == 303
    assert births(world) == [(OFFICIAL.value, "1990-01-01")]
    assert world.store.commit(2).info.kind == "settle"


@pytest.mark.parametrize(
    ("path", "place", "more"),
    [
        (MATCHES, 0, {"decision": "same"}),
        (MATCHES, 0, {"decision": "different"}),
        (CONFLICTS, 0, {}),
        (CONFLICTS, 1, {"value": "the first"}),
    ],
)
def test_a_form_that_is_sent_twice_makes_one_commit_and_leads_to_it_both_times(
    world: World, leyla: Browser, path: str, place: int, more: dict[str, str]
) -> None:
    if "value" in more:
        told = world.client.get(CONFLICTS).json
        more = {"value": told["items"][0]["values"][0]["key"]}  # type: ignore[index] # it is JSON
    action, fields = form(leyla, path, place, **more)
    first, second = (leyla.send(action, fields) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert (
        second.headers["Location"].partition("?")[0] == first.headers["Location"].partition("?")[0]
    )
    assert "was decided already" in leyla.open(second.headers["Location"]).text
    assert world.store.version == 2


def test_a_decision_is_taken_back_by_a_commit_and_waits_again(world: World, leyla: Browser) -> None:
    with world.store.read() as before:
        state = set(before.quads())
    for decision, number in (("same", 2), ("different", 4)):
        decide(leyla, MATCHES, decision=decision)
        answer = decide(leyla, f"/review/decisions/{number}")
        assert answer.status_code == 303
        page = leyla.open(answer.headers["Location"]).text
        assert "Taken back" in page
        assert world.store.commit(number + 1).info.message == f"Undo commit {number}: {WHY}"
        assert f"commit {number + 1}</a>" in leyla.open(f"/review/decisions/{number}").text
        assert world.client.get(MATCHES).json["waiting"] == 1  # type: ignore[index] # it is JSON
        with world.store.read() as now:
            assert state == set(now.quads())


def test_taking_back_twice_makes_one_commit(world: World, leyla: Browser) -> None:
    decide(leyla, MATCHES, decision="same")
    action, fields = form(leyla, "/review/decisions/2")
    places = [leyla.send(action, fields).headers["Location"] for _ in range(2)]
    assert [place.partition("?")[0] for place in places] == ["/review/decisions/3"] * 2
    assert world.store.version == 3


def test_what_later_commits_rest_upon_is_not_taken_back(world: World, leyla: Browser) -> None:
    decide(leyla, MATCHES, decision="same")
    world.store.update(
        "DELETE DATA { GRAPH graph:news { person:said-1999 skos:altLabel 'S. Najafzade' } }"
    )
    answer = decide(leyla, "/review/decisions/2")
    assert answer.status_code == 409
    assert "Commit 2 cannot be taken back by itself" in answer.text
    assert "commit 3" in answer.text
    assert world.store.version == 3


def test_only_decisions_are_shown_and_taken_back_here(world: World, leyla: Browser) -> None:
    assert leyla.open("/review/decisions/1").status_code == 404
    assert leyla.open("/review/decisions/99").status_code == 404
    decide(leyla, MATCHES, decision="same")
    _, fields = form(leyla, "/review/decisions/2")
    answer = world.client.post(
        "/review/decisions/1", data=fields, headers=world.bearer() | {"Accept": "*/*"}
    )
    assert answer.status_code == 404
    assert answer.json is not None
    assert "is no decision" in answer.json["detail"]
    assert world.store.version == 2


def test_a_form_about_what_has_changed_since_is_refused_and_shows_how_it_is_now(
    world: World, leyla: Browser
) -> None:
    action, fields = form(leyla, MATCHES, decision="different")
    world.state(Quad(SAID, mg("born"), Literal("1999-01-01"), NEWS))
    answer = leyla.send(action, fields)
    assert answer.status_code == 409
    assert "has changed since you opened the page" in answer.text
    assert world.store.version == 2
    [(again, fresh)] = forms(answer.text)
    assert fresh["mark"] != fields["mark"]
    sent = leyla.send(again, fresh | {"reason": WHY, "decision": "same"})
    assert sent.status_code == 303
    assert world.store.version == 3


def test_a_choice_of_values_that_have_changed_since_is_refused(
    world: World, leyla: Browser
) -> None:
    told = world.client.get(CONFLICTS).json
    action, fields = form(leyla, CONFLICTS, 1, value=told["items"][0]["values"][0]["key"])  # type: ignore[index] # it is JSON
    policy = form(leyla, CONFLICTS, 0)
    world.state(Quad(ANA, mg("born"), Literal("1992-03-03"), world.store.names.graph("third")))
    answer = leyla.send(action, fields)
    assert answer.status_code == 409
    assert "1992-03-03" in answer.text
    assert leyla.send(*policy).status_code == 409
    assert world.store.version == 2
    assert len(births(world)) == 3


def test_who_comes_too_late_is_told_what_somebody_else_decided(
    world: World, leyla: Browser
) -> None:
    action, fields = form(leyla, MATCHES)
    leyla.send(action, fields | {"decision": "same"})
    answer = leyla.send(action, fields | {"decision": "different"})
    assert answer.status_code == 409
    assert "Somebody has said meanwhile that these two are one." in answer.text
    assert forms(answer.text) == []
    assert world.store.version == 2


def test_a_decision_that_was_taken_back_is_not_made_again_by_its_old_form(
    world: World, leyla: Browser
) -> None:
    action, fields = form(leyla, MATCHES, decision="same")
    leyla.send(action, fields)
    decide(leyla, "/review/decisions/2")
    world.state(Quad(SAID, RDFS_LABEL, Literal("Said", language="fr"), NEWS))
    assert leyla.send(action, fields).status_code == 409
    assert world.store.version == 4


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501, "no XML carries \x01"])
def test_a_reason_is_needed_that_can_be_kept_and_shown(
    world: World, leyla: Browser, reason: str
) -> None:
    action, fields = form(leyla, MATCHES, decision="same")
    assert leyla.send(action, fields | {"reason": reason}).status_code == 400
    assert world.store.version == 1


def test_a_program_decides_with_its_token_and_is_told_as_json(world: World) -> None:
    headers = world.bearer()
    told = world.client.get(MATCHES, headers=headers).json
    assert told is not None
    [item] = told["items"]
    fields = {
        "one": item["one"]["iri"],
        "other": item["other"]["iri"],
        "source": "news",
        "against": "official",
        "decision": "same",
        "mark": item["mark"],
        "reason": WHY,
    }
    answer = world.client.post("/review/match", data=fields, headers=headers)
    assert answer.status_code == 200
    assert answer.json is not None
    assert (answer.json["commit"], answer.json["again"]) == (2, False)
    again = world.client.post("/review/match", data=fields, headers=headers).json
    assert again is not None
    assert (again["commit"], again["again"]) == (2, True)
    stale = world.client.post(
        "/review/match", data=fields | {"decision": "different"}, headers=headers
    )
    assert stale.status_code == 409
    assert stale.json is not None
    assert stale.json["standing"] == "same"


def test_a_token_of_one_source_decides_only_what_stays_inside_it(world: World) -> None:
    narrow = Browser(world)
    narrow.sign_in(graph=NEWS.value)
    assert decide(narrow, MATCHES, decision="same").status_code == 403
    told = world.client.get(CONFLICTS).json
    official, news = (one["key"] for one in told["items"][0]["values"])  # type: ignore[index] # it is JSON
    assert decide(narrow, CONFLICTS, 1, value=news).status_code == 403
    assert world.store.version == 1
    assert decide(narrow, CONFLICTS, 1, value=official).status_code == 303
    assert births(world) == [(OFFICIAL.value, "1990-01-01")]


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/review/match", {"decision": "perhaps"}),
        ("/review/match", {"one": "no address"}),
        ("/review/match", {"other": ""}),
        ("/review/match", {"seen": "-1"}),
        ("/review/conflict", {"property": "<>"}),
        ("/review/conflict", {"property": mg("sport").value}),
        ("/review/conflict", {"value": "0123456789abcdef", "mark": "x"}),
        ("/review/policy", {"predicate": "a b", "mark": "x"}),
    ],
)
def test_what_cannot_be_understood_is_refused_and_changes_nothing(
    world: World, path: str, fields: dict[str, str]
) -> None:
    told = {
        "one": SAID.value,
        "other": OTHER_SAID.value,
        "source": "news",
        "against": "official",
        "decision": "same",
        "thing": ANA.value,
        "property": mg("born").value,
        "mark": "m",
        "reason": WHY,
    }
    answer = world.client.post(path, data=told | fields, headers=world.bearer())
    assert 400 <= answer.status_code < 500
    assert world.store.version == 1


def test_a_list_is_made_from_the_page_and_is_no_commit(world: World, leyla: Browser) -> None:
    [(action, fields)] = forms(leyla.open("/review").text)
    sent = leyla.send(action, fields | {"source": OFFICIAL.value, "against": NEWS.value})
    assert (sent.status_code, sent.headers["Location"]) == (303, "/review")
    [kept] = world.client.get("/review").json["lists"]  # type: ignore[index] # it is JSON
    assert (kept["source"], kept["waiting"]["doubtful"]) == (OFFICIAL.value, 1)
    same = {"source": "news", "against": "news"}
    answer = world.client.post("/review/lists", data=same, headers=world.bearer())
    assert answer.status_code == 400
    assert world.store.version == 1


def test_who_takes_no_answer_that_there_is_changes_nothing(world: World) -> None:
    headers = world.bearer()
    [item] = world.client.get(MATCHES, headers=headers).json["items"]  # type: ignore[index] # it is JSON
    told = {
        "one": SAID.value,
        "other": OTHER_SAID.value,
        "source": "news",
        "against": "official",
        "decision": "same",
        "mark": item["mark"],
        "reason": WHY,
    }
    answer = world.client.post("/review/match", data=told, headers=headers | {"Accept": "text/csv"})
    assert answer.status_code == 406
    assert world.store.version == 1


def test_two_of_different_kinds_are_not_made_one(world: World) -> None:
    told = {
        "one": SAID.value,
        "other": world.store.names.of("sport", "judo").value,
        "source": "news",
        "against": "official",
        "decision": "same",
        "reason": WHY,
        "mark": "m",
    }
    answer = world.client.post("/review/match", data=told, headers=world.bearer())
    assert answer.status_code in (400, 409)
    assert world.store.version == 1
