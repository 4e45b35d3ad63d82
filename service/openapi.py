"""The JSON routes described for programs (OpenAPI 3.1), with where and in which version they are.

The document beside this file is written by hand, and its tests hold it to the routes.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

DOCUMENT = Path(__file__).with_suffix(".json")


def description(server: str) -> dict[str, Any]:
    """Return the description of the service at an address, which has no slash at its end."""
    written = _written()
    return {
        **written,
        "info": {**written["info"], "version": version("medalgraph")},
        "servers": [{"url": server}],
    }


@cache
def _written() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    return told
