"""Finding things by their names: a page, JSON and CSV of it, and suggestions while one types."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, render_template, request

from graph.errors import NotFound
from graph.formats import CSV
from graph.names import local_name
from graph.search import LONGEST_TEXT, Question
from graph.spreadsheet import write_safe_csv
from graph.terms import NamedNode
from service.addresses import address_of, page_of
from service.answers import asker, is_fresh, negotiated, not_modified, sent, tag
from service.context import current_service
from service.earlier import link, state_of
from service.faults import Relayed
from service.languages import wanted_languages
from service.problems import problem_of
from service.wire.accept import HTML, JSON_DOCUMENT
from service.wire.faults import BadRequest
from service.wire.forms import every, number, one, pairs

if TYPE_CHECKING:
    from graph.search import Hit
    from service.processes.searching import Found
    from service.wire.forms import Params
    from service.wire.problem import Problem

blueprint = Blueprint("search", __name__)

_METHODS = ["GET", "OPTIONS"]
_LIMIT, _MOST = 20, 100
_SUGGESTED, _MOST_SUGGESTED = 8, 20
KINDS = ("Person", "Nation", "Games", "Event", "Sport", "Place", "Organization", "Source")
"""Classes that the page offers to choose; others can be given too."""

_COLUMNS = ("score", "label", "class", "matched", "nations", "games", "sports", "born", "iri")


@blueprint.route("/search", methods=_METHODS, provide_automatic_options=False)
def search() -> Response:
    """Find things by their names."""
    params = pairs(request.query_string)
    version = _newest(params)
    wanted = negotiated((HTML, JSON_DOCUMENT, CSV), name=one(params, "format") or "")
    question = _question(params, limit=_LIMIT, most=_MOST)
    said = (json.dumps(question.to_json()), wanted.media_type, request.url_root)
    if is_fresh(etag := tag(version, *said)):
        return not_modified(version, etag)
    try:
        found = current_service().searching.find([question], asker=asker())
    except (NotFound, Relayed) as error:
        problem = problem_of(error)
        if wanted.form is HTML and "filter" in problem.members:
            return _asked_again(question, params, problem, version)
        raise
    etag = tag(found.version, *said)
    content: str | bytes
    if wanted.form is HTML:
        content = _page(question, params, found)
    elif wanted.form is CSV:
        content = _table(found)
    else:
        content = _document(question, "hits", [_told(hit, found) for hit in found.hits[0]], found)
    return sent(content, wanted.media_type, version=found.version, etag=etag)


@blueprint.route("/search/suggest", methods=_METHODS, provide_automatic_options=False)
def suggest() -> Response:
    """Say what somebody may be typing."""
    params = pairs(request.query_string)
    version = _newest(params)
    wanted = negotiated((JSON_DOCUMENT,), name=one(params, "format") or "")
    question = _question(params, limit=_SUGGESTED, most=_MOST_SUGGESTED, begins=True)
    said = (json.dumps(question.to_json()), request.url_root)
    if is_fresh(etag := tag(version, *said)):
        return not_modified(version, etag)
    found = current_service().searching.find([question], asker=asker())
    told = [_suggestion(hit, found) for hit in found.hits[0]]
    content = _document(question, "suggestions", told, found)
    etag = tag(found.version, *said)
    return sent(content, wanted.media_type, version=found.version, etag=etag)


def _newest(params: Params) -> int:
    """Return the number of the newest state, which alone can be searched.

    Raises:
        BadRequest: if another is asked for.

    """
    version = state_of(one(params, "at") or "")
    newest = current_service().store.version
    if version < newest:
        raise BadRequest(
            f"Names are found in the newest state only, which is {newest}.",
            hint="Leave out 'at'. A query in SPARQL without mg:search can ask an earlier state.",
        )
    return version


def _question(params: Params, *, limit: int, most: int, begins: bool = False) -> Question:
    given = number(params, "limit")
    if given is not None and not 1 <= given <= most:
        raise BadRequest(f"limit={given} is not possible.", hint=f"Use 1 to {most}.")
    return Question(
        (one(params, "q") or "").strip(),
        begins=begins,
        kinds=tuple(filter(None, every(params, "kind"))),
        nation=(one(params, "nation") or "").strip(),
        games=(one(params, "games") or "").strip(),
        sport=(one(params, "sport") or "").strip(),
        limit=given or limit,
        languages=wanted_languages(),
    )


def _document(question: Question, key: str, told: list[dict[str, Any]], found: Found) -> str:
    content = {"snapshot": found.version, "q": question.text, key: told}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _told(hit: Hit, found: Found) -> dict[str, Any]:
    return hit.to_json() | {
        "page": address_of(hit.iri, is_external=True),
        **{
            name: [{"iri": iri, "label": _label(iri, found)} for iri in getattr(hit, name)]
            for name in ("nations", "games", "sports")
        },
    }


def _suggestion(hit: Hit, found: Found) -> dict[str, Any]:
    return {
        "iri": hit.iri,
        "label": hit.label,
        "matched": hit.matched,
        "kinds": list(hit.kinds),
        "about": about(hit, found),
        "page": page_of(hit.iri),
    }


def about(hit: Hit, found: Found) -> str:
    """Return in a few words what tells a hit from others of its name."""
    parts = [kind_words(kind) for kind in hit.kinds[:1]]
    if "Person" in hit.kinds:
        parts += _few(hit.nations, found) + ([f"born {hit.born}"] if hit.born else [])
        parts += _few(hit.sports, found) + _span(hit, found)
    elif "Event" in hit.kinds:
        parts += _few(hit.sports, found) + _few(hit.games, found)
    elif hit.nations and "Nation" not in hit.kinds:
        parts += _few(hit.nations, found)
    return ", ".join(parts)


def kind_words(kind: str) -> str:
    """Return the name of a class as words."""
    return {"SportClass": "Sport class", "CountingRule": "Counting rule"}.get(kind, kind)


def _few(iris: tuple[str, ...], found: Found) -> list[str]:
    shown = [_label(iri, found) for iri in iris[:2]]
    return shown + ([f"and {len(iris) - 2} more"] if len(iris) > 2 else [])  # noqa: PLR2004 - two are shown


def _span(hit: Hit, found: Found) -> list[str]:
    if len(hit.games) > 2:  # noqa: PLR2004 - two are named
        return [f"{len(hit.games)} Games"]
    return [_label(iri, found) for iri in hit.games]


def _label(iri: str, found: Found) -> str:
    return found.labels.get(iri) or local_name(NamedNode(iri))


def _table(found: Found) -> bytes:
    out = BytesIO()
    write_safe_csv(_COLUMNS, [_row(hit, found) for hit in found.hits[0]], out)
    return out.getvalue()


def _row(hit: Hit, found: Found) -> tuple[str, ...]:
    lists = (
        "; ".join(_label(iri, found) for iri in iris)
        for iris in (hit.nations, hit.games, hit.sports)
    )
    kinds = "; ".join(hit.kinds)
    return (f"{hit.score:.4f}", hit.label, kinds, hit.matched, *lists, hit.born, hit.iri)


def _asked_again(question: Question, params: Params, problem: Problem, version: int) -> Response:
    """Return the form as it was filled in, with links that repeat the search with what is meant."""
    members: Any = problem.members
    offers = [
        (one["label"], _again(params, **{members["filter"]: local_name(NamedNode(one["iri"]))}))
        for one in members["meant"]
    ]
    page = render_template(
        "search.html", **_form(question, version), problem=problem, offers=offers
    )
    response = sent(page, HTML.media_type, version=version)
    response.status_code = problem.status
    return response


def _again(params: Params, **other: str) -> str:
    """Return the address of the same search with some parameters replaced."""
    told = [(key, value) for key, value in params if key not in {"format", *other} and value]
    asked = {key: [value for name, value in told if name == key] for key, _ in told}
    return link("search.search", **(asked | other))  # type: ignore[arg-type] # repeated ones are lists


def _form(question: Question, version: int) -> dict[str, Any]:
    return {
        "version": version,
        "question": question,
        "kinds": dict.fromkeys((*KINDS, *question.kinds)),
        "kind_words": kind_words,
        "longest": LONGEST_TEXT,
    }


def _page(question: Question, params: Params, found: Found) -> str:
    return render_template(
        "search.html",
        **_form(question, found.version),
        only=[_label(iri, found) for iri in found.filters[0]],
        hits=[(hit, about(hit, found)) for hit in found.hits[0]],
        downloads=[(form.name, _again(params, format=form.name)) for form in (CSV, JSON_DOCUMENT)],
    )
