"""Offices: who held which post in which body, and from when until when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import mg, property_words

from . import linked
from .gathering import Portrait

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.terms import NamedNode
    from service.pages import Cell

    from .gathering import Cited, Gathering

MOST = 200
PERSON, BODY, ROLE = mg("person"), mg("organization"), mg("role")
FROM, UNTIL = mg("from"), mg("until")
_WHO, _WHERE, _TYPE = "Person", "Organization", "OrganizationRole"


@dataclass(frozen=True, slots=True)
class Office:
    """One person in one post at one body for some time.

    Attributes:
        node: the IRI of the record.
        post: in words.
        begun: EDTF, or nothing.
        ended: EDTF, or nothing: then it is not known that it ended.
        membership: the post in terms of schema.org, as one of the person.

    """

    node: Cell
    post: str
    person: tuple[Cell, ...]
    body: tuple[Cell, ...]
    begun: str
    ended: str
    cited: tuple[Cited, ...]
    membership: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Tenure:
    """What the page of an office tells: the office, and who else held the post."""

    office: Office
    others: tuple[Office, ...]


def office_at(gathering: Gathering, record: NamedNode) -> Office:
    """Return what one record of an office says."""
    role = gathering.node(record, ROLE)
    begun, ended = gathering.text(record, FROM), gathering.text(record, UNTIL)
    post = property_words(role) if role else "post not known"
    body = gathering.cells(gathering.nodes(record, BODY))
    times = {"startDate": linked.day(begun), "endDate": linked.day(ended)}
    return Office(
        gathering.cell(record),
        post,
        gathering.cells(gathering.nodes(record, PERSON)),
        body,
        begun,
        ended,
        gathering.stating(record, PERSON),
        linked.without_empty(
            {"@type": _TYPE, "@id": record.value, "roleName": post}
            | times
            | {"memberOf": linked.several(body, _WHERE)}
        ),
    )


def offices_of(gathering: Gathering, predicate: NamedNode, node: NamedNode) -> tuple[Office, ...]:
    """Return the offices of a person or of a body, the earliest first.

    Args:
        gathering: reads the state.
        predicate: ``mg:person`` or ``mg:organization``.
        node: the person or body.

    """
    records = gathering.pointing(predicate, node, MOST)
    found = [
        office_at(gathering, record)
        for record in records
        if mg("Tenure") in gathering.types(record)
    ]
    return tuple(sorted(found, key=lambda one: (one.begun or "9999", one.post, one.node.entity)))


def tenure(gathering: Gathering, node: NamedNode) -> Portrait:
    """Return what is told of one office."""
    office = office_at(gathering, node)
    others = tuple(
        other
        for body in gathering.nodes(node, BODY)
        for other in offices_of(gathering, BODY, body)
        if other.post == office.post and other.node.entity != node.value
    )
    member = {key: value for key, value in office.membership.items() if key != "memberOf"} | {
        "member": linked.several(office.person, _WHO)
    }
    bodies = gathering.nodes(node, BODY)
    said = linked.thing(gathering, bodies[0] if bodies else node, _WHERE, member=member)
    who, where = (", ".join(c.text for c in cells) for cells in (office.person, office.body))
    title = f"{who or 'Nobody known'}, {office.post}{' of ' if where else ''}{where}"
    return Portrait("tenure", "office", Tenure(office, others), said, title)
