"""Somebody who is signed in imports sheets from a page, as a browser does."""

from __future__ import annotations

import html
import io
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .review_world import OURS, Browser
from .service_world import BROWSER, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.test import TestResponse

    from .service_world import World

WORLD = """
INSERT DATA { GRAPH graph:book {
  nation:AZE a mg:Nation ; rdfs:label "Azerbaijan"@en ; mg:code "AZE" ; mg:kind mg:Country .
  person:vugar-1991 a mg:Person ; rdfs:label "Vuqar Sirinli"@en ; mg:born "1991-05-05" } }
"""
GOOD = "name,sex,born\nNew One,F,1999-01-01\nOther One,M,1998-02-02\n"
BAD = "name,sex,born\nNew One,F,1999-01-01\nWrong Sex,X,1990-01-01\nWrong Day,M,1999-13-41\n"
REASON = "Checked against the book"


@contextmanager
def importing_in(folder: Path) -> Iterator[World]:
    """Yield a service into which sheets are imported."""
    with world_in(folder) as made:
        made.store.update(WORLD)
        yield made


def choose(
    browser: Browser, content: str | bytes, name: str = "people.csv", **fields: str
) -> TestResponse:
    """Send a file as the first form does."""
    raw = content.encode() if isinstance(content, str) else content
    told = {"kind": "people", **fields}
    return post(browser, "/import", told | {"file": (io.BytesIO(raw), name)})


def post(browser: Browser, path: str, fields: dict[str, object]) -> TestResponse:
    headers = {"Accept": BROWSER, "Origin": OURS}
    return browser.world.client.post(
        path, data=fields, headers=headers, content_type="multipart/form-data"
    )


def fields_of(page: TestResponse, action: str) -> dict[str, object]:
    """Return what the form of a page sends to an address when nobody touches it."""
    [form] = re.findall(rf'<form[^>]*action="{action}".*?</form>', page.text, flags=re.DOTALL)
    found: dict[str, object] = {}
    for told in re.findall(r"<input[^>]*>", form):
        said = {k: html.unescape(v) for k, v in re.findall(r'([a-z]+)="([^"]*)"', told)}
        if said.get("type") not in ("checkbox", "radio", "file"):
            found[said["name"]] = said.get("value", "")
    return found


def keep(browser: Browser, page: TestResponse, **more: object) -> TestResponse:
    told = fields_of(page, "/import/commit") | {"reason": REASON} | more
    return post(browser, "/import/commit", told)


def labels(world: World) -> list[str]:
    return world.values("SELECT ?n WHERE { ?p a mg:Person ; rdfs:label ?n } ORDER BY ?n")
