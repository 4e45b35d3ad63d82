"""The graphs of the store, each at its address (Graph Store HTTP Protocol)."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template, request, url_for

from graph.formats import RDF_FORMATS, RdfFormat
from graph.sources import source, sources
from graph.terms import DEFAULT_GRAPH, NamedNode
from service.access import require
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
)
from service.context import current_service
from service.overview import sizes
from service.processes.edits import Act, Edit
from service.processes.jobs import PAGE, Job, Kind
from service.wire.accept import HTML, JSON_DOCUMENT, Page
from service.wire.encoding import unpacked
from service.wire.faults import BadRequest
from service.wire.forms import one, pairs
from service.wire.graph_store import CREATED, READING, body_format, target, written_status

if TYPE_CHECKING:
    from graph.sources import Source
    from graph.terms import GraphName
    from service.processes.answering import Answer
    from service.processes.edits import Done
    from service.tokens import Token
    from service.wire.forms import Params

blueprint = Blueprint("graphs", __name__)

_METHODS = ["GET", "PUT", "POST", "DELETE", "OPTIONS"]
_FORMS: tuple[RdfFormat | Page, ...] = (*RDF_FORMATS, HTML)
_PACKED = b"\x1f\x8b"
"""How gzip begins: reading a file unpacks it, but here the limit would not be watched."""

_LIST = (JSON_DOCUMENT, HTML)


@blueprint.route("/graphs", methods=_METHODS, provide_automatic_options=False)
def graphs() -> Response:
    """Read, replace, extend or remove a graph; without a graph, list them all."""
    params = pairs(request.query_string)
    name = target(params)
    if request.method in READING:
        return _list(params) if name is None else _read(name, params)
    token = require("write")
    if name is None:
        raise BadRequest(
            "The request does not say which graph it is for.",
            hint="Add ?graph= with the IRI of the graph, or ?default.",
        )
    return _remove(name, token) if request.method == "DELETE" else _write(name, token)


def _list(params: Params) -> Response:
    service = current_service()
    version = service.state_of(one(params, "at") or "")
    wanted = negotiated(_LIST, name=one(params, "format") or "")
    etag = tag(version, wanted.media_type)
    if is_fresh(etag):
        return not_modified(version, etag)
    with service.store.read(version) as reader:
        names = service.store.names
        found = sources(reader, names)
        found += [source(reader, names, names.meta)] if names.meta in reader.graphs() else []
        counted = sizes(reader)
    if wanted.form is HTML:
        text = render_template(
            "graphs.html", sources=found, sizes=counted, meta=names.meta, version=version
        )
        return sent(text, HTML.media_type, version=version, etag=etag)
    listed = document([_told(entry, counted[entry.graph]) for entry in found])
    return sent(listed.get_data(), JSON_DOCUMENT.media_type, version=version, etag=etag)


def _told(found: Source, size: int) -> dict[str, str | int | None]:
    return {
        "graph": found.graph.value,
        "title": found.title,
        "publisher": found.publisher,
        "issued": found.issued,
        "origin": found.origin,
        "priority": found.priority,
        "statements": size,
        "address": url_for("graphs.graphs", graph=found.graph.value, _external=True),
    }


def _read(name: GraphName, params: Params) -> Response:
    service = current_service()
    version = service.state_of(one(params, "at") or "")
    wanted = negotiated(_FORMS, name=one(params, "format") or "")
    etag = tag(version, str(name), wanted.media_type)
    if is_fresh(etag):
        return not_modified(version, etag)
    form = PAGE if isinstance(wanted.form, Page) else wanted.form.name
    job = Job(Kind.GRAPH, version, form, graph=_iri(name))
    answer = service.answering.answer(job, asker(timeout=one(params, "timeout") or ""))
    if form is PAGE:
        text = _page(name, answer, version)
        return sent(text, HTML.media_type, version=version, etag=etag)
    return streamed(answer, wanted.media_type, version=version, etag=etag)


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
        return url_for("graphs.graphs", graph=name.value, format=form.name)
    return url_for("graphs.graphs", default="", format=form.name)


def _write(name: GraphName, token: Token) -> Response:
    """Replace a graph (PUT) or add to it (POST); the default graph stands for the local one."""
    service = current_service()
    form = body_format(request.content_type or "")
    content = _body()
    graph = name if isinstance(name, NamedNode) else service.store.names.local
    act = Act.REPLACE if request.method == "PUT" else Act.LOAD
    edit = _edit(act, graph, token, form=form.name)
    done = service.changing.change(edit, BytesIO(content), asker=asker())
    existed = done.existed or name == DEFAULT_GRAPH
    status = written_status(existed=existed, exists=existed or done.exists)
    response = _done(status, done)
    if status == CREATED:
        response.headers["Location"] = url_for("graphs.graphs", graph=graph.value, _external=True)
    return response


def _edit(
    act: Act, graph: NamedNode, token: Token, *, form: str = "", if_exists: bool = False
) -> Edit:
    return Edit(
        act,
        graph=graph.value,
        format=form,
        if_exists=if_exists,
        author=token.note or f"token {token.id}",
        message=f"{request.method} <{graph.value}>",
    )


def _body() -> bytes:
    limit = current_service().settings.upload_limit_bytes
    request.max_content_length = limit
    encoding = request.headers.get("Content-Encoding", "")
    body = unpacked(request.get_data(cache=False), encoding, limit_bytes=limit)
    if body.startswith(_PACKED):
        raise BadRequest(
            "The body is packed, and the request does not say so.",
            hint="Send 'Content-Encoding: gzip', and pack the body once.",
        )
    return body


def _remove(name: GraphName, token: Token) -> Response:
    service = current_service()
    graph = name if isinstance(name, NamedNode) else service.store.names.local
    edit = _edit(Act.DELETE, graph, token, if_exists=name == DEFAULT_GRAPH)
    done = service.changing.change(edit, asker=asker())
    return _done(written_status(existed=True, exists=False), done)


def _done(status: int, done: Done) -> Response:
    return Response(
        status=status,
        headers={"Cache-Control": "no-store", SNAPSHOT: str(done.version)},
    )
