"""A request to each operation that the description of the service has, as clients would send it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from urllib.parse import urlencode

from .review_world import ANA, OTHER_SAID, SAID

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .service_world import World

CHANGE = "application/sparql-update"
BOOK, SHELF = "http://ex/book", "http://ex/shelf"
AZE = "https://w3id.org/medalgraph/id/nation/AZE"
SALEI = "/id/person/raman-salei-1994"
REPORT = "/id/graph/azernews-2024-09-17"
NAMED = {"query": "Raman Salei", "type": "Person"}
VALUES = {
    "ids": ["person/raman-salei-1994"],
    "properties": [{"id": "born"}, {"id": "nation"}, {"id": "gold"}],
}
DRAFT_NAMED = {"type": "Person", "conditions": [{"matchType": "name", "propertyValue": "R. Salei"}]}
SHEET = "name,sex,born\nRaman Salei,M,1994-02-27\nNew One,F,1999-01-01\nWrong,X,\n"
TURTLE = "<http://ex/a> <http://ex/b> 'c' ."
UPDATE = f"INSERT DATA {{ GRAPH <{BOOK}> {{ <http://ex/a> <http://ex/b> 'c' }} }}"
MANY = f"""INSERT DATA {{ GRAPH <{BOOK}> {{ person:many a mg:Person ; rdfs:label 'Many'@en ;
  skos:altLabel {", ".join(f"'Name {number}'" for number in range(30))} }} }}"""
REFUSED = "INSERT DATA { GRAPH graph:x { person:x a mg:Person ; mg:born '1999-13-41' } }"


class Body(NamedTuple):
    """What is sent, and its media type."""

    content: str = ""
    kind: str = ""


NOTHING = Body()


@dataclass(frozen=True, slots=True)
class Example:
    """A request and the status of its answer.

    Attributes:
        operation: the method and the path as the description spells it.
        address: to ask, with its parameters; empty for the path.
        body: is sent with it.
        form: is sent in place of a body.
        is_signed: whether it has a token of scope write.
        accept: the media type that is asked for.

    """

    operation: str
    address: str = ""
    status: int = 200
    body: Body = NOTHING
    form: Mapping[str, str] = field(default_factory=dict)
    is_signed: bool = False
    accept: str = "application/json"

    @property
    def path(self) -> str:
        """Where it is sent to."""
        return self.address or self.operation.partition(" ")[2]


def reading() -> Iterator[Example]:
    """Yield requests that only read, of the bundled sources."""
    rows = urlencode({"query": "SELECT * { ?s mg:born ?born } LIMIT 2"})
    yes = urlencode({"query": "ASK { ?s mg:born ?born }"})
    values = urlencode({"query": "SELECT * { VALUES (?a ?b) { (1 'x'@en) } }"})
    none = urlencode({"query": "SELECT * { ?s a mg:Nope }"})
    results = "application/sparql-results+json"
    yield Example("get /sparql", f"/sparql?{rows}&sources=true", accept=results)
    yield Example("get /sparql", f"/sparql?{yes}", accept=results)
    yield Example("get /sparql", f"/sparql?{values}", accept=results)
    yield Example("get /sparql", f"/sparql?{none}&explain=empty")
    yield Example("get /sparql", accept="text/turtle")
    yield Example("get /sparql", "/sparql?query=SELECT", status=400)
    yield Example("get /graphs")
    yield Example("get /graphs", "/graphs?graph=http://ex/nothing", status=404)
    for address in (SALEI, f"{SALEI}?format=json"):
        yield Example("get /id/{kind}/{name}", address, status=303)
    one, games = "get /id/{kind}/{name}.json", "/id/games/2024-summer-para.json"
    yield Example(one, f"{SALEI}.json")
    yield Example(one, games)
    yield Example(one, f"{games}?property=mg:games&direction=in")
    yield Example(one, f"{games}?property=mg:games&direction=in&page=2")
    yield Example(one, f"{REPORT}.json?about={AZE}")
    yield Example(one, "/id/person/raman-salei-1995.json", status=404)
    yield Example(one, f"{SALEI}.json?property=mg:born", status=400)
    yield Example("get /audit")
    yield Example("get /audit", "/audit?source=azernews-2024-09-17")
    yield Example("get /audit", "/audit?source=nobody", status=404)
    yield Example("get /audit", "/audit?nation=AZE", status=400)
    yield Example("get /sources/{name}", "/sources/azernews-2024-09-17")
    yield Example(
        "get /sources/{name}", "/sources/azernews-2024-09-17?mark=contradicted&nation=AZE"
    )
    yield Example("get /sources/{name}", "/sources/paris2024-paralympics?kind=Sport&games=none")
    yield Example("get /sources/{name}", "/sources/nobody", status=404)
    yield Example("get /conflicts")
    yield Example("get /conflicts", accept="image/png", status=406)
    yield from _medals()
    yield Example("get /search", "/search?q=salei")
    yield Example("get /search", "/search?q=salei", accept="text/csv")
    yield Example("get /search", "/search?q=salei&limit=0", status=400)
    yield Example("get /search", "/search?q=salei&nation=Azerbeijan", status=404)
    yield Example("get /query/words")
    yield Example("get /search/suggest", "/search/suggest?q=sal")
    yield from _exploring()
    yield Example("get /downloads")
    yield Example("get /downloads", "/downloads?games=2024-summer-para")
    yield Example("get /review")
    yield Example("get /review/matches", "/review/matches?source=a&against=b", status=404)
    for path in ("/health", "/health/live", "/health/ready", "/openapi.json"):
        yield Example(f"get {path}")


def _medals() -> Iterator[Example]:
    """Yield requests for medal tables and what belongs to them."""
    table = "/medals?games=2024-summer-para"
    judo = "sport=para-judo&sex=F&class=J1"
    yield Example("get /medals")
    yield Example("get /medals", "/medals?kind=paralympic&season=summer&year=2024")
    yield Example("get /medals", f"{table}&on=2024-09-05&neutral=ranked&by=total&{judo}")
    yield Example("get /medals", "/medals?games=2016-summer-para&nation=AZE")
    yield Example("get /medals", f"{table}&nation=CHN&medal=gold&safe=excel&{judo}")
    yield Example("get /medals", f"{table}&nation=BRA&sport=para-athletics&class=T11")
    yield Example("get /medals", f"{table}&rule=mine", status=404)
    beside = "/medals/compare?games=2024-summer-para"
    persons = "rule=official-at-closing&with_rule=per-person&sport=para-athletics"
    yield Example("get /medals/compare", f"{beside}&{persons}")
    yield Example("get /medals/compare", f"{beside}&on=2024-09-01&with_on=2024-09-02&sex=F")
    yield Example(
        "get /medals/compare", f"{beside}&with_source=azernews-2024-09-17&sport=para-athletics"
    )
    yield Example("get /medals/compare", f"{beside}&with_source=paris2024-paralympics")
    yield Example("get /medals/compare", beside, status=400)
    nations = "/medals/nation?nation=AZE&nation=GER"
    yield Example("get /medals/nation", f"{nations}&succession=codes&kind=paralympic")
    yield Example("get /medals/nation", "/medals/nation?nation=Azerbeijan", status=404)
    yield Example("get /medals/all-time", "/medals/all-time?kind=paralympic&succession=apart")
    yield Example("get /medals/athletes", "/medals/athletes?season=summer&nation=AZE")
    yield Example("get /medals", f"{table}&on=someday", status=400)


def _exploring() -> Iterator[Example]:
    """Yield boards, the links of a thing, and paths."""
    person, race = "person:lamiya-valiyeva-2002", "property=mg:athlete&direction=in&class=mg:Entry"
    opened = f"open={person}+in+mg:athlete+mg:Entry+1&look=nation:AZE"
    yield Example("get /explore", f"/explore?thing={person}&{opened}")
    yield Example("get /explore", f"/explore?{opened}", accept="application/graphml+xml")
    yield Example("get /explore", f"/explore?{opened}", accept="text/turtle")
    yield Example("get /explore", "/explore?thing=person:lamiya-valiyeva-2003", status=404)
    yield Example("get /explore", "/explore?open=everything", status=400)
    neighbours = "get /explore/neighbours"
    yield Example(neighbours, f"/explore/neighbours?thing={person}")
    yield Example(neighbours, f"/explore/neighbours?thing={person}&{race}")
    yield Example(neighbours, f"/explore/neighbours?thing={person}&{race}&page=2", status=404)
    yield Example(neighbours, status=400)
    ends = f"from={person}&to=person:carolina-duarte-1990"
    yield Example(
        "get /explore/paths", f"/explore/paths?{ends}&past=mg:Nation&by=mg:athlete&by=mg:event"
    )
    yield Example("get /explore/paths", f"/explore/paths?from={person}&to={person}", status=400)


def reconciling() -> Iterator[Example]:
    """Yield requests of clients that reconcile."""
    batch = {"queries": json.dumps({"q0": NAMED, "q1": {"query": "AZE", "type": "Nation"}})}
    extend = {"extend": json.dumps(VALUES)}
    yield Example("get /reconcile")
    for said in (batch, {"query": json.dumps(NAMED)}, extend):
        yield Example("get /reconcile", f"/reconcile?{urlencode(said)}")
        yield Example("post /reconcile", form=said)
    yield Example("post /reconcile", form={"nothing": "x"}, status=400)
    yield Example("get /reconcile/extend", f"/reconcile/extend?{urlencode(extend)}")
    yield Example("post /reconcile/extend", form=extend)
    for root in ("/reconcile", "/reconcile/1.0-draft"):
        path = f"{root}/extend/propose"
        yield Example(f"get {path}", f"{path}?type=Person")
        yield Example(f"get {path}", f"{path}?limit=2")
        for what in ("entity", "type", "property"):
            path = f"{root}/suggest/{what}"
            yield Example(f"get {root}/suggest/{{what}}", f"{path}?prefix=sal")
    draft, kind = "/reconcile/1.0-draft", "application/json"
    yield Example(f"get {draft}")
    for name, body in (("match", {"queries": [DRAFT_NAMED]}), ("extend", VALUES)):
        yield Example(f"post {draft}/{name}", body=Body(json.dumps(body), kind))


def watching(*, is_well: bool) -> Iterator[Example]:
    """Yield the question how a service with processes is, which is well or not."""
    yield Example("get /health")
    yield Example("get /health/ready", status=200 if is_well else 503)


def changing() -> Iterator[Example]:
    """Yield changes that are tried only, or refused, and what becomes of a source that is made."""
    update = Body(UPDATE, CHANGE)
    for address in ("/sparql?dry-run=true", "/sparql"):
        yield Example("post /sparql", address, is_signed=True, body=update)
    yield Example("post /sparql", status=401, body=update)
    yield Example("post /sparql", body=Body(REFUSED, CHANGE), is_signed=True, status=422)
    late = "/sparql?expected=0"
    yield Example("post /sparql", late, is_signed=True, status=409, body=update)
    yield Example(
        "post /sparql", form={"query": "ASK {}"}, accept="application/sparql-results+json"
    )
    yield Example("post /sparql", is_signed=True, body=Body(MANY, CHANGE))
    yield Example("get /id/{kind}/{name}.json", "/id/person/many.json")
    yield from _graph("/graphs", f"/graphs?graph={SHELF}", SHELF)
    yield from _graph("/graphs/{name}", "/graphs/0123", "http://localhost/graphs/0123")
    yield Example("post /graphs", body=Body(TURTLE, "text/turtle"), is_signed=True, status=201)
    sheet = "post /rehearse/{sheet}"
    yield Example(sheet, "/rehearse/people", body=Body(SHEET, "text/csv"), is_signed=True)
    yield Example(sheet, "/rehearse/heights", body=Body("", "text/csv"), is_signed=True, status=404)


def _graph(path: str, address: str, iri: str) -> Iterator[Example]:
    """Yield what can be done with a source that is not there yet: at last it is gone again."""
    joint = "&" if "?" in address else "?"
    turtle = Body(TURTLE, "text/turtle")
    text = f"INSERT DATA {{ GRAPH <{iri}> {{ <http://ex/d> <http://ex/b> 'e' }} }}"
    patch = Body(text, CHANGE)
    yield Example(f"put {path}", address, 401, body=turtle)
    yield Example(f"put {path}", address, 201, is_signed=True, body=turtle)
    for method, sent in (("put", turtle), ("post", turtle), ("patch", patch), ("delete", NOTHING)):
        if method == "delete":
            yield Example(f"get {path}", address, accept="text/turtle")
        for tried, status in ((f"{address}{joint}dry-run=true", 200), (address, 204)):
            yield Example(f"{method} {path}", tried, status, is_signed=True, body=sent)


def deciding(world: World) -> Iterator[Example]:
    """Yield decisions in a world of ``review_in``, each made upon what is shown then."""
    lists = {"source": "news", "against": "official"}
    listed = f"/review/matches?{urlencode(lists)}"
    yield Example("get /conflicts")
    yield Example("get /conflicts", "/conflicts?source=news&property=born")
    yield Example("get /review", is_signed=True)
    yield Example("get /review/matches", listed)
    yield Example("get /review/matches", listed, is_signed=True)
    yield Example("get /review/conflicts")
    yield Example("get /review/conflicts", is_signed=True)
    why = {"seen": "1", "reason": "Looked up"}
    two = {"decision": "same", "one": SAID.value, "other": OTHER_SAID.value, **lists, **why}
    late = {**two, "mark": "before"}
    yield Example("post /review/match", form=late, is_signed=True, status=409)
    mark = _shown(world, listed)["items"][0]["mark"]
    yield Example("post /review/match", form={**two, "mark": mark}, is_signed=True)
    yield Example("post /review/match", form=two, status=403)
    undo = "/review/decisions/{commit}"
    yield Example(f"get {undo}", "/review/decisions/2", is_signed=True)
    yield Example(f"get {undo}", "/review/decisions/2", status=401)
    form = {"reason": "They are two"}
    yield Example(f"post {undo}", "/review/decisions/2", form=form, is_signed=True)
    item = _shown(world, "/review/conflicts")["items"][0]
    keep = {"thing": ANA.value, "property": item["property"], **why}
    keep |= {"value": item["values"][0]["key"]}
    late = {**keep, "mark": "before"}
    yield Example("post /review/conflict", form=late, is_signed=True, status=409)
    form = {**keep, "mark": item["mark"]}
    yield Example("post /review/conflict", form=form, is_signed=True)
    yield Example(f"get {undo}", "/review/decisions/4", is_signed=True)
    yield Example(f"post {undo}", "/review/decisions/4", form={"reason": "No"}, is_signed=True)
    form = {**why, "mark": _shown(world, "/review/conflicts")["mark"]}
    yield Example("post /review/policy", form=form, is_signed=True)
    world.client.get("/downloads/graph.nt.gz")
    yield Example("get /downloads")
    yield Example("post /review/lists", form=lists, is_signed=True, status=202)
    yield Example("get /review", is_signed=True)


def _shown(world: World, path: str) -> dict[str, Any]:
    return cast("dict[str, Any]", world.client.get(path, headers=world.bearer()).json)
