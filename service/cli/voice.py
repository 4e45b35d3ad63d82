"""How the command line speaks: answers to standard output, everything else to standard error."""

from __future__ import annotations

import json
import re
import sys
import textwrap
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    Json: TypeAlias = str | int | float | bool | Sequence["Json"] | Mapping[str, "Json"] | None

# C0 and C1 controls but for the line break and the tab, and the marks that turn the direction
# of writing: in a value they could move the cursor or make a line read as another one.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    r"""Return ``text`` with each character that could steer a terminal written out.

    Example:
        >>> visible("a\x1b[2Jb")
        'a\\x1b[2Jb'

    """
    return _UNSAFE.sub(lambda found: ascii(found[0])[1:-1], text)


def one_line(text: str) -> str:
    r"""Return ``text`` safe for a terminal and on one line.

    Example:
        >>> one_line("Baku,\nAzerbaijan")
        'Baku,\\nAzerbaijan'

    """
    return visible(text).replace("\n", "\\n").replace("\t", "\\t")


def answer(text: str = "") -> None:
    """Say what was asked for, on standard output."""
    click.echo(visible(text))


def answer_json(value: Json) -> None:
    """Write what was asked for as JSON, on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def remark(text: str) -> None:
    """Say what goes beside the answer, on standard error."""
    click.echo(visible(text), err=True)


def listed(sentences: Sequence[str], *, mark: str = "-") -> str:
    """Return sentences one below the other, each with a mark before it."""
    indent = " " * (len(mark) + 1)
    return "\n".join(
        f"{mark} {textwrap.indent(sentence, indent).removeprefix(indent)}" for sentence in sentences
    )


def watched() -> bool:
    """Whether a person sees standard error as it is written."""
    return sys.stderr.isatty()
