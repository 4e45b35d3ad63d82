"""Medals and team sizes by Games, sport and nation, 1896 to 2022, from Wikipedia and Wikidata.

Five JSON files: nations, Games, sports, and the counts of Olympic and Paralympic Games.
How they are read:

- the dates of Games are not taken over: many are a month late (Melbourne 1956 begins on 22
  December there), and the others cannot be told from them;
- the season of Games is that of most of their sports, for the records of the Winter
  Paralympics of 1976 to 1992 carry the code of the Summer Games of the year;
- ``MIX``, ``XXB`` and ``ZZX`` are all mixed teams; ``IOC``, *Athletes from Kuwait*, is the
  team of independent athletes of 2012 and 2016 that others call IOA;
- counts of one sport are tallies, and the sum of a nation's sports is one more, whose
  comment says what it is; Games that are still to come have no counts.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from graph.errors import BadTable
from graph.names import mg, slug
from graph.sources import Source

from .nations import Country, describe_nation, describe_place
from .statements import COMMENT, RDFS_LABEL, describe, english
from .tables import BadCell, Row, find_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.names import Names
    from graph.progress import Progress
    from graph.terms import NamedNode, Quad

    from .statements import Facts
    from .tables import RejectFile

SOURCE = "games-countries-sports"
NATIONS, SPORTS = "countryDetail.json", "sportsDetail.json"
RECORDS = ("participationRecordsOlympics.json", "participationRecordsParalympics.json")
COLOURS = ("gold", "silver", "bronze")
SUM = "Sum of the counts of the sports; the files have no such count."
SAME_TEAM = {"XXB": "MIX", "ZZX": "MIX", "IOC": "IOA"}
"""Codes of teams that have another code elsewhere."""
NAMED = {"AER": "Aeronautics", "ART": "Art Competitions"}
"""Sports that the list of sports lacks, or calls otherwise than other sources do."""

_GAMES = re.compile(r"(?P<year>\d{4})_(?P<host>[^_]+)_(?P<kind>olympics|paralympics)")
_LABELS = {"olympics": "Olympics", "paralympics": "Paralympics"}
_ENDS = {"olympics": "", "paralympics": "-para"}
_KINDS = {"olympics": "Olympic", "paralympics": "Paralympic"}


def convert(
    folder: Path, *, names: Names, rejects: RejectFile, progress: Progress
) -> Iterator[Quad]:
    """Yield nations, Games, sports and counts in the graph of this source, and what it is.

    Args:
        folder: holds countryDetail.json, sportsDetail.json and the two files of records.
        names: mints the IRIs.
        rejects: takes the counts that cannot be used; the line is the place of the record
            in its file, counted from 1.
        progress: called once a record.

    Raises:
        BadTable: if a file is missing or is no JSON of the form that is needed.

    """
    yield from source(names).quads(names)
    work = _Conversion(folder, names, rejects)
    done = 0
    for file in RECORDS:
        for line, record in enumerate(_read(folder, file), 1):
            work.keep(record, file, line)
            done += 1
            progress(done, None)
    yield from work.quads()


def source(names: Names) -> Source:
    """Return the description of this source."""
    return Source(
        graph=names.graph(SOURCE),
        title="Medals and team sizes by Games, sport and nation, 1896 to 2022",
        publisher="Wikipedia and Wikidata, collected by inferrinizzard",
        origin="https://github.com/inferrinizzard/olympics-api",
        priority=4,
    )


def _read(folder: Path, name: str) -> list[dict[str, object]]:
    path = find_table(folder, name)
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise BadTable(f"{path} is no JSON: {error}.", hint="Get the whole file again.") from error
    if not isinstance(found, list) or not all(isinstance(record, dict) for record in found):
        raise BadTable(f"{path} is no list of records.", hint="Get the file as it is published.")
    return found


class _Conversion:
    """The counts of all records, gathered by Games and nation."""

    def __init__(self, folder: Path, names: Names, rejects: RejectFile) -> None:
        self._names, self._rejects = names, rejects
        self._graph = names.graph(SOURCE)
        self._nations = {str(r["code"]): str(r["name"]) for r in _read(folder, NATIONS)}
        sports = _read(folder, SPORTS)
        self._sports = {str(r["code"]): str(r["name"]) for r in sports} | NAMED
        self._seasons = {str(r["code"]): str(r["season"]) for r in sports if r.get("season")}
        self._games: dict[str, Facts] = {}
        self._counts: dict[tuple[str, str, str], Counter[str]] = {}

    def keep(self, record: dict[str, object], file: str, line: int) -> None:
        """Note the counts of one record; those that cannot be used are rejected."""
        counts = record.get("counts")
        if not isinstance(counts, dict) or not counts:
            return
        try:
            games = self._edition(str(record.get("games")), counts)
        except BadCell as problem:
            self._rejects.add(Row(file, line, {}), problem)
            return
        for sport, nations in counts.items():
            for code, found in nations.items():
                try:
                    self._count(games, sport, code, found)
                except BadCell as problem:
                    self._rejects.add(Row(file, line, {}), problem)

    def quads(self) -> Iterator[Quad]:
        """Yield what the records say."""
        for games, facts in self._games.items():
            yield from describe(self._names.of("games", games), "Games", self._graph, facts)
        for code in sorted({SAME_TEAM.get(code, code) for _, code, _ in self._counts}):
            country = Country(code, *[self._nations.get(code, code)] * 2)
            yield from describe_place(country, self._names, self._graph)
            yield from describe_nation(country, self._names, self._graph)
        for sport in sorted({sport for _, _, sport in self._counts}):
            label: Facts = {RDFS_LABEL: english(self._sports[sport])}
            yield from describe(self._sport(sport), "Sport", self._graph, label)
        yield from self._tallies()

    def _edition(self, code: str, counts: dict[str, object]) -> str:
        """Return the end of the IRI of the Games with this code, and note what they are."""
        found = _GAMES.fullmatch(code)
        seasons = Counter(self._seasons.get(sport, "") for sport in counts)
        del seasons[""]
        if found is None or not seasons:
            raise BadCell(
                "the code is none of Olympic or Paralympic Games",
                column="games",
                value=code,
                hint="Write it as 1996_atlanta_olympics.",
            )
        season, kind = seasons.most_common(1)[0][0], found["kind"]
        end = f"{found['year']}-{season}{_ENDS[kind]}"
        self._games[end] = {
            RDFS_LABEL: english(f"{found['year']} {season.capitalize()} {_LABELS[kind]}"),
            "kind": mg(_KINDS[kind]),
            "season": mg(season.capitalize()),
            "year": int(found["year"]),
        }
        return end

    def _count(self, games: str, sport: str, code: str, found: dict[str, object]) -> None:
        if sport not in self._sports:
            raise BadCell(
                f"no sport of {SPORTS} has this code",
                column="counts",
                value=sport,
                hint="Add the sport, or correct the code.",
            )
        if code not in self._nations:
            raise BadCell(
                f"no nation of {NATIONS} has this code",
                column="counts",
                value=code,
                hint="Add the nation, or correct the code.",
            )
        numbers = Counter({colour: _number(found.get(colour), colour) for colour in COLOURS})
        key = games, SAME_TEAM.get(code, code), sport
        self._counts.setdefault(key, Counter()).update(numbers)

    def _tallies(self) -> Iterator[Quad]:
        sums: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for (games, code, sport), counts in self._counts.items():
            sums[games, code].update(counts)
            if any(counts.values()):
                yield from self._tally(games, code, counts, sport)
        for (games, code), counts in sums.items():
            if any(counts.values()):
                yield from self._tally(games, code, counts)

    def _tally(
        self, games: str, code: str, counts: Counter[str], sport: str | None = None
    ) -> Iterator[Quad]:
        facts: Facts = {
            "games": self._names.of("games", games),
            "nation": self._names.of("nation", code),
            "sport": self._sport(sport) if sport else None,
            COMMENT: None if sport else english(SUM),
        }
        numbers: Facts = {colour: counts[colour] for colour in COLOURS}
        total: Facts = {"total": sum(counts[colour] for colour in COLOURS)}
        ends = (games, code, slug(sport)) if sport else (games, code)
        node = self._names.of("tally", SOURCE, *ends)
        yield from describe(node, "Tally", self._graph, facts | numbers | total)

    def _sport(self, code: str) -> NamedNode:
        return self._names.of("sport", slug(self._sports[code]))


def _number(value: object, what: str) -> int:
    text = "0" if value in (None, "") else str(value)
    if not text.isdecimal():
        raise BadCell(
            f"{what} is not a whole number", column=what, value=text, hint="Write it in digits."
        )
    return int(text)
