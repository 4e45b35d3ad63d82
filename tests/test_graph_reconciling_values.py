"""The values that fill the columns of somebody's table."""

from __future__ import annotations

import pytest

from graph.names import local_name
from graph.reconciling.kinds import KINDS, PROPERTIES
from graph.reconciling.values import values
from graph.terms import NamedNode

from .reconciling_world import NAMES, bundled_reconciler


def of(kind: str, key: str, prop: str) -> list[str | int]:
    library = bundled_reconciler().library
    facts = library.facts(NAMES.of(kind, key))
    assert facts is not None
    found = values(prop, facts, library)
    return [local_name(one) if isinstance(one, NamedNode) else one for one in found]


@pytest.mark.parametrize(
    ("prop", "found"),
    [
        ("name", ["Raman Salei"]),
        ("otherNames", ["Roman Saleh"]),
        ("nation", ["AZE"]),
        ("born", ["1994-02-27"]),
        ("sex", ["male"]),
        ("sport", ["para-swimming"]),
        ("games", ["2024-summer-para"]),
        ("year", [2024]),
        ("gold", [0]),
        ("silver", [1]),
        ("bronze", [2]),
        ("medals", [3]),
        ("externalId", ["paris2024:2788583"]),
        ("died", []),
        ("code", []),
    ],
)
def test_what_is_known_of_a_person(prop: str, found: list[str | int]) -> None:
    assert of("person", "raman-salei-1994", prop) == found


@pytest.mark.parametrize(
    ("prop", "found"),
    [
        ("code", ["AZE"]),
        ("name", ["Azerbaijan"]),
        # Paris 2024 Paralympics, the only results that come with the program.
        ("gold", [4]),
        ("silver", [2]),
        ("bronze", [5]),
        ("medals", [11]),
    ],
)
def test_what_is_known_of_a_nation(prop: str, found: list[str | int]) -> None:
    assert of("nation", "AZE", prop) == found


def test_former_codes_of_a_nation_are_apart_from_that_of_today() -> None:
    assert of("nation", "GER", "code") == ["GER"]
    assert of("nation", "GER", "formerCodes") == ["EUA", "FRG"]


def test_what_is_known_of_games() -> None:
    assert of("games", "2024-summer-para", "year") == [2024]
    assert of("games", "2024-summer-para", "season") == ["Summer"]


def test_each_kind_has_properties_that_there_are() -> None:
    assert {prop for kind in KINDS.values() for prop in kind.properties} == set(PROPERTIES)
