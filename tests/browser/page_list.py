"""One page of each kind: what is checked in a browser, and what the screenshots show."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

_MEDALS = """SELECT ?name ?medal WHERE {
  ?entry mg:nation nation:AZE ; mg:won ?medal ; mg:athlete ?person .
  ?person rdfs:label ?name } ORDER BY ?name LIMIT 20"""
_SWIMMING = "2024-summer-para--para-swimming--mens-100m-freestyle-s10"

_PATH = {
    "from": "person:lamiya-valiyeva-2002",
    "to": "person:carolina-duarte-1990",
    "past": ["mg:Nation", "mg:Games", "mg:Sport", "mg:Place"],
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page, by one of it.

    Args:
        name: of the kind; also names its pictures.
        path: of the one, below the address of the service.
        status: what the service answers there.

    """

    name: str
    path: str
    status: int = 200


def _asked(query: str) -> str:
    return f"/sparql?{urlencode({'query': query})}"


def _board(view: str) -> str:
    opened = [f"nation:AZE in mg:nation mg:{kind} 1" for kind in ("Entry", "Organization")]
    told = {"thing": "nation:AZE", "open": opened, "look": "nation:AZE", "view": view}
    return f"/explore?{urlencode(told, doseq=True)}"


KINDS = (
    Kind("first-page", "/"),
    Kind("search", "/search?q=Lamija+Valijeva"),
    Kind("person", "/id/person/lamiya-valiyeva-2002.html"),
    Kind("nation", "/id/nation/AZE.html"),
    Kind("games", "/id/games/2024-summer-para.html"),
    Kind("event", f"/id/event/{_SWIMMING}.html"),
    Kind("sport", "/id/sport/para-swimming.html"),
    Kind("organization", "/id/org/mys-azerbaijan.html"),
    Kind("source", "/id/graph/azernews-2024-09-17.html"),
    Kind("sources", "/graphs"),
    Kind("reading", "/sources/azernews-2024-09-17"),
    Kind("reading-of-much", "/sources/paris2024-paralympics"),
    Kind("rule", "/id/rule/with-art.html"),
    Kind("statements", "/id/class/T35.html"),
    Kind("vocabulary", "/ontology"),
    Kind("term", "/ontology/Person"),
    Kind("audits", "/audit"),
    Kind("audit", "/audit?source=azernews-2024-09-17"),
    Kind("conflicts", "/conflicts"),
    Kind("explore", "/explore"),
    Kind("explore-canvas", _board("canvas")),
    Kind("explore-list", _board("list")),
    Kind("explore-path", f"/explore?{urlencode(_PATH, doseq=True)}"),
    Kind("medal-choice", "/medals"),
    Kind("medal-table", "/medals?games=2024-summer-para&sport=para-judo"),
    Kind("medal-day", "/medals?games=2024-summer-para&on=2024-08-29"),
    Kind("medal-events", "/medals?games=2024-summer-para&nation=AZE&medal=gold"),
    Kind("medals-compared", "/medals/compare?games=2024-summer-para&with_rule=per-person"),
    Kind("medals-to-compare", "/medals/compare?games=2024-summer-para"),
    Kind("medals-of-a-nation", "/medals/nation?nation=AZE&kind=paralympic"),
    Kind("medals-of-two-nations", "/medals/nation?nation=AZE&nation=CHN&kind=paralympic"),
    Kind("medals-of-all-time", "/medals/all-time?kind=paralympic"),
    Kind("athletes-by-medals", "/medals/athletes?kind=paralympic"),
    Kind("medal-embed", "/medals/embed?games=2024-summer-para&sport=para-judo"),
    Kind("downloads", "/downloads"),
    Kind("query", "/query"),
    Kind("answer", _asked(_MEDALS)),
    Kind("empty-answer", _asked("SELECT * { ?person a mg:Person ; mg:sex 'female' }")),
    Kind("wrong-query", _asked("SELECT * { ?person a mg:Person"), 400),
    Kind("review", "/review"),
    Kind("import", "/import"),
    Kind("sign-in", "/review/sign-in"),
    Kind("not-found", "/id/person/lamiya-valieva-2002.html", 404),
)
