"""The graphs of the store, each at its address (Graph Store HTTP Protocol)."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template, request, url_for

from graph.errors import NotFound
from graph.formats import RDF_FORMATS, RdfFormat
from graph.sources import source, sources
from graph.terms import DEFAULT_GRAPH, NamedNode
from service import pages, serialise
from service.access import require
from service.answers import SNAPSHOT, document, is_fresh, negotiated, not_modified, sent, tag
from service.context import current_service
from service.overview import sizes
from service.wire.accept import HTML, JSON_DOCUMENT, Page
from service.wire.encoding import unpacked
from service.wire.faults import BadRequest
from service.wire.forms import one, pairs
from service.wire.graph_store import CREATED, READING, body_format, target, written_status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.engines.base import Reader
    from graph.sources import Source
    from graph.terms import GraphName, Quad
    from service.tokens import Token
    from service.wire.accept import Choice
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
    with service.store.read(version) as reader:
        if isinstance(name, NamedNode):
            _refuse_unknown(name, reader)
        wanted = negotiated(_FORMS, name=one(params, "format") or "")
        etag = tag(version, str(name), wanted.media_type)
        if is_fresh(etag):
            return not_modified(version, etag)
        content = _content(name, wanted, reader)
    return sent(content, wanted.media_type, version=version, etag=etag)


def _refuse_unknown(name: NamedNode, reader: Reader) -> None:
    if next(iter(reader.quads(graph=name)), None) is None:
        raise NotFound(
            f"There is no graph <{name.value}>.", hint="GET /graphs lists those there are."
        )


def _content(name: GraphName, wanted: Choice[RdfFormat | Page], reader: Reader) -> bytes | str:
    found: Iterable[Quad] = reader.quads(graph=name)
    names = current_service().store.names
    if isinstance(wanted.form, Page):
        shown = pages.Shown(reader, names)
        return render_template(
            "graph.html",
            source=source(reader, names, name) if isinstance(name, NamedNode) else None,
            description=pages.description(found, shown),
            name=name,
            version=reader.version,
            downloads=[(form.name, _address(name, form)) for form in RDF_FORMATS],
        )
    return serialise.statements(found, wanted.form, prefixes=names.prefixes())


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
    existed = _exists(graph)
    service.store.load(
        BytesIO(content),
        graph=graph,
        format=form,
        replace=request.method == "PUT",
        author=token.note or f"token {token.id}",
        message=f"{request.method} <{graph.value}>",
    )
    status = written_status(
        existed=existed or name == DEFAULT_GRAPH, exists=existed or _exists(graph)
    )
    response = _done(status)
    if status == CREATED:
        response.headers["Location"] = url_for("graphs.graphs", graph=graph.value, _external=True)
    return response


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


def _exists(graph: NamedNode) -> bool:
    with current_service().store.read() as reader:
        return next(iter(reader.quads(graph=graph)), None) is not None


def _remove(name: GraphName, token: Token) -> Response:
    service = current_service()
    graph = name if isinstance(name, NamedNode) else service.store.names.local
    if name != DEFAULT_GRAPH:
        with service.store.read() as reader:
            _refuse_unknown(graph, reader)
    author, message = token.note or f"token {token.id}", f"DELETE <{graph.value}>"
    with service.store.transaction(author=author, message=message, kind="delete") as change:
        change.replace_graph(graph, [])
    return _done(written_status(existed=True, exists=False))


def _done(status: int) -> Response:
    return Response(
        status=status,
        headers={
            "Cache-Control": "no-store",
            SNAPSHOT: str(current_service().store.version),
        },
    )
