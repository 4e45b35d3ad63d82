"""A committee or another body: for which nation it is, who held its offices, whom it sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import mg

from . import linked
from .gathering import Portrait
from .names import spellings
from .offices import BODY, offices_of

if TYPE_CHECKING:
    from graph.terms import NamedNode
    from service.pages import Cell

    from .gathering import Cited, Fact, Gathering
    from .names import Spelling
    from .offices import Office

MOST = 200
FACTS = (
    ("kind", "Kind"),
    ("nation", "For"),
    ("place", "Where"),
    ("partOf", "Part of"),
)


@dataclass(frozen=True, slots=True)
class Sent:
    """A delegation: to which Games, and how many were in it."""

    delegation: Cell
    games: tuple[Cell, ...]
    size: str
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """What the page of a body tells."""

    facts: tuple[Fact, ...]
    offices: tuple[Office, ...]
    sent: tuple[Sent, ...]
    decisions: int
    spellings: tuple[Spelling, ...]


def body(gathering: Gathering, node: NamedNode) -> Portrait:
    """Return what is told of a body."""
    own = gathering.cell(node).text
    told = Body(
        facts=gathering.facts(node, FACTS),
        offices=offices_of(gathering, BODY, node),
        sent=_sent(gathering, node),
        decisions=gathering.number(
            "SELECT (COUNT(?x) AS ?n) { ?x mg:decidedBy ?body ; a mg:Decision }", body=node
        ),
        spellings=spellings(gathering, node),
    )
    sporting = {mg("NOC"), mg("NPC"), mg("IOC"), mg("IPC"), mg("IF")}
    kinds = sporting & set(gathering.nodes(node, mg("kind")))
    said = linked.thing(
        gathering,
        node,
        "SportsOrganization" if kinds else "Organization",
        alternateName=sorted({one.name.text for one in told.spellings} - {own}),
        location=linked.several(gathering.cells(gathering.nodes(node, mg("place"))), "Place"),
        parentOrganization=linked.several(
            gathering.cells(gathering.nodes(node, mg("partOf"))), "Organization"
        ),
        member=[
            {key: value for key, value in office.membership.items() if key != "memberOf"}
            | {"member": linked.several(office.person, "Person")}
            for office in told.offices
        ],
    )
    return Portrait("body", "body", told, said)


def _sent(gathering: Gathering, node: NamedNode) -> tuple[Sent, ...]:
    found = [
        Sent(
            gathering.cell(one),
            gathering.cells(gathering.nodes(one, mg("games"))),
            gathering.text(one, mg("size")),
            gathering.stating(one, BODY, node),
        )
        for one in gathering.pointing(BODY, node, MOST)
        if mg("Delegation") in gathering.types(one)
    ]
    return tuple(sorted(found, key=lambda one: [cell.text for cell in one.games]))
