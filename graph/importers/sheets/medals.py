"""The sheet of medals: each decision on an award, from the first to the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.importers.statements import RDFS_LABEL, describe, english
from graph.importers.tables import BadCell
from graph.names import mg, slug

from .believing import check_day
from .cells import date, word
from .entries import entry_of

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from graph.importers.statements import Facts
    from graph.importers.tables import Row
    from graph.terms import NamedNode, Quad

    from .entries import Meant
    from .rows import Work

COLOURS = {colour: colour for colour in ("Gold", "Silver", "Bronze")}
VACANT = "LeftVacant"
ACTIONS = {
    action: action for action in ("Awarded", "Withdrawn", "Reallocated", VACANT, "Reinstated")
}


def convert_medals(work: Work) -> Iterator[Quad]:
    """Yield each decision, and the awards that nobody else describes."""
    yield from work.each(lambda row: _row(work, row))


def _row(work: Work, row: Row) -> Iterator[Quad]:
    colour, action = word(row, "medal", COLOURS), word(row, "action", ACTIONS)
    day = date(row, "date") or row.needed("date")
    meant = entry_of(work, row, medal=colour)
    check_day(work, meant.games, day, may_be_later=True)
    _check_receiver(row, meant, action)
    yield from meant.said
    award = yield from _award(work, meant, colour)
    body = yield from _body(work, row["decided_by"])
    facts: Facts = {
        "award": award,
        "action": mg(action),
        "date": day,
        "decidedBy": body,
        "reason": row["reason"],
    }
    node = work.names.of("decision", award.value.rpartition("/")[2], slug(f"{day} {action}"))
    yield from describe(node, "Decision", work.graph, facts)


def _check_receiver(row: Row, meant: Meant, action: str) -> None:
    if action == VACANT and meant.entry is not None:
        raise BadCell(
            "a medal that is left vacant has no receiver",
            column="nation",
            value=row["nation"],
            hint="Leave nation and athletes empty; who lost it before is a row of its own.",
        )
    if action != VACANT and meant.entry is None:
        raise BadCell(
            "the row does not say whose medal it is",
            column="nation",
            hint="Write the three-letter code of the nation, and the athletes.",
        )


def _award(work: Work, meant: Meant, colour: str) -> Generator[Quad, None, NamedNode]:
    """Return the award that others describe, or yield a new one and return it."""
    found = work.known.awards(meant.entry, meant.event, mg(colour))
    if found:
        return found[0]
    receiver = meant.entry or meant.event
    award = work.names.of("award", receiver.value.rpartition("/")[2], colour.lower())
    facts: Facts = {"event": meant.event, "entry": meant.entry, "medal": mg(colour)}
    yield from describe(award, "Award", work.graph, facts)
    return award


def _body(work: Work, text: str) -> Generator[Quad, None, NamedNode | None]:
    """Return the body with a name or None, and yield what there is to say of a new one."""
    if not text:
        return None
    body = work.known.organization(text)
    if body is None:
        body = work.names.of("org", slug(text))
        yield from describe(body, "Organization", work.graph, {RDFS_LABEL: english(text)})
    return body
