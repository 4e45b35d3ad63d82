"""Each kind of error has its exit code and its words, and none ends in a traceback."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import click
import pytest

from graph import errors
from graph.errors import (
    BadSyntax,
    MedalgraphError,
    MissingCapability,
    NotFound,
    StoreLocked,
    WriteConflict,
)
from service.cli.exits import MEANINGS, exit_code, words

HERE = Path("var/store")


def every_kind(of: type[MedalgraphError]) -> list[type[MedalgraphError]]:
    return [of, *(kind for child in of.__subclasses__() for kind in every_kind(child))]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (WriteConflict(expected=1, found=2), 1),
        (BadSyntax("a bracket is missing"), 2),
        (MissingCapability("There is no history here."), 2),
        (click.UsageError("There is no command 'x'."), 2),
        (NotFound("There is no commit 9."), 3),
        (StoreLocked(path=HERE, pid=7, command="medalgraph load"), 4),
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "x.nq"), 4),
        (PermissionError(errno.EACCES, "Permission denied", "x.nq"), 4),
        (RuntimeError("a fault"), 70),
        (KeyboardInterrupt(), 130),
        (click.Abort(), 130),
        (BrokenPipeError(), 141),
    ],
)
def test_each_error_has_the_exit_code_that_the_manual_names(
    error: BaseException, code: int
) -> None:
    assert exit_code(error) == code
    assert code in MEANINGS


def test_every_error_of_the_library_has_a_code_of_its_own_kind() -> None:
    codes = {kind: exit_code(kind.__new__(kind)) for kind in every_kind(MedalgraphError)}
    assert set(codes.values()) <= {1, 2, 3, 4}
    assert codes[errors.ShapeViolation] == 1
    assert codes[errors.StoreMissing] == 4


def test_an_error_says_what_is_wrong_then_shows_the_place_then_how_to_mend_it() -> None:
    error = BadSyntax("a bracket is missing", source="q.rq", line=2, column=3, hint="Add it.")
    error.add_note("  the line")
    assert words(error) == (
        "Error: q.rq cannot be read in line 2, column 3: a bracket is missing\n  the line\nAdd it."
    )


def test_a_full_disk_is_named_in_plain_words() -> None:
    error = OSError(errno.ENOSPC, "No space left on device", "out.nq")
    assert words(error) == "Error: out.nq: the disk is full."


def test_a_fault_of_the_program_itself_asks_for_a_report() -> None:
    said = words(ValueError("odd"))
    assert said.startswith("Error: medalgraph itself failed: ValueError: odd\nPlease report it")


def test_ctrl_c_says_what_was_kept_also_through_click() -> None:
    stop = KeyboardInterrupt()
    stop.add_note("Stopped. The store is as it was.")
    abort = click.Abort()
    abort.__cause__ = stop
    assert words(abort) == "Stopped. The store is as it was."
    assert words(click.Abort()) == "Stopped."
