"""What is said cannot steer the terminal that shows it."""

from __future__ import annotations

import pytest

from service.amounts import counted
from service.cli.voice import listed, one_line, visible


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Bak\u0131, São Tomé, 東京", "Bak\u0131, São Tomé, 東京"),
        ("a\x1b[31mred", "a\\x1b[31mred"),
        ("bell\x07 nul\x00 del\x7f csi\x9b", "bell\\x07 nul\\x00 del\\x7f csi\\x9b"),
        ("over\rwritten", "over\\rwritten"),
        ("turned\u202eround", "turned\\u202eround"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
    ],
)
def test_characters_that_steer_a_terminal_are_written_out(said: str, shown: str) -> None:
    assert visible(said) == shown


def test_a_value_in_a_table_stays_on_one_line() -> None:
    assert one_line("two\nlines\tand a tab") == "two\\nlines\\tand a tab"


def test_one_is_singular_and_large_numbers_have_separators() -> None:
    assert counted(1, "entry", plural="entries") == "1 entry"
    assert counted(1234, "entry", plural="entries") == "1,234 entries"
    assert counted(0, "row") == "0 rows"


def test_a_list_keeps_long_sentences_below_their_mark() -> None:
    assert listed(["one", "two\nlines"]) == "- one\n- two\n  lines"
