"""A nation: its code, what it was before and after, and its medals at each of the Games."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.medals.cells import NATION
from graph.medals.counting import counted
from graph.medals.editions import editions_of
from graph.medals.ledger import ledgers
from graph.medals.rules import usual_rule
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

    from graph.medals.ledger import Ledger
    from graph.medals.rules import Rule
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
        rule: by which medals are counted, as in tables of the Games.
        medals: the latest Games first.
        total: gold, silver and bronze held now by the results; empty if none are here.

    """

    facts: tuple[Fact, ...]
    rule: str
    medals: tuple[AtGames, ...]
    total: tuple[int, ...]
    tallies: tuple[tuple[str, str, int], ...]
    spellings: tuple[Spelling, ...]


def nation(gathering: Gathering, node: NamedNode) -> Portrait:
    """Return what is told of a nation."""
    rule = usual_rule(gathering.reader)
    medals = _medals(gathering, node, rule)
    told = Nation(
        facts=(*gathering.facts(node, FACTS), *_before_and_after(gathering, node)),
        rule=rule.title,
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


def _medals(gathering: Gathering, node: NamedNode, rule: Rule) -> tuple[AtGames, ...]:
    """Return the medals at each of the Games, the latest first, as tables count them."""
    editions = editions_of(gathering.reader)
    published = published_of(gathering, node)
    found: list[AtGames] = []
    # All awards and not those of the nation: a state keeps them once read, for every nation.
    for games, ledger in ledgers(gathering.reader, gathering.names, editions, rule).items():
        own = [a for a in ledger.awards if a.nations == (node,) and ledger.lines.counts(a)]
        others = published.get(games, [])
        if not own and not others:
            continue
        counts = Counter(award.medal for award in own if award.stands(None))
        held = counts[MEDALS[0]], counts[MEDALS[1]], counts[MEDALS[2]]
        moved = sum(map(_has_moved, own))
        taken = _taken(gathering, ledger, node, held, others)
        if taken is not None:
            by, three = taken
            found.append(_at(gathering, games, three, [o for o in others if o is not by], by=by))
        elif any(held) or moved or any(one.total for one in others):
            found.append(_at(gathering, games, held, others, moved=moved))
    found.sort(key=lambda one: (one.year, one.games.text), reverse=True)
    return tuple(found[:MOST_GAMES])


def _taken(
    gathering: Gathering,
    ledger: Ledger,
    node: NamedNode,
    held: Three,
    others: Sequence[Counted],
) -> tuple[Counted, Three] | None:
    """Return which published count stands for the nation, as in the table of the Games, and how.

    Args:
        gathering: reads the state.
        ledger: the awards of the Games.
        node: the nation.
        held: the medals that it has of them.
        others: what sources publish, the best first.

    """
    if not others or (ledger.has_results and others[0].three == held):
        # Whichever of two equal counts the table takes, its numbers are these.
        return None
    best = others[0]
    without = None if ledger.has_results else (best, best.three)
    if best.is_claim or None in best.three:
        return without
    count = counted(gathering.reader, gathering.names, [ledger])
    title = count.published.get(ledger.games)
    by = next((one for one in others if one.title == title), None)
    if by is None:
        return without
    medals = count.medals.get(node, Counter())
    return by, (medals[MEDALS[0]], medals[MEDALS[1]], medals[MEDALS[2]])


def _at(  # noqa: PLR0913 - what is told of some Games, each part by name
    gathering: Gathering,
    games: NamedNode,
    three: Three,
    others: Sequence[Counted],
    *,
    moved: int = 0,
    by: Counted | None = None,
) -> AtGames:
    """Return the counts at some Games: as a source publishes them, or held by results."""
    year = gathering.text(games, YEAR) or gathering.text(games, FROM)[:4]
    known = [count for count in three if count is not None]
    total = sum(known) if by is None or len(known) == len(three) else by.total
    differing = tuple(one.told for one in others if one.differs(three))
    told = by.told if by else None
    return AtGames(gathering.cell(games), year, three, total, moved, told, differing)


def _has_moved(award: Award) -> bool:
    """Tell whether anything was decided on an award but that it was given."""
    return not award.stands(None) or any(act.action != AWARDED for act in award.acts)
