"""The scripts of the pages, packed where the browser takes that, and kept by it for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, current_app, request, send_file
from werkzeug.exceptions import NotFound

from service.scripts import MANIFEST, MEDIA_TYPES, built_of
from service.wire.encoding import GZIP, takes_gzip

if TYPE_CHECKING:
    from flask import Response

blueprint = Blueprint("built", __name__)

_METHODS = ["GET", "OPTIONS"]
_YEAR_S = 365 * 24 * 3600
_SAME_NAME = (MANIFEST, "licences.txt")
"""What keeps its name when its content changes."""


@blueprint.route("/static/built/<name>", methods=_METHODS, provide_automatic_options=False)
def built(name: str) -> Response:
    """Send one file of what was built."""
    made = built_of(current_app)
    if name not in made.files:
        raise NotFound
    path = made.folder / name
    packed = path.with_name(f"{name}.gz")
    is_packed = packed.exists() and takes_gzip(request.headers.get("Accept-Encoding", ""))
    response = send_file(packed if is_packed else path, mimetype=MEDIA_TYPES[path.suffix])
    if is_packed:
        response.headers["Content-Encoding"] = GZIP
    if name not in _SAME_NAME:
        response.cache_control.no_cache = None
        response.cache_control.public = response.cache_control.immutable = True
        response.cache_control.max_age = _YEAR_S
    return response
