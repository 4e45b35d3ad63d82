"""A sheet is imported from a page: chosen, rehearsed, mended, kept with a reason, taken back."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from graph.names import Names
from service.carried import MOST_BYTES

from .importing_world import BAD, GOOD, REASON, choose, fields_of, importing_in, keep, labels, post
from .review_world import OURS, Browser, signed_in
from .service_world import BROWSER, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with importing_in(tmp_path) as made:
        yield made


@pytest.fixture
def browser(world: World) -> Browser:
    return signed_in(world)


def test_a_sheet_is_rehearsed_and_kept_with_a_reason_by_who_signed_in(
    world: World, browser: Browser
) -> None:
    before = world.store.version
    page = choose(browser, GOOD, title="The book", publisher="We", issued="2024-09-17")
    assert page.status_code == 200, page.text
    assert world.store.version == before
    assert "2 rows read" in page.text
    assert "New One: born 1999-01-01" in page.text

    done = keep(browser, page)
    assert done.status_code == 200, done.text
    assert f"Kept as commit {before + 1}, by Leyla" in done.text
    commit = world.store.commit(before + 1)
    assert (commit.info.kind, commit.info.author) == ("import", "Leyla")
    assert commit.info.message == f"Import The book: {REASON}"
    assert commit.info.source == Names().graph("people-people")
    assert labels(world) == ["New One", "Other One", "Vuqar Sirinli"]
    told = "SELECT ?d WHERE { GRAPH graph:meta { graph:people-people dcterms:issued ?d } }"
    assert world.values(told) == ["2024-09-17"]


def test_a_bad_row_is_mended_in_place_and_another_one_dropped(
    world: World, browser: Browser
) -> None:
    page = choose(browser, BAD)
    assert "2 cannot be used" in page.text
    for said in ("Line 3", "“<bdi>X</bdi>”", "Line 4", "there is no month 13", "Correct the date"):
        assert said in page.text
    again = fields_of(page, "/import")
    assert again["cell-3-1"] == "X"

    page = post(browser, "/import", again | {"cell-3-1": "F", "drop": "4"})
    assert "cannot be used" not in page.text.partition("<form")[0]
    assert "1 row left out by you" in page.text
    done = keep(browser, page)
    assert "1 row was not imported" in done.text
    assert labels(world) == ["New One", "Vuqar Sirinli", "Wrong Sex"]
    left = post(browser, "/import/left-out", fields_of(done, "/import/left-out"))
    [header, row] = csv.reader(io.StringIO(left.data.decode("utf-8-sig")))
    assert header == [
        *("file", "line", "column", "value", "reason", "how to fix", "name", "sex", "born")
    ]
    assert row[:4] == ["people.csv", "4", "born", "1999-13-41"]
    assert row[6:] == ["Wrong Day", "M", "1999-13-41"]


def test_a_dropped_row_can_be_taken_in_again(browser: Browser) -> None:
    page = choose(browser, BAD)
    page = post(browser, "/import", fields_of(page, "/import") | {"drop": ["3", "4"]})
    page = post(browser, "/import", fields_of(page, "/import") | {"keep": "3"})
    assert "1 row left out by you" in page.text
    assert "Line 3" in page.text


def test_bad_rows_that_are_left_are_kept_out_only_if_that_is_said(
    world: World, browser: Browser
) -> None:
    page, before = choose(browser, BAD), world.store.version
    assert keep(browser, page).status_code == 409
    assert world.store.version == before
    assert keep(browser, page, leave="true").status_code == 200
    assert labels(world) == ["New One", "Vuqar Sirinli"]


def test_an_import_is_taken_back_by_a_new_commit_with_a_reason(
    world: World, browser: Browser
) -> None:
    keep(browser, choose(browser, GOOD))
    number = world.store.version
    page = browser.open(f"/import/commits/{number}")
    action = f"/import/commits/{number}"
    undone = browser.send(
        action, {k: str(v) for k, v in fields_of(page, action).items()} | {"reason": "A mistake"}
    )
    assert undone.status_code == 303, undone.text
    assert undone.headers["Location"] == f"/import/commits/{number + 1}"
    commit = world.store.commit(number + 1)
    assert (commit.info.kind, commit.info.message) == ("undo", f"Undo commit {number}: A mistake")
    assert labels(world) == ["Vuqar Sirinli"]
    assert "Taken back" in browser.open(undone.headers["Location"]).text


@pytest.mark.parametrize(
    ("content", "note"),
    [
        ("name;sex\r\nZoë Ázar;F\r\n".encode("cp1252"), "is in Windows-1252"),
        ("name\tsex\r\nZoë Ázar\tF\r\n".encode("utf-16"), "is in UTF-16"),
        ("sep=;\r\nname;sex\r\nZoë Ázar;F\r\n".encode(), ""),
        ("\N{ZERO WIDTH NO-BREAK SPACE}name;sex\r\nZoë Ázar;F\r\n".encode(), ""),
    ],
)
def test_a_sheet_is_read_as_spreadsheets_save_it(
    world: World, browser: Browser, content: bytes, note: str
) -> None:
    page = choose(browser, content)
    assert note in page.text
    assert keep(browser, page).status_code == 200
    assert "Zoë Ázar" in labels(world)


@pytest.mark.parametrize(
    ("content", "name", "said", "status"),
    [
        ("", "people.csv", "people.csv is empty", 400),
        ("\n\n", "people.csv", "is empty", 400),
        ("Nom\nJean\n", "people.csv", "has no column name", 400),
        (b"\x89PNG\r\n\x1a\n\0\0", "picture.csv", "picture.csv", 400),
        (b"\x1f\x8b\x08", "people.csv.gz", "is packed", 400),
        ('name\n"never closed\n', "people.csv", "never closed", 400),
    ],
)
def test_what_is_no_sheet_is_told_where_it_was_chosen(
    browser: Browser, content: str | bytes, name: str, said: str, status: int
) -> None:
    page = choose(browser, content, name)
    assert page.status_code == status
    assert said in page.text
    assert 'name="file"' in page.text


@pytest.mark.parametrize("size", [MOST_BYTES + 1, 3 * MOST_BYTES])
def test_a_file_that_is_too_large_is_told_with_what_takes_it(browser: Browser, size: int) -> None:
    head = 'Content-Disposition: form-data; name="{}"'
    parts = [
        f"--edge\r\n{head.format('kind')}\r\n\r\npeople\r\n",
        f'--edge\r\n{head.format("file")}; filename="p.csv"\r\n\r\n',
        f"name\n{'x' * size}\r\n--edge--\r\n",
    ]
    page = browser.world.client.post(
        "/import",
        data="".join(parts).encode(),
        headers={"Accept": BROWSER, "Origin": OURS},
        content_type="multipart/form-data; boundary=edge",
    )
    assert page.status_code == 413
    assert "larger than 8 MiB" in page.text
    assert "medalgraph import" in page.text


def test_no_file_at_all_is_told(browser: Browser) -> None:
    page = post(browser, "/import", {"kind": "people"})
    assert "No file was chosen" in page.text


def test_the_wrong_kind_of_sheet_is_told_with_the_right_one_and_the_file_stays(
    browser: Browser,
) -> None:
    content = "name,role,games\nAda,Coach,2024-summer-para\n"
    page = choose(browser, content, kind="results")
    assert page.status_code == 400
    assert "look like a sheet of officials" in page.text
    assert "is still here" in page.text
    page = post(browser, "/import", fields_of(page, "/import") | {"kind": "people"})
    assert "1 row read" in page.text


def test_a_source_of_another_kind_is_replaced_only_if_that_is_said(browser: Browser) -> None:
    page = choose(browser, GOOD, source="book")
    assert page.status_code == 409
    assert "would be lost" in page.text
    told = fields_of(page, "/import") | {"kind": "people", "replace": "true"}
    page = post(browser, "/import", told)
    assert page.status_code == 200
    assert "vugar-1991 is called Vuqar Sirinli" in page.text


def test_rows_that_contradict_each_other_are_mended_too(world: World, browser: Browser) -> None:
    twice = "name,sex,born\nNew One,F,1999-01-01\nNew One,F,1999-01-02\n"
    page = choose(browser, twice)
    assert "It would be refused" in page.text
    assert "/import/commit" not in page.text
    told = fields_of(page, "/import")
    assert told["cell-3-2"] == "1999-01-02"
    page = post(browser, "/import", told | {"drop": "3"})
    assert keep(browser, page).status_code == 200
    assert "New One" in labels(world)


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        (" ", "The reason is empty"),
        ("x" * 501, "The reason is longer"),
        ("a\0b", "The reason holds"),
    ],
)
def test_a_reason_that_cannot_be_kept_is_asked_for_again_with_what_was_mended(
    world: World, browser: Browser, reason: str, why: str
) -> None:
    page, before = choose(browser, BAD), world.store.version
    page = post(browser, "/import", fields_of(page, "/import") | {"cell-3-1": "F", "drop": "4"})
    answer = keep(browser, page, reason=reason)
    assert answer.status_code == 400
    assert f"Nothing was kept yet. {why}" in answer.text
    assert world.store.version == before
    assert keep(browser, answer).status_code == 200
    assert "Wrong Sex" in labels(world)


@pytest.mark.parametrize(
    ("content", "dropped", "said"),
    [
        ("name,sex\n", [], "It has no row below the names of its columns"),
        ("name,sex\nNew One,X\n", [], "Mend some above first"),
        ("name,sex\nNew One,X\n", ["2"], "No row is left. Take one in again above"),
    ],
)
def test_a_sheet_without_a_row_to_keep_says_what_to_do(
    browser: Browser, content: str, dropped: list[str], said: str
) -> None:
    page = choose(browser, content)
    if dropped:
        page = post(browser, "/import", fields_of(page, "/import") | {"drop": dropped})
    assert said in page.text
    assert "/import/commit" not in page.text


def test_rows_that_contradict_each_other_are_told_once_each_and_without_warnings(
    browser: Browser,
) -> None:
    page = choose(browser, "name,sex,born\nNew One,F,1999-01-01\nNew One,M,1999-01-01\n")
    assert page.text.count("The rows give more than one sex") == 2
    assert "Why it would be refused" not in page.text
    assert "It would be kept with" not in page.text


@pytest.mark.parametrize(
    ("row", "why", "hint"),
    [
        ("#N/A,F,1990", "name holds an error of the spreadsheet", "mend the formula"),
        ("#NV,F,1990", "name holds an error of the spreadsheet", "mend the formula"),
        ("Eva Ek,#BEZUG!,1990", "sex holds an error of the spreadsheet", "mend the formula"),
        ("Eva Ek,F,#¡VALOR!", "born holds an error of the spreadsheet", "mend the formula"),
        ("Eva Ek,F,######", "born holds an error of the spreadsheet", "mend the formula"),
        ("12345,F,1990", "name has no letter", "Write the name"),
        ("محمد علي,M,1990", "name is in another script", "other_names"),
        ("Eva Ek,F,31.02.2000", "born is no date", "February 2000 has 29 days"),
        ("Eva Ek,F,1.2.2000", "born is no date", "Write it as 2000-02-01"),
    ],
)
def test_what_spreadsheets_and_people_write_instead_is_told_with_what_to_do(
    browser: Browser, row: str, why: str, hint: str
) -> None:
    page = choose(browser, f"name,sex,born\n{row}\n").text
    assert why in page
    assert hint in page
    assert "2000-02-31" not in page


def test_a_line_that_says_what_stands_between_cells_stays_in_the_mended_sheet(
    world: World, browser: Browser
) -> None:
    page = choose(browser, "sep=;\nname;sex\nNew, One;X\nOther, One;F\n")
    told = fields_of(page, "/import")
    assert told["cell-3-1"] == "X"
    page = post(browser, "/import", told | {"cell-3-1": "M"})
    mended = post(browser, "/import/sheet", fields_of(page, "/import")).data.decode("utf-8-sig")
    assert mended == "sep=;\nname;sex\nNew, One;M\nOther, One;F\n"
    assert keep(browser, page).status_code == 200
    assert labels(world) == ["New, One", "Other, One", "Vuqar Sirinli"]


@pytest.mark.parametrize(
    ("said", "name"),
    [("Results Book 2024", "results-book-2024"), ("../a b", "a-b"), ("a.b", "a.b")],
)
def test_a_short_name_of_a_source_is_made_of_what_a_person_writes(
    browser: Browser, said: str, name: str
) -> None:
    assert f"/id/graph/{name}</code>" in choose(browser, GOOD, source=said).text


def test_a_wrong_date_of_the_source_is_not_told_of_the_sheet(browser: Browser) -> None:
    page = choose(browser, GOOD, issued="last week")
    assert page.status_code == 400
    assert "What is said of the source cannot be used" in page.text
    assert "is still here" in page.text
    assert "<details open>" in page.text


def test_rows_that_are_wrong_are_no_rows_left_out_yet(browser: Browser) -> None:
    page = choose(browser, BAD)
    assert "Download the 2 rows that would be left out" in page.text


def test_a_name_without_end_is_cut_on_the_page(browser: Browser) -> None:
    page = choose(browser, f"name,sex\n{'A' * 3_000},F\n")
    assert "A" * 500 not in page.text


def test_hostile_cells_are_text(browser: Browser) -> None:
    cells = ['<script>alert("x")</script>', '=HYPERLINK("x")', "\u202eabc", "y" * 5_000]
    out = io.StringIO()
    csv.writer(out).writerows([["name", "sex", "born"], *([one, "X", "1990"] for one in cells)])
    page = choose(browser, out.getvalue(), 'pe"><b>ople.csv')
    assert "4 cannot be used" in page.text
    assert "<script>alert" not in page.text
    assert "<b>ople" not in page.text
    told = fields_of(page, "/import") | {"drop": ["2", "3", "4", "5"]}
    left = post(browser, "/import/left-out", told).data.decode("utf-8-sig")
    assert "'=HYPERLINK" in left


def test_who_may_be_known_already_is_named_with_the_line(browser: Browser) -> None:
    page = choose(browser, "name,born,sex\nNew One,1999,F\nVuqar Sirinli,1985-02-02,M\n")
    assert "1 new person may be somebody whom another source describes" in page.text
    assert "Line 3: <bdi>Vuqar Sirinli: perhaps vugar-1991</bdi>" in page.text


def test_an_empty_sheet_is_downloaded_with_or_without_an_example(world: World) -> None:
    plain = world.client.get("/import/templates/medals.csv")
    assert plain.data.decode("utf-8-sig").startswith("games,sport,event,medal")
    assert plain.headers["Content-Disposition"] == 'attachment; filename="medals.csv"'
    shown = world.client.get("/import/templates/medals.csv?example=true").data.decode()
    assert "Gold" in shown
    assert world.client.get("/import/templates/scores.csv").status_code == 404


@pytest.mark.parametrize("packed", ["", "é", "AAAA", "H4sIAAAAAAAAA"])
def test_what_was_not_packed_by_us_is_refused(browser: Browser, packed: str) -> None:
    answer = post(browser, "/import", {"packed": packed})
    assert answer.status_code == 400


def test_a_commit_that_is_no_import_is_not_shown_as_one(world: World, browser: Browser) -> None:
    assert browser.open("/import/commits/1").status_code == 404
    assert world.client.get("/import/commits/1", headers={"Cookie": ""}).status_code in (401, 404)
