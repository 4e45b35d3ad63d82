"""The pages of the review: what waits, side by side, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.names import Names

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
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .service_world import World

LIST = "/review/matches?source=news&against=official"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with review_in(tmp_path) as made:
        yield made


@pytest.fixture
def browser(world: World) -> Browser:
    return Browser(world)


def test_what_waits_is_counted_for_each_two_sources(world: World) -> None:
    told = world.client.get("/review").json
    assert told is not None
    [kept] = told["lists"]
    assert (kept["source"], kept["against"]) == (NEWS.value, OFFICIAL.value)
    assert kept["waiting"] == {"doubtful": 1, "sure": 0}
    assert (kept["commit"], kept["changes_since"]) == (1, 0)
    assert told["conflicts"] == 1
    [pair] = told["pairs"]
    assert (pair["sources"], pair["conflicts"]) == ([NEWS.value, OFFICIAL.value], 1)
    assert [one["title"] for one in pair["between"]] == ["The <News>", "Official"]


def test_the_page_says_how_old_a_list_is(world: World, browser: Browser) -> None:
    world.store.update("INSERT DATA { person:new a mg:Person ; rdfs:label 'New'@en }")
    page = browser.open("/review").text
    assert "1 to look at" in page
    assert "from commit 1; 1 change since" in page
    assert "The &lt;News&gt; / Official" in page


def test_a_match_is_shown_side_by_side_with_what_differs_in_words(browser: Browser) -> None:
    page = browser.open(LIST).text
    assert "S. Najafzade <span" in page
    for said in (
        "both for AZE",
        "only one says",
        "1999-01-01",
        "Azerbaijan",
        "the same",
        "athlete",
    ):
        assert said in page
    assert "1 match to look at" in page


def test_programs_get_the_same_with_points_and_reasons(world: World) -> None:
    told = world.client.get(LIST).json
    assert told is not None
    [item] = told["items"]
    assert (item["one"]["iri"], item["other"]["iri"]) == (SAID.value, OTHER_SAID.value)
    assert item["points"] == sum(each["points"] for each in item["reasons"])
    lines = {line["line"]: line for line in item["lines"]}
    assert lines["nation"]["verdict"] == "the same"
    assert lines["sport"]["verdict"] == "only one says"
    assert lines["born"]["one"] == {"values": [], "more": 0}
    assert "mark" not in item


def test_a_name_of_the_same_sound_is_alike_and_does_not_differ(world: World) -> None:
    world.store.update(
        """DELETE DATA { GRAPH graph:news { person:said rdfs:label "S. Najafzade"@en } } ;
           INSERT DATA { GRAPH graph:news { person:said rdfs:label "Seyid Nadjafzada"@en } }"""
    )
    [item] = world.client.get(LIST).json["items"]  # type: ignore[index] # it is JSON
    verdicts = {line["line"]: line["verdict"] for line in item["lines"]}
    assert verdicts["name"] == "alike"


def test_a_conflict_names_each_value_with_its_sources_and_their_dates(browser: Browser) -> None:
    page = browser.open("/review/conflicts").text
    assert "Ana &lt;b&gt;Bold&lt;/b&gt;" in page
    assert "<b>Bold" not in page
    for said in ("1990-01-01", "1991-01-01", "The &lt;News&gt;</a>, 2024-09-17", "born"):
        assert said in page


@pytest.mark.parametrize(
    ("query", "conflicts"),
    [
        ("property=born", 1),
        ("property=name", 0),
        ("source=news&against=official", 1),
        ("source=official&against=local", 0),
        (f"thing={ANA.value}", 1),
        (f"thing={SAID.value}", 0),
        ("page=2", 1),
    ],
)
def test_conflicts_are_asked_for_by_property_sources_and_thing(
    world: World, query: str, conflicts: int
) -> None:
    told = world.client.get(f"/review/conflicts?{query}").json
    assert told is not None
    assert told["conflicts"] == conflicts
    assert len(told["items"]) == (0 if "page" in query else conflicts)


@pytest.mark.parametrize("path", ["/review", LIST, "/review/conflicts"])
def test_who_only_reads_sees_the_list_and_no_form(browser: Browser, path: str) -> None:
    page = browser.open(path).text
    assert forms(page) == []
    assert "sign in with your token" in page
    browser.sign_in("read")
    page = browser.open(path).text
    assert forms(page) == []
    assert "it has to be of scope write" in page


@pytest.mark.parametrize("path", [LIST, "/review/conflicts"])
def test_who_may_write_gets_a_form_that_no_page_of_others_has(browser: Browser, path: str) -> None:
    browser.sign_in()
    [*_, (_, fields)] = forms(browser.open(path).text)
    assert fields["mark"]
    assert fields["stamp"]


def test_no_answer_of_the_review_is_kept_by_anybody(browser: Browser) -> None:
    for path in ("/review", LIST, "/review/conflicts", "/review/sign-in"):
        answer = browser.open(path)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Cookie" in answer.headers["Vary"]
        assert answer.headers["Referrer-Policy"] == "same-origin"


def test_a_list_that_was_never_made_is_not_found_and_it_is_said_how_it_is_made(
    browser: Browser,
) -> None:
    answer = browser.open("/review/matches?source=news&against=local")
    assert answer.status_code == 404
    assert "match SOURCE AGAINST --keep" in answer.text


def test_lists_and_values_of_restricted_sources_are_for_those_with_a_token(
    world: World, browser: Browser
) -> None:
    hidden = Names().graph("restricted-sheet")
    world.store.update(
        "INSERT DATA { GRAPH graph:restricted-sheet { person:ana mg:born '1992-02-02' ;"
        " rdfs:label 'Hidden Name'@en . person:secret a mg:Person ;"
        " rdfs:label 'Said Najafzade'@en ."
        " part:9 a mg:Participation ; mg:person person:secret ; mg:role mg:Athlete ;"
        " mg:games games:2024-summer-para ; mg:nation nation:AZE } }"
    )
    keep_matches(world, hidden, OFFICIAL)
    paths = (
        "/review",
        "/review/conflicts",
        "/review/matches?source=restricted-sheet&against=official&sure=true",
    )
    texts = [browser.open(path).text + world.client.get(path).text for path in paths]
    for text in texts:
        assert "Hidden" not in text
        assert "1992-02-02" not in text
        assert "secret" not in text
    assert "restricted" not in texts[0] + texts[1]
    assert browser.open(paths[2]).status_code == 404
    browser.sign_in("read")
    assert "1992-02-02" in browser.open(paths[1]).text
    assert "secret" in browser.open(paths[2]).text
