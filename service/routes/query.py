"""The SPARQL endpoint: queries for everybody, updates for those with a token."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Blueprint, g, request, url_for

from graph.errors import BadSyntax
from graph.explain import with_sources
from graph.formats import RDF_FORMATS, RESULT_FORMATS, RdfFormat, ResultFormat
from graph.lexer import guarded
from graph.names import is_restricted
from service import serialise
from service.access import origin, require, sees_all
from service.addresses import pages_of_sources
from service.answers import (
    asker,
    document,
    is_fresh,
    is_too_long,
    negotiated,
    not_modified,
    read_whole,
    sent,
    streamed,
    tag,
    told,
)
from service.asking import ask_page
from service.context import current_service
from service.describing import DESCRIPTIONS, described_briefly, described_for
from service.describing import PREFIXES as DESCRIBED_PREFIXES
from service.description import PREFIXES, describe_service
from service.earlier import state_of
from service.found_names import found_names, looked_for
from service.languages import wanted_languages
from service.processes.edits import Act, Condition, Edit
from service.processes.jobs import PAGE, Job, Kind
from service.uploads import short_body
from service.view import view
from service.watching import keeps_older
from service.wire.accept import HTML, JSON_DOCUMENT, Page
from service.wire.faults import BadRequest
from service.wire.forms import pairs
from service.wire.sparql import (
    Deed,
    QueryForm,
    is_repeatable,
    parse,
    query_form,
    wanted_format,
)

if TYPE_CHECKING:
    from flask import Response

    from graph.terms import NamedNode
    from service.found_names import FoundNames
    from service.processes.answering import Answer
    from service.wire.accept import Choice
    from service.wire.problem import Json
    from service.wire.sparql import SparqlRequest

    Form = ResultFormat | RdfFormat | Page

blueprint = Blueprint("query", __name__)

VIEW = Page("view", "application/vnd.medalgraph.view+json")
"""What the page of an answer shows, for the script that shows it."""

_EMPTY = "empty"
_LONGEST_LINK = 4_096
"""A longer address is no use in a header field: proxies limit those."""
_DESCRIPTIONS: tuple[RdfFormat | Page, ...] = (*RDF_FORMATS, HTML)
_OFFERS: dict[QueryForm, tuple[Form, ...]] = {
    QueryForm.SELECT: (*RESULT_FORMATS, HTML, VIEW),
    QueryForm.ASK: (*(form for form in RESULT_FORMATS if form.holds_boolean), HTML, VIEW),
    QueryForm.CONSTRUCT: (*RDF_FORMATS, HTML, VIEW),
    QueryForm.DESCRIBE: (*RDF_FORMATS, HTML, VIEW),
}


@blueprint.route("/sparql", methods=["GET", "POST", "OPTIONS"], provide_automatic_options=False)
def sparql() -> Response:
    """Answer a query or make an update (SPARQL 1.1 Protocol)."""
    asked = parse(
        request.method, request.content_type or "", pairs(request.query_string), short_body()
    )
    if asked.deed is Deed.DESCRIPTION:
        return _description()
    if asked.deed is Deed.UPDATE:
        return _update(asked)
    g.query_text, g.query_graphs = asked.text, asked.dataset.stated()
    return _query(asked)


def _description() -> Response:
    """Say what this endpoint is: a page for people, RDF for programs."""
    service = current_service()
    version = service.store.version
    wanted = negotiated(_DESCRIPTIONS, name=wanted_format(pairs(request.query_string)))
    etag = tag(version, wanted.media_type, request.url_root)
    if is_fresh(etag):
        return not_modified(version, etag)
    if isinstance(wanted.form, Page):
        text = ask_page("", version=version)
        return sent(text, HTML.media_type, version=version, etag=etag)
    names = service.store.names
    with service.store.read(version) as reader:
        graphs = [graph for graph in reader.graphs() if not is_restricted(graph)]
    said = describe_service(
        url_for("query.sparql", _external=True),
        [*graphs, *map(names.about, DESCRIPTIONS)],
        settings=service.settings,
    )
    data, is_counted = described_briefly(service)
    said = chain(said, data)
    prefixes = names.prefixes() | PREFIXES | DESCRIBED_PREFIXES
    content = serialise.statements(said, wanted.form, prefixes=prefixes)
    return sent(content, wanted.media_type, version=version, etag=etag if is_counted else "")


def _query(asked: SparqlRequest) -> Response:
    read = guarded(asked.text, source="the query")
    form = query_form(read)
    if form is None:
        raise BadSyntax(
            "it has no SELECT, ASK, CONSTRUCT or DESCRIBE",
            source="the query",
            hint="Begin with one of them, after BASE and PREFIX lines if there are any.",
        )
    if asked.safe not in ("", serialise.EXCEL):
        raise BadRequest(f"There is no safe={asked.safe!r}.", hint="Use safe=excel.")
    if asked.sources and form is not QueryForm.SELECT:
        raise BadRequest(f"{form.value} has no rows that have sources.", hint="Use SELECT.")
    repeatable = is_repeatable(read, form)
    if asked.explain:
        return _explanation(asked, repeatable=repeatable)
    wanted = negotiated(_OFFERS[form], name=asked.format)
    version = state_of(asked.at)
    search = looked_for(asked.text, version)
    described = described_for(read, asked.dataset, version, current_service())
    # What describes the store becomes more while it is counted, at the same commit.
    etag = _tag(asked, wanted, version) if repeatable and not described else ""
    if etag and is_fresh(etag):
        return not_modified(version, etag)
    filled = found_names(search, version, is_fixed=bool(asked.at)) if search else None
    if filled:
        version = filled.version
        etag = etag and _tag(asked, wanted, version)
    shown = PAGE if isinstance(wanted.form, Page) else wanted.form.name
    languages = wanted_languages() if shown is PAGE else ()
    job = _job(asked, shown, version, filled, repeatable=repeatable)
    job = replace(job, languages=languages, described=described)
    # Names are found in the newest state only, so such an answer has no link for ever; nor has
    # any of a store that keeps no other.
    lasts = etag and not filled and keeps_older(current_service().store)
    lasting = HTML if wanted.form is VIEW else wanted.form
    permalink = _address(asked, lasting, at=version) if lasts else ""
    answer = current_service().answering.answer(job, asker(timeout=asked.timeout))
    if isinstance(wanted.form, Page):
        told = _page_told(asked, form, answer, permalink=permalink)
        content = _written(asked, told, wanted.form)
        return sent(content, wanted.media_type, version=version, etag=etag)
    response = streamed(answer, wanted.media_type, version=version, etag=etag)
    if permalink and len(permalink) <= _LONGEST_LINK:
        response.headers["Link"] = f'<{permalink}>; rel="bookmark"'
    if asked.safe:
        response.headers["Content-Disposition"] = 'attachment; filename="answer.csv"'
    return response


def _explanation(asked: SparqlRequest, *, repeatable: bool) -> Response:
    """Say why a query finds nothing: the smallest part without a match, and what would do."""
    if asked.explain != _EMPTY:
        raise BadRequest(f"There is no explain={asked.explain!r}.", hint=f"Use explain={_EMPTY}.")
    wanted = negotiated((JSON_DOCUMENT, HTML), name=asked.format)
    version = state_of(asked.at)
    search = looked_for(asked.text, version)
    said = (asked.text, repr(asked.dataset), asked.explain, wanted.media_type, str(sees_all()))
    etag = tag(version, *said) if repeatable else ""
    if etag and is_fresh(etag):
        return not_modified(version, etag)
    filled = found_names(search, version, is_fixed=bool(asked.at)) if search else None
    if filled:
        version = filled.version
        etag = etag and tag(version, *said)
    job = _job(asked, PAGE, version, filled, repeatable=repeatable)
    job = replace(job, kind=Kind.EXPLAIN)
    answer = current_service().answering.answer(job, asker(timeout=asked.timeout))
    content = read_whole(answer)
    if filled:
        content = json.dumps(filled.spoken(json.loads(content))).encode()
    if wanted.form is HTML:
        told = json.loads(content)
        posted = _posted(asked)
        tries = {
            hint["query"]: _address(replace(asked, text="" if posted else hint["query"]), HTML)
            for hint in told["hints"]
            if hint["query"]
        }
        text = ask_page(
            asked.text,
            version=version,
            explanation=told,
            tries=tries,
            answer=_address(replace(asked, text="") if posted else asked, HTML),
            posted=posted,
            graphs=asked.dataset.stated(),
        )
        return sent(text, HTML.media_type, version=version, etag=etag)
    return sent(content, JSON_DOCUMENT.media_type, version=version, etag=etag)


def _tag(asked: SparqlRequest, wanted: Choice[Form], version: int) -> str:
    seen = str(sees_all())
    said = (asked.text, repr(asked.dataset), wanted.media_type, asked.safe, str(asked.sources))
    where = [request.url_root] if asked.sources else []
    where += wanted_languages() if isinstance(wanted.form, Page) else ()
    return tag(version, *said, seen, *where)


def _job(
    asked: SparqlRequest, form: str, version: int, filled: FoundNames | None, *, repeatable: bool
) -> Job:
    return Job(
        Kind.QUERY,
        version,
        form,
        text=asked.text,
        filled=filled.query.text if filled else "",
        default=_iris(asked.dataset.default),
        named=_iris(asked.dataset.named),
        safe=asked.safe,
        sources=asked.sources,
        pages=pages_of_sources() if asked.sources and form != PAGE else None,
        sees_all=sees_all(),
        pinned=bool(asked.at),
        is_repeatable=repeatable,
    )


def _iris(graphs: tuple[NamedNode, ...] | None) -> tuple[str, ...] | None:
    return None if graphs is None else tuple(graph.value for graph in graphs)


def _written(asked: SparqlRequest, told: dict[str, Json], form: Page) -> str:
    if form is VIEW:
        return json.dumps(view(told), ensure_ascii=False)
    return ask_page(asked.text, graphs=asked.dataset.stated(), with_sources=asked.sources, **told)


def _page_told(
    asked: SparqlRequest, form: QueryForm, answer: Answer, *, permalink: str
) -> dict[str, Json]:
    """Return what a page shows of an answer, and the addresses of all that goes with it."""
    can_be_cited = _can_be_cited(asked, form)
    told: dict[str, Json] = json.loads(read_whole(answer))
    if posted := _posted(asked):
        asked, permalink = replace(asked, text=""), ""
    return told | {
        "posted": posted,
        "permalink": permalink,
        "why": f"{_address(asked, HTML)}&explain={_EMPTY}",
        "cite": _address(_cited(asked), HTML) if can_be_cited else "",
        "downloads": [
            [other.name, _address(asked, other)]
            for other in _OFFERS[form]
            if not isinstance(other, Page)
        ],
    }


def _posted(asked: SparqlRequest) -> str:
    """Return a query that no address can hold: a form sends it, and the address all else."""
    return asked.text if is_too_long(_address(asked, HTML)) else ""


def _can_be_cited(asked: SparqlRequest, form: QueryForm) -> bool:
    """Tell whether the sources of each row can be told, and are not told yet."""
    if asked.sources or form is not QueryForm.SELECT:
        return False
    try:
        with_sources(asked.text)
    except BadSyntax:
        return False
    return True


def _cited(asked: SparqlRequest) -> SparqlRequest:
    return replace(asked, sources=True)


def _address(asked: SparqlRequest, form: Form, *, at: int | None = None) -> str:
    """Return the address of an answer: of what is shown, or of one state for ever."""
    told = ({"query": asked.text} if asked.text else {}) | {"format": form.name}
    if at is not None:
        told |= {"at": str(at)} | ({"safe": asked.safe} if asked.safe else {})
    elif form.name == "csv":
        told["safe"] = serialise.EXCEL
    if asked.at and at is None:
        told["at"] = asked.at
    if asked.sources:
        told["sources"] = "true"
    endpoint = url_for("query.sparql", _external=at is not None)
    return f"{endpoint}?{urlencode([*told.items(), *asked.dataset.stated()])}"


def _update(asked: SparqlRequest) -> Response:
    token = require("write")
    if asked.at:
        raise BadRequest("A change is made to the newest state; leave out 'at'.")
    edit = Edit(
        Act.UPDATE,
        text=asked.text,
        using=_iris(asked.dataset.default),
        using_named=_iris(asked.dataset.named),
        graph=token.graph,
        only=token.graph,
        dry_run=asked.dry_run,
        condition=Condition(version=asked.expected),
        origin=origin(token),
    )
    return document(told(current_service().change(edit, asker=asker())))
