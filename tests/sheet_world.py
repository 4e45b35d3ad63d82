"""A small store for sheets of stewards, and how a sheet is imported into it.

The women's 100 m T13 of Paris 2024: Lamiya Valiyeva 11.76, Rayane Soares da Silva 11.78, Orla
Comerford 11.94 (official results of 3 September 2024).
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.command_line import CommandLine, Said

WORLD = """
INSERT DATA { GRAPH graph:book {
  games:2024-summer-para a mg:Games ; rdfs:label "Paris 2024 Paralympics"@en ;
    mg:kind mg:Paralympic ; mg:season mg:Summer ; mg:year 2024 ;
    mg:from "2024-08-28" ; mg:until "2024-09-08" .
  games:2020-summer-para a mg:Games ; rdfs:label "Tokyo 2020 Paralympics"@en ;
    mg:kind mg:Paralympic ; mg:season mg:Summer ; mg:year 2020 .
  sport:athletics a mg:Sport ; rdfs:label "Para Athletics"@en .
  event:t13 a mg:Event ; rdfs:label "Women's 100m - T13"@en ; mg:games games:2024-summer-para ;
    mg:sport sport:athletics ; mg:sex mg:F .
  event:relay a mg:Event ; rdfs:label "4x100m Universal Relay"@en ;
    mg:games games:2024-summer-para ; mg:sport sport:athletics ; mg:sex mg:Mixed .
  nation:AZE a mg:Nation ; rdfs:label "Azerbaijan"@en ; mg:code "AZE" ; mg:kind mg:Country .
  nation:BRA a mg:Nation ; rdfs:label "Brazil"@en ; mg:code "BRA" ; mg:kind mg:Country .
  nation:IRL a mg:Nation ; rdfs:label "Ireland"@en ; mg:code "IRL" ; mg:kind mg:Country .
  nation:GER a mg:Nation ; rdfs:label "Germany"@en ; mg:code "GER" ; mg:kind mg:Country ;
    mg:formerCode "FRG" ; mg:externalId "iso3166:DEU" .
  nation:URS a mg:Nation ; rdfs:label "Soviet Union"@en ; mg:code "URS" ; mg:kind mg:Country .
  person:lamiya a mg:Person ; rdfs:label "Lamiya Valiyeva"@en ; mg:born "2002-04-05" .
  person:rayane a mg:Person ; rdfs:label "Rayane Soares da Silva"@en ; mg:born "1997-01-20" .
  person:orla a mg:Person ; rdfs:label "Orla Comerford"@en ; mg:born "1997-11-05" .
  person:old a mg:Person ; rdfs:label "Old Timer"@en ; mg:born "1890" .
  entry:aze a mg:Entry ; mg:event event:t13 ; mg:nation nation:AZE ; mg:athlete person:lamiya .
  entry:bra a mg:Entry ; mg:event event:t13 ; mg:nation nation:BRA ; mg:athlete person:rayane .
  entry:irl a mg:Entry ; mg:event event:t13 ; mg:nation nation:IRL .
  entry:rel a mg:Entry ; mg:event event:relay ; mg:nation nation:BRA ;
    mg:athlete person:rayane , person:orla .
  award:aze a mg:Award ; mg:event event:t13 ; mg:entry entry:aze ; mg:medal mg:Gold ;
    mg:status mg:Standing .
  award:bra a mg:Award ; mg:event event:t13 ; mg:entry entry:bra ; mg:medal mg:Silver ;
    mg:status mg:Standing } }
"""
HEADS = {
    "results": "games,sport,event,nation,athletes,guides,rank,mark,unit,phase,status,date",
    "medals": "games,sport,event,medal,nation,athletes,action,date,decided_by",
    "people": "name,sex,born,died,nation,other_names,identifier",
    "officials": "name,role,games,nation,sport,sex,born",
}
T13 = "2024-summer-para,Para Athletics,Women's 100m - T13"


def sheet(folder: Path, kind: str, *rows: str) -> Path:
    path = folder / "sheet.csv"
    path.write_text("\n".join([HEADS[kind], *rows, ""]), encoding="utf-8")
    return path


def imported(steward: CommandLine, folder: Path, kind: str, *rows: str) -> Said:
    rejects = folder / "no.csv"
    return steward("import", kind, sheet(folder, kind, *rows), "--rejects", rejects)


def rejected(folder: Path) -> list[dict[str, str]]:
    with (folder / "no.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def notes(steward: CommandLine, folder: Path, kind: str, *rows: str) -> list[str]:
    told = steward.do("import", kind, sheet(folder, kind, *rows), "--json").json
    assert told["rejected"] == 0
    found: list[str] = told["notes"]
    return found
