"""The description of the JSON routes, for programs that make a client of it."""

from __future__ import annotations

from flask import Blueprint, Response, url_for

from service.answers import is_fresh, negotiated, not_modified, sent, tag
from service.context import current_service
from service.openapi import FORM, written
from service.wire.faults import NotAcceptable

blueprint = Blueprint("openapi", __name__)


@blueprint.route("/openapi.json", methods=["GET", "OPTIONS"], provide_automatic_options=False)
def openapi() -> Response:
    """Describe the routes that answer in JSON (OpenAPI 3.1)."""
    media_type = _media_type()
    version = current_service().store.version
    server = url_for("home.home", _external=True).removesuffix("/")
    text = written(server)
    etag = tag(version, media_type, text)
    if is_fresh(etag):
        return not_modified(version, etag)
    return sent(text, media_type, version=version, etag=etag)


def _media_type() -> str:
    """Return the name by which it is asked for; a browser that wants pages is answered too."""
    try:
        return negotiated((FORM,)).media_type
    except NotAcceptable:
        return FORM.media_type
