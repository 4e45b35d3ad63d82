from __future__ import annotations

import pytest

from graph.importers.nations import Country, describe_nation, describe_place
from graph.names import Names, mg

NAMES = Names()
GRAPH = NAMES.graph("test")


@pytest.mark.parametrize(
    ("short", "long", "label"),
    [
        ("Azerbaijan", "Azerbaijan", "Azerbaijan"),
        ("United States", "United States of America", "United States"),
        ("Korea", "Republic of Korea", "Korea"),
        ("Syria", "Syrian Arab Republic", "Syria"),
        ("UA Emirates", "United Arab Emirates", "United Arab Emirates"),
        ("StVincent&Grenadines", "St Vincent and the Grenadines", "St Vincent and the Grenadines"),
        ("Bosnia & Herzegovina", "Bosnia and Herzegovina", "Bosnia and Herzegovina"),
        ("NPA", "Neutral Paralympic Athletes", "Neutral Paralympic Athletes"),
        ("Hong Kong, China", "Hong Kong, China", "Hong Kong, China"),
    ],
)
def test_an_abbreviated_name_gives_way_to_the_long_one(short: str, long: str, label: str) -> None:
    assert Country("XXX", short, long).label == label


def test_a_nation_stands_for_the_country_of_its_name() -> None:
    quads = set(describe_nation(Country("CIV", "Côte d'Ivoire", "Côte d'Ivoire"), NAMES, GRAPH))
    said = {quad.predicate: quad.object for quad in quads}

    assert said[mg("kind")] == mg("Country")
    assert said[mg("country")] == NAMES.of("place", "cote-divoire")


@pytest.mark.parametrize(("code", "kind"), [("NPA", "Neutral"), ("RPT", "Refugee")])
def test_neutral_and_refugee_teams_stand_for_no_country(code: str, kind: str) -> None:
    team = Country(code, code, "A team")
    said = {quad.predicate: quad.object for quad in describe_nation(team, NAMES, GRAPH)}

    assert said[mg("kind")] == mg(kind)
    assert mg("country") not in said
    assert list(describe_place(team, NAMES, GRAPH)) == []


def test_a_code_is_not_another_name() -> None:
    assert Country("NPA", "NPA", "Neutral Paralympic Athletes").other_names == []
    assert Country("CHN", "China", "People's Republic of China").other_names == [
        "People's Republic of China"
    ]
