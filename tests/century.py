"""The medals of 120 years of Olympic Games, with the bundled rules and Olympedia's counts.

Of the 271,116 rows only those with a medal are converted, which says the same of medals
in a tenth of the time.
"""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from graph.engines.memory import MemoryDraft
from graph.importers import IMPORTERS
from graph.importers.bundled import bundled_sources
from graph.importers.tables import RejectFile
from graph.lexical import as_stored
from graph.medals.counting import count_medals
from graph.medals.editions import editions_of
from graph.medals.rules import rules
from graph.medals.table import MEDALS
from graph.names import Names, mg
from graph.progress import silent
from graph.rdf import read_quads

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.terms import NamedNode, Quad

NAMES = Names()

Cells = dict[str, tuple[int, int, int]]
"""Gold, silver and bronze by code."""


@dataclass(frozen=True, slots=True)
class Century:
    """The state to count in."""

    state: MemoryDraft

    def table(self, games: str | Iterable[str], rule: str, *, as_of: str | None = None) -> Cells:
        """Return the counts of one edition or several, by key, under a rule."""
        keys = [games] if isinstance(games, str) else games
        return self.summed([NAMES.of("games", key) for key in keys], rule, as_of=as_of)

    def all_time(self, season: str, rule: str) -> Cells:
        """Return the sum of all Olympic Games of a season under a rule."""
        return self.summed(editions_of(self.state, mg("Olympic"), mg(season)), rule)

    def summed(self, games: Iterable[NamedNode], rule: str, *, as_of: str | None = None) -> Cells:
        """Return the counts of several editions under a rule."""
        [found] = [each for each in rules(self.state) if each.key == rule]
        count = count_medals(self.state, NAMES, games, found, as_of=as_of)
        return {
            str(line).strip("<>").rpartition("/")[2]: (
                medals[MEDALS[0]],
                medals[MEDALS[1]],
                medals[MEDALS[2]],
            )
            for line, medals in count.medals.items()
        }


@cache
def century(data: Path) -> Century:
    """Return the state, made once for all tests, from the folder of the real data sets."""
    with TemporaryDirectory() as place:
        _keep_medals(data / "olympic-120-years" / "athlete_events.csv.gz", Path(place))
        quads = converted("olympic-120-years", Path(place))
    return Century(MemoryDraft(map(as_stored, quads + rules_and_nations())))


def rules_and_nations() -> list[Quad]:
    """Return the bundled counting rules, and the codes of nations through time."""
    quads: list[Quad] = []
    for source in bundled_sources():
        if source.slug in ("counting-rules", "nations-over-time"):
            with source.open() as stream:
                quads += read_quads(stream, format=source.format, base_iri=f"{NAMES.base}/")
    return quads


def converted(importer: str, folder: Path) -> list[Quad]:
    """Return what an importer makes of a folder of tables, whatever it rejects."""
    with RejectFile(None) as rejects:
        convert = IMPORTERS[importer].convert
        return list(convert(folder, names=NAMES, rejects=rejects, progress=silent))


def _keep_medals(table: Path, into: Path) -> None:
    with (
        gzip.open(table, "rt", encoding="utf-8", newline="") as source,
        (into / "athlete_events.csv").open("w", encoding="utf-8", newline="") as target,
    ):
        rows = csv.reader(source)
        header = next(rows)
        medal = header.index("medal")
        csv.writer(target).writerows(
            [header, *(row for row in rows if row[medal] not in ("", "NA"))]
        )
