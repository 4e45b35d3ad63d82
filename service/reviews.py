"""What the routes of the review share: what they ask for, what forms bring, how pages are sent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import Response, render_template, request

from graph.names import is_restricted
from graph.terms import NamedNode, iri
from graph.xml_text import first_unreadable
from service.wire.accept import HTML, JSON_DOCUMENT

from .addresses import with_pages
from .answers import asker, negotiated, read_whole, sent
from .context import current_service
from .languages import wanted_languages
from .processes.jobs import PAGE, Job, Kind
from .sessions import PLACE
from .wire.faults import BadRequest, UnsupportedBody
from .wire.forms import one, pairs

if TYPE_CHECKING:
    from graph.identity.keeping import KeptList, KeptMatch

    from .signing import Signed
    from .wire.forms import Params

FORM = "application/x-www-form-urlencoded"
LONGEST_REASON = 500


def asked(kind: Kind, what: dict[str, Any], who: Signed, *, version: int) -> Any:  # noqa: ANN401 - JSON is whatever the reader wrote
    """Return what a reader tells for the review."""
    text = json.dumps(what | {"languages": wanted_languages()})
    job = Job(kind, version, PAGE, text, sees_all=who.token is not None)
    return json.loads(read_whole(current_service().answering.answer(job, asker())))


def shown(template: str, who: Signed, *, version: int, found: Any, status: int = 200) -> Response:  # noqa: ANN401 - the same
    """Return a page of the review, or for a program the same as JSON; nobody keeps it.

    Args:
        template: of the page.
        who: looks at it.
        version: the state that it shows.
        found: what it shows.
        status: of the answer.

    """
    wanted = negotiated(
        (JSON_DOCUMENT, HTML), name=one(pairs(request.query_string), "format") or ""
    )
    if wanted.form is HTML:
        text = render_template(template, who=who, version=version, place=_place(), **found)
        response = sent(text, HTML.media_type, version=version)
    else:
        told = json.dumps(with_pages(found), ensure_ascii=False, indent=2) + "\n"
        response = sent(told, JSON_DOCUMENT.media_type, version=version)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def wants_page() -> bool:
    """Tell whether a browser waits for the answer."""
    return negotiated((JSON_DOCUMENT, HTML)).form is HTML


def _place() -> str:
    """Return where a page is, to come back to it after signing in."""
    if request.method != "GET":
        return PLACE
    query = request.query_string.decode("ascii", "replace")
    return f"{request.path}?{query}" if query else request.path


def form() -> Params:
    """Return what the form of this request brings.

    Raises:
        UnsupportedBody: if it is no form.
        BodyTooLarge: if it is longer than a query may be.

    """
    kind = (request.content_type or "").partition(";")[0].strip().lower()
    if kind != FORM:
        raise UnsupportedBody("A decision is sent as a form.", offers=[FORM])
    request.max_content_length = current_service().settings.request_limit_bytes
    return pairs(request.get_data(cache=False))


def given(params: Params, name: str, what: str) -> str:
    """Return what a form has to bring.

    Raises:
        BadRequest: if it does not.

    """
    said = (one(params, name) or "").strip()
    if not said:
        raise BadRequest(f"The form does not say {what} ({name}=).", hint="Nothing was changed.")
    return said


def reason_of(params: Params) -> str:
    """Return the reason that a form gives.

    Raises:
        BadRequest: if it gives none, a very long one, or characters that nobody could read.

    """
    said = (one(params, "reason") or "").strip()
    if not said:
        raise BadRequest("The reason is empty.", hint="Nothing was changed. Write why (reason=).")
    if len(said) > LONGEST_REASON:
        raise BadRequest(f"The reason is longer than {LONGEST_REASON} characters.")
    said = " ".join(said.split())
    if sign := first_unreadable(said):
        raise BadRequest(
            f"The reason holds {sign}, a character that cannot be shown.",
            hint="Type the reason anew instead of pasting it. Nothing was changed.",
        )
    return said


def graph_of(name: str) -> str:
    """Return the IRI of the source that a parameter names, whole or by its short name.

    Raises:
        BadTerm: if it can be none.

    """
    if not name:
        return ""
    return iri(name).value if ":" in name else current_service().store.names.graph(name).value


def iri_of(text: str) -> str:
    """Return an IRI that may be left out; raise BadTerm if it is none."""
    return iri(text).value if text else ""


def kept_lists(who: Signed) -> list[KeptList]:
    """Return the kept lists that somebody may see."""
    return [kept for kept in current_service().lists.all() if may_see(kept, who)]


def may_see(kept: KeptList, who: Signed) -> bool:
    """Tell whether a list is of sources that somebody may see."""
    hidden = any(is_restricted(NamedNode(graph)) for graph in (kept.one, kept.other))
    return who.token is not None or not hidden


def reasons_of(found: KeptMatch) -> list[dict[str, object]]:
    """Return what speaks for and against a match, as pages and programs read it."""
    return [{"text": text, "points": points, "for": points > 0} for text, points in found.reasons]
