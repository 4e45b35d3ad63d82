"""A spreadsheet runs nothing that was downloaded for it (complaint 32)."""

from __future__ import annotations

import csv
import io

import pytest

from graph.spreadsheet import safe_cell, write_csv, write_safe_csv


@pytest.mark.parametrize("text", ["=1+1", "+a", "-a", "@x", "-2-3", "+1 (of 3)", "\t=1", "\r=1"])
def test_a_cell_that_would_be_run_is_guarded(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-2", "+1", "-2.50", "1e5", "-1.5E-3", "a=1", "", "'x"])
def test_numbers_and_plain_text_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


def test_a_safe_table_begins_with_the_mark_by_which_excel_knows_utf_8() -> None:
    safe, faithful = io.BytesIO(), io.BytesIO()
    write_safe_csv(["name"], [["Azərbaycan"]], safe)
    write_csv(["name"], [["Azərbaycan"]], faithful)
    assert safe.getvalue() == b"\xef\xbb\xbf" + faithful.getvalue()
    assert faithful.getvalue() == b"name\r\nAz\xc9\x99rbaycan\r\n"


def test_a_safe_table_is_the_same_table_otherwise() -> None:
    rows = [['a"b', "x,y"], ["one\rtwo", "=1"]]

    out = io.BytesIO()
    write_safe_csv(["p", "q"], rows, out)
    written = out.getvalue().decode("utf-8-sig")

    assert written.startswith("p,q\r\n")
    assert list(csv.reader(io.StringIO(written, newline=""))) == [
        ["p", "q"],
        ['a"b', "x,y"],
        ["one\rtwo", "'=1"],
    ]
