"""Answers fit the screen and the format, and nothing is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from graph.engines.memory import MemoryDraft
from graph.errors import UnknownFormat
from service.cli import results
from service.cli.results import draw_rows, write_answer

if TYPE_CHECKING:
    from collections.abc import Callable


def narrow(width: int, *, terminal: bool) -> Callable[..., Console]:
    return lambda **_: Console(width=width, force_terminal=terminal, color_system=None)


def test_wide_characters_keep_the_columns_straight(capsys: pytest.CaptureFixture[str]) -> None:
    draw_rows(["place", "n"], [["東京", "1"], ["Paris", "2"]])
    assert capsys.readouterr().out == "place  n\n-----  -\n東京   1\nParis  2\n"


def test_a_terminal_that_is_too_narrow_folds_and_a_file_does_not(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [["a" * 30, "b" * 30]]
    monkeypatch.setattr(results, "Console", narrow(40, terminal=True))
    draw_rows(["x", "y"], rows)
    folded = capsys.readouterr().out
    assert all(len(line) <= 40 for line in folded.splitlines())
    assert (folded.count("a"), folded.count("b")) == (30, 30)
    monkeypatch.setattr(results, "Console", narrow(40, terminal=False))
    draw_rows(["x", "y"], rows)
    assert f"{'a' * 30}  {'b' * 30}\n" in capsys.readouterr().out


def test_a_value_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    write_answer(MemoryDraft().query(r'SELECT ("a\u001B[2J\nb" AS ?x) {}'), "table", {})
    assert capsys.readouterr().out == "x\n----------\na\\x1b[2J\\nb\n".replace("-" * 10, "-" * 11)


def test_xml_that_cannot_carry_a_value_is_refused_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = MemoryDraft().query(r'SELECT ("a\u0001" AS ?x) {}')
    with pytest.raises(UnknownFormat, match=r"U\+0001") as refused:
        write_answer(found, "xml", {})
    assert "json" in refused.value.hint
    assert capsys.readouterr().out == ""


def test_no_rows_are_drawn_as_a_header_alone(capsys: pytest.CaptureFixture[str]) -> None:
    write_answer(MemoryDraft().query("SELECT ?x ?y { ?x a ?y }"), "table", {})
    assert capsys.readouterr() == ("x  y\n-  -\n", "0 rows.\n")
