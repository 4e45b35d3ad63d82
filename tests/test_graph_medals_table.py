"""The medal table counts each medal once and gives equal teams equal ranks."""

from __future__ import annotations

from graph.engines.memory import MemoryDraft
from graph.medals.counting import count_medals
from graph.medals.rules import HELD_NOW, NEUTRAL
from graph.medals.table import Order, Row, medal_table
from graph.names import RDFS_LABEL, Names, mg
from graph.terms import Literal, Quad, Term

NAMES = Names()
GAMES, BOOK, PRESS = NAMES.of("games", "g"), NAMES.graph("book"), NAMES.graph("press")
COLOURS = {"G": "Gold", "S": "Silver", "B": "Bronze"}


def games_with(**medals: str) -> list[Quad]:
    """Return one event an entry, each holding a medal: ``AAA="GGB"`` is two gold, one bronze."""
    quads = []
    for code, held in medals.items():
        nation = NAMES.of("nation", code)
        quads.append(Quad(nation, RDFS_LABEL, Literal(f"Nation {code}", language="en"), BOOK))
        quads.append(Quad(nation, mg("code"), Literal(code), BOOK))
        for number, letter in enumerate(held):
            event = NAMES.of("event", f"{code}-{number}")
            entry = NAMES.of("entry", f"{code}-{number}")
            award = NAMES.of("award", f"{code}-{number}")
            quads += [
                Quad(event, mg("games"), GAMES, BOOK),
                Quad(entry, mg("event"), event, BOOK),
                Quad(entry, mg("nation"), nation, BOOK),
                Quad(entry, mg("won"), mg(COLOURS[letter]), BOOK),
                Quad(award, mg("event"), event, BOOK),
                Quad(award, mg("entry"), entry, BOOK),
                Quad(award, mg("medal"), mg(COLOURS[letter]), BOOK),
                Quad(award, mg("status"), mg("Standing"), BOOK),
            ]
    return quads


def neutral(code: str) -> Quad:
    return Quad(NAMES.of("nation", code), mg("kind"), mg("Neutral"), BOOK)


def table(
    quads: list[Quad], *, unranked: frozenset[Term] = frozenset(), order: Order = Order.GOLD
) -> list[Row]:
    state = MemoryDraft(quads)
    count = count_medals(state, NAMES, [GAMES], HELD_NOW)
    return medal_table(state, count, unranked=unranked, order=order)


def ranks(
    quads: list[Quad], *, unranked: frozenset[Term] = frozenset(), order: Order = Order.GOLD
) -> list[tuple[int | None, str]]:
    return [(row.rank, row.code) for row in table(quads, unranked=unranked, order=order)]


def test_gold_counts_before_silver_and_silver_before_bronze() -> None:
    quads = games_with(AAA="SSSB", BBB="G", CCC="SSSBB")
    assert ranks(quads) == [(1, "BBB"), (2, "CCC"), (3, "AAA")]


def test_equal_teams_share_a_rank_and_the_next_rank_is_skipped() -> None:
    quads = games_with(AAA="GG", BBB="G", CCC="G", DDD="S")
    assert ranks(quads) == [(1, "AAA"), (2, "BBB"), (2, "CCC"), (4, "DDD")]


def test_a_neutral_team_without_a_rank_keeps_its_place_and_moves_the_others_up() -> None:
    quads = [*games_with(AAA="GG", NPA="G", CCC="S"), neutral("NPA")]
    assert ranks(quads) == [(1, "AAA"), (2, "NPA"), (3, "CCC")]
    assert ranks(quads, unranked=frozenset({NEUTRAL})) == [(1, "AAA"), (None, "NPA"), (2, "CCC")]


def test_a_medal_that_two_sources_report_counts_once() -> None:
    quads = games_with(AAA="GS")
    again = [Quad(q.subject, q.predicate, q.object, PRESS) for q in quads]
    (row,) = table(quads + again)
    assert (row.gold, row.silver, row.bronze, row.total) == (1, 1, 0, 2)


def test_a_games_without_medals_has_an_empty_table() -> None:
    assert table([]) == []


def test_by_total_a_team_with_more_medals_stands_before_one_with_more_gold() -> None:
    quads = games_with(AAA="G", BBB="BB", CCC="SB")
    assert ranks(quads, order=Order.TOTAL) == [(1, "CCC"), (1, "BBB"), (3, "AAA")]
