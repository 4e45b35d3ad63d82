"""The one table of what each error is over HTTP: its status, its kind and its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.errors import (
    BadInput,
    BadSyntax,
    BadTable,
    BadTerm,
    ChangedMeanwhile,
    DiskProblem,
    EngineProblem,
    Forbidden,
    Gone,
    IsReplica,
    MedalgraphError,
    MissingCapability,
    MovedOn,
    NotFound,
    OtherKind,
    OutsideGraph,
    Overtaken,
    PrimaryProblem,
    Refused,
    ShapeViolation,
    StoreLocked,
    StoreProblem,
    UnclearFilter,
    UnknownFormat,
    WriteConflict,
)

from .faults import (
    ClientGone,
    Crowded,
    NotYet,
    Relayed,
    TookTooLong,
    TookTooMuch,
    TooManyOfYours,
    WorkerLost,
    WorkFault,
)
from .sessions import ForeignPage, OldForm
from .tokens import AccessFault, NoToken, OtherGraph, TooNarrow, WrongToken
from .wire.faults import (
    AddressTooLong,
    BadRequest,
    BodyTooLarge,
    MethodNotAllowed,
    NotAcceptable,
    PreconditionFailed,
    RequestFault,
    UnsupportedBody,
)
from .wire.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.gate import Report

    from .wire.problem import Json

REALM = 'Bearer realm="medalgraph"'
OVERTAKEN = "overtaken"
"""The kind of problem of a decision that came too late."""
RETRY_AFTER_S = 5
PROBLEMS_LISTED = 200
"""How many problems of a refused change are listed; their number is told in any case."""


class ReadOnly(AccessFault):
    """The service takes no changes at all.

    Attributes:
        primary: where they are made if the service serves a replica; empty if it cannot say.

    """

    def __init__(self, message: str, *, primary: str | None) -> None:
        if primary is None:
            super().__init__(f"{message}.")
        else:
            where = primary or "its primary, which does not say its address"
            super().__init__(
                f"{message}, because it serves a replica. Changes are made at {where}.",
                hint="Nothing was changed. Send it there; what is kept there comes here.",
            )
        self.primary = primary


@dataclass(frozen=True, slots=True)
class Kind:
    """What is the same for every error of one class.

    Attributes:
        detail: said instead of the error's own words where those are for the steward's
            eyes only, because they name files or processes.

    """

    status: int
    slug: str
    title: str
    detail: str = ""


_TRY_AGAIN = "Another change is being written. Nothing of this one was kept; try again soon."
_NOT_HERE = "This service serves a replica. Changes are made at its primary."
_NEXT = "This file is no longer offered. Ask for the manifest anew."
_NOT_NOW = "The store cannot be used at present. Nothing was changed."
_MOVED_ON = "The store moved on while the answer was being read. Ask again."
_NO_ENGINE = "The engine that keeps the store cannot be used at present; try again soon."
_NO_ROOM = "The store could not write to its disk. Nothing of the change was kept."

KINDS: dict[type[BaseException], Kind] = {
    BadSyntax: Kind(400, "syntax", "What was sent cannot be read"),
    BadTerm: Kind(400, "bad-term", "Not an address, literal or name"),
    BadTable: Kind(400, "bad-table", "A table that does not fit"),
    UnknownFormat: Kind(400, "unknown-format", "A format that is not known"),
    Forbidden: Kind(400, "never-done", "Something this service never does"),
    BadInput: Kind(400, "bad-input", "What was sent cannot be used"),
    Gone: Kind(410, "gone", "No longer there"),
    NotFound: Kind(404, "not-found", "Not found"),
    ShapeViolation: Kind(422, "refused", "The change breaks the rules of the graph"),
    OutsideGraph: Kind(422, "outside-graph", "The change is for another graph"),
    OtherKind: Kind(409, "other-kind", "Another kind of source is there"),
    Overtaken: Kind(409, OVERTAKEN, "This has changed meanwhile"),
    IsReplica: Kind(403, "read-only", "This service takes no changes", _NOT_HERE),
    MovedOn: Kind(410, "moved-on", "The store has moved on", _NEXT),
    PrimaryProblem: Kind(502, "primary", "What this is a copy of does not do its part"),
    WriteConflict: Kind(409, "conflict", "The store moved on"),
    Refused: Kind(409, "not-possible-now", "This cannot be done as things are"),
    StoreLocked: Kind(503, "busy", "The store is being written", _TRY_AGAIN),
    DiskProblem: Kind(503, "disk", "The disk failed", _NO_ROOM),
    StoreProblem: Kind(503, "store", "The store cannot be used", _NOT_NOW),
    ChangedMeanwhile: Kind(503, "changed-meanwhile", "The store moved on meanwhile", _MOVED_ON),
    EngineProblem: Kind(503, "engine", "The store cannot be reached", _NO_ENGINE),
    MissingCapability: Kind(501, "not-possible", "This store cannot do that"),
    BadRequest: Kind(400, "bad-request", "The request cannot be understood"),
    MethodNotAllowed: Kind(405, "method", "The method does not fit the address"),
    NotAcceptable: Kind(406, "not-acceptable", "No form of the answer that would be accepted"),
    BodyTooLarge: Kind(413, "too-large", "The body is too large"),
    PreconditionFailed: Kind(412, "precondition", "The graph is not as it was"),
    AddressTooLong: Kind(414, "address-too-long", "The address is too long"),
    UnsupportedBody: Kind(415, "unsupported-body", "A kind of body that is not read here"),
    RequestFault: Kind(400, "bad-request", "The request cannot be understood"),
    NoToken: Kind(401, "token-needed", "A token is needed"),
    WrongToken: Kind(401, "token-wrong", "The token is not good"),
    TooNarrow: Kind(403, "token-too-narrow", "The token does not allow this"),
    OtherGraph: Kind(403, "token-too-narrow", "The token does not allow this"),
    ForeignPage: Kind(403, "foreign-page", "Not from a page of this service"),
    OldForm: Kind(403, "old-form", "A form of another session"),
    ReadOnly: Kind(403, "read-only", "This service takes no changes"),
    AccessFault: Kind(403, "access", "Not allowed"),
    TookTooLong: Kind(503, "time-limit", "It took too long"),
    TookTooMuch: Kind(503, "resource-limit", "It took more than one request may have"),
    Crowded: Kind(503, "crowded", "The service is busy"),
    TooManyOfYours: Kind(429, "too-many-requests", "Too many requests at a time"),
    NotYet: Kind(503, "not-yet", "It is not there yet"),
    WorkerLost: Kind(503, "interrupted", "The work was interrupted"),
    ClientGone: Kind(499, "client-gone", "The client ended the connection"),
    WorkFault: Kind(503, "not-done", "The work was not done"),
}
"""The first class here that an error belongs to, its own class first, says what it is."""

OWN_FAULT = Kind(
    500,
    "own-fault",
    "The service failed",
    "This is a fault of the service, and not of the request. It is in the service's log"
    " under the request id that this answer names.",
)


_HEADERS: tuple[tuple[tuple[type[BaseException], ...], Callable[[Any], dict[str, str]]], ...] = (
    ((Relayed,), lambda error: error.headers),
    ((NoToken,), lambda _: {"WWW-Authenticate": REALM}),
    ((WrongToken,), lambda _: {"WWW-Authenticate": f'{REALM}, error="invalid_token"'}),
    (
        (TooNarrow,),
        lambda error: {
            "WWW-Authenticate": f'{REALM}, error="insufficient_scope", scope="{error.needed}"'
        },
    ),
    ((OtherGraph,), lambda _: {"WWW-Authenticate": f'{REALM}, error="insufficient_scope"'}),
    ((MethodNotAllowed,), lambda error: {"Allow": ", ".join(error.allowed)}),
    ((StoreProblem, EngineProblem, WorkFault), lambda _: {"Retry-After": str(RETRY_AFTER_S)}),
)
"""The header fields that go with an error; the first kind that it is of counts."""


def kind_of(error: BaseException) -> Kind:
    """Return what an error is over HTTP; one that no table knows is the service's own fault."""
    return next((KINDS[known] for known in type(error).__mro__ if known in KINDS), OWN_FAULT)


def problem_of(error: BaseException) -> Problem:
    """Return an error as problem details: without file paths, versions or traces."""
    if isinstance(error, Relayed):
        return error.problem
    kind = kind_of(error)
    detail = kind.detail or _words(error)
    report = error.report.to_turtle(PROBLEMS_LISTED) if isinstance(error, ShapeViolation) else ""
    return Problem(kind.slug, kind.title, kind.status, detail, _members(error, kind), report)


def has_moved_on(error: BaseException) -> bool:
    """Tell whether a state was left while it was read, so that the newest may be read instead."""
    if isinstance(error, Relayed):
        return error.problem.slug == KINDS[ChangedMeanwhile].slug
    return isinstance(error, ChangedMeanwhile)


def headers_of(error: BaseException) -> dict[str, str]:
    """Return the header fields that go with the status of an error."""
    return next((told(error) for kind, told in _HEADERS if isinstance(error, kind)), {})


def _members(error: BaseException, kind: Kind) -> dict[str, Json]:
    found: dict[str, Json] = {}
    if isinstance(error, MedalgraphError) and error.hint and not kind.detail:
        found["hint"] = error.hint
    if isinstance(error, BadSyntax):
        found |= {
            name: place for name, place in (("line", error.line), ("column", error.column)) if place
        }
    if isinstance(error, NotFound) and error.near:
        found["near"] = list(error.near)
    if isinstance(error, UnclearFilter):
        meant = [{"iri": iri, "label": label} for iri, label in error.meant]
        found |= {"filter": error.name, "meant": meant}
    if isinstance(error, NotAcceptable | UnsupportedBody):
        found["offers"] = error.offers
    if isinstance(error, WriteConflict):
        found |= {"expected": error.expected, "found": error.found}
    if isinstance(error, ReadOnly) and error.primary:
        found["primary"] = error.primary
    if isinstance(error, ShapeViolation):
        found |= _refusal(error.report)
    return found


def _words(error: BaseException) -> str:
    """Return an error's own words, as a sentence; the problems of a refusal are listed apart."""
    if isinstance(error, ShapeViolation):
        count = len(error.report.violations)
        return f"The change has {count:,} problem{'' if count == 1 else 's'}; none of it was kept."
    text = str(error)
    return f"T{text[1:]}" if text.startswith("the ") else text


def _refusal(report: Report) -> dict[str, Json]:
    """Return a report of the gate, at most its first problems; ``problems`` counts them all."""
    listed = report.to_json()
    found = len(listed["problems"])
    listed["problems"] = listed["problems"][:PROBLEMS_LISTED]
    sentences = report.sentences()[:PROBLEMS_LISTED]
    return {"sentences": sentences, "problems": found, "report": listed}
