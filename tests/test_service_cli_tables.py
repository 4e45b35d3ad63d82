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


def test_what_was_counted_is_said_beside_the_table(sydney: CommandLine) -> None:
    said = sydney.do("table", "2000-summer", "--rule", "at-closing")
    assert said.out.splitlines()[2].split() == ["1", "United", "States", "USA", "1", "0", "0", "1"]
    assert said.err == (
        "official at closing: 3 awards, decisions up to 2000-10-01. "
        "1 of them have no dated decision and are counted as they stand now.\n"
    )


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
