"""What a page says in terms of schema.org, for programs that read pages and no RDF of ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from graph.names import mg
from graph.terms import Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.terms import NamedNode
    from service.pages import Cell

    from .gathering import Gathering

CONTEXT = "https://schema.org"
WIKIDATA = "http://www.wikidata.org/entity/"

_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_ITEM = re.compile(r"wikidata:(Q[1-9][0-9]*)")


def thing(gathering: Gathering, node: NamedNode, kind: str, **said: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return a thing with what is said of it; what is empty is left out.

    Args:
        gathering: reads the state.
        node: the thing.
        kind: its class in schema.org.
        said: the values of properties of schema.org.

    """
    cell = gathering.cell(node)
    return without_empty(
        {"@type": kind, "@id": node.value, "name": _text(cell), "sameAs": _same(gathering, node)}
        | said
    )


def several(cells: Iterable[Cell], kind: str) -> list[dict[str, Any]]:
    """Return things that another one names: the address of each, and what it is called."""
    return [without_empty({"@type": kind, "@id": cell.entity, "name": cell.text}) for cell in cells]


def day(text: str) -> str:
    """Return a date if it is one of ISO 8601, which is what schema.org takes; else nothing.

    Example:
        >>> day("1994-02"), day("1994~")
        ('1994-02', '')

    """
    return text if _DAY.fullmatch(text) else ""


def without_empty(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what has a value."""
    return {key: value for key, value in said.items() if value not in ("", [], (), {}, None)}


def _text(cell: Cell) -> Any:  # noqa: ANN401 - JSON
    if cell.language:
        return {"@value": cell.text, "@language": cell.language}
    return cell.text


def _same(gathering: Gathering, node: NamedNode) -> list[str]:
    """Return the addresses of the thing in registers that have addresses."""
    found = gathering.terms(node, mg("externalId"))
    keys = (key.value for key in found if isinstance(key, Literal))
    return [WIKIDATA + item[1] for item in map(_ITEM.fullmatch, keys) if item]
