"""The exit code and the words of each error: the one table that scripts can rely on."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import click

from graph.errors import (
    BadInput,
    MedalgraphError,
    MissingCapability,
    NotFound,
    Refused,
    StoreProblem,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

OK, REFUSED, BAD_USE, NOT_FOUND, STORE_PROBLEM = range(5)
OWN_FAULT = 70
"""The code that BSD's sysexits.h calls EX_SOFTWARE."""
INTERRUPTED, PIPE_CLOSED, TERMINATED = 130, 141, 143
"""128 and the number of the signal, as a shell reports it."""

EXITS: dict[type[BaseException], int] = {
    Refused: REFUSED,
    BadInput: BAD_USE,
    MissingCapability: BAD_USE,
    click.ClickException: BAD_USE,
    NotFound: NOT_FOUND,
    StoreProblem: STORE_PROBLEM,
    MedalgraphError: STORE_PROBLEM,
    BrokenPipeError: PIPE_CLOSED,
    OSError: STORE_PROBLEM,
    click.Abort: INTERRUPTED,
    KeyboardInterrupt: INTERRUPTED,
}
"""The first class here that an error belongs to, its own class first, gives the code."""

MEANINGS = {
    OK: "done",
    REFUSED: "refused by the checks, or a check found violations",
    BAD_USE: "a command, option, file, query or update that cannot be used",
    NOT_FOUND: "no such graph, commit, source or token",
    STORE_PROBLEM: "no store, or it is locked, damaged, too new, or the disk failed",
    OWN_FAULT: "a fault of medalgraph itself",
    INTERRUPTED: "interrupted with Ctrl-C",
    PIPE_CLOSED: "the reader of the output went away",
    TERMINATED: "asked to end by the system",
}


def exit_code(error: BaseException) -> int:
    """Return the exit code of an error; a fault that no table knows is medalgraph's own."""
    for kind in type(error).__mro__:
        if kind in EXITS:
            return EXITS[kind]
    return OWN_FAULT


def words(error: BaseException) -> str:
    """Return what is wrong and how to mend it, for a person; no traceback."""
    return "\n".join(part for part in _parts(error) if part)


def _parts(error: BaseException) -> Iterator[str]:
    if isinstance(error, MedalgraphError):
        yield f"Error: {error}"
    elif isinstance(error, click.UsageError):
        yield f"Error: {error.format_message()}"
        yield f"See '{error.ctx.command_path if error.ctx else 'medalgraph'} --help'."
    elif isinstance(error, click.ClickException):
        yield f"Error: {error.format_message()}"
    elif isinstance(error, click.Abort | KeyboardInterrupt):
        if not notes(error):
            yield "Stopped."
    elif isinstance(error, OSError):
        yield f"Error: {_system_words(error)}"
    else:
        yield f"Error: medalgraph itself failed: {type(error).__name__}: {error}"
        yield "Please report it, with the command that you gave; --debug shows where it happened."
    yield from notes(error)
    if isinstance(error, MedalgraphError):
        yield error.hint


def notes(error: BaseException) -> list[str]:
    """Return what was added to an error, or to the one that it was made from, on its way up."""
    own = list(getattr(error, "__notes__", []))
    return own or (notes(error.__cause__) if error.__cause__ else [])


def _system_words(error: OSError) -> str:
    place = f"{error.filename}: " if error.filename else ""
    if error.errno == errno.ENOSPC:
        return f"{place}the disk is full."
    if error.errno == errno.EROFS:
        return f"{place}the disk can only be read."
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"{place}you may not read or write here."
    return f"{place}{error.strerror or error}."
