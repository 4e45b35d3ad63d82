"""The audit says why published medals differ: what is explained and what is not make it up."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import pytest

from graph.engines.memory import MemoryDraft
from graph.errors import BadInput
from graph.lexical import as_stored
from graph.medals.audit import Finding, Verdict, audit
from graph.medals.background import Background
from graph.medals.explaining import Explainer
from graph.medals.ledger import Ledger, ledgers
from graph.medals.rules import HELD_NOW, CutOff, Rule, rules
from graph.names import Names, mg

from .century import century, converted
from .shape_world import world

if TYPE_CHECKING:
    from pathlib import Path

    from graph.medals.reasons import Explanation
    from graph.terms import Term

    from .century import Century

NAMES = Names()
GOLD, SILVER = mg("Gold"), mg("Silver")


def ledger_of(state: MemoryDraft, games: str, rule: Rule = HELD_NOW) -> Ledger:
    [ledger] = ledgers(state, NAMES, [NAMES.of("games", games)], rule).values()
    return ledger


def explained(
    state: MemoryDraft, ledger: Ledger, code: str, medal: Term, published: int
) -> Explanation:
    explainer = Explainer(ledger, {}, Background(state, NAMES))
    return explainer.explain(NAMES.of("nation", code), [medal], published)


@cache
def audited(data: Path) -> list[Finding]:
    """Return the audit of Olympedia's tallies against the medals of 120 years."""
    tallies = converted("olympedia-games", data / "olympedia-games")
    state = MemoryDraft([*century(data).state.quads(), *map(as_stored, tallies)])
    return audit(state, NAMES, NAMES.graph("olympedia-games"))


@pytest.fixture
def findings(shared_data: Path) -> list[Finding]:
    return audited(shared_data)


@pytest.fixture
def games(shared_data: Path) -> Century:
    return century(shared_data)


def found(findings: list[Finding], what: str) -> Finding:
    [one] = [finding for finding in findings if finding.what == what]
    return one


def test_all_cells_of_olympedia_are_audited(findings: list[Finding]) -> None:
    verdicts = Counter(finding.verdict for finding in findings)
    # 1,807 tallies of four counts each; the table of medals ends in 2016.
    assert len(findings) == 4 * 1807
    assert verdicts == {
        Verdict.AGREES: 6334,
        Verdict.DIFFERS: 286,
        Verdict.NOT_CHECKABLE: 608,
    }


def test_explained_and_unexplained_are_the_whole_difference(findings: list[Finding]) -> None:
    differing = [finding for finding in findings if finding.verdict is Verdict.DIFFERS]
    for finding in differing:
        explanation = finding.explanation
        assert explanation is not None
        assert finding.official_value is not None
        difference = finding.source_value - finding.official_value
        assert explanation.explained + explanation.unexplained == difference


def test_up_to_1906_and_from_1924_to_1998_hardly_anything_stays_unexplained(
    findings: list[Finding],
) -> None:
    """What stays is of 1896 to 1904, 1912 and from 2004 on: see ``test_graph_medals_published``."""
    years = {
        finding.what[:4]
        for finding in findings
        if finding.explanation is not None and finding.explanation.unexplained
    }
    assert years == {"1896", "1900", "1904", "1912", "2004", "2008", "2012", "2014", "2016"}


@pytest.mark.parametrize(
    ("what", "reasons"),
    [
        ("1952 Summer Olympics, Lebanon: silver medals", ["1 under LIB in the results"]),
        ("1924 Winter Olympics, Great Britain: gold medals", ["1 in Alpinism not counted"]),
        (
            "1924 Winter Olympics, Mixed team: gold medals",
            ["Mixed Alpinism: counted as a mixed team's"],
        ),
        (
            "1906 Intercalated, Greece: silver medals",
            ["Men's Coxed Pairs (1 mile): the mixed team's counted"],
        ),
        (
            "1992 Winter Olympics, Norway: gold medals",
            [
                "Men's 10/15 kilometres Pursuit: the results have no gold",
                "Men's 50 kilometres: the results have no gold",
            ],
        ),
    ],
)
def test_a_difference_is_explained_by_what_the_graph_has(
    findings: list[Finding], what: str, reasons: list[str]
) -> None:
    explanation = found(findings, what).explanation
    assert explanation is not None
    assert [reason.text for reason in explanation.reasons] == reasons
    assert explanation.unexplained == 0


def test_events_without_a_medal_explain_nothing_where_there_are_more_of_them_than_is_missing(
    findings: list[Finding],
) -> None:
    explanation = found(findings, "1896 Summer Olympics, Greece: silver medals").explanation
    assert explanation is not None
    assert (explanation.reasons, explanation.unexplained) == ((), 1)


@pytest.mark.parametrize(
    ("code", "medal", "counted", "published"),
    [("GER", "Gold", 33, 38), ("ITA", "Silver", 9, 13)],
)
def test_under_a_rule_without_art_the_prizes_for_art_explain_olympedias_counts(
    games: Century, code: str, medal: str, counted: int, published: int
) -> None:
    state = games.state
    [rule] = [rule for rule in rules(state) if rule.key == "after-reallocations"]
    ledger = ledger_of(state, "1936-summer", rule)
    assert ledger.held(NAMES.of("nation", code), mg(medal)) == counted
    told = explained(state, ledger, code, mg(medal), published)
    more = published - counted
    assert [(reason.text, reason.amount) for reason in told.reasons] == [
        (f"{more} in Art Competitions counted", more)
    ]
    assert told.unexplained == 0


@pytest.mark.parametrize(
    "rule",
    [
        Rule("people", per_person=True),
        Rule("given", cut_off=CutOff.GIVEN),
    ],
)
def test_a_rule_that_no_tally_follows_is_refused(rule: Rule) -> None:
    with pytest.raises(BadInput, match=rule.label):
        audit(MemoryDraft(world()), NAMES, NAMES.graph("book"), rule)


class TestDecisions:
    """In the small world a gold of NPA is withdrawn and goes to AZE, and a silver is vacant."""

    STATE = MemoryDraft(world())
    LEDGER = ledger_of(STATE, "2024")

    def explain(self, code: str, medal: Term, published: int) -> tuple[list[int], int]:
        told = explained(self.STATE, self.LEDGER, code, medal, published)
        return [reason.amount for reason in told.reasons], told.unexplained

    def golds(self, code: str) -> int:
        return self.LEDGER.held(NAMES.of("nation", code), GOLD)

    def test_a_count_of_before_a_withdrawal_is_explained(self) -> None:
        assert self.explain("NPA", GOLD, 1) == ([1], 0)

    def test_a_count_of_before_a_medal_was_passed_on_is_explained(self) -> None:
        assert self.explain("FRA", GOLD, self.golds("FRA") - 1) == ([-1], 0)

    def test_at_closing_later_decisions_are_not_heeded(self) -> None:
        ledger = ledger_of(self.STATE, "2024", Rule("closing", cut_off=CutOff.CLOSING))
        counted = {code: ledger.held(NAMES.of("nation", code), GOLD) for code in ("NPA", "FRA")}
        assert counted == {"NPA": 1, "FRA": 0}

    def test_what_nothing_explains_stays(self) -> None:
        reasons, left = self.explain("FRA", GOLD, self.golds("FRA") + 7)
        assert sum(reasons) + left == 7
        assert left > 0

    def test_a_count_that_agrees_needs_no_reason(self) -> None:
        assert self.explain("AZE", GOLD, self.golds("AZE")) == ([], 0)
