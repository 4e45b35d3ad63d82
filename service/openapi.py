"""The JSON routes described for programs (OpenAPI 3.1), with where and in which version they are.

The document beside this file is written by hand, and its tests hold it to the routes.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from flask import url_for

from .wire.accept import Page

FORM = Page(
    "json", "application/json", ("application/openapi+json", "application/vnd.oai.openapi+json")
)
"""The names of OpenAPI's own are drafts still; whoever asks by one of them is answered by it."""
MOST_SERVERS = 8
"""For so many addresses of the service the text is kept; it takes a while to write."""
DOCUMENT = Path(__file__).with_suffix(".json")


@lru_cache(maxsize=MOST_SERVERS)
def written(server: str) -> str:
    """Return the description of the service at an address as text; see ``description``."""
    return json.dumps(description(server), ensure_ascii=False, indent=2) + "\n"


def service_desc() -> str:
    """Return the Link header that leads to the description (RFC 8631)."""
    where = url_for("openapi.openapi", _external=True)
    return f'<{where}>; rel="service-desc"; type="{FORM.media_type}"'


def description(server: str) -> dict[str, Any]:
    """Return the description of the service at an address, which has no slash at its end."""
    told: dict[str, Any] = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    return {
        **told,
        "info": {**told["info"], "version": version("medalgraph")},
        "servers": [{"url": server}],
    }
