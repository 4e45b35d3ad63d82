"""The review as it runs for others: over a socket, with readers and a writer in processes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from .review_world import forms, review_running
from .service_world import BROWSER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .running_service import Reply, RunningService

MATCHES = "/review/matches?source=news&against=official"


@pytest.fixture
def service(tmp_path: Path) -> Iterator[RunningService]:
    with review_running(tmp_path / "store") as started:
        yield started


def send(service: RunningService, path: str, fields: dict[str, str], cookie: str = "") -> Reply:
    headers = {
        "Accept": BROWSER,
        "Content-Type": "application/x-www-form-urlencoded",
        "Origin": f"http://127.0.0.1:{service.port}",
    }
    if cookie:
        headers["Cookie"] = cookie
    return service.request("POST", path, body=urlencode(fields).encode(), headers=headers)


def test_a_steward_signs_in_decides_is_told_what_was_overtaken_and_takes_it_back(
    service: RunningService,
) -> None:
    token = service.bearer()["Authorization"].removeprefix("Bearer ")
    cookie = send(service, "/review/sign-in", {"token": token}).headers["Set-Cookie"]
    cookie = cookie.partition(";")[0]
    browser = {"Accept": BROWSER, "Cookie": cookie}

    page = service.request("GET", MATCHES, headers=browser).body.decode()
    [(action, fields)] = forms(page)
    fields |= {"reason": "Looked up", "decision": "same"}
    done = [send(service, action, fields, cookie) for _ in range(2)]
    assert [reply.status for reply in done] == [303, 303]
    assert {reply.headers["Location"].partition("?")[0] for reply in done} == {
        "/review/decisions/2"
    }
    late = send(service, action, fields | {"decision": "different"}, cookie)
    assert late.status == 409
    assert "Somebody has said meanwhile that these two are one." in late.body.decode()

    page = service.request("GET", "/review/decisions/2", headers=browser).body.decode()
    assert "by the tests" in page
    [(action, fields)] = forms(page)
    undone = send(service, action, fields | {"reason": "A mistake"}, cookie)
    assert undone.headers["Location"] == "/review/decisions/3"
    waiting = service.request("GET", MATCHES, headers={"Accept": "application/json"})
    assert b'"waiting": 1' in waiting.body
