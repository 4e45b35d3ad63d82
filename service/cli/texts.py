"""Takes a query or an update from the command line, a file or standard input."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from graph.errors import BadSyntax

from .voice import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Command = TypeVar("Command", bound="Callable[..., Any]")
SHOWN_WIDTH = 100


def sparql_text(command: Command) -> Command:
    """Let a command take its text as a word, with ``--file``, or from standard input with ``-``."""
    text = click.argument("text", required=False)
    file = click.option(
        "--file",
        "-f",
        "file",
        type=click.Path(exists=True, dir_okay=False, allow_dash=True),
        help="Read the text from this file.",
    )
    return text(file(command))


def read_text(text: str | None, file: str | None, *, what: str) -> str:
    """Return the text that was handed in one of three ways.

    Raises:
        click.UsageError: if there is none, or more than one.
        BadSyntax: if it is not UTF-8.

    """
    if (text is None) == (file is None):
        raise click.UsageError(
            f"Give the {what} as one word in quotes, with --file, or as - for standard input."
        )
    if text is not None and text != "-":
        return text
    with click.open_file(file or "-", "rb") as stream:
        content: bytes = stream.read()
    return decoded(content, source=f"The {what}" if file in (None, "-") else str(file))


def decoded(content: bytes, *, source: str) -> str:
    """Return UTF-8 bytes as text, without a byte order mark.

    Raises:
        BadSyntax: with the line of the first byte that is not UTF-8.

    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadSyntax(
            "it is not UTF-8 text.",
            source=source,
            line=content.count(b"\n", 0, error.start) + 1,
            hint="Save it with the encoding UTF-8.",
        ) from error


@contextmanager
def pointing_at(text: str) -> Iterator[None]:
    """Show the line and the place of a syntax error that is raised inside."""
    try:
        yield
    except BadSyntax as error:
        if error.line is not None:
            error.add_note(excerpt(text, error.line, error.column))
        raise


def point_into(path: Path, error: BadSyntax) -> None:
    """Show the line of a file in which a syntax error lies, if it is a short text file."""
    if error.line is None or path.suffix == ".gz":
        return
    with path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            if number == error.line:
                error.add_note(excerpt(line.decode(errors="replace"), 1, error.column))


def excerpt(text: str, line: int, column: int | None) -> str:
    r"""Return one line of a text with a caret below the column, both counted from 1.

    Example:
        >>> print(excerpt("SELECT ?a\nWHER { ?a ?b ?c }", 2, 1))
          WHER { ?a ?b ?c }
          ^

    """
    lines = text.splitlines()
    shown = lines[line - 1] if line <= len(lines) else ""
    place = min((column or 1) - 1, len(shown))
    start = max(0, place - SHOWN_WIDTH // 2)
    before = visible(shown[start:place]).replace("\t", " ")
    after = visible(shown[place : start + SHOWN_WIDTH]).replace("\t", " ")
    caret = f"\n  {' ' * len(before)}^" if column else ""
    return f"  {before}{after}{caret}"
