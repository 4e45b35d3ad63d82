"""Where sources differ is listed, settled by their rank, and decided by a person."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.command_line import CommandLine

BORN = """
INSERT DATA {
  GRAPH graph:book { person:raman-salei-1994 a mg:Person ; rdfs:label "Raman Salei"@en ;
    mg:born "1994-02-27" ; mg:sex mg:M }
  GRAPH graph:blog { person:raman-salei-1994 mg:born "1993" }
  GRAPH graph:meta { graph:book a prov:Entity ; dcterms:title "Results book" ;
    dcterms:issued "2024-09-08" ; mg:priority 1 } }
"""
NAMES = """
INSERT DATA {
  GRAPH graph:book { nation:KOR a mg:Nation ; rdfs:label "Korea"@en ; mg:code "KOR" ;
      mg:kind mg:Country .
    nation:CIV a mg:Nation ; rdfs:label "Côte d'Ivoire"@en ; mg:code "CIV" ; mg:kind mg:Country }
  GRAPH graph:codes { nation:KOR rdfs:label "South Korea"@en, "Corée du Sud"@fr .
    nation:CIV rdfs:label "Cote d'Ivoire"@en }
  GRAPH graph:blog { nation:KOR rdfs:label "Corée"@fr } }
"""
PERSON = "person:raman-salei-1994"


@pytest.fixture
def disputed(medalgraph: CommandLine) -> CommandLine:
    medalgraph.do("update", BORN)
    return medalgraph


@pytest.fixture
def named(disputed: CommandLine) -> CommandLine:
    disputed.do("update", NAMES)
    return disputed


def values(medalgraph: CommandLine, path: str) -> list[str]:
    """Return what a plain query finds."""
    rows = medalgraph.do("query", f"SELECT ?v {{ {path} ?v }}", "--json").json
    return sorted(row["v"]["value"] for row in rows["results"]["bindings"])


def test_a_conflict_names_each_value_with_its_sources(disputed: CommandLine) -> None:
    said = disputed.do("conflicts")
    assert said.out == (
        "Raman Salei (person:raman-salei-1994): born\n"
        '    "1994-02-27": Results book (2024-09-08)\n'
        '    "1993": blog\n'
        "1 conflict between sources.\n"
    )
    assert said.err == f'To keep one: medalgraph decide {PERSON} born 1994-02-27 --reason "..."\n'
    [told] = disputed.do("conflicts", "--json").json
    assert [value["value"] for value in told["values"]] == ['"1994-02-27"', '"1993"']


def test_names_in_one_language_are_listed_last_and_spellings_behind_them(
    named: CommandLine,
) -> None:
    told = named.do("conflicts", "--json").json
    assert [(one["label"], one["language"], one["spelling"]) for one in told] == [
        ("Raman Salei", "", False),
        ("Korea", "en", False),
        ("Korea", "fr", False),
        ("Côte d'Ivoire", "en", True),
    ]
    assert named.do("conflicts").out.endswith(
        "4 conflicts between sources: 1 of born, 3 of name, 1 of them in capitals, accents or"
        " signs only.\n"
    )


def test_conflicts_of_one_property_or_source_are_listed_alone(named: CommandLine) -> None:
    assert len(named.do("conflicts", "--property", "name", "--json").json) == 3
    assert len(named.do("conflicts", "--property", "name@fr", "--json").json) == 1
    assert len(named.do("conflicts", "--property", "mg:born", "--json").json) == 1
    assert len(named.do("conflicts", "--source", "blog", "--json").json) == 2
    assert named.do("conflicts", "--source", "codes", "--property", "born", "--json").json == []


def test_each_warning_of_the_checks_is_a_conflict_of_the_list(named: CommandLine) -> None:
    warned = named.do("check", "--json").json["problems"]
    told = named.do("conflicts", "--json").json
    assert sorted(one["focus"] for one in warned if "The sources give" in one["message"]) == sorted(
        one["subject"] for one in told
    )


def test_a_date_that_is_less_exact_is_no_conflict_and_no_warning(disputed: CommandLine) -> None:
    disputed.do("update", f"DELETE DATA {{ GRAPH graph:blog {{ {PERSON} mg:born '1993' }} }}")
    kept = disputed.do(
        "update", f"INSERT DATA {{ GRAPH graph:blog {{ {PERSON} mg:born '1994' }} }}"
    )
    assert kept.err == ""
    said = disputed.do("conflicts")
    assert said.out == "0 conflicts between sources.\n"
    assert said.err.startswith("1 date is given more exactly by another source that agrees")
    disputed.do("conflicts", "--settle")
    assert values(disputed, f"{PERSON} mg:born") == ["1994-02-27"]
    assert values(disputed, "?claim mg:reason") == [
        "Results book says the same more exactly: 1994-02-27."
    ]


def test_settling_keeps_the_most_trusted_and_sets_the_others_aside(disputed: CommandLine) -> None:
    said = disputed.do("conflicts", "--settle", "--author", "Leyla")
    assert said.out.startswith("Kept as commit 2: ")
    assert disputed.do("conflicts").out == "0 conflicts between sources.\n"
    assert values(disputed, f"{PERSON} mg:born") == ["1994-02-27"]
    claim = (
        "ASK { GRAPH graph:blog { ?c a mg:Claim ; rdf:object '1993' ; mg:verdict mg:SetAside } }"
    )
    assert disputed.do("query", claim).out == "yes\n"
    assert disputed.do("history", "--json").json[0]["author"] == "Leyla"


def test_settling_names_keeps_one_a_language_and_the_others_as_spellings(
    named: CommandLine,
) -> None:
    said = named.do("conflicts", "--settle", "--property", "name")
    assert "1 conflict stays open" in said.err
    assert values(named, "nation:KOR rdfs:label") == ["Corée", "Corée du Sud", "Korea"]
    assert values(named, "nation:KOR skos:altLabel") == ["South Korea"]
    assert values(named, f"{PERSON} mg:born") == ["1993", "1994-02-27"]


def test_nothing_is_settled_between_equals(disputed: CommandLine) -> None:
    disputed.do("update", "DELETE WHERE { GRAPH graph:meta { ?s mg:priority ?n } }")
    said = disputed.do("conflicts", "--settle")
    assert said.out.startswith("Nothing changed")
    assert said.err.startswith("1 conflict stays open: the two best sources have the same priority")
    assert disputed.do("conflicts").out.endswith("1 conflict between sources.\n")


def test_a_store_without_conflicts_says_so(medalgraph: CommandLine) -> None:
    assert medalgraph.do("conflicts").out == "0 conflicts between sources.\n"
    assert medalgraph.do("conflicts", "--json").json == []


def test_a_person_keeps_a_value_against_the_rank_of_sources_and_can_take_it_back(
    disputed: CommandLine,
) -> None:
    said = disputed.do(
        *("decide", PERSON, "born", "1993", "--author", "Leyla"),
        *("--reason", "His passport says so."),
    )
    assert said.out.startswith("Kept as commit 2: ")
    assert values(disputed, f"{PERSON} mg:born") == ["1993"]
    assert values(disputed, "?claim mg:reason") == ["Leyla decided for 1993: His passport says so."]
    kept = disputed.do("history", "--json").json[0]
    assert (kept["author"], kept["message"]) == ("Leyla", "His passport says so.")
    disputed.do("undo", 2)
    assert values(disputed, f"{PERSON} mg:born") == ["1993", "1994-02-27"]
    assert values(disputed, "?claim mg:reason") == []


def test_a_person_chooses_by_the_source_and_again_what_was_set_aside(named: CommandLine) -> None:
    named.do("decide", "nation:KOR", "name@en", "codes", "--reason", "As people say.")
    assert values(named, "nation:KOR rdfs:label") == ["Corée", "Corée du Sud", "South Korea"]
    named.do("decide", "nation:KOR", "name", "Korea", "--reason", "As the committee says.")
    assert values(named, "nation:KOR rdfs:label") == ["Corée", "Corée du Sud", "Korea"]
    assert values(named, "nation:KOR skos:altLabel") == ["South Korea"]


def test_the_command_that_a_list_shows_decides(named: CommandLine) -> None:
    for conflict in named.do("conflicts", "--json").json:
        shown = shlex.split(conflict["values"][-1]["command"])
        assert shown[0] == "medalgraph"
        named.do(*shown[1:])
    assert named.do("conflicts").out == "0 conflicts between sources.\n"
    assert values(named, "nation:CIV rdfs:label") == ["Cote d'Ivoire"]


def test_what_was_decided_already_changes_nothing(named: CommandLine) -> None:
    for said in ("Kept as commit", "Nothing changed"):
        decided = named.do("decide", PERSON, "born", "book", "--reason", "The book is right.")
        assert decided.out.startswith(said)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("person:raman-saley-1994", "born", "1993"), 3, "Perhaps person:raman-salei-1994."),
        (("Raman Saley", "born", "1993"), 3, "Perhaps person:raman-salei-1994."),
        (("nation:KRO", "name", "Korea"), 3, "nation:KOR"),
        (("nowhere", "name", "Korea"), 3, "such as nation:KOR."),
        ((PERSON, "birth", "1993"), 3, "There is no property 'birth'"),
        ((PERSON, "bornn", "1993"), 3, "Perhaps born."),
        ((PERSON, "born@en", "1993"), 2, "only names have one"),
        ((PERSON, "died", "1993"), 3, "No source says anything of person:raman-salei-1994: died."),
        ((PERSON, "sex", "mg:F"), 2, "There is nothing to decide"),
        ((PERSON, "born", "1994-02-28"), 3, "Perhaps '1994-02-27'."),
        ((PERSON, "born", "bolg"), 3, "Perhaps 'blog'."),
        ((PERSON, "born", "x"), 3, 'There are: "1993" from blog; "1994-02-27" from book.'),
        (("nation:KOR", "name", "codes"), 2, "name@en or name@fr"),
        (("nation:KOR", "name@de", "codes"), 3, "No source says anything"),
    ],
)
def test_what_cannot_be_decided_is_told_with_what_is_near(
    named: CommandLine, words: tuple[str, str, str], code: int, said: str
) -> None:
    answer = named("decide", *words, "--reason", "Because.")
    assert (answer.code, said in answer.err) == (code, True), answer.err
    assert len(named.do("history", "--json").json) == 2


def test_a_decision_has_a_reason(disputed: CommandLine) -> None:
    assert disputed("decide", PERSON, "born", "1993").code == 2
    assert "--reason is empty" in disputed("decide", PERSON, "born", "1993", "--reason", " ").err


@pytest.mark.parametrize(("born", "differing"), [("1994", 0), ("1994-02-27", 0), ("1995", 1)])
def test_a_rehearsal_counts_what_the_checks_warn_of_and_the_list_will_hold(
    disputed: CommandLine, tmp_path: Path, born: str, differing: int
) -> None:
    disputed.do("decide", PERSON, "born", "book", "--reason", "The book was checked.")
    sheet = tmp_path / "people.csv"
    sheet.write_text(f"name,sex,born\nraman-salei-1994,M,{born}\n")
    rehearsed = disputed.do("import", "people", sheet, "--source", "list", "--rehearse", "--json")
    told = rehearsed.json
    assert told["statements"]["conflicting"]["count"] == differing
    assert told["report"]["warnings"] == differing
    disputed.do("import", "people", sheet, "--source", "list")
    assert len(disputed.do("conflicts", "--json").json) == differing


def test_a_table_imported_again_changes_nothing_after_its_names_were_decided(
    medalgraph: CommandLine, shared_data: Path
) -> None:
    medalgraph.do("update", NAMES)
    medalgraph.do("import", "country-codes", shared_data / "country-codes")
    medalgraph.do("decide", "nation:KOR", "name@en", "book", "--reason", "As the committee says.")
    medalgraph.do("conflicts", "--settle")
    before = medalgraph.do("conflicts").out
    said = medalgraph.do("import", "country-codes", shared_data / "country-codes")
    assert said.out == "Nothing changed: the store already says this.\n"
    assert medalgraph.do("conflicts").out == before
    assert "Korea" in values(medalgraph, "nation:KOR rdfs:label")
    assert "South Korea" in values(medalgraph, "nation:KOR skos:altLabel")
