from __future__ import annotations

from typing import TYPE_CHECKING

from graph.importers.paris_2024_medals import Winners, describe_events, describe_medal
from graph.importers.paris_2024_nodes import PARALYMPIC, Nodes
from graph.importers.paris_2024_people import people_in, slugs_of
from graph.importers.paris_2024_tables import read_tables
from graph.importers.tables import RejectFile
from graph.names import RDF_TYPE, Names, mg
from graph.terms import Literal, NamedNode

from .small_paris import medal, medallist, small_rows, write_tables

if TYPE_CHECKING:
    from pathlib import Path

    from graph.terms import Quad

    from .small_paris import Rows


def said(folder: Path, rows: Rows) -> list[Quad]:
    tables = read_tables(write_tables(folder, rows), RejectFile(None))
    nodes = Nodes(Names(), PARALYMPIC, slugs_of(people_in(tables)))
    winners = Winners(tables, nodes)
    return [quad for won in tables.medals for quad in describe_medal(won, winners, nodes)]


def ends(quads: list[Quad], kind: str) -> list[str]:
    """Return the last part of the IRI of each node of a class."""
    return [
        quad.subject.value.rpartition("--")[2]
        for quad in quads
        if quad.predicate == RDF_TYPE
        and quad.object == mg(kind)
        and isinstance(quad.subject, NamedNode)
    ]


def test_two_pairs_of_one_nation_are_two_entries(tmp_path: Path) -> None:
    assert ends(said(tmp_path, small_rows()), "Entry") == [
        "li-li-1998",
        "li-li-1998-and-li-li-1998-2",
        "liu-jing-1998-and-xue-juan-1998",
    ]


def test_a_team_is_an_entry_under_the_code_of_its_nation(tmp_path: Path) -> None:
    rows = small_rows()
    team = {"discipline": "Goalball", "event": "Women"}
    rows["medals.csv"].append(medal("G1", "2", event_type="HTEAM", **team))
    rows["medallists.csv"] += [medallist(code, code_team="G1", **team) for code in "34"]

    quads = said(tmp_path, rows)

    assert ends(quads, "Entry")[-1] == "CHN"
    assert sum(q.predicate == mg("athlete") for q in quads) == 1 + 2 + 2 + 2


def test_each_award_stands_by_one_decision_of_its_day(tmp_path: Path) -> None:
    quads = said(tmp_path, small_rows())

    assert len(ends(quads, "Award")) == len(ends(quads, "Decision")) == 3
    assert {q.object for q in quads if q.predicate == mg("status")} == {mg("Standing")}
    assert {q.object for q in quads if q.predicate == mg("date")} == {Literal("2024-09-01")}


def test_two_bronzes_are_no_tie_where_the_sport_gives_two(tmp_path: Path) -> None:
    rows = small_rows()
    rows["medals.csv"] += [medal("2", "3"), medal("3", "3")]
    rows["medallists.csv"] += [medallist("2"), medallist("3")]

    assert not [quad for quad in said(tmp_path, rows) if quad.predicate == mg("rank")]


def test_those_who_share_a_medal_that_is_given_once_have_its_rank(tmp_path: Path) -> None:
    rows = small_rows()
    rows["medals.csv"] += [medal("2", "2"), medal("3", "2")]
    rows["medallists.csv"] += [medallist("2"), medallist("3")]

    ranks = [quad for quad in said(tmp_path, rows) if quad.predicate == mg("rank")]

    assert [quad.object for quad in ranks] == [Literal(2), Literal(2)]


def test_an_event_says_what_its_text_says(tmp_path: Path) -> None:
    tables = read_tables(write_tables(tmp_path, small_rows()), RejectFile(None))
    nodes = Nodes(Names(), PARALYMPIC)
    event = nodes.event("Para Table Tennis", "Women's Singles - WS5")
    facts = {(q.predicate, q.object) for q in describe_events(tables, nodes) if q.subject == event}

    assert (mg("rule"), mg("TwoBronzes")) in facts
    assert (mg("sex"), mg("F")) in facts
    assert (mg("sportClass"), Names().of("class", "para-table-tennis-5")) in facts
    assert not [fact for fact in facts if fact[0] == mg("date")]
