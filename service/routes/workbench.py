"""The workbench: a page to write queries on, and the words that its editor completes."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from service.answers import is_fresh, not_modified, sent, tag
from service.asking import ask_page
from service.context import current_service
from service.earlier import state_of
from service.vocabulary import words
from service.wire.accept import HTML
from service.wire.forms import one, pairs, switch
from service.wire.sparql import dataset_of_query

blueprint = Blueprint("workbench", __name__)

_METHODS = ["GET", "OPTIONS"]


@blueprint.route("/query", methods=_METHODS, provide_automatic_options=False)
def workbench() -> Response:
    """Show a query to work on, which nobody has asked yet."""
    params = pairs(request.query_string)
    query = one(params, "query") or ""
    version = state_of(one(params, "at") or "")
    graphs = dataset_of_query(params).stated()
    with_sources = switch(params, "sources")
    etag = tag(version, query, repr(graphs), str(with_sources), request.url_root)
    if is_fresh(etag):
        return not_modified(version, etag)
    text = ask_page(query, version=version, graphs=graphs, with_sources=with_sources)
    return sent(text, HTML.media_type, version=version, etag=etag)


@blueprint.route("/query/words", methods=_METHODS, provide_automatic_options=False)
def completions() -> Response:
    """Give the terms of the vocabulary and the prefixes that need no declaration."""
    service = current_service()
    told = jsonify(
        prefixes=service.store.names.prefixes(),
        terms=[
            {
                "name": f"mg:{word.name}",
                "kind": word.kind,
                "label": word.label,
                "comment": word.comment,
            }
            for word in words().values()
        ],
    )
    etag = tag(0, told.get_data(as_text=True))
    if is_fresh(etag):
        return not_modified(service.store.version, etag)
    return sent(told.get_data(), "application/json", version=service.store.version, etag=etag)
