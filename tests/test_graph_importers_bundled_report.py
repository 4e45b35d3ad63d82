"""The bundled news report against the list of facts that were found in its text."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from graph.importers.bundled import bundled_sources
from graph.names import KINDS, RDF, RDFS, SKOS_ALT_LABEL, Names, mg
from graph.terms import Literal, NamedNode

from .bundled_record import ask

if TYPE_CHECKING:
    from pathlib import Path

    from graph.terms import Quad

Fact = tuple[NamedNode, NamedNode, NamedNode | Literal]

NAMES = Names()
SLUG = "azernews-2024-09-17"
REPORT = NAMES.graph(SLUG)
TOKYO = "tally/2020-summer-para--AZE"

RENAMED = {
    "occasion/2024-baku-meeting": "occasion/2024-azerbaijan-team-meeting",
    "occasion/2024-closing": "occasion/2024-summer-para-closing",
    "sport/para-shooting": "sport/shooting-para-sport",
    "tally/hosted--france": "tally/hosted--FRA",
    "tally/hosted-summer-para--paris": "tally/hosted-summer--paris",
    "tally/all--AZE--taekwondo-gold": "tally/until-2024--AZE--para-taekwondo",
    "tally/all--orkhan-aslanov-1995": "tally/until-2024--orkhan-aslanov-1995",
    "tally/all--raman-salei-1994": "tally/until-2024--raman-salei-1994",
    "tally/2024-summer-para--AZE--swimming": "tally/2024-summer-para--AZE--para-swimming",
    "tally/2024-summer-para--AZE--athletics": "tally/2024-summer-para--AZE--para-athletics",
    "part/meeting--ilham-aliyev": "part/2024-summer-para--ilham-aliyev--supporter",
    "part/meeting--mehriban-aliyeva": "part/2024-summer-para--mehriban-aliyeva--supporter",
}
"""Addresses of the list that say what the report does not, or belong to another source."""

MENDED = {
    ("tally/hosted--france", "country", "place/france"): ("nation", "nation/FRA"),
    ("tally/hosted-summer-para--paris", "country", "place/paris"): ("place", "place/paris"),
    ("org/presidency-azerbaijan", "kind", "Ministry"): ("kind", "Presidency"),
    ("place/los-angeles", f"{RDFS}label", "Los-Angeles"): (f"{RDFS}label", "Los Angeles"),
}
"""Facts that the list has wrong."""

NOT_IN_THE_REPORT = {
    "place/los-angeles": "place/usa",
    "place/tokyo": "place/japan",
    "place/athens": "place/greece",
}
"""Cities whose country the report does not name."""

PARTS = ("subject", "predicate", "object")


def _tally(scope: str) -> NamedNode:
    return NAMES.of("tally", f"{SLUG}--{scope}")


IN_WORDS: dict[tuple[str, str], Fact] = {
    ("person/ilham-zakiyev-1980", "first gold"): (
        _tally("2004-summer-para--ilham-zakiyev-1980"),
        mg("gold"),
        Literal(1),
    ),
    ("person/vali-israfilov-2002", "gold"): (
        _tally("2020-summer-para--vali-israfilov-2002"),
        mg("gold"),
        Literal(1),
    ),
    ("person/lamiya-valiyeva-2002", "gold 100 m, silver 400 m"): (
        _tally("2024-summer-para--lamiya-valiyeva-2002"),
        NamedNode(f"{RDFS}comment"),
        Literal("Over 100 m and 400 m.", language="en"),
    ),
    ("person/raman-salei-1994", "medals in Paris"): (
        _tally("2024-summer-para--raman-salei-1994"),
        mg("total"),
        Literal(3),
    ),
    ("delegation/AZE", "bronze in judo and taekwondo"): (
        _tally("2024-summer-para--ilham-zakiyev-1980"),
        mg("bronze"),
        Literal(1),
    ),
    ("valiyeva, najafzade", "called"): (
        NAMES.of("games", "2024-summer-para"),
        mg("claimed-kind"),
        mg("Olympic"),
    ),
    ("games/2024-summer-para", "first Summer Paralympics in Paris"): (
        _tally("hosted-summer--paris"),
        mg("gamesCount"),
        Literal(1),
    ),
    ("occasion/2024-baku-meeting", "place"): (
        NAMES.of("occasion", "2024-azerbaijan-team-meeting"),
        mg("place"),
        NAMES.of("place", "azerbaijan-sports-academy"),
    ),
}
"""Facts that the list has in words, and the statement that says them."""


def said() -> list[Quad]:
    source = next(source for source in bundled_sources() if source.slug == SLUG)
    return list(pyoxigraph.parse(source.open(), format=source.format.engine))


def listed(shared_data: Path) -> list[dict[str, str]]:
    path = shared_data.parent / "design" / "seed-facts.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def node(text: str, sports: dict[str, str]) -> NamedNode:
    """Return the node that an address of the list stands for in the bundle."""
    kind, _, key = RENAMED.get(text, text).partition("/")
    games, _, person = key.partition("--")
    if kind == "tally":
        key = f"{SLUG}--{key}"
    elif kind == "part" and games == "meeting":
        key = f"2024-azerbaijan-team-meeting--{person}"
    elif kind == "part" and games == "2024-closing":
        key = f"2024-summer-para-closing--{person}"
    elif kind == "part" and text in sports:
        sport = RENAMED.get(sports[text], sports[text]).partition("/")[2]
        key = f"{games}--{sport}--{person}"
    return NAMES.of(kind, key)


def value(text: str, prop: str, sports: dict[str, str]) -> NamedNode | Literal:
    if text.partition("/")[0] in KINDS:
        return node(text, sports)
    if prop in ("kind", "role", "season"):
        return mg(text)
    if prop.startswith(RDFS):
        return Literal(text, language="en")
    numbers = ("edition", "year", "size", "rank", "gold", "silver", "bronze", "total", "gamesCount")
    return Literal(int(text)) if prop in numbers else Literal(text)


def expected(row: dict[str, str], sports: dict[str, str]) -> Fact | None:
    """Return the statement that a row of the list asks for; None where none can stand for it."""
    subject, prop, text = row["subject"], row["property"], row["value"]
    if (subject, prop) in IN_WORDS:
        return IN_WORDS[subject, prop]
    if {subject, text} & set(NOT_IN_THE_REPORT.values()):
        return None
    if subject == TOKYO and prop in ("gold", "silver", "bronze", "total"):
        return node(subject, sports), mg(f"claimed-{prop}"), Literal(int(text))
    if prop == f"{RDFS}label" and subject.startswith("sport/"):
        return node(subject, sports), SKOS_ALT_LABEL, Literal(text.lower().replace(" ", ""))
    if text == "Roman Saleh":
        return node(subject, sports), SKOS_ALT_LABEL, Literal(text)
    prop, text = MENDED.get((subject, prop, text), (prop, text))
    predicate = NamedNode(prop) if "://" in prop else mg(prop)
    return node(subject, sports), predicate, value(text, prop, sports)


def facts_of(quads: list[Quad]) -> set[Fact]:
    """Return the statements, and what each claim says under a property of its own."""
    facts = {
        (quad.subject, quad.predicate, quad.object)
        for quad in quads
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal)
    }
    about, of, found = ({s: o for s, p, o in facts if p.value == RDF + part} for part in PARTS)
    return facts | {
        (node, mg("claimed-" + of[claim].value.rpartition("#")[2]), found[claim])
        for claim, node in about.items()
        if isinstance(node, NamedNode)
    }


def test_every_fact_of_the_list_is_in_the_bundle_or_is_mended_for_a_reason(
    shared_data: Path,
) -> None:
    rows = listed(shared_data)
    sports = {
        row["subject"]: row["value"]
        for row in rows
        if row["property"] == "sport" and row["subject"].startswith("part/")
    }
    facts = facts_of(said())
    wanted = [(row, expected(row, sports)) for row in rows if "comment" not in row["property"]]

    assert len(wanted) == 303
    assert [row for row, fact in wanted if fact is not None and fact not in facts] == []
    assert {row["subject"] for row, fact in wanted if fact is None} == {
        *NOT_IN_THE_REPORT.keys(),
        *NOT_IN_THE_REPORT.values(),
    }


@pytest.mark.parametrize(
    ("subject", "predicate", "found", "official"),
    [
        ("tally", "gold", Literal(4), "14"),
        ("tally", "silver", Literal(4), "1"),
        ("tally", "bronze", Literal(6), "4"),
        ("tally", "total", Literal(14), "19"),
        ("games", "kind", mg("Olympic"), "Paralympic"),
    ],
)
def test_what_official_sources_contradict_is_set_aside_with_its_reason(
    subject: str, predicate: str, found: NamedNode | Literal, official: str
) -> None:
    about = (
        NAMES.of("games", "2024-summer-para")
        if subject == "games"
        else NAMES.of("tally", SLUG, "2020-summer-para", "AZE")
    )
    quads = said()
    claims = {
        quad.subject
        for quad in quads
        if quad.predicate == NamedNode(RDF + "object") and quad.object == found
    }
    (facts,) = [
        stated
        for claim in claims
        if (stated := {q.predicate: q.object for q in quads if q.subject == claim})[
            NamedNode(RDF + "predicate")
        ]
        == mg(predicate)
    ]

    assert facts[NamedNode(RDF + "subject")] == about
    assert facts[mg("verdict")] == mg("SetAside")
    reason = facts[mg("reason")]
    assert isinstance(reason, Literal)
    assert official in reason.value
    assert facts[NamedNode("http://www.w3.org/ns/prov#wasDerivedFrom")] == REPORT
    assert (about, mg(predicate), found) not in {(q.subject, q.predicate, q.object) for q in quads}


@pytest.mark.parametrize(
    ("sport", "names"),
    [
        ("para-taekwondo", ["Imamaddin Khalilov", "Sabir Zeynalov"]),
        ("para-athletics", ["Lamiya Valiyeva", "Orkhan Aslanov", "Said Najafzade"]),
        ("para-judo", ["Dursadaf Karimova", "Ilham Zakiyev", "Khatira Ismiyeva"]),
        ("para-swimming", ["Konul Suleymanova", "Raman Salei", "Vali Israfilov"]),
        ("shooting-para-sport", ["Kamran Zeynalov"]),
    ],
)
def test_the_athletes_of_the_report_are_those_of_the_results(sport: str, names: list[str]) -> None:
    rows = ask(
        f"""SELECT ?name WHERE {{
            GRAPH graph:{SLUG} {{ ?x mg:person ?p ; mg:role mg:Athlete ; mg:sport sport:{sport} }}
            GRAPH graph:paris2024-paralympics {{ ?p rdfs:label ?name . ?x mg:sport sport:{sport} }}
        }}"""
    )

    assert [name for (name,) in rows] == names


@pytest.mark.parametrize(
    ("spelled", "label"),
    [
        ("Roman Saleh", "Raman Salei"),
        ("Imadaddin Khalilov", "Imamaddin Khalilov"),
        ("Veli Israfilov", "Vali Israfilov"),
        ("Faris Gayibov", "Farid Gayibov"),
    ],
)
def test_who_is_spelled_otherwise_is_found_under_both_spellings(spelled: str, label: str) -> None:
    assert ask(f'SELECT ?l WHERE {{ ?p skos:altLabel "{spelled}" ; rdfs:label ?l }}') == [(label,)]


def test_the_offices_are_these() -> None:
    assert ask(
        """SELECT ?name ?role ?body WHERE { ?t a mg:Tenure ; mg:role ?role .
            ?t mg:person/rdfs:label ?name ; mg:organization/rdfs:label ?body }"""
    ) == [
        ("Farid Gayibov", "Minister", "Ministry of Youth and Sports"),
        ("Fuad Hajiyev", "Rector", "Azerbaijan Sports Academy"),
        ("Fuad Hajiyev", "VicePresident", "National Paralympic Committee of Azerbaijan"),
        ("Hidayat Abdullayev", "President", "National Paralympic Committee of Azerbaijan"),
        ("Ilham Aliyev", "President", "Presidency of Azerbaijan"),
        ("Mariana Vasileva", "DeputyMinister", "Ministry of Youth and Sports"),
        ("Mehriban Aliyeva", "FirstVicePresident", "Presidency of Azerbaijan"),
    ]


def test_three_spoke_at_the_meeting_and_two_carried_the_flag() -> None:
    def role(name: str) -> list[tuple[str, ...]]:
        return ask(
            f"SELECT ?n WHERE {{ ?x mg:role mg:{name} ; mg:occasion ?o ; mg:person/rdfs:label ?n }}"
        )

    assert role("Speaker") == [("Fuad Hajiyev",), ("Hidayat Abdullayev",), ("Mariana Vasileva",)]
    assert role("FlagBearer") == [("Lamiya Valiyeva",), ("Said Najafzade",)]


def test_the_team_had_eighteen_members_and_came_28th_with_eleven_medals() -> None:
    assert ask("SELECT ?n WHERE { delegation:2024-summer-para--AZE mg:size ?n }") == [("18",)]
    assert ask(
        f"""SELECT ?g ?s ?b ?t ?rank WHERE {{ tally:{SLUG}--2024-summer-para--AZE mg:gold ?g ;
            mg:silver ?s ; mg:bronze ?b ; mg:total ?t ; mg:rank ?rank }}"""
    ) == [("4", "2", "5", "11", "28")]


def test_france_hosted_twice_and_the_first_time_in_two_cities() -> None:
    assert ask(
        """SELECT ?games ?city WHERE { ?games a mg:Games ; mg:place ?city .
            ?city mg:partOf place:france }"""
    ) == [
        ("games/1992-winter-para", "place/albertville"),
        ("games/1992-winter-para", "place/tignes"),
        ("games/2024-summer-para", "place/paris"),
    ]
    assert ask(f"SELECT ?n WHERE {{ tally:{SLUG}--hosted--FRA mg:gamesCount ?n }}") == [("2",)]


def test_nothing_is_taken_over_as_prose(shared_data: Path) -> None:
    article = (shared_data / SLUG / "article.txt").read_text(encoding="utf-8")
    sentences = {
        quad.object.value
        for quad in said()
        if isinstance(quad.object, Literal) and len(quad.object.value.split()) > 6
    }

    assert sentences
    for sentence in sentences:
        words = sentence.split()
        runs = [" ".join(words[n : n + 6]) for n in range(len(words) - 5)]
        assert not [run for run in runs if run in article]
