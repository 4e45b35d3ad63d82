"""What is asked of every engine, and of medalgraph's own pages beside."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import quote

from benchmarks.serving import JSON, Client
from graph.names import MG, RDFS, Names
from service.wire.accept import HTML, JSON_DOCUMENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.servers import Server

SUBJECTS = 24
"""How many people and Games are asked about in turn, spread over the whole world."""
_NAMES = Names()
_PREFIXES = f"PREFIX mg: <{MG}> PREFIX rdfs: <{RDFS}> "
_GAMES = "SELECT ?games { ?games a mg:Games ; mg:kind mg:Paralympic } ORDER BY ?games"
"""Those of which every one has as many events, whatever the size of the world."""
_PEOPLE = """SELECT DISTINCT ?person ?name {
  ?event mg:games <%s> . ?part mg:event ?event ; mg:person ?person . ?person rdfs:label ?name
} LIMIT 40"""

LOOK_UP = "SELECT ?p ?o { <%s> ?p ?o }"
CAREER = """SELECT ?event ?name ?games ?medal {
  ?part mg:person <%s> ; mg:event ?event . ?event rdfs:label ?name ; mg:games ?games .
  OPTIONAL { ?entry mg:athlete <%s> ; mg:event ?event ; mg:won ?medal } }"""
TABLE = """SELECT ?nation ?medal (COUNT(?award) AS ?n) {
  ?event mg:games <%s> . ?award mg:event ?event ; mg:medal ?medal ; mg:entry ?entry .
  ?entry mg:nation ?nation } GROUP BY ?nation ?medal"""
ALL_TIME = """SELECT ?nation ?medal (COUNT(?entry) AS ?n) {
  ?entry mg:nation ?nation ; mg:won ?medal } GROUP BY ?nation ?medal"""
TEXT = """SELECT ?person ?name {
  ?person a mg:Person ; rdfs:label ?name . FILTER(CONTAINS(?name, "%s")) }"""
PATH = """SELECT DISTINCT ?between {
  ?a mg:person <%s> ; mg:event ?first . ?b mg:event ?first ; mg:person ?between .
  ?c mg:person ?between ; mg:event ?second . ?d mg:event ?second ; mg:person <%s> }"""
MANY = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 50000"


@dataclass(frozen=True, slots=True)
class Question:
    """A kind of request; its addresses are asked in turn.

    Attributes:
        queries: SPARQL, the same for every engine; empty where only medalgraph has an answer.
        pages: paths of medalgraph's service.
        requests: how many are made in a round.

    """

    name: str
    queries: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    accept: str = JSON
    requests: int = 4

    def addresses(self, server: Server) -> tuple[str, ...]:
        """Return what is asked of a server."""
        asked = (f"{server.path}?query={quote(text)}" for text in self.queries)
        return (*asked, *self.pages)


def questions(server: Server) -> tuple[Question, ...]:
    """Return what is asked, about people and Games that a server knows."""
    games = [row["games"] for row in _rows(server, _GAMES)]
    chosen = games[:: max(1, len(games) // SUBJECTS)][:SUBJECTS]
    people = _people(server, chosen)
    found = [person for person, _ in people]
    ends = list(pairwise(found))
    return (
        Question("look-up", tuple(LOOK_UP % one for one in found), requests=SUBJECTS),
        Question("career of a person", _all(CAREER, zip(found, found, strict=True)), requests=12),
        Question("medal table of a Games", _all(TABLE, zip(chosen, strict=True))),
        Question("medal table of all time", (_PREFIXES + ALL_TIME,), requests=1),
        Question("text in all names", _all(TEXT, ((name,) for _, name in people)), requests=1),
        Question("path over shared events", _all(PATH, ends), requests=4),
        Question("50,000 rows", (MANY,), requests=1),
        *_pages(people, chosen),
    )


def _pages(people: list[tuple[str, str]], games: list[str]) -> tuple[Question, ...]:
    things = [person.removeprefix(_NAMES.base) for person, _ in people]
    keys = [one.rpartition("/")[2] for one in games]
    typed = tuple(f"/search/suggest?q={quote(name.partition(' ')[2][:6])}" for _, name in people)
    ends = pairwise(person for person, _ in people)
    paths = tuple(f"/explore/paths?from={quote(one)}&to={quote(other)}" for one, other in ends)
    return (
        Question("page of a person", (), tuple(f"{path}.html" for path in things), HTML.media_type),
        Question(
            "page of a medal table",
            (),
            tuple(f"/medals?games={key}" for key in keys),
            HTML.media_type,
        ),
        Question(
            "page of all Paralympic Games",
            (),
            ("/medals/all-time?kind=Paralympic&season=Summer",),
            HTML.media_type,
            requests=1,
        ),
        Question("names as one types", (), typed, JSON_DOCUMENT.media_type, requests=12),
        Question("shortest paths", (), paths, JSON_DOCUMENT.media_type),
    )


def _all(query: str, values: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(_PREFIXES + query % value for value in values)


def _people(server: Server, games: Sequence[str]) -> list[tuple[str, str]]:
    """Return people who competed at Games, by IRI and name."""
    found = []
    for one in games:
        rows = sorted((row["person"], row["name"]) for row in _rows(server, _PEOPLE % one))
        found += rows[: max(1, SUBJECTS // len(games))]
    return found


def _rows(server: Server, query: str) -> list[dict[str, str]]:
    with Client(server, 1) as client:
        _, _, body = client.whole(_PREFIXES + query)
    rows = json.loads(body)["results"]["bindings"]
    return [{name: value["value"] for name, value in row.items()} for row in rows]
