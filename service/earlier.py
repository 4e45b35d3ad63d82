"""The state of the graph that a request asks for, and pages that stay in it.

A page of an earlier state says so, and each of its links leads to that state too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import g, url_for

from .context import current_service
from .watching import keeps_older

if TYPE_CHECKING:
    from flask import Flask


def state_of(at: str) -> int:
    """Return the number of the state that a commit number or a time names; empty: the newest.

    Raises:
        NotFound: if there is no such commit.
        BadTerm: if it is neither a number nor a time.

    """
    version = current_service().state_of(at)
    g.earlier = version if at else None
    return version


def register(app: Flask) -> None:
    """Give templates ``link``, an ``url_for`` that stays in the state shown, and ``earlier``.

    They also learn in ``has_past`` whether a page can be shown as it was at an earlier time.
    """
    app.context_processor(_names)


def _names() -> dict[str, Any]:
    return {"link": link, "earlier": _earlier(), "has_past": keeps_older(current_service().store)}


def link(endpoint: str, **values: str) -> str:
    """Return the address of a page in the state that this page shows."""
    told: dict[str, Any] = {**values, "at": g.get("earlier")}
    return url_for(endpoint, **told)


def _earlier() -> dict[str, str | int | None] | None:
    """Return the number and time of the state that was asked for; None for the newest."""
    version = g.get("earlier")
    if version is None:
        return None
    engine = current_service().store.engine
    return {"version": version, "time": engine.commit(version).time if version else None}
