"""In which line of a JSON file something stands, for people who look for it there."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Place: TypeAlias = "tuple[str | int, ...]"
"""The keys and numbers (from 0) that lead to a value from the outside."""

_STRING = r'"(?:[^"\\]|\\.)*"'
_TOKEN = re.compile(rf"({_STRING})\s*:|{_STRING}|([\[\]{{}},\n])")
_OPENS: dict[str, str | int] = {"{": "", "[": 0}


def lines_of(text: str, depth: int) -> Mapping[Place, int]:
    r"""Return the line, counted from 1, of each key and of each place in a list.

    Args:
        text: JSON that a parser has taken.
        depth: how many keys and numbers lead to the innermost ones that are wanted.

    Example:
        >>> lines_of('[{"a":\n {"b": 1}}]', 3)
        {(0,): 1, (0, 'a'): 1, (0, 'a', 'b'): 2}

    """
    found: dict[Place, int] = {}
    place: list[str | int] = []
    line = 1
    for match in _TOKEN.finditer(text):
        key, sign = match.groups()
        if sign == "\n":
            line += 1
        elif sign in ("}", "]"):
            place.pop()
        elif key:
            place[-1] = json.loads(key)
        elif sign in _OPENS:
            place.append(_OPENS[sign])
        elif sign == "," and isinstance(place[-1], int):
            place[-1] += 1
        if (key or sign in ("[", ",")) and len(place) <= depth:
            found.setdefault(tuple(place), line)
    return found
