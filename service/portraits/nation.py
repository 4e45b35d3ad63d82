"""A nation: its code, what it was before and after, and its medals at each of the Games."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.medals.awards import awards_of
from graph.medals.cells import NATION
from graph.medals.editions import editions_of
from graph.medals.standing import AWARDED
from graph.medals.table import MEDALS
from graph.names import REPLACES, mg
from graph.terms import Literal, NamedNode

from . import linked
from .gathering import Fact, Portrait, Said
from .names import spellings

if TYPE_CHECKING:
    from graph.medals.standing import Award
    from service.pages import Cell

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
        counts: gold, silver and bronze held now.
        moved: how many medals it had or got otherwise than on the day.

    """

    games: Cell
    year: str
    counts: tuple[int, int, int]
    moved: int


@dataclass(frozen=True, slots=True)
class Nation:
    """What the page of a nation tells."""

    facts: tuple[Fact, ...]
    medals: tuple[AtGames, ...]
    total: tuple[int, int, int]
    tallies: tuple[tuple[str, str, int], ...]
    spellings: tuple[Spelling, ...]


def nation(gathering: Gathering, node: NamedNode) -> Portrait:
    """Return what is told of a nation."""
    medals = _medals(gathering, node)
    told = Nation(
        facts=(*gathering.facts(node, FACTS), *_before_and_after(gathering, node)),
        medals=medals,
        total=tuple(sum(one.counts[place] for one in medals) for place in range(3)),  # type: ignore[arg-type] # three
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
        _pointing(gathering, "Committees", bodies, NATION, node),
    ]
    return tuple(fact for fact in found if fact.values)


def _pointing(
    gathering: Gathering,
    words: str,
    subjects: list[NamedNode],
    predicate: NamedNode,
    node: NamedNode | None = None,
) -> Fact:
    return Fact(
        words,
        tuple(
            Said(gathering.cell(one), gathering.stating(one, predicate, node)) for one in subjects
        ),
    )


def _medals(gathering: Gathering, node: NamedNode) -> tuple[AtGames, ...]:
    """Return the medals at each of the Games, the latest first, as tables count them."""
    editions = editions_of(gathering.reader)
    found: list[AtGames] = []
    awarded = awards_of(gathering.reader, gathering.names, editions, nations=[node])
    for games, awards in awarded.items():
        own = [award for award in awards.awards if award.nations == (node,)]
        counts = Counter(award.medal for award in own if award.stands(None))
        year = gathering.text(games, YEAR) or gathering.text(games, FROM)[:4]
        moved = sum(map(_has_moved, own))
        three = tuple(counts[medal] for medal in MEDALS)
        if any(three) or moved:
            found.append(AtGames(gathering.cell(games), year, three, moved))  # type: ignore[arg-type] # three
    found.sort(key=lambda one: (one.year, one.games.text), reverse=True)
    return tuple(found[:MOST_GAMES])


def _has_moved(award: Award) -> bool:
    """Tell whether anything was decided on an award but that it was given."""
    return not award.stands(None) or any(act.action != AWARDED for act in award.acts)
