"""A sheet can be sent to hear what its import would do; nothing is kept."""

from __future__ import annotations

from tempfile import gettempdir
from typing import TYPE_CHECKING

import pytest

from .service_world import World, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.test import TestResponse

WORLD = """
INSERT DATA { GRAPH graph:book {
  nation:AZE a mg:Nation ; rdfs:label "Azerbaijan"@en ; mg:code "AZE" ; mg:kind mg:Country .
  person:vugar-1991 a mg:Person ; rdfs:label "Vuqar Sirinli"@en ; mg:born "1991-05-05" } }
"""
PEOPLE = "name,sex,born\nvugar-1991,M,1992-05-05\nNew One,F,1999-01-01\nWrong,X,\n"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with world_in(tmp_path) as made:
        made.store.update(WORLD)
        yield made


def send(world: World, text: str, sheet: str = "people", **more: str) -> TestResponse:
    headers = {"Content-Type": "text/csv", **world.bearer(), **more}
    return world.client.post(f"/rehearse/{sheet}", data=text.encode(), headers=headers)


def test_rows_things_statements_and_refused_rows_are_told(world: World) -> None:
    told = send(world, PEOPLE).json
    assert told is not None
    assert (told["rows"], told["rejected"], told["change"]["dry_run"]) == (3, 1, True)
    [refused] = told["rejects"]
    assert (refused["line"], refused["column"], refused["value"]) == (4, "sex", "X")
    assert refused["how_to_fix"]
    people = told["things"]["Person"]
    assert (people["known"]["count"], people["new"]["examples"]) == (1, ["New One"])
    assert told["statements"]["conflicting"]["examples"] == [
        "vugar-1991 born 1992-05-05, but 1991-05-05 in book"
    ]


def test_nothing_is_kept(world: World) -> None:
    before = world.store.version
    assert send(world, PEOPLE).status_code == 200
    assert world.store.version == before


def test_a_date_that_cannot_be_is_refused_with_its_line(world: World) -> None:
    told = send(world, "name,sex,born\nNew One,F,1999-13-41\n").json
    assert told is not None
    assert (told["rejected"], told["change"]["conforms"]) == (1, True)
    [refused] = told["rejects"]
    assert "no month 13" in refused["reason"]


def test_what_the_checks_would_refuse_is_told_with_its_lines(world: World) -> None:
    told = send(world, "name,sex,born\nNew One,F,1999-01-01\nNew One,F,1999-01-02\n").json
    assert told is not None
    assert told["change"]["conforms"] is False
    assert "about" not in told["change"]
    first = told["change"]["sentences"][0]
    assert first.startswith("sheet.csv, lines 2 and 3: ")
    assert "The rows give more than one date of birth." in first


def test_the_encoding_that_the_client_says_is_heeded(world: World) -> None:
    headers = {"Content-Type": "text/csv; charset=macintosh", **world.bearer()}
    content = "name\nZoë Ázar\n".encode("mac_roman")
    told = world.client.post("/rehearse/people", data=content, headers=headers).json
    assert told is not None
    assert told["things"]["Person"]["new"]["examples"] == ["Zoë Ázar"]
    assert told["notes"] == []
    headers["Content-Type"] = "text/csv; charset=klingon"
    answer = world.client.post("/rehearse/people", data=content, headers=headers)
    assert answer.status_code == 400
    assert "There is no encoding 'klingon'" in answer.text


@pytest.mark.parametrize(
    ("sheet", "kind", "status"),
    [("scores", "text/csv", 404), ("people", "text/plain", 415), ("people", "", 415)],
)
def test_what_is_no_sheet_is_refused(world: World, sheet: str, kind: str, status: int) -> None:
    answer = send(world, PEOPLE, sheet, **{"Content-Type": kind})
    assert answer.status_code == status


def test_a_file_without_the_columns_it_needs_is_refused_with_their_names(world: World) -> None:
    answer = send(world, "Nom\nJean\n")
    assert answer.status_code == 400
    assert "has no column name" in answer.text


def test_it_needs_a_token_for_the_source(world: World) -> None:
    headers = {"Content-Type": "text/csv"}
    assert world.client.post("/rehearse/people", data=b"", headers=headers).status_code == 401


def test_a_source_of_another_kind_is_not_replaced_unless_that_is_asked_for(world: World) -> None:
    headers = {"Content-Type": "text/csv", **world.bearer()}
    address = "/rehearse/people?source=book"
    answer = world.client.post(address, data=PEOPLE.encode(), headers=headers)
    assert answer.status_code == 409
    assert "is no people sheet, and its 7 statements would be lost" in answer.text
    answer = world.client.post(f"{address}&replace=true", data=PEOPLE.encode(), headers=headers)
    assert answer.status_code == 200


def test_claims_that_were_set_aside_are_no_change(world: World) -> None:
    world.store.update("""INSERT DATA {
      GRAPH graph:meta { graph:people-sheet a prov:Entity ; dcterms:title "Sheet" ;
        dcterms:type "people sheet" }
      GRAPH graph:people-sheet { person:vugar-1991 a mg:Person ; mg:sex mg:M .
        claim:one a mg:Claim ; rdf:subject person:vugar-1991 ; rdf:predicate mg:born ;
          rdf:object "1992-05-05" ; mg:verdict mg:SetAside ; mg:reason "The book is right." ;
          prov:wasDerivedFrom graph:people-sheet } }""")
    told = send(world, "name,sex,born\nvugar-1991,M,1992-05-05\n").json
    assert told is not None
    assert (told["change"]["added"], told["change"]["removed"]) == (0, 0)
    assert told["statements"]["conflicting"]["count"] == 0


@pytest.mark.parametrize(
    "sheet", [b"", b"Nom\nJean\n", b"name,name\n", b'name\n"Jean', b"name\n\x81\n", b"na\x00me\n"]
)
def test_an_error_names_no_place_on_the_server(world: World, sheet: bytes) -> None:
    headers = {"Content-Type": "text/csv", **world.bearer()}
    answer = world.client.post("/rehearse/people", data=sheet, headers=headers)
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["detail"].startswith("sheet.csv ")
    assert gettempdir() not in answer.text


def test_refused_rows_are_json_with_plain_keys_and_numbers(world: World) -> None:
    told = send(world, "name,sex\nWrong,X\n").json
    assert told is not None
    assert told["rejects"] == [
        {
            "line": 2,
            "column": "sex",
            "value": "X",
            "reason": "sex is none of the words known for it",
            "how_to_fix": told["rejects"][0]["how_to_fix"],
        }
    ]
