"""Medal tables: of some Games by a rule, on a day, of a sport; and the events behind each cell."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, render_template, request, url_for

from service.access import sees_all
from service.addresses import address_of, with_pages
from service.answers import asker, is_fresh, negotiated, not_modified, read_whole, sent, tag
from service.context import current_service
from service.earlier import link, state_of
from service.languages import wanted_languages
from service.medal_chart import chart
from service.medal_requests import (
    ALL,
    ALL_TIME,
    ATHLETES,
    CHOICE,
    COMPARED,
    KINDS,
    NATIONS,
    SEASONS,
    TABLE,
    asked_of,
    values_of,
)
from service.medal_sheets import as_csv
from service.medal_tables.asked import View
from service.processes.jobs import PAGE, Job, Kind
from service.serialise import EXCEL
from service.watching import keeps_older
from service.wire.accept import HTML, JSON_DOCUMENT, Page
from service.wire.faults import BadRequest
from service.wire.forms import one, pairs

if TYPE_CHECKING:
    from service.medal_requests import Taken
    from service.medal_tables.asked import Asked
    from service.wire.forms import Params

blueprint = Blueprint("medals", __name__)

CSV = Page("csv", "text/csv", (), (".csv",))
_FORMS = (JSON_DOCUMENT, CSV, HTML)
_GET = ["GET", "OPTIONS"]
_HINTS = {
    View.TABLE: "Add the day, such as on=2024-09-08.",
    View.EVENTS: "Add the day, such as on=2024-09-08.",
    View.NATION: "Add nation=AZE, kind=Paralympic, and on= for a rule that needs a day.",
    View.ALL_TIME: "Add kind=Paralympic or another, and on= for a rule that needs a day.",
    View.ATHLETES: "Add kind=Paralympic or another, and on= for a rule that needs a day.",
    View.COMPARED: "Add with_rule=, with_on= or with_source=, and on= for a rule that needs a day.",
}
"""What is to be done about what an answer lacks."""

_ODD = re.compile(r"[^A-Za-z0-9-]+")
_LONGEST_NAME = 120
_EMBEDDED = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
)
"""The bare table is shown in frames of other people's pages. It has no form and no script."""


@blueprint.route("/medals", methods=_GET, provide_automatic_options=False)
def medals() -> Response:
    """Give a medal table, the events behind a cell of it, or the Games to choose from."""
    params = pairs(request.query_string)
    asked = asked_of(params, ALL, View.TABLE)
    if not asked.games:
        if left := [name for name in values_of(asked, TABLE) if name != "games"]:
            raise BadRequest(
                f"{left[0]}= goes with games=.",
                hint="Name the Games too, such as games=2024-summer-para.",
            )
        return _answered(
            params, asked_of(params, CHOICE, View.CHOICE), CHOICE, "medals/choice.html"
        )
    if asked.nations:
        return _answered(params, asked_of(params, TABLE, View.EVENTS), TABLE, "medals/events.html")
    if asked.medal:
        raise BadRequest("medal= goes with nation=.", hint="Name the nation too.")
    return _answered(params, asked, TABLE, "medals/table.html")


@blueprint.route("/medals/compare", methods=_GET, provide_automatic_options=False)
def compare() -> Response:
    """Put two tables of the same Games side by side, with why each cell differs."""
    params = pairs(request.query_string)
    asked = asked_of(params, COMPARED, View.COMPARED)
    if not asked.games:
        raise BadRequest("Which Games is not said.", hint="Add games=2024-summer-para, or another.")
    return _answered(params, asked, COMPARED, "medals/compare.html")


@blueprint.route("/medals/nation", methods=_GET, provide_automatic_options=False)
def nation() -> Response:
    """Draw the medals of a nation, or of several, over all Games of a kind."""
    params = pairs(request.query_string)
    asked = asked_of(params, NATIONS, View.NATION)
    return _answered(params, asked, NATIONS, "medals/nation.html")


@blueprint.route("/medals/all-time", methods=_GET, provide_automatic_options=False)
def all_time() -> Response:
    """Sum the medals of all Games of a kind."""
    params = pairs(request.query_string)
    asked = asked_of(params, ALL_TIME, View.ALL_TIME)
    return _answered(params, asked, ALL_TIME, "medals/all_time.html")


@blueprint.route("/medals/athletes", methods=_GET, provide_automatic_options=False)
def athletes() -> Response:
    """List the athletes with most medals at all Games of a kind."""
    params = pairs(request.query_string)
    asked = asked_of(params, ATHLETES, View.ATHLETES)
    return _answered(params, asked, ATHLETES, "medals/athletes.html")


@blueprint.route("/medals/embed", methods=_GET, provide_automatic_options=False)
def embed() -> Response:
    """Give a medal table without anything else, for a frame on a page of somebody else."""
    params = pairs(request.query_string)
    asked = asked_of(params, TABLE, View.TABLE)
    if not asked.games:
        raise BadRequest("Which Games is not said.", hint="Add games=, as in the table's address.")
    if asked.nations or asked.medal:
        raise BadRequest(
            "A frame shows a whole table, and not the medals of a nation.",
            hint="Leave nation= and medal= out, or lead to /medals with them.",
        )
    version = state_of(one(params, "at") or "")
    etag = _tag(asked, version)
    if etag and is_fresh(etag):
        return not_modified(version, etag)
    told = _read(asked, version)
    text = render_template(
        "medals/embed.html",
        version=version,
        days_to_come=_days_to_come(asked),
        whole=_outside("medals.medals", asked, TABLE, version if one(params, "at") else None),
        **told,
    )
    response = sent(text, HTML.media_type, version=version, etag=etag)
    response.headers["Content-Security-Policy"] = _EMBEDDED
    return response


def _answered(params: Params, asked: Asked, taken: Taken, template: str) -> Response:
    """Answer in the form that is wanted."""
    version = state_of(one(params, "at") or "")
    wanted = negotiated(_FORMS, name=one(params, "format") or "")
    safe = one(params, "safe") or ""
    if safe not in ("", EXCEL):
        raise BadRequest(f"safe={safe!r} is not known.", hint="Use safe=excel, or leave it out.")
    etag = _tag(asked, version, wanted.media_type, safe)
    if etag and is_fresh(etag):
        return not_modified(version, etag)
    told = _read(asked, version)
    if wanted.form is HTML:
        return _page(asked, taken, template, told, version=version, etag=etag)
    if told.get("problem"):
        raise BadRequest(told["problem"], hint=_HINTS[asked.view])
    if wanted.form is CSV:
        text = as_csv(asked.view, told, safe=safe)
        response = sent(text, CSV.media_type, version=version, etag=etag)
        name = _file_name(asked, taken)
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    text = json.dumps(_with_addresses(told), ensure_ascii=False, indent=2) + "\n"
    return sent(text, JSON_DOCUMENT.media_type, version=version, etag=etag)


def _tag(asked: Asked, version: int, *form: str) -> str:
    """Return the tag of an answer; none where it says that a day is still to come."""
    if _days_to_come(asked):
        return ""
    said = (asked.to_text(), *form, request.url_root, str(sees_all()))
    return tag(version, *said, *wanted_languages())


def _file_name(asked: Asked, taken: Taken) -> str:
    """Return what a download is called: its view and what was asked for, in plain letters."""
    said = [
        word
        for value in values_of(asked, taken).values()
        for word in (value if isinstance(value, list) else [value])
    ]
    return _ODD.sub("-", "-".join([f"medals-{asked.view.value}", *said]))[:_LONGEST_NAME] + ".csv"


def _page(  # noqa: PLR0913 - what is shown, each part by name
    asked: Asked, taken: Taken, template: str, told: dict[str, Any], *, version: int, etag: str
) -> Response:
    values = values_of(asked, taken)
    here, has_past = str(request.endpoint), keeps_older(current_service().store)
    shown = {
        "values": values,
        "kinds_known": KINDS,
        "seasons_known": SEASONS,
        "chart": chart(told) if asked.view is View.NATION else None,
        "asked": asked,
        "here": here,
        "pinned": _outside(here, asked, taken, version if has_past else None),
        "downloads": [
            ("csv", link(here, **values, format="csv", safe=EXCEL)),
            ("json", link(here, **values, format="json")),
        ],
        "days_to_come": _days_to_come(asked),
        "embedded": _outside("medals.embed", asked, TABLE, None),
    }
    text = render_template(template, version=version, **shown, **told)
    response = sent(text, HTML.media_type, version=version, etag=etag)
    # Whoever comes to choose finds the form first.
    if told.get("problem") and asked.view in (View.TABLE, View.EVENTS):
        response.status_code = 400
    return response


def _days_to_come(asked: Asked) -> list[str]:
    """Return the days asked for of which nobody knows yet what will be decided."""
    today = datetime.now(UTC).date().isoformat()
    return sorted({day for day in (asked.on, asked.with_on) if day > today})


def _outside(endpoint: str, asked: Asked, taken: Taken, version: int | None) -> str:
    """Return an address for elsewhere, of a state or of whatever is the newest."""
    values: dict[str, Any] = {**values_of(asked, taken), "at": version}
    return url_for(endpoint, _external=True, **values)


def _read(asked: Asked, version: int) -> dict[str, Any]:
    job = Job(
        Kind.MEDALS,
        version,
        PAGE,
        text=asked.to_text(),
        languages=wanted_languages(),
        sees_all=sees_all(),
    )
    told: dict[str, Any] = json.loads(read_whole(current_service().answering.answer(job, asker())))
    return told


def _with_addresses(found: Any) -> Any:  # noqa: ANN401 - JSON, whatever its form
    """Return a document that also says where each thing in it is described."""
    return with_pages(_with_own(found))


def _with_own(found: Any) -> Any:  # noqa: ANN401 - the same
    if isinstance(found, list):
        return [_with_own(one) for one in found]
    if not isinstance(found, dict):
        return found
    told = {key: _with_own(value) for key, value in found.items()}
    iri = next((found[key] for key in ("iri", "nation", "event") if _is_iri(found.get(key))), "")
    if iri and (page := address_of(iri, is_external=True)):
        told["page"] = page
    return told


def _is_iri(value: object) -> bool:
    return isinstance(value, str) and "/id/" in value
