"""Games with all that makes tables differ: decisions, art, mixed teams, codes, pairs, ties, labels.

The women's 100 m of Sydney 2000 is as the IOC decided it: Jones's gold was withdrawn on 12 December
2007; on 9 December 2009 the gold was left vacant, and Lawrence and Ottey moved up.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from graph.names import Names

from .century import rules_and_nations
from .service_world import world_in
from .test_service_cli_tables import SYDNEY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .service_world import World

HOSTILE = "Doubles <img src=x onerror=alert(1)>"
MORE = """
INSERT DATA {
  GRAPH graph:meta {
    graph:book a prov:Entity ; dcterms:title "The <Book>" ; mg:priority 1 .
    graph:press a prov:Entity ; dcterms:title "The Press" ; dcterms:issued "2000-10-02" ;
      mg:priority 5 ; mg:rule rule:official-at-closing .
    graph:almanac a prov:Entity ; dcterms:title "Almanac" ; mg:priority 4 ;
      mg:rule rule:with-art }
  GRAPH graph:book {
    nation:FRG a mg:Nation ; rdfs:label "West Germany"@en ; mg:code "FRG" .
    nation:GER a mg:Nation ; rdfs:label "Germany"@en ; mg:code "GER" ; mg:formerCode "FRG" .
    nation:AUS a mg:Nation ; rdfs:label "Australia"@en ; mg:code "AUS" .
    nation:FRA a mg:Nation ; rdfs:label "France"@en ; mg:code "FRA" .
    sport:art-competitions a mg:Sport ; rdfs:label "Art Competitions"@en .
    sport:tennis a mg:Sport ; rdfs:label "tennis"@en .
    person:a a mg:Person ; rdfs:label "Ann"@en . person:b a mg:Person ; rdfs:label "Bea"@en .
    person:c a mg:Person ; rdfs:label "Cat"@en . person:d a mg:Person ; rdfs:label "Dee"@en .

    event:poem a mg:Event ; rdfs:label "Poem"@en ; mg:games games:2000-summer ;
      mg:sport sport:art-competitions ; mg:sex mg:Open .
    entry:poem a mg:Entry ; mg:event event:poem ; mg:nation nation:GER ; mg:athlete person:a .
    award:poem a mg:Award ; mg:event event:poem ; mg:entry entry:poem ; mg:medal mg:Gold ;
      mg:status mg:Standing .

    event:pair a mg:Event ; rdfs:label "Doubles <img src=x onerror=alert(1)>"@en ;
      mg:games games:2000-summer ; mg:sport sport:tennis ; mg:sex mg:Mixed .
    entry:mixed a mg:Entry ; mg:event event:pair ; mg:nation nation:AUS, nation:FRA ;
      mg:athlete person:c, person:d .
    part:c a mg:Participation ; mg:role mg:Athlete ; mg:person person:c ;
      mg:event event:pair ; mg:nation nation:AUS .
    part:d a mg:Participation ; mg:role mg:Athlete ; mg:person person:d ;
      mg:event event:pair ; mg:nation nation:FRA .
    entry:pair a mg:Entry ; mg:event event:pair ; mg:nation nation:FRG ;
      mg:athlete person:a, person:b .
    entry:third a mg:Entry ; mg:event event:pair ; mg:nation nation:JAM .
    entry:fourth a mg:Entry ; mg:event event:pair ; mg:nation nation:GRE .
    award:mixed a mg:Award ; mg:event event:pair ; mg:entry entry:mixed ; mg:medal mg:Gold ;
      mg:status mg:Standing .
    award:pair a mg:Award ; mg:event event:pair ; mg:entry entry:pair ; mg:medal mg:Silver ;
      mg:status mg:Standing .
    award:b3 a mg:Award ; mg:event event:pair ; mg:entry entry:third ; mg:medal mg:Bronze ;
      mg:status mg:Standing .
    award:b4 a mg:Award ; mg:event event:pair ; mg:entry entry:fourth ; mg:medal mg:Bronze ;
      mg:status mg:Standing }
  GRAPH graph:press {
    tally:p1 a mg:Tally ; mg:games games:2000-summer ; mg:nation nation:USA ;
      mg:gold 1 ; mg:silver 0 ; mg:bronze 0 .
    tally:p2 a mg:Tally ; mg:games games:2000-summer ; mg:nation nation:GRE ;
      mg:gold 0 ; mg:silver 1 ; mg:bronze 1 .
    tally:p3 a mg:Tally ; mg:games games:2000-summer ; mg:nation nation:JAM ;
      mg:gold 0 ; mg:silver 0 ; mg:bronze 2 }
  GRAPH graph:almanac {
    tally:a1 a mg:Tally ; mg:games games:2000-summer ; mg:nation nation:GER ;
      mg:gold 1 ; mg:silver 0 ; mg:bronze 0 .
    tally:a2 a mg:Tally ; mg:games games:2000-summer ; mg:nation nation:GRE ;
      mg:gold 0 ; mg:silver 1 ; mg:bronze 1 .
    tally:a3 a mg:Tally ; mg:games games:2000-summer ; mg:nation nation:JAM ;
      mg:gold 0 ; mg:silver 1 ; mg:bronze 2 } }
"""


@contextmanager
def medals_in(folder: Path) -> Iterator[World]:
    """Yield a world with these Games and the bundled counting rules."""
    rules = Names().graph("counting-rules")
    with world_in(folder) as made:
        made.store.update(SYDNEY)
        made.state(*(quad for quad in rules_and_nations() if quad.graph_name == rules))
        made.store.update(MORE)
        yield made
