"""Names are found from the command line, alone and inside queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .search_world import searchable

if TYPE_CHECKING:
    from pathlib import Path

    from tests.command_line import CommandLine

NAMED = 'SELECT ?p { ?p mg:search "Usain Bolt" ; mg:born "1999" }'


@pytest.fixture
def named(medalgraph: CommandLine, tmp_path: Path) -> CommandLine:
    with searchable(tmp_path / "named"):
        pass
    medalgraph.store = tmp_path / "named"
    return medalgraph


def test_hits_are_drawn_with_what_tells_them_apart(named: CommandLine) -> None:
    said = named.do("search", "Bolt Usain")
    lines = said.out.splitlines()
    assert lines[2].split("  ")[0] == "0.99"
    assert "Usain Bolt  Person  JAM     1986-08-21  person:bolt" in lines[2]
    assert lines[2].endswith("The words are in another order.")
    assert "person:bolt-2" in lines[3]


def test_nothing_found_is_said_and_no_error(named: CommandLine) -> None:
    assert named.do("search", "Nobody Knows").out == "Nothing is called like that.\n"


def test_a_script_gets_json_or_csv(named: CommandLine) -> None:
    hits = named.do("search", "Усэйн Болт", "--nation", "Jamaica", "--json").json
    assert [(hit["label"], hit["born"]) for hit in hits] == [("Usain Bolt", "1986-08-21")]
    rows = named.do("search", "Usain Bolt", "--limit", "1", "--csv").out.splitlines()
    assert rows[0] == "score,label,class,matched,nations,games,sports,born,iri"
    assert rows[1].startswith("1.0000,Usain Bolt,Person,Usain Bolt,JAM,2012,athletics; sprint,")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("search",), 2, "Say what to look for"),
        (("search", "x", "--csv", "--json"), 2, "two different formats"),
        (("search", "x", "--limit", "0"), 2, "no whole number"),
        (("search", "x" * 201), 2, "201 characters"),
        (("search", "Bolt", "--sport", "quidditch"), 3, "No sport is called 'quidditch'"),
        (("search", "Bolt", "--games", "201"), 3, "London 2012 (2012) or Rio de Janeiro 2016"),
        (("query", "SELECT * { ?p mg:search ?q }"), 2, "written in the query"),
        (("query", NAMED, "--at", "0"), 2, "newest state only"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    named: CommandLine, words: tuple[str, ...], code: int, told: str
) -> None:
    said = named(*words)
    assert (said.code, told in said.err) == (code, True)


@pytest.mark.parametrize(
    ("option", "text"), [("--nation", "Jamaican"), ("--games", "London"), ("--sport", "track")]
)
def test_filters_are_taken_as_people_write_them(named: CommandLine, option: str, text: str) -> None:
    hits = named.do("search", "Usain Bolt", option, text, "--json").json
    assert [hit["born"] for hit in hits] == ["1986-08-21"]


def test_the_index_can_be_built_anew(named: CommandLine) -> None:
    said = named.do("search", "--rebuild")
    assert said.out == "27 things can be found by name.\n"


def test_a_query_looks_for_names(named: CommandLine) -> None:
    assert named.do("query", NAMED, "--format", "csv").out.endswith("/person/bolt-2\r\n")
    assert named.do("query", NAMED, "--at", "1", "--format", "csv").out.endswith("bolt-2\r\n")
    said = named.do("query", NAMED, "--sources", "--format", "csv").out
    assert said.endswith("/person/bolt-2,https://w3id.org/medalgraph/id/graph/book\r\n")


def test_an_explanation_speaks_of_the_name_and_not_of_what_was_put(named: CommandLine) -> None:
    said = named.do("query", 'SELECT * { ?p mg:search "Nobody" ; a mg:Person }', "--explain").out
    assert '    ?p mg:search "Nobody"\n' in said
    assert "VALUES" not in said


def test_the_place_of_an_error_beside_a_name_is_shown(named: CommandLine) -> None:
    said = named("query", 'SELECT * { ?p mg:search "Usain Bolt" ;\n nope:x ?y }')
    assert said.code == 2
    assert "  nope:x ?y }\n  ^" in said.err.replace("\n   ^", "\n  ^")
