"""A small world with what pages of people, nations, events and offices have to get right.

A diver who won under two codes, a final whose winner was ruled out later, a shared second place,
a team, a place left vacant, a committee with presidents, and names in several spellings.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from .service_world import BROWSER

if TYPE_CHECKING:
    from .service_world import World

WORLD = """
INSERT DATA {
  GRAPH graph:meta {
    graph:book a prov:Entity ; dcterms:title "The Book" ; dcterms:publisher "Press" ;
      dcterms:issued "2020-01-02" ; mg:priority 1 .
    graph:blog a prov:Entity ; dcterms:title "A <Blog>" ; mg:priority 5 }
  GRAPH graph:blog {
    person:ana-1950 rdfs:label "Anna Iwanowa"@de ; skos:altLabel "Ana Ivanova" ; mg:sex mg:F }
  GRAPH graph:book {
    nation:URS a mg:Nation ; rdfs:label "Soviet Union"@en ; mg:code "URS" ; mg:kind mg:Country ;
      mg:from "1952" ; mg:until "1988" .
    nation:EUN a mg:Nation ; rdfs:label "Unified Team"@en ; mg:code "EUN" ; mg:kind mg:MixedTeam ;
      dcterms:replaces nation:URS .
    nation:AUS a mg:Nation ; rdfs:label "Australia"@en, "Australien"@de ; mg:code "AUS" ;
      mg:kind mg:Country .
    games:1976-summer a mg:Games ; rdfs:label "Montreal 1976"@en ; mg:kind mg:Olympic ;
      mg:season mg:Summer ; mg:year 1976 ; mg:from "1976-07-17" ; mg:until "1976-08-01" .
    games:1992-summer a mg:Games ; rdfs:label "Barcelona 1992"@en ; mg:kind mg:Olympic ;
      mg:season mg:Summer ; mg:year 1992 ; mg:from "1992-07-25" ; mg:until "1992-08-09" .
    sport:diving a mg:Sport ; rdfs:label "diving"@en .
    class:d1 a mg:SportClass ; rdfs:label "D1"@en ; mg:sport sport:diving .
    class:d2 a mg:SportClass ; rdfs:label "D2"@en ; mg:sport sport:diving .
    person:ana-1950 a mg:Person ; rdfs:label "Anna Ivanova"@en ; mg:born "1950-03-01" ;
      mg:externalId "wikidata:Q42" .
    person:bea-1951 a mg:Person ; rdfs:label "Bea <img src=x onerror=alert(1)>"@en .
    person:cat-1952 a mg:Person ; rdfs:label "</script><script>alert(2)</script>"@en .
    person:dee-1953 a mg:Person ; rdfs:label "Dee"@en .

    event:1976-summer--diving--tower a mg:Event ; rdfs:label "Tower"@en ;
      mg:games games:1976-summer ; mg:sport sport:diving ; mg:sex mg:F ; mg:sportClass class:d1 .
    entry:tower-ana a mg:Entry ; mg:event event:1976-summer--diving--tower ; mg:nation nation:URS ;
      mg:athlete person:ana-1950 ; mg:rank 2 ; mg:won mg:Gold .
    entry:tower-bea a mg:Entry ; mg:event event:1976-summer--diving--tower ; mg:nation nation:AUS ;
      mg:athlete person:bea-1951 ; mg:rank 1 .
    award:tower-bea a mg:Award ; mg:event event:1976-summer--diving--tower ; mg:medal mg:Gold ;
      mg:entry entry:tower-bea ; mg:status mg:Withdrawn .
    award:tower-ana-silver a mg:Award ; mg:event event:1976-summer--diving--tower ;
      mg:medal mg:Silver ; mg:entry entry:tower-ana ; mg:status mg:Withdrawn .
    award:tower-ana a mg:Award ; mg:event event:1976-summer--diving--tower ; mg:medal mg:Gold ;
      mg:entry entry:tower-ana ; mg:status mg:Standing .
    award:tower-vacant a mg:Award ; mg:event event:1976-summer--diving--tower ; mg:medal mg:Silver ;
      mg:status mg:Vacant .
    decision:a1 a mg:Decision ; mg:award award:tower-bea ; mg:action mg:Awarded ;
      mg:date "1976-07-20" .
    decision:a2 a mg:Decision ; mg:award award:tower-ana-silver ; mg:action mg:Awarded ;
      mg:date "1976-07-20" .
    decision:w a mg:Decision ; mg:award award:tower-bea ; mg:action mg:Withdrawn ;
      mg:date "1980-05-06" ; mg:decidedBy org:ioc ; mg:reason "She was not eligible." .
    decision:w2 a mg:Decision ; mg:award award:tower-ana-silver ; mg:action mg:Withdrawn ;
      mg:date "1980-05-06" ; mg:decidedBy org:ioc ; mg:reason "She moved up." .
    decision:r a mg:Decision ; mg:award award:tower-ana ; mg:action mg:Reallocated ;
      mg:date "1980-05-06" ; mg:decidedBy org:ioc .
    decision:v a mg:Decision ; mg:award award:tower-vacant ; mg:action mg:LeftVacant ;
      mg:date "1980-05-06" ; mg:decidedBy org:ioc .
    org:ioc a mg:Organization ; rdfs:label "The Committee"@en ; mg:kind mg:IOC .

    event:1992-summer--diving--pairs a mg:Event ; rdfs:label "Pairs"@en ;
      mg:games games:1992-summer ; mg:sport sport:diving ; mg:sex mg:F .
    entry:pairs-eun a mg:Entry ; mg:event event:1992-summer--diving--pairs ; mg:nation nation:EUN ;
      mg:athlete person:ana-1950, person:dee-1953 ; mg:sportClass class:d2 ; mg:rank 2 ;
      mg:won mg:Silver .
    entry:pairs-aus a mg:Entry ; mg:event event:1992-summer--diving--pairs ; mg:nation nation:AUS ;
      mg:athlete person:bea-1951, person:cat-1952 ; mg:rank 2 ; mg:won mg:Silver .
    award:pairs-eun a mg:Award ; mg:event event:1992-summer--diving--pairs ; mg:medal mg:Silver ;
      mg:entry entry:pairs-eun ; mg:status mg:Standing .
    award:pairs-aus a mg:Award ; mg:event event:1992-summer--diving--pairs ; mg:medal mg:Silver ;
      mg:entry entry:pairs-aus ; mg:status mg:Standing .

    org:noc a mg:Organization ; rdfs:label "NOC of the Union"@en ; mg:kind mg:NOC ;
      mg:nation nation:URS .
    tenure:first a mg:Tenure ; mg:person person:dee-1953 ; mg:organization org:noc ;
      mg:role mg:President ; mg:from "1970" ; mg:until "1975" .
    tenure:second a mg:Tenure ; mg:person person:ana-1950 ; mg:organization org:noc ;
      mg:role mg:President ; mg:from "1975-06" . } }
"""
ANA, TOWER = "/id/person/ana-1950", "/id/event/1976-summer--diving--tower"
PAIRS = "/id/event/1992-summer--diving--pairs"


@dataclass
class Element:
    """An element of a page with what is in it."""

    name: str
    attributes: dict[str, str]
    parts: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What is read in it, with single spaces."""
        told = (part if isinstance(part, str) else part.text for part in self.parts)
        return " ".join(" ".join(told).split())

    def every(self, name: str, **attributes: str) -> list[Element]:
        """Return the elements in it of a name, with some attributes."""
        found: list[Element] = []
        for part in self.parts:
            if isinstance(part, Element):
                if part.name == name and attributes.items() <= part.attributes.items():
                    found.append(part)
                found += part.every(name, **attributes)
        return found

    def section(self, heading: str) -> Element:
        """Return the one section that begins with a heading."""
        [found] = [
            one
            for one in self.every("section")
            if any(title.text.startswith(heading) for title in one.every("h2")[:1])
        ]
        return found

    def rows(self) -> list[list[str]]:
        """Return the text of each cell of each row that is in it."""
        return [
            [cell.text for cell in row.parts if isinstance(cell, Element)]
            for body in self.every("tbody")
            for row in body.every("tr")
        ]


class _Reader(HTMLParser):
    VOID = ("meta", "link", "input", "br", "img")

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].parts.append(made)
        if tag not in self.VOID:
            self._open.append(made)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().name == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        self._open[-1].parts.append(data)


def read_page(text: str) -> Element:
    """Return a page; its elements have to be closed in order."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.root


def page(world: World, path: str, language: str = "", **params: str) -> Element:
    """Return the page at the address of a thing, as a browser gets it."""
    headers = {"Accept": BROWSER} | ({"Accept-Language": language} if language else {})
    answer = world.client.get(f"{path}.html", query_string=params or None, headers=headers)
    assert answer.status_code == 200, answer.text
    return read_page(answer.text)


def linked_data(found: Element) -> dict[str, Any]:
    """Return what a page says in terms of schema.org."""
    [script] = found.every("script", type="application/ld+json")
    told: dict[str, Any] = json.loads("".join(map(str, script.parts)))
    return told
