"""A score is a whole for the same name, less for each thing that differs, and says what does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.search import likeness, words_of

if TYPE_CHECKING:
    from graph.search import Likeness


def like(asked: str, named: str, *, begins: bool = False) -> Likeness:
    return likeness(words_of(asked), words_of(named), begins=begins)


@pytest.mark.parametrize(
    ("asked", "better", "worse"),
    [
        ("Usain Bolt", "Usain Bolt", "Usain St Leo Bolt"),
        ("Usain Bolt", "Usain St Leo Bolt", "Usain Volt"),
        ("Usain Bolt", "Usain Bolt", "Bolt Usain"),
        ("U Bolt", "Usain Bolt", "Andre Bolt"),
        ("Bolt", "Bolt", "Usain Bolt"),
        ("Bolt", "Usain Bolt", "Usain Volt"),
        ("Isinbaeva", "Yelena Isinbayeva", "Yelena Istimbaeva"),
        ("Muller", "Müller", "Miller"),
    ],
)
def test_the_nearer_name_has_the_higher_score(asked: str, better: str, worse: str) -> None:
    assert like(asked, better).score > like(asked, worse).score


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("Usain Bolt", "Lamiya Valiyeva"),
        ("Li", "Lu"),
        ("Wang", "Zhang"),
        ("aze", "Jung Young A"),
        ("bolt", "B. Ek"),
        ("", "Usain Bolt"),
        ("Usain Bolt", ""),
    ],
)
def test_another_name_is_no_hit(asked: str, named: str) -> None:
    assert like(asked, named).score == 0


def test_initials_alone_are_found_in_initials() -> None:
    assert like("J P", "Jean-Pierre").score > 0


@pytest.mark.parametrize(
    ("asked", "named", "reason"),
    [
        ("Muller", "Müller", "“muller” is “müller” in other letters."),
        ("Болт", "Bolt", "“болт” is “bolt” in other letters."),
        ("Bolt Usain", "Usain Bolt", "The words are in another order."),
        ("U Bolt", "Usain Bolt", "“u” may stand for “usain”."),
        ("Isinbaeva", "Isinbayeva", "“isinbaeva” differs from “isinbayeva” by one letter."),
        ("Jekatarina", "Yekaterina", "“jekatarina” differs from “yekaterina” by two letters."),
        ("Ekatarina", "Yekaterina", "“ekatarina” differs from “yekaterina” by two letters."),
        ("Kabajeva", "Cabayevwa", "“kabajeva” sounds almost like “cabayevwa”."),
        ("Papadopolous", "Papadopoulos", "“papadopolous” is another spelling of “papadopoulos”."),
        ("Bolt Jr", "Usain Bolt", "“jr” is not in the name."),
        ("Aze", "Azerbaijan", "“azerbaijan” begins with “aze”."),
        ("محمد", "Mohamed", "“محمد” and “mohamed” have the same consonants."),
    ],
)
def test_what_differs_is_said(asked: str, named: str, reason: str) -> None:
    assert reason in like(asked, named).reasons


def test_a_word_may_go_on_only_while_it_is_typed_and_only_the_last() -> None:
    assert like("usain bo", "Usain Bolt", begins=True).score > like("usain bo", "Usain Bolt").score
    assert like("us bolt", "Usain Bolt", begins=True) == like("us bolt", "Usain Bolt")


def test_another_spelling_of_what_is_typed_comes_before_a_shorter_word() -> None:
    asked = "valie"
    assert (
        like(asked, "Lamiya Valiyeva", begins=True).score
        > like(asked, "Vali Israfilov", begins=True).score
    )


def test_no_word_of_a_name_is_used_twice() -> None:
    assert like("Bolt Bolt", "Usain Bolt").score < like("Bolt", "Usain Bolt").score
