"""The scripts of the pages are ours, packed, kept by browsers, and may be missing."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from service import scripts

from .service_world import BROWSER, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.test import TestResponse

    from .service_world import World

SCRIPT = b"export const found = 1;"
ENTRY = {
    "script": "search-ABC.js",
    "parts": ["part-DEF.js"],
    "style": "search-GHI.css",
    "bytes": 90,
    "gzip_bytes": 60,
}


def lay_out(folder: Path) -> None:
    """Leave in a folder what a build of one page leaves."""
    for name in (ENTRY["script"], "part-DEF.js", ENTRY["style"]):
        (folder / str(name)).write_bytes(SCRIPT)
        (folder / f"{name}.gz").write_bytes(gzip.compress(SCRIPT))
    (folder / "licences.txt").write_text("left-pad 1.0 (MIT)\n", encoding="utf-8")
    (folder / "manifest.json").write_text(json.dumps({"search": ENTRY}), encoding="utf-8")


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[World]:
    """A service for which nothing was built."""
    with world_in(tmp_path) as world:
        scripts.register(world.app, tmp_path / "nowhere")
        yield world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A service for which one page was built."""
    lay_out(tmp_path)
    (tmp_path / "store").mkdir()
    with world_in(tmp_path / "store") as made:
        scripts.register(made.app, tmp_path)
        yield made


def head_of(world: World) -> str:
    page = world.client.get("/", headers={"Accept": BROWSER}).get_data(as_text=True)
    return page.partition("</head>")[0]


def fetched(world: World, name: str, **headers: str) -> TestResponse:
    """Return the whole answer for one file, which is closed."""
    answer = world.client.get(f"/static/built/{name}", headers=headers)
    with answer:
        answer.get_data()
    return answer


def test_a_page_names_its_script_its_style_and_what_the_script_imports(world: World) -> None:
    head = head_of(world)
    assert '<script src="/static/built/search-ABC.js" type="module"></script>' in head
    assert '<link rel="stylesheet" href="/static/built/search-GHI.css">' in head
    assert '<link rel="modulepreload" href="/static/built/part-DEF.js">' in head


def test_a_page_whose_script_was_not_built_names_none(bare: World) -> None:
    assert "text/javascript" not in head_of(bare)
    assert "/static/built" not in head_of(bare)
    assert fetched(bare, "search-ABC.js").status_code == 404


def test_a_script_is_sent_packed_to_whom_takes_that(world: World) -> None:
    plain = fetched(world, "search-ABC.js")
    packed = fetched(world, "search-ABC.js", **{"Accept-Encoding": "gzip, br"})

    assert plain.data == SCRIPT
    assert gzip.decompress(packed.data) == SCRIPT
    assert packed.headers["Content-Encoding"] == "gzip"
    assert plain.content_type == packed.content_type == "text/javascript; charset=utf-8"
    assert plain.headers["ETag"] != packed.headers["ETag"]
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_a_browser_keeps_what_has_its_content_in_its_name(world: World) -> None:
    script = fetched(world, "search-ABC.js")
    licences = fetched(world, "licences.txt")

    assert "immutable" in script.headers["Cache-Control"]
    assert "no-cache" not in script.headers["Cache-Control"]
    assert licences.headers["Cache-Control"] == "no-cache"
    etag = {"If-None-Match": licences.headers["ETag"]}
    assert fetched(world, "licences.txt", **etag).status_code == 304


@pytest.mark.parametrize("name", ["..", "../app.py", "%2e%2e", "x.js", "search-ABC.js/", "store"])
def test_nothing_else_is_sent(world: World, name: str) -> None:
    assert fetched(world, name).status_code in (308, 404)


def test_pages_are_told_where_the_service_lies(world: World) -> None:
    page = world.client.get("/", headers={"Accept": BROWSER}, base_url="https://x.test/graph/")
    assert '<body data-base="/graph/">' in page.get_data(as_text=True)
