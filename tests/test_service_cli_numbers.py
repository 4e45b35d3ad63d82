"""A word that is no number is refused with the numbers that would do."""

from __future__ import annotations

import click
import pytest

from service.cli.numbers import Number


def test_a_number_in_the_range_is_taken() -> None:
    assert Number(min=1).convert("12", None, None) == 12


@pytest.mark.parametrize("word", ["x", "0", "-3", "1.5", ""])
def test_another_word_is_refused(word: str) -> None:
    with pytest.raises(click.BadParameter, match=f"'{word}' is no whole number from 1 on"):
        Number(min=1).convert(word, None, None)


def test_a_range_is_told_as_one() -> None:
    with pytest.raises(click.BadParameter, match="'9' is no whole number from 1 to 8"):
        Number(1, 8).convert("9", None, None)
