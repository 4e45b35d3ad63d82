"""What a query asks of the kind of a node, put so that the engine answers for what it stands for.

A blank node is kept as an address (see ``blank``), so ``isBlank`` of it would be false there,
``isIRI`` true, and ``STR`` would give the address instead of an error (SPARQL 1.1, 17.4.2).
Each call is written as an expression that gives what the specification wants.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.lexer import tokens
from graph.terms import Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.lexer import Token

_STANDS = "isIRI({0}) && STRSTARTS(STR({0}), {1})"
_IS_NODE = "(isIRI({0}) && !STRSTARTS(STR({0}), {1}))"
_INSTEAD = {
    "ISBLANK": f"(isBlank({{0}}) || ({_STANDS}))",
    "ISIRI": _IS_NODE,
    "ISURI": _IS_NODE,
    # A division by zero is an error, as is the text of a blank node.
    "STR": f"STR(IF({_STANDS}, 1/0, {{0}}))",
}


def with_blank_nodes(text: str, space: str) -> str:
    """Return a query that finds blank nodes where their addresses are.

    Args:
        text: the query.
        space: how the addresses of blank nodes begin.

    Example:
        >>> with_blank_nodes("ASK { FILTER isBlank(?x) }", "g:")
        'ASK { FILTER (isBlank(?x) || (isIRI(?x) && STRSTARTS(STR(?x), "g:"))) }'

    """
    return _rewritten(text, list(tokens(text)), str(Literal(space)), 0, len(text))


def _rewritten(text: str, read: Sequence[Token], space: str, start: int, end: int) -> str:
    pieces: list[str] = []
    done, place = start, 0
    while place < len(read):
        closing = _closing(read, place + 1) if read[place].word in _INSTEAD else None
        if closing is None:
            place += 1
            continue
        inside = read[place + 2 : closing]
        begins, ends = read[place + 1].end, read[closing].start
        argument = _rewritten(text, inside, space, begins, ends).strip()
        pieces += text[done : read[place].start], _INSTEAD[read[place].word].format(argument, space)
        done, place = read[closing].end, closing + 1
    return "".join((*pieces, text[done:end]))


def _closing(read: Sequence[Token], opening: int) -> int | None:
    """Return the place of the bracket that closes this one, or None if there is no bracket."""
    if opening >= len(read) or not read[opening].is_mark("("):
        return None
    depth = 0
    for place in range(opening, len(read)):
        depth += read[place].is_mark("(") - read[place].is_mark(")")
        if depth == 0:
            return place
    return None
