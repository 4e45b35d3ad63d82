"""Each thing of the store at its address: sources, people, Games and all else (linked data)."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, render_template, request

from graph.errors import BadTerm, NotFound
from graph.formats import RDF_FORMATS, TURTLE, RdfFormat
from graph.terms import NamedNode, iri
from service.access import sees_all
from service.addresses import page_of, with_pages
from service.answers import asker, is_fresh, negotiated, not_modified, read_whole, sent, tag
from service.context import current_service
from service.earlier import link, state_of
from service.languages import wanted_languages
from service.processes.jobs import PAGE, Job, Kind
from service.wire.accept import HTML, JSON_DOCUMENT, Page
from service.wire.faults import BadRequest
from service.wire.forms import every, one, pairs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.wire.forms import Params

blueprint = Blueprint("things", __name__)

MOST_ABOUT = 50
"""Of so many things a source can be asked at a time."""

_MOVED = 301
_SOURCE_FORMS: tuple[Page | RdfFormat, ...] = (HTML, JSON_DOCUMENT, *RDF_FORMATS)
_THING_FORMS: tuple[Page | RdfFormat, ...] = (TURTLE, JSON_DOCUMENT, *RDF_FORMATS[1:], HTML)
"""What is described to whoever does not mind: a source to people, a thing to programs."""


@blueprint.route(
    "/id/<kind>/<path:rest>", methods=["GET", "OPTIONS"], provide_automatic_options=False
)
def thing(kind: str, rest: str) -> Response:  # noqa: ARG001 - the whole address names the thing
    """Say what is known of a thing, or where it is described since it was merged."""
    params = pairs(request.query_string)
    node = _node()
    is_source = current_service().store.names.is_source(node)
    about = _about(params) if is_source else []
    version = state_of(one(params, "at") or "")
    forms = _SOURCE_FORMS if is_source else _THING_FORMS
    wanted = negotiated(forms, name=one(params, "format") or "")
    # The base of the service is in its JSON.
    languages = () if isinstance(wanted.form, RdfFormat) else wanted_languages()
    said = (wanted.media_type, str(sees_all()), request.url_root, *about, "", *languages)
    etag = tag(version, *said)
    if is_fresh(etag):
        return not_modified(version, etag)
    form = PAGE if wanted.form is HTML else wanted.form.name
    job = Job(Kind.THING, version, form, " ".join(about), graph=node.value, languages=languages)
    found = _asked(replace(job, sees_all=sees_all()), one(params, "timeout") or "")
    if "moved" in found:
        return _moved(found["moved"], params, version)
    if wanted.form is HTML:
        text = _page(node, is_source=is_source, about=about, told=found["told"], version=version)
    elif wanted.form is JSON_DOCUMENT:
        address = {"address": page_of(node.value, is_external=True)}
        text = json.dumps(address | with_pages(found["told"]), ensure_ascii=False, indent=2) + "\n"
    else:
        text = found["document"]
    return sent(text, wanted.media_type, version=version, etag=etag)


def _node() -> NamedNode:
    """Return the IRI that this address stands for, as the client wrote it.

    Raises:
        NotFound: if it is none.

    """
    rest = request.base_url.removeprefix(request.url_root)
    base = current_service().store.names.base
    try:
        return iri(f"{base}/{rest}")
    except BadTerm as error:
        raise NotFound(f"Nothing is known here of {rest.removeprefix('id/')}.") from error


def _about(params: Params) -> list[str]:
    said = every(params, "about")
    if len(said) > MOST_ABOUT:
        raise BadRequest(f"A source is asked about at most {MOST_ABOUT} things at a time.")
    return [iri(text).value for text in said]


def _asked(job: Job, timeout: str) -> Any:  # noqa: ANN401 - JSON is whatever the reader wrote
    return json.loads(read_whole(current_service().answering.answer(job, asker(timeout=timeout))))


def _moved(new: str, params: Params, version: int) -> Response:
    form = one(params, "format")
    address = page_of(new, format=form) if form else page_of(new)
    if not address:
        raise NotFound(f"This was merged into <{new}>, which is not described here.")
    # As every answer it may not be kept unasked: an undone merge would make it wrong.
    response = sent(f"Moved to {address}\n", "text/plain", version=version)
    response.status_code = _MOVED
    response.headers["Location"] = address
    return response


def _page(
    node: NamedNode, *, is_source: bool, about: Sequence[str], told: dict[str, Any], version: int
) -> str:
    forms = [form for form in _SOURCE_FORMS if form is not HTML]
    return render_template(
        "source.html" if is_source else "thing.html",
        version=version,
        downloads=[
            (form.name, page_of(node.value, format=form.name, about=list(about))) for form in forms
        ],
        **(told | {"iri": node.value, "statement_list": link("graphs.graphs", graph=node.value)}),
    )
