"""No request whatever gets a 500 (security rule 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service import refusals
from service.wire import accept

from .service_world import EX, G1, World, says, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATHS = (
    "/",
    "/sparql",
    "/graphs",
    "/health",
    "/review",
    "/review/matches",
    "/review/match",
    "/review/conflicts",
    "/review/conflict",
    "/review/policy",
    "/review/lists",
    "/review/decisions/1",
    "/review/sign-in",
    "/review/sign-out",
    "/favicon.ico",
    "/static/x",
    "/static/../app.py",
    "/x",
    "/id/graph/g",
    "/id/person/%FF",
    "/id/person/x.html",
    "/ontology",
    "/ontology/Gold",
    "/id/graph/a%00b",
    "/id/%C3%A4/%3Cb%3E",
    "/reconcile",
    "/reconcile/1.0-draft/match",
    "/reconcile/extend",
    "/reconcile/extend/propose",
    "/reconcile/suggest/entity",
    "/reconcile/preview",
    "/replication/manifest",
    "/replication/files/x",
)
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO")
NAMES = [
    "query",
    "update",
    "default",
    "graph",
    "default-graph-uri",
    "named-graph-uri",
    "using-graph-uri",
    "at",
    "format",
    "output",
    "safe",
    "neutral",
    "about",
    "queries",
    "extend",
    "prefix",
    "type",
    "id",
]
VALUES = (
    "",
    "ASK {}",
    "ASK {",
    "SELECT * { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o } LIMIT 99999999999999999999999",
    f"CONSTRUCT WHERE {{ <{EX}a> ?p ?o }}",
    f"DESCRIBE <{EX}a>",
    "SELECT (1/0 AS ?x) (strdt('x', <a:b>) AS ?y) {}",
    f"INSERT DATA {{ <{EX}b> <{EX}says> 'x' }}",
    "CLEAR ALL",
    G1.value,
    "file:///etc/hostname",
    "1",
    "-1",
    "2024-09-17",
    "9999-12-31T23:59:60",
    "0000-00-00",
    "json",
    "html",
    "xml",
    "turtle",
    "excel",
    "ranked",
    "\ud800",
    "\x00",
)
HEADERS = {
    "Accept": ["", "*/*", "text/html", "image/png", "text/turtle;q=0.5,*/*;q=0.1", "q=;;,/,"],
    "Content-Type": [
        "application/x-www-form-urlencoded",
        "application/sparql-query",
        "application/sparql-update; charset=x",
        "text/turtle",
        "application/ld+json",
        "application/rdf+xml",
        "multipart/form-data",
        "",
    ],
    "Content-Encoding": ["", "gzip", "br"],
    "Authorization": ["", "Bearer", "Bearer x", "Basic x", "Bearer \xff"],
    "If-None-Match": ["*", '"x"', "x,,", 'W/"1-2"'],
    "Host": ["localhost", "", "a b", "[::1", "x:99999", "<x>"],
    "Origin": ["https://elsewhere.example", "null"],
    "Cookie": ["a=b; \xff"],
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world_in(tmp_path_factory.mktemp("app")) as made:
        made.state(says("a", "one"))
        yield made


@pytest.fixture(scope="module")
def token(world: World) -> str:
    return world.bearer()["Authorization"]


@st.composite
def requests(draw: st.DrawFn) -> dict[str, object]:
    text = st.one_of(st.sampled_from(VALUES), st.text(max_size=30))
    params = draw(st.lists(st.tuples(st.sampled_from(NAMES), text), max_size=4))
    headers = {
        name: draw(st.sampled_from(values))
        for name, values in HEADERS.items()
        if draw(st.booleans())
    }
    form = draw(st.lists(st.tuples(st.sampled_from(NAMES), text), max_size=3))
    encoded = "&".join(f"{name}={value}" for name, value in form).encode("utf-8", "surrogatepass")
    bodies = st.one_of(
        st.just(encoded), st.binary(max_size=60), text.map(lambda t: t.encode("utf-8", "ignore"))
    )
    raw = "&".join(f"{name}={value}" for name, value in params)
    return {
        "path": draw(st.sampled_from(PATHS)),
        "method": draw(st.sampled_from(METHODS)),
        "environ_overrides": {
            "QUERY_STRING": raw.encode("utf-8", "surrogatepass").decode("latin-1")
        },
        "headers": headers,
        "data": draw(bodies),
    }


@given(asked=requests(), with_token=st.booleans())
@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_request_whatever_gets_a_500(
    world: World, token: str, asked: dict[str, object], *, with_token: bool
) -> None:
    headers = asked["headers"]
    assert isinstance(headers, dict)
    if with_token:
        headers["Authorization"] = token

    with world.client.open(**asked) as answer:  # type: ignore[arg-type] # built above
        text = answer.get_data(as_text=True)

    assert answer.status_code != 500, text
    assert answer.status_code < 500 or answer.status_code in (501, 503)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Medalgraph-Request-Id"]
    assert "Traceback" not in text
    if answer.status_code >= 400 and answer.mimetype != "text/html" and asked["method"] != "HEAD":
        assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("path", ["/", "/sparql", "/graphs"])
def test_an_address_that_is_not_utf_8_is_refused_with_the_byte(world: World, path: str) -> None:
    # U+D800 as UTF-8 would write it, which RFC 3629 (section 3) forbids.
    raw = {"QUERY_STRING": b"query=\xed\xa0\x80".decode("latin-1")}

    answer = world.client.get(path, environ_overrides=raw)

    assert answer.status_code == 400
    assert answer.json is not None
    assert "the byte ED at offset 0" in answer.json["detail"]


def test_a_fault_of_ours_is_told_by_its_request_id_and_logged_with_its_trace(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_given: object, **_named: object) -> None:
        raise ZeroDivisionError("the inner secret")

    monkeypatch.setattr(accept, "choose", broken)
    monkeypatch.setattr(refusals, "_problem_form", lambda _: accept.PROBLEM_JSON)

    answer = world.client.get("/graphs")

    assert answer.status_code == 500
    assert answer.json is not None
    assert answer.json["request_id"] == answer.headers["Medalgraph-Request-Id"]
    assert "secret" not in answer.text
    assert "the inner secret" in caplog.text
    assert answer.json["request_id"] in caplog.text


def test_an_address_that_is_not_there_is_a_problem_for_programs_and_a_page_for_people(
    world: World,
) -> None:
    program = world.client.get("/nothing/here")
    person = world.client.get("/nothing/here", headers={"Accept": "text/html"})

    assert (program.status_code, program.mimetype) == (404, "application/problem+json")
    assert (person.status_code, person.mimetype) == (404, "text/html")
    assert "<h1>Not Found</h1>" in person.text


def test_styles_and_icon_come_from_the_service_itself(world: World) -> None:
    with world.client.get("/static/style.css") as style:
        assert (style.status_code, style.mimetype) == (200, "text/css")
        assert "http" not in style.get_data(as_text=True)
        assert "@import" not in style.get_data(as_text=True)
    with world.client.get("/favicon.ico", follow_redirects=True) as icon:
        assert (icon.status_code, icon.mimetype) == (200, "image/svg+xml")


def test_the_folder_of_the_settings_is_not_served(world: World, tmp_path: Path) -> None:
    assert tmp_path.exists()
    for address in ("/static/../config.py", "/static/%2e%2e/config.py", "/tokens.json"):
        assert world.client.get(address).status_code == 404
