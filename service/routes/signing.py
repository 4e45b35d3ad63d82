"""Signing in to the review with a token, and out again."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for

from service.answers import sent
from service.context import current_service
from service.problems import headers_of
from service.reviews import form
from service.sessions import PLACE, PLACES
from service.signing import refuse_foreign, sign_in, sign_out, signed
from service.tokens import Scope, WrongToken
from service.wire.accept import HTML
from service.wire.forms import one, pairs

blueprint = Blueprint("signing", __name__)

SEE_OTHER, UNAUTHORIZED = 303, 401
_THEN = re.compile(rf"(?:{'|'.join(PLACES)})(?:[/?][!-\[\]-~]*)?")
"""A place of the review or of imports: ASCII without spaces and backslashes."""


@blueprint.route("/review/sign-in", methods=["GET", "OPTIONS"], provide_automatic_options=False)
def ask() -> Response:
    """Show the form that takes a token."""
    return _form(_then(one(pairs(request.query_string), "then") or ""))


@blueprint.route("/review/sign-in", methods=["POST"], provide_automatic_options=False)
def begin() -> Response:
    """Sign in with a token, which goes no further than this request."""
    refuse_foreign()
    params = form()
    then = _then(one(params, "then") or "")
    text = (one(params, "token") or "").strip()
    try:
        token = current_service().tokens.check(text, Scope.READ.label)
    except WrongToken as error:
        said = str(error) if text else "No token was written down."
        response = _form(then, wrong=said, hint=error.hint, status=UNAUTHORIZED)
        response.headers.update(headers_of(error))
        return response
    return sign_in(_led_to(then), token)


@blueprint.route("/review/sign-out", methods=["POST", "OPTIONS"], provide_automatic_options=False)
def end() -> Response:
    """Sign out."""
    refuse_foreign()
    return sign_out(_led_to(PLACE))


def _form(then: str, *, wrong: str = "", hint: str = "", status: int = 200) -> Response:
    version = current_service().store.version
    text = render_template(
        "review_sign_in.html",
        who=signed(),
        version=version,
        place=PLACE,
        then=then,
        wrong=wrong,
        hint=hint,
    )
    response = sent(text, HTML.media_type, version=version)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def _then(text: str) -> str:
    """Return where to go after signing in: a place where sessions count, and no other."""
    return text if _THEN.fullmatch(text) else PLACE


def _led_to(place: str) -> Response:
    start = url_for("reviewing.review").removesuffix(PLACE)
    response: Any = redirect(start + place, SEE_OTHER)
    response.headers["Cache-Control"] = "no-store"
    return response  # type: ignore[no-any-return] # it is one
