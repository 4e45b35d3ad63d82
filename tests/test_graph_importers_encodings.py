"""How a table is written is found out, or said by a person, and named either way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.errors import BadTable
from graph.importers.tables import RejectFile, read_table

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ["Zoë Müller", "José García", "JÉRÔME Nuñez", "Françoise Lévêque"]


def read(
    folder: Path, content: bytes, *, encoding: str = "", name: str = "people.csv"
) -> tuple[list[str], str]:
    """Return the names in a file, and what was noted."""
    path = folder / name
    path.write_bytes(content)
    with RejectFile(None) as rejects:
        rows = list(read_table(path, ["code", "name"], rejects=rejects, encoding=encoding))
    return [row["name"] for row in rows], " ".join(rejects.notes)


def table(end: str = "\n", names: list[str] = NAMES) -> str:
    return end.join(["code,name", *(f"1,{name}" for name in names), ""])


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
@pytest.mark.parametrize(
    ("encoding", "named"), [("mac_roman", "Mac Roman"), ("cp1252", "Windows-1252")]
)
def test_old_encodings_are_told_apart_by_how_the_names_look(
    tmp_path: Path, encoding: str, named: str, end: str
) -> None:
    names, note = read(tmp_path, table(end).encode(encoding))

    assert names == NAMES
    assert f"people.csv is in {named}" in note


def test_what_was_guessed_is_said_with_how_to_say_otherwise(tmp_path: Path) -> None:
    _, note = read(tmp_path, "code,name\r1,Zoë Müller\r".encode("mac_roman"))

    assert note.startswith("people.csv is in Mac Roman, with CR line ends as on old Macs;")
    assert "--encoding mac-roman" in note


@pytest.mark.parametrize(("end", "found"), [("\r", "Ángel"), ("\n", "çngel")])
def test_where_both_look_like_names_the_line_ends_decide(
    tmp_path: Path, end: str, found: str
) -> None:
    names, _ = read(tmp_path, f"code,name{end}1,Ángel{end}".encode("mac_roman"))

    assert names == [found]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "mac_roman", "iso-8859-1", "utf-16"]
)
def test_an_encoding_that_a_person_says_is_not_guessed(tmp_path: Path, encoding: str) -> None:
    names, note = read(tmp_path, table().encode(encoding), encoding=encoding)

    assert names == NAMES
    assert not note


def test_letters_that_only_the_encoding_said_has_are_right(tmp_path: Path) -> None:
    names, _ = read(tmp_path, "code,name\n1,Łukasz Żak\n".encode("iso-8859-2"), encoding="latin2")

    assert names == ["Łukasz Żak"]


def test_a_file_that_is_not_in_the_encoding_said_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match=r"people.csv is not in utf-8: some of its bytes"):
        read(tmp_path, table().encode("cp1252"), encoding="utf-8")


@pytest.mark.parametrize("name", ["klingon", "base64", "\0"])
def test_an_encoding_that_there_is_not_is_told_with_those_that_there_are(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(BadTable, match="There is no encoding") as caught:
        read(tmp_path, table().encode(), encoding=name)
    assert "mac-roman" in caught.value.hint


@pytest.mark.parametrize(
    ("content", "kind", "hint"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00", "workbook", "'CSV UTF-8'"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", r"\.xls", "'CSV UTF-8'"),
        (b"%PDF-1.7\n", "PDF", "save it as CSV"),
        (b"\n<!DOCTYPE html><html>", "page of the web", "save it as CSV"),
        (b"\x1f\x8b\x08\x00", "compressed", ".gz"),
    ],
)
def test_what_is_no_csv_is_named_for_what_it_is(
    tmp_path: Path, content: bytes, kind: str, hint: str
) -> None:
    for encoding in ("", "utf-8"):
        with pytest.raises(BadTable, match=f"is no CSV file: it is .*{kind}") as caught:
            read(tmp_path, content, encoding=encoding)
        assert hint in caught.value.hint
