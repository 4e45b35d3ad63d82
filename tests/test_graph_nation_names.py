"""Nations by the names that people write and that no source has."""

from __future__ import annotations

import pytest

from graph.nation_names import Called, NationNames, code_called

from .bundled_record import bundled_record
from .reconciling_world import NAMES, asked, sure


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("USSR", "URS"),
        ("u.s.s.r.", "URS"),
        ("Holland", "NED"),
        ("the netherlands", "NED"),
        ("United Kingdom", "GBR"),
        ("Turkey", "TUR"),
        ("Burma", "MYA"),
        ("Ivory Coast", "CIV"),
        ("Russia", "RUS"),
        ("South Korea", "KOR"),
        ("Iran", "IRI"),
        ("Taiwan", "TPE"),
    ],
)
def test_another_name_of_a_nation_is_reconciled_with_it_for_sure(name: str, code: str) -> None:
    assert code_called(name) == code
    assert sure(name, "Nation") == code
    assert sure(name, "") == code


def test_another_name_is_given_as_the_reason() -> None:
    best = asked("Holland", "Nation")[0]
    assert [feature.words for feature in best.features] == ["another name of NED (Holland)"]


@pytest.mark.parametrize("name", ["Germany", "Atlantis", "", "Netherlands"])
def test_a_name_that_sources_have_or_nobody_has_is_not_listed(name: str) -> None:
    assert code_called(name) == ""


def test_no_nation_is_made_up_that_the_record_does_not_hold() -> None:
    assert not list(bundled_record().quads(NAMES.of("nation", "SWZ")))
    assert sure("Swaziland", "Nation") == ""


KNOWN = NationNames(
    [
        Called("GER", ("Germany", "Deutschland"), frozenset({"DEU", "FRG"})),
        Called("FRG", ("West Germany",)),
        Called("GDR", ("East Germany",)),
        Called("NED", ("Netherlands",), frozenset({"NLD", "HOL"})),
        Called("GRE", ("Greece",), frozenset({"GRC"})),
        Called("KOR", ("Korea",)),
        Called("COR", ("Korea",)),
    ]
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ger", ["GER"]),
        ("deutschland", ["GER"]),
        ("Germany, East", ["GDR"]),
        ("Holland", ["NED"]),
        ("Korea", ["COR", "KOR"]),
        ("DEU", []),
        ("Greek", []),
    ],
)
def test_a_text_names_a_nation_by_code_name_and_other_name(text: str, codes: list[str]) -> None:
    assert KNOWN.named(text) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("DEU", ["GER"]),
        ("FRG", ["FRG"]),
        ("Greek", ["GRE"]),
        ("West German", ["FRG", "GER"]),
        ("Atlantis", []),
        ("", []),
    ],
)
def test_a_text_may_mean_a_nation_by_another_code_or_an_adjective_too(
    text: str, codes: list[str]
) -> None:
    assert KNOWN.meant(text) == codes


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("KOX", "Did you mean KOR (Korea)?"),
        ("Grece", "Did you mean GRE (Greece)?"),
        ("GEER", "Did you mean GER (Germany) or GRE (Greece)?"),
        ("HOL", "Did you mean NED (Netherlands)?"),
        ("Korea", "Did you mean COR (Korea) or KOR (Korea)?"),
    ],
)
def test_who_writes_a_nation_wrongly_is_told_which_may_be_meant(text: str, hint: str) -> None:
    assert KNOWN.hint(text) == hint
