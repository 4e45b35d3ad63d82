"""The people behind the rows of the 120-years table, which has no key for them.

The rows of one person stand together and agree in name, sex, height and weight, and the
years of birth that their ages allow differ by one at most. Where a row breaks that, another
person of the same name begins: Li Na the tennis player, the diver and the fencer stand
one after another. A few namesakes of whom nothing but the name is known cannot be told
apart: 135,557 people are found where the table that this one was made from has 135,571.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.names import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .tables import Row

_OTHER_NAMES = re.compile(r" \([^()]*-[^()]*\)")
"""Names by birth or marriage in brackets: ``(-Strannood)``, ``(Bartholomay-)``."""


@dataclass(slots=True, eq=False)
class Athlete:
    """One person, with the rows that speak of them.

    Attributes:
        name: as published, names by birth or marriage in brackets among it.
        born: the first and the last year of birth that the ages allow if the birthday
            is before the Games; None if no age is given.
        slug: the end of the person's IRI; empty until all people are known.

    """

    name: str
    sex: str
    body: tuple[str, str]
    born: tuple[int, int] | None
    rows: list[Row] = field(default_factory=list)
    slug: str = ""

    @property
    def label(self) -> str:
        """The name without the brackets.

        Example:
            >>> Athlete("Mary Fish (-Baker)", "F", ("", ""), None).label
            'Mary Fish'

        """
        return _OTHER_NAMES.sub("", self.name)

    @property
    def about_born(self) -> str:
        """The year of birth as EDTF, marked as approximate; empty if no age is given.

        An age at Summer Games is reached before them more often than not; one at Winter
        Games, early in the year, mostly the year before.
        """
        if self.born is None:
            return ""
        early = all(row["season"] == "Winter" for row in self.rows)
        return f"{self.born[0] - early}~"


def people_in(rows: Iterable[Row]) -> Iterator[Athlete]:
    """Yield the people in the order of the table, each with the end of an IRI.

    The IRI follows from the name, the nation and the first Games, for a birth date is
    not known; of two with the same, the later in the table gets ``-2``.
    """
    taken: Counter[str] = Counter()
    for athlete in _runs(rows):
        first = min(athlete.rows, key=lambda row: (row["year"], row["season"]))
        stem = f"{slug(athlete.label)}-{slug(first['noc'])}-{slug(first['games'])}"
        taken[stem] += 1
        athlete.slug = stem if taken[stem] == 1 else f"{stem}-{taken[stem]}"
        yield athlete


def _runs(rows: Iterable[Row]) -> Iterator[Athlete]:
    athlete: Athlete | None = None
    for row in rows:
        age = row["age"]
        year = int(row["year"]) - int(age) if age else None
        if athlete is not None and _is_of(athlete, row, year):
            athlete.rows.append(row)
            if year is not None and athlete.born is not None:
                athlete.born = min(athlete.born[0], year), max(athlete.born[1], year)
            continue
        if athlete is not None:
            yield athlete
        born = None if year is None else (year, year)
        athlete = Athlete(row["name"], row["sex"], (row["height"], row["weight"]), born, [row])
    if athlete is not None:
        yield athlete


def _is_of(athlete: Athlete, row: Row, year: int | None) -> bool:
    if (row["name"], row["sex"]) != (athlete.name, athlete.sex):
        return False
    if (row["height"], row["weight"]) != athlete.body or (year is None) != (athlete.born is None):
        return False
    if year is None or athlete.born is None:
        return True
    return max(athlete.born[1], year) - min(athlete.born[0], year) <= 1
