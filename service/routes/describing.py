"""The descriptions of the store at their addresses: VoID where programs look for it, and others."""

from __future__ import annotations

from flask import Blueprint, Response, request

from graph.errors import NotFound
from graph.formats import RDF_FORMATS
from service import serialise
from service.answers import is_fresh, negotiated, not_modified, sent, tag
from service.context import current_service
from service.describing import DESCRIPTIONS, PREFIXES, description
from service.wire.forms import one, pairs

blueprint = Blueprint("describing", __name__)

_METHODS = ["GET", "OPTIONS"]


@blueprint.route("/.well-known/void", methods=_METHODS, provide_automatic_options=False)
def void() -> Response:
    """Describe the newest snapshot: what it holds, counted, and where it can be had."""
    return _described("void")


@blueprint.route("/about/<name>", methods=_METHODS, provide_automatic_options=False)
def about(name: str) -> Response:
    """Give one of the descriptions."""
    if name not in DESCRIPTIONS:
        known = ", ".join(f"/about/{each}" for each in DESCRIPTIONS)
        raise NotFound(f"There is no description {name!r}.", hint=f"There are: {known}.")
    return _described(name)


def _described(name: str) -> Response:
    service = current_service()
    version = service.store.version
    wanted = negotiated(RDF_FORMATS, name=one(pairs(request.query_string), "format") or "")
    etag = tag(version, name, wanted.media_type, request.url_root)
    if is_fresh(etag):
        return not_modified(version, etag)
    prefixes = service.store.names.prefixes() | PREFIXES
    content = serialise.statements(description(service, name), wanted.form, prefixes=prefixes)
    return sent(content, wanted.media_type, version=version, etag=etag)
