"""The medal table of one Games, counted from the medals that entries hold now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import RDFS_LABEL, mg
from graph.terms import Literal, NamedNode

if TYPE_CHECKING:
    from graph.engines.base import Reader
    from graph.terms import Subject

MEDALS = (mg("Gold"), mg("Silver"), mg("Bronze"))
NEUTRAL = mg("Neutral")


@dataclass(frozen=True, slots=True)
class Row:
    """One nation's line in a medal table.

    Attributes:
        rank: by gold, then silver, then bronze; equal counts share a rank and the
            next one is skipped (1, 2, 2, 4). None for a team that is not ranked.
        code: the three-letter code, or an empty string.

    """

    rank: int | None
    nation: Subject
    label: str
    code: str
    gold: int
    silver: int
    bronze: int

    @property
    def total(self) -> int:
        """All medals of the nation."""
        return self.gold + self.silver + self.bronze


def medal_table(reader: Reader, games: NamedNode, *, neutral_ranked: bool) -> list[Row]:
    """Return the table of one Games, best first; an entry's medal counts once a nation.

    Args:
        reader: the state to count in.
        games: the edition of the Games.
        neutral_ranked: whether teams of neutral athletes take a rank. Where they do
            not, they stay at their place without one and the next team moves up.

    """
    counts = _counts(reader, games)
    ordered = sorted(counts, key=lambda nation: (_descending(counts[nation]), str(nation)))
    rows: list[Row] = []
    ranked: list[tuple[int, ...]] = []
    for nation in ordered:
        medals = counts[nation]
        rank = None
        if neutral_ranked or not any(reader.quads(nation, mg("kind"), NEUTRAL)):
            ranked.append(medals)
            rank = ranked.index(medals) + 1
        label, code = _text(reader, nation, RDFS_LABEL), _text(reader, nation, mg("code"))
        rows.append(Row(rank, nation, label, code, *medals))
    return rows


def _counts(reader: Reader, games: NamedNode) -> dict[Subject, tuple[int, int, int]]:
    """Return the gold, silver and bronze medals of each nation that has any."""
    found: dict[Subject, list[int]] = defaultdict(lambda: [0, 0, 0])
    text = f"""SELECT ?nation ?medal (COUNT(DISTINCT ?entry) AS ?n) WHERE {{
        ?event mg:games <{games.value}> . ?entry mg:event ?event ; mg:won ?medal ; mg:nation ?nation
    }} GROUP BY ?nation ?medal"""
    for row in reader.query(text):  # type: ignore[union-attr] # a SELECT gives solutions
        if row["medal"] in MEDALS:
            found[row["nation"]][MEDALS.index(row["medal"])] = int(row["n"].value)
    return {nation: (medals[0], medals[1], medals[2]) for nation, medals in found.items()}


def _descending(medals: tuple[int, int, int]) -> tuple[int, ...]:
    return tuple(-count for count in medals)


def _text(reader: Reader, subject: Subject, predicate: NamedNode) -> str:
    """Return a text of the subject, English before other languages."""
    texts = [
        quad.object for quad in reader.quads(subject, predicate) if isinstance(quad.object, Literal)
    ]
    texts.sort(key=lambda text: (text.language != "en", text.language or "", text.value))
    return texts[0].value if texts else ""
