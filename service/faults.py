"""What can become of work that was begun: ended by a limit, turned away, or lost with its process.

The tree::

    WorkFault(MedalgraphError)
        TookTooLong         the time for a query or change was used up
        TookTooMuch         more memory, processor time or bytes than one request may have
        SlowClient          a long answer was taken so slowly that it was given up
        Crowded             so many requests wait that one more makes no sense
        TooManyOfYours      one client has as much running and waiting as one client may
        NotYet              what is asked for is being made
        WorkerLost          the process that did the work ended, and it is not known why
        ClientGone          nobody waits for the answer any more
        Relayed             an error that another process met and has put into words already
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import MedalgraphError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .wire.problem import Problem

_SMALLER = "Nothing was kept. Send it in smaller parts."
_NARROWER = "Choose less, such as one nation, Games or season, or come again when fewer ask."
_SIMPLER = "Ask for less: add LIMIT, name a Games or a team, or ask in several queries."


class WorkFault(MedalgraphError):
    """Work that was asked for and not done."""


class TookTooLong(WorkFault):
    """The time for a query or change was used up; ``is_of_the_work`` unless none was done."""

    def __init__(self, seconds: float, *, what: str = "query", waited: bool = False) -> None:
        if waited:
            super().__init__(
                f"No turn came within {seconds:g} seconds, because others were being served.",
                hint="Nothing is wrong with the request; send it again in a little while.",
            )
        else:
            hint = {"query": _SIMPLER, "page": _NARROWER}.get(what, _SMALLER)
            super().__init__(f"The {what} was stopped after {seconds:g} seconds.", hint=hint)
        self.seconds, self.is_of_the_work = seconds, not waited


class TookTooMuch(WorkFault):
    """More memory, processor time or bytes than one request may have; ``of`` says of what."""

    def __init__(self, message: str, *, of: str, hint: str = _SIMPLER) -> None:
        super().__init__(message, hint=hint)
        self.of, self.is_of_the_work = of, True


class SlowClient(WorkFault):
    """A long answer was taken so slowly that it was given up."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"The answer waited for its client for more than {seconds:g} seconds in all.",
            hint="Ask for it with Accept-Encoding: gzip, or in several parts.",
        )


class Crowded(WorkFault):
    """So many requests wait that one more makes no sense."""

    def __init__(self) -> None:
        super().__init__(
            "The service is busy, and too many requests wait already.",
            hint="Nothing is wrong with the request; send it again in a little while.",
        )


class TooManyOfYours(WorkFault):
    """One client has as much running and waiting as one client may."""

    def __init__(self, waiting: int) -> None:
        super().__init__(
            f"{waiting} requests from your address wait already, which is as many as may.",
            hint="Wait for their answers before you send more.",
        )


class NotYet(WorkFault):
    """What is asked for is being made and will be there soon."""


class WorkerLost(WorkFault):
    """The process that did the work ended, and it is not known why."""


class ClientGone(WorkFault):
    """Nobody waits for the answer any more."""

    def __init__(self) -> None:
        super().__init__("The client ended the connection before its answer was ready.")


class Relayed(WorkFault):
    """An error that another process met; ``problem`` and ``headers`` are what to answer."""

    def __init__(self, problem: Problem, headers: Mapping[str, str]) -> None:
        super().__init__(problem.detail)
        self.problem, self.headers = problem, dict(headers)


def too_much_memory(most_bytes: int, *, what: str = "query") -> TookTooMuch:
    """Return the error of work that wanted more memory than it may have."""
    return TookTooMuch(
        f"The {what} needs more memory than one {what} may have ({most_bytes >> 20:,} MiB).",
        of="memory",
        hint=_SIMPLER if what == "query" else _SMALLER,
    )


def too_much_time(most_s: float) -> TookTooMuch:
    """Return the error of a query that wanted more of the processor than it may have."""
    return TookTooMuch(
        f"The query needs more than the {most_s:g} seconds of processor time that one may have.",
        of="processor",
    )
