"""Names are in the language of the reader, the same on every view, and told as such."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from .service_world import BROWSER, World, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.test import TestResponse

JSON = "application/json"
NATION = """INSERT DATA {
  GRAPH graph:meta { graph:book a prov:Entity ; dcterms:title "The Book" ; mg:priority 1 }
  GRAPH graph:book {
    nation:EGY a mg:Nation ; rdfs:label "Egypt"@en, "مصر"@ar, "Ägypten"@de ; mg:code "EGY" ;
      mg:kind mg:Country .
    person:x a mg:Person ; rdfs:label "X"@en ; <http://ex/of> nation:EGY ; mg:born "1990" }
  GRAPH graph:blog { person:x mg:born "1991" . nation:EGY mg:code "EGP" } }"""
OF = "SELECT ?nation { person:x <http://ex/of> ?nation }"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with world_in(tmp_path) as made:
        made.store.update(NATION)
        yield made


def get(
    world: World, path: str, language: str = "", accept: str = BROWSER, **params: str
) -> TestResponse:
    headers = {"Accept": accept} | ({"Accept-Language": language} if language else {})
    return world.client.get(
        path, query_string=params or None, headers=headers, follow_redirects=True
    )


@pytest.mark.parametrize(
    ("language", "name"),
    [("", "Egypt"), ("de-AT, en;q=0.9", "Ägypten"), ("az, ar;q=0.5", "مصر"), ("fr", "Egypt")],
)
def test_every_view_names_a_thing_alike(world: World, language: str, name: str) -> None:
    page = get(world, "/id/nation/EGY", language).text
    assert re.search(rf"<h1[^>]*>{name}</h1>", page)
    assert f"<title>{name} " in page
    assert f">{name}</a>" in get(world, "/id/person/x", language).text
    assert f">{name}</a>" in get(world, "/sparql", language, query=OF).text
    assert f">{name}</a>" in get(world, "/conflicts", language, property="code").text
    told = get(world, "/id/nation/EGY", language, JSON).json
    assert told is not None
    assert told["label"] == name
    conflicts = get(world, "/conflicts", language, JSON).json
    assert conflicts is not None
    assert name in {one["label"] for one in conflicts["conflicts"]}


def test_a_name_in_another_language_says_which_so_that_it_is_read_and_set_as_such(
    world: World,
) -> None:
    assert '<h1 lang="ar" dir="auto">مصر</h1>' in get(world, "/id/nation/EGY", "ar").text
    assert re.search(r'<a [^>]*lang="ar" dir="auto">مصر</a>', get(world, "/id/person/x", "ar").text)
    told = get(world, "/id/nation/EGY", "ar", JSON).json
    assert told is not None
    assert told["language"] == "ar"


def test_answers_in_different_languages_are_kept_apart(world: World) -> None:
    for path in ("/id/nation/EGY", "/", "/conflicts", "/audit"):
        english, german = (get(world, path, language) for language in ("en", "de"))
        assert english.headers["ETag"] != german.headers["ETag"]
        assert "Accept-Language" in english.headers["Vary"]
        kept = {
            "Accept": BROWSER,
            "Accept-Language": "de",
            "If-None-Match": english.headers["ETag"],
        }
        assert world.client.get(path, headers=kept, follow_redirects=True).status_code == 200


def test_what_names_nothing_is_the_same_in_every_language(world: World) -> None:
    tags = {
        get(world, "/id/nation/EGY", language, "text/turtle").headers["ETag"]
        for language in ("", "de", "ar")
    }
    assert len(tags) == 1
