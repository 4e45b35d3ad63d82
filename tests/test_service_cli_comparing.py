"""What sources count is held against each other, in words and for programs."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.command_line import CommandLine

# Azerbaijan won four bronze medals in Tokyo (IPC, medals by sport); the report says six.
COUNTS = """
INSERT DATA {
  GRAPH graph:table { tally:table--2020-summer-para--AZE a mg:Tally ; mg:bronze 4 ; mg:gold 14 ;
    mg:games games:2020-summer-para ; mg:nation nation:AZE .
    games:2020-summer-para a mg:Games ; rdfs:label "Tokyo 2020 Paralympics"@en ;
      mg:kind mg:Paralympic ; mg:season mg:Summer ; mg:year 2020 .
    nation:AZE a mg:Nation ; rdfs:label "Azerbaijan"@en ; mg:code "AZE" }
  GRAPH graph:report { tally:report--2020-summer-para--AZE a mg:Tally ; mg:bronze 6 ; mg:gold 14 ;
    mg:silver 4 ; mg:games games:2020-summer-para ; mg:nation nation:AZE }
  GRAPH graph:meta { graph:table a prov:Entity ; dcterms:title "Medals by sport" ; mg:priority 2 } }
"""


@pytest.fixture
def counted(medalgraph: CommandLine) -> CommandLine:
    medalgraph.do("update", COUNTS)
    return medalgraph


def test_each_count_of_a_source_is_shown_beside_what_others_count(counted: CommandLine) -> None:
    said = counted.do("audit", "report").out
    assert said.endswith(
        "3 counts: 1 agree, 1 differ, 1 cannot be checked.\n"
        "Of those that differ 0 are explained whole, 1 not.\n"
    )
    [line] = [line for line in said.splitlines() if "bronze medals" in line]
    assert line.split("  ")[0] == "Tokyo 2020 Paralympics, Azerbaijan: bronze medals"
    assert line.split()[-7:] == ["6", "4", "differs", "Medals", "by", "sport", "2"]


def test_only_what_differs_is_shown_on_request(counted: CommandLine) -> None:
    said = counted.do("audit", "graph:report", "--differs").out
    assert "bronze" in said
    assert "gold" not in said


def test_an_audit_is_csv_and_json_too(counted: CommandLine) -> None:
    rows = list(csv.DictReader(io.StringIO(counted.do("audit", "report", "--csv").out)))
    told = counted.do("audit", "report", "--json").json
    assert [row["verdict"] for row in rows] == [one["verdict"] for one in told]
    by_what = {one["what"].rpartition(": ")[2]: one for one in told}
    assert by_what["bronze medals"]["counted"] == 4
    assert by_what["silver medals"]["counted"] is None
    assert by_what["silver medals"]["verdict"] == "not checkable"


def test_an_audit_can_be_made_of_the_past(counted: CommandLine) -> None:
    counted.do("update", "DELETE WHERE { GRAPH graph:table { ?s mg:bronze ?n } }")
    assert "0 differ" in counted.do("audit", "report").out
    assert "1 differ" in counted.do("audit", "report", "--at", 1).out


def test_a_source_that_is_not_there_is_named_with_those_that_are(counted: CommandLine) -> None:
    said = counted("audit", "reprot")
    assert said.code == 3
    assert said.err == (
        "Error: There is no source reprot.\nThere are: graph:meta, graph:report, graph:table.\n"
    )


def test_an_audit_can_be_of_some_games_or_of_a_nation_alone(counted: CommandLine) -> None:
    whole = counted.do("audit", "report", "--json").json
    for part in (["--games", "Tokyo 2020 Paralympics"], ["--nation", "AZE"], ["--nation", "aze"]):
        assert counted.do("audit", "report", "--json", *part).json == whole
    unknown = counted("audit", "report", "--nation", "AZZ")
    assert (unknown.code, "AZE" in unknown.err) == (3, True)
    assert counted("audit", "report", "--games", "nowhere").code == 3


def test_the_rule_of_an_audit_is_one_of_the_store(counted: CommandLine) -> None:
    said = counted("audit", "report", "--rule", "fair")
    assert said.code == 3
    assert "There is no counting rule 'fair'." in said.err


def test_two_formats_are_one_too_many(counted: CommandLine) -> None:
    assert counted("audit", "report", "--csv", "--json").code == 2
