"""A query or update comes from one place, and a syntax error points into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest

from graph.errors import BadSyntax
from service.cli.texts import decoded, excerpt, point_into, pointing_at, read_text

if TYPE_CHECKING:
    from pathlib import Path


def test_a_text_comes_from_the_command_line_or_a_file(tmp_path: Path) -> None:
    file = tmp_path / "q.rq"
    file.write_bytes("\ufeffASK { ?s ?p 'Bak\u0131' }".encode())
    assert read_text("ASK {}", None, what="query") == "ASK {}"
    assert read_text(None, str(file), what="query") == "ASK { ?s ?p 'Bak\u0131' }"


@pytest.mark.parametrize(("text", "file"), [(None, None), ("ASK {}", "q.rq")])
def test_no_text_and_two_texts_are_both_refused(text: str | None, file: str | None) -> None:
    with pytest.raises(click.UsageError, match="Give the query as one word in quotes"):
        read_text(text, file, what="query")


def test_a_text_that_is_not_utf_8_names_the_line() -> None:
    with pytest.raises(BadSyntax, match=r"q\.rq cannot be read in line 2: it is not UTF-8") as got:
        decoded(b"ASK\n{ '\xff' }", source="q.rq")
    assert got.value.hint


def test_a_syntax_error_shows_the_line_with_a_caret() -> None:
    with pytest.raises(BadSyntax) as got, pointing_at("SELECT *\nWHER { }"):
        raise BadSyntax("'WHER' has no meaning here", line=2, column=1)
    assert got.value.__notes__ == ["  WHER { }\n  ^"]


def test_the_caret_stands_below_the_column_of_a_very_long_line() -> None:
    line = "x" * 500 + "!" + "y" * 500
    shown, caret = excerpt(line, 1, 501).split("\n")
    assert len(shown) <= 102
    assert shown[caret.index("^")] == "!"


def test_a_column_behind_the_end_points_behind_the_end() -> None:
    assert excerpt("ASK {", 1, 6) == "  ASK {\n       ^"


def test_a_line_that_is_not_there_is_shown_empty() -> None:
    assert excerpt("", 1, 1) == "  \n  ^"


def test_a_tab_before_the_column_does_not_move_the_caret() -> None:
    assert excerpt("\tASK }", 1, 6) == "   ASK }\n       ^"


def test_the_line_of_a_file_is_shown(tmp_path: Path) -> None:
    file = tmp_path / "cut.ttl"
    file.write_text("<http://ex/a> <http://ex/b> <http://ex/c> .\n<http://ex/a> <http://ex")
    error = BadSyntax("it ends within an address", line=2, column=15)
    point_into(file, error)
    assert error.__notes__ == ["  <http://ex/a> <http://ex\n                ^"]
