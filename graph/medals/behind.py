"""The awards behind one cell of a medal table: as many as the cell says."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from graph.terms import Term

    from .ledger import Ledger
    from .standing import Award


def behind(
    ledgers: Iterable[Ledger], line: Term, medals: Collection[Term]
) -> list[tuple[Award, int]]:
    """Return the awards that are counted on a line, each with how often it counts there.

    An award counts more than once where each member of a team does.

    Args:
        ledgers: the awards as they are counted.
        line: a nation, or the line of mixed teams.
        medals: the colours.

    """
    return [
        (award, times)
        for ledger in ledgers
        for award in ledger.counted
        if award.medal in medals and (times := ledger.lines.of(award).count(line))
    ]
