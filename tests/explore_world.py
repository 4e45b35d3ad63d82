"""A small graph to explore: athletes of two nations who met in two events, and somebody apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, parse

from graph.engines.memory import MemoryDraft
from graph.names import Names
from graph.prologue import house_prologue

if TYPE_CHECKING:
    from graph.terms import NamedNode

NAMES = Names()
BOOK, NEWS = NAMES.graph("book"), NAMES.graph("news")
HOSTILE = '<img src=x onerror=alert(1)>"&'
WORLD = """
graph:meta { graph:book a prov:Entity ; dcterms:title "The Book" ; mg:priority 1 .
  graph:news a prov:Entity ; dcterms:title "The <News>" ; mg:priority 5 }
graph:book {
  nation:BRA a mg:Nation ; rdfs:label "Brazil"@en , "البرازيل"@ar ; mg:code "BRA" .
  nation:AZE a mg:Nation ; rdfs:label "Azerbaijan"@en ; mg:code "AZE" .
  games:g a mg:Games ; rdfs:label "Games of 2000"@en .
  games:h a mg:Games ; rdfs:label "Games of 2004"@en .
  sport:judo a mg:Sport ; rdfs:label "judo"@en .
  person:ana a mg:Person ; rdfs:label "Ana"@en ; mg:sex mg:F .
  person:bo a mg:Person ; rdfs:label "Bo"@en ; mg:sex mg:F .
  person:cem a mg:Person ; rdfs:label "Cem"@en .
  person:dan a mg:Person ; rdfs:label "<img src=x onerror=alert(1)>\\"&"@en .
  event:e a mg:Event ; rdfs:label "Judo, women"@en ; mg:games games:g ; mg:sport sport:judo .
  event:f a mg:Event ; rdfs:label "Judo, open"@en ; mg:games games:h ; mg:sport sport:judo .
  entry:1 a mg:Entry ; mg:event event:e ; mg:nation nation:BRA ; mg:athlete person:ana ;
    mg:won mg:Gold .
  entry:2 a mg:Entry ; mg:event event:e ; mg:nation nation:AZE ; mg:athlete person:bo .
  entry:3 a mg:Entry ; mg:event event:f ; mg:nation nation:BRA ; mg:athlete person:ana .
  entry:4 a mg:Entry ; mg:event event:f ; mg:nation nation:BRA ; mg:athlete person:cem .
  entry:5 a mg:Entry ; mg:nation nation:BRA ; mg:athlete person:dan }
graph:news { entry:1 mg:athlete person:ana . entry:4 mg:athlete person:cem }
"""


def world(text: str = WORLD) -> MemoryDraft:
    """Return the small graph, or another one that is written like it."""
    prefixes = "".join(f"PREFIX {key}: <{iri}>\n" for key, iri in NAMES.prefixes().items())
    return MemoryDraft(
        parse(prefixes + text, format=RdfFormat.TRIG), prologue=house_prologue(NAMES)
    )


def node(short: str) -> NamedNode:
    """Return what a prefixed name stands for."""
    return NAMES.iri(short)


def nodes(*shorts: str) -> frozenset[NamedNode]:
    """Return what prefixed names stand for."""
    return frozenset(map(node, shorts))
