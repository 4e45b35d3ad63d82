"""A board as an address spells it, so that it can be shared, kept and gone back to.

``thing=person:x`` was put there, ``open=person:x in mg:athlete mg:Entry 2`` opens two pages of
the entries that have it as athlete (``-`` stands for no class), ``without=`` took something away,
``class=`` and ``games=`` filter, ``look=`` says whose links are counted, and ``pin=person:x 10 20``
says where a thing lies on the canvas. ``view=`` is how it is shown: as a list or on a canvas.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.explore import BOTH, Board, Opened, Sought, Way
from graph.explore.paths import MOST_STEPS
from service.wire.faults import BadRequest
from service.wire.forms import every, number, one

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from graph.names import Names
    from graph.terms import NamedNode
    from service.wire.forms import Params

NO_CLASS = "-"
USUAL_STEPS = 6
MOST_GIVEN = 500
"""So many things, groups and filters has one address."""
_OPEN = "open=person:x in mg:athlete mg:Entry 1"
_PARTS = 5
VIEWS = ("list", "canvas")
MOST_FAR = 999_999
_PIN = re.compile(r"\S+ -?[0-9]{1,6} -?[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for.

    Attributes:
        board: what lies on the board.
        look: the thing whose links are counted; None for none.
        pins: where things lie on the canvas, as they are spelled.
        view: "list" or "canvas"; empty for what suits the browser.

    """

    board: Board
    look: NamedNode | None = None
    pins: tuple[str, ...] = ()
    view: str = ""


def asked_of(params: Params, names: Names) -> Asked:
    """Return what the parameters of an address ask for.

    Raises:
        BadRequest: if a group, place or view is spelled otherwise, or there are too many parts.
        BadTerm: if something is no address of a thing.

    """
    given = [key for key, _ in params]
    if len(given) > MOST_GIVEN:
        raise BadRequest(
            f"The board has {len(given):,} parts; at most {MOST_GIVEN} can be given.",
            hint="Open groups with open= instead of naming their members one by one.",
        )

    def nodes(name: str) -> Iterable[NamedNode]:
        return (names.iri(text) for text in every(params, name) if text)

    games, look = (one(params, name) or "" for name in ("games", "look"))
    board = Board(
        things=tuple(dict.fromkeys(nodes("thing"))),
        opened=_last_of_each(_opened(text, names) for text in every(params, "open")),
        without=frozenset(nodes("without")),
        kinds=frozenset(nodes("class")),
        games=names.iri(games) if games else None,
    )
    return Asked(
        board,
        names.iri(look) if look else None,
        tuple(dict.fromkeys(map(_pin, every(params, "pin")))),
        _view(one(params, "view") or ""),
    )


def _pin(text: str) -> str:
    if not _PIN.fullmatch(text):
        raise BadRequest(
            f"pin={text!r} is no place of a thing.",
            hint="Write it as pin=person:x 10 -20: the thing, and how far to the right and down it"
            f" lies, in whole numbers up to {MOST_FAR:,}.",
        )
    return text


def _view(text: str) -> str:
    if text and text not in VIEWS:
        raise BadRequest(f"view={text!r} is not possible.", hint=f"Use one of: {', '.join(VIEWS)}.")
    return text


def board_pairs(asked: Asked, names: Names) -> list[tuple[str, str]]:
    """Return the parameters that spell a board, in the one order."""
    short, board = names.short, asked.board
    found = [("thing", short(node)) for node in board.things]
    found += [("open", opened_text(opened, short)) for opened in board.opened]
    found += [("without", text) for text in sorted(map(short, board.without))]
    found += [("class", text) for text in sorted(map(short, board.kinds))]
    found += [("games", short(board.games))] if board.games else []
    found += [("look", short(asked.look))] if asked.look else []
    found += [("pin", text) for text in asked.pins]
    return found + ([("view", asked.view)] if asked.view else [])


def opened_text(opened: Opened, short: Callable[[NamedNode], str]) -> str:
    """Return a group as an address spells it."""
    thing, way, pages = opened
    kind = short(way.kind) if way.kind else NO_CLASS
    return f"{short(thing)} {way.direction} {short(way.property)} {kind} {pages}"


def path_pairs(params: Params, source: str, target: str) -> list[tuple[str, str]]:
    """Return the parameters that spell which path is looked for, in the one order."""
    found = [("from", source), ("to", target)]
    for name in ("by", "past"):
        found += [(name, text) for text in sorted(filter(None, every(params, name)))]
    return [*found, ("steps", str(_steps(params)))]


def sought_of(params: Params, names: Names) -> Sought:
    """Return which path the parameters of ``path_pairs`` ask for."""
    source, target = (names.iri(one(params, name) or "") for name in ("from", "to"))
    by, past = (
        frozenset(names.iri(text) for text in every(params, name)) for name in ("by", "past")
    )
    return Sought(source, target, by=by, past=past, steps=_steps(params))


def way_of(params: Params, names: Names) -> Way | None:
    """Return which links of a thing are asked for; None for a count of all."""
    name, direction = one(params, "property"), one(params, "direction")
    if name is None:
        return None
    if direction not in BOTH:
        raise BadRequest(
            "direction= says which links are meant: out for what is said of the thing, in for"
            " what has it as its value."
        )
    kind = one(params, "class") or NO_CLASS
    return Way(direction, names.iri(name), None if kind == NO_CLASS else names.iri(kind))


def _opened(text: str, names: Names) -> Opened:
    parts = text.split()
    if len(parts) != _PARTS or parts[1] not in BOTH or not _is_pages(parts[4]):
        raise BadRequest(
            f"open={text!r} is no group of links.",
            hint=f"Write it as {_OPEN}: the thing, in or out, the property, the class of what is"
            f" at the other ends or {NO_CLASS}, and how many pages.",
        )
    thing, direction, prop, kind, pages = parts
    way = Way(direction, names.iri(prop), None if kind == NO_CLASS else names.iri(kind))  # type: ignore[arg-type] # in or out
    return Opened(names.iri(thing), way, int(pages))


def _is_pages(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len("1000") and int(text) > 0


def _last_of_each(opened: Iterable[Opened]) -> tuple[Opened, ...]:
    """Return each group once, with the number of pages that was said last."""
    found = {(one.thing, one.way): one for one in opened}
    return tuple(found.values())


def _steps(params: Params) -> int:
    given = number(params, "steps")
    if given is not None and not 1 <= given <= MOST_STEPS:
        raise BadRequest(f"steps={given} is not possible.", hint=f"Use 1 to {MOST_STEPS}.")
    return given or USUAL_STEPS
