"""The first page: what is in the graph, one medal table, one report beside official counts."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for

from service.answers import is_fresh, not_modified, sent, tag
from service.context import current_service
from service.examples import EXAMPLES
from service.overview import NATION, excerpt, overview, standings
from service.wire.accept import HTML
from service.wire.forms import one, pairs

blueprint = Blueprint("home", __name__)

_RANKED = "ranked"


@blueprint.route("/", methods=["GET", "OPTIONS"], provide_automatic_options=False)
def home() -> Response:
    """Show what the newest state holds."""
    service = current_service()
    names, version = service.store.names, service.store.version
    neutral_ranked = one(pairs(request.query_string), "neutral") == _RANKED
    etag = tag(version, str(neutral_ranked))
    if is_fresh(etag):
        return not_modified(version, etag)
    with service.store.read(version) as reader:
        found = service.once("overview", version, lambda: overview(reader, names))
        table = service.once(
            f"table {neutral_ranked}",
            version,
            lambda: standings(reader, names, neutral_ranked=neutral_ranked),
        )
    text = render_template(
        "home.html",
        overview=found,
        rows=table,
        excerpt=excerpt(table),
        neutral_ranked=neutral_ranked,
        marked=NATION,
        examples=EXAMPLES,
    )
    return sent(text, HTML.media_type, version=version, etag=etag)


@blueprint.route("/favicon.ico")
def icon() -> Response:
    """Lead browsers that ask for the customary address to the icon."""
    return redirect(url_for("static", filename="icon.svg"))  # type: ignore[return-value] # it is one
