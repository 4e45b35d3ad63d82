"""The medal table counts each medal once and gives equal teams equal ranks."""

from __future__ import annotations

from graph.engines.memory import MemoryDraft
from graph.medals.table import medal_table
from graph.names import RDFS_LABEL, Names, mg
from graph.terms import Literal, NamedNode, Quad

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
            quads += [
                Quad(event, mg("games"), GAMES, BOOK),
                Quad(entry, mg("event"), event, BOOK),
                Quad(entry, mg("nation"), nation, BOOK),
                Quad(entry, mg("won"), mg(COLOURS[letter]), BOOK),
            ]
    return quads


def neutral(code: str) -> Quad:
    return Quad(NAMES.of("nation", code), mg("kind"), mg("Neutral"), BOOK)


def ranks(quads: list[Quad], *, neutral_ranked: bool = True) -> list[tuple[int | None, str]]:
    rows = medal_table(MemoryDraft(quads), GAMES, neutral_ranked=neutral_ranked)
    return [(row.rank, row.code) for row in rows]


def test_gold_counts_before_silver_and_silver_before_bronze() -> None:
    quads = games_with(AAA="SSSB", BBB="G", CCC="SSSBB")
    assert ranks(quads) == [(1, "BBB"), (2, "CCC"), (3, "AAA")]


def test_equal_teams_share_a_rank_and_the_next_rank_is_skipped() -> None:
    quads = games_with(AAA="GG", BBB="G", CCC="G", DDD="S")
    assert ranks(quads) == [(1, "AAA"), (2, "BBB"), (2, "CCC"), (4, "DDD")]


def test_a_neutral_team_without_a_rank_keeps_its_place_and_moves_the_others_up() -> None:
    quads = [*games_with(AAA="GG", NPA="G", CCC="S"), neutral("NPA")]
    assert ranks(quads) == [(1, "AAA"), (2, "NPA"), (3, "CCC")]
    assert ranks(quads, neutral_ranked=False) == [(1, "AAA"), (None, "NPA"), (2, "CCC")]


def test_a_medal_that_two_sources_report_counts_once() -> None:
    quads = games_with(AAA="GS")
    again = [Quad(q.subject, q.predicate, q.object, PRESS) for q in quads]
    (row,) = medal_table(MemoryDraft(quads + again), GAMES, neutral_ranked=True)
    assert (row.gold, row.silver, row.bronze, row.total) == (1, 1, 0, 2)


def test_a_games_without_medals_has_an_empty_table() -> None:
    assert medal_table(MemoryDraft(), NamedNode("http://ex/none"), neutral_ranked=True) == []
