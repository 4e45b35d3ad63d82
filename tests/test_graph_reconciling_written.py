"""Nations, Games, sports, sexes and dates as people write them into tables."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from graph.engines.memory import MemoryDraft
from graph.importers import IMPORTERS
from graph.importers.tables import RejectFile
from graph.names import local_name
from graph.progress import silent
from graph.reconciling.facts import Library
from graph.reconciling.written import Written, date_in, sex_in, year_in

from .bundled_record import bundled_record
from .reconciling_world import NAMES

if TYPE_CHECKING:
    from pathlib import Path


@cache
def bundled_words() -> Written:
    return Written(Library(bundled_record(), NAMES))


def codes(text: str) -> list[str]:
    return sorted(map(local_name, bundled_words().nations(text)))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("AZE", ["AZE"]),
        ("aze ", ["AZE"]),
        ("Azerbaijan", ["AZE"]),
        ("AZERBAIJANI", ["AZE"]),
        ("nation/AZE", ["AZE"]),
        ("nation:AZE", ["AZE"]),
        ("https://w3id.org/medalgraph/id/nation/AZE", ["AZE"]),
        ("French", ["FRA"]),
        ("Dutch", ["NED"]),
        ("Italian", ["ITA"]),
        ("Nigerian", ["NGR"]),
        ("Nigerien", ["NIG"]),
        ("South Korean", ["KOR"]),
        ("FRG", ["FRG", "GER"]),
        ("Soviet", ["URS"]),
        ("USSR", ["URS"]),
        ("Holland", ["NED"]),
        ("United States of America", ["USA"]),
        ("Martian", []),
        ("", []),
    ],
)
def test_a_nation_is_known_by_name_code_and_adjective(text: str, meant: list[str]) -> None:
    assert [code for code in codes(text) if code in meant] == meant
    assert bool(codes(text)) == bool(meant)


def test_iso_codes_and_names_in_other_languages_are_known_where_a_source_has_them(
    shared_data: Path,
) -> None:
    with RejectFile(None) as rejects:
        convert = IMPORTERS["country-codes"].convert
        folder = shared_data / "country-codes"
        state = MemoryDraft(convert(folder, names=NAMES, rejects=rejects, progress=silent))
    words = Written(Library(state, NAMES))
    for text in ("DEU", "DE", "Allemagne", "Германия", "German", "GER"):
        assert [local_name(node) for node in words.nations(text)] == ["GER"], text


@pytest.mark.parametrize(
    "text",
    [
        "Paris 2024 Paralympics",
        "Paralympics, Paris 2024",
        "2024-summer-para",
        "games/2024-summer-para",
        "17th Summer Paralympic Games",
    ],
)
def test_games_are_known_by_name_and_key(text: str) -> None:
    assert local_name(bundled_words().games(text)) == "2024-summer-para"


def test_games_that_nobody_knows_are_none() -> None:
    assert bundled_words().games("Baku 2015") is None


def test_sports_are_compared_without_what_makes_them_para_sports() -> None:
    words = bundled_words()
    known = words.families([NAMES.of("sport", "para-swimming")])
    for text in ("swimming", "Para Swimming", "paraswimming", "sport/para-swimming"):
        assert words.sports(text) & known, text
    assert not words.sports("judo") & known


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1994-02-27", "1994-02-27"),
        ("1994-02-27T00:00:00Z", "1994-02-27"),
        ("1994-02", "1994-02"),
        ("1994", "1994"),
        ("1994.0", "1994"),
        ("1988~", "1988~"),
        ("27.02.1994", "1994-02-27"),
        ("7.2.1994", "1994-02-07"),
        ("27/02/1994", "1994-02-27"),
        ("02/27/1994", "1994-02-27"),
        ("27 February 1994", "1994-02-27"),
        ("February 27, 1994", "1994-02-27"),
        ("Feb 1994", "1994-02"),
        ("03/04/1994", ""),
        ("31.13.1994", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_a_date_is_read_unless_it_could_be_two(text: str, date: str) -> None:
    assert date_in(text) == date


def test_a_year_is_read_if_there_is_one() -> None:
    assert [year_in(text) for text in ("2024", "Rio 2016", "2016/17", "1936-1948", "12024")] == [
        2024,
        2016,
        2016,
        None,
        None,
    ]


def test_a_sex_is_read_in_words_and_letters() -> None:
    assert [sex_in(text) for text in ("Female", "m", "WOMEN", "x")] == ["F", "M", "F", ""]
