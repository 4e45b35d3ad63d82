"""Writers of one remote store take turns, for no engine stops two from passing the same guard.

A request that acts only on the right state is not enough: Oxigraph's server and Virtuoso
both evaluate the condition of two requests side by side, find it true for each, and carry
out both. What they do promise is that a write which they have acknowledged is seen by
whoever reads afterwards, and that is all that Lamport's bakery needs (A New Solution of
Dijkstra's Concurrent Programming Problem, CACM 17 (8), 1974): everybody draws a number
higher than all that can be seen, and waits for those with lower ones.

A writer that died keeps its number. It is taken away by whoever has watched it for as long
as it may take; and a writer whose number was taken away does nothing, since its request
names the number as well.
"""

from __future__ import annotations

import time
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import EngineProblem, EngineRefused, EngineUnreachable
from graph.terms import Literal, NamedNode

from .layout import HOUSE, house

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .session import Session

TURNS = NamedNode(HOUSE + "turns")
LONGEST_S = 30.0
"""How long a writer may stay at the same point unless it says otherwise."""
_CHOOSES, _NUMBER, _ALLOWED = house("chooses"), house("number"), house("allowedSeconds")
_MOST_DRAWS = 10
"""A number is taken away from those who seem dead; not so often from somebody alive."""
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.005, 0.2


@contextmanager
def turn(session: Session, *, seconds: float = LONGEST_S) -> Iterator[str]:
    """Wait until no other writer is at work, and yield what a request of this turn must match.

    Args:
        session: speaks with the engine.
        seconds: how long the work may take at most.

    Raises:
        EngineUnreachable: if the engine goes away.
        EngineRefused: if what is written down is not kept.

    """
    me, number = _draw(session, seconds)
    draws = 1
    while not _wait(session, me, number):
        if draws == _MOST_DRAWS:
            raise _deaf(session)
        me, number = _draw(session, seconds)
        draws += 1
    is_over = True
    try:
        yield f"GRAPH {TURNS} {{ {me} {_NUMBER} {Literal(str(number))} }}"
    except EngineUnreachable as error:
        is_over = not error.may_be_done  # what may still be at work keeps its turn
        raise
    finally:
        if is_over:
            _leave(session, me)


def _deaf(session: Session) -> EngineRefused:
    return EngineRefused(
        address=session.client.address.text,
        status=200,
        said="it says that a change was made, and does not make it",
        hint="Check that the engine takes changes at this address.",
    )


def _draw(session: Session, seconds: float) -> tuple[NamedNode, int]:
    """Draw a number; whether it was kept is seen in the queue."""
    me = NamedNode(f"{HOUSE}turn/{uuid.uuid4()}")
    chooses = f'{me} {_CHOOSES} "yes"'
    allowed = f"{me} {_ALLOWED} {Literal(str(seconds))}"
    session.client.update(
        f"INSERT DATA {{ GRAPH {TURNS} {{ {chooses} . {allowed} }} }}", repeatable=True
    )
    number = 1 + max((line.number for line in _queue(session).values()), default=0)
    drawn = f"{me} {_NUMBER} {Literal(str(number))}"
    session.client.update(
        f"DELETE {{ GRAPH {TURNS} {{ {chooses} }} }} INSERT {{ GRAPH {TURNS} {{ {drawn} }} }}"
        f" WHERE {{ GRAPH {TURNS} {{ {chooses} }} }}",
        repeatable=True,
    )
    return me, number


@dataclass(slots=True)
class _Line:
    """What one writer has written down."""

    number: int = 0
    chooses: bool = False
    allowed_s: float = LONGEST_S


def _queue(session: Session) -> dict[str, _Line]:
    lines: dict[str, _Line] = {}
    for writer, word, value in session.rows("SELECT ?s ?p ?o WHERE { ?s ?p ?o }", default=[TURNS]):
        line = lines.setdefault(getattr(writer, "value", ""), _Line())
        said = getattr(value, "value", "")
        if word == _NUMBER:
            line.number = int(said)
        elif word == _CHOOSES:
            line.chooses = True
        elif word == _ALLOWED:
            line.allowed_s = float(said)
    return lines


def _wait(session: Session, me: NamedNode, number: int) -> bool:
    """Return True when it is our turn, or False if our number was taken away."""
    since: dict[tuple[str, int, bool], float] = {}
    pause_s = _FIRST_PAUSE_S
    while True:
        queue = _queue(session)
        if me.value not in queue or queue[me.value].chooses:
            _leave(session, me)
            return False
        # Two may draw the same number; their names decide.
        before = {
            (writer, line.number, line.chooses): line.allowed_s
            for writer, line in queue.items()
            if writer != me.value
            and (line.chooses or (line.number > 0 and (line.number, writer) < (number, me.value)))
        }
        if not before:
            return True
        now = time.monotonic()
        since = {seen: since.get(seen, now) for seen in before}
        for seen, allowed_s in before.items():
            if now - since[seen] > allowed_s:
                _drop(session, NamedNode(seen[0]))
        time.sleep(pause_s)
        pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)


def _drop(session: Session, writer: NamedNode) -> None:
    session.client.update(
        f"DELETE WHERE {{ GRAPH {TURNS} {{ {writer} ?word ?value }} }}", repeatable=True
    )


def _leave(session: Session, me: NamedNode) -> None:
    """Give the number back; where the engine is away, others take it when its time is over."""
    try:
        _drop(session, me)
    except EngineProblem:
        return
