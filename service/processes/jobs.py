"""What a reader is asked to do: the request as data, and the work itself.

A job runs where it is told to: in a reader process of the service, or inside a test.
Either way it writes its answer to a file as it goes; what is written is the whole body
of an answer, or, for a page, a JSON document with what the template shows.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, parse

from graph.engines.memory import MemoryDraft
from graph.engines.public import PublicReader
from graph.errors import NotFound
from graph.explain import SOURCES, explain, with_sources
from graph.formats import CSV, N_QUADS, RDF_FORMATS, RESULT_FORMATS
from graph.gate import load_shapes
from graph.names import MG
from graph.prologue import house_prologue
from graph.sources import source
from graph.terms import DEFAULT_GRAPH, NamedNode
from service import (
    comparisons,
    fact_table,
    listings,
    nearby,
    overview,
    pages,
    readings,
    reconciling,
    reviewing,
    serialise,
    sitemaps,
    source_facts,
    things,
)
from service.exploring import board_told, neighbours_told, paths_told, written
from service.exploring.told import games_told
from service.medal_tables.told import told as medals_told
from service.portraits import Asked, portraits, terms
from service.portraits.gathering import Gathering
from service.portraits.source import source as source_portrait
from service.vocabulary import words
from service.wire.accept import JSON_DOCUMENT

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.engines.base import Answer, Reader
    from graph.formats import RdfFormat, ResultFormat
    from graph.names import Names
    from graph.rdf import Writable
    from graph.terms import GraphName, Quad
    from service.listings import Direction
    from service.wire.problem import Json

PAGE = "page"
"""The form of an answer that a template will show."""

_RDF: dict[str, RdfFormat] = {form.name: form for form in RDF_FORMATS}
_RESULTS: dict[str, ResultFormat] = {form.name: form for form in RESULT_FORMATS}


class Kind(StrEnum):
    """What there is to do."""

    QUERY = "query"
    GRAPH = "graph"
    HOME = "home"
    SOURCES = "sources"
    EXPLAIN = "explain"
    AUDIT = "audit"
    CONFLICTS = "conflicts"
    READING = "reading"
    ADDRESS = "address"
    THING = "thing"
    NEAR = "near"
    TERM = "term"
    SITEMAP = "sitemap"
    RECONCILE = "reconcile"
    REVIEW = "review"
    MATCHES = "matches"
    MATCH = "match"
    CHOICES = "choices"
    NAMED = "named"
    MEDALS = "medals"
    BOARD = "board"
    NEIGHBOURS = "neighbours"
    PATHS = "paths"
    GAMES = "games"


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to read from one version of the store.

    Attributes:
        version: the state to read.
        form: the name of the format of the answer, or ``PAGE``.
        text: the query, which has passed the guard; of an audit the code of a nation or nothing;
            the name of a term of the vocabulary;
            of conflicts a property or nothing; of a source the IRIs of things that it is asked
            about, with spaces between them; of readings, of reconciling, of the review and of
            medal tables what the route wrote, as JSON; of boards, links and paths what their
            address asks for.
        filled: the query with what it finds by name in it; empty if it finds nothing so.
        default: the IRIs of graphs that take the place of the query's own, or None.
        named: the same for graphs that GRAPH may see.
        safe: who a table is made safe for ("excel"), or an empty string.
        sources: whether each row says who states what is behind it.
        graph: the IRI of the graph to give, to audit or to find in conflict; empty for the
            record, or for all.
        on: the day of which a page tells how medals stood, ISO 8601; empty for today.
        iris: those that the address of a thing may stand for; the first that is known counts. Of
            what is near, the address of which nothing is known.
        pages: for sources, how their IRIs begin and how the addresses of their pages do.
        listing: which page of which property of a thing is wanted: property, direction, page.
        rule: the counting rule of an audit or a medal table; empty for the medals held now.
        games: the only Games of an audit, by name or key; empty for all.
        neutral_ranked: whether neutral athletes take a rank in a medal table; None as its rule
            has it.
        languages: the tags of those in which things are named, the best first.
        sees_all: whether restricted graphs are seen.
        described: the descriptions of the store as N-Quads, if the query is about these and not
            about the data; else nothing.
        pinned: whether the same bytes are wanted each time; then the disk is read.
        is_repeatable: whether a query has the same answer each time: no clock, no chance.

    """

    kind: Kind
    version: int
    form: str
    text: str = ""
    filled: str = ""
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None
    safe: str = ""
    sources: bool = False
    pages: tuple[str, str] | None = None
    graph: str = ""
    iris: tuple[str, ...] = ()
    listing: tuple[str, Direction, int] | None = None
    rule: str = ""
    on: str = ""
    games: str = ""
    neutral_ranked: bool | None = None
    languages: tuple[str, ...] = ()
    sees_all: bool = False
    described: str = ""
    pinned: bool = False
    is_repeatable: bool = False

    def to_json(self) -> dict[str, Json]:
        """Return the job as another process reads it."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict[str, Json]) -> Job:
        """Return the job that ``to_json`` told."""
        given = {name.name: told[name.name] for name in fields(cls)}
        for name in ("default", "named", "pages", "iris", "listing", "languages"):
            if given[name] is not None:
                given[name] = tuple(given[name])  # type: ignore[arg-type] # a list of IRIs
        return cls(**(given | {"kind": Kind(given["kind"])}))  # type: ignore[arg-type] # as told


def prepare() -> None:
    """Read what jobs need whatever the state is, so that who forks afterwards has it read."""
    load_shapes()
    words()


def work(job: Job, reader: Reader, names: Names, out: Writable) -> None:
    """Do a job and write its answer.

    Raises:
        BadSyntax: if the query cannot be read, with line and column.
        NotFound: if there is no such graph.
        NotAcceptable: if the format cannot carry a value of the answer.

    """
    if job.described:
        quads = parse(job.described, format=N_QUADS.engine)
        reader = MemoryDraft(quads, version=job.version, prologue=house_prologue(names))
    elif not job.sees_all:
        reader = PublicReader(reader, house_prologue(names))
    match job.kind:
        case Kind.QUERY:
            _query(job, reader, names, out)
        case Kind.GRAPH:
            _graph(job, reader, names, out)
        case _:
            _tell(reader.gathered(lambda: _told(job, reader, names)), out)


def _told(job: Job, reader: Reader, names: Names) -> object:
    """Return what a route is told that shows it in its own way."""
    ways: dict[Kind, Callable[[], object]] = {
        Kind.HOME: lambda: overview.home(
            reader, names, neutral_ranked=bool(job.neutral_ranked), languages=job.languages
        ),
        Kind.SOURCES: lambda: overview.sources_told(reader, names),
        Kind.EXPLAIN: lambda: _explained(job, reader, names),
        Kind.AUDIT: lambda: _audit(job, reader, names),
        Kind.CONFLICTS: lambda: comparisons.conflicting(
            reader, names, prop=job.text, graph=job.graph, languages=job.languages
        ),
        Kind.READING: lambda: readings.read(
            reader,
            names,
            NamedNode(job.graph),
            readings.Asked.from_text(job.text),
            job.languages,
        ),
        Kind.ADDRESS: lambda: things.found(reader, names, job.iris),
        Kind.NEAR: lambda: nearby.near_in_state(reader, names, job.iris[0]),
        Kind.THING: lambda: _thing(job, reader, names),
        Kind.TERM: lambda: _term(job, reader, names),
        Kind.SITEMAP: lambda: _sitemap(job, reader),
        Kind.RECONCILE: lambda: reconciling.told(job.form, reader, names, json.loads(job.text)),
        Kind.REVIEW: lambda: reviewing.waiting(reader, names, json.loads(job.text)),
        Kind.MATCHES: lambda: reviewing.matches(reader, names, json.loads(job.text)),
        Kind.MATCH: lambda: reviewing.match(reader, names, json.loads(job.text)),
        Kind.NAMED: lambda: reviewing.named(reader, names, json.loads(job.text)),
        Kind.MEDALS: lambda: medals_told(reader, names, job.text, job.languages),
        Kind.BOARD: lambda: _board(job, reader, names),
        Kind.NEIGHBOURS: lambda: neighbours_told(reader, names, job.text, job.languages),
        Kind.PATHS: lambda: paths_told(reader, names, job.text, job.languages),
        Kind.GAMES: lambda: games_told(reader, names, job.languages),
        Kind.CHOICES: lambda: reviewing.choices(reader, names, json.loads(job.text)),
    }
    return ways[job.kind]()


def _audit(job: Job, reader: Reader, names: Names) -> dict[str, Json]:
    if not job.graph:
        return {"sources": comparisons.counting_sources(reader, names)}
    asked = comparisons.Asked(
        job.graph,
        comparisons.nation_asked(reader, job.text),
        job.games,
        job.rule,
        job.languages,
    )
    if job.form == PAGE and comparisons.is_long(reader, asked):
        return comparisons.parts_of(reader, names, asked)
    return comparisons.audited(reader, names, asked)


def _board(job: Job, reader: Reader, names: Names) -> object:
    if job.form in (PAGE, JSON_DOCUMENT.name):
        return board_told(reader, names, job.text, job.languages)
    return written(reader, names, job.text, job.form)


def _query(job: Job, reader: Reader, names: Names, out: Writable) -> None:
    default, named = _nodes(job.default), _nodes(job.named)
    found = reader.query(job.text, default_graph=default, named_graphs=named)
    # It was read as written first, so that what is wrong in it is told in its own words.
    text = job.filled or job.text
    if job.sources:
        text = with_sources(text, pages=job.pages)
    if text != job.text:
        found = reader.query(text, default_graph=default, named_graphs=named)
    if job.form == PAGE:
        cited = SOURCES if job.sources else ""

        def shown() -> dict[str, object]:
            # An answer is read once, and what is gathered from far away is made several times.
            far = reader.is_far
            rows = reader.query(text, default_graph=default, named_graphs=named) if far else found
            return _shown(rows, pages.Shown(reader, names, job.languages), cited=cited)

        _tell(reader.gathered(shown), out)
    elif isinstance(found, QueryTriples):
        serialise.write_statements(found, out, _RDF[job.form], prefixes=names.prefixes())
    else:
        serialise.write_table(found, out, _RESULTS[job.form], safe=job.safe)


def _explained(job: Job, reader: Reader, names: Names) -> dict[str, object]:
    default, named = _nodes(job.default), _nodes(job.named)
    if job.filled:
        # Read as written first, as in ``_query``.
        reader.query(job.text, default_graph=default, named_graphs=named)
    return asdict(
        explain(
            reader,
            job.filled or job.text,
            prefixes=names.prefixes(),
            default_graph=default,
            named_graphs=named,
        )
    )


def _shown(found: Answer, shown: pages.Shown, *, cited: str) -> dict[str, object]:
    if isinstance(found, QuerySolutions):
        return {"table": asdict(pages.table(found, shown, cited=cited))}
    if isinstance(found, QueryBoolean):
        return {"yes": bool(found)}
    return {"description": asdict(pages.description(found, shown))}


def _graph(job: Job, reader: Reader, names: Names, out: Writable) -> None:
    name: GraphName = NamedNode(job.graph) if job.graph else DEFAULT_GRAPH
    found = reader.quads(graph=name)
    if job.graph and next(reader.quads(graph=name), None) is None:
        raise NotFound(
            f"There is no graph <{job.graph}>.", hint="GET /graphs lists those there are."
        )
    if job.form != PAGE:
        serialise.write_statements(found, out, _RDF[job.form], prefixes=names.prefixes())
        return
    # A large graph takes seconds to sort, so its beginning is what the disk has first.
    described = pages.description(
        islice(found, pages.STATEMENTS_SHOWN),
        pages.Shown(reader, names, job.languages),
        total=source_facts.size(reader, name),
    )
    about = source(reader, names, name) if isinstance(name, NamedNode) else None
    told = (
        {
            "title": about.title,
            "publisher": about.publisher,
            "issued": about.issued,
            "origin": about.origin,
        }
        if about
        else None
    )
    _tell({"description": asdict(described), "source": told}, out)


def _thing(job: Job, reader: Reader, names: Names) -> dict[str, Json]:
    """Return where a thing is described today, and the description in the form wanted."""
    found = things.found(reader, names, job.iris)
    if not found or "moved" in found:
        return found
    node, about = NamedNode(str(found["iri"])), _nodes(tuple(job.text.split())) or []
    if job.form in _RDF or job.form == CSV.name:
        quads = things.described(reader, names, node, about=about)
        return found | {"document": _document(job, quads, reader, names)}
    is_page = job.form == PAGE
    telling = things.Telling(reader, names, as_cells=is_page, languages=job.languages)
    if job.listing:
        return found | {"told": listings.listed(telling, node, listings.Listing(*job.listing))}
    if names.is_source(node):
        told = source_facts.source_told(telling, node, about=about)
        if is_page:
            about_it = source_portrait(
                Gathering(reader, names, telling.shown), node, int(str(told["statements"]))
            )
            told["portraits"] = [asdict(about_it)]
        return found | {"told": told}
    told = things.thing_told(telling, node)
    if is_page:
        asked = Asked(job.on, job.rule, job.neutral_ranked)
        of = portraits(reader, names, telling.shown, node, asked)
        told["portraits"] = [asdict(portrait) for portrait in of]
        told["has_name"] = bool(telling.shown.cell(node).short)
    return found | {"told": told}


def _term(job: Job, reader: Reader, names: Names) -> dict[str, Json]:
    """Return how a term of the vocabulary is used, and what is checked of it."""
    word, shown = words()[MG + job.text], pages.Shown(reader, names, job.languages)
    rules: list[Json] = [asdict(rule) for rule in terms.rules_of(word)]
    return {"used": asdict(terms.used(reader, shown, word)), "rules": rules}


def _document(job: Job, quads: list[Quad], reader: Reader, names: Names) -> str:
    if job.form == CSV.name:
        shown = pages.Shown(reader, names, job.languages)
        return fact_table.as_csv(quads, reader, names, shown=shown, safe=job.safe)
    return serialise.statements(quads, _RDF[job.form], prefixes=names.prefixes()).decode()


def _sitemap(job: Job, reader: Reader) -> object:
    kind, _, number = job.text.partition(" ")
    return sitemaps.part(reader, kind, int(number)) if kind else sitemaps.parts(reader)


def _tell(shown: object, out: Writable) -> None:
    out.write(json.dumps(shown).encode())


def _nodes(iris: tuple[str, ...] | None) -> list[NamedNode] | None:
    return None if iris is None else [NamedNode(iri) for iri in iris]
