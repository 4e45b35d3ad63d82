"""Medals and team sizes by Games, sport and nation, 1896 to 2022, from Wikipedia and Wikidata.

Five JSON files: nations, Games, sports, and the counts of Olympic and Paralympic Games.
How they are read:

- the dates of Games are not taken over: many are a month late (Melbourne 1956 begins on 22
  December there), and the others cannot be told from them;
- the season of Games is that of most of their sports, for the records of the Winter
  Paralympics of 1976 to 1992 carry the code of the Summer Games of the year;
- ``MIX``, ``XXB`` and ``ZZX`` are all mixed teams; ``IOC``, *Athletes from Kuwait*, is the
  team of independent athletes of 2012 and 2016 that others call IOA;
- the Youth Games are passed over, which a note says: a row is the count of one nation in one
  sport, and theirs are no medal tables;
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

from .json_places import lines_of
from .nations import Country, describe_nation, describe_place
from .statements import COMMENT, RDFS_LABEL, describe, english
from .tables import BadCell, Row, find_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from graph.names import Names
    from graph.progress import Progress
    from graph.terms import NamedNode, Quad

    from .json_places import Place
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
_YOUTH = "_youth"
_DEPTH = 4
"""A count is found by record, "counts", sport and nation."""

_WHOLE_CODE = 3
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
        rejects: takes the counts that cannot be used, each with the line in which it begins.
        progress: called once a record.

    Raises:
        BadTable: if a file is missing or is no JSON of the form that is needed.

    """
    yield from source(names).quads(names)
    work = _Conversion(folder, names, rejects)
    done = 0
    for file in RECORDS:
        for number, record in enumerate(_read(folder, file)):
            work.keep(record, file, number)
            done += 1
            progress(done, None)
    work.note_youth()
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
        self._folder, self._names, self._rejects = folder, names, rejects
        self._lines: dict[str, Mapping[Place, int]] = {}
        self._youth: Counter[str] = Counter()
        self._graph = names.graph(SOURCE)
        self._nations = {str(r["code"]): str(r["name"]) for r in _read(folder, NATIONS)}
        sports = _read(folder, SPORTS)
        self._sports = {str(r["code"]): str(r["name"]) for r in sports} | NAMED
        self._seasons = {str(r["code"]): str(r["season"]) for r in sports if r.get("season")}
        self._games: dict[str, Facts] = {}
        self._counts: dict[tuple[str, str, str], Counter[str]] = {}

    def keep(self, record: dict[str, object], file: str, number: int) -> None:
        """Note the counts of one record; those that cannot be used are rejected."""
        counts = record.get("counts")
        if not isinstance(counts, dict) or not counts:
            return
        code = str(record.get("games"))
        if code.endswith(_YOUTH):
            self._youth[code] = sum(map(len, counts.values()))
            return
        try:
            games = self._edition(code, counts)
        except BadCell as problem:
            self._rejects.rows += 1
            self._rejects.add(Row(file, self._line(file, (number, "games")), {}), problem)
            return
        for sport, nations in counts.items():
            for nation, found in nations.items():
                self._rejects.rows += 1
                try:
                    self._count(games, sport, nation, found)
                except BadCell as problem:
                    line = self._line(file, (number, "counts", sport, nation))
                    told = self._told(code, sport, nation, found)
                    row = Row(file, line, {})
                    self._rejects.add(row, _placed(problem, told))

    def note_youth(self) -> None:
        """Say that Youth Games were passed over, if there were any."""
        if self._youth:
            self._rejects.notes.append(
                f"{sum(self._youth.values()):,} counts of {len(self._youth)} Youth Games were"
                f" passed over: {', '.join(sorted(self._youth))}."
            )

    def _line(self, file: str, place: Place) -> int:
        """Return the line of a file in which something stands."""
        if file not in self._lines:
            text = find_table(self._folder, file).read_text(encoding="utf-8")
            self._lines[file] = lines_of(text, _DEPTH)
        return self._lines[file].get(place) or self._lines[file].get(place[:1], 1)

    def _told(self, games: str, sport: str, nation: str, found: dict[str, object]) -> str:
        """Return whose count it is that cannot be used, and what it says."""
        medals = [f"{found[colour]} {colour}" for colour in COLOURS if found.get(colour)]
        who = f"{self._nations[nation]} ({nation})" if nation in self._nations else nation
        what = f"{self._sports[sport]} ({sport})" if sport in self._sports else sport
        return f"{who} in {what} at {games}: {', '.join(medals) or 'no medals'}"

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
                column="sport",
                value=sport,
                hint=_missing(sport, self._sports, SPORTS, {"season": "summer"}),
            )
        if code not in self._nations:
            raise BadCell(
                f"no nation of {NATIONS} has this code",
                column="nation",
                value=code,
                hint=_missing(code, self._nations, NATIONS, {}),
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


def _placed(problem: BadCell, told: str) -> BadCell:
    return BadCell(
        f"{problem}; {told}", column=problem.column, value=problem.value, hint=problem.hint
    )


def _missing(code: str, known: Iterable[str], file: str, more: dict[str, str]) -> str:
    """Return what to do about a code that a list lacks."""
    record = json.dumps({"code": code, "name": "...", **more})
    within = [one for one in known if len(one) >= _WHOLE_CODE and one in code]
    instead = f"as {' or '.join(within)} " if within else ""
    return f"Correct the code {instead}here, or add {record} to {file}."


def _number(value: object, what: str) -> int:
    text = "0" if value in (None, "") else str(value)
    if not text.isdecimal():
        raise BadCell(
            f"{what} is not a whole number", column=what, value=text, hint="Write it in digits."
        )
    return int(text)
