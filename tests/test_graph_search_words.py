"""Words are parted in every script, and known in Latin letters."""

from __future__ import annotations

import pytest

from graph.search import words_of


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Usain BOLT", ["usain", "bolt"]),
        ("O'Brien, Seán-Óg", ["obrien", "sean", "og"]),
        ("d’Ivoire", ["divoire"]),
        ("Łukasz Żółć", ["lukasz", "zolc"]),
        ("Straße", ["strasse"]),
        ("Ｆｕｌｌ ｗｉｄｔｈ", ["full", "width"]),
        ("Усэйн Болт", ["useyn", "bolt"]),
        ("Παπαδόπουλος", ["papadopoylos"]),
        ("马龙", ["ma", "long"]),
        ("王 楚钦", ["wang", "chu", "qin"]),
        ("김연아", ["gim", "yeon", "a"]),
        ("محمد صلاح", ["mhmd", "slh"]),
        ("गीता फोगाट", ["gita", "phogat"]),
        ("Zátopek", ["zatopek"]),
        ("100 m", ["100", "m"]),
        ("\N{LATIN SMALL LETTER A}\N{COMBINING ACUTE ACCENT}s", ["as"]),
        ("", []),
        ("-- . '", []),
    ],
)
def test_a_name_is_parted_into_words(text: str, plain: list[str]) -> None:
    assert [word.plain for word in words_of(text)] == plain


@pytest.mark.parametrize(
    ("one", "other"),
    [("Müller", "Mueller"), ("Ørsted", "Orsted"), ("Åse", "Aase"), ("Əliyev", "Aliyev")],
)
def test_a_letter_that_is_written_in_two_ways_has_both(one: str, other: str) -> None:
    [first], [second] = words_of(one), words_of(other)
    assert not first.forms.isdisjoint(second.forms)


@pytest.mark.parametrize(
    ("one", "other"), [("Mohamed", "محمد"), ("Yusuf", "يوسف"), ("Hassan", "حسن"), ("Karim", "كريم")]
)
def test_a_script_without_vowels_leaves_the_consonants(one: str, other: str) -> None:
    [first], [second] = words_of(one), words_of(other)
    assert (first.bones, second.is_abjad) == (second.bones, True)
