"""The languages in which whoever asks wants things to be named: one answer for every view."""

from __future__ import annotations

from flask import request

from .wire.languages import preferred


def wanted_languages() -> tuple[str, ...]:
    """Return the language tags of this request, the best first; none if it names none."""
    return preferred(request.headers.get("Accept-Language", ""))
