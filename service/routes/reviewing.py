"""What waits for a person to decide: doubtful matches and values that differ, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, request

from graph.errors import NotFound
from graph.identity.listing import PERSON
from graph.names import local_name
from graph.terms import NamedNode
from service.context import current_service
from service.decided import lines
from service.processes.deciding import DECISIONS
from service.processes.edits import Act
from service.processes.jobs import Kind
from service.reviewing import SHOWN
from service.reviews import asked, graph_of, iri_of, kept_lists, may_see, reasons_of, shown
from service.signing import signed
from service.tokens import NoToken
from service.told_commits import LOOKED_AT, commit_told, undone_by
from service.wire.forms import number, one, pairs, switch

if TYPE_CHECKING:
    from graph.engines.base import Commit
    from graph.identity.keeping import KeptList
    from service.signing import Signed
    from service.wire.forms import Params

blueprint = Blueprint("reviewing", __name__)

REFRESHED_S = 10
"""After so many seconds a browser looks again whether a list is made."""
LATELY = 10
"""So many of the last decisions are shown."""
_MOST_TOLD = 10_000
"""Of a commit of more statements it is not told what each decided."""
_METHODS = ["GET", "OPTIONS"]


@blueprint.route("/review", methods=_METHODS, provide_automatic_options=False)
def review() -> Response:
    """Say how much waits, of matches and of conflicts, for each two sources."""
    who, service = signed(), current_service()
    version, lists = service.store.version, kept_lists(who)
    what = {kept.key: _pairs(kept) for kept in lists}
    name = f"review {who.token is not None} {[(kept.key, kept.made) for kept in lists]}"
    ask = {"lists": what}
    told = service.once(name, version, lambda: asked(Kind.REVIEW, ask, who, version=version))
    titles = told["titles"]
    found = {name: told[name] for name in ("conflicts", "properties", "people")} | {
        "lists": [
            _list_told(kept, version)
            | _titles(titles, (kept.one, kept.other))
            | {"waiting": told["lists"][kept.key]}
            for kept in lists
        ],
        "pairs": [pair | _titles(titles, pair["sources"]) for pair in told["pairs"]],
        "lately": _lately() if who.token else [],
        "making": _making(titles) if who.token else None,
    }
    response = shown("review.html", who, version=version, found=found)
    if service.listing.progress().runs and who.token:
        response.headers["Refresh"] = str(REFRESHED_S)
    return response


@blueprint.route("/review/matches", methods=_METHODS, provide_automatic_options=False)
def matches() -> Response:
    """Show the matches of a kept list that wait, side by side."""
    who, version = signed(), current_service().store.version
    params = pairs(request.query_string)
    sure, page = switch(params, "sure"), max(1, number(params, "page") or 1)
    kept = _kept(params, who)
    wanted = [each for each in kept.matches if each.sure == sure]
    what = {
        "pairs": [(each.one, each.other) for each in wanted],
        "sources": [kept.one, kept.other],
        "first": (page - 1) * SHOWN,
        "marked": who.may_decide,
    }
    told = asked(Kind.MATCHES, what, who, version=version)
    for item in told["items"]:
        each = wanted[item.pop("place")]
        item |= {"points": each.points, "rival": each.rival, "reasons": reasons_of(each)}
    found = (
        told
        | _list_told(kept, version)
        | {
            "sure": sure,
            "page": page,
            "pages": -(-told["waiting"] // SHOWN),
        }
    )
    return shown("review_matches.html", who, version=version, found=found)


@blueprint.route("/review/conflicts", methods=_METHODS, provide_automatic_options=False)
def conflicts() -> Response:
    """Show values of which only one can be right, and who says which."""
    who, version = signed(), current_service().store.version
    params = pairs(request.query_string)
    page = max(1, number(params, "page") or 1)
    prop, thing = one(params, "property") or "", iri_of(one(params, "thing") or "")
    sources = [graph_of(one(params, name) or "") for name in ("source", "against")]
    what = {
        "property": prop,
        "sources": [graph for graph in sources if graph],
        "thing": thing,
        "first": (page - 1) * SHOWN,
        "marked": who.may_decide,
    }
    told = asked(Kind.CHOICES, what, who, version=version)
    found = told | {
        "property": prop,
        "thing": thing,
        "page": page,
        "pages": -(-told["conflicts"] // SHOWN),
    }
    return shown("review_conflicts.html", who, version=version, found=found)


@blueprint.route(
    "/review/decisions/<int:commit>", methods=_METHODS, provide_automatic_options=False
)
def decision(commit: int) -> Response:
    """Show what was decided by a commit, and let it be taken back."""
    who, service = signed(), current_service()
    if who.token is None:
        raise NoToken(
            "Decisions are shown to who is signed in.", hint="Sign in at /review/sign-in."
        )
    params = pairs(request.query_string)
    kept = service.store.commit(commit)
    if kept.info.kind not in (*DECISIONS, Act.UNDO):
        raise NotFound(f"Commit {commit} is no decision.", hint="GET /review lists the last ones.")
    again = {name: one(params, name) or "" for name in ("source", "against", "kind", "property")}
    found = commit_told(kept) | {
        "told": _told(kept, who),
        "again": switch(params, "again"),
        "undone": undone_by(service.store, kept),
        "list": {name: value for name, value in again.items() if value},
    }
    return shown("review_decision.html", who, version=service.store.version, found=found)


def _told(commit: Commit, who: Signed) -> list[dict[str, Any]]:
    """Return what a commit decided, line by line, with names; nothing of a very large one."""
    service = current_service()
    if commit.added + commit.removed > _MOST_TOLD:
        return []
    change = service.store.change(commit.number)
    if commit.info.kind == Act.UNDO:
        change = change.inverse()
    found = lines(change, service.store.names)
    iris = sorted({iri for line in found for iri in line.iris()})
    called = asked(Kind.NAMED, {"iris": iris}, who, version=service.store.version)
    return [line.told(called) for line in found]


def _kept(params: Params, who: Signed) -> KeptList:
    """Return the list that the parameters name.

    Raises:
        NotFound: if there is none, with how one is made.

    """
    one_graph, other = (graph_of(one(params, name) or "") for name in ("source", "against"))
    kept = current_service().lists.of(one_graph, other, one(params, "kind") or PERSON)
    if kept is None or not may_see(kept, who):
        raise NotFound(
            "No list of matches of these two sources is kept.",
            hint="GET /review names those that are; 'medalgraph match SOURCE AGAINST --keep' makes"
            " one.",
        )
    return kept


def _pairs(kept: KeptList) -> dict[str, list[tuple[str, str]]]:
    """Return the pairs of a list that a person should look at, and those that are sure."""
    return {
        name: [(each.one, each.other) for each in kept.matches if each.sure == is_sure]
        for name, is_sure in (("doubtful", False), ("sure", True))
    }


def _list_told(kept: KeptList, version: int) -> dict[str, Any]:
    return {
        "source": kept.one,
        "against": kept.other,
        "kind": kept.kind,
        "made": kept.made,
        "commit": kept.version,
        "changes_since": version - kept.version,
    }


def _titles(titles: Any, graphs: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON that a reader wrote
    return {
        "between": [titles.get(graph, {"title": local_name(NamedNode(graph))}) for graph in graphs]
    }


def _making(titles: Any) -> dict[str, Any] | None:  # noqa: ANN401 - JSON that a reader wrote
    """Return which list is being made, or why the last one was not."""
    progress = current_service().listing.progress()
    if progress.wanted is None or not (progress.runs or progress.wrong):
        return None
    graphs = (progress.wanted.one, progress.wanted.other)
    return _titles(titles, graphs) | {"runs": progress.runs, "wrong": progress.wrong}


def _lately() -> list[dict[str, Any]]:
    commits = current_service().store.history(LOOKED_AT)
    found = [each for each in commits if each.info.kind in (*DECISIONS, Act.UNDO)]
    return [commit_told(each) for each in found[:LATELY]]
