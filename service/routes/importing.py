"""Importing a sheet from a page: choose it, see what it would do, mend it, keep it."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, request

from graph.errors import MedalgraphError, NotFound
from graph.importers.reject_list import Reject
from graph.importers.sheets import SHEETS
from graph.importers.sheets.template import template
from graph.names import slug
from service.access import origin
from service.answers import asker, typed
from service.carried import MOST_BYTES, About, Carried, about_of
from service.context import current_service
from service.faults import Relayed
from service.kept_imports import BAD_REQUEST, CONFLICT, kept
from service.languages import wanted_languages
from service.problems import KINDS, OVERTAKEN, problem_of
from service.processes.edits import Act, Edit
from service.processes.sheet_orders import SheetOrder
from service.reviews import graph_of, reason_of
from service.sessions import OldForm
from service.sheet_forms import fields, first, received, said, sheet_of
from service.sheet_pages import (
    corrected,
    kinds_like,
    left_by_hand,
    left_count,
    left_out,
    page,
    to_mend,
)
from service.signing import (
    refuse_foreign,
    require_decider,
    require_stamp,
    stamped,
)
from service.tokens import NoToken, OtherGraph, TooNarrow, WrongToken
from service.wire.faults import BadRequest
from service.wire.forms import pairs, switch

if TYPE_CHECKING:
    from graph.importers.sheets.mending import Table
    from service.sheet_forms import Form
    from service.signing import Decider
    from service.tokens import Token
    from service.wire.problem import Problem

blueprint = Blueprint("importing", __name__)

_COMMIT = "/import/commit"
_SHORT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_POST = ["POST", "OPTIONS"]
_NOT_DONE = ("time-limit", "resource-limit", "crowded", "too-many-requests", "interrupted", "busy")
"""Problems of the service, after which one may send the same sheet again."""
_NARROW = KINDS[OtherGraph].slug
_NOT_ALLOWED = (NoToken, WrongToken, TooNarrow)
"""Who comes with one of these may sign in anew, or as somebody else, and go on."""
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
    try:
        carried, table = sheet_of(form)
    except MedalgraphError as error:
        return _not_read(form, None, error)
    try:
        return _rehearsed(carried, table, require_decider())
    except _NOT_ALLOWED as error:
        return _not_allowed(carried, error)
    except MedalgraphError as error:
        return _not_read(form, carried, error)


@blueprint.route("/import/commit", methods=_POST, provide_automatic_options=False)
def commit() -> Response:
    """Keep what was rehearsed, or nothing."""
    form = received()
    carried, table = sheet_of(form)
    try:
        who = require_decider()
    except _NOT_ALLOWED as error:
        return _not_allowed(carried, error)
    mark, reason = first(form, "mark"), first(form, "reason")
    if not mark:
        raise BadRequest("The form does not say what was seen (mark=).", hint="Rehearse it first.")
    if said := _not_yet(carried, form, who):
        why, status = said
        return _rehearsed(carried, table, who, why=why, reason=reason, status=status)
    edit = _edit(carried, who.token, mark=mark)
    message = f"Import {carried.about.title or carried.file}: {reason_of(fields(form))}"
    edit = replace(edit, dry_run=False, origin=replace(origin(who.token), message=message))
    try:
        done = current_service().change(edit, _content(carried, table), asker=asker())
    except MedalgraphError as error:
        problem = problem_of(error)
        if problem.slug in (*_NOT_DONE, _NARROW):
            return _not_read(form, carried, error)
        if problem.slug not in (OVERTAKEN, "refused", "other-kind"):
            raise
        why = f"Nothing was kept: {problem.detail} This is what it would do now."
        is_overtaken = problem.slug == OVERTAKEN
        return _rehearsed(
            *(carried, table, who),
            why=why,
            reason=reason,
            status=CONFLICT,
            is_overtaken=is_overtaken,
        )
    return kept(carried, done.commit, edit.graph)


def _not_yet(carried: Carried, form: Form, who: Decider) -> tuple[str, int] | None:
    """Return why a sheet is shown again before it is kept, and the status of that."""
    try:
        require_stamp(who, stamped(_COMMIT, first(form, "mark")), first(form, "stamp"))
        reason_of(fields(form))
    except OldForm:
        why = "The page was made before you signed in, or for somebody else. Nothing was kept yet."
        return why, CONFLICT
    except BadRequest as error:
        return f"Nothing was kept yet. {error}", BAD_REQUEST
    if carried.rejects and first(form, "leave") != "true":
        return "Mend the rows that cannot be used, or say that they are left out.", CONFLICT
    return None


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
    graph = graph_of(_short(about.source) or token.graph or _usual(carried))
    return Edit(
        Act.IMPORT, graph=graph, only=token.graph, dry_run=True, sheet=order, origin=origin(token)
    )


def _short(source: str) -> str:
    """Return the short name of a source as an address takes it: of a title it is made."""
    return source if not source or ":" in source or _SHORT.fullmatch(source) else slug(source)


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
    is_overtaken: bool = False,
) -> Response:
    edit = _edit(carried, who.token)
    tried = current_service().change(edit, _content(carried, table), asker=asker())
    told: dict[str, Any] = dict(tried.sheet or {})
    if is_overtaken and not told["changes"]:
        # The same form was sent twice, or somebody else was faster: it is kept.
        return kept(carried, None, edit.graph)
    carried = replace(carried, rejects=tuple(Reject(**one) for one in told["rejects"]))
    rows, more = to_mend(carried, table, told)
    return page(
        "import_rehearsal.html",
        status=status,
        carried=carried,
        sheet=SHEETS[carried.about.kind],
        source=edit.graph,
        told=told,
        notes=[*carried.notes(table), *told["notes"]],
        rows=rows,
        more=more,
        by_hand=left_by_hand(carried, table),
        left=left_count(carried),
        why=why,
        reason=reason,
    )


def _started(
    about: About,
    *,
    problem: Problem | None = None,
    carried: Carried | None = None,
    like: tuple[str, ...] = (),
    status: int = 200,
) -> Response:
    return page(
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


def _not_allowed(carried: Carried, error: NoToken | WrongToken | TooNarrow) -> Response:
    """Give a sheet back to somebody whose session ended on the way, or whose token only reads."""
    return page(
        "import_not_allowed.html",
        status=problem_of(error).status,
        carried=carried,
        why=str(error),
        is_narrow=isinstance(error, TooNarrow),
    )


def _attached(content: bytes, name: str) -> Response:
    response = Response(content, content_type=typed("text/csv"))
    plain = name.encode("ascii", "replace").decode().replace("?", "_")
    response.headers["Content-Disposition"] = f'attachment; filename="{plain}"'
    response.headers["Cache-Control"] = "no-store"
    return response
