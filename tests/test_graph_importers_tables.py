from __future__ import annotations

import csv
import gzip
from typing import TYPE_CHECKING

import pytest

from graph.errors import BadTable
from graph.importers.reject_list import RejectList
from graph.importers.tables import BadCell, RejectFile, Row, find_table, read_header, read_table

if TYPE_CHECKING:
    from pathlib import Path

GOOD = "code,name\n1,Ann\n2,Bo\n"


def written(folder: Path, content: str | bytes, name: str = "people.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def rows(path: Path, rejects: RejectFile | None = None) -> list[tuple[int, str, str]]:
    found = read_table(path, ("code", "name"), rejects=rejects or RejectFile(None))
    return [(row.line, row["code"], row["name"]) for row in found]


def test_rows_come_with_the_line_they_begin_in(tmp_path: Path) -> None:
    path = written(tmp_path, 'code,name\n1,"Ann\nLee"\n\n2,Bo\n')

    assert rows(path) == [(2, "1", "Ann Lee"), (5, "2", "Bo")]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no mark", "byte order mark"])
@pytest.mark.parametrize("name", ["people.csv", "people.csv.gz"])
def test_a_table_is_read_plain_or_compressed_with_or_without_a_mark(
    tmp_path: Path, mark: bytes, name: str
) -> None:
    content = mark + "code,name\r\n1,Jérôme\r\n".encode()
    path = written(tmp_path, gzip.compress(content) if name.endswith("gz") else content, name)

    assert rows(path) == [(2, "1", "Jérôme")]


def test_white_space_of_any_kind_is_one_space(tmp_path: Path) -> None:
    path = written(tmp_path, "code,name\n1,  Matt\xa0 BUSH \n")

    assert rows(path) == [(2, "1", "Matt BUSH")]


def test_columns_that_nobody_asked_for_are_not_kept(tmp_path: Path) -> None:
    path = written(tmp_path, "code,hobbies,name\n1,chess,Ann\n")

    (row,) = read_table(path, ("code", "name"), rejects=RejectFile(None))

    assert row.cells == {"code": "1", "name": "Ann"}


@pytest.mark.parametrize(
    ("line", "word"), [("2", "too few"), ("2,Bo,x", "too many")], ids=["few", "many"]
)
def test_a_row_of_the_wrong_width_is_refused_and_the_others_go_on(
    tmp_path: Path, line: str, word: str
) -> None:
    path = written(tmp_path, f"code,name\n1,Ann\n{line}\n3,Cy\n")

    with RejectFile(tmp_path / "rejects.csv") as rejects:
        assert rows(path, rejects) == [(2, "1", "Ann"), (4, "3", "Cy")]

    assert rejects.count == 1
    with (tmp_path / "rejects.csv").open(encoding="utf-8", newline="") as file:
        (refused,) = csv.DictReader(file)
    assert (refused["file"], refused["line"], refused["value"]) == ("people.csv", "3", line)
    assert word in refused["reason"]
    assert "the header has 2" in refused["reason"]
    assert refused["how to fix"]


def test_a_row_at_the_end_of_a_cut_file_says_so(tmp_path: Path) -> None:
    path = written(tmp_path, "code,name\n1,Ann\n2")

    with RejectFile(tmp_path / "rejects.csv") as rejects:
        rows(path, rejects)

    assert "cut off" in (tmp_path / "rejects.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("empty", [",", ", ", ",,,", " ", '"",""'])
def test_a_line_of_empty_cells_is_passed_over_and_is_no_row(tmp_path: Path, empty: str) -> None:
    path = written(tmp_path, f"code,name\n1,Ann\n{empty}\n2,Bo\n{empty}\n{empty}\n")

    with RejectFile(None) as rejects:
        assert rows(path, rejects) == [(2, "1", "Ann"), (4, "2", "Bo")]

    assert (rejects.rows, rejects.count) == (2, 0)


def test_empty_cells_and_columns_at_the_right_do_not_count(tmp_path: Path) -> None:
    path = written(tmp_path, "code,name,,\n1,Ann,,\n2,Bo,,,,\n")

    assert rows(path) == [(2, "1", "Ann"), (3, "2", "Bo")]


def test_a_quote_that_is_never_closed_is_named_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, 'code,name\n1,Ann\n2,"Bo\n3,Cy\n')

    with pytest.raises(BadTable, match=r"people.csv seems to be cut off.* from line 3 on"):
        rows(path)


def test_a_text_without_end_in_a_long_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, 'code,name\n1,"Ann\n' + "2,Bo\n" * 40_000)

    with pytest.raises(BadTable, match=r"from line 2 on is never closed"):
        rows(path)


@pytest.mark.parametrize("kept", [0.5, 0.99], ids=["half", "without its end"])
def test_a_compressed_file_that_is_cut_is_named(tmp_path: Path, kept: float) -> None:
    whole = gzip.compress(("code,name\n" + "".join(f"{n},{n * n}\n" for n in range(999))).encode())
    path = written(tmp_path, whole[: int(len(whole) * kept)], "people.csv.gz")

    with pytest.raises(BadTable, match=r"people.csv.gz seems to be cut off or damaged"):
        rows(path)


def test_a_plain_file_called_gz_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD, "people.csv.gz")

    with pytest.raises(BadTable, match="not a whole gzip file"):
        rows(path)


@pytest.mark.parametrize(
    ("content", "offset", "guess"),
    [
        (b"\xef\xbb\xbfcode,name\n1,J\xe9r\xf4me\n", 16, "damaged"),
        ("code,name\n1,Jérôme\n2,".encode() + b"Ren\xe9\n", 26, "damaged"),
        (b"code,name\n1,\x81\n", 12, "damaged"),
        ("code,name\n1,Jérôme\n".encode()[:-4], 16, "damaged"),
    ],
    ids=["after a mark", "beside UTF-8", "no letter of 1252", "cut in a letter"],
)
def test_a_byte_that_fits_no_encoding_is_named_with_its_offset(
    tmp_path: Path, content: bytes, offset: int, guess: str
) -> None:
    with pytest.raises(BadTable, match=f"offset {offset} ") as caught:
        rows(written(tmp_path, content))

    assert guess in caught.value.hint


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (b"code,name\n1,J\xe9r\xf4me\n", "is in Windows-1252;"),
        ("code,name\r1,Jérôme\r".encode(), "is with CR line ends as on old Macs;"),
        (b"code,name\r1,J\xe9r\xf4me", "is in Windows-1252, with CR line ends as on old Macs;"),
        ("code\tname\r\n1\tJérôme\r\n".encode("utf-16"), "is in UTF-16;"),
        ("code;name\n1;Jérôme\n".encode("utf-16-le"), "is in UTF-16;"),
        ("code;name\n1;Jérôme\n".encode("utf-16-be"), "is in UTF-16;"),
        ("code,name\r\n1,Jérôme\r\n".encode(), ""),
        ("code,name\n1,Jérôme\n".encode("utf-8-sig"), ""),
    ],
)
def test_encodings_and_line_ends_of_spreadsheets_are_read_and_named(
    tmp_path: Path, content: bytes, note: str
) -> None:
    with RejectFile(None) as rejects:
        found = list(read_table(written(tmp_path, content), ["code", "name"], rejects=rejects))

    assert [(row.line, row["name"]) for row in found] == [(2, "Jérôme")]
    assert " ".join(rejects.notes).startswith(f"people.csv {note}" if note else "")
    assert len(rejects.notes) == bool(note)


def test_a_missing_column_is_named_beside_those_that_are_there(tmp_path: Path) -> None:
    path = written(tmp_path, "code|name\n1|Ann\n")

    with pytest.raises(BadTable, match=r"no column code, name; its columns are code\|name"):
        rows(path)


@pytest.mark.parametrize("mark", [";", "\t"])
def test_semicolons_or_tabs_may_stand_between_the_cells(tmp_path: Path, mark: str) -> None:
    path = written(tmp_path, f'code{mark}name\n1{mark}"Lee{mark}, Ann"\n')

    assert rows(path) == [(2, "1", " ".join(f"Lee{mark}, Ann".split()))]


def test_a_column_that_is_there_twice_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, "code,name,name\n1,Ann,Lee\n")

    with pytest.raises(BadTable, match="more than one column name"):
        rows(path)


@pytest.mark.parametrize("content", ["", "\n", "\ufeff"], ids=["empty", "blank", "mark only"])
def test_a_table_without_a_header_is_empty(tmp_path: Path, content: str) -> None:
    with pytest.raises(BadTable, match="is empty"):
        rows(written(tmp_path, content))


def test_a_table_is_found_plain_or_compressed(tmp_path: Path) -> None:
    plain = written(tmp_path, GOOD)
    packed = written(tmp_path, gzip.compress(b"x"), "medals.csv.gz")

    assert find_table(tmp_path, "people.csv") == plain
    assert find_table(tmp_path, "medals.csv") == packed


def test_a_missing_table_is_named_beside_what_the_folder_holds(tmp_path: Path) -> None:
    written(tmp_path, GOOD)

    with pytest.raises(BadTable, match=r"no table medals.csv or medals.csv.gz; it holds people"):
        find_table(tmp_path, "medals.csv")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match="There is no folder"):
        find_table(tmp_path / "nowhere", "medals.csv")


def test_a_folder_in_the_place_of_a_table_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match="cannot be read"):
        rows(tmp_path)


def test_no_reject_file_is_made_where_nothing_is_refused(tmp_path: Path) -> None:
    with RejectFile(tmp_path / "rejects.csv") as rejects:
        rows(written(tmp_path, GOOD), rejects)

    assert rejects.count == 0
    assert not (tmp_path / "rejects.csv").exists()


def test_a_reject_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with (
        RejectFile(tmp_path / "nowhere" / "rejects.csv") as rejects,
        pytest.raises(BadTable, match=r"reject file .* cannot be written"),
    ):
        rejects.write("people.csv", 7, BadCell("it is wrong"))


@pytest.mark.parametrize("text", ["", "4.0", "four", "1 000", "٤"])
def test_what_is_not_a_whole_number_is_refused_with_its_column(text: str) -> None:
    with pytest.raises(BadCell, match="whole number") as caught:
        Row("medals.csv", 7, {"Gold": text}).integer("Gold")

    assert (caught.value.column, caught.value.value) == ("Gold", text)


def test_a_word_that_is_not_known_is_refused_with_those_that_are() -> None:
    row = Row("people.csv", 7, {"gender": "Mail"})

    with pytest.raises(BadCell, match="none of the words") as caught:
        row.choice("gender", {"Male": "M", "Female": "F"})

    assert caught.value.hint == "Use one of: Male, Female."


def test_that_a_cell_may_be_empty_is_said_in_words() -> None:
    row = Row("results.csv", 7, {"unit": "Mile"})

    with pytest.raises(BadCell) as caught:
        row.choice("unit", {"": "", "Metre": "Metre", "Second": "Second"})

    assert caught.value.hint == "Use one of: Metre, Second, or leave it empty."


def test_an_empty_cell_is_refused_where_it_is_needed() -> None:
    with pytest.raises(BadCell, match="code is empty"):
        Row("people.csv", 7, {"code": ""}).needed("code")


def test_a_run_that_refuses_nothing_removes_the_reject_file_of_an_earlier_one(
    tmp_path: Path,
) -> None:
    place = tmp_path / "rejects.csv"
    with RejectFile(place) as rejects:
        rows(written(tmp_path, "code,name\n1\n2,Bo\n"), rejects)
    assert place.is_file()

    with RejectFile(place) as rejects:
        rows(written(tmp_path, GOOD), rejects)

    assert not place.exists()


def test_a_run_that_broke_off_leaves_the_reject_file_of_an_earlier_one(tmp_path: Path) -> None:
    place = tmp_path / "rejects.csv"
    with RejectFile(place) as rejects:
        rows(written(tmp_path, "code,name\n1\n2,Bo\n"), rejects)

    with pytest.raises(BadTable), RejectFile(place) as rejects:
        rows(written(tmp_path, "code\n1\n"), rejects)

    assert place.is_file()


def test_a_file_that_is_no_reject_file_is_neither_removed_nor_written_over(tmp_path: Path) -> None:
    place = written(tmp_path, "code,name\n1\n2,Bo\n", "mine.csv")

    with RejectFile(place) as rejects:
        rows(written(tmp_path, GOOD), rejects)
    with (
        pytest.raises(BadTable, match=r"written over .*mine\.csv, which is no reject file"),
        RejectFile(place) as rejects,
    ):
        rows(place, rejects)

    assert place.read_text(encoding="utf-8") == "code,name\n1\n2,Bo\n"


@pytest.mark.parametrize("declared", ["sep=;", "SEP=;", '"sep=;"'])
def test_a_first_line_that_says_what_stands_between_cells_is_obeyed(
    tmp_path: Path, declared: str
) -> None:
    path = written(tmp_path, f"{declared}\r\ncode;name\r\n1;Ann, the first\r\n".encode())
    found = list(read_table(path, ["code", "name"], rejects=RejectFile(None)))

    assert [(row.line, row["name"]) for row in found] == [(3, "Ann, the first")]
    assert read_header(path) == ["code", "name"]


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\xff\xd8\xff\xe0\0\x10JFIF\0", b"GIF89a\x01\0\x01\0"],
)
def test_a_picture_is_told_as_no_table(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(
        BadTable, match=r"people.csv is no CSV file: it holds bytes that no text has"
    ):
        rows(written(tmp_path, content))


@pytest.mark.parametrize(
    ("delimiter", "called"), [(",", "comma"), (";", "semicolon"), ("\t", "tab")]
)
def test_a_row_with_too_many_cells_is_told_with_what_stands_between_them(
    tmp_path: Path, delimiter: str, called: str
) -> None:
    text = "code,name\n1,Ann,of,Kent\n".replace(",", delimiter)
    rejects = RejectList(limit=1)
    list(read_table(written(tmp_path, text.encode()), ["code", "name"], rejects=rejects))

    [refused] = rejects.kept
    assert refused.how_to_fix == f"Put a cell that holds a {called} in double quotes"
    assert refused.value == text.splitlines()[1]
