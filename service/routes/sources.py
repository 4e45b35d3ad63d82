"""A source read statement by statement, each marked as others speak of it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, redirect, render_template, request

from service.access import sees_all
from service.addresses import with_pages
from service.answers import asker, is_fresh, negotiated, not_modified, read_whole, sent, tag
from service.context import current_service
from service.earlier import link, state_of
from service.languages import wanted_languages
from service.processes.jobs import PAGE, Job, Kind
from service.readings import Asked, as_csv
from service.readings.asking import Mark
from service.wire.accept import HTML, JSON_DOCUMENT, Page
from service.wire.faults import BadRequest
from service.wire.forms import number, one, pairs

if TYPE_CHECKING:
    from graph.terms import NamedNode
    from service.wire.forms import Params

blueprint = Blueprint("sources", __name__)

CSV = Page("csv", "text/csv", (), (".csv",))
_METHODS = ["GET", "OPTIONS"]
_ODD = re.compile(r"[^A-Za-z0-9.-]+")
_FILTERS = ("mark", "games", "nation", "kind")


@blueprint.route("/sources", methods=_METHODS, provide_automatic_options=False)
def every() -> Any:  # noqa: ANN401 - a redirect of werkzeug
    """Lead to the list of sources."""
    return redirect(link("graphs.graphs"), 308)


@blueprint.route("/sources/<name>", methods=_METHODS, provide_automatic_options=False)
def reading(name: str) -> Response:
    """Give a page of the reading of a source, the same as JSON, or all of it as CSV."""
    params = pairs(request.query_string)
    graph = current_service().store.names.graph(name)
    version = state_of(one(params, "at") or "")
    wanted = negotiated((JSON_DOCUMENT, CSV, HTML), name=one(params, "format") or "")
    asked = _asked(params, is_whole=wanted.form is CSV)
    languages = wanted_languages()
    etag = tag(
        version, asked.to_text(), wanted.media_type, str(sees_all()), request.url_root, *languages
    )
    if is_fresh(etag):
        return not_modified(version, etag)
    found = _read(graph, asked, version)
    if wanted.form is CSV:
        response = sent(as_csv(found["items"]), CSV.media_type, version=version, etag=etag)
        response.headers["Content-Disposition"] = (
            f'attachment; filename="{_file(name, asked, found)}"'
        )
        return response
    if wanted.form is not HTML:
        text = json.dumps(with_pages(found), ensure_ascii=False, indent=2) + "\n"
        return sent(text, JSON_DOCUMENT.media_type, version=version, etag=etag)
    told = {key: value for key in _FILTERS if (value := found[key])}
    text = render_template(
        "reading.html",
        version=version,
        name=name,
        told=told,
        downloads=[
            (form.name, link("sources.reading", name=name, format=form.name, **told))
            for form in (CSV, JSON_DOCUMENT)
        ],
        **found,
    )
    return sent(text, HTML.media_type, version=version, etag=etag)


def _asked(params: Params, *, is_whole: bool) -> Asked:
    """Return what the parameters ask for.

    Raises:
        BadRequest: if there is no such mark.

    """
    mark = one(params, "mark") or ""
    if mark and mark not in list(Mark):
        raise BadRequest(f"There is no mark {mark!r}.", hint=f"There are: {', '.join(Mark)}.")
    page = 0 if is_whole else max(1, number(params, "page") or 1)
    return Asked(
        mark,
        one(params, "games") or "",
        one(params, "nation") or "",
        one(params, "kind") or "",
        page,
    )


def _read(graph: NamedNode, asked: Asked, version: int) -> Any:  # noqa: ANN401 - JSON that a reader wrote
    job = Job(
        Kind.READING,
        version,
        PAGE,
        asked.to_text(),
        graph=graph.value,
        languages=tuple(wanted_languages()),
        sees_all=sees_all(),
    )
    return json.loads(read_whole(current_service().answering.answer(job, asker())))


def _file(name: str, asked: Asked, found: dict[str, Any]) -> str:
    part = "of-which-others-speak" if found["is_part"] else ""
    parts = [name, part, asked.mark, asked.games, asked.nation, asked.kind]
    return _ODD.sub("-", "-".join(part for part in parts if part)) + ".csv"
