"""Labels that are markup, formulas or quotes stay text on pages of medals and in what is copied."""

from __future__ import annotations

import csv
import html
import io
from typing import TYPE_CHECKING

import pytest

from .medal_world import medals_in
from .portrait_world import read_page
from .service_world import BROWSER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .service_world import World

MARKUP = "</text></svg><script>alert(1)</script>"
FORMULA = '=HYPERLINK("http://example.org")'
QUOTES = 'Sydney" onload="alert(1)'
NAMED = """
DELETE { GRAPH graph:book { ?x rdfs:label ?label } }
INSERT { GRAPH graph:book { ?x rdfs:label ?new } } WHERE {
  VALUES (?x ?new) {
    (nation:JAM '$MARKUP'@en) (nation:GRE '$FORMULA'@en)
    (games:2000-summer '$QUOTES'@en) (person:a '$MARKUP'@en) }
  GRAPH graph:book { ?x rdfs:label ?label } }
"""
PATHS = (
    "/medals",
    "/medals?games=2000-summer",
    "/medals?games=2000-summer&nation=JAM",
    "/medals/embed?games=2000-summer",
    "/medals/compare?games=2000-summer&with_rule=official-at-closing",
    "/medals/nation?nation=JAM",
    "/medals/nation?nation=JAM&nation=GRE",
    "/medals/all-time?kind=Olympic",
    "/medals/athletes?kind=Olympic&rule=with-art",
)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with medals_in(tmp_path_factory.mktemp("labels")) as made:
        renamed = NAMED
        for place, label in (("$MARKUP", MARKUP), ("$FORMULA", FORMULA), ("$QUOTES", QUOTES)):
            renamed = renamed.replace(place, label)
        made.store.update(renamed)
        yield made


@pytest.mark.parametrize("path", PATHS)
def test_a_label_is_text_on_each_page(world: World, path: str) -> None:
    answer = world.client.get(path, headers={"Accept": BROWSER})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    page = read_page(answer.text)
    assert not [one for one in page.every("script") if "alert" in one.text]
    every = [one for name in ("iframe", "textarea", "a", "svg") for one in page.every(name)]
    assert not [one for one in every if "onload" in one.attributes]


def test_the_code_to_embed_a_table_has_the_title_as_one_attribute(world: World) -> None:
    answer = world.client.get("/medals?games=2000-summer", headers={"Accept": BROWSER})
    [field] = [one for one in answer.text.split("<textarea")[1:] if "iframe" in one]
    code = html.unescape(field.partition(">")[2].partition("</textarea>")[0])
    [frame] = read_page(code).every("iframe")
    assert frame.attributes.keys() == {"src", "title", "width", "height", "loading"}
    assert frame.attributes["title"] == f"Medal table of {QUOTES}"


def test_a_table_for_excel_runs_no_label(world: World) -> None:
    plain, safe = (
        list(csv.reader(io.StringIO(world.client.get(f"/medals?games=2000-summer{more}").text)))
        for more in ("&format=csv", "&format=csv&safe=excel")
    )
    assert FORMULA in [row[1] for row in plain]
    assert f"'{FORMULA}" in [row[1] for row in safe]
