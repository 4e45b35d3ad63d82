"""Files of the newest state for whoever wants to work without the service."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, render_template, request, url_for

from graph.errors import NotFound
from graph.exports import SUMS, Made, manifest, sums
from graph.names import mg
from service.answers import asker, negotiated, read_whole, sent
from service.context import current_service
from service.earlier import link
from service.processes.jobs import Job, Kind
from service.processes.orders import Order
from service.sending import sent_file
from service.wire.accept import HTML, JSON_DOCUMENT
from service.wire.faults import BadRequest
from service.wire.forms import one, pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.exports import Product
    from service.wire.forms import Params

blueprint = Blueprint("downloads", __name__)

_METHODS = ["GET", "OPTIONS"]
_GZIP_TYPE = "application/gzip"
_FORMS = (HTML, JSON_DOCUMENT)
_GAMES = f"""\
SELECT ?games (MIN(STR(?label)) AS ?name)
{{ ?games a {mg("Games")} ; rdfs:label ?label }}
GROUP BY ?games ORDER BY ?games"""
_FOR_PEOPLE = ("csv", "parquet")
_WORDS = {
    "nquads": "N-Quads: every statement with its source, a line each",
    "trig": "TriG: every statement with its source, to read",
    "jsonld": "JSON-LD: every statement with its source",
    "turtle": "Turtle: each statement once, to read",
    "ntriples": "N-Triples: each statement once, a line each",
    "rdfxml": "RDF/XML: each statement once",
    "csv": "Tables as CSV, for spreadsheets",
    "parquet": "Tables as Parquet, for data frames",
    "graphml": "Network as GraphML, for networkx, igraph and yEd",
    "gexf": "Network as GEXF, for Gephi",
}


@blueprint.route("/downloads", methods=_METHODS, provide_automatic_options=False)
def downloads() -> Response:
    """List the files that there are, of everything or of the part that the parameters name."""
    params = pairs(request.query_string)
    order = _order(params)
    service = current_service()
    version = service.store.version
    wanted = negotiated(_FORMS, name=one(params, "format") or "")
    _refuse_unknown(order, version)
    files = list(_files(order, version))
    if wanted.form is JSON_DOCUMENT:
        text = json.dumps(_told(order, version, files), ensure_ascii=False, indent=2) + "\n"
        return sent(text, JSON_DOCUMENT.media_type, version=version)
    text = render_template(
        "downloads.html",
        version=version,
        files=files,
        order=order,
        sources=_sources(version),
        games=_games(version),
        sums=link("downloads.checksums", **_parameters(order)),
    )
    return sent(text, HTML.media_type, version=version)


@blueprint.route(f"/downloads/{SUMS}", methods=_METHODS, provide_automatic_options=False)
def checksums() -> Response:
    """Give the checksums of the files that were made, as ``sha256sum --check`` reads them."""
    version = current_service().store.version
    files = _files(_order(pairs(request.query_string)), version)
    made = [file["made"] for file in files if file["made"]]
    return sent(sums(made), "text/plain", version=version)


@blueprint.route("/downloads/<file>", methods=_METHODS, provide_automatic_options=False)
def download(file: str) -> Response:
    """Give one file; it is made if nobody has asked for it since the state is the newest.

    A file that is kept packed is also there by its plain name.
    """
    params = pairs(request.query_string)
    order = replace(_order(params), file=file)
    is_plain = order.packed is not None
    order = order.packed or order
    service = current_service()
    version = service.store.version
    product = order.product
    order.scope  # noqa: B018 - refuses what is hidden before anybody is asked to make it
    found = service.exporter.get(order, version, asker(timeout=one(params, "timeout") or ""))
    media_type = _GZIP_TYPE if order.is_packed and not is_plain else product.media_type
    name = f"medalgraph-{version}-{file}"
    return sent_file(found, name, media_type, version=version, unpack=is_plain)


def _order(params: Params) -> Order:
    if one(params, "at"):
        raise BadRequest(
            "Downloads are of the newest state.",
            hint="An older one: medalgraph export --at, or its graphs with ?at=.",
        )
    parts = {name: one(params, name) or "" for name in ("source", "games", "query")}
    if sum(map(bool, parts.values())) > 1:
        raise BadRequest("Give one of source, games and query.")
    if parts["source"] and ":" not in parts["source"]:
        parts["source"] = current_service().store.names.graph(parts["source"]).value
    return Order("", **parts)


def _refuse_unknown(order: Order, version: int) -> None:
    """Raise NotFound for a part that is not there, before its files are offered."""
    if order.source and order.source not in {one["graph"] for one in _sources(version)}:
        raise NotFound(
            f"There is no source <{order.source}>.", hint="GET /graphs lists those there are."
        )
    if order.games and not any(order.games in known for known in _games(version)):
        raise NotFound(
            f"No Games here are called {order.games!r}.",
            hint="Use a key such as 2024-summer-para; GET /downloads lists those there are.",
        )


def _files(order: Order, version: int) -> Iterator[dict[str, Any]]:
    exporter = current_service().exporter
    # What people open comes before what programs read.
    files = sorted(order.files().items(), key=lambda file: file[1].form.name not in _FOR_PEOPLE)
    for name, product in files:
        each = replace(order, file=name)
        kept = exporter.kept(each, version)
        yield {
            "name": name,
            "means": _means(product),
            "media_type": product.media_type,
            "address": link("downloads.download", file=name, **_parameters(order)),
            "made": kept.made if kept else None,
        }


def _means(product: Product) -> str:
    if product.profile is not None:
        return f"In the words of {product.profile.means}, as {product.form.name}"
    if product.rows:
        return f"The rows of the answer as {product.form.name}"
    return _WORDS[product.form.name]


def _parameters(order: Order) -> dict[str, str]:
    told = {"source": order.source, "games": order.games, "query": order.query}
    return {name: value for name, value in told.items() if value}


def _told(order: Order, version: int, files: list[dict[str, Any]]) -> dict[str, Any]:
    service = current_service()
    made: list[Made] = [file["made"] for file in files if file["made"]]
    known: dict[str, Any] = dict(manifest(service.store, version, order.scope, made))
    facts = {each["file"]: each for each in known["files"]}
    listed = [
        {
            "file": file["name"],
            "mediaType": file["media_type"],
            "description": file["means"],
            "url": url_for(
                "downloads.download", file=file["name"], _external=True, **_parameters(order)
            ),
            **facts.get(file["name"], {}),
        }
        for file in files
    ]
    return {**known, "files": listed}


def _sources(version: int) -> list[dict[str, Any]]:
    service = current_service()
    job = Job(Kind.SOURCES, version, "page")
    found: list[dict[str, Any]] = json.loads(
        service.once(
            "downloads sources",
            version,
            lambda: read_whole(service.answering.answer(job, asker())),
        )
    )
    return found


def _games(version: int) -> list[tuple[str, str]]:
    service = current_service()
    job = Job(Kind.QUERY, version, "json", text=_GAMES)
    found = service.once(
        "downloads games", version, lambda: read_whole(service.answering.answer(job, asker()))
    )
    rows = json.loads(found)["results"]["bindings"]
    keys = [(row["games"]["value"].rpartition("/")[2], row["name"]["value"]) for row in rows if row]
    return sorted(keys)
