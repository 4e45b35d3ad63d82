from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from graph.importers.ipc_medals_by_sport import COLUMNS, convert, games_of
from graph.importers.tables import BadCell, RejectFile
from graph.names import Names, mg

from .bundled_record import ask

if TYPE_CHECKING:
    from pathlib import Path

    from graph.terms import Quad
    from tests.command_line import CommandLine

COUNTS = "mg:gold ?g ; mg:silver ?s ; mg:bronze ?b ; mg:total ?t"


def convert_rows(folder: Path, *lines: str) -> tuple[list[Quad], list[dict[str, str]]]:
    """Return the quads of a table with these lines, and the lines of the reject file."""
    content = "\n".join([",".join(COLUMNS), *lines, ""])
    (folder / "medalsBySportCountry.csv").write_text(content, encoding="utf-8")
    told: list[int] = []
    with RejectFile(folder / "rejects.csv") as rejects:
        quads = list(
            convert(
                folder,
                names=Names(),
                rejects=rejects,
                progress=lambda done, _: told.append(done),
                nations={"AZE", "NED"},
            )
        )
    assert told == list(range(1, len(lines) + 1))
    if not rejects.count:
        return quads, []
    with (folder / "rejects.csv").open(encoding="utf-8", newline="") as file:
        return quads, list(csv.DictReader(file))


def tallies(quads: list[Quad]) -> set[str]:
    return {str(quad.subject).partition("/tally/")[2] for quad in quads if "/tally/" in str(quad)}


def test_azerbaijan_won_14_1_4_in_tokyo() -> None:
    tally = "tally:ipc-medals-by-sport--2020-summer-para--AZE"

    assert ask(f"SELECT ?g ?s ?b ?t WHERE {{ {tally} {COUNTS} }}") == [("14", "1", "4", "19")]


def test_azerbaijan_won_in_four_sports_in_tokyo() -> None:
    rows = ask(
        f"""SELECT ?sport ?g ?s ?b ?t WHERE {{ GRAPH graph:ipc-medals-by-sport {{
            ?x mg:games games:2020-summer-para ; mg:sport/rdfs:label ?sport ; {COUNTS} }} }}"""
    )

    assert rows == [
        ("Para Athletics", "4", "1", "1", "6"),
        ("Para Judo", "6", "0", "2", "8"),
        ("Para Powerlifting", "0", "0", "1", "1"),
        ("Para Swimming", "4", "0", "0", "4"),
    ]


def test_the_sum_of_all_games_is_that_of_the_rows(shared_data: Path) -> None:
    path = shared_data / "paralympic-medals-by-sport-1960-2020" / "medalsBySportCountry.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["NPC"] == "AZE"]

    ((total,),) = ask(
        """SELECT (SUM(?n) AS ?total) WHERE { GRAPH graph:ipc-medals-by-sport {
            ?x mg:total ?n FILTER NOT EXISTS { ?x mg:sport ?any } } }"""
    )

    assert int(total) == sum(int(row["Total"]) for row in rows)


@pytest.mark.parametrize(
    ("text", "place", "year"),
    [
        ("tokyo-2020", "tokyo", "2020"),
        ("1988-seoul", "seoul", "1988"),
        ("stoke-mandeville-new-york-1984", "stoke-mandeville-new-york", "1984"),
    ],
)
def test_games_are_a_place_and_a_year_in_either_order(text: str, place: str, year: str) -> None:
    assert games_of(text) == (place, year)


@pytest.mark.parametrize("text", ["", "tokyo", "2020", "tokyo-20", "tokyo 2020"])
def test_other_games_are_refused(text: str) -> None:
    with pytest.raises(BadCell, match="not a city and a year"):
        games_of(text)


def test_both_orders_are_the_same_games(tmp_path: Path) -> None:
    quads, refused = convert_rows(
        tmp_path,
        "seoul-1988,judo,1,Netherlands,NED,1,0,0,1",
        "1988-seoul,sailing,1.0,Netherlands,NED,0,2,0,2",
    )

    assert refused == []
    assert tallies(quads) >= {
        "ipc-medals-by-sport--1988-summer-para--NED>",
        "ipc-medals-by-sport--1988-summer-para--NED--judo>",
        "ipc-medals-by-sport--1988-summer-para--NED--sailing>",
    }


def test_only_the_nations_that_are_wanted_are_taken_over(tmp_path: Path) -> None:
    quads, refused = convert_rows(tmp_path, "seoul-1988,judo,1,France,FRA,1,0,0,1")

    assert refused == []
    assert not [quad for quad in quads if quad.predicate == mg("gold")]


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("1996-atlanta,wheelchair tennis,1,Netherlands,NED,3,1,2,5", "Total", "make 6 and not 5"),
        ("atlanta,judo,1,Netherlands,NED,1,0,0,1", "Event", "city and a year"),
        ("atlanta-1996,judo,first,Netherlands,NED,1,0,0,1", "Rank", "rank"),
        ("atlanta-1996,judo,1,Netherlands,NED,1,,0,1", "Silver", "whole number"),
        ("atlanta-1996,,1,Netherlands,NED,1,0,0,1", "Sport", "empty"),
        ("1996-atlanta,boccia,2,Netherlands,NED,0,0,1,1", "NPC", "in line 2"),
        ("atlanta-1996,judo,1,Netherlands", "", "too few"),
    ],
)
def test_a_bad_row_is_refused_and_the_others_go_on(
    tmp_path: Path, line: str, column: str, reason: str
) -> None:
    good = "atlanta-1996,boccia,1,Netherlands,NED,1,0,0,1"
    (tmp_path / "medalsBySportCountry.csv").write_text("", encoding="utf-8")
    content = "\n".join([",".join(COLUMNS), good, line, ""])
    (tmp_path / "medalsBySportCountry.csv").write_text(content, encoding="utf-8")

    with RejectFile(tmp_path / "rejects.csv") as rejects:
        quads = list(
            convert(
                tmp_path,
                names=Names(),
                rejects=rejects,
                progress=lambda _done, _expected: None,
                nations={"NED"},
            )
        )

    with (tmp_path / "rejects.csv").open(encoding="utf-8", newline="") as file:
        (refused,) = csv.DictReader(file)
    assert (refused["line"], refused["column"]) == ("3", column)
    assert reason in refused["reason"]
    assert tallies(quads) == {
        "ipc-medals-by-sport--1996-summer-para--NED>",
        "ipc-medals-by-sport--1996-summer-para--NED--boccia>",
    }


def test_a_rank_that_is_missing_is_not_said(tmp_path: Path) -> None:
    quads, _ = convert_rows(tmp_path, "toronto-1976,weightlifting,,Netherlands,NED,0,1,0,1")

    assert not [quad for quad in quads if quad.predicate == mg("rank")]


def test_the_whole_table_is_imported_with_the_published_counts_of_tokyo(
    medalgraph: CommandLine, shared_data: Path
) -> None:
    """The sums over all sports are the final medal table of the Tokyo 2020 Paralympics (IPC)."""
    folder = shared_data / "paralympic-medals-by-sport-1960-2020"
    said = medalgraph.do("import", "ipc-medals-by-sport", folder, "--json").json
    assert said["rejected"] == 5  # one total that is not the sum, four nations given twice
    for nation, counts in (
        ("CHN", "96,60,51,207"),
        ("GBR", "41,38,45,124"),
        ("USA", "37,36,31,104"),
        ("AZE", "14,1,4,19"),
    ):
        tally = f"tally:ipc-medals-by-sport--2020-summer-para--{nation}"
        query = f"SELECT ?g ?s ?b ?t {{ {tally} {COUNTS} }}"
        said = medalgraph.do("query", query, "--format", "csv")
        assert said.out == f"g,s,b,t\r\n{counts}\r\n"
