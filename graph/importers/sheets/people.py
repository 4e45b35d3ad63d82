"""The sheet of people, and the people whom other sheets name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.errors import BadTerm
from graph.importers.statements import RDFS_LABEL, SKOS_ALT_LABEL, describe, english
from graph.importers.tables import BadCell
from graph.names import mg, slug
from graph.spelling import name_key
from graph.terms import Literal, Quad

from .believing import check_ages, check_life
from .cells import date, word
from .rows import several

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.importers.statements import Facts
    from graph.importers.tables import Row
    from graph.terms import NamedNode

    from .rows import Work

SEXES = {"": "", "M": "M", "F": "F"}
_IDENTIFIER = re.compile(r"[a-z][a-z0-9-]*:\S+")


def convert_people(work: Work) -> Iterator[Quad]:
    """Yield what the sheet says of people."""
    yield from work.each(lambda row: _row(work, row))


def named_person(  # noqa: PLR0913 - what tells a person from others, each by name
    work: Work,
    text: str,
    *,
    column: str,
    nation: NamedNode | None = None,
    event: NamedNode | None = None,
    facts: Facts | None = None,
) -> tuple[NamedNode, list[Quad]]:
    """Return the person whom a cell names, and what there is to say of them.

    Somebody new is described; of somebody known the spelling is added if it is new, and
    the facts.

    Args:
        work: the run.
        text: the cell, or one of the names in it.
        column: which column it is, for a problem.
        nation: a nation that the person stood for.
        event: an event that the person was in.
        facts: more to say of the person, by property.

    """
    facts = facts or {}
    born = str(facts.get("born", "") or "")
    node = work.known.person(text, column=column, nation=nation, event=event, born=born)
    if node is None:
        code = nation.value.rpartition("/")[2].lower() if nation else ""
        end = "-".join(part for part in (_slug(text, column), born[:4].lower() or code) if part)
        node = work.names.of("person", end)
        work.remarks.newcomer(node, name_key(text), born)
        return node, [*describe(node, "Person", work.graph, {RDFS_LABEL: english(text), **facts})]
    said = [quad for quad in describe(node, "Person", work.graph, facts) if facts]
    if not work.known.is_spelled(node, text):
        said.append(Quad(node, SKOS_ALT_LABEL, Literal(text), work.graph))
    return node, said


def _slug(text: str, column: str) -> str:
    """Return the beginning of the address of somebody new.

    Raises:
        BadCell: if the name has no letter, or none from which an address is made.

    """
    if not any(map(str.isalpha, text)):
        raise BadCell(
            f"{column} has no letter, so it is no name",
            column=column,
            value=text,
            hint="Write the name; of somebody who is known, it may be the key (li-ting-1989).",
        )
    try:
        return slug(text)
    except BadTerm as error:
        raise BadCell(
            f"{column} is in another script, and somebody new gets an address in Latin letters",
            column=column,
            value=text,
            hint="Write the name in Latin letters here, and as it stands now in the column "
            "other_names of a sheet of people; of somebody who is known, write the key "
            "(li-ting-1989).",
        ) from error


def _row(work: Work, row: Row) -> Iterator[Quad]:
    nation = work.known.nation(row["nation"]) if row["nation"] else None
    if row["identifier"] and not _IDENTIFIER.fullmatch(row["identifier"]):
        raise BadCell(
            "the identifier does not say its register",
            column="identifier",
            value=row["identifier"],
            hint="Write register and key with a colon between: wikidata:Q1189.",
        )
    sex, born, died = word(row, "sex", SEXES), date(row, "born"), date(row, "died")
    name = row.needed("name")
    facts: Facts = {
        "sex": mg(sex) if sex else None,
        "born": born,
        "died": died,
        "externalId": row["identifier"],
        SKOS_ALT_LABEL: [Literal(name) for name in several(row["other_names"])],
    }
    person, said = named_person(work, name, column="name", nation=nation, facts=facts)
    if born or died:
        check_life(work.known, person, born, died)
        games = work.known.games_of(person)
        check_ages(work.known, person, games, born=born, cell=("born", born))
    yield from said
