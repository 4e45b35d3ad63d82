"""The specification's own JSON schemas, to hold answers against (``tests/reconciliation``)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

FOLDER = Path(__file__).parent / "reconciliation"
VERSIONS = ("0.2", "1.0-draft")


@cache
def validator(version: str, name: str) -> Draft202012Validator:
    """Return what checks documents against one schema of a version."""
    schemas = {path.name: _read(path) for path in (FOLDER / version).glob("*.json")}
    resources = [
        (address, DRAFT202012.create_resource(schema))
        for file, schema in schemas.items()
        for address in (file, schema.get("$id", file))
    ]
    registry: Registry[Any] = Registry().with_resources(resources)
    return Draft202012Validator(schemas[f"{name}.json"], registry=registry)


def faults(version: str, name: str, document: object) -> list[str]:
    """Return what is wrong with a document by the schema; nothing if it is right."""
    return [error.message for error in validator(version, name).iter_errors(document)]


def _read(path: Path) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    # The schemas name no draft of JSON Schema by its version; all they use means the same in each.
    schema.pop("$schema", None)
    return schema
