"""Finds what a person means among a few things by key or name, and says which there are."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import NotFound
from graph.names import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.terms import NamedNode

_LISTED = 12


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen.

    Attributes:
        node: its IRI.
        key: as addresses name it.
        label: as pages name it.

    """

    node: NamedNode
    key: str
    label: str


def option_named(text: str, options: Sequence[Option], *, what: str) -> Option:
    """Return the option with a key or name; capitals and accents do not matter.

    Args:
        text: the key, the name or the IRI.
        options: those there are.
        what: what they are, in words: ``sport at these Games``.

    Raises:
        NotFound: with the options that are most alike, or all of few.

    """
    wanted = plain(text)
    by_name: dict[str, Option] = {}
    for one in options:
        for name in (plain(one.key), plain(one.label), plain(one.node.value)):
            by_name.setdefault(name, one)
    if wanted in by_name:
        return by_name[wanted]
    near = [by_name[name] for name in difflib.get_close_matches(wanted, by_name, n=6)]
    keys = dict.fromkeys(one.key for one in near)
    if keys:
        hint = f"Did you mean {' or '.join(list(keys)[:3])}?"
    elif options:
        listed = ", ".join(one.key for one in options[:_LISTED])
        more = len(options) - _LISTED
        hint = f"There are: {listed}{f', and {more} more' if more > 0 else ''}."
    else:
        hint = "No results by it are held here; leave it out."
    raise NotFound(f"There is no {what} {text!r}.", hint=hint)
