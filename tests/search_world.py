"""A store with names of many kinds, for the tests of searching."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from graph.engines.snapshots import SnapshotEngine
from graph.gate import Gate
from graph.gate.shapes import read_shapes
from graph.names import Names
from graph.search import SearchFiles
from graph.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.search import Hit, SearchIndex

NAMES = Names()
NOTHING = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
<http://ex/Never> a sh:NodeShape ; sh:targetSubjectsOf <http://ex/never> ;
  sh:property [ sh:path <http://ex/never> ; sh:maxCount 0 ] .
"""
"""A shape that lets everything through: the statements of these tests are no whole graph."""

PEOPLE = {
    "bolt": "Usain Bolt",
    "bolt-2": "Usain Bolt",
    "valiyeva": "Lamiya Valiyeva",
    "asgarov": "Toğrul Əsgərov",
    "cseh": "László Cseh",
    "muller": "Jürgen Müller",
    "isinbayeva": "Yelena Isinbayeva",
    "klitschko": "Wladimir Klitschko",
    "salah": "Mohamed Salah",
    "nureddin": "نور الدين محمد",
    "ma-long": "Ma Long",
    "wang": "王楚钦",
    "kim": "김연아",
    "rezazadeh": "Hossein Rezazadeh",
    "obrien": "Seán O'Brien",
    "karelin": "Александр Карелин",
    "papadopoulos": "Γιώργος Παπαδόπουλος",
    "phiri": "Jean-Pierre Phiri",
    "zatopek": "Emil Zátopek",
    "alshammari": "J. P. Alshammari",
}
_STATED = """
  nation:JAM a mg:Nation ; rdfs:label "Jamaica"@en, "Jamaika"@de, "Ямайка"@ru ; mg:code "JAM" .
  nation:AZE a mg:Nation ; rdfs:label "Azerbaijan"@en ; mg:code "AZE" .
  games:2012 a mg:Games ; rdfs:label "London 2012"@en .
  games:2016 a mg:Games ; rdfs:label "Rio de Janeiro 2016"@en .
  sport:athletics a mg:Sport ; rdfs:label "Athletics"@en ; skos:altLabel "Track and field"@en .
  sport:sprint a mg:Sport ; rdfs:label "Sprint"@en ; mg:partOf sport:athletics .
  event:e100 a mg:Event ; rdfs:label "Men's 100 metres"@en ; mg:games games:2012 ;
    mg:sport sport:sprint .
  entry:e100--bolt a mg:Entry ; mg:athlete person:bolt ; mg:event event:e100 ;
    mg:nation nation:JAM .
  person:bolt mg:born "1986-08-21" ; skos:altLabel "Lightning Bolt"@en .
  person:bolt-2 mg:born "1999" .
"""
BOOK = NAMES.graph("book")


def statements() -> str:
    """Return an update that states everything."""
    people = "\n".join(
        f'person:{key} a mg:Person ; rdfs:label "{name}" .' for key, name in PEOPLE.items()
    )
    return f"INSERT DATA {{ GRAPH {BOOK} {{ {people} {_STATED} }} }}"


@contextmanager
def searchable(place: Path, text: str = "") -> Iterator[Store]:
    """Yield a store in a folder with these statements, or those of this file."""
    SnapshotEngine.create(place).close()
    with SnapshotEngine.open(place) as engine:
        store = Store(engine, gate=Gate(read_shapes({"never": NOTHING})))
        store.update(text or statements())
        yield store


def found(index: SearchIndex, text: str, **filters: object) -> list[str]:
    """Return the keys of what is found, the best first."""
    return [key(hit) for hit in index.find(text, **filters)]  # type: ignore[arg-type] # any filter


def key(hit: Hit) -> str:
    """Return the end of the address of a hit."""
    return hit.iri.rpartition("/")[2]


def index_of(store: Store) -> SearchIndex:
    """Return the index of the newest state, brought up to it."""
    with SearchFiles(store) as files:
        return files.newest()
