"""The Reconciliation Service API 0.2 and 1.0-draft: what is answered, in the words of each."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from graph.names import MG
from graph.reconciling.kinds import KINDS, PROPERTIES, kind_named, properties_of

from .reconciliation import BATCH_SIZE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph.reconciling.kinds import Property

    from .problem import Json

PREVIEW_WIDTH, PREVIEW_HEIGHT = 430, 260
"""Of the frame that a client shows a preview in, in pixels."""


class Version(StrEnum):
    """A version of the protocol."""

    STABLE = "0.2"
    DRAFT = "1.0-draft"


def manifest(version: Version, *, root: str, base: str) -> dict[str, Json]:
    """Return what the service is and offers.

    Args:
        version: the version of the protocol; clients of one cannot read the manifest of the other.
        root: the address of the whole service, with a slash at the end.
        base: the base of the store, under which its things have their IRIs.

    """
    told: dict[str, Json] = {
        "versions": [version.value],
        "name": "medalgraph: Olympic and Paralympic Games",
        "defaultTypes": [type_of(kind) for kind in KINDS],
        "documentation": root,
        "logo": f"{root}static/icon.svg",
        "batchSize": BATCH_SIZE,
    }
    return told | (_stable(root, base) if version is Version.STABLE else _draft(root))


def _stable(root: str, base: str) -> dict[str, Json]:
    endpoint = f"{root}reconcile"
    suggest = {
        what: {"service_url": endpoint, "service_path": f"/suggest/{what}"}
        for what in ("entity", "property", "type")
    }
    limit: Json = {
        "name": "limit",
        "label": "Limit",
        "type": "number",
        "default": 0,
        "help_text": "So many values of a thing are given at most; 0 for all.",
    }
    return {
        "identifierSpace": f"{base}/id/",
        "schemaSpace": MG,
        "view": {"url": f"{root}id/{{{{id}}}}"},
        "preview": {
            "url": f"{endpoint}/preview?id={{{{id}}}}",
            "width": PREVIEW_WIDTH,
            "height": PREVIEW_HEIGHT,
        },
        "suggest": suggest,
        "extend": {
            "propose_properties": {"service_url": endpoint, "service_path": "/extend/propose"},
            "property_settings": [limit],
        },
    }


def _draft(root: str) -> dict[str, Json]:
    limit: Json = {
        "id": "limit",
        "name": "Limit",
        "type": "number",
        "default": 0,
        "helpText": "So many values of a thing are given at most; 0 for all.",
    }
    return {
        "view": {"url": f"{root}id/{{+id}}"},
        "preview": {"width": PREVIEW_WIDTH, "height": PREVIEW_HEIGHT},
        "suggest": {"entity": True, "property": True, "type": True},
        "extend": {"proposeProperties": True, "propertySettings": [limit]},
        "standardizedScore": True,
    }


def type_of(kind: str) -> dict[str, Json]:
    """Return a kind of thing as a type."""
    return {"id": kind, "name": KINDS[kind].name, "description": KINDS[kind].description}


def candidate(told: Mapping[str, Any]) -> dict[str, Json]:
    """Return one candidate, which reads the same in both versions."""
    kind = told["kind"]
    kept = {name: value for name, value in told.items() if name != "kind" and value != ""}
    return {**kept, "type": [{"id": kind, "name": KINDS[kind].name}]}


def result_batch(keys: Iterable[str], found: Iterable[Sequence[Mapping[str, Any]]]) -> Json:
    """Return the answer to a batch of 0.2: results by the keys of the queries."""
    return {key: result(each) for key, each in zip(keys, found, strict=True)}


def result(found: Sequence[Mapping[str, Any]]) -> Json:
    """Return the answer to one query of 0.2."""
    return {"result": [candidate(one) for one in found]}


def matched(found: Iterable[Sequence[Mapping[str, Any]]]) -> Json:
    """Return the answer to a batch of 1.0-draft: results in the order of the queries."""
    return {"results": [{"candidates": [candidate(one) for one in each]} for each in found]}


def entities(found: Iterable[Mapping[str, Any]]) -> Json:
    """Return suggested things."""
    return {"result": [_suggestion(one) for one in found]}


def _suggestion(told: Mapping[str, Any]) -> dict[str, Json]:
    kept = {name: value for name, value in told.items() if name != "kind" and value != ""}
    return {**kept, "notable": [{"id": told["kind"], "name": KINDS[told["kind"]].name}]}


def listed(found: Sequence[Json]) -> Json:
    """Return suggested types or properties."""
    return {"result": found}


def types(prefix: str) -> list[dict[str, Json]]:
    """Return the types that begin as typed, by name or identifier, then those that hold it."""
    return _fitting(prefix, [type_of(kind) for kind in KINDS])


def properties(prefix: str, *, kind: str = "") -> list[dict[str, Json]]:
    """Return the properties in the same way, of things of one kind or of all.

    Raises:
        BadInput: if there is no such kind.

    """
    offered = properties_of([kind_named(kind)] if kind else KINDS.values())
    return _fitting(
        prefix,
        [{"id": one.id, "name": one.name, "description": _purpose(one)} for one in offered],
    )


def _purpose(one: Property) -> str:
    """Return what a property says, and whether it is of no use to tell namesakes apart."""
    return one.description if one.is_evidence else f"{one.description} Only to fill a column."


def _fitting(prefix: str, offered: Iterable[dict[str, Any]]) -> list[dict[str, Json]]:
    wanted = prefix.strip().casefold()
    found: dict[int, list[dict[str, Json]]] = {0: [], 1: []}
    for one in offered:
        said = [str(one["id"]).casefold(), str(one["name"]).casefold()]
        if any(text.startswith(wanted) for text in said):
            found[0].append(one)
        elif any(wanted in text for text in said):
            found[1].append(one)
    return found[0] + found[1]


def proposed(kind: str, limit: int | None) -> Json:
    """Return the properties that are proposed for a type, as both versions tell them."""
    offered = properties("", kind=kind)
    told: dict[str, Json] = {"properties": offered[:limit] if limit else offered, "type": kind}
    return told | ({"limit": limit} if limit else {})


def extension(
    asked: Sequence[tuple[str, int]], rows: Mapping[str, Mapping[str, Json]], version: Version
) -> Json:
    """Return the values that were asked for."""
    meta = [_column(prop) for prop, _ in asked]
    if version is Version.STABLE:
        return {"meta": meta, "rows": rows}
    listed: list[Json] = [
        {"id": key, "properties": [{"id": prop, "values": said} for prop, said in row.items()]}
        for key, row in rows.items()
    ]
    return {"meta": meta, "rows": listed}


def _column(prop: str) -> Json:
    one = PROPERTIES[prop]
    told: dict[str, Json] = {"id": one.id, "name": one.name}
    return told | ({"type": {"id": one.value, "name": KINDS[one.value].name}} if one.value else {})
