"""Where sources agree and where they do not: the audit of counts, and conflicts of values."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, render_template, request

from graph.medals.telling import as_csv
from service.access import sees_all
from service.addresses import address_of, with_pages
from service.answers import asker, is_fresh, negotiated, not_modified, read_whole, sent, tag
from service.context import current_service
from service.earlier import link, state_of
from service.faults import TookTooLong, TookTooMuch
from service.languages import wanted_languages
from service.processes.jobs import PAGE, Job, Kind
from service.wire.accept import HTML, JSON_DOCUMENT, Page
from service.wire.faults import BadRequest
from service.wire.forms import one, pairs, switch

if TYPE_CHECKING:
    from graph.names import Names

blueprint = Blueprint("comparing", __name__)

CSV = Page("csv", "text/csv")
ROWS_SHOWN = 500
"""How many findings or conflicts a page shows; it says so, and links to the whole."""

GROUP_SHOWN = 25
"""How many conflicts of each property a page shows that lists them all."""

_METHODS = ["GET", "OPTIONS"]


@blueprint.route("/audit", methods=_METHODS, provide_automatic_options=False)
def audit() -> Response:
    """Hold the counts of a source against the results; list the sources that count without one."""
    params = pairs(request.query_string)
    graph, nation = one(params, "source") or "", one(params, "nation") or ""
    games, rule = one(params, "games") or "", one(params, "rule") or ""
    differs = switch(params, "differs")
    if (nation or games) and not graph:
        part = "nation" if nation else "games"
        raise BadRequest(f"{part}= goes with source=.", hint="Name the source too.")
    graph = _graph(graph)
    version = state_of(one(params, "at") or "")
    forms = (JSON_DOCUMENT, CSV, HTML) if graph else (JSON_DOCUMENT, HTML)
    wanted = negotiated(forms, name=one(params, "format") or "")
    said = (graph, nation, games, str(differs), rule, wanted.media_type, str(sees_all()))
    languages = wanted_languages()
    etag = tag(version, *said, request.url_root, *languages)
    if is_fresh(etag):
        return not_modified(version, etag)
    form = PAGE if wanted.form is HTML else wanted.form.name
    job = Job(Kind.AUDIT, version, form, graph=graph, text=nation, games=games, rule=rule)
    found = _audited(replace(job, languages=languages, sees_all=sees_all()))
    if "findings" in found and differs:
        found["findings"] = [f for f in found["findings"] if f["verdict"] == "differs"]
    if wanted.form is CSV:
        table = sent(as_csv(found["findings"]), CSV.media_type, version=version, etag=etag)
        if page := address_of(graph, is_external=True):
            table.headers["Link"] = f'<{page}>; rel="describedby"'
        return table
    if wanted.form is not HTML:
        return sent(_written(found), JSON_DOCUMENT.media_type, version=version, etag=etag)
    if not graph:
        text = render_template("audits.html", version=version, **found)
        return sent(text, HTML.media_type, version=version, etag=etag)
    told = {"source": graph, "nation": nation, "games": games, "rule": rule}
    told = {name: value for name, value in told.items() if value}
    shown = told | ({"differs": "true"} if differs else {})
    text = render_template(
        "audit.html" if "findings" in found else "audit_parts.html",
        version=version,
        differs=differs,
        told=told,
        shown=shown,
        limit=ROWS_SHOWN,
        downloads=[
            (form.name, link("comparing.audit", format=form.name, **shown))
            for form in (CSV, JSON_DOCUMENT)
        ],
        **found,
    )
    return sent(text, HTML.media_type, version=version, etag=etag)


def _audited(job: Job) -> Any:  # noqa: ANN401 - JSON is whatever the reader wrote
    """Return what an audit found; if it took too much, say which part of it takes less."""
    try:
        return _asked(job)
    except (TookTooLong, TookTooMuch) as error:
        if error.is_of_the_work:
            error.hint = (
                "Ask for one of the Games (games=2016-summer), for one nation (nation=AZE) or "
                "for both; GET /audit?source= as a page lists those of a source. The command "
                "`medalgraph audit` has no such limit."
            )
        raise


@blueprint.route("/conflicts", methods=_METHODS, provide_automatic_options=False)
def conflicts() -> Response:
    """List where sources give different values for what can have only one."""
    params = pairs(request.query_string)
    prop, graph = one(params, "property") or "", _graph(one(params, "source") or "")
    version = state_of(one(params, "at") or "")
    wanted = negotiated((JSON_DOCUMENT, HTML), name=one(params, "format") or "")
    languages = wanted_languages()
    said = (prop, graph, wanted.media_type, str(sees_all()), request.url_root, *languages)
    etag = tag(version, *said)
    if is_fresh(etag):
        return not_modified(version, etag)
    job = Job(Kind.CONFLICTS, version, PAGE, text=prop, graph=graph, languages=languages)
    found = _asked(replace(job, sees_all=sees_all()))
    if wanted.form is not HTML:
        return sent(_written(found), JSON_DOCUMENT.media_type, version=version, etag=etag)
    told = ({"property": prop} if prop else {}) | ({"source": graph} if graph else {})
    text = render_template(
        "conflicts.html",
        version=version,
        source=graph,
        limit=ROWS_SHOWN if prop else GROUP_SHOWN,
        downloads=[("json", link("comparing.conflicts", format="json", **told))],
        **found,
    )
    return sent(text, HTML.media_type, version=version, etag=etag)


def _graph(name: str) -> str:
    """Return the IRI of the source that a parameter names, whole or by its short name."""
    return _names().graph(name).value if name and ":" not in name else name


def _names() -> Names:
    return current_service().store.names


def _asked(job: Job) -> Any:  # noqa: ANN401 - JSON is whatever the reader wrote
    return json.loads(read_whole(current_service().answering.answer(job, asker())))


def _written(found: object) -> str:
    return json.dumps(with_pages(found), ensure_ascii=False, indent=2) + "\n"
