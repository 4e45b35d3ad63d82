"""How one process of the service tells another what went wrong, and how that reads there."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Any

from graph.errors import MedalgraphError
from service.faults import Relayed
from service.problems import headers_of, problem_of
from service.wire.problem import Problem

if TYPE_CHECKING:
    from service.wire.problem import Json


def failure(error: Exception) -> dict[str, Json]:
    """Return an error as a message: what a client may read, and the trace that the log needs."""
    problem = problem_of(error)
    told: dict[str, Json] = {
        "problem": {
            "slug": problem.slug,
            "title": problem.title,
            "status": problem.status,
            "detail": problem.detail,
            "members": dict(problem.members),
            "report": problem.report,
        },
        "headers": headers_of(error),
    }
    if not isinstance(error, MedalgraphError):
        told["trace"] = "".join(traceback.format_exception(error))
    return told


def relayed(told: dict[str, Json]) -> Relayed:
    """Return the error that such a message told; its trace goes with it as a note."""
    problem: Any = told["problem"]
    headers: Any = told["headers"]
    error = Relayed(Problem(**problem), headers)
    if "trace" in told:
        error.add_note(str(told["trace"]))
    return error
