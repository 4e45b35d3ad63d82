"""Where sources agree and where they do not: the audit of counts, and conflicts of values."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, render_template, request

from graph.medals.telling import as_csv
from service.access import sees_all
from service.answers import asker, is_fresh, negotiated, not_modified, read_whole, sent, tag
from service.context import current_service
from service.earlier import link, state_of
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

_METHODS = ["GET", "OPTIONS"]


@blueprint.route("/audit", methods=_METHODS, provide_automatic_options=False)
def audit() -> Response:
    """Hold the counts of a source against the results; list the sources that count without one."""
    params = pairs(request.query_string)
    graph, nation = one(params, "source") or "", one(params, "nation") or ""
    differs, rule = switch(params, "differs"), one(params, "rule") or ""
    if nation and not graph:
        raise BadRequest("nation= goes with source=.", hint="Name the source too.")
    if graph and ":" not in graph:
        graph = _names().graph(graph).value
    version = state_of(one(params, "at") or "")
    forms = (JSON_DOCUMENT, CSV, HTML) if graph else (JSON_DOCUMENT, HTML)
    wanted = negotiated(forms, name=one(params, "format") or "")
    etag = tag(version, graph, nation, str(differs), rule, wanted.media_type, str(sees_all()))
    if is_fresh(etag):
        return not_modified(version, etag)
    job = Job(Kind.AUDIT, version, PAGE, graph=graph, text=nation, rule=rule)
    found = _asked(replace(job, sees_all=sees_all()))
    if graph and differs:
        found["findings"] = [f for f in found["findings"] if f["verdict"] == "differs"]
    if wanted.form is CSV:
        return sent(as_csv(found["findings"]), CSV.media_type, version=version, etag=etag)
    if wanted.form is not HTML:
        return sent(_written(found), JSON_DOCUMENT.media_type, version=version, etag=etag)
    if not graph:
        text = render_template("audits.html", version=version, **found)
        return sent(text, HTML.media_type, version=version, etag=etag)
    told = {"source": graph} | ({"nation": nation} if nation else {})
    told |= ({"differs": "true"} if differs else {}) | ({"rule": rule} if rule else {})
    text = render_template(
        "audit.html",
        version=version,
        differs=differs,
        source=graph,
        asked_rule=rule or None,
        limit=ROWS_SHOWN,
        downloads=[
            (form.name, link("comparing.audit", format=form.name, **told))
            for form in (CSV, JSON_DOCUMENT)
        ],
        **found,
    )
    return sent(text, HTML.media_type, version=version, etag=etag)


@blueprint.route("/conflicts", methods=_METHODS, provide_automatic_options=False)
def conflicts() -> Response:
    """List where sources give different values for what can have only one."""
    params = pairs(request.query_string)
    version = state_of(one(params, "at") or "")
    wanted = negotiated((JSON_DOCUMENT, HTML), name=one(params, "format") or "")
    etag = tag(version, wanted.media_type, str(sees_all()))
    if is_fresh(etag):
        return not_modified(version, etag)
    found = _asked(Job(Kind.CONFLICTS, version, PAGE, sees_all=sees_all()))
    if wanted.form is not HTML:
        return sent(_written(found), JSON_DOCUMENT.media_type, version=version, etag=etag)
    text = render_template(
        "conflicts.html",
        version=version,
        limit=ROWS_SHOWN,
        downloads=[("json", link("comparing.conflicts", format="json"))],
        **found,
    )
    return sent(text, HTML.media_type, version=version, etag=etag)


def _names() -> Names:
    return current_service().store.names


def _asked(job: Job) -> Any:  # noqa: ANN401 - JSON is whatever the reader wrote
    return json.loads(read_whole(current_service().answering.answer(job, asker())))


def _written(found: object) -> str:
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
