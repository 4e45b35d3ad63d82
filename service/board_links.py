"""Where one goes from a board: to the same one with a thing put, taken, opened or looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from service.earlier import link

if TYPE_CHECKING:
    from collections.abc import Sequence


class BoardLinks:
    """The addresses that lead on from a board: to the same one with one thing changed."""

    def __init__(self, board: Sequence[tuple[str, str]]) -> None:
        self._board = list(board)
        self._named = {value.split()[0] for _, value in board}
        self._to_take, self._to_put = self.here, _address(self.fields("look"))

    @property
    def here(self) -> str:
        """The address of this board."""
        return _address(self._board)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What spells the board, for the hidden fields of a form."""
        return self._board

    def fields(self, *names: str) -> list[tuple[str, str]]:
        """Return what spells the board without some parameters, for a form that has these."""
        return [pair for pair in self._board if pair[0] not in names]

    def member(self, name: str) -> dict[str, str]:
        """Return where it leads to put a member of a group on the board, and to take it away.

        There may be thousands, so the board is spelled once for all of them.
        """
        if name in self._named:
            return {"put": self.look(name), "take": self.take(name)}
        quoted = quote(name, safe=":/")
        return {
            "put": f"{self._to_put}&thing={quoted}&look={quoted}",
            "take": f"{self._to_take}&without={quoted}",
        }

    def put(self, *names: str) -> str:
        """Put things on the board, and look at the last."""
        board = [pair for pair in self._board if pair[0] != "look"]
        board = [pair for pair in board if pair not in [("without", name) for name in names]]
        board += [
            pair for pair in (("thing", name) for name in dict.fromkeys(names)) if pair not in board
        ]
        return _address([*board, ("look", names[-1])])

    def take(self, name: str) -> str:
        """Take a thing from the board, with the groups that were opened of it."""
        board = [
            (key, value)
            for key, value in self._board
            if (key, value) not in (("thing", name), ("look", name))
            and not (key in ("open", "pin") and value.split()[0] == name)
        ]
        return _address([*board, ("without", name)])

    def look(self, name: str) -> str:
        """Look at the links of a thing."""
        return _address([*self.fields("look"), ("look", name)])

    def open(self, thing: str, group: dict[str, Any], pages: int = 1) -> str:
        """Open a group of links of a thing, or close it with no pages."""
        opened = f"{thing} {group['direction']} {group['property']} {group['class']}"
        board = [
            pair
            for pair in self._board
            if not (pair[0] == "open" and pair[1].rpartition(" ")[0] == opened)
        ]
        return _address([*board, ("open", f"{opened} {pages}")] if pages else board)

    def file(self, form: str) -> str:
        """Return the board in another form."""
        return _address([*self._board, ("format", form)])

    def view(self, name: str) -> str:
        """Return the board as a list, or on the canvas."""
        return _address([*self.fields("view"), ("view", name)])


def _address(board: Sequence[tuple[str, str]]) -> str:
    where = link("exploring.explore")
    joint = "&" if "?" in where else "?"
    return f"{where}{joint}{urlencode(board, safe=':/')}" if board else where
