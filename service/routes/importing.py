"""Importing a sheet from a page: choose it, see what it would do, mend it, keep it, undo it."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, redirect, render_template, request, url_for

from graph.errors import MedalgraphError, NotFound, Refused
from graph.importers.reject_list import Reject
from graph.importers.sheets import SHEETS
from graph.importers.sheets.template import template
from graph.names import slug
from service.access import origin
from service.answers import asker, sent, typed
from service.carried import MOST_BYTES, About, Carried, about_of
from service.context import current_service
from service.faults import Relayed
from service.languages import wanted_languages
from service.problems import KINDS, OVERTAKEN, problem_of
from service.processes.decisions import Decision, Deed
from service.processes.edits import Act, Edit
from service.processes.sheet_orders import SheetOrder
from service.reviews import graph_of, reason_of
from service.sessions import IMPORTS, OldForm
from service.sheet_forms import fields, first, received, said, sheet_of
from service.sheet_pages import corrected, kinds_like, left_by_hand, left_count, left_out, to_mend
from service.signing import (
    Signed,
    refuse_foreign,
    require_decider,
    require_stamp,
    signed,
    stamped,
)
from service.tokens import NoToken, OtherGraph, WrongToken
from service.wire.accept import HTML
from service.wire.faults import BadRequest
from service.wire.forms import pairs, switch

if TYPE_CHECKING:
    from graph.importers.sheets.mending import Table
    from service.processes.edits import Done
    from service.sheet_forms import Form
    from service.signing import Decider
    from service.tokens import Token
    from service.wire.problem import Problem

blueprint = Blueprint("importing", __name__)

SEE_OTHER, CONFLICT, UNAUTHORIZED = 303, 409, 401
_COMMIT = "/import/commit"
_POST = ["POST", "OPTIONS"]
_NOT_DONE = ("time-limit", "resource-limit", "crowded", "too-many-requests", "interrupted", "busy")
"""Problems of the service, after which one may send the same sheet again."""
_NARROW = KINDS[OtherGraph].slug
_TELLABLE = ("bad-table", "bad-term", "bad-input", "too-large", "other-kind", *_NOT_DONE)
"""Problems that are told where one chooses a sheet, beside what was chosen."""


@blueprint.route("/import", methods=["GET", "OPTIONS"], provide_automatic_options=False)
def start() -> Response:
    """Show the kinds of sheets, and the form that takes one."""
    return _started(About(kind=next(iter(SHEETS))))


@blueprint.route(
    "/import/templates/<name>.csv", methods=["GET", "OPTIONS"], provide_automatic_options=False
)
def empty(name: str) -> Response:
    """Send an empty sheet to fill in."""
    if name not in SHEETS:
        raise NotFound(f"There is no sheet {name}.", hint=f"There are: {', '.join(SHEETS)}.")
    with_example = switch(pairs(request.query_string), "example")
    text = template(SHEETS[name], with_example=with_example)
    return _attached(text.encode(), f"{name}.csv")


@blueprint.route("/import", methods=["POST"], provide_automatic_options=False)
def rehearse() -> Response:
    """Show what an import would do; nothing is kept."""
    form = received()
    carried = None
    try:
        carried, table = sheet_of(form)
        return _rehearsed(carried, table, require_decider())
    except (NoToken, WrongToken) as error:
        return _signed_out(sheet_of(form)[0], error)
    except MedalgraphError as error:
        return _not_read(form, carried, error)


@blueprint.route("/import/commit", methods=_POST, provide_automatic_options=False)
def commit() -> Response:
    """Keep what was rehearsed, or nothing."""
    form = received()
    carried, table = sheet_of(form)
    try:
        who = require_decider()
    except (NoToken, WrongToken) as error:
        return _signed_out(carried, error)
    mark, reason = first(form, "mark"), first(form, "reason")
    try:
        require_stamp(who, stamped(_COMMIT, mark), first(form, "stamp"))
    except OldForm:
        why = "The page was made before you signed in, or for somebody else. Nothing was kept yet."
        return _rehearsed(carried, table, who, why=why, reason=reason, status=CONFLICT)
    if not mark:
        raise BadRequest("The form does not say what was seen (mark=).", hint="Rehearse it first.")
    if carried.rejects and first(form, "leave") != "true":
        why = "Mend the rows that cannot be used, or say that they are left out."
        return _rehearsed(carried, table, who, why=why, reason=reason, status=CONFLICT)
    edit = _edit(carried, who.token, mark=mark)
    message = f"Import {carried.about.title or carried.file}: {reason_of(fields(form))}"
    edit = replace(edit, dry_run=False, origin=replace(origin(who.token), message=message))
    try:
        done = current_service().change(edit, _content(carried, table), asker=asker())
    except MedalgraphError as error:
        problem = problem_of(error)
        if problem.slug in _NOT_DONE:
            return _not_read(form, carried, error)
        if problem.slug not in (OVERTAKEN, "refused", "other-kind"):
            raise
        why = f"Nothing was kept: {problem.detail} This is what it would do now."
        return _rehearsed(carried, table, who, why=why, reason=reason, status=CONFLICT)
    return _kept(carried, done)


@blueprint.route("/import/sheet", methods=_POST, provide_automatic_options=False)
def sheet() -> Response:
    """Send back the sheet as it is now; nobody needs to be signed in to get what is theirs."""
    refuse_foreign()
    carried, table = sheet_of(received())
    return _attached(corrected(carried, table), f"{carried.stem}-corrected.csv")


@blueprint.route("/import/left-out", methods=_POST, provide_automatic_options=False)
def rows_left() -> Response:
    """Send the rows that are not imported, with the reasons."""
    refuse_foreign()
    carried, table = sheet_of(received())
    return _attached(left_out(carried, table), f"{carried.stem}-left-out.csv")


@blueprint.route(
    "/import/commits/<int:number>", methods=["GET", "OPTIONS"], provide_automatic_options=False
)
def done(number: int) -> Response:
    """Show what an import kept, and let it be taken back."""
    who = signed()
    if who.token is None:
        raise NoToken("Imports are shown to who is signed in.", hint="Sign in at /review/sign-in.")
    found = _import_told(number)
    return _page("import_done.html", found=found, again=False, carried=None, left=0)


@blueprint.route("/import/commits/<int:number>", methods=["POST"], provide_automatic_options=False)
def undo(number: int) -> Response:
    """Take an import back, as a new commit."""
    who, form = require_decider(), received()
    require_stamp(who, stamped(request.path, first(form, "mark")), first(form, "stamp"))
    reason = reason_of(fields(form))
    _import_told(number)
    edit = Edit(
        Act.UNDO,
        only=who.token.graph,
        decision=Decision(Deed.UNDO, number=number, reason=reason),
        origin=replace(origin(who.token), message=f"Undo commit {number}: {reason}"),
    )
    made = current_service().change(edit, asker=asker())
    if made.commit is None:
        raise Refused("There was nothing to take back.", hint="Look at the import again.")
    response: Any = redirect(url_for("importing.done", number=made.commit), SEE_OTHER)
    response.headers["Cache-Control"] = "no-store"
    return response  # type: ignore[no-any-return] # it is one


def _edit(carried: Carried, token: Token, *, mark: str = "") -> Edit:
    about = carried.about
    order = SheetOrder(
        about.kind,
        carried.file,
        title=about.title,
        publisher=about.publisher,
        issued=about.issued,
        replace=about.replace,
        mark=mark,
        languages=tuple(wanted_languages()),
    )
    graph = graph_of(about.source or token.graph or _usual(carried))
    return Edit(
        Act.IMPORT, graph=graph, only=token.graph, dry_run=True, sheet=order, origin=origin(token)
    )


def _usual(carried: Carried) -> str:
    """Return the name of the source of a sheet for which none is given, as the command has it."""
    return slug(f"{carried.about.kind} {carried.stem}")


def _content(carried: Carried, table: Table) -> BytesIO:
    return BytesIO(table.text(carried.mends, keeps_lines=True).encode())


def _rehearsed(  # noqa: PLR0913 - what a page of a rehearsal shows, each by name
    carried: Carried,
    table: Table,
    who: Decider,
    *,
    why: str = "",
    reason: str = "",
    status: int = 200,
) -> Response:
    edit = _edit(carried, who.token)
    tried = current_service().change(edit, _content(carried, table), asker=asker())
    told: dict[str, Any] = dict(tried.sheet or {})
    carried = replace(carried, rejects=tuple(Reject(**one) for one in told["rejects"]))
    return _page(
        "import_rehearsal.html",
        status=status,
        carried=carried,
        sheet=SHEETS[carried.about.kind],
        source=edit.graph,
        told=told,
        notes=[*carried.notes(table), *told["notes"]],
        rows=to_mend(carried, table, told),
        by_hand=left_by_hand(carried, table),
        left=left_count(carried),
        why=why,
        reason=reason,
    )


def _kept(carried: Carried, done: Done) -> Response:
    if done.commit is None:
        return _page(
            "import_done.html", found=None, again=True, carried=carried, left=left_count(carried)
        )
    return _page(
        "import_done.html",
        found=_import_told(done.commit),
        again=False,
        carried=carried,
        left=left_count(carried),
    )


def _import_told(number: int) -> dict[str, Any]:
    """Return what is known of a commit that is an import, or took one back.

    Raises:
        NotFound: if it is neither.

    """
    store = current_service().store
    kept = store.commit(number)
    if kept.info.kind not in (Act.IMPORT, Act.UNDO):
        raise NotFound(f"Commit {number} is no import.", hint="GET /changes.atom lists commits.")
    source = kept.info.source
    return {
        "commit": number,
        "time": kept.time,
        "kind": kept.info.kind,
        "author": kept.info.author,
        "message": kept.info.message,
        "added": kept.added,
        "removed": kept.removed,
        "warnings": list(kept.info.notes),
        "source": source.value if source is not None else "",
    }


def _started(
    about: About,
    *,
    problem: Problem | None = None,
    carried: Carried | None = None,
    like: tuple[str, ...] = (),
    status: int = 200,
) -> Response:
    return _page(
        "import.html",
        status=status,
        about=about,
        sheets=list(SHEETS.values()),
        problem=problem,
        carried=carried,
        like=like,
        most=min(MOST_BYTES, current_service().settings.upload_limit_bytes),
    )


def _not_read(form: Form, carried: Carried | None, error: MedalgraphError) -> Response:
    """Show the form again with what is wrong with a sheet, which is still there."""
    problem = error.problem if isinstance(error, Relayed) else problem_of(error)
    is_elsewhere = isinstance(error, OtherGraph | Relayed) and problem.slug == _NARROW
    if problem.slug not in _TELLABLE and not is_elsewhere:
        raise error
    about = carried.about if carried else About(kind=next(iter(SHEETS)))
    like: tuple[str, ...] = ()
    if carried is not None and problem.slug == "bad-table":
        like = tuple(kind for kind in kinds_like(carried.table()) if kind != about.kind)
    elif first(form, "kind") in SHEETS:
        about = about_of(said(form))
    return _started(about, problem=problem, carried=carried, like=like, status=problem.status)


def _signed_out(carried: Carried, error: NoToken | WrongToken) -> Response:
    """Give a sheet back to somebody whose session ended on the way."""
    return _page("import_signed_out.html", status=UNAUTHORIZED, carried=carried, why=str(error))


def _page(template_name: str, *, status: int = 200, **found: Any) -> Response:  # noqa: ANN401 - what templates show
    version, who = current_service().store.version, _who()
    text = render_template(template_name, who=who, version=version, place=IMPORTS, **found)
    response = sent(text, HTML.media_type, version=version)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def _who() -> Signed:
    try:
        return signed()
    except WrongToken as error:
        return Signed(wrong=str(error))


def _attached(content: bytes, name: str) -> Response:
    response = Response(content, content_type=typed("text/csv"))
    plain = name.encode("ascii", "replace").decode().replace("?", "_")
    response.headers["Content-Disposition"] = f'attachment; filename="{plain}"'
    response.headers["Cache-Control"] = "no-store"
    return response
