"""The description of the JSON routes, read as the tests that hold it to them need it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

from service.openapi import description

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENT = description("http://localhost")
_FORM = "application/x-www-form-urlencoded"


def described() -> dict[str, dict[str, Any]]:
    """Return each operation by its method and path."""
    return {
        f"{method} {path}": one
        for path, item in DOCUMENT["paths"].items()
        for method, one in item.items()
    }


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    """Return a part of the document, or what it refers to."""
    found = node
    while "$ref" in found:
        place: Any = DOCUMENT
        for step in found["$ref"].removeprefix("#/").split("/"):
            place = place[step]
        found = place
    return found


def parameters(operation: dict[str, Any], where: str) -> set[str]:
    """Return the names of the parameters that stand somewhere in a request."""
    listed = [resolved(one) for one in operation.get("parameters", ())]
    return {one["name"] for one in listed if one["in"] == where}


def fields(operation: dict[str, Any]) -> set[str]:
    """Return the names of the fields of the form that an operation takes."""
    form = operation.get("requestBody", {}).get("content", {}).get(_FORM, {"schema": {}})
    return set(form["schema"].get("properties", ()))


def content_of(operation: str, status: int) -> dict[str, Any]:
    """Return by media type what an operation answers with a status; empty for no content."""
    responses = described()[operation]["responses"]
    found = resolved(responses.get(str(status), responses["default"]))
    content: dict[str, Any] = found.get("content", {})
    return content


def wrong(schema: dict[str, Any], content: object) -> list[str]:
    """Return how JSON is not as a schema of the document says."""
    rooted = {**schema, "components": DOCUMENT["components"]}
    found = Draft202012Validator(rooted).iter_errors(content)
    return [f"{error.json_path}: {error.message[-300:]}" for error in found]


def objects(node: object, place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each object with members that schemas describe, and where it stands."""
    if isinstance(node, list):
        for number, each in enumerate(node):
            yield from objects(each, f"{place}/{number}")
    if isinstance(node, dict):
        if node.get("type") == "object" and "properties" in node:
            yield place, node
        for name, each in node.items():
            yield from objects(each, f"{place}/{name}")


def met(schema: dict[str, Any], content: object, place: str) -> Iterator[str]:
    """Yield where each member that JSON has is described."""
    if "$ref" in schema:
        place, schema = schema["$ref"].removeprefix("#"), resolved(schema)
    for choice in ("oneOf", "anyOf"):
        for number, each in enumerate(schema.get(choice, ())):
            if not wrong(each, content):
                yield from met(each, content, f"{place}/{choice}/{number}")
    if isinstance(content, list):
        for one in content:
            yield from met(schema.get("items", {}), one, f"{place}/items")
    if isinstance(content, dict):
        yield from _members(schema, content, place)


def _members(schema: dict[str, Any], content: dict[str, Any], place: str) -> Iterator[str]:
    known, others = schema.get("properties", {}), schema.get("additionalProperties")
    for name, value in content.items():
        if name in known:
            yield f"{place}/properties/{name}"
            yield from met(known[name], value, f"{place}/properties/{name}")
        elif isinstance(others, dict):
            yield from met(others, value, f"{place}/additionalProperties")
