"""A row of a sheet that cannot be is refused with its line, and whom a row means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .sheet_world import HEADS, T13, WORLD, imported, rejected

if TYPE_CHECKING:
    from pathlib import Path

    from tests.command_line import CommandLine


@pytest.fixture
def steward(medalgraph: CommandLine) -> CommandLine:
    medalgraph.do("update", WORLD)
    return medalgraph


@pytest.mark.parametrize(
    ("day", "reason", "hint"),
    [
        ("2024-13-03", "there is no month 13", "Correct the date"),
        ("2023-02-29", "February 2023 has 28 days", "Correct the date"),
        ("1990-02-30", "February 1990 has 28 days", "Correct the date"),
        ("2024-04-31", "April 2024 has 30 days", "Correct the date"),
        ("2024-00-10", "there is no month 00", "Correct the date"),
        ("0000", "there is no year 0000", "Correct the date"),
        ("03.09.2024", "is no date", "Write it as 2024-09-03"),
        ("31.02.2000", "is no date", "February 2000 has 29 days. Correct it"),
        ("02.13.2000", "is no date", "there is no month 13. Correct it"),
        ("29.02.2000", "is no date", "Write it as 2000-02-29"),
        ("3/9/2024", "is no date", "as 1989-10-25"),
        ("189X-05", "is no date", "as 1989-10-25"),
        ("\u0662\u0660\u0662\u0664", "is no date", "as 1989-10-25"),
    ],
)
@pytest.mark.parametrize(
    ("kind", "row", "column", "good"),
    [
        ("people", "New One,F,{},,,,", "born", "1989"),
        ("people", "New One,F,,{},,,", "died", "1989"),
        ("officials", "New One,Coach,2024-summer-para,AZE,,F,{}", "born", "1989"),
        ("results", T13 + ",AZE,Lamiya Valiyeva,,1,11.76,Second,,,{}", "date", "2024-09"),
        ("medals", T13 + ",Gold,AZE,,Withdrawn,{},", "date", "2024-10-01"),
    ],
)
def test_a_date_that_cannot_be_is_refused_with_its_line_and_the_other_rows_are_kept(  # noqa: PLR0913, PLR0917 - a case, each part by name
    steward: CommandLine,
    tmp_path: Path,
    kind: str,
    row: str,
    column: str,
    good: str,
    day: str,
    reason: str,
    hint: str,
) -> None:
    said = imported(steward, tmp_path, kind, row.format(good), row.format(day))
    assert said.code == 0, said.err
    assert "Kept as commit 2" in said.out
    [told] = rejected(tmp_path)
    assert (told["line"], told["column"], told["value"]) == ("3", column, day)
    assert reason in told["reason"]
    assert hint in told["how to fix"]


@pytest.mark.parametrize(
    "day", ["2024-02-29", "1990-02", "1990", "1989~", "189X", "19XX?", "1990%"]
)
def test_every_date_that_the_checks_take_is_taken(
    steward: CommandLine, tmp_path: Path, day: str
) -> None:
    said = imported(steward, tmp_path, "people", f"New One,F,{day},,,,")
    assert said.code == 0, said.err
    assert steward.ask('SELECT ?d { ?p rdfs:label "New One"@en ; mg:born ?d }') == [[day]]


def test_a_date_known_to_the_decade_does_not_stop_a_sheet_of_dates_about_a_year(
    steward: CommandLine, tmp_path: Path
) -> None:
    steward.do(
        "update",
        "INSERT DATA { GRAPH graph:b2 { person:x a mg:Person ; "
        'rdfs:label "Ann Other"@en ; mg:born "189X" } }',
    )
    said = imported(steward, tmp_path, "people", "Ann Other,F,1890~,,,,")
    assert said.code == 0, said.err


@pytest.mark.parametrize(
    ("kind", "row", "column", "reason"),
    [
        ("people", "New One,F,1990,1980,,,", "died", "died (1980) before being born (1990)"),
        ("people", "Lamiya Valiyeva,F,,1980,,,", "died", "died (1980) before being born (2002"),
        ("people", "lamiya,F,2023-05-05,,,,", "born", "aged 1 at the Games of 2024"),
        ("people", "New One,F,1990,,,,2024:5", "identifier", "does not say its register"),
        ("people", "\u674e\u5a77,F,1990,,,,", "name", "another script"),
        ("officials", "New One,Coach,2024-summer-para,AZE,,F,1899", "born", "aged 125"),
        ("officials", "Old Timer,Coach,2024-summer-para,AZE,,,", "name", "aged 134"),
        ("results", T13 + ",AZE,Old Timer,,4,,,,,", "athletes", "aged 134"),
        ("results", T13 + ",AZE,Lamiya Valiyeva,Old Timer,1,,,,,", "guides", "aged 134"),
        ("results", T13 + ",AZE,lamiya,lamiya,1,,,,,", "guides", "athlete and guide at once"),
        ("results", T13 + ",AZE,lamiya,,0,,,,,", "rank", "below 1"),
        ("results", T13 + ",AZE,lamiya,,first,,,,,", "rank", "not a whole number"),
        ("results", T13 + f",AZE,lamiya,,{'9' * 5000},,,,,", "rank", "above 9,999"),
        ("results", T13 + ",AZE,lamiya,,5,,,,DNS,", "status", "DNS (did not start) and the rank"),
        ("results", T13 + ",AZE,lamiya,,,11.76,,,dns,", "status", "and the mark 11.76"),
        ("results", T13 + ",AZE,lamiya,,1,fast,Second,,,", "mark", "is no number"),
        ("results", T13 + ",AZE,lamiya,,1,,Second,,,", "mark", "is empty, so it has no unit"),
        ("results", T13 + f",AZE,lamiya,,1,{'1' * 40},Second,,,", "mark", "is no number"),
        ("results", T13 + ",AZE,lamiya,,1,11.76,Second,,,1024-09-03", "date", "Games of 2024"),
        ("results", T13 + ",AZE,lamiya,,1,11.76,Second,,,2025-09-03", "date", "Games of 2024"),
        ("medals", T13 + ",Gold,AZE,,Withdrawn,1024-09-03,", "date", "Games of 2024"),
    ],
)
def test_what_the_checks_would_refuse_is_refused_by_row(  # noqa: PLR0913, PLR0917 - a case, each part by name
    steward: CommandLine, tmp_path: Path, kind: str, row: str, column: str, reason: str
) -> None:
    said = imported(steward, tmp_path, kind, row)
    assert said.code == 0, said.err
    [told] = rejected(tmp_path)
    assert (told["line"], told["column"]) == ("2", column)
    assert reason in told["reason"]
    assert told["how to fix"]
    assert not any("mg:" in text for text in told.values())


def test_marks_with_a_status_that_allows_them_are_kept(
    steward: CommandLine, tmp_path: Path
) -> None:
    row = f"{T13},BRA,rayane,,,21,,,DNF,"
    assert imported(steward, tmp_path, "results", row).code == 0
    assert steward.ask("SELECT ?m ?s { ?r a mg:Result ; mg:mark ?m ; mg:status ?s }") == [
        ["21", "DNF"]
    ]


def test_a_row_without_athletes_is_given_to_nobody_who_is_known_by_name(
    steward: CommandLine, tmp_path: Path
) -> None:
    rows = [f"{T13},{code},,,7,11.78,Second,,," for code in ("BRA", "IRL", "GER")]
    assert imported(steward, tmp_path, "results", *rows).code == 0
    brazil, germany = rejected(tmp_path)
    assert (brazil["line"], brazil["column"]) == ("2", "athletes")
    assert "names no athletes" in brazil["reason"]
    assert brazil["how to fix"] == "Write who it was. The store has Rayane Soares da Silva."
    assert (germany["line"], germany["how to fix"]) == ("4", "Write who it was.")
    # Ireland's entry is known only by its nation, so the row means it.
    assert steward.ask("SELECT ?e { ?e mg:rank 7 }") == [["irl"]]


def test_a_row_without_athletes_means_the_team_of_its_nation(
    steward: CommandLine, tmp_path: Path
) -> None:
    relay = T13.replace("Women's 100m - T13", "4x100m Universal Relay")
    goalball = T13.replace("Women's 100m - T13", "Goalball Men")
    rows = [f"{relay},BRA,,,4,,,,,", f"{relay},GER,,,5,,,,,", f"{goalball},GER,,,6,,,,,"]
    assert imported(steward, tmp_path, "results", *rows).code == 0
    found = steward.ask("SELECT ?r ?c { ?e mg:rank ?r ; mg:nation/mg:code ?c } ORDER BY ?r")
    assert found == [["4", "BRA"], ["5", "GER"], ["6", "GER"]]
    assert steward.ask("SELECT ?e { ?e mg:rank 4 }") == [["rel"]]


def test_a_decision_without_athletes_means_who_has_the_medal(
    steward: CommandLine, tmp_path: Path
) -> None:
    rows = [f"{T13},{colour},BRA,,Withdrawn,2025-01-10," for colour in ("Silver", "Bronze")]
    assert imported(steward, tmp_path, "medals", *rows).code == 0
    [told] = rejected(tmp_path)
    assert (told["line"], told["column"]) == ("3", "athletes")
    assert steward.ask("SELECT ?s { award:bra mg:status ?s }") == [["Withdrawn"]]


def test_a_nation_may_be_written_by_another_name_of_everyday(
    steward: CommandLine, tmp_path: Path
) -> None:
    rows = ["One Ling,Coach,2024-summer-para,USSR,,,", "Two Ling,Coach,2024-summer-para,Eire,,,"]
    assert imported(steward, tmp_path, "officials", *rows).code == 0
    found = steward.ask("SELECT ?n { ?p a mg:Participation ; mg:nation ?n } ORDER BY ?n")
    assert found == [["IRL"], ["URS"]]


def test_nations_are_found_in_any_capitals(steward: CommandLine, tmp_path: Path) -> None:
    rows = ["One Ling,Coach,2024-summer-para,ger,,,", "Two Ling,Coach,2024-summer-para,germany,,,"]
    assert imported(steward, tmp_path, "officials", *rows).code == 0
    assert steward.ask(
        "SELECT (COUNT(*) AS ?n) { ?p a mg:Participation ; mg:nation nation:GER }"
    ) == [["2"]]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("USR", "Did you mean URS (Soviet Union)?"),
        ("frg", "Did you mean GER (Germany)?"),
        ("DEU", "Did you mean GER (Germany)?"),
        ("Azerbaidjan", "Did you mean AZE (Azerbaijan)?"),
        ("Sovjet Union", "Did you mean URS (Soviet Union)?"),
        ("XYZ", "Write the code of three letters or the name, as the store has it, such as AZE"),
    ],
)
def test_a_nation_that_is_not_there_is_told_with_those_that_may_be_meant(
    steward: CommandLine, tmp_path: Path, text: str, hint: str
) -> None:
    imported(steward, tmp_path, "officials", f"New One,Coach,2024-summer-para,{text},,,")
    [told] = rejected(tmp_path)
    assert (told["column"], told["value"]) == ("nation", text)
    assert told["how to fix"].startswith(hint)


def test_the_words_of_a_column_are_taken_in_any_capitals(
    steward: CommandLine, tmp_path: Path
) -> None:
    officials = [
        "A Ling,coach,2024-summer-para,GER,,f,",
        "B Ling,flag bearer,2024-summer-para,,,M,",
    ]
    assert imported(steward, tmp_path, "officials", *officials).code == 0
    assert steward.ask("SELECT ?r { ?p mg:role ?r } ORDER BY ?r") == [["Coach"], ["FlagBearer"]]
    assert imported(steward, tmp_path, "medals", f"{T13},GOLD,AZE,,left-vacant,2025,").code == 0
    [told] = rejected(tmp_path)
    assert told["column"] == "nation"
    assert "no receiver" in told["reason"]


@pytest.mark.parametrize(
    ("row", "column", "hint"),
    [
        ("1,11.76,Sekunde,,,", "unit", "Did you mean Second? Use one of: Metre, Second, "),
        (
            "1,11.76,Mile,,,",
            "unit",
            "Use one of: Metre, Second, Kilogram, Point, or leave it empty.",
        ),
        (",,,,WD,", "status", "Use one of: DNS, DNF, DSQ, or leave it empty."),
    ],
)
def test_a_word_that_is_none_is_told_with_those_that_are(
    steward: CommandLine, tmp_path: Path, row: str, column: str, hint: str
) -> None:
    imported(steward, tmp_path, "results", f"{T13},AZE,lamiya,,{row}")
    [told] = rejected(tmp_path)
    assert told["column"] == column
    assert told["how to fix"].startswith(hint)


@pytest.mark.parametrize(
    ("written", "delimiter", "mark"),
    [
        ("11,76", ";", "11.76"),
        ("9,580", ";", "9.580"),
        ("2:03,40", ";", "2:03.40"),
        ("11.76", ";", "11.76"),
        ('"11,76"', ",", "11.76"),
    ],
)
def test_decimals_may_stand_behind_a_comma(
    steward: CommandLine, tmp_path: Path, written: str, delimiter: str, mark: str
) -> None:
    row = f"{T13},AZE,lamiya,,1,MARK,Second,,,".replace(",", delimiter).replace("MARK", written)
    path = tmp_path / "sheet.csv"
    path.write_text(f"{HEADS['results'].replace(',', delimiter)}\n{row}\n", encoding="utf-8")
    steward.do("import", "results", path)
    [[found, value]] = steward.ask("SELECT ?m ?v { ?r mg:mark ?m ; mg:markValue ?v }")
    assert found == mark
    assert float(value) == sum(
        float(part) * 60**power for power, part in enumerate(reversed(mark.split(":")))
    )


def test_a_comma_that_may_be_of_thousands_is_asked_about(
    steward: CommandLine, tmp_path: Path
) -> None:
    imported(steward, tmp_path, "results", f'{T13},AZE,lamiya,,1,"6,125",Point,,,')
    [told] = rejected(tmp_path)
    assert told["reason"] == "the mark may be 6.125 or 6125"
    assert told["how to fix"] == "Write 6.125 or 6125, whichever it is."


def test_a_sheet_is_read_in_the_encoding_that_is_said(steward: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes("name\rZoë Müller\rÁgnes Ó\r".encode("mac_roman"))
    told = steward.do("import", "people", path, "--json").json
    assert "is in Mac Roman, with CR line ends as on old Macs" in told["notes"][0]
    found = steward.ask("SELECT ?n { GRAPH graph:people-old { ?p rdfs:label ?n } } ORDER BY ?n")
    assert found == [["Zoë Müller"], ["Ágnes Ó"]]
    path.write_bytes("name\nŁukasz Żak\n".encode("iso-8859-2"))
    assert (
        steward.do("import", "people", path, "--encoding", "latin2", "--json").json["notes"] == []
    )
    found = steward.ask("SELECT ?n { GRAPH graph:people-old { ?p rdfs:label ?n } }")
    assert found == [["Łukasz Żak"]]


def test_a_workbook_is_told_to_be_saved_as_csv(steward: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    path.write_bytes(b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00")
    said = steward("import", "people", path)
    assert said.code == 2
    assert "it is a workbook of a spreadsheet program" in said.err
    assert "'Save as' and 'CSV UTF-8'" in said.err


def test_columns_without_a_name_or_anything_in_them_are_passed_over(
    steward: CommandLine, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text("name,sex,,\nNew One,F,,\n,,,\n", encoding="utf-8")
    told = steward.do("import", "people", path, "--json").json
    assert (told["rejected"], told["notes"]) == (0, [])
