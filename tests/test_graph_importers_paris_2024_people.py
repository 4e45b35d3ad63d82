from __future__ import annotations

from typing import TYPE_CHECKING

from graph.importers.paris_2024_nodes import PARALYMPIC, Nodes
from graph.importers.paris_2024_people import describe_person, people_in, slugs_of
from graph.importers.paris_2024_tables import read_tables
from graph.importers.tables import RejectFile
from graph.names import Names, mg
from graph.terms import Literal

from .small_paris import athlete, medal, medallist, small_rows, write_tables

if TYPE_CHECKING:
    from pathlib import Path

    from graph.importers.paris_2024_people import Person

    from .small_paris import Rows


def people(folder: Path, rows: Rows) -> list[Person]:
    return people_in(read_tables(write_tables(folder, rows), RejectFile(None)))


def test_namesakes_of_one_year_are_two_people(tmp_path: Path) -> None:
    assert slugs_of(people(tmp_path, small_rows())) == {
        "1": "li-li-1998",
        "2": "li-li-1998-2",
        "3": "liu-jing-1998",
        "4": "xue-juan-1998",
    }


def test_what_was_won_counts_as_entered(tmp_path: Path) -> None:
    first, *_ = people(tmp_path, small_rows())

    assert [text for _, text in first.events] == [
        "Women's Doubles - WD10",
        "Women's Singles - WS5",
    ]


def test_an_athlete_of_two_sports_takes_part_in_each(tmp_path: Path) -> None:
    rows = small_rows()
    rows["athletes.csv"] = [
        athlete("1", "LI Li", disciplines="['Para Swimming', 'Para Table Tennis']"),
        *rows["athletes.csv"][1:],
    ]
    first, *_ = found = people(tmp_path, rows)

    quads = list(describe_person(first, Nodes(Names(), PARALYMPIC, slugs_of(found))))
    sports = {quad.object for quad in quads if quad.predicate == mg("sport")}

    assert sports == {
        Names().of("sport", "para-swimming"),
        Names().of("sport", "para-table-tennis"),
    }


def test_an_event_that_has_another_name_among_the_medals_is_the_same(tmp_path: Path) -> None:
    rows = small_rows()
    riding = {"discipline": "Para Equestrian", "event": "Team"}
    rows["athletes.csv"].append(
        athlete("5", "HO Yu", disciplines="['Para Equestrian']", events="['Team Event']")
    )
    rows["medals.csv"].append(medal("T1", "1", event_type="TEAM", **riding))
    rows["medallists.csv"].append(medallist("4", code_team="T1", **riding))

    assert people(tmp_path, rows)[-1].events == (("Para Equestrian", "Team"),)


def test_a_spelling_of_the_table_of_medals_is_another_name(tmp_path: Path) -> None:
    rows = small_rows()
    rows["medals.csv"][0]["name"] = "Lily LI"

    first, *_ = people(tmp_path, rows)

    assert first.other_names == ("Lily Li",)


def test_citizenship_is_said_only_where_it_is_published(tmp_path: Path) -> None:
    found = people(tmp_path, small_rows())
    nodes = Nodes(Names(), PARALYMPIC, slugs_of(found))
    said = {
        quad.subject: quad.object
        for person in found
        for quad in describe_person(person, nodes)
        if quad.predicate == mg("country")
    }

    assert said[nodes.person("1")] == Names().of("place", "china")
    assert nodes.person("4") not in said


def test_a_person_can_be_found_again_by_the_code_of_the_results(tmp_path: Path) -> None:
    first, *_ = found = people(tmp_path, small_rows())
    quads = describe_person(first, Nodes(Names(), PARALYMPIC, slugs_of(found)))

    assert Literal("paris2024:1") in {quad.object for quad in quads}
