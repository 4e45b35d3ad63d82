"""Signing in to the review: nothing is decided without a token, nor from a foreign page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from service.config import Settings
from service.sessions import LASTS_S
from service.signing import COOKIE

from .review_world import ANA, OTHER_SAID, OURS, SAID, Browser, forms, review_in
from .service_world import BROWSER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .service_world import World

MATCHES = "/review/matches?source=news&against=official"
FORMS = {
    "/review/match": {
        "one": SAID.value,
        "other": OTHER_SAID.value,
        "source": "news",
        "against": "official",
        "decision": "same",
        "mark": "m",
        "reason": "why",
    },
    "/review/conflict": {
        "thing": ANA.value,
        "property": "https://w3id.org/medalgraph/ns#born",
        "value": "v",
        "mark": "m",
        "reason": "why",
    },
    "/review/policy": {"mark": "m", "reason": "why"},
    "/review/decisions/1": {"reason": "why"},
    "/review/lists": {"source": "news", "against": "official"},
}
CHANGING = tuple(FORMS)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with review_in(tmp_path) as made:
        yield made


@pytest.fixture
def browser(world: World) -> Browser:
    return Browser(world)


def match_form(browser: Browser) -> tuple[str, dict[str, str]]:
    [(action, fields)] = forms(browser.open(MATCHES).text)
    return action, fields | {"reason": "Looked up", "decision": "same"}


def test_the_cookie_is_no_token_and_goes_to_the_review_only(world: World) -> None:
    text, _ = world.book.create("write", note="Leyla")
    answer = Browser(world).send("/review/sign-in", {"token": text})
    assert answer.headers["Location"] == "/review"
    cookie = answer.headers["Set-Cookie"]
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite=strict", "path=/review", f"max-age={LASTS_S}"} <= parts
    assert "secure" not in parts
    assert text not in cookie
    assert text.rpartition("_")[2] not in cookie


def test_over_https_and_below_a_path_the_cookie_keeps_to_both(tmp_path: Path) -> None:
    settings = Settings(public_url="https://medals.example", base_path="/games")
    with review_in(tmp_path, settings) as world:
        text, _ = world.book.create("write")
        sent = {"Origin": "https://medals.example", "Accept": BROWSER}
        answer = world.client.post("/games/review/sign-in", data={"token": text}, headers=sent)
        assert answer.headers["Location"] == "/games/review"
        cookie = answer.headers["Set-Cookie"]
        assert "; Secure" in cookie
        assert "Path=/games/review" in cookie


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "No token was written down."),
        ("mgt_00000000_wrong", "This token is not known here"),
        ("expired", "it expired on 20"),
        ("é\udcff".encode("utf-8", "replace").decode(), "not known here"),
    ],
)
def test_a_token_that_is_not_good_is_told_on_the_form_and_no_cookie_is_given(
    world: World, browser: Browser, text: str, said: str
) -> None:
    if text == "expired":
        text = expired(world)
    answer = browser.send("/review/sign-in", {"token": text})
    assert answer.status_code == 401
    assert said in answer.text
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    if text:
        assert text not in answer.text


def expired(world: World) -> str:
    """Return a token whose time is over."""
    text, token = world.book.create("write", 1)
    world.book._write(
        [
            replace(one, expires="2024-01-01T00:00:00+00:00") if one.id == token.id else one
            for one in world.book.tokens()
        ]
    )
    return text


def test_without_signing_in_nothing_is_decided(world: World, browser: Browser) -> None:
    for path in CHANGING:
        answer = browser.send(path, FORMS[path])
        assert answer.status_code == 401
        assert "You are not signed in." in answer.text
        assert 'href="/review/sign-in"' in answer.text
    assert world.store.version == 1


@pytest.mark.parametrize(
    "sent",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://localhost:81"},
        {"Origin": "https://localhost"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "none"},
        {"Origin": "https://evil.example", "Sec_Fetch_Site": "same-origin"},
    ],
    ids=str,
)
def test_no_page_of_somebody_else_makes_a_browser_decide(
    world: World, browser: Browser, sent: dict[str, str]
) -> None:
    browser.sign_in()
    for path in CHANGING:
        answer = browser.send(path, FORMS[path], **sent)
        assert answer.status_code == 403
        assert "not sent from a page of this service" in answer.text
    assert world.store.version == 1


@pytest.mark.parametrize("path", ["/review/sign-in", "/review/sign-out"])
def test_no_page_of_somebody_else_signs_a_browser_in_or_out(
    world: World, browser: Browser, path: str
) -> None:
    browser.sign_in()
    text, _ = world.book.create("write", note="somebody else")
    answer = browser.send(path, {"token": text}, Origin="https://evil.example")
    assert answer.status_code == 403
    assert "Leyla" in browser.open("/review").text


@pytest.mark.parametrize("stamp", [None, "", "0" * 64, "é"])
def test_a_form_without_its_stamp_is_not_obeyed(
    world: World, browser: Browser, stamp: str | None
) -> None:
    browser.sign_in()
    for path in CHANGING:
        fields = FORMS[path] | ({} if stamp is None else {"stamp": stamp})
        answer = browser.send(path, fields)
        assert answer.status_code == 403
        assert "was not made for you" in answer.text
    assert world.store.version == 1


def test_a_stamp_is_good_for_one_form_of_one_session(world: World, browser: Browser) -> None:
    browser.sign_in()
    action, fields = match_form(browser)
    other = browser.send("/review/policy", FORMS["/review/policy"] | {"stamp": fields["stamp"]})
    assert other.status_code == 403
    assert browser.send(action, fields | {"mark": "0" * 32}).status_code == 403
    browser.sign_in(note="Somebody else")
    assert browser.send(action, fields).status_code == 403
    assert world.store.version == 1


def test_a_token_that_is_too_narrow_decides_nothing(world: World, browser: Browser) -> None:
    browser.sign_in("read")
    bearer = {"Accept": "*/*", **world.bearer("read")}
    for path in CHANGING:
        answer = browser.send(path, FORMS[path])
        assert answer.status_code == 403
        assert "scope read" in answer.text
        assert world.client.post(path, data=FORMS[path], headers=bearer).status_code == 403
    assert world.store.version == 1


@pytest.mark.parametrize("text", ["mgt_00000000_wrong", "expired"])
def test_a_wrong_token_in_the_header_counts_before_any_cookie(
    world: World, browser: Browser, text: str
) -> None:
    browser.sign_in()
    bearer = f"Bearer {expired(world) if text == 'expired' else text}"
    for path in CHANGING:
        assert browser.send(path, FORMS[path], Authorization=bearer).status_code == 401
    assert world.store.version == 1


def test_a_revoked_token_ends_what_was_signed_in_with_it(world: World, browser: Browser) -> None:
    for path in CHANGING:
        world.book.revoke(browser.sign_in())
        answer = browser.send(path, FORMS[path])
        assert answer.status_code == 401
        assert "it was revoked" in answer.text
    assert "you can read this list" in browser.open("/review").text.lower()
    assert world.store.version == 1


def test_a_token_that_expires_meanwhile_is_told(world: World, browser: Browser) -> None:
    browser.sign_in()
    action, fields = match_form(browser)
    [token] = world.book.tokens()
    world.book._write([replace(token, expires="2024-01-01T00:00:00+00:00")])
    answer = browser.send(action, fields)
    assert answer.status_code == 401
    assert "it expired on 2024-01-01" in answer.text
    assert world.store.version == 1


def test_a_read_only_service_refuses_whoever_asks(tmp_path: Path) -> None:
    with review_in(tmp_path, Settings(read_only=True)) as world:
        browser = Browser(world)
        browser.sign_in()
        assert forms(browser.open(MATCHES).text) == []
        assert "takes no changes" in browser.open(MATCHES).text
        bearer = {"Accept": "*/*", **world.bearer("admin")}
        for path in CHANGING:
            answer = browser.send(path, FORMS[path])
            assert answer.status_code == 403
            assert "read-only" in answer.text
            assert world.client.post(path, data=FORMS[path], headers=bearer).status_code == 403
        assert world.store.version == 1


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_no_other_method_decides_anything(world: World, browser: Browser, method: str) -> None:
    browser.sign_in()
    for path in (*CHANGING, "/review/sign-out"):
        answer = world.client.open(
            path, method=method, query_string=FORMS.get(path, {}), headers={"Origin": OURS}
        )
        is_page = path == "/review/decisions/1" and method in ("GET", "HEAD")
        assert answer.status_code == (404 if is_page else 405)
    assert world.store.version == 1
    assert "Leyla" in browser.open("/review").text


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data"])
def test_only_forms_are_read(world: World, kind: str) -> None:
    headers = {"Content-Type": kind, **world.bearer()}
    for path in CHANGING:
        assert world.client.post(path, data=b"{}", headers=headers).status_code == 415
    assert world.store.version == 1


def test_a_session_counts_nowhere_else(world: World, browser: Browser) -> None:
    browser.sign_in()
    sent = {"Origin": OURS, "Cookie": f"{COOKIE}=" + cookie_of(world)}
    update = {"update": "INSERT DATA { person:x a mg:Person ; rdfs:label 'X'@en }"}
    assert world.client.post("/sparql", data=update, headers=sent).status_code == 401
    for method in ("put", "post", "delete"):
        answer = getattr(world.client, method)("/graphs?default", data="", headers=sent)
        assert answer.status_code == 401
    assert world.store.version == 1


def cookie_of(world: World) -> str:
    cookie = world.client.get_cookie(COOKIE, path="/review")
    assert cookie is not None
    return cookie.value


def test_signing_out_ends_the_session_whoever_has_the_cookie(
    world: World, browser: Browser
) -> None:
    browser.sign_in()
    action, fields = match_form(browser)
    stolen = cookie_of(world)
    assert browser.send("/review/sign-out", {}).status_code == 303
    world.client.set_cookie(COOKIE, stolen, path="/review")
    assert browser.send(action, fields).status_code == 401
    assert "You were signed out" in browser.open("/review").text


def test_signing_in_again_ends_the_session_before(world: World, browser: Browser) -> None:
    browser.sign_in()
    old = cookie_of(world)
    browser.sign_in(note="Somebody else")
    world.client.set_cookie(COOKIE, old, path="/review")
    assert "You were signed out" in browser.open("/review").text


def test_a_session_ends_after_its_time(world: World, browser: Browser) -> None:
    browser.sign_in()
    action, fields = match_form(browser)
    service = world.app.extensions["medalgraph"]
    now = service.sessions._clock()
    service.sessions._clock = lambda: now + LASTS_S + 1
    answer = browser.send(action, fields)
    assert answer.status_code == 401
    assert "the time was over" in answer.text


def test_the_token_is_in_no_page_and_in_no_address(world: World, browser: Browser) -> None:
    text, _ = world.book.create("write", note="Leyla")
    signed = browser.send("/review/sign-in", {"token": text, "then": MATCHES})
    assert signed.headers["Location"] == MATCHES
    pages = [browser.open(path).text for path in ("/review", MATCHES, "/review/sign-in")]
    assert all(text not in page and cookie_of(world) not in page for page in pages)
    assert browser.open(f"/review/sign-in?token={text}").status_code == 200
    assert "Set-Cookie" not in browser.open(f"/review/sign-in?token={text}").headers


@pytest.mark.parametrize(
    "then",
    [
        "https://evil.example/",
        "//evil.example",
        "/sparql",
        "/review\\@evil.example",
        "/reviewer",
        "/review\r\nX: y",
        "",
    ],
)
def test_signing_in_leads_to_a_place_of_the_review_only(
    world: World, browser: Browser, then: str
) -> None:
    text, _ = world.book.create("write")
    answer = browser.send("/review/sign-in", {"token": text, "then": then})
    assert answer.headers["Location"] == "/review"


@pytest.mark.parametrize("scope", ["", "write"])
def test_decisions_are_shown_to_who_is_signed_in(browser: Browser, scope: str) -> None:
    if scope:
        browser.sign_in(scope)
    answer = browser.open("/review/decisions/1")
    assert answer.status_code == (404 if scope else 401)
