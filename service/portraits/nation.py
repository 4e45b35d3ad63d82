"""A nation: its code, what it was before and after, and its medals at each of the Games."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.medals.awards import awards_of
from graph.medals.cells import NATION
from graph.medals.counting import count_medals
from graph.medals.editions import editions_of
from graph.medals.ledger import WHOLE
from graph.medals.rules import HELD_NOW
from graph.medals.standing import AWARDED
from graph.medals.table import MEDALS
from graph.names import REPLACES, mg
from graph.terms import Literal, NamedNode

from . import linked
from .counts import Counted, published_of
from .gathering import Fact, Portrait, Said
from .names import spellings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.medals.standing import Award
    from service.pages import Cell

    from .counts import Three, Told
    from .gathering import Gathering
    from .names import Spelling

MOST_GAMES, MOST_BODIES = 200, 30
FACTS = (
    ("code", "Code"),
    ("formerCode", "Former codes"),
    ("kind", "Kind"),
    ("country", "Country"),
    ("from", "First Games with this code"),
    ("until", "Last Games with this code"),
)
YEAR, FROM = mg("year"), mg("from")


@dataclass(frozen=True, slots=True)
class AtGames:
    """What a nation won at some Games.

    Attributes:
        counts: gold, silver and bronze, held now by the results or as published; None for
            what is not published.
        total: all of them, None where nobody says.
        moved: how many medals it had or got otherwise than on the day.
        by: the source that publishes them; None for those held by the results.
        others: what other sources publish otherwise.

    """

    games: Cell
    year: str
    counts: Three
    total: int | None
    moved: int
    by: Told | None
    others: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Nation:
    """What the page of a nation tells.

    Attributes:
        medals: the latest Games first.
        total: gold, silver and bronze held now by the results; empty if none are here.

    """

    facts: tuple[Fact, ...]
    medals: tuple[AtGames, ...]
    total: tuple[int, ...]
    tallies: tuple[tuple[str, str, int], ...]
    spellings: tuple[Spelling, ...]


def nation(gathering: Gathering, node: NamedNode) -> Portrait:
    """Return what is told of a nation."""
    medals = _medals(gathering, node)
    told = Nation(
        facts=(*gathering.facts(node, FACTS), *_before_and_after(gathering, node)),
        medals=medals,
        total=_held(medals),
        tallies=gathering.counts_of(NATION, node),
        spellings=spellings(gathering, node),
    )
    code = gathering.text(node, mg("code"))
    own = gathering.cell(node).text
    said = linked.thing(
        gathering,
        node,
        "SportsOrganization",
        identifier=code,
        alternateName=sorted({one.name.text for one in told.spellings} - {own}),
    )
    return Portrait("nation", "nation", told, said)


def _held(medals: Sequence[AtGames]) -> tuple[int, ...]:
    held = [one.counts for one in medals if one.by is None]
    return tuple(sum(counts[place] or 0 for counts in held) for place in range(3)) if held else ()


def _before_and_after(gathering: Gathering, node: NamedNode) -> tuple[Fact, ...]:
    """Return which nations came before and after, and whose former code this one is."""
    after = gathering.pointing(REPLACES, node, MOST_BODIES)
    code = gathering.text(node, mg("code"))
    later = gathering.reader.quads(None, mg("formerCode"), Literal(code)) if code else ()
    renamed = {quad.subject for quad in later if isinstance(quad.subject, NamedNode)}
    text = f"SELECT DISTINCT ?x {{ ?x mg:nation ?nation ; a mg:Organization }} LIMIT {MOST_BODIES}"
    bodies = [row["x"] for row in gathering.rows(text, nation=node)]
    found = [
        Fact("Came after", gathering.said(node, REPLACES)),
        _pointing(gathering, "Was followed by", after, REPLACES, node),
        _pointing(gathering, "Today under the code of", sorted(renamed, key=str), mg("formerCode")),
        _pointing(gathering, "Committees and other bodies", bodies, NATION, node),
    ]
    return tuple(fact for fact in found if fact.values)


def _pointing(
    gathering: Gathering,
    words: str,
    subjects: list[NamedNode],
    predicate: NamedNode,
    node: NamedNode | None = None,
) -> Fact:
    said = [Said(gathering.cell(one), gathering.stating(one, predicate, node)) for one in subjects]
    return Fact(words, tuple(sorted(said, key=lambda one: (one.cell.text, one.cell.entity))))


def _medals(gathering: Gathering, node: NamedNode) -> tuple[AtGames, ...]:
    """Return the medals at each of the Games, the latest first, as tables count them."""
    editions = editions_of(gathering.reader)
    published = published_of(gathering, node)
    found: list[AtGames] = []
    awarded = awards_of(gathering.reader, gathering.names, editions, nations=[node])
    for games, awards in awarded.items():
        own = [award for award in awards.awards if award.nations == (node,)]
        counts = Counter(award.medal for award in own if award.stands(None))
        held = counts[MEDALS[0]], counts[MEDALS[1]], counts[MEDALS[2]]
        others = published.get(games, [])
        best = others[0] if others else None
        if best and _is_taken(gathering, games, best, sum(held) if awards.has_results else None):
            found.append(_at(gathering, games, best, others[1:]))
            continue
        moved = sum(map(_has_moved, own))
        if any(held) or moved or any(one.total for one in others):
            found.append(_at(gathering, games, held, others, moved=moved))
    found.sort(key=lambda one: (one.year, one.games.text), reverse=True)
    return tuple(found[:MOST_GAMES])


def _is_taken(gathering: Gathering, games: NamedNode, best: Counted, held: int | None) -> bool:
    """Tell whether a published count stands for the nation, as it does in the table of the Games.

    Args:
        gathering: reads the state.
        games: the Games.
        best: what the most trusted source says.
        held: how many medals the results have; None where there are no results.

    """
    if held is None:
        return True
    if best.is_claim or None in best.three or held >= WHOLE * (best.total or 0):
        return False
    count = count_medals(gathering.reader, gathering.names, [games], HELD_NOW)
    return games in count.published


def _at(
    gathering: Gathering,
    games: NamedNode,
    counts: Counted | Three,
    others: Sequence[Counted],
    *,
    moved: int = 0,
) -> AtGames:
    """Return the counts at some Games: as a source publishes them, or three held by results."""
    year = gathering.text(games, YEAR) or gathering.text(games, FROM)[:4]
    by = counts if isinstance(counts, Counted) else None
    three = counts.three if isinstance(counts, Counted) else counts
    total = by.total if by else sum(count or 0 for count in three)
    differing = tuple(one.told for one in others if one.differs(three))
    told = by.told if by else None
    return AtGames(gathering.cell(games), year, three, total, moved, told, differing)


def _has_moved(award: Award) -> bool:
    """Tell whether anything was decided on an award but that it was given."""
    return not award.stands(None) or any(act.action != AWARDED for act in award.acts)
