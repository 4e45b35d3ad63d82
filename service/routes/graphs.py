"""The graphs of the store, each at its address (Graph Store HTTP Protocol)."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING
from uuid import uuid4

from flask import Blueprint, Response, render_template, request, url_for

from graph.formats import RDF_FORMATS, RdfFormat
from graph.terms import DEFAULT_GRAPH, NamedNode, iri
from service.access import origin, require, sees_all
from service.answers import (
    SNAPSHOT,
    asker,
    document,
    is_fresh,
    negotiated,
    not_modified,
    read_whole,
    sent,
    streamed,
    tag,
    told,
    was_tagged,
)
from service.context import LONGEST_NUMBER, current_service
from service.earlier import link, state_of
from service.languages import wanted_languages
from service.processes.edits import Act, Edit
from service.processes.jobs import PAGE, Job, Kind
from service.uploads import body, condition, statements
from service.wire.accept import HTML, JSON_DOCUMENT, Page
from service.wire.faults import BadRequest, UnsupportedBody
from service.wire.forms import decode, one, pairs, switch
from service.wire.graph_store import CREATED, READING, target, written_status
from service.wire.sparql import UPDATE

if TYPE_CHECKING:
    from graph.terms import GraphName
    from service.processes.answering import Answer
    from service.processes.edits import Done
    from service.wire.forms import Params

blueprint = Blueprint("graphs", __name__)

_METHODS = ["GET", "PUT", "POST", "PATCH", "DELETE", "OPTIONS"]
_FORMS: tuple[RdfFormat | Page, ...] = (*RDF_FORMATS, HTML)
_TYPES = [form.media_type for form in _FORMS] + [also for form in _FORMS for also in form.also]
_SEEN = ("restricted",)
"""Part of the tag of a graph document that was read with a token."""
_LIST = (JSON_DOCUMENT, HTML)


@blueprint.route("/graphs", methods=_METHODS, provide_automatic_options=False)
def graphs() -> Response:
    """Do what the method says with the graph that the parameters name; list all without one."""
    params = pairs(request.query_string)
    name = target(params)
    if name is not None:
        return _do(name, params)
    if request.method in READING:
        return _list(params)
    if request.method == "POST":
        require("write")
        return _write(iri(url_for("graphs.direct", name=uuid4().hex, _external=True)), params)
    require("write")
    raise BadRequest(
        "The request does not say which graph it is for.",
        hint="Add ?graph= with the IRI of the graph, or ?default.",
    )


@blueprint.route("/graphs/<path:name>", methods=_METHODS, provide_automatic_options=False)
def direct(name: str) -> Response:  # noqa: ARG001 - the whole address is the name of the graph
    """Do what the method says with the graph whose name is this address (4.1)."""
    params = pairs(request.query_string)
    if target(params) is not None:
        raise BadRequest("The address names one graph, and its parameters name another.")
    return _do(iri(request.base_url), params)


def _do(name: GraphName, params: Params) -> Response:
    if request.method in READING:
        return _read(name, params)
    return _CHANGES[request.method](name, params)


def _list(params: Params) -> Response:
    service = current_service()
    version = state_of(one(params, "at") or "")
    wanted = negotiated(_LIST, name=one(params, "format") or "")
    etag = tag(version, wanted.media_type)
    if is_fresh(etag):
        return not_modified(version, etag)
    job = Job(Kind.SOURCES, version, PAGE)
    found = json.loads(read_whole(service.answering.answer(job, asker())))
    if wanted.form is HTML:
        meta = service.store.names.meta.value
        text = render_template("graphs.html", sources=found, meta=meta, version=version)
        return sent(text, HTML.media_type, version=version, etag=etag)
    for entry in found:
        entry["address"] = url_for("graphs.graphs", graph=entry["graph"], _external=True)
    listed = document(found).get_data()
    return sent(listed, JSON_DOCUMENT.media_type, version=version, etag=etag)


def _read(name: GraphName, params: Params) -> Response:
    service = current_service()
    version = state_of(one(params, "at") or "")
    wanted = negotiated(_FORMS, name=one(params, "format") or "")
    seen = sees_all()
    form = PAGE if isinstance(wanted.form, Page) else wanted.form.name
    languages = wanted_languages() if form is PAGE else ()
    etag = tag(version, str(name), wanted.media_type, *_SEEN[:seen], *languages)
    if is_fresh(etag):
        return not_modified(version, etag)
    # A page shows what comes first, and that is to be the same each time.
    pinned = one(params, "at") is not None or form is PAGE
    job = Job(Kind.GRAPH, version, form, graph=_iri(name), sees_all=seen, pinned=pinned)
    job = replace(job, languages=languages)
    answer = service.answering.answer(job, asker(timeout=one(params, "timeout") or ""))
    if form is PAGE:
        text = _page(name, answer, version)
        return sent(text, HTML.media_type, version=version, etag=etag)
    return streamed(answer, wanted.media_type, version=version, etag=etag, ordered=True)


def _iri(name: GraphName) -> str:
    return name.value if isinstance(name, NamedNode) else ""


def _page(name: GraphName, answer: Answer, version: int) -> str:
    return render_template(
        "graph.html",
        name=name,
        version=version,
        downloads=[(form.name, _address(name, form)) for form in RDF_FORMATS],
        **json.loads(read_whole(answer)),
    )


def _address(name: GraphName, form: RdfFormat) -> str:
    if isinstance(name, NamedNode):
        return link("graphs.graphs", graph=name.value, format=form.name)
    return link("graphs.graphs", default="", format=form.name)


def _write(name: GraphName, params: Params) -> Response:
    """Replace a graph (PUT) or add to it (POST); the default graph stands for the local one."""
    edit = _edit(Act.REPLACE if request.method == "PUT" else Act.LOAD, name, params)
    content, parts = statements(forms=request.method == "POST")
    done = _change(replace(edit, parts=parts), content)
    existed = done.existed or name == DEFAULT_GRAPH
    status = written_status(existed=existed, exists=existed or done.exists)
    return _done(status, done, made=edit.graph)


def _patch(name: GraphName, params: Params) -> Response:
    """Change a graph by an update that reads and writes no other (5.7)."""
    edit = _edit(Act.PATCH, name, params)
    kind = (request.content_type or "").partition(";")[0].strip().lower()
    if kind != UPDATE:
        said = f"The media type {kind!r}" if kind else "A body without a Content-Type"
        raise UnsupportedBody(f"{said} does not change a graph.", offers=[UPDATE])
    done = _change(replace(edit, text=decode(body(), what="The update")))
    status = written_status(existed=done.existed, exists=done.exists)
    return _done(status, done, made=edit.graph)


def _remove(name: GraphName, params: Params) -> Response:
    edit = _edit(Act.DELETE, name, params)
    done = _change(replace(edit, if_exists=name == DEFAULT_GRAPH))
    return _done(written_status(existed=True, exists=False), done)


def _edit(act: Act, name: GraphName, params: Params) -> Edit:
    """Return the change of a graph that this request asks for, if its token allows that."""
    graph = name if isinstance(name, NamedNode) else current_service().store.names.local
    token = require("write", graph=graph.value)
    return Edit(
        act,
        graph=graph.value,
        only=token.graph,
        dry_run=switch(params, "dry-run"),
        condition=condition(params, lambda tag: _version_of(tag, name)),
        origin=origin(token, message=f"{request.method} <{graph.value}>"),
    )


def _version_of(etag: str, name: GraphName) -> int | None:
    """Return the state in which the graph has this tag; the whole record changes each time."""
    version = etag.partition("-")[0]
    service = current_service()
    if not (version.isascii() and version.isdigit()) or len(version) > LONGEST_NUMBER:
        return None
    number = int(version)
    if number > service.store.version or (name == DEFAULT_GRAPH and number < service.store.version):
        return None
    seen = (_SEEN[:0], _SEEN)
    known = (was_tagged(etag, number, str(name), types=_TYPES, then=more) for more in seen)
    return number if any(known) else None


def _change(edit: Edit, content: bytes = b"") -> Done:
    return current_service().change(edit, BytesIO(content), asker=asker())


def _done(status: int, done: Done, *, made: str = "") -> Response:
    if done.rehearsal is not None:
        return document(told(done))
    headers = {"Cache-Control": "no-store", SNAPSHOT: str(done.version)}
    if status == CREATED:
        headers["Location"] = _home_of(made)
    return Response(status=status, headers=headers)


def _home_of(graph: str) -> str:
    """Return the address of a graph: its own name, if that is one of this service."""
    if graph.startswith(url_for("graphs.graphs", _external=True) + "/"):
        return graph
    return url_for("graphs.graphs", graph=graph, _external=True)


_CHANGES = {"PUT": _write, "POST": _write, "PATCH": _patch, "DELETE": _remove}
