"""Tells of a made-up world Games by Games, without holding more of it than one Games.

Half of the statements are of Games told as the Paralympics of Paris are, half of Games
told as the 120-years table does; see ``shape``. The same seed gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, count
from typing import TYPE_CHECKING

from graph.importers.bundled import bundled_sources
from graph.names import DEFAULT_BASE
from graph.rdf import read_quads

from .games import GamesTeller
from .nations import succession
from .plan import edition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .plan import Edition
    from .shape import Shape


@dataclass(frozen=True, slots=True)
class World:
    """A world with as many statements as are wanted, and the counting rules that are bundled.

    Args:
        statements: how many; the last event is told to its end, and so are the published
            counts of its Games, so there are some hundred more.
        seed: another one gives other people and results, in the same events.
        only: how all Games are told, instead of the mixture.

    """

    statements: int
    seed: int = 1
    only: Shape | None = None

    def blocks(self) -> Iterator[str]:
        """Yield lines of N-Quads, those of an event or less at a time."""
        said = 0
        for block in chain(_rules(), succession()):
            said += block.count("\n")
            yield block
        for games in self.editions():
            told = GamesTeller(self.seed, games)
            for block in told.events():
                said += block.count("\n")
                yield block
                if said >= self.statements:
                    break
            counts = told.counts()
            said += counts.count("\n")
            yield counts
            if said >= self.statements:
                return

    def editions(self) -> Iterator[Edition]:
        """Yield the Games in the order in which they are told, without end."""
        every = map(edition, count())
        return (games for games in every if self.only in (None, games.shape))


def _rules() -> Iterator[str]:
    """Yield the rules by which medals are counted, which every store is to have."""
    [source] = (source for source in bundled_sources() if source.slug == "counting-rules")
    with source.open() as stream:
        quads = read_quads(stream, format=source.format, base_iri=f"{DEFAULT_BASE}/")
        yield "".join(f"{quad} .\n" for quad in quads)
