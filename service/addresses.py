"""Where this service describes a thing: its address, and its page, by the thing's IRI.

A store names its things under a base of its own. The address of ``{base}/id/person/x`` is
``/id/person/x`` below wherever the service lies, so that one word in the address is changed
and not one in the graph. There who asks is led to the document that suits: see ``documents``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from flask import g, redirect, request, url_for

from .context import current_service
from .documents import path_of
from .earlier import link
from .vocabulary import words
from .wire.accept import HTML

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    from flask import Flask
    from werkzeug.wrappers import Response

    from .documents import Form

    Values: TypeAlias = Mapping[str, str | Sequence[str]]

_MOVED_FOR_GOOD = 308
_ANY_NAME = "graphs.direct"
"""The only address that may end in a slash: the name of a graph, whatever it is."""


def address_of(iri: str, *, is_external: bool = False) -> str:
    """Return the address of a thing, for programs; an empty string if it has none here.

    Args:
        iri: of the thing.
        is_external: whether the host is part of the address, for those who read it elsewhere.

    """
    return _address(iri, "", is_external=is_external)


def document_of(
    iri: str, form: Form, values: Values | None = None, *, is_external: bool = False
) -> str:
    """Return the address of a document about a thing; an empty string if it has none here."""
    return _address(iri, form.suffixes[0], values or {}, is_external=is_external)


def page_of(iri: str, values: Values | None = None) -> str:
    """Return the address of the page of a thing or term, for links that people follow."""
    if word := words().get(iri):
        return link("vocabulary.term", name=word.name)
    return document_of(iri, HTML, values)


def source_page(graph: str, about: Sequence[str] = ()) -> str:
    """Return the address of the page of a source, or of its graph if it has no page.

    Args:
        graph: the IRI of its graph.
        about: IRIs of things, to see what the source says of them.

    """
    return document_of(graph, HTML, {"about": about}) or link("graphs.graphs", graph=graph)


def with_pages(found: Any) -> Any:  # noqa: ANN401 - JSON, whatever its form
    """Return a document that also says where each source and subject in it is described."""
    if isinstance(found, list):
        return [with_pages(one) for one in found]
    if not isinstance(found, dict):
        return found
    told = {key: with_pages(value) for key, value in found.items()}
    for key, name in (("graph", "page"), ("subject", "subject_page")):
        if isinstance(found.get(key), str) and (page := address_of(found[key], is_external=True)):
            told[name] = page
    return told


def pages_of_sources() -> tuple[str, str]:
    """Return how IRIs of sources begin, and how their addresses at this service begin."""
    start = f"{current_service().store.names.base}/id/graph/"
    return start, url_for("home.home", _external=True) + "id/graph/"


def register(app: Flask) -> None:
    """Give templates ``page_of`` and ``source_page``, and each address one spelling."""
    app.before_request(_without_slash)
    given: dict[str, Any] = {"page_of": page_of, "source_page": source_page}
    app.context_processor(lambda: given)


def _without_slash() -> Response | None:
    """Lead from an address that ends in a slash to the one without, whatever the method."""
    path = request.path.strip("/")
    if not request.path.endswith("/") or not path or request.endpoint == _ANY_NAME:
        return None
    asked = request.query_string.decode("latin-1")
    where = quote(f"{request.script_root}/{path}", safe="!$&'()*+,;=:@/")
    return redirect(f"{where}?{asked}" if asked else where, _MOVED_FOR_GOOD)


def _address(iri: str, ending: str, values: Values | None = None, *, is_external: bool) -> str:
    path = path_of(iri, current_service().store.names.base)
    if not path:
        return ""
    earlier = g.get("earlier")
    told: Values = {**(values or {}), **({} if earlier is None else {"at": str(earlier)})}
    asked = urlencode(told, doseq=True, quote_via=quote, safe=":/")
    where = f"{url_for('home.home', _external=is_external)}id/{path}{ending}"
    return f"{where}?{asked}" if asked else where
