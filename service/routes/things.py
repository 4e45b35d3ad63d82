"""Each thing of the store at its address: sources, people, Games and all else (linked data)."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, render_template, request
from werkzeug.urls import iri_to_uri

from graph.errors import Gone, NotFound
from graph.formats import CSV, RdfFormat
from graph.terms import NamedNode, iri
from service.access import sees_all
from service.addresses import address_of, document_of, with_pages
from service.answers import asker, is_fresh, negotiated, not_modified, read_whole, sent, tag
from service.context import current_service
from service.documents import SOURCE_FORMS, THING_FORMS, iris_at, parted
from service.earlier import link, state_of
from service.faults import WorkFault
from service.languages import wanted_languages
from service.listings import IN, OUT, Listing
from service.nearby import is_named, no_such_kind, not_there
from service.portraits.asked import last_day
from service.portraits.linked import CONTEXT, without_empty
from service.processes.jobs import PAGE, Job, Kind
from service.serialise import EXCEL
from service.wire.accept import HTML, JSON_DOCUMENT
from service.wire.faults import BadRequest
from service.wire.forms import every, number, one, pairs

if TYPE_CHECKING:
    from service.addresses import Values
    from service.documents import Form
    from service.wire.forms import Params

blueprint = Blueprint("things", __name__)

MOST_ABOUT = 50
"""Of so many things a source can be asked at a time."""

_MOVED, _SEE_OTHER = 301, 303
_LISTED: tuple[Form, ...] = (HTML, JSON_DOCUMENT)


@blueprint.route(
    "/id/<kind>/<path:rest>", methods=["GET", "OPTIONS"], provide_automatic_options=False
)
def thing(kind: str, rest: str) -> Response:
    """Lead from the address of a thing to a document about it, or give such a document."""
    path = f"{kind}/{rest}"
    stem, form = parted(path)
    params = pairs(request.query_string)
    version = state_of(one(params, "at") or "")
    if form is None:
        return _led_on(path, params, version)
    if one(params, "format") is not None:
        raise BadRequest(
            f"This address names a form already: {form.suffixes[0]}.",
            hint="Leave format= out, or leave the ending out.",
        )
    return _document(stem, path, form, params, version)


def _led_on(path: str, params: Params, version: int) -> Response:
    """Answer the address of a thing, which is not a document: 303, 301 or why not."""
    base = current_service().store.names.base
    found = _answered(Job(Kind.ADDRESS, version, "", iris=_iris(path), sees_all=sees_all()))
    here = found.get("moved") or _here(found, _iris(path), version)
    forms = SOURCE_FORMS if here.startswith(f"{base}/id/graph/") else THING_FORMS
    if "moved" in found:
        return _redirected(address_of(here), params, version, status=_MOVED)
    if one(params, "property") is not None:
        forms = tuple(form for form in forms if form in _LISTED)
    wanted = negotiated(forms, name=one(params, "format") or "").form
    return _redirected(document_of(here, wanted), params, version, status=_SEE_OTHER)


def _document(stem: str, path: str, form: Form, params: Params, version: int) -> Response:
    asked = _asked_for(form, params)
    languages = () if isinstance(form, RdfFormat) else wanted_languages()
    # The base of the service is in its JSON.
    said = (form.media_type, str(sees_all()), request.url_root, repr(asked), *languages)
    etag = tag(version, *said)
    if is_fresh(etag):
        return not_modified(version, etag)
    iris = _iris(stem)
    job = Job(
        Kind.THING,
        version,
        PAGE if form is HTML else form.name,
        " ".join(asked.about),
        on=asked.day,
        rule=asked.rule,
        neutral_ranked=asked.neutral_ranked,
        # The name of a thing may itself end as documents do.
        iris=(*iris, *_iris(path)),
        listing=asked.listing,
        safe=asked.safe,
        languages=languages,
        sees_all=sees_all(),
        # Lists that are too long to sort come in the order of the disk, which stays.
        pinned=asked.listing is not None,
    )
    found = _answered(job, one(params, "timeout") or "")
    if "moved" in found:
        return _redirected(document_of(found["moved"], form), params, version, status=_MOVED)
    here = _here(found, job.iris, version)
    if here not in iris:
        return _led_on(path, params, version)
    text = _text(found, form, asked, version)
    response = sent(text, form.media_type, version=version, etag=etag)
    response.headers["Link"] = _links(here, form, asked)
    return response


_NEUTRAL = {"ranked": True, "unranked": False}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for of a document besides its form."""

    about: tuple[str, ...] = ()
    listing: Listing | None = None
    name: str = ""
    safe: str = ""
    day: str = ""
    rule: str = ""
    neutral_ranked: bool | None = None

    def values(self, page: int | None = None) -> Values:
        """Return the parameters of this document in the one order, or of another page of it."""
        if self.listing is None:
            return {"about": self.about}
        shown = page or self.listing.page
        told = {"property": self.name, "direction": self.listing.direction}
        return told | ({"page": str(shown)} if shown > 1 else {})


def _asked_for(form: Form, params: Params) -> _Asked:
    name = one(params, "property")
    if name is None:
        if form is HTML:
            return _Asked(
                about=_about(params),
                day=_day(params),
                rule=one(params, "rule") or "",
                neutral_ranked=_NEUTRAL.get(one(params, "neutral") or ""),
            )
        safe = (one(params, "safe") or "") if form is CSV else ""
        return _Asked(about=_about(params), safe=safe)
    if form not in _LISTED:
        raise BadRequest(
            "The values of a property are listed as a page or as JSON.",
            hint="Use .html or .json, or leave property= out.",
        )
    direction = one(params, "direction")
    if direction not in (IN, OUT):
        raise BadRequest(
            "direction= says what is listed: out for the values of the property, in for what has"
            " this thing as its value."
        )
    prop = current_service().store.names.iri(name)
    page = number(params, "page")
    listing = Listing(prop.value, direction, 1 if page is None else page)
    return _Asked(listing=listing, name=current_service().store.names.short(prop))


def _forms(asked: _Asked) -> tuple[Form, ...]:
    return _LISTED if asked.listing else THING_FORMS


def _links(here: str, form: Form, asked: _Asked) -> str:
    """Return what a program is told of a document: whom it describes, and its other forms."""
    values = asked.values()
    canonical = document_of(here, form, values, is_external=True)
    found = [f'<{canonical}>; rel="canonical"', f'<{iri_to_uri(here)}>; rel="describes"']
    found += [
        f'<{document_of(here, other, values, is_external=True)}>; rel="alternate";'
        f' type="{other.media_type}"'
        for other in _forms(asked)
        if other is not form
    ]
    return ", ".join(found)


def _text(found: dict[str, Any], form: Form, asked: _Asked, version: int) -> str:
    here: str = found["iri"]
    if "document" in found:
        return str(found["document"])
    told = _with_lists(found["told"], here, form, asked)
    if form is HTML:
        return _page(here, asked, told=told, version=version)
    address = {"address": address_of(here, is_external=True)}
    return json.dumps(address | with_pages(told), ensure_ascii=False, indent=2) + "\n"


def _with_lists(told: dict[str, Any], here: str, form: Form, asked: _Asked) -> dict[str, Any]:
    """Add the addresses of the lists of which a document shows the beginning or the number."""

    def at(values: Values) -> str:
        return document_of(here, form, values, is_external=form is not HTML)

    def more(entry: dict[str, Any], direction: str, shown: int) -> dict[str, Any]:
        if shown >= entry["count"]:
            return entry
        return entry | {"more": at({"property": entry["property_name"], "direction": direction})}

    if asked.listing is None and "properties" not in told:
        return told
    if asked.listing is None:
        out, into = told["properties"], told["referred_to"]
        return told | {
            "properties": [more(entry, OUT, entry["shown"]) for entry in out],
            "referred_to": [more(entry, IN, len(entry["by"])) for entry in into],
        }
    page, pages = told["page"], told["pages"]
    near = {"previous": page - 1, "next": page + 1}
    return told | {
        name: at(asked.values(page=other)) for name, other in near.items() if 1 <= other <= pages
    }


def _iris(path: str) -> tuple[str, ...]:
    return tuple(iris_at(current_service().store.names.base, path))


def _here(found: dict[str, Any], iris: tuple[str, ...], version: int) -> str:
    """Return the IRI that an address stands for.

    Raises:
        Gone: if what it stood for was removed or erased.
        NotFound: if it stands for nothing that is known, with near names.

    """
    if not found:
        raise _gone(iris, version) or _not_there(iris, version)
    return str(found["iri"])


def _not_there(iris: tuple[str, ...], version: int) -> NotFound:
    if not iris:
        return NotFound("Nothing can be called what this address says.")
    names = current_service().store.names
    return no_such_kind(names, iris[0]) or not_there(names, iris[0], _near(iris[0], version))


def _near(iri: str, version: int) -> list[str]:
    """Return the addresses near to one, from the search index if it has this state by now."""
    service = current_service()
    if service.searching.version == version and is_named(service.store.names, iri):
        with contextlib.suppress(WorkFault):
            return service.searching.near(iri, asker=asker())
    job = Job(Kind.NEAR, version, "", iris=(iri,), sees_all=sees_all())
    found: list[str] = _answered(job)
    return found


def _gone(iris: tuple[str, ...], version: int) -> Gone | None:
    """Return the error for what was known once; nobody is told who was erased."""
    service = current_service()
    if any(service.traces.is_erased(each) for each in iris):
        return Gone("What was at this address was erased.")
    removals = (service.traces.removal(each, until=version) for each in iris)
    removal = next(filter(None, removals), None)
    if removal is None:
        return None
    return Gone(
        f"Nothing is said of it any more since commit {removal}"
        f" of {service.store.commit(removal).time[:10]}.",
        hint=f"Add ?at={removal - 1} to the address to see what was said before.",
    )


def _about(params: Params) -> tuple[str, ...]:
    said = every(params, "about")
    if len(said) > MOST_ABOUT:
        raise BadRequest(f"A source is asked about at most {MOST_ABOUT} things at a time.")
    return tuple(iri(text).value for text in said)


def _day(params: Params) -> str:
    """Return the day that a page is asked for, ISO 8601; nothing for today."""
    text = one(params, "on") or ""
    day = last_day(text) if text else ""
    if day is None:
        raise BadRequest(f"on={text!r} is no day.", hint="Write it as on=2008-08-20.")
    return day


def _answered(job: Job, timeout: str = "") -> Any:  # noqa: ANN401 - JSON is whatever the reader wrote
    return json.loads(read_whole(current_service().answering.answer(job, asker(timeout=timeout))))


def _redirected(where: str, params: Params, version: int, *, status: int) -> Response:
    """Lead on to an address at this service with what was asked for besides the form."""
    if not where:
        raise NotFound("What this leads to is not described here.")
    kept = [(name, value) for name, value in params if name not in ("format", "at")]
    if kept:
        joint = "&" if "?" in where else "?"
        where += joint + urlencode(kept, quote_via=quote, safe=":/")
    # As every answer it may not be kept unasked: an undone merge would make it wrong.
    response = sent(f"{where}\n", "text/plain", version=version)
    response.status_code = status
    response.headers["Location"] = where
    return response


def _page(here: str, asked: _Asked, *, told: dict[str, Any], version: int) -> str:
    values = asked.values()
    others = [form for form in _forms(asked) if form is not HTML]
    return render_template(
        _template(here, asked),
        version=version,
        canonical=document_of(here, HTML, values, is_external=True),
        alternates=[(form.media_type, document_of(here, form, values)) for form in others],
        downloads=[
            (form.name, document_of(here, form, {**values, **_guarded(form)})) for form in others
        ],
        linked=_linked(here, told),
        **(told | {"iri": here, "statement_list": link("graphs.graphs", graph=here)}),
    )


def _template(here: str, asked: _Asked) -> str:
    if asked.listing:
        return "listing.html"
    is_source = current_service().store.names.is_source(NamedNode(here))
    return "source.html" if is_source else "thing.html"


def _linked(here: str, told: dict[str, Any]) -> dict[str, Any]:
    """Return what a page says in terms of schema.org, for whoever reads pages."""
    name = told.get("label") or told.get("title") or ""
    plain = without_empty({"@type": "Thing", "@id": here, "name": name})
    said = [portrait["linked"] for portrait in told.get("portraits", [])] or [plain]
    url = {"url": address_of(here, is_external=True)}
    graph = [one | (url if one["@id"] == here else {}) for one in said]
    return {"@context": CONTEXT} | (graph[0] if len(graph) == 1 else {"@graph": graph})


def _guarded(form: Form) -> Values:
    return {"safe": EXCEL} if form is CSV else {}
