"""Reconciling a column of names, as OpenRefine and other clients of its protocol do it.

Version 0.2 lies at ``/reconcile``, the draft of 1.0 at ``/reconcile/1.0-draft``: neither can be
read by clients of the other. Both see the public state only, whoever asks.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, render_template, request, url_for

from graph.reconciling.asking import LONGEST
from graph.reconciling.deciding import SHORTLIST
from graph.reconciling.kinds import KINDS, kind_named
from graph.search import Question
from service.addresses import address_of
from service.answers import asker, is_fresh, negotiated, not_modified, read_whole, sent, tag
from service.context import current_service
from service.languages import wanted_languages
from service.processes.jobs import Job, Kind
from service.uploads import short_body
from service.wire import reconciliation_answers as answered
from service.wire.accept import HTML, JSON_DOCUMENT
from service.wire.faults import BadRequest
from service.wire.forms import number, one, pairs
from service.wire.reconciliation import (
    MOST_SUGGESTED,
    Deed,
    Extension,
    batch,
    extension,
    form_of,
    json_of,
    matches,
    single,
    wanted,
)
from service.wire.reconciliation_answers import Version

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.reconciling.asking import Query
    from service.wire.problem import Json

blueprint = Blueprint("reconciling", __name__)

_DRAFT = f"/reconcile/{Version.DRAFT}"
_FRAMED = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
)
"""A preview is shown in a frame of somebody else's page. It has no form and no script, and shows
nothing that is not public, so that nothing can be gained by luring somebody to click on it."""

_AT_A_TIME = 5
"""So many names of a batch are looked for before somebody else has a turn."""

_GET, _POST = ["GET", "OPTIONS"], ["POST", "OPTIONS"]
_AUTOMATIC = {"provide_automatic_options": False}


@blueprint.route("/reconcile", methods=["GET", "POST", "OPTIONS"], **_AUTOMATIC)
def reconcile() -> Response:
    """Say what can be reconciled, or answer a batch, a single query or a request for values."""
    form = form_of(request.content_type or "", short_body())
    deed, text = wanted([*pairs(request.query_string), *form])
    if deed is Deed.BATCH:
        queries = batch(text)
        version, found = _candidates(list(queries.values()))
        return _told(answered.result_batch(queries, found), version)
    if deed is Deed.SINGLE:
        version, [candidates] = _candidates([single(text)])
        return _told(answered.result(candidates), version)
    if deed is Deed.EXTENSION:
        return _extended(extension(text), Version.STABLE)
    if request.method == "POST":
        raise BadRequest(
            "The form has neither queries nor extend.", hint="Send one of them, as JSON."
        )
    return _manifest(Version.STABLE)


@blueprint.route(_DRAFT, methods=_GET, **_AUTOMATIC)
def draft() -> Response:
    """Say what can be reconciled, for clients of the draft."""
    return _manifest(Version.DRAFT)


@blueprint.route(f"{_DRAFT}/match", methods=_POST, **_AUTOMATIC)
def match() -> Response:
    """Answer a batch of the draft."""
    queries = matches(json_of(request.content_type or "", short_body()))
    version, found = _candidates(queries)
    return _told(answered.matched(found), version)


@blueprint.route("/reconcile/extend", methods=["GET", "POST", "OPTIONS"], **_AUTOMATIC)
def extend() -> Response:
    """Give values of properties, for clients that look for them beside the endpoint."""
    form = form_of(request.content_type or "", short_body())
    deed, text = wanted([*pairs(request.query_string), *form])
    if deed is not Deed.EXTENSION:
        raise BadRequest("The request has no extend.", hint="Send the query for values in it.")
    return _extended(extension(text), Version.STABLE)


@blueprint.route(f"{_DRAFT}/extend", methods=_POST, **_AUTOMATIC)
def extend_draft() -> Response:
    """Give values of properties in the form of the draft."""
    asked = extension(json_of(request.content_type or "", short_body()))
    return _extended(asked, Version.DRAFT)


@blueprint.route("/reconcile/extend/propose", methods=_GET, **_AUTOMATIC)
@blueprint.route(f"{_DRAFT}/extend/propose", methods=_GET, **_AUTOMATIC)
def propose() -> Response:
    """Name the properties whose values there are of things of a type, or of all types."""
    params = pairs(request.query_string)
    kind = one(params, "type") or ""
    return _small(answered.proposed(kind, number(params, "limit")))


@blueprint.route("/reconcile/suggest/<what>", methods=_GET, **_AUTOMATIC)
@blueprint.route(f"{_DRAFT}/suggest/<what>", methods=_GET, **_AUTOMATIC)
def suggest(what: str) -> Response:
    """Complete what somebody types: the name of a thing, a type or a property."""
    params = pairs(request.query_string)
    prefix, kind = one(params, "prefix") or "", one(params, "type") or ""
    first = number(params, "offset") or number(params, "cursor") or 0
    last = first + min(number(params, "limit") or MOST_SUGGESTED, MOST_SUGGESTED)
    if what == "type":
        return _small(answered.listed(answered.types(prefix)[first:last]))
    if what == "property":
        return _small(answered.listed(answered.properties(prefix, kind=kind)[first:last]))
    if what != "entity":
        raise BadRequest(f"There is nothing suggested for {what!r}.", hint="Use entity.")
    version, found = _entities(prefix, kind, last)
    return _told(answered.entities(found[first:last]), version)


@blueprint.route("/reconcile/preview", methods=_GET, **_AUTOMATIC)
@blueprint.route(f"{_DRAFT}/preview", methods=_GET, **_AUTOMATIC)
def preview() -> Response:
    """Show the most telling facts of a thing in a frame of somebody else's page."""
    text = one(pairs(request.query_string), "id") or ""
    if not text:
        raise BadRequest("There is no id.", hint="Give the identifier of a candidate.")
    version, shown = _read("preview", {"id": text})
    page = address_of(shown["iri"], is_external=True)
    response = sent(
        render_template("preview.html", page=page, **shown), HTML.media_type, version=version
    )
    response.headers["Content-Security-Policy"] = _FRAMED
    return response


def _manifest(version: Version) -> Response:
    base = current_service().store.names.base
    return _small(answered.manifest(version, root=_root(), base=base))


def _root() -> str:
    """Return the address of the whole service, with a slash at the end."""
    return url_for("home.home", _external=True)


def _candidates(queries: Sequence[Query]) -> tuple[int, Any]:
    """Return the state that was read, and the candidates of each query."""
    questions = [
        Question(text, kinds=query.kinds, limit=SHORTLIST)
        for query in queries
        for text in query.texts
    ]
    lists = iter(_shortlists(questions))
    shortlists = [[iri for _ in query.texts for iri in next(lists)] for query in queries]
    asked = {"queries": [query.to_json() for query in queries], "found": shortlists}
    return _read("candidates", asked)


def _entities(prefix: str, kind: str, most: int) -> tuple[int, Any]:
    kinds = [kind_named(kind).id] if kind else list(KINDS)
    questions: list[Question] = []
    if prefix.strip() and len(prefix) <= LONGEST:
        questions = [Question(prefix, begins=True, kinds=tuple(kinds), limit=most)]
    found = [iri for each in _shortlists(questions) for iri in each]
    return _read("entities", {"text": prefix, "found": found, "kinds": kinds})


def _shortlists(questions: Sequence[Question]) -> list[list[str]]:
    """Return the IRIs of what was found for each question."""
    lists: list[list[str]] = []
    for first in range(0, len(questions), _AT_A_TIME):
        found = current_service().searching.find(questions[first : first + _AT_A_TIME])
        lists += [[hit.iri for hit in hits] for hits in found.hits]
    return lists


def _extended(asked: Extension, form: Version) -> Response:
    wanted_of = {"ids": asked.ids, "properties": asked.properties}
    version, rows = _read("values", wanted_of)
    return _told(answered.extension(asked.properties, rows, form), version)


def _read(what: str, asked: Mapping[str, object]) -> tuple[int, Any]:
    """Return the newest state, and what a reader tells of it.

    It may be newer than what was searched: the index follows the store a moment later, and
    what it still has of somebody who was erased is not in the state that is read.
    """
    version = current_service().store.version
    text = json.dumps({**asked, "languages": wanted_languages(), "root": _root()})
    job = Job(Kind.RECONCILE, version, what, text=text)
    timeout = one(pairs(request.query_string), "timeout") or ""
    answer = current_service().answering.answer(job, asker(timeout=timeout))
    return version, json.loads(read_whole(answer))


def _small(content: Json) -> Response:
    """Return what depends on no more than the version of the store and the address."""
    return _told(content, current_service().store.version)


def _told(content: Json, version: int) -> Response:
    wanted_form = negotiated((JSON_DOCUMENT,))
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    if request.method == "POST":
        return sent(text, wanted_form.media_type, version=version)
    etag = tag(version, wanted_form.media_type, text)
    if is_fresh(etag):
        return not_modified(version, etag)
    return sent(text, wanted_form.media_type, version=version, etag=etag)
