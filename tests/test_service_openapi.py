"""The description of the JSON routes is OpenAPI, leaves none out, and says what they answer."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from service.openapi import description
from service.wire import forms

from .bundled_service import bundled_service
from .openapi_examples import changing, deciding, reading, reconciling
from .review_world import review_in
from .service_world import world_in
from .test_service_routes_health import WELL, client_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from flask import Flask
    from werkzeug.test import TestResponse

    from .openapi_examples import Example
    from .service_world import World

DOCUMENT = description("http://localhost")
METHODS = ("get", "put", "post", "patch", "delete")
LEFT_OUT = {
    "/": "a page",
    "/favicon.ico": "a picture",
    "/static/{filename}": "files of the pages",
    "/robots.txt": "text for crawlers",
    "/sitemap.xml": "XML for crawlers",
    "/sitemap/{name}.xml": "XML for crawlers",
    "/changes.atom": "a feed",
    "/metrics": "text for Prometheus",
    "/.well-known/void": "RDF",
    "/about/{name}": "RDF",
    "/ontology": "a page or RDF",
    "/ontology/{name}": "a page or RDF",
    "/downloads/{file}": "files; /downloads lists them",
    "/downloads/SHA256SUMS": "text",
    "/reconcile/preview": "a page in a frame",
    "/reconcile/1.0-draft/preview": "a page in a frame",
    "/review/sign-in": "a form for browsers; programs send a token",
    "/review/sign-out": "a form for browsers",
}
"""Routes that answer in anything but JSON, and are not described."""

SPELLED = {"/id/{kind}/{rest}": ("/id/{kind}/{name}", "/id/{kind}/{name}.json")}
"""A route that is described as two, since it leads on or answers by how the address ends."""

REFUSED = {
    "get /sparql": {"update", "using-graph-uri", "using-named-graph-uri", "dry-run", "expected"},
    "get /id/{kind}/{name}.json": {"format"},
    "get /downloads": {"at"},
    "get /reconcile": {"callback"},
    "post /reconcile": {"callback"},
    "get /reconcile/extend": {"callback", "queries", "query"},
    "post /reconcile/extend": {"callback", "queries", "query"},
    **{f"{method} /graphs/{{name}}": {"graph", "default"} for method in METHODS},
}
"""What a route reads to refuse it, or reads of every request and heeds in others only."""


@dataclass(frozen=True, slots=True)
class Told:
    """An example, its answer, and the names of the parameters that were read for it."""

    example: Example
    answer: TestResponse
    read: frozenset[str]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[Told]:
    """Every example with its answer."""
    with recording() as read:
        with bundled_service(tmp_path_factory.mktemp("bundled")) as world:
            found = list(asked(world, chain(reading(), reconciling()), read))
        with review_in(tmp_path_factory.mktemp("review")) as world:
            return found + list(asked(world, chain(deciding(world), changing()), read))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with world_in(tmp_path) as made:
        yield made


@contextmanager
def recording() -> Iterator[set[str]]:
    """Note the names of parameters that are read: whatever reads one does so by ``every``."""
    read: set[str] = set()
    plain = forms.every

    def every(params: forms.Params, name: str) -> list[str]:
        read.add(name)
        return plain(params, name)

    with pytest.MonkeyPatch.context() as patch:
        for module in [each for name, each in sys.modules.items() if name.startswith("service.")]:
            if getattr(module, "every", None) is plain:
                patch.setattr(module, "every", every)
        yield read


def asked(world: World, examples: Iterable[Example], read: set[str]) -> Iterator[Told]:
    """Yield each example of a world once it was sent."""
    token = world.bearer()
    for example in examples:
        read.clear()
        answer = world.client.open(
            example.path,
            method=example.operation.partition(" ")[0].upper(),
            data=dict(example.form) or example.body.content.encode(),
            content_type="application/x-www-form-urlencoded" if example.form else example.body.kind,
            headers={"Accept": example.accept, **(token if example.is_signed else {})},
        )
        yield Told(example, answer, frozenset(read))


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
    content = operation.get("requestBody", {}).get("content", {})
    form = content.get("application/x-www-form-urlencoded", {"schema": {}})
    return set(form["schema"].get("properties", ()))


def routes(app: Flask) -> set[str]:
    """Return the method and path of each route, as the description spells them."""
    found = set()
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            found |= {f"{method.lower()} {one}" for one in SPELLED.get(path, (path,))}
    return found


def wrong(schema: dict[str, Any], content: object) -> list[str]:
    """Return how JSON is not as a schema of the document says."""
    rooted = {**schema, "components": DOCUMENT["components"]}
    found = Draft202012Validator(rooted).iter_errors(content)
    return [f"{error.json_path}: {error.message[:300]}" for error in found]


def objects(node: object, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each object with members that the schemas describe, and where it stands."""
    if isinstance(node, list):
        for number, each in enumerate(node):
            yield from objects(each, f"{place}/{number}")
    if isinstance(node, dict):
        if node.get("type") == "object" and "properties" in node:
            yield place, node
        for name, each in node.items():
            yield from objects(each, f"{place}/{name}")


def test_it_is_openapi() -> None:
    validate(DOCUMENT)


def test_every_route_is_described_or_left_out_with_a_reason(world: World) -> None:
    known = routes(world.app)
    left_out = {one for one in known if one.partition(" ")[2] in LEFT_OUT}
    assert known - left_out == set(described())
    assert {one.partition(" ")[2] for one in left_out} == set(LEFT_OUT)


def test_the_parts_of_each_path_are_described() -> None:
    for name, operation in described().items():
        assert parameters(operation, "path") == set(re.findall(r"\{(\w+)\}", name)), name


def test_objects_have_no_members_but_those_described() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    assert [place for place, one in objects(schemas) if "additionalProperties" not in one] == []


def test_every_operation_has_an_example(told: list[Told]) -> None:
    good = {one.example.operation for one in told if one.answer.status_code < 400}
    assert good == set(described())


def test_the_parameters_described_are_those_that_are_read(told: list[Told]) -> None:
    read: defaultdict[str, set[str]] = defaultdict(set)
    for one in told:
        read[one.example.operation] |= one.read
    for name, operation in described().items():
        known = parameters(operation, "query") | fields(operation)
        assert known & REFUSED.get(name, set()) == set(), name
        assert read[name] - REFUSED.get(name, set()) == known, name


def test_answers_are_as_described(told: list[Told]) -> None:
    for one in told:
        example, answer = one.example, one.answer
        said = f"{example.operation} {example.path} {answer.text[:2000]}"
        assert answer.status_code == example.status, said
        responses = described()[example.operation]["responses"]
        response = resolved(responses.get(str(answer.status_code), responses["default"]))
        if "content" not in response:
            continue
        media_type = response["content"].get(answer.mimetype)
        assert media_type is not None, said
        if answer.is_json:
            assert wrong(media_type["schema"], answer.json) == [], said


def test_a_service_with_processes_is_as_healthy_as_described(tmp_path: Path) -> None:
    health = client_of(tmp_path, WELL).get("/health").json
    assert wrong({"$ref": "#/components/schemas/Health"}, health) == []


def test_a_member_that_is_not_described_is_found() -> None:
    schema = {"$ref": "#/components/schemas/Named"}
    assert wrong(schema, {"iri": "http://ex/a", "label": "A"}) == []
    assert wrong(schema, {"iri": "http://ex/a", "label": "A", "more": 1}) != []
    assert wrong(schema, {"iri": "http://ex/a"}) != []
