"""A small world of one person, two sources that differ on her, and an old address of hers."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, parse

from graph.identity.redirects import merge
from graph.names import Names
from graph.sources import set_aside
from graph.terms import Literal, NamedNode, Quad

from .service_world import BROWSER, World, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.test import TestResponse

NAMES = Names()
NEWS, BOOK = NAMES.graph("news"), NAMES.graph("book")
ANA = NAMES.of("person", "ana-sousa-1990")
OLD = NAMES.of("person", "ana-sousa-bra-2016-summer-para")
WORLD = """
INSERT DATA {
  GRAPH graph:meta { graph:news a prov:Entity ; dcterms:title "The <News>" ;
      dcterms:publisher "Press" ; dcterms:issued "2024-09-17" ; mg:priority 5 ;
      dcterms:source "https://press.example/17" .
    graph:book a prov:Entity ; dcterms:title "The Book" ; mg:priority 1 }
  GRAPH graph:book {
    nation:BRA a mg:Nation ; rdfs:label "Brazil"@en ; mg:code "BRA" ; mg:kind mg:Country .
    person:ana-sousa-1990 a mg:Person ; rdfs:label "Ana Sousa"@en ; mg:born "1990-01-01" .
    games:g a mg:Games ; rdfs:label "Games"@en ; mg:kind mg:Olympic ; mg:season mg:Summer ;
      mg:year 2000 . sport:judo a mg:Sport ; rdfs:label "judo"@en .
    event:e a mg:Event ; rdfs:label "e"@en ; mg:games games:g ; mg:sport sport:judo ; mg:sex mg:F .
    entry:1 a mg:Entry ; mg:event event:e ; mg:nation nation:BRA ;
      mg:athlete person:ana-sousa-1990 }
  GRAPH graph:news {
    person:ana-sousa-1990 rdfs:label "Ana Sousa"@en ; mg:born "1991-01-01" .
    person:ana-sousa-bra-2016-summer-para a mg:Person ; rdfs:label "Ana Souza"@en ; mg:sex mg:F .
    tally:a a mg:Tally ; mg:games games:g ; mg:nation nation:BRA ; mg:gold 3 } }
"""


@contextmanager
def things_in(folder: Path) -> Iterator[World]:
    """Yield a service over that world, in which the news are trusted less."""
    with world_in(folder) as made:
        made.store.update(WORLD)
        wrong = Quad(ANA, NamedNode(f"{NAMES.prefixes()['mg']}born"), Literal("1991-01-01"), NEWS)
        change = set_aside(wrong, NAMES, reason="The Book is trusted more and says 1990-01-01.")
        with made.store.transaction() as tx:
            tx.remove(*change.removed)
            tx.add(*change.added)
        yield made


def get(world: World, path: str, accept: str = BROWSER, **params: str) -> TestResponse:
    """Ask as a client that is led on from a thing to its document, and nowhere else."""
    headers = {"Accept": accept}
    answer = world.client.get(path, query_string=params or None, headers=headers)
    if answer.status_code == 303:
        return world.client.get(answer.headers["Location"], headers=headers)
    return answer


def merged(world: World) -> None:
    """Merge the old address into that of today."""
    with world.store.transaction() as tx:
        change = merge(tx.draft, NAMES, [(OLD, ANA)])
        tx.remove(*change.removed)
        tx.add(*change.added)


def triples(answer: TestResponse) -> set[tuple[str, str, str]]:
    """Return what an answer in Turtle says."""
    found = parse(answer.get_data(), format=RdfFormat.TURTLE)
    return {(str(t.subject), str(t.predicate), str(t.object)) for t in found}
