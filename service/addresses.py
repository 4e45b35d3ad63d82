"""Where this service describes a thing: the address of its page, by the thing's IRI.

A store names its things under a base of its own. The page of ``{base}/id/person/x`` is
``/id/person/x`` below wherever the service lies, so that one word in the address is changed
and not one in the graph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import url_for

from .context import current_service
from .earlier import link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Flask


def page_of(iri: str, *, is_external: bool = False, **values: str | Sequence[str]) -> str:
    """Return the address of the page of a thing; an empty string if it has none here.

    Args:
        iri: of the thing.
        is_external: whether the host is part of the address, for those who read it elsewhere.
        values: parameters.

    """
    start = f"{current_service().store.names.base}/id/"
    kind, _, rest = iri.removeprefix(start).partition("/")
    if not iri.startswith(start) or not (kind and rest) or rest.startswith("/"):
        return ""
    told: dict[str, Any] = {**values, **({"_external": True} if is_external else {})}
    return link("things.thing", kind=kind, rest=rest, **told)


def source_page(graph: str, about: Sequence[str] = ()) -> str:
    """Return the address of the page of a source, or of its graph if it has no page.

    Args:
        graph: the IRI of its graph.
        about: IRIs of things, to see what the source says of them.

    """
    page = page_of(graph, about=list(about)) if about else page_of(graph)
    return page or link("graphs.graphs", graph=graph)


def with_pages(found: Any) -> Any:  # noqa: ANN401 - JSON, whatever its form
    """Return a document that also says where each source and subject in it is described."""
    if isinstance(found, list):
        return [with_pages(one) for one in found]
    if not isinstance(found, dict):
        return found
    told = {key: with_pages(value) for key, value in found.items()}
    for key, name in (("graph", "page"), ("subject", "subject_page")):
        if isinstance(found.get(key), str) and (page := page_of(found[key], is_external=True)):
            told[name] = page
    return told


def pages_of_sources() -> tuple[str, str]:
    """Return how IRIs of sources begin, and how the addresses of their pages begin."""
    start = f"{current_service().store.names.base}/id/graph/"
    return start, url_for("home.home", _external=True) + "id/graph/"


def register(app: Flask) -> None:
    """Give templates ``page_of`` and ``source_page``."""
    app.context_processor(lambda: {"page_of": page_of, "source_page": source_page})
