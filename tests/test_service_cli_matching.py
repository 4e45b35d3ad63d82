"""The commands ``match``, ``merge`` and ``separate``."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from graph.identity.keeping import KeptLists

if TYPE_CHECKING:
    from tests.command_line import CommandLine

PEOPLE = """
INSERT DATA {
  GRAPH graph:meta { graph:official a prov:Entity ; dcterms:title "Official" ; mg:priority 1 .
    graph:news a prov:Entity ; dcterms:title "News" ; mg:priority 5 }
  GRAPH graph:official {
    nation:AZE a mg:Nation ; rdfs:label "Azerbaijan"@en ; mg:code "AZE" ; mg:kind mg:Country .
    sport:judo a mg:Sport ; rdfs:label "Judo"@en .
    games:2024-summer-para a mg:Games ; rdfs:label "Paris 2024"@en ; mg:kind mg:Paralympic ;
      mg:season mg:Summer ; mg:year 2024 .
    person:ilham-zakiyev-1980 a mg:Person ; rdfs:label "Ilham Zakiyev"@en ; mg:born "1980-03-03" .
    part:1 a mg:Participation ; mg:person person:ilham-zakiyev-1980 ; mg:role mg:Athlete ;
      mg:games games:2024-summer-para ; mg:sport sport:judo ; mg:nation nation:AZE .
    person:said-1999 a mg:Person ; rdfs:label "Said Najafzade"@en ; mg:born "1999-01-01" .
    part:2 a mg:Participation ; mg:person person:said-1999 ; mg:role mg:Athlete ;
      mg:games games:2024-summer-para ; mg:sport sport:judo ; mg:nation nation:AZE }
  GRAPH graph:news {
    person:zakiyev a mg:Person ; rdfs:label "İlham Zəkiyev"@en ; mg:born "1980" .
    part:3 a mg:Participation ; mg:person person:zakiyev ; mg:role mg:Athlete ;
      mg:games games:2024-summer-para ; mg:sport sport:judo ; mg:nation nation:AZE .
    person:said a mg:Person ; rdfs:label "S. Najafzade"@en .
    part:4 a mg:Participation ; mg:person person:said ; mg:role mg:Athlete ;
      mg:games games:2024-summer-para ; mg:nation nation:AZE } }
"""


@pytest.fixture
def store(medalgraph: CommandLine) -> CommandLine:
    medalgraph.do("update", PEOPLE)
    return medalgraph


def listed(out: str) -> list[tuple[str, str, str]]:
    return [(row["sure"], row["person"], row["other"]) for row in csv.DictReader(io.StringIO(out))]


def test_those_to_look_at_are_listed_and_the_sure_ones_counted(store: CommandLine) -> None:
    said = store.do("match", "news", "official", "--csv", "--all")
    assert listed(said.out) == [
        ("True", "zakiyev", "ilham-zakiyev-1980"),
        ("False", "said", "said-1999"),
    ]
    assert listed(store.do("match", "news", "official", "--csv").out) == [
        ("False", "said", "said-1999")
    ]
    words = store.do("match", "news", "official").out
    assert words.endswith("1 sure, 1 to look at.\n")
    assert "both for AZE +2" in words


def test_the_sure_ones_are_merged_as_one_commit_that_can_be_undone(store: CommandLine) -> None:
    store.do("match", "news", "official", "--merge", "--author", "Leyla")
    one = "SELECT ?part { ?part mg:person person:ilham-zakiyev-1980 } ORDER BY ?part"
    assert store.ask(one) == [["1"], ["3"]]
    assert store.ask("SELECT ?new { person:zakiyev owl:sameAs ?new }") == [["ilham-zakiyev-1980"]]
    assert store.ask("SELECT ?b { person:ilham-zakiyev-1980 mg:born ?b }") == [["1980-03-03"]]
    assert store.ask("SELECT ?l { person:ilham-zakiyev-1980 skos:altLabel ?l }") == [
        ["İlham Zəkiyev"]
    ]
    [merge, _] = store.do("history", "--json").json
    assert (merge["kind"], merge["message"]) == ("identity", "Merge 1 person")
    store.do("undo", "2")
    assert store.ask(one) == [["1"]]
    assert store.ask("SELECT ?l { person:zakiyev rdfs:label ?l }") == [["İlham Zəkiyev"]]


def test_one_is_accepted_and_one_refused_by_hand(store: CommandLine) -> None:
    store.do("separate", "said", "said-1999")
    assert listed(store.do("match", "news", "official", "--csv").out) == []
    store.do("merge", "zakiyev", "ilham-zakiyev-1980")
    assert store.do("match", "news", "official").out == "0 sure, 0 to look at.\n"


def test_for_programs_each_match_has_its_points_and_reasons(store: CommandLine) -> None:
    [sure, _] = store.do("match", "news", "official", "--all", "--json").json
    assert (sure["sure"], sure["person"], sure["rival"]) == (True, "zakiyev", 0.0)
    assert sure["points"] >= 9
    assert "born in 1980 +2.5" in sure["reasons"]


def test_a_list_is_kept_for_the_pages_of_the_review(store: CommandLine) -> None:
    store.do("match", "news", "official", "--keep")
    [kept] = KeptLists(store.store).all()
    assert (local(kept.one), local(kept.other), kept.version) == ("news", "official", 1)
    assert [(local(each.one), local(each.other), each.sure) for each in kept.matches] == [
        ("zakiyev", "ilham-zakiyev-1980", True),
        ("said", "said-1999", False),
    ]
    assert all(each.points == sum(p for _, p in each.reasons) for each in kept.matches)
    store.do("match", "official", "news", "--keep")
    [again] = KeptLists(store.store).all()
    assert local(again.one) == "official"


def local(address: str) -> str:
    return address.rpartition("/")[2]


def test_who_was_said_to_be_two_stays_apart_when_one_is_merged(store: CommandLine) -> None:
    store.do("separate", "said", "said-1999")
    store.do(
        "update",
        "INSERT DATA { GRAPH graph:third { person:new a mg:Person ;"
        " rdfs:label 'Said Najafzade'@en . part:9 a mg:Participation ; mg:person person:new ;"
        " mg:role mg:Athlete ; mg:games games:2024-summer-para ; mg:nation nation:AZE } }",
    )
    store.do("merge", "said", "new")
    found = store.do("match", "third", "official", "--csv", "--all").out
    assert listed(found) == []


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("match", "newz", "official"), "There is no source newz."),
        (("merge", "zakiyew", "said"), "There is no person zakiyew."),
        (("merge", "said", "said"), "are the same address"),
        (("separate", "said", "nobody"), "There is no person nobody."),
        (("match", "news", "official", "--csv", "--json"), "two different formats"),
    ],
)
def test_what_cannot_be_done_is_said(
    store: CommandLine, words: tuple[str, ...], error: str
) -> None:
    said = store(*words)
    assert error in said.err
    assert said.code != 0
    assert len(store.do("history", "--json").json) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("merge", "zakiyev", "said-1999"),
        ("merge", "said", "person:zakiyev"),
        ("separate", "zakiyev", "said"),
        ("separate", "said", "zakiyev"),
    ],
)
def test_of_an_old_address_it_is_said_what_it_was_merged_into(
    store: CommandLine, words: tuple[str, ...]
) -> None:
    store.do("merge", "zakiyev", "ilham-zakiyev-1980")
    said = store(*words)
    assert said.code == 3
    assert "is an old address: it was merged into ilham-zakiyev-1980." in said.err
    assert "Give ilham-zakiyev-1980; 'medalgraph undo' takes a merge back." in said.err
    assert len(store.do("history", "--json").json) == 2
