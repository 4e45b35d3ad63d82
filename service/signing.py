"""Who decides on a page: a bearer token in the header, or a session whose forms are our own.

A session counts for the pages of the review and of imports only: its cookie is sent to no other
address. A browser changes something only from a page of this very service, with the stamp of a form
that was made for the session.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from flask import request

from .access import bearer, require
from .context import current_service
from .problems import ReadOnly
from .sessions import LASTS_S, PLACES, ForeignPage, OldForm
from .tokens import NoToken, Scope, WrongToken

if TYPE_CHECKING:
    from flask import Response

    from .sessions import Session
    from .tokens import Token

COOKIE = "medalgraph-session"
_OURS = "same-origin"


@dataclass(frozen=True, slots=True)
class Signed:
    """Who looks at a page of the review.

    Attributes:
        token: what was brought, if it is good; None for somebody who only reads.
        session: the session; None for a bearer token, and for who only reads.
        wrong: why a session counts no longer; empty if nothing is wrong.

    """

    token: Token | None = None
    session: Session | None = None
    wrong: str = ""

    @property
    def may_decide(self) -> bool:
        """Whether forms are shown; whether one graph is all that may change is seen later."""
        can_write = self.token is not None and Scope.named(self.token.scope).allows(Scope.WRITE)
        return can_write and not self.is_read_only

    @property
    def is_read_only(self) -> bool:
        """Whether the service takes no changes from anybody."""
        return current_service().settings.read_only

    @property
    def primary(self) -> str | None:
        """Where changes are made instead, as ``Service.primary`` has it."""
        return current_service().primary

    @property
    def until(self) -> str:
        """When the session ends, UTC, as people read it."""
        if self.session is None:
            return ""
        return datetime.fromtimestamp(self.session.ends, UTC).strftime("%H:%M UTC")

    def stamp(self, place: str, mark: str) -> str:
        """Return the stamp of a form that a page shows; empty where no session needs one."""
        return self.session.stamp(stamped(place, mark)) if self.session else ""


class Decider(NamedTuple):
    """Who may decide: the token that allows it, and the session if a browser brought it."""

    token: Token
    session: Session | None = None


def signed() -> Signed:
    """Return who makes this request.

    Raises:
        WrongToken: if the Authorization header has a token that is not good.

    """
    service = current_service()
    if text := bearer():
        return Signed(service.tokens.check(text, Scope.READ.label))
    text = request.cookies.get(COOKIE, "")
    if not text:
        return Signed()
    session = service.sessions.of(text)
    if session is None:
        return Signed(
            wrong="You were signed out: the time was over, or the token is no longer good."
        )
    try:
        return Signed(service.tokens.check_digest(session.token, Scope.READ.label), session)
    except WrongToken as error:
        service.sessions.end(text)
        return Signed(wrong=str(error))


def require_decider() -> Decider:
    """Return who may decide, by the token of a header or of a session.

    Raises:
        ReadOnly: if the service takes no changes from anybody.
        ForeignPage: if a browser sent this from another page than our own.
        NoToken: if nobody is signed in, or no longer.
        WrongToken: if the token is no longer good.
        TooNarrow: if it does not allow this.

    """
    if bearer():
        return Decider(require(Scope.WRITE.label))
    if current_service().settings.read_only:
        raise ReadOnly(
            "This service is read-only: nothing can be decided here",
            primary=current_service().primary,
        )
    refuse_foreign()
    who = signed()
    if who.session is None:
        raise NoToken(
            who.wrong or "You are not signed in.",
            hint="Nothing was changed. Sign in at /review/sign-in, and send it again.",
        )
    token = current_service().tokens.check_digest(who.session.token, Scope.WRITE.label)
    return Decider(token, who.session)


def stamped(place: str, mark: str) -> str:
    """Return what a form is for: the address that it is sent to, and what was seen."""
    return f"{place}\n{mark}"


def require_stamp(who: Decider, form: str, stamp: str) -> None:
    """Raise OldForm unless a form was made for the session that sent it.

    Args:
        who: sent it.
        form: what it is for, as it was stamped.
        stamp: what it brought.

    """
    if who.session is not None and not who.session.is_stamped(form, stamp):
        raise OldForm(
            "This form was not made for you, or before you signed in.",
            hint="Nothing was changed. Open the page anew and decide there.",
        )


def refuse_foreign() -> None:
    """Raise ForeignPage unless a browser says that our own page sent this request."""
    fetched = request.headers.get("Sec-Fetch-Site")
    sent_from = request.headers.get("Origin")
    ours = request.host_url.rstrip("/").lower()
    if fetched == _OURS and sent_from in (None, ours):
        return
    if fetched is None and sent_from == ours:
        return
    raise ForeignPage(
        "This form was not sent from a page of this service.",
        hint="Nothing was changed. Open the page here and decide there. If that is what you did,"
        " the service does not know its own address: its setting public_url says it.",
    )


def sign_in(response: Response, token: Token) -> Response:
    """Give a browser the cookie of a new session, and end the one that it had."""
    current_service().sessions.end(request.cookies.get(COOKIE, ""))
    said = current_service().sessions.begin(token)
    for place in PLACES:
        response.set_cookie(
            COOKIE,
            said,
            max_age=LASTS_S,
            path=request.script_root + place,
            secure=request.is_secure,
            httponly=True,
            samesite="Strict",
        )
    return response


def sign_out(response: Response) -> Response:
    """End the session of a browser, and let it forget the cookie."""
    current_service().sessions.end(request.cookies.get(COOKIE, ""))
    for place in PLACES:
        response.delete_cookie(
            COOKIE,
            path=request.script_root + place,
            secure=request.is_secure,
            httponly=True,
            samesite="Strict",
        )
    return response
