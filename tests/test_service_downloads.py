"""Downloads: made once a state, kept, checked, gone with what they were made of."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyoxigraph
import pytest

from graph.erasing import erase
from graph.names import RDFS_LABEL
from graph.store import Store
from graph.terms import Literal, NamedNode, Quad
from service.config import Settings
from service.limits import Limits
from service.whereabouts import DOWNLOADS

from .export_world import NAMES, one_more, quads, store_of
from .service_world import BROWSER, world_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .service_world import World

BOOK = NAMES.graph("book").value


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with world_of(store_of(tmp_path / "store", quads())) as opened:
        yield opened


def listed(world: World, **part: str) -> dict[str, dict[str, Any]]:
    answer = world.client.get(
        "/downloads", query_string=part, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 200, answer.text
    return {each["file"]: each for each in answer.json["files"]}  # type: ignore[index] # it is JSON


def got(world: World, file: str, **part: str) -> bytes:
    """Return the content of a download, unpacked."""
    answer = world.client.get(f"/downloads/{file}", query_string=part)
    assert answer.status_code == 200, answer.text
    assert "Content-Encoding" not in answer.headers
    return gzip.decompress(answer.data) if file.endswith(".gz") else answer.data


def test_every_file_of_the_list_can_be_had_and_is_then_listed_with_its_checksum(
    world: World,
) -> None:
    before = listed(world)
    assert "graph.nq.gz" in before
    assert not any("sha256" in each for each in before.values())
    for name, each in before.items():
        first = world.client.get(each["url"])
        again = world.client.get(each["url"])
        assert first.status_code == 200
        assert first.data == again.data
        facts = listed(world)[name]
        assert facts["sha256"] == sha256(first.data).hexdigest()
        assert facts["bytes"] == len(first.data) == again.content_length
        assert again.headers["Medalgraph-Snapshot"] == "1"


def test_a_kept_file_has_a_tag_and_a_digest(world: World) -> None:
    world.client.get("/downloads/graph.ttl.gz")
    answer = world.client.get("/downloads/graph.ttl.gz")
    tag = answer.headers["ETag"]
    known = world.client.get("/downloads/graph.ttl.gz", headers={"If-None-Match": tag})
    assert (known.status_code, known.data) == (304, b"")
    assert answer.headers["Repr-Digest"].startswith("sha-256=:")
    name = 'attachment; filename="medalgraph-1-graph.ttl.gz"'
    assert answer.headers["Content-Disposition"] == name
    assert answer.headers["Content-Type"] == "application/gzip"


@pytest.mark.parametrize("file", ["graph.ttl", "graph.nq", "iptc.rdf", "graph.gexf"])
def test_a_packed_file_is_there_by_its_plain_name_too(world: World, file: str) -> None:
    packed = world.client.get(f"/downloads/{file}.gz").data
    for _ in ("while it is made", "kept"):
        first = world.client.get(f"/downloads/{file}")
        assert (first.status_code, first.data) == (200, gzip.decompress(packed))
        assert "Content-Encoding" not in first.headers
        assert first.headers["Content-Type"] != "application/gzip"
        assert first.headers["Content-Disposition"].endswith(f'-{file}"')
        world.state(*one_more("Somebody New"))
        packed = world.client.get(f"/downloads/{file}.gz").data


def test_who_takes_gzip_gets_the_plain_name_packed_on_the_way(world: World) -> None:
    packed = world.client.get("/downloads/graph.ttl.gz")
    plain = world.client.get("/downloads/graph.ttl")
    answer = world.client.get("/downloads/graph.ttl", headers={"Accept-Encoding": "gzip"})
    assert answer.data == packed.data
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Repr-Digest"] == packed.headers["Repr-Digest"]
    assert answer.mimetype == "text/turtle"
    assert answer.headers["ETag"] != plain.headers["ETag"]
    known = {"If-None-Match": plain.headers["ETag"]}
    assert world.client.get("/downloads/graph.ttl", headers=known).status_code == 304
    assert world.client.head("/downloads/graph.ttl").data == b""


def test_a_part_and_an_answer_have_plain_names_too(world: World) -> None:
    assert b"Lamiya Valiyeva" in got(world, "graph.ttl", source="book")
    query = "SELECT ?name { person:old rdfs:label ?name }"
    assert got(world, "answer.csv", query=query) == b"\xef\xbb\xbfname\r\nOld Champion\r\n"
    for file in ("graph.hdt", "tables-csv", "graph.ttl.gz.gz", "graph"):
        assert world.client.get(f"/downloads/{file}").status_code == 404


def test_the_checksums_are_those_of_the_files(world: World) -> None:
    content = world.client.get("/downloads/tables-csv.zip").data
    sums = world.client.get("/downloads/SHA256SUMS").text
    assert sums == f"{sha256(content).hexdigest()}  tables-csv.zip\n"


def test_the_download_is_what_the_graph_says(world: World) -> None:
    found = set(pyoxigraph.parse(got(world, "graph.nq.gz"), format=pyoxigraph.RdfFormat.N_QUADS))
    public = [quad for quad in quads() if "restricted" not in str(quad.graph_name)]
    assert len(found) == len(public)
    assert {quad for quad in public if "_:" not in str(quad)} <= found


def test_a_source_the_games_and_a_query_have_files_of_their_own(world: World) -> None:
    book = got(world, "graph.trig.gz", source="book").decode()
    assert "Lamiya Valiyeva" in book
    assert "Lamija" not in book
    tokyo = got(world, "graph.nt.gz", games="2020-summer-para").decode()
    assert "Old Champion" in tokyo
    assert "Lamiya" not in tokyo
    query = "SELECT ?name { person:old rdfs:label ?name }"
    assert listed(world, query=query).keys() == {"answer.csv.gz", "answer.parquet"}
    frame = pd.read_parquet(io.BytesIO(got(world, "answer.parquet", query=query)))
    assert frame.to_dict("list") == {"name": ["Old Champion"]}


def test_cells_that_a_spreadsheet_would_run_are_guarded(world: World) -> None:
    world.state(*one_more("=1+1"))
    with zipfile.ZipFile(io.BytesIO(got(world, "tables-csv.zip"))) as archive:
        people = archive.read("people.csv").decode()
    assert ",'=1+1," in people


def test_a_new_state_has_new_files_and_the_old_ones_are_gone(world: World) -> None:
    first = got(world, "graph.nq.gz")
    world.state(*one_more("Somebody New"))
    assert "sha256" not in listed(world)["graph.nq.gz"]
    second = got(world, "graph.nq.gz")
    assert b"Somebody New" in second
    assert b"Somebody New" not in first
    folders = list((world.app.extensions["medalgraph"].settings.store / DOWNLOADS).iterdir())
    assert [folder.name.rpartition("-")[2] for folder in folders] == ["2"]


def test_a_restricted_source_is_not_there_whoever_asks(world: World) -> None:
    name = NAMES.graph("restricted-classes").value
    for headers in ({}, world.bearer("admin")):
        answer = world.client.get(
            "/downloads/graph.nq.gz", query_string={"source": name}, headers=headers
        )
        assert answer.status_code == 404
    query = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"
    answer = world.client.get(
        "/downloads/graph.nt.gz", query_string={"query": query}, headers=world.bearer("admin")
    )
    assert b"hidden" not in gzip.decompress(answer.data).lower()


def test_an_erased_person_is_in_no_file_that_was_kept(tmp_path: Path) -> None:
    place = store_of(tmp_path / "store", [*quads(), *one_more("Jane Doe")])
    with world_of(place) as world:
        assert b"Jane Doe" in got(world, "graph.nq.gz")
    erase(place, NAMES.of("person", "one-more"))
    assert not (place / DOWNLOADS).exists()
    with world_of(place) as world:
        assert "sha256" not in listed(world)["graph.nq.gz"]
        assert b"Jane Doe" not in got(world, "graph.nq.gz")


def test_a_running_service_gives_no_kept_file_of_a_store_that_was_erased_in(
    tmp_path: Path,
) -> None:
    place = store_of(tmp_path / "store", [*quads(), *one_more("Jane Doe")])
    with world_of(place) as world:
        got(world, "graph.nq.gz")
        erase(place, NAMES.of("person", "one-more"))
        answer = world.client.get("/downloads/graph.nq.gz")
        assert answer.status_code == 503
        assert "Jane Doe" not in answer.text


def test_only_so_much_disk_is_used(tmp_path: Path) -> None:
    settings = Settings(limits=replace(Limits(), downloads_bytes=20_000))
    with world_of(store_of(tmp_path / "store", quads()), settings) as world:
        for name in listed(world):
            got(world, name)
        kept = [each for each in listed(world).values() if "sha256" in each]
        assert 0 < len(kept) < len(listed(world))
        assert sum(int(each["bytes"]) for each in kept) <= 20_000


def test_what_a_form_cannot_hold_is_refused_in_words(world: World) -> None:
    person = NamedNode("http://ex/bell")
    world.state(Quad(person, RDFS_LABEL, Literal("bell\x07"), NAMES.graph("book")))
    answer = world.client.get("/downloads/graph.rdf.gz", headers={"Accept": "application/json"})
    assert answer.status_code in (400, 406)
    assert "U+0007" in answer.json["detail"]  # type: ignore[index] # it is JSON
    assert "sha256" not in listed(world)["graph.rdf.gz"]
    assert got(world, "graph.nq.gz")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/downloads/graph.hdt", 404),
        ("/downloads/..%2f..%2ftokens.json", 404),
        ("/downloads?source=a&games=b", 400),
        ("/downloads?at=1", 400),
        ("/downloads/graph.nq.gz?games=2028-summer", 404),
        ("/downloads/graph.nq.gz?source=nobody", 404),
        ("/downloads/answer.csv.gz?query=SELECT", 400),
        ("/downloads/answer.csv.gz?query=ASK%20{}", 404),
    ],
)
def test_what_is_not_there_is_said_so(world: World, path: str, status: int) -> None:
    answer = world.client.get(path, headers={"Accept": "application/json"})
    assert answer.status_code == status, answer.text
    assert json.loads(answer.data)["title"]


def test_the_page_lists_files_sources_and_games(world: World) -> None:
    got(world, "graph.nq.gz")
    text = world.client.get("/downloads", headers={"Accept": BROWSER}).text
    assert 'href="/downloads/graph.nq.gz"' in text
    assert "not made yet" in text
    assert '<option value="2024-summer-para">Paris 2024</option>' in text
    assert f'<option value="{BOOK}">Results book</option>' in text
    assert "restricted-classes" not in text


def test_a_store_that_may_only_be_read_keeps_its_downloads_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = store_of(tmp_path / "store", quads())
    monkeypatch.setattr("service.processes.shelf.os.access", lambda *_: False)
    with world_of(place) as world:
        assert got(world, "graph.nq.gz")
        assert "sha256" in listed(world)["graph.nq.gz"]
        world.app.extensions["medalgraph"].exporter.close()
    assert not (place / DOWNLOADS).exists()
    with Store.open(place) as store:
        assert store.version == 1


@pytest.mark.parametrize(
    ("part", "said"),
    [({"games": "nope"}, "No Games here are called 'nope'"), ({"source": "nope"}, "no source")],
)
def test_no_files_are_offered_of_a_part_that_is_not_there(
    world: World, part: dict[str, str], said: str
) -> None:
    answer = world.client.get("/downloads", query_string=part)
    assert answer.status_code == 404
    assert said in answer.text
