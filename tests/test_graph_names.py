"""Names become addresses that are valid, stable and readable."""

from __future__ import annotations

import pytest

from graph.errors import BadTerm
from graph.names import Names, mg, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Men's 100m Backstroke - S12", "mens-100m-backstroke-s12"),
        ("Šárka PULTAR MUSILOVÁ", "sarka-pultar-musilova"),
        ("Öznur CÜRE", "oznur-cure"),
        ("Łukasz Đorđević", "lukasz-dordevic"),
        ("Əliyev -- İlham", "aliyev-ilham"),
        ("  two   spaces  ", "two-spaces"),
    ],
)
def test_a_slug_keeps_what_can_be_read_and_never_holds_two_hyphens(
    text: str, expected: str
) -> None:
    assert slug(text) == expected


def test_a_name_without_latin_letters_is_refused_with_a_way_out() -> None:
    with pytest.raises(BadTerm, match="No address") as caught:
        slug("李 婷")
    assert "Latin" in caught.value.hint


def test_an_address_lies_under_the_base_of_its_store() -> None:
    names = Names("https://data.example.org/games")
    assert names.of("entry", "event", "person").value == (
        "https://data.example.org/games/id/entry/event--person"
    )
    assert names.prefixes()["person"] == "https://data.example.org/games/id/person/"


def test_an_unknown_kind_of_thing_has_no_address() -> None:
    with pytest.raises(BadTerm, match="not a kind"):
        Names().of("horse", "x")


def test_a_term_of_the_vocabulary_lies_in_its_namespace() -> None:
    assert mg("won").value == "https://w3id.org/medalgraph/ns#won"
