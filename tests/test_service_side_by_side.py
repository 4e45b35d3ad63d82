"""Two things side by side: each line with both values, and in words whether they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from graph.names import Names
from graph.store import Store
from service.side_by_side import DIFFERS, ONE_SAYS, PARTLY, SAME, SideBySide

if TYPE_CHECKING:
    from pathlib import Path

NAMES = Names()
GAMES = """
  games:g a mg:Games ; rdfs:label "Games"@en ; mg:kind mg:Olympic ; mg:season mg:Summer ;
    mg:year 2000 . sport:judo a mg:Sport ; rdfs:label "judo"@en .
  nation:AZE a mg:Nation ; rdfs:label "Azerbaijan"@en ; mg:code "AZE" ; mg:kind mg:Country .
  nation:FRA a mg:Nation ; rdfs:label "France"@en ; mg:code "FRA" ; mg:kind mg:Country .
  event:e a mg:Event ; rdfs:label "up to 60 kg"@en ; mg:games games:g ; mg:sport sport:judo ;
    mg:sex mg:M .
"""
WORLD = (
    "INSERT DATA { GRAPH graph:meta { graph:one a prov:Entity ; dcterms:title 'One' }"
    " GRAPH graph:base {" + GAMES + "}"
    """ GRAPH graph:one { person:a a mg:Person ; rdfs:label "Élan Ro"@en ; mg:born "1980" ;
      mg:sex mg:M . entry:1 a mg:Entry ; mg:event event:e ; mg:nation nation:AZE ;
      mg:athlete person:a . award:1 a mg:Award ; mg:event event:e ; mg:entry entry:1 ;
      mg:medal mg:Gold ; mg:status mg:Standing .
      part:1 a mg:Participation ; mg:person person:a ; mg:role mg:Athlete ; mg:games games:g ;
        mg:nation nation:FRA }
    GRAPH graph:two { person:b a mg:Person ; rdfs:label "Elan Ro"@en ; mg:born "1980-02-03" .
      part:2 a mg:Participation ; mg:person person:b ; mg:role mg:Athlete ; mg:games games:g ;
        mg:nation nation:FRA }
    GRAPH graph:three { person:c a mg:Person ; rdfs:label "Other"@en ; mg:born "1981" ;
      mg:sex mg:F } }"""
)


@pytest.fixture
def lines(tmp_path: Path) -> Any:  # noqa: ANN401 - a function that gives JSON
    with Store.create(tmp_path / "store") as store:
        store.update(WORLD)
        with store.read() as state:
            telling = SideBySide(state, NAMES)

            def of(one: str, other: str) -> dict[str, Any]:
                told: Any = telling.told(NAMES.of("person", one), NAMES.of("person", other))
                return {line["line"]: line for line in told["lines"]}

            yield of


def texts(side: dict[str, Any]) -> list[str]:
    return [value["text"] for value in side["values"]]


def test_people_are_compared_line_by_line(lines: Any) -> None:  # noqa: ANN401 - see above
    found = lines("a", "b")
    assert {line: one["verdict"] for line, one in found.items()} == {
        "name": SAME,
        "born": SAME,
        "sex": ONE_SAYS,
        "nation": PARTLY,
        "sport": ONE_SAYS,
        "games": SAME,
        "event": ONE_SAYS,
        "medal": ONE_SAYS,
        "role": SAME,
    }
    assert texts(found["nation"]["one"]) == ["Azerbaijan", "France"]
    assert texts(found["medal"]["one"]) == ["Gold: up to 60 kg"]
    assert texts(found["sex"]["one"]) == ["male"]
    assert list(found)[:3] == ["name", "born", "sex"]


def test_what_cannot_both_be_right_differs(lines: Any) -> None:  # noqa: ANN401 - see above
    found = lines("a", "c")
    assert {line: found[line]["verdict"] for line in ("name", "born", "sex")} == {
        "name": DIFFERS,
        "born": DIFFERS,
        "sex": DIFFERS,
    }


def test_each_value_has_its_sources(lines: Any) -> None:  # noqa: ANN401 - see above
    [born] = lines("a", "b")["born"]["one"]["values"]
    assert [source["title"] for source in born["sources"]] == ["One"]
