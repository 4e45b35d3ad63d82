"""Reading the tables of cases that lie beside this file as ``*.cases``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLDER = Path(__file__).parent
_BREAKS = {r"\n": "\n", r"\r": "\r", r"\t": "\t", r"\\": "\\"}


class Section(NamedTuple):
    """A heading and the lines below it; the line is that of the heading, from 1."""

    heading: str
    lines: list[str]
    line: int


def lines_of(name: str) -> Iterator[tuple[int, str]]:
    """Yield the number and text of each line that is neither blank nor a comment at its start."""
    text = (_FOLDER / name).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line


def sections(name: str) -> Iterator[Section]:
    """Yield each section of a file; lines before the first heading are one without a heading."""
    found = Section("", [], 0)
    for number, line in lines_of(name):
        if line.startswith("== "):
            yield found
            found = Section(line.removeprefix("== "), [], number)
        else:
            found.lines.append(line)
    yield found


def labelled(section: Section, label: str) -> str:
    """Return what follows a label in a section, or an empty text."""
    start = f"{label}: "
    found = [line.removeprefix(start) for line in section.lines if line.startswith(start)]
    return found[0] if found else ""


def unescaped(text: str) -> str:
    r"""Return text with ``\n``, ``\r``, ``\t`` and ``\\`` read.

    Example:
        >>> unescaped(r"a\\n\n")
        'a\\n\n'

    """
    done, place = [], 0
    while place < len(text):
        pair = text[place : place + 2]
        done.append(_BREAKS.get(pair, text[place]))
        place += 2 if pair in _BREAKS else 1
    return "".join(done)
