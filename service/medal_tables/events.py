"""The events behind one cell of a medal table, with who won and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import NotFound
from graph.medals.behind import behind
from graph.medals.counting import counted
from graph.medals.nations import nation_named
from graph.medals.portion import count_portion
from graph.medals.table import MEDALS
from graph.names import local_name, mg, plain, property_words
from graph.terms import NamedNode
from service.portraits.gathering import code_of

from .counted import counted_table
from .table import about, line_told, sources_told

if TYPE_CHECKING:
    from collections.abc import Collection

    from graph.medals.standing import Award
    from graph.terms import Term
    from service.portraits.gathering import Gathering
    from service.wire.problem import Json

    from .asked import Asked
    from .counted import Counted

TOTAL = "total"
COLOURS = {property_words(medal): medal for medal in MEDALS}
_TEAM = 25
"""So many members of a team are named."""


def events_told(of: Gathering, asked: Asked) -> dict[str, Json]:
    """Return the events behind the medals of a colour that a nation has in a table.

    Raises:
        NotFound: if there is no such nation, with near names.

    """
    table = counted_table(of.reader, of.names, asked, of.shown.languages)
    nation = line_named(of, table, asked.nations[0])
    medals = (COLOURS[asked.medal],) if asked.medal in COLOURS else MEDALS
    published = _published(of, table, nation, medals)
    held = [] if table.needs_day else behind(table.ledgers, nation, medals)
    events = [_event(of, award, times) for award, times in held]
    events.sort(key=lambda one: (_sort_key(one["sport"]), str(one["label"])))
    return {
        **about(of, table, asked),
        "nation": line_told(of, nation),
        "medal": asked.medal or TOTAL,
        "count": _cell(table, nation, medals),
        "held": sum(times for _, times in held),
        "events": events,
        "published": published,
    }


def line_named(of: Gathering, table: Counted, text: str) -> NamedNode:
    """Return the line of a table that a code or name means, else the nation that has it."""
    for line in table.count.medals:
        if isinstance(line, NamedNode):
            codes = (plain(local_name(line)), plain(code_of(of, line)))
            if plain(text) in codes:
                return line
    lines = {plain(local_name(ledger.lines.mixed)): ledger.lines.mixed for ledger in table.ledgers}
    mixed = lines.get(plain(text))
    if isinstance(mixed, NamedNode):
        return mixed
    nation = nation_named(of.reader, text)
    joined = {ledger.lines.line(nation) for ledger in table.ledgers}
    line = joined.pop() if len(joined) == 1 else nation
    if not isinstance(line, NamedNode):
        raise NotFound(f"There is no nation {text!r}.")
    return line


def _cell(table: Counted, nation: Term, medals: Collection[Term]) -> int:
    if table.needs_day or nation not in table.count.medals:
        return 0
    return sum(table.count.medals[nation][medal] for medal in medals)


def _published(of: Gathering, table: Counted, nation: Term, medals: Collection[Term]) -> list[Json]:
    """Return how many of the medals are counts that a source publishes, and not awards."""
    found: list[Json] = []
    for ledger in table.every if not table.needs_day else ():
        basis = table.count.editions.get(ledger.games)
        if basis is None or not basis.is_published:
            continue
        if table.portion.is_whole:
            count = counted(of.reader, of.names, [ledger])
        else:
            count, _ = count_portion(of.reader, of.names, [ledger], table.portion, table.fields)
        number = sum(count.medals[nation][medal] for medal in medals)
        told: dict[str, Json] = {"games": ledger.games.value, "count": number}
        found.append(told | {"sources": sources_told(of, basis.graphs)})
    return found


def _event(of: Gathering, award: Award, times: int) -> dict[str, Json]:
    entry = award.entry
    athletes = of.nodes(entry, mg("athlete"))  # type: ignore[arg-type] # a node
    guides = of.nodes(entry, mg("guide"))  # type: ignore[arg-type] # a node
    cell = of.cell(award.event)
    sport = next(iter(of.cells(award.sports)), None)
    medal = award.medal
    days = [act.day for act in award.turns]
    return {
        "event": _iri(award.event),
        "label": cell.text,
        "language": cell.language,
        "sport": sport.text if sport else "",
        "medal": property_words(medal),  # type: ignore[arg-type] # a term of ours
        "times": times,
        "since": days[-1] if days else "",
        "nations": [local_name(one) for one in award.nations],
        "winners": [_person(of, one) for one in athletes[:_TEAM]],
        "guides": [_person(of, one) for one in guides[:_TEAM]],
        "members": len(athletes) + len(guides),
        "sources": sources_told(
            of,
            {quad.graph_name for quad in of.reader.quads(award.node, mg("medal"))},  # type: ignore[arg-type, misc] # an IRI
        ),
    }


def _person(of: Gathering, node: NamedNode) -> dict[str, Json]:
    cell = of.cell(node)
    return {"iri": node.value, "label": cell.text, "language": cell.language}


def _iri(node: Term) -> str:
    return node.value if isinstance(node, NamedNode) else ""


def _sort_key(text: object) -> str:
    return str(text).casefold()
