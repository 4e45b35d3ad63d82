"""The pages and documents of the audit and of conflicts, over the bundled sources."""

from __future__ import annotations

import csv
import html
import io
import re
from typing import TYPE_CHECKING

import pytest

from graph.names import RDF_TYPE, RDFS_LABEL, Names, mg
from graph.terms import Literal, Quad
from service.comparisons import TALLIES_SHOWN

from .service_world import BROWSER, JSON, World, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.test import TestResponse

NAMES = Names()
BOOK, NEWS = NAMES.graph("book"), NAMES.graph("news")
WORLD = """
INSERT DATA {
  GRAPH graph:meta { graph:news a prov:Entity ; dcterms:title "The <News>" ;
      dcterms:publisher "Press" ; dcterms:issued "2024-09-17" ; mg:priority 5 .
    graph:book a prov:Entity ; dcterms:title "The Book" ; mg:priority 1 }
  GRAPH graph:book {
    games:g a mg:Games ; rdfs:label "Games"@en ; mg:kind mg:Olympic ; mg:season mg:Summer ;
      mg:year 2000 . sport:judo a mg:Sport ; rdfs:label "judo"@en .
    event:e a mg:Event ; rdfs:label "e"@en ; mg:games games:g ; mg:sport sport:judo ; mg:sex mg:M .
    nation:AZE a mg:Nation ; rdfs:label "Azerbaijan"@en ; mg:code "AZE" ; mg:kind mg:Country .
    nation:FRA a mg:Nation ; rdfs:label "France"@en ; mg:code "FRA" ; mg:kind mg:Country .
    person:p a mg:Person ; rdfs:label "P"@en ; mg:born "1990-01-01" .
    entry:1 a mg:Entry ; mg:event event:e ; mg:nation nation:AZE ; mg:athlete person:p .
    entry:2 a mg:Entry ; mg:event event:e ; mg:nation nation:FRA .
    entry:3 a mg:Entry ; mg:event event:e ; mg:nation nation:FRA .
    award:3 a mg:Award ; mg:event event:e ; mg:entry entry:3 ; mg:medal mg:Silver ;
      mg:status mg:Standing .
    award:1 a mg:Award ; mg:event event:e ; mg:entry entry:1 ; mg:medal mg:Gold .
    award:2 a mg:Award ; mg:event event:e ; mg:entry entry:2 ; mg:medal mg:Gold .
    decision:1 a mg:Decision ; mg:award award:1 ; mg:action mg:Reallocated ; mg:date "2001-01-02" .
    decision:2 a mg:Decision ; mg:award award:2 ; mg:action mg:Withdrawn ; mg:date "2001-01-02" }
  GRAPH graph:news {
    person:p mg:born "1991-01-01" .
    tally:a a mg:Tally ; mg:games games:g ; mg:nation nation:AZE ; mg:gold 0 ; mg:silver 0 .
    tally:f a mg:Tally ; mg:games games:g ; mg:nation nation:FRA ; mg:gold 1 ; mg:silver 0 } }
"""


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with world_in(tmp_path) as made:
        made.store.update(WORLD)
        yield made


def get(world: World, path: str, accept: str = JSON, **params: str) -> TestResponse:
    return world.client.get(path, query_string=params, headers={"Accept": accept})


def test_the_sources_that_publish_counts_are_listed(world: World) -> None:
    [source] = get(world, "/audit", "application/json").json["sources"]  # type: ignore[index]
    assert (source["title"], source["counts"]) == ("The <News>", 4)
    page = get(world, "/audit", BROWSER).text
    [link] = re.findall(r'href="([^"]*)">The &lt;News&gt;', page)
    page = world.client.get(html.unescape(link), headers={"Accept": BROWSER}).text
    assert "Counts compared" in page


def test_each_count_has_its_verdict_and_the_decisions_behind_it(world: World) -> None:
    told = get(world, "/audit", "application/json", source="news").json
    assert told is not None
    assert told["verdicts"] == {"differs": 3, "agrees": 1}
    assert (told["explained"], told["unexplained"]) == (2, 1)
    found = {f["what"]: f for f in told["findings"]}
    assert found["Games, France: gold medals"]["because"] == [
        {"text": "e: before 2001-01-02 it was theirs", "amount": 1}
    ]
    assert found["Games, Azerbaijan: gold medals"]["because"] == [
        {"text": "e: theirs since 2001-01-02", "amount": -1}
    ]
    assert [f["verdict"] for f in told["findings"]] == ["differs"] * 3 + ["agrees"]


def test_one_nation_alone_and_what_differs_alone(world: World) -> None:
    told = get(
        world, "/audit", "application/json", source=NEWS.value, nation="AZE", differs="true"
    ).json
    assert told is not None
    assert [f["what"] for f in told["findings"]] == ["Games, Azerbaijan: gold medals"]


@pytest.mark.parametrize("nation", ["aze", "AZE", "Azerbaijan", "azerbaijan"])
def test_a_nation_is_found_by_code_or_name_without_regard_to_capitals(
    world: World, nation: str
) -> None:
    told = get(world, "/audit", "application/json", source="news", nation=nation).json
    assert told is not None
    assert told["nation"] == "AZE"
    assert {f["nation"] for f in told["findings"]} == {"AZE"}


@pytest.mark.parametrize(
    ("nation", "hint"),
    [
        ("AZR", "Did you mean AZE (Azerbaijan)?"),
        ("Frannce", "Did you mean FRA (France)?"),
        ("XXX", "as the store has it, such as AZE (Azerbaijan)."),
        ("ü", "as the store has it, such as AZE (Azerbaijan)."),
        ("a/b", "as the store has it, such as AZE (Azerbaijan)."),
    ],
)
def test_an_unknown_nation_is_not_found_and_the_nearest_are_named(
    world: World, nation: str, hint: str
) -> None:
    answer = get(world, "/audit", "application/json", source="news", nation=nation)
    assert answer.status_code == 404
    assert hint in answer.text


def test_a_source_has_as_many_counts_in_the_list_as_in_its_audit(world: World) -> None:
    world.store.update(
        """INSERT DATA { GRAPH graph:news { tally:a mg:rank 2 ; mg:total 0 .
             entry:1 mg:rank 2 . games:g mg:size 300 } }"""
    )
    [source] = get(world, "/audit", "application/json").json["sources"]  # type: ignore[index]
    found = get(world, "/audit", "application/json", source="news").json["findings"]  # type: ignore[index]
    assert source["counts"] == len(found) == 7


def test_the_audit_as_csv_and_as_a_page(world: World) -> None:
    answer = get(world, "/audit", "text/csv", source="news")
    assert answer.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["unexplained"] for row in rows] == ["0", "0", "-1", ""]
    assert rows[0]["because"] == "e: theirs since 2001-01-02 -1"
    page = get(world, "/audit", BROWSER, source="news").text
    assert "<strong>-1 unexplained</strong>" in page
    assert "theirs since 2001-01-02 (-1)" in page


def test_a_rule_of_the_store_counts_instead(world: World) -> None:
    world.store.update(
        """INSERT DATA { GRAPH graph:rules { rule:then a mg:CountingRule ; rdfs:label "then"@en ;
             mg:asOf mg:AtClosing ; mg:countedPer mg:Entry ;
             mg:mergesSuccessors false ; mg:sharesMixed false } }"""
    )
    told = get(world, "/audit", "application/json", source="news", rule="then").json
    assert told is not None
    assert told["rule"] == "then"
    # In 2000 the gold was France's still, as the news say.
    assert told["verdicts"] == {"agrees": 3, "differs": 1}
    page = get(world, "/audit", BROWSER, source="news", rule="then").text
    assert "rule=then&amp;differs=true" in page
    assert "“then”" in page


def test_a_line_that_a_rule_joins_is_found_by_each_of_its_nations(world: World) -> None:
    world.store.update(
        """INSERT DATA { GRAPH graph:rules { rule:one a mg:CountingRule ; rdfs:label "one"@en ;
             mg:asOf mg:AtLatest ; mg:countedPer mg:Entry ; mg:mergesFormerCodes true ;
             mg:mergesSuccessors false ; mg:sharesMixed false .
             nation:FRA mg:formerCode "GAL" . nation:GAL a mg:Nation ; rdfs:label "Gaul"@en ;
               mg:code "GAL" ; mg:kind mg:Country }
           GRAPH graph:news { tally:g a mg:Tally ; mg:games games:g ; mg:nation nation:GAL ;
             mg:silver 1 } }"""
    )
    for code in ("FRA", "GAL"):
        told = get(world, "/audit", "application/json", source="news", rule="one", nation=code).json
        assert told is not None
        [silver] = [f for f in told["findings"] if f["what"] == "Games, France: silver medals"]
        assert (silver["source"], silver["counted"], silver["nation"]) == (1, 1, "FRA")
        assert silver["joined"] == [
            {"nation": "FRA", "counted": 1, "source": 0},
            {"nation": "GAL", "counted": 0, "source": 1},
        ]
    page = get(world, "/audit", BROWSER, source="news", rule="one").text
    assert "Joined by the rule: FRA with 1 in the results and 0 in the source" in page


def test_the_tag_follows_the_state_and_what_is_asked_for(world: World) -> None:
    first = get(world, "/audit", "application/json", source="news")
    again = world.client.get(
        "/audit",
        query_string={"source": "news"},
        headers={"Accept": "application/json", "If-None-Match": first.headers["ETag"]},
    )
    assert again.status_code == 304
    other = get(world, "/audit", "application/json", source="news", nation="AZE")
    assert other.headers["ETag"] != first.headers["ETag"]
    assert get(world, "/audit", "application/json", source="news", at="0").status_code == 404


def test_conflicts_are_listed_with_sources_and_dates(world: World) -> None:
    told = get(world, "/conflicts", "application/json").json
    assert told is not None
    [conflict] = told["conflicts"]
    assert (conflict["label"], conflict["property_label"]) == ("P", "born")
    assert [
        (value["value"], [(s["title"], s["issued"]) for s in value["sources"]])
        for value in conflict["values"]
    ] == [
        ("1990-01-01", [("The Book", "")]),
        ("1991-01-01", [("The <News>", "2024-09-17")]),
    ]
    page = get(world, "/conflicts", BROWSER).text
    assert "1 conflict." in page
    assert "The &lt;News&gt;" in page


def test_each_value_comes_with_the_command_that_keeps_it(world: World) -> None:
    told = get(world, "/conflicts", "application/json").json
    assert told is not None
    shown = [value["command"] for value in told["conflicts"][0]["values"]]
    assert shown[0] == 'medalgraph decide person:p born 1990-01-01 --reason "..."'
    page = html.unescape(get(world, "/conflicts", BROWSER).text)
    assert [command in page for command in shown] == [True, True]
    assert "medalgraph conflicts --settle</code>" in page


def test_conflicts_of_one_property_or_source_are_listed_alone(world: World) -> None:
    world.store.update(
        """INSERT DATA { GRAPH graph:blog { sport:judo rdfs:label "Judo"@en, "Jūdō"@fr .
             nation:FRA rdfs:label "Frankreich"@en } }"""
    )
    told = get(world, "/conflicts", "application/json").json
    assert told is not None
    assert [(one["name"], one["conflicts"]) for one in told["properties"]] == [
        ("born", 1),
        ("name", 2),
    ]
    page = get(world, "/conflicts", BROWSER).text
    assert page.index("Frankreich") < page.index("capitals, accents or signs only")
    for params, number in (
        ({"property": "name"}, 2),
        ({"property": "name@fr"}, 0),
        ({"property": "born", "source": "news"}, 1),
        ({"source": "blog"}, 2),
    ):
        told = get(world, "/conflicts", "application/json", **params).json
        assert told is not None
        assert len(told["conflicts"]) == number
        assert get(world, "/conflicts", BROWSER, **params).status_code == 200
    page = get(world, "/conflicts", BROWSER, property="name", source="blog").text
    assert "medalgraph conflicts --settle --property name --source blog</code>" in page


def test_conflicts_of_what_is_not_there_are_not_found(world: World) -> None:
    answer = get(world, "/conflicts", "application/json", property="nmae")
    assert (answer.status_code, "Perhaps name." in answer.text) == (404, True)
    answer = get(world, "/conflicts", "application/json", source="nobody")
    assert (answer.status_code, "There is no source" in answer.text) == (404, True)


def test_of_many_conflicts_the_first_of_each_property_are_shown(world: World) -> None:
    world.state(
        *(
            Quad(
                NAMES.of("event", f"x{n}"), RDFS_LABEL, Literal(f"{word} {n}", language="en"), graph
            )
            for n in range(30)
            for word, graph in (("Event", BOOK), ("Contest", NEWS))
        )
    )
    page = get(world, "/conflicts", BROWSER).text
    assert page.count('class="node differing"') == 1 + 25
    assert "The first 25 are shown here." in page
    page = get(world, "/conflicts", BROWSER, property="name").text
    assert page.count('class="node differing"') == 30


def test_a_restricted_source_is_not_compared_without_a_token(world: World) -> None:
    secret = NAMES.graph("restricted-births")
    world.state(Quad(NAMES.of("person", "p"), mg("born"), Literal("1992-02-02"), secret))
    assert "1992-02-02" not in get(world, "/conflicts", "application/json").text
    assert get(world, "/audit", "application/json", source=secret.value).status_code == 404


@pytest.mark.parametrize(
    ("params", "status", "said"),
    [
        ({"source": "nobody"}, 404, "There is no source"),
        ({"nation": "AZE"}, 400, "nation= goes with source=."),
        ({"games": "g"}, 400, "games= goes with source=."),
        ({"source": "news", "games": "nowhere"}, 404, "There are no Games"),
        ({"source": "news", "rule": "fair"}, 404, "There is no counting rule"),
        ({"source": "news", "differs": "perhaps"}, 400, "neither true nor false"),
    ],
)
def test_what_cannot_be_compared_is_told(
    world: World, params: dict[str, str], status: int, said: str
) -> None:
    answer = get(world, "/audit", "application/json", **params)
    assert answer.status_code == status
    assert said in answer.text


OTHERS = """INSERT DATA {
  GRAPH graph:book { games:h a mg:Games ; rdfs:label "Later Games"@en ; mg:kind mg:Olympic ;
    mg:season mg:Summer ; mg:year 2004 }
  GRAPH graph:news { tally:h a mg:Tally ; mg:games games:h ; mg:nation nation:AZE ; mg:gold 3 } }"""


@pytest.mark.parametrize("name", ["h", "games:h", "Later Games"])
def test_one_of_the_games_alone(world: World, name: str) -> None:
    world.store.update(OTHERS)
    told = get(world, "/audit", "application/json", source="news", games=name).json
    assert told is not None
    assert told["games"] == "h"
    assert [f["what"] for f in told["findings"]] == ["Later Games, Azerbaijan: gold medals"]
    answer = get(world, "/audit", "text/csv", source="news", games=name)
    assert [row["source"] for row in csv.DictReader(io.StringIO(answer.text))] == ["3"]
    page = get(world, "/audit", BROWSER, source="news", games=name, nation="AZE").text
    assert "Counts compared: AZE, Later Games" in page
    assert "All Games" in page


def test_one_nation_at_one_of_the_games(world: World) -> None:
    told = get(world, "/audit", "application/json", source="news", games="g", nation="FRA").json
    assert told is not None
    assert {f["what"] for f in told["findings"]} == {
        "Games, France: gold medals",
        "Games, France: silver medals",
    }


def test_a_part_is_told_as_in_the_whole(world: World) -> None:
    world.store.update(OTHERS)
    whole = get(world, "/audit", "application/json", source="news").json
    assert whole is not None
    for params in ({"nation": "AZE"}, {"nation": "FRA"}, {"games": "g"}, {"games": "h"}):
        part = get(world, "/audit", "application/json", source="news", **params).json
        assert part is not None
        assert part["findings"]
        assert all(found in whole["findings"] for found in part["findings"])


def test_each_count_that_differs_is_explained_whole_or_not(world: World) -> None:
    """A count of a person, a rank and a count of another source make no exception."""
    world.store.update(
        """INSERT DATA {
          GRAPH graph:news { tally:p a mg:Tally ; mg:games games:g ; mg:person person:p ;
              mg:gold 0 . tally:a mg:rank 3 .
            tally:x a mg:Tally ; mg:games games:x ; mg:nation nation:AZE ; mg:gold 4 }
          GRAPH graph:book { games:x a mg:Games ; rdfs:label "X"@en ; mg:kind mg:Olympic ;
              mg:season mg:Winter ; mg:year 2002 .
            tally:y a mg:Tally ; mg:games games:x ; mg:nation nation:AZE ; mg:gold 14 } }"""
    )
    told = get(world, "/audit", "application/json", source="news").json
    assert told is not None
    differing = [f for f in told["findings"] if f["verdict"] == "differs"]
    assert told["explained"] + told["unexplained"] == told["verdicts"]["differs"] == 6
    for found in differing:
        explained = sum(reason["amount"] for reason in found["because"])
        assert explained + found["unexplained"] == found["source"] - found["counted"]
    by_what = {f["what"]: f for f in differing}
    assert by_what["X, Azerbaijan: gold medals"]["unexplained"] == -10
    assert by_what["Games, Azerbaijan: rank"]["unexplained"] == 2
    assert by_what["Games, P: gold medals"]["because"] == [
        {"text": "e: theirs since 2001-01-02", "amount": -1}
    ]


def test_of_a_source_with_very_many_counts_a_page_lists_what_to_choose(world: World) -> None:
    about = ((RDF_TYPE, mg("Tally")), (mg("nation"), NAMES.of("nation", "AZE")))
    world.state(
        *(
            Quad(NAMES.of("tally", f"m{number}"), prop, value, NEWS)
            for number in range(TALLIES_SHOWN)
            for prop, value in (*about, (mg("games"), NAMES.of("games", "g")))
        )
    )
    page = get(world, "/audit", BROWSER, source="news").text
    assert "too many counts for one page" in page
    links = [html.unescape(link) for link in re.findall(r'href="(/audit[^"]*)"', page)]
    assert any(link.endswith("games=g") for link in links)
    assert any(link.endswith("nation=AZE") for link in links)
    page = get(world, "/audit", BROWSER, source="news", nation="AZE").text
    assert "too many counts of this nation" in page
    page = get(world, "/audit", BROWSER, source="news", nation="FRA").text
    assert "Counts compared: FRA" in page
    told = get(world, "/audit", "application/json", source="news").json
    assert told is not None
    assert len(told["findings"]) == 4
