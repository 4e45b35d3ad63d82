"""A little graph for exports: two sources that differ, a hidden one, and what is hard to write."""

from __future__ import annotations

from io import BytesIO
from random import Random
from typing import TYPE_CHECKING

from graph.engines.base import CommitInfo
from graph.engines.snapshots import SnapshotEngine
from graph.formats import TRIG
from graph.names import RDF_TYPE, RDFS_LABEL, Names, mg
from graph.rdf import read_quads
from graph.terms import Literal, Quad

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NAMES = Names()
HIDDEN = "Hidden Class"
WORLD = """
graph:meta {
  graph:book a prov:Entity ; dcterms:title "Results book" ; mg:priority 1 .
  graph:press a prov:Entity ; dcterms:title "The press" ; mg:priority 5 .
  graph:restricted-classes a prov:Entity ; dcterms:title "Doctors" .
}
graph:book {
  games:2024-summer-para a mg:Games ; rdfs:label "Paris 2024"@en ; mg:year 2024 ;
    mg:season mg:Summer ; mg:from "2024-08-28" ; mg:until "2024-09-08" ; mg:place place:paris .
  games:2020-summer-para a mg:Games ; rdfs:label "Tokyo 2020"@en ; mg:year 2020 ;
    mg:season mg:Summer .
  place:paris a mg:Place ; mg:kind mg:City ; rdfs:label "Paris" .
  sport:athletics a mg:Sport ; rdfs:label "Athletics"@en .
  nation:AZE a mg:Nation ; mg:code "AZE" ; rdfs:label "Azerbaijan"@en , "Azərbaycan"@az .
  nation:FRA a mg:Nation ; mg:code "FRA" ; rdfs:label "France"@en .
  event:100m a mg:Event ; rdfs:label "Women's 100 m, T12" ; mg:games games:2024-summer-para ;
    mg:sport sport:athletics ; mg:sex mg:F ; mg:date "2024-09-03" .
  event:relay a mg:Event ; rdfs:label "4x100 m" ; mg:games games:2024-summer-para ;
    mg:sport sport:athletics .
  event:old a mg:Event ; rdfs:label "Old event" ; mg:games games:2020-summer-para .
  person:lamiya a mg:Person ; rdfs:label "Lamiya Valiyeva" ; mg:born "1992-06-15" ; mg:sex mg:F ;
    skos:altLabel "Valiyeva, \\"Lamiya\\"" , "=1+1" ; schema:familyName "Valiyeva" .
  person:omar a mg:Person ; rdfs:label "Omar & <Élan>\\r\\n\\tII" ; mg:born "1994~" .
  person:old a mg:Person ; rdfs:label "Old Champion" .
  entry:100m--lamiya a mg:Entry ; mg:event event:100m ; mg:athlete person:lamiya ;
    mg:guide person:omar ; mg:nation nation:AZE ; mg:rank 1 ; mg:won mg:Gold .
  entry:relay--FRA a mg:Entry ; mg:event event:relay ; mg:nation nation:FRA ;
    mg:athlete person:omar , person:lamiya .
  entry:old a mg:Entry ; mg:event event:old ; mg:athlete person:old ; mg:nation nation:FRA .
  result:100m--lamiya a mg:Result ; mg:entry entry:100m--lamiya ; mg:phase "Final" ; mg:rank 1 ;
    mg:mark "11.99" ; mg:markValue 11.99 ; mg:unit mg:Second .
  award:100m--lamiya a mg:Award ; mg:medal mg:Gold ; mg:status mg:Standing ; mg:event event:100m ;
    mg:entry entry:100m--lamiya ; mg:date "2024-09-03" .
  decision:1 a mg:Decision ; mg:award award:100m--lamiya ; mg:action mg:Awarded ;
    mg:date "2024-09-03" .
  part:1 a mg:Participation ; mg:person person:lamiya ; mg:role mg:Athlete ; mg:nation nation:AZE ;
    mg:event event:100m .
  delegation:AZE a mg:Delegation ; rdfs:label "Azerbaijan at Paris" ; mg:nation nation:AZE ;
    mg:games games:2024-summer-para .
  _:note rdfs:comment "a note" ; rdfs:seeAlso [ rdfs:comment "of a note" ] .
}
graph:press {
  person:lamiya a mg:Person ; rdfs:label "Lamija Valiyeva" ; mg:born "1993" .
  tally:press--AZE a mg:Tally ; mg:games games:2024-summer-para ; mg:nation nation:AZE ;
    mg:gold 4 ; mg:silver 2 ; mg:bronze 5 ; mg:total 11 .
  claim:1 a mg:Claim ; rdf:subject person:lamiya ; rdf:predicate mg:died ; rdf:object "2000" ;
    mg:verdict mg:SetAside .
}
graph:restricted-classes {
  person:lamiya rdfs:comment "Hidden Class T12" .
  person:hidden a mg:Person ; rdfs:label "Hidden Class Person" .
  entry:hidden a mg:Entry ; mg:event event:100m ; mg:athlete person:hidden .
}
"""


def quads() -> list[Quad]:
    """Return the statements, with new labels for the blank nodes each time."""
    head = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in NAMES.prefixes().items())
    found = read_quads(BytesIO((head + WORLD).encode()), format=TRIG, base_iri="http://ex/")
    return list(found)


def store_of(place: Path, statements: Iterable[Quad], *, commits: int = 1, seed: int = 0) -> Path:
    """Make a store of statements in some commits, whose order chance decides, and return where."""
    shuffled = list(statements)
    Random(seed).shuffle(shuffled)  # noqa: S311 - a test needs no secret
    with SnapshotEngine.create(place) as engine:
        for number in range(commits):
            with engine.draft() as draft:
                draft.bulk_add(shuffled[number::commits])
                draft.publish(CommitInfo(kind="load"))
    return place


def one_more(name: str) -> list[Quad]:
    """Return the statements about one more person."""
    person, book = NAMES.of("person", "one-more"), NAMES.graph("book")
    return [
        Quad(person, RDF_TYPE, mg("Person"), book),
        Quad(person, RDFS_LABEL, Literal(name), book),
    ]
