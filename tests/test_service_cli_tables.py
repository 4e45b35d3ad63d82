"""The command ``table``: a medal table in words, as CSV and for programs."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from graph.importers.bundled import bundled_sources

if TYPE_CHECKING:
    from tests.command_line import CommandLine

# Sydney 2000, women's 100 m: Marion Jones's gold was withdrawn by the IOC on 12 December 2007;
# on 9 December 2009 it left the gold vacant, gave Lawrence a silver beside Thanou's, and Ottey
# the bronze (IOC Executive Board, press releases of these days).
SYDNEY = """
INSERT DATA { GRAPH graph:book {
  games:2000-summer a mg:Games ; rdfs:label "2000 Summer Olympics"@en ; mg:kind mg:Olympic ;
    mg:season mg:Summer ; mg:year 2000 ; mg:from "2000-09-15" ; mg:until "2000-10-01" .
  sport:athletics a mg:Sport ; rdfs:label "athletics"@en .
  event:w100 a mg:Event ; rdfs:label "women's 100 m"@en ; mg:games games:2000-summer ;
    mg:sport sport:athletics ; mg:sex mg:F .
  org:ioc a mg:Organization ; rdfs:label "International Olympic Committee"@en ;
    mg:kind mg:IOC .
  nation:USA a mg:Nation ; rdfs:label "United States"@en ; mg:code "USA" .
  nation:GRE a mg:Nation ; rdfs:label "Greece"@en ; mg:code "GRE" .
  nation:JAM a mg:Nation ; rdfs:label "Jamaica"@en ; mg:code "JAM" .
  entry:jones a mg:Entry ; mg:event event:w100 ; mg:nation nation:USA .
  entry:thanou a mg:Entry ; mg:event event:w100 ; mg:nation nation:GRE .
  entry:lawrence a mg:Entry ; mg:event event:w100 ; mg:nation nation:JAM .
  entry:ottey a mg:Entry ; mg:event event:w100 ; mg:nation nation:JAM .
  award:jones a mg:Award ; mg:event event:w100 ; mg:entry entry:jones ; mg:medal mg:Gold .
  award:thanou a mg:Award ; mg:event event:w100 ; mg:entry entry:thanou ; mg:medal mg:Silver ;
    mg:status mg:Standing .
  award:third a mg:Award ; mg:event event:w100 ; mg:entry entry:lawrence ; mg:medal mg:Bronze .
  award:second a mg:Award ; mg:event event:w100 ; mg:entry entry:lawrence ; mg:medal mg:Silver .
  award:moved a mg:Award ; mg:event event:w100 ; mg:entry entry:ottey ; mg:medal mg:Bronze .
  award:gold a mg:Award ; mg:event event:w100 ; mg:medal mg:Gold .
  decision:1 a mg:Decision ; mg:award award:jones ; mg:action mg:Withdrawn ;
    mg:date "2007-12-12" ; mg:decidedBy org:ioc ; mg:reason "She admitted doping." .
  decision:2 a mg:Decision ; mg:award award:third ; mg:action mg:Withdrawn ;
    mg:date "2009-12-09" ; mg:decidedBy org:ioc ; mg:reason "She moved up." .
  decision:3 a mg:Decision ; mg:award award:second ; mg:action mg:Reallocated ;
    mg:date "2009-12-09" ; mg:decidedBy org:ioc .
  decision:4 a mg:Decision ; mg:award award:moved ; mg:action mg:Reallocated ;
    mg:date "2009-12-09" ; mg:decidedBy org:ioc .
  decision:5 a mg:Decision ; mg:award award:gold ; mg:action mg:LeftVacant ;
    mg:date "2009-12-09" ; mg:decidedBy org:ioc } }
"""

# Athens 2004, the United States as olympics.com has them.
ATHENS = """
INSERT DATA {
  GRAPH graph:meta { graph:almanac a prov:Entity ; dcterms:title "Almanac" ; mg:priority 2 }
  GRAPH graph:almanac {
    games:2004-summer a mg:Games ; rdfs:label "2004 Summer Olympics"@en ; mg:kind mg:Olympic ;
      mg:season mg:Summer ; mg:year 2004 ; mg:from "2004-08-13" ; mg:until "2004-08-29" .
    tally:usa a mg:Tally ; mg:games games:2004-summer ; mg:nation nation:USA ;
      mg:gold 36 ; mg:silver 39 ; mg:bronze 26 } }
"""
ALMANAC = """
INSERT DATA {
  GRAPH graph:meta { graph:almanac a prov:Entity ; dcterms:title "Almanac" ; mg:priority 2 }
  GRAPH graph:almanac {
    tally:gre a mg:Tally ; mg:games games:2000-summer ; mg:nation nation:GRE ;
      mg:gold 0 ; mg:silver 1 ; mg:bronze 1 .
    tally:jam a mg:Tally ; mg:games games:2000-summer ; mg:nation nation:JAM ;
      mg:gold 0 ; mg:silver 1 ; mg:bronze 0 } }
"""
PONIES = """
INSERT DATA { GRAPH graph:book {
  games:2000-ponies a mg:Games ; rdfs:label "Ponies"@en ; mg:kind mg:Olympic ;
    mg:season mg:Summer ; mg:year 2000 ; mg:partOf games:2000-summer .
  event:ponies a mg:Event ; rdfs:label "ponies"@en ; mg:games games:2000-ponies ;
    mg:sport sport:athletics ; mg:sex mg:F .
  entry:pony a mg:Entry ; mg:event event:ponies ; mg:nation nation:GRE .
  award:pony a mg:Award ; mg:event event:ponies ; mg:entry entry:pony ; mg:medal mg:Gold ;
    mg:status mg:Standing } }
"""


@pytest.fixture
def sydney(medalgraph: CommandLine) -> CommandLine:
    medalgraph.do("update", SYDNEY)
    [found] = [source for source in bundled_sources() if source.slug == "counting-rules"]
    with found.open() as stream:
        medalgraph.do("load", "-", "--format", "trig", stdin=stream.read())
    return medalgraph


def rows(said: str) -> list[tuple[str, ...]]:
    """Return rank, code and the three colours of each row of CSV."""
    table = csv.DictReader(io.StringIO(said))
    return [tuple(row[c] for c in ("rank", "code", "gold", "silver", "bronze")) for row in table]


def test_the_podium_of_sydney_2000_on_three_days(sydney: CommandLine) -> None:
    games = "2000 Summer Olympics"
    then = sydney.do("table", games, "--rule", "at-closing", "--csv")
    assert rows(then.out) == [
        ("1", "USA", "1", "0", "0"),
        ("2", "GRE", "0", "1", "0"),
        ("3", "JAM", "0", "0", "1"),
    ]
    between = sydney.do("table", games, "--rule", "as-of-date", "--as-of", "2008-01-01", "--csv")
    assert rows(between.out) == [("1", "GRE", "0", "1", "0"), ("2", "JAM", "0", "0", "1")]
    now = sydney.do("table", games, "--csv")
    assert rows(now.out) == [
        ("1", "JAM", "0", "1", "1"),
        ("2", "GRE", "0", "1", "0"),
    ]


def test_what_was_counted_is_said_above_and_beside_the_table(sydney: CommandLine) -> None:
    said = sydney.do("table", "2000-summer", "--rule", "at-closing")
    lines = said.out.splitlines()
    assert lines[:2] == ["official at closing: 2000 Summer Olympics", ""]
    assert lines[4].split() == ["1", "United", "States", "USA", "1", "0", "0", "1"]
    assert said.err == (
        "official at closing: 3 awards, decisions up to 2000-10-01. "
        "1 of them have no dated decision and are counted as they stand now.\n"
    )


def test_a_table_of_published_counts_says_first_that_it_is_not_as_of_a_day(
    sydney: CommandLine,
) -> None:
    sydney.do("update", ATHENS)
    said = sydney.do("table", "2004-summer", "--rule", "at-closing")
    assert said.out.splitlines()[:4] == [
        "official at closing: 2004 Summer Olympics",
        (
            "Not a table at closing: “Almanac” publishes counts of today, with all later "
            "decisions, and nothing here tells how things stood then (2004-summer)."
        ),
        "As published in “Almanac”: 2004-summer.",
        (
            "No rank is given: of “Almanac” the counts of only 1 nation are held here, not of all "
            "(2004-summer)."
        ),
    ]
    as_csv = sydney.do("table", "2004-summer", "--as-of", "2005-01-01", "--csv")
    assert rows(as_csv.out) == [("", "USA", "36", "39", "26")]
    assert "Not a table as of 2005-01-01: “Almanac” publishes" in as_csv.err
    told = sydney.do("table", "2004-summer", "--rule", "at-closing", "--json").json
    [unmet] = told["unmet"]
    assert (unmet["part"], [games[-11:] for games in unmet["games"]]) == (
        "decisions",
        ["2004-summer"],
    )
    assert unmet["text"] == told["heading"][1]
    assert sydney.do("table", "2004-summer", "--json").json["unmet"] == []


def test_what_results_lack_of_a_published_table_is_told_by_nation(sydney: CommandLine) -> None:
    """The almanac knows nothing of the decisions: it gives the bronze to Greece."""
    sydney.do("update", ALMANAC)
    said = sydney.do("table", "2000-summer")
    assert (
        "Not the whole of 2000-summer, or not the same: of the 3 medals that “Almanac” publishes "
        "1 missing, 1 too many: GRE -1 bronze; JAM +1 bronze."
    ) in said.out
    [partial] = sydney.do("table", "2000-summer", "--json").json["partial"]
    assert {key: partial[key] for key in ("published", "counted", "missing", "too_many")} == {
        "published": 3,
        "counted": 3,
        "missing": 1,
        "too_many": 1,
    }
    assert partial["nations"] == [
        {"nation": "GRE", "gold": 0, "silver": 0, "bronze": -1},
        {"nation": "JAM", "gold": 0, "silver": 0, "bronze": 1},
    ]


def test_single_choices_are_made_otherwise_and_named(sydney: CommandLine) -> None:
    words = ("table", "2000-summer", "--succession", "successors", "--without-1906")
    said = sydney.do(*words, "--per", "person", "--mixed", "shared", "--neutral", "ranked")
    assert said.out.splitlines()[0] == (
        "after reallocations, successors joined, without 1906, mixed medals shared, each member "
        "of a team counted, neutral athletes ranked: 2000 Summer Olympics"
    )
    told = sydney.do(*words, "--json").json
    assert told["choices"] == ["successors joined", "without 1906"]
    assert told["rule"].endswith("/rule/after-reallocations")


def test_games_of_another_city_are_counted_with_those_of_the_year(sydney: CommandLine) -> None:
    sydney.do("update", PONIES)
    both = sydney.do("table", "2000-summer")
    assert "\nWith 2000-ponies, part of 2000-summer in another city; --without-parts " in both.out
    assert "GRE   1     1" in both.out
    alone = sydney.do("table", "2000-summer", "--without-parts", "--csv")
    assert ("2", "GRE", "0", "1", "0") in rows(alone.out)
    part = sydney.do("table", "2000-ponies")
    assert "2000-ponies is part of 2000-summer; name that for both.\n" in part.out
    assert rows(sydney.do("table", "2000-ponies", "--csv").out) == [("1", "GRE", "1", "0", "0")]


def test_nations_are_named_in_the_language_asked_for(sydney: CommandLine) -> None:
    sydney.do(
        "update",
        """INSERT DATA { GRAPH graph:book { nation:GRE rdfs:label "Griechenland"@de } }""",
    )
    assert "Griechenland" in sydney.do("table", "2000-summer", "--language", "de").out
    assert "Greece" in sydney.do("table", "2000-summer").out


@pytest.mark.parametrize("kind", [("youth",), ("olympic", "--season", "winter")])
def test_games_of_a_kind_that_are_not_there_are_said_not_to_be_there(
    sydney: CommandLine, kind: tuple[str, ...]
) -> None:
    said = sydney("table", "--all", *kind)
    assert said.code == 3
    assert "The store has no Games of this kind: " in said.err


def test_for_programs_the_rule_the_day_and_each_row_are_told(sydney: CommandLine) -> None:
    told = sydney.do("table", "2000-summer", "--rule", "at-closing", "--json").json
    assert told["rule"].endswith("/rule/official-at-closing")
    assert [games["decisions_up_to"] for games in told["games"]] == ["2000-10-01"]
    assert (told["awards"], told["undated"]) == (3, 1)
    assert told["rows"][0] == {
        "rank": 1,
        "nation": "United States",
        "code": "USA",
        "gold": 1,
        "silver": 0,
        "bronze": 0,
        "total": 1,
    }


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("2000-summer", "--as-of", "2024-9-x"), "--as-of '2024-9-x' is no day."),
        (("2000-summer", "--as-of", "yesterday"), "--as-of 'yesterday' is no day."),
        (("2000-summer", "--as-of", "2023-02-29"), "--as-of '2023-02-29' is no day."),
        (("2000-summer", "--rule", "fair"), "There is no counting rule 'fair'."),
        (("2001-summer",), "There are no Games '2001-summer'."),
        (("2000-summer", "--csv", "--json"), "two different formats"),
    ],
)
def test_what_cannot_be_done_is_said(
    sydney: CommandLine, words: tuple[str, ...], error: str
) -> None:
    said = sydney("table", *words)
    assert error in said.err
    assert said.out == ""
    assert said.code != 0
