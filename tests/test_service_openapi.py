"""The description of the JSON routes is OpenAPI, leaves none out, and says what they answer."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from itertools import chain
from typing import TYPE_CHECKING

import pytest
from openapi_spec_validator import validate

from graph.medals.audit import Finding, Verdict
from graph.medals.holding import Joined
from graph.medals.reasons import Explanation, Reason
from graph.medals.telling import told as told_finding
from graph.names import Names, mg
from service.config import Settings
from service.wire import forms

from .bundled_service import bundled_service
from .openapi_document import (
    DOCUMENT,
    content_of,
    described,
    fields,
    met,
    objects,
    parameters,
    wrong,
)
from .openapi_examples import changing, deciding, reading, reconciling, watching
from .replica_world import replica_in
from .review_world import review_in
from .service_world import world_in
from .test_service_routes_health import WELL, client_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from .openapi_examples import Example
    from .service_world import World

METHODS = ("get", "put", "post", "patch", "delete")
LEFT_OUT = {
    "/": "a page",
    "/favicon.ico": "a picture",
    "/static/{filename}": "files of the pages",
    "/static/built/{name}": "scripts of the pages",
    "/robots.txt": "text for crawlers",
    "/sitemap.xml": "XML for crawlers",
    "/sources": "leads to /graphs",
    "/sitemap/{name}.xml": "XML for crawlers",
    "/changes.atom": "a feed",
    "/metrics": "text for Prometheus",
    "/.well-known/void": "RDF",
    "/about/{name}": "RDF",
    "/ontology": "a page or RDF",
    "/ontology/{name}": "a page or RDF",
    "/downloads/{file}": "files; /downloads lists them",
    "/downloads/SHA256SUMS": "text",
    "/query": "a page",
    "/replication/files/{sha256}": "files for medalgraph replicate",
    "/replication/manifest": "for medalgraph replicate; docs/operation.md",
    "/reconcile/preview": "a page in a frame",
    "/reconcile/1.0-draft/preview": "a page in a frame",
    "/medals/embed": "a page in a frame",
    "/import": "a page; programs rehearse at /rehearse and use the command line",
    "/import/commit": "a form for browsers",
    "/import/commits/{number}": "a page",
    "/import/left-out": "CSV from a form for browsers",
    "/import/sheet": "CSV from a form for browsers",
    "/import/templates/{name}.csv": "CSV to fill in",
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
    "get /explore": {"find", "from", "to"},
    "get /reconcile": {"callback"},
    "post /reconcile": {"callback"},
    "get /reconcile/extend": {"callback", "queries", "query"},
    "post /reconcile/extend": {"callback", "queries", "query"},
    **{f"{method} /graphs/{{name}}": {"graph", "default"} for method in METHODS},
}
"""What a route reads to refuse it, or reads of every request and heeds in others only."""


SELDOM = ("/components/schemas/Review/properties/making",)
"""What answers have at moments only that no test can hold: while a list is being made."""

HEALTH = {"$ref": "#/components/schemas/Health"}
OVER_AN_ENGINE = {"engine": {"answers": True}}
"""What is told over a remote engine only; ``test_service_remote`` holds it to the description."""
FINDING = {"$ref": "#/components/schemas/Finding"}
EXPLAINED = Finding(
    *("gold medals", 12, 14, "The official table", Verdict.DIFFERS, ""),
    where=Names().of("tally", "x"),
    measure=mg("gold"),
    explanation=Explanation((Reason("Two were given later", -2, None),), 0),
    nation=Names().of("nation", "RUS"),
    joined=(Joined(Names().of("nation", "URS"), 3, None),),
)
"""A count as the bundled sources have none: with reasons, on a line of several nations."""


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
            found = list(asked(world.client, chain(reading(), reconciling()), read))
        with review_in(tmp_path_factory.mktemp("review")) as world:
            examples = chain(deciding(world), changing())
            found += asked(world.client, examples, read, signed=world.bearer())
        for number, state in enumerate((WELL, replace(WELL, can_fork=False, walls=None))):
            client = client_of(tmp_path_factory.mktemp(f"health{number}"), state)
            found += asked(client, watching(is_well=state.can_fork), read)
        with replica_in(tmp_path_factory.mktemp("replica")) as world:
            found += asked(world.client, watching(is_well=True), read)
        return found


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


def asked(
    client: FlaskClient,
    examples: Iterable[Example],
    read: set[str],
    *,
    signed: Mapping[str, str] | None = None,
) -> Iterator[Told]:
    """Yield each example once it was sent, those that are to be signed with a token."""
    for example in examples:
        read.clear()
        answer = client.open(
            example.path,
            method=example.operation.partition(" ")[0].upper(),
            data=dict(example.form) or example.body.content.encode(),
            content_type="application/x-www-form-urlencoded" if example.form else example.body.kind,
            headers={"Accept": example.accept, **((signed or {}) if example.is_signed else {})},
        )
        yield Told(example, answer, frozenset(read))


def routes(app: Flask) -> set[str]:
    """Return the method and path of each route, as the description spells them."""
    found = set()
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            found |= {f"{method.lower()} {one}" for one in SPELLED.get(path, (path,))}
    return found


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
    assert [place for place, one in objects(schemas, "") if "additionalProperties" not in one] == []


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
        content = content_of(example.operation, answer.status_code)
        if content:
            assert answer.mimetype in content, said
        if answer.is_json:
            assert wrong(content[str(answer.mimetype)]["schema"], answer.json) == [], said


def test_every_member_that_is_described_is_answered_by_some_example(told: list[Told]) -> None:
    answered = {*met(FINDING, told_finding(EXPLAINED), ""), *met(HEALTH, OVER_AN_ENGINE, "")}
    for one in told:
        if one.answer.is_json:
            content = content_of(one.example.operation, one.answer.status_code)
            schema = content[str(one.answer.mimetype)]["schema"]
            answered |= set(met(schema, one.answer.json, one.example.operation))
    place = "/components/schemas"
    known = {
        f"{where}/properties/{name}"
        for where, node in objects(DOCUMENT["components"]["schemas"], place)
        for name in node["properties"]
    }
    assert {one for one in known - answered if not one.startswith(SELDOM)} == set()


def test_a_finding_with_reasons_is_as_described() -> None:
    assert wrong(FINDING, told_finding(EXPLAINED)) == []


def test_it_says_where_the_service_is_and_in_which_version(tmp_path: Path) -> None:
    settings = Settings(public_url="https://medals.example.org", base_path="/foo")
    with world_in(tmp_path, settings) as world:
        answer = world.client.get("/foo/openapi.json")
        assert answer.json is not None
        assert answer.json["servers"] == [{"url": "https://medals.example.org/foo"}]
        assert answer.json["info"]["version"] == version("medalgraph")
        known = {"If-None-Match": answer.headers["ETag"]}
        assert world.client.get("/foo/openapi.json", headers=known).status_code == 304
        for path in ("/foo/", "/foo/health"):
            assert world.client.get(path).headers["Link"] == (
                "<https://medals.example.org/foo/openapi.json>;"
                ' rel="service-desc"; type="application/json"'
            )


@pytest.mark.parametrize(
    "name", ["application/json", "application/vnd.oai.openapi+json", "application/openapi+json"]
)
def test_it_is_given_by_each_name_of_its_form(world: World, name: str) -> None:
    answer = world.client.get("/openapi.json", headers={"Accept": name})
    assert answer.mimetype == name
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_member_that_is_not_described_is_found() -> None:
    schema = {"$ref": "#/components/schemas/Named"}
    assert wrong(schema, {"iri": "http://ex/a", "label": "A"}) == []
    assert wrong(schema, {"iri": "http://ex/a", "label": "A", "more": 1}) != []
    assert wrong(schema, {"iri": "http://ex/a"}) != []
