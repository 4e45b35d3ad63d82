"""A published table beside the results, line by line: what its other counts say of one of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from .ledger import WHOLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.terms import Term

    from .ledger import Ledger

Place = tuple["Term", "Term"]
"""A line of a table and a colour of medals."""

_FEW = 3
"""Of fewer other lines than this nobody can tell whether results are whole."""
_CONTRARY = 0.1
"""Where results are not whole, hardly any line has more in them than is published."""


@dataclass(frozen=True)
class Comparison:
    """The table of a source beside the ledger of the same Games or sport.

    Attributes:
        ledger: the awards as they are counted.
        table: what the source counts, by nation.

    """

    ledger: Ledger
    table: Mapping[Term, Mapping[Term, int]]

    @cached_property
    def said(self) -> dict[Term, Counter[Term]]:
        """What the source counts, by line."""
        said: dict[Term, Counter[Term]] = {}
        for nation, medals in self.table.items():
            said.setdefault(self.ledger.lines.line(nation), Counter()).update(medals)
        return said

    def count(self, line: Term, medal: Term) -> int:
        """Return what the source counts on a line, 0 if it does not say."""
        return self.said.get(line, _NONE)[medal]

    def on_lines(self, table: Mapping[Term, Mapping[Term, int]]) -> Counter[Place]:
        """Return how many medals of each colour another table has on each line."""
        found: Counter[Place] = Counter()
        for nation, medals in table.items():
            for medal, count in medals.items():
                found[self.ledger.lines.line(nation), medal] += count
        return found

    def bears_out(self, place: Place, touched: Mapping[Place, int], *, others: int = 0) -> bool:
        """Tell whether the table as a whole counts as one of its counts would have it.

        Whoever leaves a sport out does so for every nation. So most of the counts that this
        would change have to differ that way; the others show that the source does not do it.

        Args:
            place: the count that differs.
            touched: by how much each count would differ; of lines that the source does not
                count nothing is known.
            others: how many other counts at least have to differ that way.

        """
        fitting, against = 1, 0
        for (line, medal), amount in touched.items():
            medals = self.said.get(line)
            if amount and (line, medal) != place and medals is not None and medal in medals:
                more = medals[medal] - self.ledger.held(line, medal)
                if more * amount > 0 and abs(more) >= abs(amount):
                    fitting += 1
                else:
                    against += 1
        return fitting > max(against, others)

    def missing(self, medal: Term) -> dict[Term, int]:
        """Return how many medals of a colour the results lack, by line.

        It is known only from a table that has every line of the results with no fewer
        medals; of any other it is empty.
        """
        if medal not in self._missing:
            self._missing[medal] = self._lacking(medal)
        return self._missing[medal]

    @cached_property
    def _missing(self) -> dict[Term, dict[Term, int]]:
        return {}

    def _lacking(self, medal: Term) -> dict[Term, int]:
        lines = self.said.keys() | self.ledger.medals.keys()
        more = {line: self.count(line, medal) - self.ledger.held(line, medal) for line in lines}
        if min(more.values(), default=0) < 0:
            return {}
        return {line: count for line, count in more.items() if count}

    def is_whole_but_for(self, line: Term, medals: Sequence[Term]) -> bool:
        """Tell whether the results have about as many medals as the table for the other lines.

        They do not if medals are missing for most lines and hardly any has more of them;
        single counts that somebody got wrong do not make it so.

        Args:
            line: the line whose counts are not looked at.
            medals: the colours.

        """
        pairs = [
            (sum(self.ledger.held(one, medal) for medal in medals), published)
            for one, said in self.said.items()
            if one != line and (published := sum(said[medal] for medal in medals))
        ]
        short = sum(held < published for held, published in pairs)
        more = sum(held > published for held, published in pairs)
        known = sum(held for held, _ in pairs)
        return (
            len(pairs) < _FEW
            or known >= WHOLE * sum(published for _, published in pairs)
            or short <= len(pairs) / 2
            or more > _CONTRARY * short
        )


_NONE: Counter[Term] = Counter()
