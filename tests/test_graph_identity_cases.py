"""Hard cases of who is who, with the rows that the real tables have of them.

Each case takes all rows of a nation in a sport from Wikidata's medallists and from the table
of 120 years, namesakes and teammates among them, so that whoever could be taken for somebody
else is there.
"""

from __future__ import annotations

import csv
import gzip
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from graph.engines.memory import MemoryDraft
from graph.identity.matching import matches
from graph.identity.profiles import profiles_of
from graph.importers import IMPORTERS
from graph.importers.bundled import bundled_sources
from graph.importers.tables import RejectFile
from graph.lexical import as_stored
from graph.names import Names, local_name
from graph.progress import silent
from graph.rdf import read_quads
from graph.succession import later_codes

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.identity.match import Match
    from graph.identity.profiles import Profile
    from graph.terms import Quad

NAMES = Names()
YEARS = ("1996", "2004", "2012", "2020")
TEAMS = {
    ("AZE", "Wrestling"): ("AZE", "wrestling"),
    ("BEL", "Judo"): ("ESP", "judo"),
    ("BLR", "Athletics"): ("BLR", "athletics"),
    ("CHN", "Athletics"): ("CHN", "athletics"),
    ("CHN", "Diving"): ("CHN", "diving"),
    ("CHN", "Fencing"): ("CHN", "fencing"),
    ("CHN", "Tennis"): ("CHN", "tennis"),
    ("ESP", "Hockey"): ("ESP", "field hockey"),
    ("EUN", "Fencing"): ("NA", "fencing"),  # ROC has no code
    ("IRI", "Wrestling"): ("IRI", "wrestling"),
    ("JPN", "Judo"): ("JPN", "judo"),
    ("KOR", "Hockey"): ("KOR", "field hockey"),
    ("NED", "Hockey"): ("NED", "field hockey"),
    ("RUS", "Fencing"): ("RUS", "fencing"),
    ("RUS", "Rhythmic Gymnastics"): ("RUS", "gymnastics"),
    ("SLO", "Athletics"): ("SLO", "athletics"),
    ("USA", "Athletics"): ("USA", "athletics"),
}
"""Nation and sport in the table of 120 years, and what they are in Wikidata's."""


@cache
def found(data: Path) -> dict[str, Match[Profile]]:
    """Return the match of each of Wikidata's people in those teams, by the end of the address."""
    quads = [*wikidata(data), *century(data), *nations()]
    state = MemoryDraft(map(as_stored, quads))
    ones, others = (
        profiles_of(state, NAMES.graph(name))
        for name in ("wikidata-medallists", "olympic-120-years")
    )
    pairs = matches(ones.values(), others.values(), later_codes(state, NAMES), progress=silent)
    return {local_name(match.one.node): match for match in pairs}


def wikidata(data: Path) -> list[Quad]:
    wanted = set(TEAMS.values())

    def is_wanted(row: dict[str, str]) -> bool:
        sport = row["event_name"].partition(" at the ")[0]
        return (row["country_medal_ioc_country_code"], sport) in wanted

    with TemporaryDirectory() as place:
        for year in YEARS:
            name = f"{year}_medalists_all.csv"
            keep(data / "olympic-medallists-wikidata" / f"{name}.gz", Path(place, name), is_wanted)
        return converted("wikidata-medallists", Path(place))


def century(data: Path) -> list[Quad]:
    def is_wanted(row: dict[str, str]) -> bool:
        return (row["noc"], row["sport"]) in TEAMS

    with TemporaryDirectory() as place:
        name = "athlete_events.csv"
        keep(data / "olympic-120-years" / f"{name}.gz", Path(place, name), is_wanted)
        return converted("olympic-120-years", Path(place))


def nations() -> list[Quad]:
    [source] = [each for each in bundled_sources() if each.slug == "nations-over-time"]
    with source.open() as stream:
        return list(read_quads(stream, format=source.format, base_iri=f"{NAMES.base}/"))


def converted(importer: str, folder: Path) -> list[Quad]:
    with RejectFile(None) as rejects:
        convert = IMPORTERS[importer].convert
        return list(convert(folder, names=NAMES, rejects=rejects, progress=silent))


def keep(table: Path, into: Path, is_wanted: Callable[[dict[str, str]], bool]) -> None:
    with (
        gzip.open(table, "rt", encoding="utf-8", newline="") as source,
        into.open("w", encoding="utf-8", newline="") as target,
    ):
        rows = csv.DictReader(source)
        written = csv.DictWriter(target, list(rows.fieldnames or ()))
        written.writeheader()
        written.writerows(row for row in rows if is_wanted(row))


def best(data: Path, one: str) -> tuple[str, bool]:
    """Return whom somebody is taken for, and whether without a look."""
    match = found(data)[one]
    return local_name(match.other.node), match.is_sure


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Letters lost: Toğrul Əsgərov, Şərif Şərifov.
        ("toghrul-asgarov-q558630", "torul-sgrov-aze-2012-summer"),
        ("sharif-sharifov-q466133", "rif-rifov-aze-2012-summer"),
        # Korean names as people write themselves, and by the rules of 2000.
        ("kwon-chang-sook-q6450509", "gwon-chang-suk-kor-1992-summer"),
        ("woo-hyun-jung-q14959357", "u-hyeon-jeong-kor-1996-summer"),
        ("chang-eun-jung-q5071608", "jang-eun-jeong-kor-1988-summer"),
        ("cho-eun-jung-q5103340", "jo-eun-jeong-kor-1996-summer"),
        # One word or two.
        ("alireza-heidari-q1386267", "ali-reza-heidari-iri-2000-summer"),
        ("alireza-rezaei-q1234922", "ali-reza-rezaei-iri-2004-summer"),
        # Married: Minke Smabers (-Smeets).
        ("minke-smeets-q2522378", "minke-smabers-ned-2000-summer"),
        # Another name for the sport, and a transliteration.
        ("alina-kabayeva-q254220", "alina-maratovna-kabayeva-rus-2000-summer"),
        # ROC came after Russia, and Russia after the Unified Team.
        ("timur-safin-q17388702", "timur-marselevich-safin-rus-2016-summer"),
        ("stanislav-pozdnyakov-q940359", "stanislav-alekseyevich-pozdnyakov-eun-1992-summer"),
    ],
)
def test_one_person_is_found_under_two_spellings(shared_data: Path, one: str, other: str) -> None:
    assert best(shared_data, one) == (other, True)


def test_of_three_women_called_li_na_the_fencer_is_the_fencer(shared_data: Path) -> None:
    match = found(shared_data)["li-na-q264230"]
    assert match.is_sure
    assert {local_name(sport) for sport in match.other.sports} == {"fencing"}


def test_a_chinese_name_that_sounds_alike_is_another_name(shared_data: Path) -> None:
    # Wang Zheng threw the hammer in 2008 and 2020; Wang Jing, born a year later, in 2008.
    assert best(shared_data, "wang-zheng-q3377182") == ("wang-zheng-chn-2008-summer", True)


def test_of_twins_none_is_taken_for_the_other_without_a_look(shared_data: Path) -> None:
    # Calvin and Alvin Harrison, born on the same day, ran the same relays.
    match = found(shared_data)["alvin-harrison-q449125"]
    assert local_name(match.other.node) == "alvin-leonardo-harrison-usa-1996-summer"
    assert not match.is_sure
    assert match.rival > 9


def test_a_father_is_not_taken_for_his_son(shared_data: Path) -> None:
    # Wikidata gives Jaime Amat, silver in 1996, the birth of his father, who played in 1964.
    assert best(shared_data, "jaime-amat-q26912672") == (
        "jaime-amat-fontanals-esp-1964-summer",
        False,
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Belarusian and Russian.
        ("nadzeya-ostapchuk-q232780", "nadezhda-nikolayevna-ostapchuk-blr-2004-summer"),
        # Married: Jolanda Čeplak, before that Steblovnik.
        ("jolanda-batagelj-q239269", "jolanda-eplak-slo-2000-summer"),
        # Two sources, two births: 1982 and about 1988.
        ("kaori-matsumoto-q1241385", "kaori-matsumoto-jpn-2012-summer"),
        # The delegation of another medallist of the event.
        (
            "marisabel-lomba-q3291922",
            "marie-isabelle-franoise-marisabelle-lomba-bel-1996-summer",
        ),
    ],
)
def test_where_names_births_or_nations_differ_somebody_has_to_look(
    shared_data: Path, one: str, other: str
) -> None:
    assert best(shared_data, one) == (other, False)
