"""The questions that the bundled data must answer, with values looked up in the sources.

The values for Paris 2024 come from the published results (rows of ``medals.csv`` and
``medals_total.csv``); the ranks from the published order with and without the neutral team.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.medals.counting import count_medals
from graph.medals.rules import HELD_NOW, NEUTRAL
from graph.medals.table import Row, medal_table
from graph.names import Names

from .bundled_record import bundled_record

if TYPE_CHECKING:
    from graph.engines.memory import MemoryDraft

NAMES = Names()
PARIS = NAMES.of("games", "2024-summer-para")


@pytest.fixture(scope="module")
def record() -> MemoryDraft:
    return bundled_record()


def row_of(record: MemoryDraft, code: str, *, neutral_ranked: bool) -> Row:
    count = count_medals(record, NAMES, [PARIS], HELD_NOW)
    unranked = frozenset() if neutral_ranked else frozenset({NEUTRAL})
    rows = medal_table(record, count, unranked=unranked)
    return next(row for row in rows if row.code == code)


def values(record: MemoryDraft, text: str) -> set[str]:
    return {row[0].value for row in record.query(text)}  # type: ignore[union-attr] # SELECT


@pytest.mark.parametrize(
    ("code", "medals"),
    [("AZE", (4, 2, 5)), ("CHN", (94, 76, 50)), ("GBR", (49, 44, 31)), ("NPA", (26, 22, 23))],
)
def test_the_medals_of_a_nation_in_paris_are_those_of_the_published_table(
    record: MemoryDraft, code: str, medals: tuple[int, int, int]
) -> None:
    row = row_of(record, code, neutral_ranked=True)
    assert (row.gold, row.silver, row.bronze) == medals


def test_azerbaijan_is_28th_when_neutral_athletes_take_no_rank_and_29th_when_they_do(
    record: MemoryDraft,
) -> None:
    assert row_of(record, "AZE", neutral_ranked=False).rank == 28
    assert row_of(record, "AZE", neutral_ranked=True).rank == 29


def test_four_people_won_gold_for_azerbaijan_in_paris(record: MemoryDraft) -> None:
    text = """SELECT ?name WHERE { ?e mg:won mg:Gold ; mg:nation nation:AZE ; mg:athlete ?p ;
        mg:event/mg:games games:2024-summer-para . ?p rdfs:label ?name }"""
    assert values(record, text) == {
        "Imamaddin Khalilov",
        "Said Najafzade",
        "Lamiya Valiyeva",
        "Orkhan Aslanov",
    }


def test_the_swimmer_whom_the_article_calls_roman_saleh_won_three_medals(
    record: MemoryDraft,
) -> None:
    text = """SELECT ?event WHERE { ?p rdfs:label|skos:altLabel ?n . FILTER(STR(?n) = "Roman Saleh")
        ?e mg:athlete ?p ; mg:won ?medal ; mg:event/rdfs:label ?event }"""
    assert values(record, text) == {
        "Men's 100m Backstroke - S12",
        "Men's 100m Freestyle - S12",
        "Men's 100m Butterfly - S12",
    }


def test_eighteen_athletes_of_azerbaijan_took_part_as_the_article_says(
    record: MemoryDraft,
) -> None:
    took_part = """SELECT DISTINCT ?p WHERE { ?x mg:person ?p ; mg:role mg:Athlete ;
        mg:nation nation:AZE ; mg:games games:2024-summer-para }"""
    assert len(values(record, took_part)) == 18
    said = """SELECT ?n WHERE { ?d a mg:Delegation ; mg:games games:2024-summer-para ;
        mg:nation nation:AZE ; mg:size ?n }"""
    assert values(record, said) == {"18"}


def test_a_plain_query_gives_one_count_for_azerbaijan_in_tokyo(record: MemoryDraft) -> None:
    text = """SELECT ?total WHERE { ?t a mg:Tally ; mg:nation nation:AZE ;
        mg:games games:2020-summer-para ; mg:total ?total . FILTER NOT EXISTS { ?t mg:sport ?s }
        FILTER NOT EXISTS { ?t mg:person ?p } }"""
    assert values(record, text) == {"19"}


def test_the_articles_own_count_for_tokyo_is_kept_as_a_claim_that_was_set_aside(
    record: MemoryDraft,
) -> None:
    text = """SELECT ?n WHERE { GRAPH graph:azernews-2024-09-17 { ?c mg:verdict mg:SetAside ;
        rdf:predicate mg:total ; rdf:object ?n } }"""
    assert values(record, text) == {"14"}


def test_two_athletes_carried_the_flag_at_the_closing_ceremony(record: MemoryDraft) -> None:
    text = (
        """SELECT ?name WHERE { ?x mg:role mg:FlagBearer ; mg:person ?p . ?p rdfs:label ?name }"""
    )
    assert values(record, text) == {"Lamiya Valiyeva", "Said Najafzade"}


def test_two_games_were_held_in_france_and_one_of_them_in_two_towns(record: MemoryDraft) -> None:
    held = "SELECT DISTINCT ?g WHERE { ?g a mg:Games ; mg:place/mg:partOf place:france }"
    towns = """SELECT ?g WHERE { ?g a mg:Games ; mg:place ?c } GROUP BY ?g
        HAVING (COUNT(?c) > 1)"""
    both = {PARIS.value, NAMES.of("games", "1992-winter-para").value}
    assert values(record, held) == both
    assert values(record, towns) == {NAMES.of("games", "1992-winter-para").value}
