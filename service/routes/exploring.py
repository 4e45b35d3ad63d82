"""The graph to look at and to walk through: boards, the links of a thing, and paths."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request

from graph.errors import BadInput, BadTerm, NotFound
from graph.explore.paths import MOST_STEPS
from graph.formats import GRAPHML, JSON_LD, TRIG, TURTLE, RdfFormat
from graph.names import mg, property_words
from graph.search import Question
from graph.search.entities import SOURCE
from graph.terms import NamedNode
from service.access import sees_all
from service.addresses import page_of, source_page
from service.answers import asker, is_fresh, negotiated, not_modified, read_whole, sent, tag
from service.board_links import BoardLinks
from service.context import current_service
from service.earlier import state_of
from service.exploring import asked_of, board_pairs, path_pairs
from service.exploring.networked import as_graphml
from service.exploring.spelled import USUAL_STEPS, way_of
from service.exploring.words import SOURCE_KIND, kind_words, link_properties, thing_classes
from service.faults import Relayed
from service.languages import wanted_languages
from service.problems import problem_of
from service.processes.jobs import Job, Kind
from service.wire.accept import HTML, JSON_DOCUMENT
from service.wire.faults import BadRequest
from service.wire.forms import every, number, one, pairs

if TYPE_CHECKING:
    from graph.search import Hit
    from service.wire.forms import Params

blueprint = Blueprint("exploring", __name__)

_METHODS = ["GET", "OPTIONS"]
_FORMS = (HTML, JSON_DOCUMENT, JSON_LD, TURTLE, TRIG, GRAPHML)
_PATH = frozenset(("from", "to", "by", "past", "steps"))
_OFFERED = 8
_LISTED, _FEW = 300, 20
_LISTED_BYTES = 400_000
"""So much may a list of the page weigh, in which each line leads on to the whole board; it says
how many lines it leaves out."""
_SURE = 0.05
"""By so much has the best name to fit better than the next, to be taken for what is meant."""
_HUBS = ("mg:Nation", "mg:Games", "mg:Sport", "mg:Place")
"""What paths are kept from passing through unless the reader says otherwise."""


@blueprint.route("/explore", methods=_METHODS, provide_automatic_options=False)
def explore() -> Response:
    """Show a board, or give it as JSON, as statements or as a network."""
    params = pairs(request.query_string)
    version = state_of(one(params, "at") or "")
    wanted = negotiated(_FORMS, name=one(params, "format") or "")
    if wanted.form is not HTML:
        _refuse_forms(params)
    names = current_service().store.names
    board = board_pairs(asked_of(params, names), names)
    languages = wanted_languages()
    asked_for = [pair for pair in params if pair[0] in _PATH or pair[0] == "find"]
    said = (wanted.media_type, str(sees_all()), request.url_root, repr((board, asked_for)))
    etag = tag(version, *said, *languages)
    if is_fresh(etag):
        return not_modified(version, etag)
    is_rdf = isinstance(wanted.form, RdfFormat)
    told = _answered(Kind.BOARD, version, board, form=wanted.form.name if is_rdf else "")
    content: str | bytes
    if wanted.form is HTML:
        return _shown(told, params, board, version, etag)
    if wanted.form is GRAPHML:
        content = as_graphml(told)
    else:
        content = told["document"] if is_rdf else _written(_with_pages(told))
    return sent(content, wanted.media_type, version=version, etag=etag)


def _refuse_forms(params: Params) -> None:
    """Refuse what only the page answers, whose forms have it beside the board.

    Raises:
        BadRequest: for names and paths that are looked for, with where programs ask for them.

    """
    paths_at = "/explore/paths"
    for given, elsewhere in (("find", "/search?q="), ("from", paths_at), ("to", paths_at)):
        if one(params, given):
            raise BadRequest(
                f"{given}= is answered by the page only, and not in this form.",
                hint=f"Ask {elsewhere} instead.",
            )


@blueprint.route("/explore/neighbours", methods=_METHODS, provide_automatic_options=False)
def neighbours() -> Response:
    """Count the links of a thing, or give a page of what some of them lead to."""
    params = pairs(request.query_string)
    names = current_service().store.names
    if not one(params, "thing"):
        raise BadRequest("thing= says whose links are meant.", hint="Write thing=nation:AZE.")
    number(params, "page")
    way_of(params, names)
    kept = ("thing", "property", "direction", "class", "page", "games")
    return _document(Kind.NEIGHBOURS, params, [pair for pair in params if pair[0] in kept])


@blueprint.route("/explore/paths", methods=_METHODS, provide_automatic_options=False)
def paths() -> Response:
    """Give the shortest paths between two things, which may be named as they are called."""
    params = pairs(request.query_string)
    version = state_of(one(params, "at") or "")
    ends = [_end(params, name, version) for name in ("from", "to")]
    for end in ends:
        if not end.name:
            raise _unclear(end)
    return _document(Kind.PATHS, params, path_pairs(params, ends[0].name, ends[1].name))


@dataclass(frozen=True, slots=True)
class _End:
    """One end of a path, as somebody wrote it.

    Attributes:
        text: what was written.
        name: the address that it was taken for; empty if that is not clear.
        offers: what may be meant: address and words.
        wrong: why nothing was found; empty if that is not so.

    """

    text: str
    name: str = ""
    offers: tuple[tuple[str, str], ...] = ()
    wrong: str = ""


def _end(params: Params, name: str, version: int) -> _End:
    text = (one(params, name) or "").strip()
    if not text:
        raise BadRequest(
            f"It is not said where the path {'begins' if name == 'from' else 'ends'}.",
            hint=f"Give a name, or an address such as person:x, as {name!r}.",
        )
    return _meant(text, version)


def _meant(text: str, version: int) -> _End:
    """Return what a text is taken for: an address, or the one thing that is called so."""
    names = current_service().store.names
    try:
        return _End(text, names.short(names.iri(text)))
    except BadTerm:
        hits = _found(text, version)
    if not hits:
        return _End(text, wrong=f"Nothing is called like {text}.")
    offers = tuple((_short(hit.iri), _about(hit)) for hit in hits)
    is_sure = len(hits) == 1 or hits[0].score - hits[1].score >= _SURE
    return _End(text, offers[0][0] if is_sure else "", offers)


def _found(text: str, version: int) -> tuple[Hit, ...]:
    newest = current_service().store.version
    if version < newest:
        raise BadRequest(
            f"Names are found in the newest state only, which is {newest}.",
            hint="Leave out 'at', or write an address such as person:x.",
        )
    question = Question(text, limit=_OFFERED, languages=wanted_languages())
    return current_service().searching.find([question], asker=asker()).hits[0]


def _about(hit: Hit) -> str:
    names = current_service().store.names
    kinds = ", ".join(kind_words(_class_of(kind), names) for kind in hit.kinds[:1])
    born = f", born {hit.born}" if hit.born else ""
    return f"{hit.label} ({kinds}{born})" if kinds else hit.label


def _class_of(kind: str) -> NamedNode:
    return SOURCE_KIND if kind == SOURCE else mg(kind)


def _unclear(end: _End) -> NotFound:
    if end.wrong:
        return NotFound(end.wrong, hint="Look for it with /search, and give its address.")
    offers = ", ".join(f"{name}: {words}" for name, words in end.offers)
    names = current_service().store.names
    near = tuple(names.iri(name).value for name, _ in end.offers)
    return NotFound(f"{end.text} may be several things.", hint=f"Give one: {offers}.", near=near)


def _document(kind: Kind, params: Params, kept: list[tuple[str, str]]) -> Response:
    version = state_of(one(params, "at") or "")
    wanted = negotiated((JSON_DOCUMENT,), name=one(params, "format") or "")
    etag = tag(version, str(sees_all()), repr(kept), *wanted_languages())
    if is_fresh(etag):
        return not_modified(version, etag)
    content = _written(_with_pages(_answered(kind, version, kept)))
    return sent(content, wanted.media_type, version=version, etag=etag)


def _with_pages(told: dict[str, Any]) -> dict[str, Any]:
    """Add where this service describes each thing and source."""
    look = told.get("look", {})
    single = [one["thing"] for one in (told, look) if isinstance(one.get("thing"), dict)]
    for thing in (*told.get("things", ()), *told.get("members", ()), *single):
        thing["page"] = page_of(thing["iri"])
    for source in told.get("sources", ()):
        source["page"] = source_page(source["graph"])
    return told


def _written(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _answered(kind: Kind, version: int, asked: list[tuple[str, str]], *, form: str = "") -> Any:  # noqa: ANN401 - JSON is whatever the reader wrote
    job = Job(
        kind,
        version,
        form or JSON_DOCUMENT.name,
        urlencode(asked),
        languages=wanted_languages(),
        sees_all=sees_all(),
    )
    return json.loads(read_whole(current_service().answering.answer(job, asker())))


def _shown(
    told: dict[str, Any], params: Params, board: list[tuple[str, str]], version: int, etag: str
) -> Response:
    """Return the page; if the path that was asked for cannot be found, with the status of that."""
    path = _path(params, version)
    content = _page(told, params, board, version, path)
    is_good = path["status"] == HTTPStatus.OK
    response = sent(content, HTML.media_type, version=version, etag=etag if is_good else "")
    response.status_code = path["status"]
    return response


def _page(
    told: dict[str, Any],
    params: Params,
    board: list[tuple[str, str]],
    version: int,
    path: dict[str, Any],
) -> str:
    find = (one(params, "find") or "").strip()
    hits = _found(find, version) if find else ()
    links = BoardLinks(board)
    return render_template(
        "explore.html",
        version=version,
        board=told,
        things={thing["name"]: thing for thing in told["things"]},
        at=links,
        find=find,
        view=one(params, "view") or "",
        hits=[(_short(hit.iri), _about(hit)) for hit in hits],
        games=_answered(Kind.GAMES, version, []),
        in_games=one(params, "games") or "",
        opened={_way(one_opened) for one_opened in told["opened"]},
        path=path,
        most_steps=MOST_STEPS,
        most=max(_FEW, min(_LISTED, _LISTED_BYTES // (2 * len(links.here)))),
        **_choices(told, every(params, "class")),
    )


def _way(group: dict[str, Any]) -> tuple[str, ...]:
    return tuple(group[part] for part in ("thing", "direction", "property", "class"))


def _choices(told: dict[str, Any], chosen: list[str]) -> dict[str, Any]:
    """Return the classes of a board with those that are chosen, and what a path may take."""
    names = current_service().store.names
    there = sorted({kind for thing in told["things"] for kind in thing["classes"]})
    return {
        "classes": [
            (kind, kind_words(names.iri(kind), names, 2), kind in chosen)
            for kind in dict.fromkeys((*there, *chosen))
        ],
        "properties": [(_short(iri), property_words(NamedNode(iri))) for iri in link_properties()],
        "kinds": [(_short(iri), kind_words(NamedNode(iri), names, 2)) for iri in thing_classes()],
    }


def _short(iri: str) -> str:
    return current_service().store.names.short(NamedNode(iri))


def _path(params: Params, version: int) -> dict[str, Any]:
    """Return the form of paths as it was filled in, and the paths if both ends are clear."""
    is_sought = any(one(params, name) for name in ("from", "to"))
    form: dict[str, Any] = {
        "from": one(params, "from") or "",
        "to": one(params, "to") or "",
        "by": every(params, "by"),
        "past": every(params, "past") if is_sought else list(_HUBS),
        "steps": USUAL_STEPS,
        "ends": {},
        "status": HTTPStatus.OK,
    }
    if not is_sought:
        return form
    try:
        form["steps"] = number(params, "steps") or USUAL_STEPS
        ends = {name: _end(params, name, version) for name in ("from", "to")}
        form["ends"] = ends
        if any(end.wrong for end in ends.values()):
            form["status"] = HTTPStatus.NOT_FOUND
        if all(end.name for end in ends.values()):
            asked = path_pairs(params, *(end.name for end in ends.values()))
            form["found"] = _answered(Kind.PATHS, version, asked)
    except (BadRequest, BadInput, NotFound, Relayed) as error:
        form["problem"] = problem_of(error)
        form["status"] = form["problem"].status
    return form
