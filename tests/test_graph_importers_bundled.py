from __future__ import annotations

import gzip
from pathlib import Path

import pyoxigraph
import pytest

import ontology
from graph.errors import BadTable
from graph.importers.bundled import (
    FOLDER,
    BundledSource,
    bundled_sources,
    ipc_as_bundled,
    paris_2024_as_bundled,
    rebuild,
)
from graph.names import DEFAULT_BASE, MG, RDF_TYPE, RDFS_LABEL, XSD, Names, mg
from graph.terms import Literal, NamedNode

from .bundled_record import ask, bundled_record
from .small_paris import small_rows, write_tables

SOURCES = {source.slug: source for source in bundled_sources()}
NUMBERS = ("gold", "silver", "bronze", "total", "rank", "gamesCount", "year", "edition", "size")
TEXTS = ("born", "date", "from", "until", "code", "distance", "weightClass", "externalId")
SINGLE = (*NUMBERS, *TEXTS, "kind", "sex", "medal", "status", "won", "event", "games", "sport")
each_source = pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)


def test_the_bundled_results_are_what_the_importer_makes_today(shared_data: Path) -> None:
    assert SOURCES["paris2024-paralympics"].open().read() == paris_2024_as_bundled(shared_data)


def test_the_bundled_counts_are_what_the_importer_makes_today(shared_data: Path) -> None:
    assert SOURCES["ipc-medals-by-sport"].open().read() == ipc_as_bundled(shared_data)


def test_a_bundle_can_be_made_again_to_the_byte(shared_data: Path, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        rebuild(shared_data, into=tmp_path / folder)

    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / folder).iterdir()}
        for folder in ("one", "two")
    )
    assert one == two
    assert set(one) == {"paris-2024-paralympics.nq.gz", "ipc-medals-by-sport.trig"}


def test_the_compressed_bundle_carries_no_time_and_no_name() -> None:
    head = (FOLDER / "paris-2024-paralympics.nq.gz").read_bytes()[:10]

    # RFC 1952, 2.3: flags in byte 3 (0 is no name), the time of change in bytes 4 to 7
    assert head[3] == 0
    assert head[4:8] == bytes(4)


def test_a_bundle_is_not_made_of_tables_with_a_refused_row(tmp_path: Path) -> None:
    rows = small_rows()
    rows["medals_total.csv"][0]["Total"] = "4"
    folder = tmp_path / "paris2024-paralympics"
    folder.mkdir()
    write_tables(folder, rows)

    with pytest.raises(BadTable, match="1 row was refused"):
        paris_2024_as_bundled(tmp_path)


@each_source
def test_a_source_fills_its_graph_and_describes_it(source: BundledSource) -> None:
    quads = list(pyoxigraph.parse(source.open(), format=source.format.engine))
    names = Names()
    meta = {quad.subject for quad in quads if quad.graph_name == names.meta}

    assert {quad.graph_name for quad in quads} == {names.meta, source.graph(names)}
    assert meta == {source.graph(names)}
    assert not [quad for quad in quads if "_:" in str(quad)]


@pytest.mark.parametrize(
    ("slug", "priority"),
    [
        ("counting-rules", 1),
        ("nations-over-time", 4),
        ("paris2024-paralympics", 1),
        ("ipc-medals-by-sport", 2),
        ("azernews-2024-09-17", 5),
    ],
)
def test_a_source_says_what_it_is_and_how_far_it_is_trusted(slug: str, priority: int) -> None:
    ((title, publisher, origin, found),) = ask(
        f"""SELECT ?title ?publisher ?origin ?p WHERE {{ GRAPH graph:meta {{
            graph:{slug} a prov:Entity ; dcterms:title ?title ; dcterms:publisher ?publisher ;
                dcterms:source ?origin ; mg:priority ?p }} }}"""
    )

    assert int(found) == priority
    assert title == SOURCES[slug].title
    assert publisher
    assert origin


@each_source
def test_the_iris_are_those_of_a_store_with_a_base_of_its_own(source: BundledSource) -> None:
    names = Names("https://data.example.org/games")
    there = set(pyoxigraph.parse(source.open(names), format=source.format.engine))
    here = set(pyoxigraph.parse(source.open(), format=source.format.engine))

    assert len(there) == len(here)
    assert not [quad for quad in there if f"{DEFAULT_BASE}/id/" in str(quad)]
    assert source.graph(names) in {quad.graph_name for quad in there}


def test_the_default_base_needs_no_change() -> None:
    source = SOURCES["paris2024-paralympics"]

    assert source.open(Names()).read() == gzip.decompress(source.path.read_bytes())


def test_no_name_of_a_thing_is_given_twice_in_a_language() -> None:
    names: dict[object, set[str]] = {}
    for quad in bundled_record().quads(None, RDFS_LABEL):
        assert isinstance(quad.object, Literal)
        names.setdefault((quad.subject, quad.object.language), set()).add(quad.object.value)

    assert not [named for named in names.items() if len(named[1]) > 1]


@pytest.mark.parametrize(
    "kind",
    ["Person", "Nation", "Place", "Games", "Sport", "SportClass", "Event", "Organization"],
)
def test_everything_that_a_person_meets_has_a_name(kind: str) -> None:
    assert not ask(f"SELECT ?x WHERE {{ ?x a mg:{kind} FILTER NOT EXISTS {{ ?x rdfs:label ?l }} }}")


def test_everything_that_is_spoken_of_is_described() -> None:
    nodes = {quad.subject for quad in bundled_record().quads()}
    spoken = {
        quad.object for quad in bundled_record().quads() if isinstance(quad.object, NamedNode)
    }
    missing = {node.value for node in spoken - nodes if "/id/" in node.value}

    assert missing == set()


def test_what_has_one_value_has_one() -> None:
    values: dict[object, set[object]] = {}
    for name in SINGLE:
        for quad in bundled_record().quads(None, mg(name)):
            values.setdefault((quad.subject, name), set()).add(quad.object)

    assert not [found for found in values.items() if len(found[1]) > 1]


def test_counts_and_years_are_numbers_and_dates_are_text() -> None:
    for names, kind in ((NUMBERS, "integer"), (TEXTS, "string")):
        for name in names:
            for quad in bundled_record().quads(None, mg(name)):
                assert isinstance(quad.object, Literal)
                assert quad.object.datatype.value == XSD + kind, quad


def test_everything_has_a_class() -> None:
    typed = {quad.subject for quad in bundled_record().quads() if quad.predicate == RDF_TYPE}

    assert {quad.subject for quad in bundled_record().quads()} == typed


def test_every_term_of_the_bundle_is_in_the_ontology() -> None:
    folder = Path(ontology.__file__).parent
    known = {
        quad.subject
        for path in folder.glob("*.ttl")
        for quad in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE)
    }
    used = {term for quad in bundled_record().quads() for term in (quad.predicate, quad.object)}

    assert known
    assert {
        term.value
        for term in used - known
        if isinstance(term, NamedNode) and term.value.startswith(MG)
    } == set()
