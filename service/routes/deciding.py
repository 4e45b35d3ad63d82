"""Decisions sent from the pages of the review, each of which becomes one commit or nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, redirect, request

from graph.errors import Overtaken, Refused
from graph.identity.listing import PERSON
from graph.identity.redirects import identity_graph
from graph.names import local_name
from graph.terms import NamedNode, iri
from service.access import origin
from service.answered import LOG
from service.answers import asker, document, told
from service.context import current_service
from service.decisions import property_text, words
from service.earlier import link
from service.faults import Relayed
from service.problems import OVERTAKEN
from service.processes.deciding import ACTS
from service.processes.decisions import Decision, Deed
from service.processes.edits import Act, Edit
from service.processes.jobs import Kind
from service.processes.listing import Wanted
from service.reviews import (
    asked,
    form,
    given,
    graph_of,
    iri_of,
    reason_of,
    reasons_of,
    shown,
    wants_page,
)
from service.signing import require_decider, require_stamp, signed, stamped
from service.wire.faults import BadRequest
from service.wire.forms import number, one

if TYPE_CHECKING:
    from service.processes.edits import Done
    from service.tokens import Token
    from service.wire.forms import Params

blueprint = Blueprint("deciding", __name__)

SEE_OTHER, CONFLICT, ACCEPTED = 303, 409, 202
_METHODS = ["POST", "OPTIONS"]
_SOURCES = ("source", "against")


@blueprint.route("/review/match", methods=_METHODS, provide_automatic_options=False)
def match() -> Response:
    """Say that two things are one, or that they are two."""
    params, token = _received()
    deed = _deed(params, Deed.SAME, Deed.APART)
    one_thing, other = (_node(params, name) for name in ("one", "other"))
    graphs = tuple(graph_of(given(params, name, "which source")) for name in _SOURCES)
    verb = "is" if deed == Deed.SAME else "is not"
    decision = Decision(
        deed,
        graphs=graphs,
        things=(one_thing.value, other.value),
        mark=given(params, "mark", "what was seen"),
        seen=number(params, "seen") or 0,
        reason=reason_of(params),
    )
    said = f"{local_name(one_thing)} {verb} {local_name(other)}: {decision.reason}"
    back = {name: one(params, name) or "" for name in ("source", "against", "kind")}
    try:
        done = _made(decision, token, said)
    except (Overtaken, Relayed) as error:
        return _stale_match(decision, back, error)
    return _answer(done, back)


@blueprint.route("/review/conflict", methods=_METHODS, provide_automatic_options=False)
def conflict() -> Response:
    """Keep one value of several."""
    params, token = _received()
    thing, prop = _node(params, "thing"), _node(params, "property")
    decision = Decision(
        Deed.KEEP,
        things=(thing.value,),
        property=prop.value,
        language=one(params, "language") or "",
        value=given(params, "value", "which value stays"),
        mark=given(params, "mark", "what was seen"),
        seen=number(params, "seen") or 0,
        reason=reason_of(params),
    )
    said = f"{local_name(thing)}, {words(prop)}: {decision.reason}"
    back = {name: one(params, f"list_{name}") or "" for name in ("source", "against", "property")}
    try:
        done = _made(decision, token, said)
    except (Overtaken, Relayed) as error:
        return _stale_conflict(decision, back, error)
    return _answer(done, back)


@blueprint.route("/review/policy", methods=_METHODS, provide_automatic_options=False)
def policy() -> Response:
    """Keep what the most trusted source says, of each conflict of a list."""
    params, token = _received()
    graphs = [graph_of(one(params, name) or "") for name in ("source", "against")]
    decision = Decision(
        Deed.SETTLE,
        graphs=tuple(graph for graph in graphs if graph),
        property=iri_of(one(params, "predicate") or ""),
        language=one(params, "language") or "",
        mark=given(params, "mark", "what was seen"),
        seen=number(params, "seen") or 0,
        reason=reason_of(params),
    )
    back = {name: one(params, name) or "" for name in ("source", "against", "property")}
    said = f"Keep what the most trusted source says: {decision.reason}"
    return _answer(_made(decision, token, said), back)


@blueprint.route(
    "/review/decisions/<int:commit>", methods=_METHODS, provide_automatic_options=False
)
def undo(commit: int) -> Response:
    """Take a decision back."""
    params, token = _received()
    decision = Decision(Deed.UNDO, number=commit, reason=reason_of(params))
    done = _made(decision, token, f"Undo commit {commit}: {decision.reason}")
    back = {name: one(params, name) or "" for name in ("source", "against", "kind", "property")}
    return _answer(done, back)


@blueprint.route("/review/lists", methods=_METHODS, provide_automatic_options=False)
def lists() -> Response:
    """Begin to make a list of matches of two sources, which is no change of the graph."""
    params, token = _received()
    graphs = [graph_of(given(params, name, "which source")) for name in _SOURCES]
    wanted = Wanted(graphs[0], graphs[1], one(params, "kind") or PERSON)
    if not current_service().listing.begin(wanted):
        raise Refused(
            "Another list is being made just now.",
            hint="Wait until it is there; the page says so.",
        )
    LOG.info("token %s had a list of matches made", token.id)
    if wants_page():
        return _led_to(link("reviewing.review"))
    return document({"begun": True, "review": link("reviewing.review")}, status=ACCEPTED)


def _received() -> tuple[Params, Token]:
    """Return what a form brings, and the token by which it is obeyed; see ``require_decider``."""
    who = require_decider()
    wants_page()  # What cannot be answered is refused before anything is changed.
    params = form()
    require_stamp(who, stamped(request.path, one(params, "mark") or ""), one(params, "stamp") or "")
    return params, who.token


def _made(decision: Decision, token: Token, message: str) -> Done:
    """Make a decision, with the token's name as its author."""
    act = ACTS[decision.deed]
    graph = identity_graph(current_service().store.names).value if act is Act.IDENTITY else ""
    edit = Edit(
        act,
        graph=graph,
        only=token.graph,
        decision=decision,
        origin=replace(origin(token), message=message),
    )
    return current_service().change(edit, asker=asker())


def _answer(done: Done, back: dict[str, str]) -> Response:
    """Lead a browser to the page of what was done; tell a program at once."""
    if done.commit is None:
        raise Refused("There was nothing to change.", hint="Look at the list again.")
    told_back = {name: value for name, value in back.items() if value}
    again = {"again": "true"} if done.again else {}
    page = link("reviewing.decision", commit=str(done.commit), **told_back, **again)
    if wants_page():
        return _led_to(page)
    return document({**told(done), "again": done.again, "decision": page})


def _led_to(page: str) -> Response:
    response: Any = redirect(page, SEE_OTHER)
    response.headers["Cache-Control"] = "no-store"
    return response  # type: ignore[no-any-return] # it is one


def _stale_match(decision: Decision, back: dict[str, str], error: Overtaken | Relayed) -> Response:
    """Show two things as they are now, to whoever decided upon what they were.

    Raises:
        Relayed: if the error is another one.

    """
    problem = _overtaken(error)
    version, who = current_service().store.version, signed()
    told_now = asked(Kind.MATCH, {"pair": decision.things}, who, version=version)
    mine, theirs = decision.graphs
    kept = current_service().lists.of(mine, theirs, back["kind"] or PERSON)
    pair = decision.things
    known = [each for each in kept.matches if (each.one, each.other) == pair] if kept else []
    item = told_now["item"] | {"points": 0, "rival": 0, "reasons": []}
    for each in known:
        item |= {"points": each.points, "rival": each.rival, "reasons": reasons_of(each)}
    found = {"standing": told_now["standing"], "item": item, "problem": problem, "list": back}
    return shown("review_stale_match.html", who, version=version, found=found, status=CONFLICT)


def _stale_conflict(
    decision: Decision, back: dict[str, str], error: Overtaken | Relayed
) -> Response:
    """Show values as they are now; see ``_stale_match``."""
    problem = _overtaken(error)
    version, who = current_service().store.version, signed()
    what = {
        "property": property_text(NamedNode(decision.property), decision.language),
        "sources": [],
        "thing": decision.things[0],
        "first": 0,
        "marked": who.may_decide,
    }
    found = asked(Kind.CHOICES, what, who, version=version)
    found |= {"problem": problem, "list": back}
    return shown("review_stale_conflict.html", who, version=version, found=found, status=CONFLICT)


def _overtaken(error: Overtaken | Relayed) -> dict[str, str]:
    """Return what is wrong, if a decision came too late; else raise the error again."""
    if isinstance(error, Relayed):
        if error.problem.slug != OVERTAKEN:
            raise error
        return {"detail": error.problem.detail, "hint": str(error.problem.members.get("hint", ""))}
    return {"detail": str(error), "hint": error.hint}


def _deed(params: Params, *possible: Deed) -> Deed:
    said = given(params, "decision", "what was decided")
    if said not in possible:
        raise BadRequest(f"decision={said!r} is none of: {', '.join(possible)}.")
    return Deed(said)


def _node(params: Params, name: str) -> NamedNode:
    return iri(given(params, name, "what it is about"))
