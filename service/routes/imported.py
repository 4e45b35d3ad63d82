"""What imports of sheets kept, commit by commit, and taking one back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, redirect, request, url_for

from graph.errors import MedalgraphError, Refused
from service.access import origin
from service.answers import asker
from service.context import current_service
from service.kept_imports import BAD_REQUEST, CONFLICT, import_told, shown
from service.problems import problem_of
from service.processes.decisions import Decision, Deed
from service.processes.edits import Act, Edit
from service.reviews import reason_of
from service.sheet_forms import fields, first, received
from service.signing import require_decider, require_stamp, signed, stamped
from service.tokens import NoToken

if TYPE_CHECKING:
    from service.tokens import Token

blueprint = Blueprint("imported", __name__)

SEE_OTHER = 303


@blueprint.route(
    "/import/commits/<int:number>", methods=["GET", "OPTIONS"], provide_automatic_options=False
)
def done(number: int) -> Response:
    """Show what an import kept, and let it be taken back."""
    who = signed()
    if who.token is None:
        raise NoToken("Imports are shown to who is signed in.", hint="Sign in at /review/sign-in.")
    return shown(number)


@blueprint.route("/import/commits/<int:number>", methods=["POST"], provide_automatic_options=False)
def undo(number: int) -> Response:
    """Take an import back, as a new commit."""
    who, form = require_decider(), received()
    require_stamp(who, stamped(request.path, first(form, "mark")), first(form, "stamp"))
    import_told(number)
    try:
        made = _undone(number, who.token, reason_of(fields(form)))
    except MedalgraphError as error:
        problem = problem_of(error)
        if problem.status not in (BAD_REQUEST, CONFLICT):
            raise
        why = " ".join(filter(None, (problem.detail, str(problem.members.get("hint", "")))))
        return shown(number, why=why, reason=first(form, "reason"), status=problem.status)
    response: Any = redirect(url_for("imported.done", number=made), SEE_OTHER)
    response.headers["Cache-Control"] = "no-store"
    return response  # type: ignore[no-any-return] # it is one


def _undone(number: int, token: Token, reason: str) -> int:
    """Take an import back and return the commit that does.

    Raises:
        Refused: if nothing of it is left.
        Overtaken: if later commits rest on it.

    """
    edit = Edit(
        Act.UNDO,
        only=token.graph,
        decision=Decision(Deed.UNDO, number=number, reason=reason),
        origin=replace(origin(token), message=f"Undo commit {number}: {reason}"),
    )
    made = current_service().change(edit, asker=asker())
    if made.commit is None:
        raise Refused("There was nothing to take back.", hint="Look at the import again.")
    return made.commit
