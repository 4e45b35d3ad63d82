"""A refused form leads back to the page that it was sent from."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import pytest

from .review_world import OURS, Browser, forms, review_in

if TYPE_CHECKING:
    from pathlib import Path

MATCHES = "/review/matches?source=news&against=official"


@pytest.mark.parametrize(
    ("sent_from", "leads_back"),
    [(f"{OURS}{MATCHES}", True), (f"http://elsewhere.example{MATCHES}", False), ("", False)],
)
def test_a_form_that_is_refused_leads_back_to_its_own_page_only(
    tmp_path: Path, *, sent_from: str, leads_back: bool
) -> None:
    with review_in(tmp_path) as world:
        browser = Browser(world)
        browser.sign_in()
        [(action, fields)] = forms(browser.open(MATCHES).text)
        sent = fields | {"decision": "same", "reason": ""}
        answer = browser.send(action, sent, Referer=sent_from)
        assert world.store.version == 1
    assert answer.status_code == 400
    assert (html.escape(MATCHES) in answer.text) == leads_back
    assert "elsewhere.example" not in answer.text
