"""The audit says which published counts agree, which do not, and which nobody can check."""

from __future__ import annotations

import pytest

from graph.engines.memory import MemoryDraft
from graph.medals.audit import Finding, Verdict, audit
from graph.medals.cells import GAMES, NATION, counts_about
from graph.names import RDFS_LABEL, Names, mg
from graph.terms import Literal, Quad

from .bundled_record import bundled_record

NAMES = Names()
ARTICLE = NAMES.graph("azernews-2024-09-17")


@pytest.fixture(scope="module")
def record() -> MemoryDraft:
    return bundled_record()


@pytest.fixture(scope="module")
def findings(record: MemoryDraft) -> list[Finding]:
    return audit(record, NAMES, ARTICLE)


def test_every_count_of_the_article_that_official_data_contradict_is_found_with_both_values(
    findings: list[Finding],
) -> None:
    differing = {
        (f.what, f.source_value, f.official_value, f.official_source)
        for f in findings
        if f.verdict is Verdict.DIFFERS
    }
    ipc = "Medals by sport and nation at the Summer Paralympic Games, 1960 to 2020"
    tokyo = "Tokyo 2020 Paralympics, Azerbaijan"
    (size,) = {found for found in differing if found[1] == 4000}
    assert size[:3] == ("Paris 2024 Paralympics: athletes", 4000, 4459)
    assert differing - {size} == {
        (f"{tokyo}: gold medals", 4, 14, ipc),
        (f"{tokyo}: silver medals", 4, 1, ipc),
        (f"{tokyo}: bronze medals", 6, 4, ipc),
        (f"{tokyo}: medals in all", 14, 19, ipc),
    }


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("Paris 2024 Paralympics, Azerbaijan: gold medals", 4),
        ("Paris 2024 Paralympics, Azerbaijan: silver medals", 2),
        ("Paris 2024 Paralympics, Azerbaijan: bronze medals", 5),
        ("Paris 2024 Paralympics, Azerbaijan: medals in all", 11),
        ("Paris 2024 Paralympics, Azerbaijan: athletes", 18),
        ("Paris 2024 Paralympics, Azerbaijan, Para Athletics: gold medals", 3),
        ("Paris 2024 Paralympics, Azerbaijan, Para Swimming: bronze medals", 3),
        ("Paris 2024 Paralympics, Raman Salei: medals in all", 3),
        ("Paris 2024 Paralympics, Lamiya Valiyeva: silver medals", 1),
    ],
)
def test_a_count_that_the_results_confirm_agrees(
    findings: list[Finding], what: str, value: int
) -> None:
    (found,) = [one for one in findings if one.what == what]
    assert (found.source_value, found.official_value) == (value, value)
    assert found.verdict is Verdict.AGREES


def test_the_rank_agrees_under_one_of_two_rules_and_the_note_names_both(
    findings: list[Finding],
) -> None:
    (rank,) = [one for one in findings if one.measure == mg("rank")]
    assert (rank.source_value, rank.official_value, rank.verdict) == (28, 28, Verdict.AGREES)
    assert rank.note == "28 if neutral athletes are not ranked, 29 if they are."


def test_what_the_graph_knows_nothing_of_is_not_checkable(findings: list[Finding]) -> None:
    unknown = {one.what for one in findings if one.verdict is Verdict.NOT_CHECKABLE}
    assert "Raman Salei, until 2024-09-08: medals in all" in unknown
    assert "Athens 2004 Paralympics, Ilham Zakiyev: gold medals" in unknown
    assert all(one.official_value is None for one in findings if one.what in unknown)


def test_the_published_medal_table_agrees_with_the_awards_in_every_cell(
    record: MemoryDraft,
) -> None:
    found = audit(record, NAMES, NAMES.graph("paris2024-paralympics"))
    assert len(found) == 86 * 4
    assert {one.verdict for one in found} == {Verdict.AGREES}


def test_counts_that_only_a_claim_contradicts_differ_from_it_and_the_note_says_so(
    record: MemoryDraft,
) -> None:
    """The committee counts 19 medals of Azerbaijan at Tokyo 2020, the report 14."""
    nation, games = NAMES.of("nation", "AZE"), NAMES.of("games", "2020-summer-para")
    found = audit(record, NAMES, NAMES.graph("ipc-medals-by-sport"), nation=nation, games=games)
    [total] = [
        f for f in found if f.what.endswith("Azerbaijan: medals in all") and f.official_value
    ]
    assert (total.source_value, total.official_value, total.verdict) == (19, 14, Verdict.DIFFERS)
    assert total.official_source.startswith("News report")
    assert "set aside" in total.note


def test_counts_about_a_nation_or_games_are_as_many_as_their_audit_has(
    record: MemoryDraft,
) -> None:
    nation, games = NAMES.of("nation", "AZE"), NAMES.of("games", "2024-summer-para")
    about_nation = counts_about(record, NATION, nation)
    assert about_nation[NAMES.graph("ipc-medals-by-sport")] == 104
    for graph, number in about_nation.items():
        assert number == len(audit(record, NAMES, graph, nation=nation))
    for graph, number in counts_about(record, GAMES, games).items():
        assert number == len(audit(record, NAMES, graph, games=games))


def test_counts_are_told_with_names_in_the_language_of_the_reader(record: MemoryDraft) -> None:
    nation = NAMES.of("nation", "AZE")
    german = Quad(nation, RDFS_LABEL, Literal("Aserbaidschan", language="de"), ARTICLE)
    state = MemoryDraft([*record.quads(), german])
    told = {found.what for found in audit(state, NAMES, ARTICLE, languages=("de",))}
    assert "Tokyo 2020 Paralympics, Aserbaidschan: medals in all" in told
    assert not any("Azerbaijan:" in what for what in told)
