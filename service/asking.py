"""The page on which queries are written, with or without an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template

from .context import current_service
from .examples import by_topic, offered

if TYPE_CHECKING:
    from .wire.problem import Json


def ask_page(query: str, **told: Json) -> str:
    """Return the page as HTML.

    Args:
        query: what its form holds.
        told: what it shows besides, by the names that ``query.html`` uses.

    """
    service = current_service()
    return render_template(
        "query.html",
        query=query,
        topics=by_topic(offered(service)),
        seconds=service.settings.limits.query_s,
        longest=service.settings.address_limit_bytes,
        **told,
    )
