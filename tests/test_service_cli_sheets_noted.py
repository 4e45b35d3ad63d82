"""What a sheet makes doubtful is noted, and what the checks refuse is told with its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .sheet_world import T13, WORLD, imported, notes, rejected, sheet

if TYPE_CHECKING:
    from pathlib import Path

    from tests.command_line import CommandLine


@pytest.fixture
def steward(medalgraph: CommandLine) -> CommandLine:
    medalgraph.do("update", WORLD)
    return medalgraph


def test_a_day_around_the_games_is_kept_with_a_note(steward: CommandLine, tmp_path: Path) -> None:
    [note] = notes(steward, tmp_path, "results", f"{T13},AZE,lamiya,,1,11.76,,,,2024-08-25")
    assert note.startswith("sheet.csv, line 2: 2024-08-25 is outside the Games, which were from ")
    assert notes(steward, tmp_path, "results", f"{T13},AZE,lamiya,,1,11.76,,,,2024-09-03") == []


def test_games_held_a_year_late_are_no_error_where_their_days_are_not_known(
    steward: CommandLine, tmp_path: Path
) -> None:
    event = "2020-summer-para,Para Athletics,Women's 100m - T13"
    rows = [f"{event},AZE,lamiya,,1,12.00,,,,{day}" for day in ("2021-08-31", "2023-08-31")]
    assert imported(steward, tmp_path, "results", *rows).code == 0
    [told] = rejected(tmp_path)
    assert (told["line"], told["column"]) == ("3", "date")


@pytest.mark.parametrize(
    ("row", "note"),
    [
        (",AZE,lamiya,,4,,,,,", "rank 4 of lamiya, who holds the gold medal"),
        (",BRA,rayane,,1,,,,,", "rank 1 of rayane, who holds the silver medal"),
        (",GER,Neu Ling,,2,,,,,", "rank 2 of Neu Ling, but others hold the silver medal"),
        (
            ",AZE,Lamija Walijewa,,1,,,,,",
            "rank 1 of Lamija Walijewa, but Lamiya Valiyeva (AZE) holds the gold medal of this",
        ),
        (",GER,Lamija Walijewa,,1,,,,,", "rank 1 of Lamija Walijewa, but others hold the gold"),
        (",AZE,Lamija Walijewa,,2,,,,,", "rank 2 of Lamija Walijewa, but others hold the silver"),
        (",AZE,lamiya,,1,,,,,", ""),
        (",GER,Neu Ling,,3,,,,,", ""),
        (",GER,Neu Ling,,7,,,,,", ""),
    ],
)
def test_a_rank_beside_the_medals_is_noted_where_it_does_not_go_with_them(
    steward: CommandLine, tmp_path: Path, row: str, note: str
) -> None:
    found = notes(steward, tmp_path, "results", T13 + row)
    assert len(found) == bool(note)
    assert all(text.startswith(f"sheet.csv, line 2: {note}") for text in found)


def test_a_rehearsal_names_whom_a_like_name_in_the_event_may_be(
    steward: CommandLine, tmp_path: Path
) -> None:
    rows = [
        f"{T13},{row},,,11.76,Second,,," for row in ("AZE,Lamija Walijewa", "GER,Orla Comerfort")
    ]
    told = steward.do(
        "import", "results", sheet(tmp_path, "results", *rows), "--rehearse", "--json"
    )
    assert told.json["doubtful"] == {"count": 1, "examples": ["Lamija Walijewa: perhaps lamiya"]}


def test_the_same_row_twice_is_noted_with_both_lines(steward: CommandLine, tmp_path: Path) -> None:
    row = f"{T13},AZE,lamiya,,1,11.76,Second,,,"
    assert notes(steward, tmp_path, "results", row, "", ",,,,,,,,,,,", row) == [
        "sheet.csv says the same more than once: line 5 as line 2."
    ]


@pytest.mark.parametrize(
    ("kind", "rows", "keys"),
    [
        (
            "people",
            ["Ada Example,F,1990,,AZE,,", "Ada EXAMPLE,F,,,AZE,,"],
            ("ada-example-aze has", "ada-example-1990 (line 2)"),
        ),
        (
            "people",
            ["Example Ada,F,,,AZE,,", "Ada Example,F,1990,,AZE,,"],
            ("ada-example-1990 has", "example-ada-aze (line 2)"),
        ),
        (
            "results",
            [f"{T13},AZE,Ada Example,,5,,,,,", f"{T13},GER,Ada Example,,6,,,,,"],
            ("ada-example-ger has", "ada-example-aze (line 2)"),
        ),
        ("people", ["Ada Example,F,1990,,AZE,,", "Ada Example,F,1970,,AZE,,"], ()),
        ("people", ["Ada Example,F,1990,,AZE,,", "Ada Example,F,1990,,GER,,"], ()),
    ],
)
def test_one_name_for_two_new_people_is_noted_unless_their_births_differ(
    steward: CommandLine, tmp_path: Path, kind: str, rows: list[str], keys: tuple[str, ...]
) -> None:
    found = notes(steward, tmp_path, kind, *rows)
    assert len(found) == bool(keys)
    for key in keys:
        assert key in found[0]


def test_rows_that_contradict_each_other_are_told_with_their_lines(
    steward: CommandLine, tmp_path: Path
) -> None:
    rows = [f"{T13},GER,Neu Ling,,{rank},12.{rank},Second,,," for rank in (5, 6)]
    said = imported(steward, tmp_path, "results", f"{T13},AZE,lamiya,,1,,,,,", *rows)
    assert said.code == 1
    assert "sheet.csv, lines 3 and 4: Neu Ling, Women's 100m - T13 (" in said.err
    assert "rank: The rows give more than one rank. Keep the right one" in said.err
    assert "mark: The rows give more than one mark." in said.err
    assert "mg:" not in said.err
    assert len(steward.do("history", "--json").json) == 1


def test_a_script_reads_the_lines_too(steward: CommandLine, tmp_path: Path) -> None:
    rows = [f"{T13},GER,Neu Ling,,{rank},,,,," for rank in (5, 6)]
    told = steward("import", "results", sheet(tmp_path, "results", *rows), "--json").json
    assert told["report"]["violations"] == 1
    problem = told["report"]["problems"][0]
    assert problem["where"] == "sheet.csv, lines 2 and 3"
    assert problem["sentence"].startswith("sheet.csv, lines 2 and 3: ")


def test_two_gold_medals_of_one_event_are_told_with_their_lines_and_receivers(
    steward: CommandLine, tmp_path: Path
) -> None:
    rows = [f"{T13},Gold,GER,{name},Awarded,2024-09-03," for name in ("Neu Ling", "Neu Ger")]
    said = imported(steward, tmp_path, "medals", *rows)
    assert said.code == 1
    for line, name in ((2, "Neu Ling"), (3, "Neu Ger")):
        [told] = [text for text in said.err.splitlines() if f"sheet.csv, line {line}: " in text]
        assert "Two gold medals of one event stand." in told
        assert f"Found {name}, Women's 100m - T13" in told


def test_a_decision_before_the_games_is_kept_with_one_warning(
    steward: CommandLine, tmp_path: Path
) -> None:
    said = imported(steward, tmp_path, "medals", f"{T13},Silver,BRA,,Withdrawn,2024-01-01,")
    assert said.code == 0
    assert said.err.startswith("Kept, with 1 warning:")
    assert "sheet.csv, line 2: " in said.err
    assert "The decision is dated before the Games began." in said.err


def test_columns_are_called_as_the_table_calls_them(steward: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text("Nom,Geburt\nlamiya,2002-04-05\nlamiya,2002-04-06\n", encoding="utf-8")
    mapping = tmp_path / "map.toml"
    mapping.write_text('[columns]\nname = "Nom"\nborn = "Geburt"\n', encoding="utf-8")
    said = steward("import", "people", path, "--mapping", mapping)
    assert said.code == 1
    assert "sheet.csv, lines 2 and 3: Lamiya Valiyeva (id/person/lamiya): Geburt: " in said.err


def test_what_the_sheet_has_no_column_for_is_not_asked_of_it(
    steward: CommandLine, tmp_path: Path
) -> None:
    row = f"{T13},Silver,BRA,,Withdrawn,2025-01-10,A New Body"
    said = imported(steward, tmp_path, "medals", row)
    assert said.code == 0
    assert "sheet.csv, line 2: A New Body" in said.err
    assert "The sheet has no column for this; it is kept without." in said.err
    assert "mg:" not in said.err
