"""Published counts under rules that join nations: sums against lines, with each nation's part.

Olympedia counts West and East Germany apart from 1968 to 1988, and so do the results; in 1972
they had 13 and 20 gold medals.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import pytest

from graph.engines.memory import MemoryDraft
from graph.lexical import as_stored
from graph.medals.audit import Finding, Verdict, audit
from graph.medals.cells import cells_of
from graph.medals.rules import Rule, rule_named
from graph.names import Names, mg

from .century import century, converted
from .shape_world import world
from .test_graph_medals_counting import PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

from pyoxigraph import RdfFormat, parse

NAMES = Names()
OLYMPEDIA = NAMES.graph("olympedia-games")


@cache
def state(data: Path) -> MemoryDraft:
    tallies = converted("olympedia-games", data / "olympedia-games")
    return MemoryDraft([*century(data).state.quads(), *map(as_stored, tallies)])


@cache
def audited(data: Path, rule: str) -> list[Finding]:
    return audit(state(data), NAMES, OLYMPEDIA, rule_named(state(data), rule))


def found(data: Path, rule: str, what: str) -> Finding:
    [one] = [finding for finding in audited(data, rule) if finding.what == what]
    return one


def parts(finding: Finding) -> list[tuple[str, int, int | None]]:
    return [(str(j.nation)[-4:-1], j.counted, j.published) for j in finding.joined]


def test_what_the_rule_joins_is_one_finding_of_the_sum(shared_data: Path) -> None:
    golds = found(shared_data, "successors-merged", "1972 Summer Olympics, Germany: gold medals")
    assert (golds.source_value, golds.official_value, golds.verdict) == (33, 33, Verdict.AGREES)
    assert parts(golds) == [("FRG", 13, 13), ("GDR", 20, 20)]
    assert golds.nation == NAMES.of("nation", "GER")
    assert golds.note == (
        "Joined by the rule: FRG with 13 in the results and 13 in the source; "
        "GDR with 20 in the results and 20 in the source."
    )


def test_a_former_code_alone_is_held_against_the_line_of_today(shared_data: Path) -> None:
    rule = "former-codes-merged"
    west = found(shared_data, rule, "1972 Summer Olympics, Germany: gold medals")
    east = found(shared_data, rule, "1972 Summer Olympics, East Germany: gold medals")
    assert (west.source_value, west.official_value, parts(west)) == (13, 13, [("FRG", 13, 13)])
    assert (east.source_value, east.official_value, parts(east)) == (20, 20, [])


def test_a_code_of_the_results_only_is_joined_with_that_of_the_source(shared_data: Path) -> None:
    silver = found(
        shared_data, "former-codes-merged", "1952 Summer Olympics, Lebanon: silver medals"
    )
    assert silver.verdict is Verdict.AGREES
    assert parts(silver) == [("LBN", 0, 1), ("LIB", 1, None)]


@pytest.mark.parametrize("rule", ["former-codes-merged", "successors-merged"])
def test_no_published_medal_is_lost_and_each_difference_is_made_up(
    shared_data: Path, rule: str
) -> None:
    stated = Counter[object]()
    for cell in cells_of(state(shared_data), OLYMPEDIA):
        stated[cell.measure] += cell.value
    told = Counter[object]()
    for one in audited(shared_data, rule):
        told[one.measure] += one.source_value
        if one.explanation is not None:
            assert one.official_value is not None
            difference = one.source_value - one.official_value
            assert one.explanation.explained + one.explanation.unexplained == difference
    assert told == stated


def test_games_that_the_rule_leaves_out_are_not_checked(shared_data: Path) -> None:
    one = found(shared_data, "without-1906", "1906 Intercalated, Greece: gold medals")
    assert one.verdict is Verdict.NOT_CHECKABLE
    assert one.note == "The rule without 1906 leaves these Games out."


TALLY = """
GRAPH graph:table {{ <urn:tally:{code}> a mg:Tally ; mg:nation nation:{code} ; mg:silver {count} ;
  mg:games <https://w3id.org/medalgraph/id/games/2024> }}
"""
# One silver of Singapore is under its former code; see the small world.
FORMER = "GRAPH graph:book { entry:judo-2 mg:nation nation:SIN }"


def small(*tallies: tuple[str, int], former: str = FORMER) -> list[Finding]:
    text = PREFIXES + former + "".join(TALLY.format(code=c, count=n) for c, n in tallies)
    quads = [*world(), *map(as_stored, parse(text, format=RdfFormat.TRIG))]
    rule = Rule("codes", merges_former_codes=True, shares_mixed=True)
    return audit(MemoryDraft(quads), NAMES, NAMES.graph("table"), rule)


def test_medals_of_a_code_that_the_source_lacks_explain_what_it_has_less() -> None:
    [agreeing] = small(("SGP", 2), former="")
    assert agreeing.verdict is Verdict.AGREES
    [found] = small(("SGP", 2))
    assert found.official_value == 3
    assert found.explanation is not None
    [reason] = found.explanation.reasons
    assert (reason.text, reason.amount) == ("1 of SIN joined; the source has no SIN", -1)
    assert found.explanation.unexplained == 0


def test_two_published_lines_are_added_up_before_they_are_compared() -> None:
    [found] = small(("SGP", 2), ("SIN", 1))
    assert (found.source_value, found.official_value) == (3, 3)
    assert found.measure == mg("silver")
    assert parts(found) == [("SGP", 2, 2), ("SIN", 1, 1)]
