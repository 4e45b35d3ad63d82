"""The first page: what is in the graph, one medal table, one report beside official counts."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, render_template, request, url_for

from graph.errors import MedalgraphError
from service.answers import asker, is_fresh, not_modified, read_whole, sent, tag
from service.context import current_service
from service.earlier import state_of
from service.examples import offered
from service.languages import wanted_languages
from service.openapi import service_desc
from service.overview import NATION
from service.processes.jobs import PAGE, Job, Kind
from service.wire.accept import HTML
from service.wire.forms import one, pairs

if TYPE_CHECKING:
    from flask import Flask

LOG = logging.getLogger("medalgraph")
blueprint = Blueprint("home", __name__)

_RANKED = "ranked"
_MOST_ASK_FOR = "en-US,en;q=0.9"


@blueprint.route("/", methods=["GET", "OPTIONS"], provide_automatic_options=False)
def home() -> Response:
    """Show what the newest state holds, or the one that is asked for."""
    service = current_service()
    params = pairs(request.query_string)
    version = state_of(one(params, "at") or "")
    neutral_ranked = one(params, "neutral") == _RANKED
    languages = wanted_languages()
    etag = tag(version, str(neutral_ranked), *languages)
    if is_fresh(etag):
        return not_modified(version, etag)
    job = Job(Kind.HOME, version, PAGE, neutral_ranked=neutral_ranked, languages=languages)
    told = json.loads(read_whole(service.answering.answer(job, asker())))
    text = render_template(
        "home.html",
        version=version,
        neutral_ranked=neutral_ranked,
        marked=NATION,
        examples=offered(service),
        **told,
    )
    response = sent(text, HTML.media_type, version=version, etag=etag)
    response.headers["Link"] = service_desc()
    return response


def prepare_first_page(app: Flask) -> None:
    """Work the first page out for those who come first; its parts and templates are kept.

    It is that of the newest state in English, which most browsers ask for. What goes wrong is
    told in the log alone: whoever asks then hears why.
    """
    with app.test_request_context("/", headers={"Accept-Language": _MOST_ASK_FOR}):
        try:
            home()
        except MedalgraphError as error:
            LOG.warning("the first page is not prepared: %s", error)


@blueprint.route("/favicon.ico")
def icon() -> Response:
    """Lead browsers that ask for the customary address to the icon."""
    return redirect(url_for("static", filename="icon.svg"))  # type: ignore[return-value] # it is one
