"""Whether the service lives and has its store; asked by machines, answered at once."""

from __future__ import annotations

from flask import Blueprint, Response

from service.answers import document
from service.context import current_service

blueprint = Blueprint("health", __name__)


@blueprint.route("/health", methods=["GET", "OPTIONS"], provide_automatic_options=False)
def health() -> Response:
    """Say that the store can be read, and at which commit it is."""
    service = current_service()
    return document(
        {
            "status": "ok",
            "snapshot": service.store.version,
            "read_only": service.settings.read_only,
        }
    )
