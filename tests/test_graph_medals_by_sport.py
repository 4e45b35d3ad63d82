"""Audits of counts by sport, and what sports and other sources tell of a nation's difference.

The book has the results of 2000: in judo AAA has two gold medals and BBB one, in rowing AAA,
BBB and CCC have one silver medal each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.engines.memory import MemoryDraft
from graph.medals.audit import Finding, Verdict, audit
from graph.medals.cells import GAMES, NATION, SPORT
from graph.names import RDF_TYPE, RDFS_LABEL, Names, mg
from graph.sources import Source
from graph.terms import Literal, Quad

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.engines.base import Answer

NAMES = Names()
THEN = NAMES.of("games", "2000-summer")
BOOK = [
    *[("judo", "Gold", code) for code in ("AAA", "AAA", "BBB")],
    *[("rowing", "Silver", code) for code in ("AAA", "BBB", "CCC")],
]
Medals = list[tuple[str, str, str]]


def results(medals: Medals, source: str = "book") -> Iterator[Quad]:
    """Yield an event for each medal, which is a sport, a colour and a nation."""
    graph = NAMES.graph(source)
    yield from Source(graph, title=f"The {source}").quads(NAMES)
    yield Quad(THEN, RDFS_LABEL, Literal("Games", language="en"), graph)
    for number, (sport, colour, code) in enumerate(medals):
        kind = NAMES.of("sport", sport)
        event, entry, award = (
            NAMES.of(what, f"{source}-{number}") for what in ("event", "entry", "award")
        )
        for subject, prop, value in (
            (event, GAMES, THEN),
            (event, SPORT, kind),
            (kind, RDFS_LABEL, Literal(sport, language="en")),
            (entry, mg("event"), event),
            (entry, NATION, NAMES.of("nation", code)),
            (entry, mg("won"), mg(colour)),
            (award, RDF_TYPE, mg("Award")),
            (award, mg("event"), event),
            (award, mg("entry"), entry),
            (award, mg("medal"), mg(colour)),
            (award, mg("status"), mg("Standing")),
        ):
            yield Quad(subject, prop, value, graph)


def tally(code: str, sport: str = "", source: str = "press", **counts: int) -> Iterator[Quad]:
    node, graph = NAMES.of("tally", source, code, sport or "all"), NAMES.graph(source)
    yield Quad(node, RDF_TYPE, mg("Tally"), graph)
    yield Quad(node, GAMES, THEN, graph)
    yield Quad(node, NATION, NAMES.of("nation", code), graph)
    if sport:
        yield Quad(node, SPORT, NAMES.of("sport", sport), graph)
    for measure, count in counts.items():
        yield Quad(node, mg(measure), Literal(count), graph)


class Watched(MemoryDraft):
    """A state that counts the queries that are asked of it."""

    asked = 0

    def query(self, text: str, **options: object) -> Answer:
        """Count a query, and answer it."""
        self.asked += 1
        return super().query(text, **options)  # type: ignore[arg-type]


def press(*quads: Iterator[Quad]) -> list[Finding]:
    state = MemoryDraft(quad for some in (results(BOOK), *quads) for quad in some)
    return audit(state, NAMES, NAMES.graph("press"))


def reasons(finding: Finding) -> list[tuple[str, int]]:
    assert finding.explanation is not None
    assert finding.explanation.unexplained == 0
    return [(reason.text, reason.amount) for reason in finding.explanation.reasons]


def test_a_count_of_a_sport_is_held_against_the_medals_of_that_sport() -> None:
    found = press(tally("AAA", "judo", gold=2, silver=0), tally("AAA", "rowing", silver=2))
    assert [(one.what, one.source_value, one.official_value) for one in found] == [
        ("Games, AAA, judo: gold medals", 2, 2),
        ("Games, AAA, judo: silver medals", 0, 0),
        ("Games, AAA, rowing: silver medals", 2, 1),
    ]
    assert found[2].explanation is not None
    assert (found[2].explanation.reasons, found[2].explanation.unexplained) == ((), 1)


def test_a_sport_of_which_nobody_is_known_to_have_competed_cannot_be_checked() -> None:
    [found] = press(tally("AAA", "golf", gold=1))
    assert found.verdict is Verdict.NOT_CHECKABLE


def test_the_same_winners_in_a_second_source_count_once_in_a_sport_too() -> None:
    [found] = press(results(BOOK[:3], "almanac"), tally("AAA", "judo", gold=2))
    assert (found.official_value, found.official_source) == (2, "The book")


def test_a_rank_in_a_sport_is_that_of_the_sport() -> None:
    found = press(tally("BBB", "judo", rank=2), tally("CCC", "rowing", rank=1))
    assert [(one.official_value, one.verdict) for one in found] == [
        (2, Verdict.AGREES),
        (1, Verdict.AGREES),
    ]


def test_a_rank_after_equal_counts_may_be_the_next_number() -> None:
    state = [*results([*BOOK, ("rowing", "Bronze", "DDD")]), *tally("DDD", "rowing", rank=2)]
    [found] = audit(MemoryDraft(state), NAMES, NAMES.graph("press"))
    assert (found.official_value, found.verdict) == (2, Verdict.AGREES)
    assert found.note == "2 if no rank is skipped after equal counts, 4 if so."


def test_a_sport_that_a_source_lacks_explains_what_it_counts_less() -> None:
    found = press(tally("AAA", gold=2, silver=0), tally("AAA", "judo", gold=2))
    [silver] = [one for one in found if one.verdict is Verdict.DIFFERS]
    assert silver.what == "Games, AAA: silver medals"
    assert reasons(silver) == [("1 in rowing; the source has no such sport", -1)]


def test_a_sport_that_the_source_parts_otherwise_explains_what_it_has_less_in_this_one() -> None:
    found = press(tally("AAA", "judo", gold=1), tally("AAA", "ne-waza", gold=1))
    assert reasons(found[0]) == [("1 in ne-waza in the source", -1)]


def test_a_source_without_any_sports_lacks_none() -> None:
    [found] = press(tally("AAA", silver=0))
    assert found.explanation is not None
    assert (found.explanation.reasons, found.explanation.unexplained) == ((), -1)


def test_other_results_of_the_same_games_explain_in_which_sport_a_count_differs() -> None:
    almanac: Medals = [("judo", "Gold", "BBB"), ("judo", "Gold", "BBB"), ("judo", "Gold", "AAA")]
    [fewer, more] = press(results(almanac, "almanac"), tally("AAA", gold=1), tally("BBB", gold=2))
    assert reasons(fewer) == [("judo: “The almanac” has 1 fewer", -1)]
    assert reasons(more) == [("judo: “The almanac” has 1 more", 1)]


def test_the_table_of_a_sport_that_another_source_publishes_tells_where_a_count_differs() -> None:
    other = tally("CCC", "rowing", source="agency", silver=3)
    [found] = press(other, tally("CCC", silver=3))
    assert reasons(found) == [("rowing: “agency” has 2 more", 2)]


@pytest.mark.parametrize("sports", [["judo"], ["judo", "rowing"]])
def test_the_number_of_queries_does_not_follow_that_of_the_counts(sports: list[str]) -> None:
    few = [*results(BOOK), *tally("AAA", "judo", gold=1)]
    codes = [f"N{number:02}" for number in range(30)]
    many = [*few, *(q for code in codes for s in sports for q in tally(code, s, gold=1, silver=1))]
    asked = []
    for quads in (few, many):
        state = Watched(quads)
        audit(state, NAMES, NAMES.graph("press"))
        asked.append(state.asked)
    assert asked[0] == asked[1]
