"""What a page shows of an answer, for a script that shows it: each thing with its address."""

from __future__ import annotations

from typing import Any

from .addresses import page_of, source_page
from .earlier import link


def view(told: Any) -> Any:  # noqa: ANN401 - JSON, whatever its form
    """Return what is told of an answer, each cell also with the address that it leads to.

    Cells are told as ``pages.Cell``; each gets ``page``, which is empty where nothing is at this
    service, and its sources become objects with ``title`` and ``page``.
    """
    if isinstance(told, (list, tuple)):
        return [view(one) for one in told]
    if not isinstance(told, dict):
        return told
    shown = {key: view(value) for key, value in told.items()}
    if "entity" in told:
        shown["page"] = _page(told["entity"])
        shown["cited"] = [
            {"title": title, "page": source_page(graph, about)}
            for title, graph, about in told["cited"]
        ]
    return shown


def _page(iri: str) -> str:
    if not iri:
        return ""
    return page_of(iri) or link("query.sparql", query=f"DESCRIBE <{iri}>")
