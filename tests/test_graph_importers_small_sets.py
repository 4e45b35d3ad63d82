"""Wikidata's medallists, Wikipedia's Paris 2024, counts by sport, and country codes: hard cases."""

from __future__ import annotations

import csv
import json
from functools import cache
from typing import TYPE_CHECKING

import pytest

from graph.engines.memory import MemoryDraft
from graph.errors import BadTable
from graph.importers import IMPORTERS
from graph.importers.paris_2024_wikipedia import winners_in
from graph.importers.tables import RejectFile
from graph.lexical import as_stored
from graph.medals.counting import count_medals
from graph.medals.published import published_table
from graph.medals.rules import Rule
from graph.medals.table import MEDALS
from graph.names import Names
from graph.progress import silent

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import QuerySolution

NAMES = Names()


@cache
def taken(importer: str, folder: Path) -> tuple[MemoryDraft, int]:
    """Return what an importer makes of a folder, and how many rows it refused."""
    with RejectFile(None) as rejects:
        convert = IMPORTERS[importer].convert
        quads = convert(folder, names=NAMES, rejects=rejects, progress=silent)
        return MemoryDraft(map(as_stored, quads)), rejects.count


def ask(state: MemoryDraft, text: str) -> list[list[str]]:
    def short(row: QuerySolution) -> list[str]:
        return [str(getattr(term, "value", "")).rpartition("/")[2] for term in row]

    return [short(row) for row in state.query(text)]  # type: ignore[union-attr] # a SELECT


def medals(state: MemoryDraft, games: str, code: str) -> tuple[int, ...]:
    count = count_medals(state, NAMES, [NAMES.of("games", games)], Rule("all"))
    found = count.medals[NAMES.of("nation", code)]
    return tuple(found[medal] for medal in MEDALS)


class TestWikidata:
    @pytest.fixture
    def state(self, shared_data: Path) -> MemoryDraft:
        return taken("wikidata-medallists", shared_data / "olympic-medallists-wikidata")[0]

    def test_rows_of_pages_that_are_no_event_are_refused(self, shared_data: Path) -> None:
        folder = shared_data / "olympic-medallists-wikidata"
        state, refused = taken("wikidata-medallists", folder)
        assert refused == 58
        assert not ask(state, 'SELECT ?e { ?e a mg:Event ; rdfs:label "China"@en }')

    def test_puerto_rico_hong_kong_and_roc_are_nations_of_their_own(
        self, state: MemoryDraft
    ) -> None:
        found = ask(
            state,
            """SELECT ?nation ?games { VALUES ?nation { nation:PUR nation:HKG nation:ROC }
                 ?entry mg:nation ?nation ; mg:event/mg:games ?games } GROUP BY ?nation ?games
               ORDER BY ?nation ?games""",
        )
        assert found == [
            ["HKG", "1996-summer"],
            ["HKG", "2004-summer"],
            ["HKG", "2012-summer"],
            ["HKG", "2020-summer"],
            ["PUR", "1996-summer"],
            ["PUR", "2012-summer"],
            ["PUR", "2020-summer"],
            ["ROC", "2020-summer"],
        ]

    @pytest.mark.parametrize(
        ("games", "code", "cells"),
        [  # Olympedia's tallies
            ("2004-summer", "USA", (36, 39, 26)),
            ("2004-summer", "CHN", (32, 17, 14)),
            ("2020-summer", "USA", (39, 41, 33)),
            ("2020-summer", "ROC", (20, 28, 23)),
            ("2020-summer", "GBR", (22, 20, 22)),
        ],
    )
    def test_members_of_a_team_share_one_medal(
        self, state: MemoryDraft, games: str, code: str, cells: tuple[int, ...]
    ) -> None:
        assert medals(state, games, code) == cells

    def test_one_person_of_several_games_is_one(self, state: MemoryDraft) -> None:
        found = ask(
            state,
            """SELECT ?p (COUNT(DISTINCT ?games) AS ?n) {
                 ?e mg:athlete ?p ; mg:event/mg:games ?games .
                 ?p rdfs:label "Michael Phelps"@en } GROUP BY ?p""",
        )
        assert found == [["michael-phelps-q39562", "2"]]

    def test_a_sex_that_is_neither_of_two_is_left_out(self, state: MemoryDraft) -> None:
        [[without]] = ask(
            state, "SELECT (COUNT(?p) AS ?n) { ?p a mg:Person FILTER NOT EXISTS { ?p mg:sex ?s } }"
        )
        assert int(without) == 4


class TestWikipedia:
    @pytest.fixture
    def state(self, shared_data: Path) -> MemoryDraft:
        return taken("paris-2024-wikipedia", shared_data / "paris2024-paralympics-wikipedia")[0]

    def test_the_medal_table_is_that_of_sixty_nine_teams(self, shared_data: Path) -> None:
        folder = shared_data / "paris2024-paralympics-wikipedia"
        state, refused = taken("paris-2024-wikipedia", folder)
        assert refused == 0
        published = published_table(state, NAMES, NAMES.of("games", "2024-summer-para"))
        assert published is not None
        assert len(published.medals) == 69
        aze = published.medals[NAMES.of("nation", "AZE")]
        assert [aze[medal] for medal in MEDALS] == [4, 2, 5]

    def test_every_cell_is_the_official_one(self, shared_data: Path) -> None:
        here = taken("paris-2024-wikipedia", shared_data / "paris2024-paralympics-wikipedia")[0]
        there = taken("paris-2024-paralympics", shared_data / "paris2024-paralympics")[0]
        games = NAMES.of("games", "2024-summer-para")
        published, counted = (published_table(state, NAMES, games) for state in (here, there))
        assert published is not None
        assert counted is not None
        differ = {n for n, found in published.medals.items() if counted.medals.get(n) != found}
        assert differ == set()

    @pytest.mark.parametrize(
        ("cell", "found"),
        [
            ("Šárka Musilová Czech Republic", ("Czech Republic", ["Šárka Musilová"])),
            (
                "Czech RepublicŠárka MusilováDavid Drahonínský",
                ("Czech Republic", ["Šárka Musilová", "David Drahonínský"]),
            ),
            (
                "United StatesTatyana McFaddenTaylor Swanson",
                ("United States", ["Tatyana McFadden", "Taylor Swanson"]),
            ),
            (
                "Great BritainJodie GrinhamNathan MacQueen",
                ("Great Britain", ["Jodie Grinham", "Nathan MacQueen"]),
            ),
            (
                "Aleksei Churkin Neutral Paralympic Athletes",
                ("Neutral Paralympic Athletes", ["Aleksei Churkin"]),
            ),
        ],
    )
    def test_names_and_nation_are_taken_apart(
        self, cell: str, found: tuple[str, list[str]]
    ) -> None:
        assert winners_in(cell) == found

    def test_two_spellings_of_one_person_are_one_person(self, state: MemoryDraft) -> None:
        found = ask(
            state,
            """SELECT ?label ?other { ?p rdfs:label ?label ; skos:altLabel ?other
                 FILTER(CONTAINS(?label, "Adolphe")) }""",
        )
        assert found == [["Timothée Adolphe", "Timothee Adolphe"]]


class TestCountsBySport:
    FOLDER = "games-countries-sports"

    @pytest.fixture
    def state(self, shared_data: Path) -> MemoryDraft:
        return taken(self.FOLDER, shared_data / self.FOLDER)[0]

    def test_winter_records_under_a_summer_code_are_of_winter_games(
        self, state: MemoryDraft
    ) -> None:
        found = ask(
            state,
            """SELECT ?games { ?games mg:kind mg:Paralympic ; mg:season mg:Winter ; mg:year ?year
                 FILTER(?year < 1994) } ORDER BY ?games""",
        )
        assert [games for [games] in found] == [
            "1976-winter-para",
            "1980-winter-para",
            "1984-winter-para",
            "1988-winter-para",
            "1992-winter-para",
        ]

    @pytest.mark.parametrize(
        ("games", "code", "cells"),
        [  # IPC, and Wikipedia's "Azerbaijan at the Paralympics"
            ("2020-summer-para", "AZE", (14, 1, 4)),
            ("2016-summer-para", "AZE", (1, 8, 2)),
            ("2000-summer-para", "AZE", (0, 1, 0)),
        ],
    )
    def test_the_sum_of_the_sports_is_the_count_of_the_nation(
        self, state: MemoryDraft, games: str, code: str, cells: tuple[int, ...]
    ) -> None:
        assert medals(state, games, code) == cells

    def test_dates_a_month_late_are_not_taken_over(self, state: MemoryDraft) -> None:
        assert ask(state, "SELECT ?games { ?games a mg:Games ; mg:from ?day }") == []

    def test_codes_of_one_team_are_one(self, state: MemoryDraft) -> None:
        found = ask(
            state,
            """SELECT ?n ?kind {
                 VALUES ?n { nation:XXB nation:ZZX nation:IOC nation:MIX nation:IOA }
                 ?n mg:kind ?kind } ORDER BY ?n""",
        )
        assert [(n, kind.rpartition("#")[2]) for n, kind in found] == [
            ("IOA", "Neutral"),
            ("MIX", "MixedTeam"),
        ]

    def test_a_count_that_cannot_be_used_is_told_with_its_line_nation_games_and_medals(
        self, shared_data: Path, tmp_path: Path
    ) -> None:
        with RejectFile(tmp_path / "rejects.csv") as rejects:
            folder = shared_data / self.FOLDER
            convert = IMPORTERS[self.FOLDER].convert
            list(convert(folder, names=NAMES, rejects=rejects, progress=silent))
        with (tmp_path / "rejects.csv").open(encoding="utf-8") as file:
            told = list(csv.DictReader(file))
        rows = {tuple(row.values()) for row in told}
        assert (len(rows), len(told)) == (rejects.count, rejects.count)
        for row in told:
            lines = (folder / row["file"]).read_text(encoding="utf-8").splitlines()
            key = lines[int(row["line"]) - 1].strip()
            assert key.endswith(": {")
            assert json.loads(key.removesuffix(": {")) in row["reason"]
        [roque] = [row for row in told if row["value"] == "ROQ"]
        assert roque["reason"] == (
            "no sport of sportsDetail.json has this code; United States (USA) in ROQ at"
            " 1904_st-louis_olympics: 1 gold, 1 silver, 1 bronze"
        )
        [doubled] = [row for row in told if row["value"] == "FRGFRG"]
        assert doubled["how to fix"].startswith("Correct the code as FRG here, or add ")

    def test_rows_are_counted_and_youth_games_passed_over_with_a_note(
        self, shared_data: Path
    ) -> None:
        with RejectFile(None) as rejects:
            folder = shared_data / self.FOLDER
            convert = IMPORTERS[self.FOLDER].convert
            list(convert(folder, names=NAMES, rejects=rejects, progress=silent))
        kept, youth = 0, 0
        for name in ("Olympics", "Paralympics"):
            text = (folder / f"participationRecords{name}.json").read_text(encoding="utf-8")
            for record in json.loads(text):
                counts = sum(map(len, (record.get("counts") or {}).values()))
                is_youth = record["games"].endswith("_youth")
                kept, youth = kept + counts * (not is_youth), youth + counts * is_youth
        assert (rejects.rows, rejects.count) == (kept, 84)
        [note] = rejects.notes
        assert note.startswith(f"{youth:,} counts of 6 Youth Games were passed over: ")

    @pytest.mark.parametrize("text", ["{", '{"a": 1}', "[1]"])
    def test_a_file_that_is_no_list_of_records_is_told(self, tmp_path: Path, text: str) -> None:
        for name in ("countryDetail", "sportsDetail", "participationRecordsOlympics"):
            (tmp_path / f"{name}.json").write_text(text, encoding="utf-8")
        with pytest.raises(BadTable, match=r"countryDetail\.json is no"):
            taken.__wrapped__(self.FOLDER, tmp_path)


class TestCountryCodes:
    @pytest.fixture
    def state(self, shared_data: Path) -> MemoryDraft:
        return taken("country-codes", shared_data / "country-codes")[0]

    def test_namibia_is_not_missing(self, state: MemoryDraft) -> None:
        found = ask(state, "SELECT ?id { nation:NAM mg:externalId ?id } ORDER BY ?id")
        assert ["iso3166-1-alpha-2:NA"] in found

    def test_a_code_out_of_use_is_a_former_one(self, state: MemoryDraft) -> None:
        found = ask(
            state,
            "SELECT ?code ?former { ?n mg:code ?code ; mg:formerCode ?former } ORDER BY ?code",
        )
        assert ["SGP", "SIN"] in found
        assert ["LBN", "LIB"] in found

    def test_each_country_with_an_olympic_code_is_a_nation(
        self, state: MemoryDraft, shared_data: Path
    ) -> None:
        path = shared_data / "country-codes" / "country-codes.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["IOC"].strip()]
        assert int(ask(state, "SELECT (COUNT(?n) AS ?c) { ?n a mg:Nation }")[0][0]) == len(rows)

    def test_names_are_in_six_languages(self, state: MemoryDraft) -> None:
        found = ask(state, "SELECT (LANG(?l) AS ?in) { nation:AZE rdfs:label ?l } ORDER BY ?in")
        assert [language for [language] in found] == ["ar", "en", "es", "fr", "ru", "zh"]
