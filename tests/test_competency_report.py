"""Questions about the news report: people, offices, occasions, claims (numbers: ontology notes).

The values were read in the text of the report, paragraph by paragraph; the official counts
for Tokyo are the rows of Azerbaijan for 2020 in the IPC's table of medals by sport.
"""

from __future__ import annotations

import pytest
import rdflib

from graph.importers.bundled import FOLDER
from graph.names import DEFAULT_BASE

from .bundled_record import ask

REPORT, IPC = "graph/azernews-2024-09-17", "graph/ipc-medals-by-sport"


def test_the_report_gives_eleven_medals_by_colour_and_names_the_28th_place() -> None:
    """Questions 2 and 3: "4 gold, 2 silver, and 5 bronze", "28th place overall"."""
    assert ask(
        """SELECT ?gold ?silver ?bronze ?total ?rank WHERE { GRAPH graph:azernews-2024-09-17 {
            ?t mg:nation nation:AZE ; mg:games games:2024-summer-para ; mg:gold ?gold ;
               mg:silver ?silver ; mg:bronze ?bronze ; mg:total ?total ; mg:rank ?rank } }"""
    ) == [("4", "2", "5", "11", "28")]


def test_the_eleven_athletes_named_as_the_team_have_their_sports_and_the_swimmer_with_them() -> (
    None
):
    """Question 8: the team as the report lists it, and the swimmer named with his medals."""
    assert ask(
        """SELECT ?name ?sport WHERE { GRAPH graph:azernews-2024-09-17 {
            ?x mg:role mg:Athlete ; mg:person ?p ; mg:sport ?s }
            ?p rdfs:label ?name . ?s rdfs:label ?sport }"""
    ) == [
        ("Dursadaf Karimova", "Para Judo"),
        ("Ilham Zakiyev", "Para Judo"),
        ("Imamaddin Khalilov", "Para Taekwondo"),
        ("Kamran Zeynalov", "Shooting Para Sport"),
        ("Khatira Ismiyeva", "Para Judo"),
        ("Konul Suleymanova", "Para Swimming"),
        ("Lamiya Valiyeva", "Para Athletics"),
        ("Orkhan Aslanov", "Para Athletics"),
        ("Raman Salei", "Para Swimming"),
        ("Sabir Zeynalov", "Para Taekwondo"),
        ("Said Najafzade", "Para Athletics"),
        ("Vali Israfilov", "Para Swimming"),
    ]


def test_each_office_that_was_held_on_17_september_2024_has_its_holder() -> None:
    """Questions 9 and 10: whoever began by that day, as far as known, and had not ended."""
    assert ask(
        """SELECT ?name ?role ?body WHERE {
            ?t a mg:Tenure ; mg:person/rdfs:label ?name ; mg:role ?role ;
               mg:organization/rdfs:label ?body .
            OPTIONAL { ?t mg:from ?from } OPTIONAL { ?t mg:until ?until }
            FILTER(!BOUND(?from) || ?from <= "2024-09-17")
            FILTER(!BOUND(?until) || ?until >= "2024-09-17") }"""
    ) == [
        ("Farid Gayibov", "Minister", "Ministry of Youth and Sports"),
        ("Fuad Hajiyev", "Rector", "Azerbaijan Sports Academy"),
        ("Fuad Hajiyev", "VicePresident", "National Paralympic Committee of Azerbaijan"),
        ("Hidayat Abdullayev", "President", "National Paralympic Committee of Azerbaijan"),
        ("Ilham Aliyev", "President", "Presidency of Azerbaijan"),
        ("Mariana Vasileva", "DeputyMinister", "Ministry of Youth and Sports"),
        ("Mehriban Aliyeva", "FirstVicePresident", "Presidency of Azerbaijan"),
    ]


def test_three_officials_spoke_at_the_meeting_that_the_minister_attended() -> None:
    """Question 12: the deputy minister, the committee's president and its vice-president."""
    took_part = """SELECT ?name WHERE { ?x mg:occasion occasion:2024-azerbaijan-team-meeting ;
        mg:role mg:%s ; mg:person/rdfs:label ?name }"""
    assert ask(took_part % "Speaker") == [
        ("Fuad Hajiyev",),
        ("Hidayat Abdullayev",),
        ("Mariana Vasileva",),
    ]
    assert ask(took_part % "Attendee") == [("Farid Gayibov",)]


def test_the_games_of_2028_are_in_los_angeles() -> None:
    """Question 15."""
    assert ask("SELECT ?c WHERE { games:2028-summer-para mg:place/rdfs:label ?c }") == [
        ("Los Angeles",)
    ]


def test_each_name_is_found_as_the_report_spells_it() -> None:
    """Question 6: the spellings of the report lead to the people of the results."""
    spelled = """SELECT ?name WHERE { ?p skos:altLabel ?n ; rdfs:label ?name .
        FILTER(STR(?n) = "%s") }"""
    assert ask(spelled % "Roman Saleh") == [("Raman Salei",)]
    assert ask(spelled % "Veli Israfilov") == [("Vali Israfilov",)]
    assert ask(spelled % "Imadaddin Khalilov") == [("Imamaddin Khalilov",)]
    assert ask(spelled % "Faris Gayibov") == [("Farid Gayibov",)]


def test_each_source_keeps_what_it_says_of_azerbaijan_in_tokyo() -> None:
    """Question 17: 4, 4, 6 and 14 in the report; 14, 1, 4 and 19 in the IPC's table."""
    found = ask(
        """SELECT ?source ?count ?n WHERE {
            VALUES ?count { mg:gold mg:silver mg:bronze mg:total }
            GRAPH ?source {
                ?t mg:nation nation:AZE ; mg:games games:2020-summer-para .
                FILTER NOT EXISTS { ?t mg:sport ?s }
                { ?t ?count ?n } UNION
                { ?c mg:verdict mg:SetAside ; rdf:subject ?t ; rdf:predicate ?count ;
                     rdf:object ?n } } }"""
    )
    assert found == [
        (REPORT, "bronze", "6"),
        (REPORT, "gold", "4"),
        (REPORT, "silver", "4"),
        (REPORT, "total", "14"),
        (IPC, "bronze", "4"),
        (IPC, "gold", "14"),
        (IPC, "silver", "1"),
        (IPC, "total", "19"),
    ]


def test_each_claim_that_was_set_aside_says_why_and_whose_it_is() -> None:
    """Question 18: the four counts for Tokyo, and Paralympic champions called Olympic."""
    found = ask(
        """SELECT ?graph ?property ?value ?why WHERE { GRAPH ?graph {
            ?c mg:verdict mg:SetAside ; rdf:predicate ?property ; rdf:object ?value ;
               mg:reason ?why } }"""
    )
    assert [row[:3] for row in found] == [
        (REPORT, "bronze", "6"),
        (REPORT, "gold", "4"),
        (REPORT, "kind", "Olympic"),
        (REPORT, "silver", "4"),
        (REPORT, "total", "14"),
    ]
    assert all(why for *_, why in found)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # of its own TriG parser
def test_every_statement_of_the_report_can_be_listed() -> None:
    """Question 19: as many as another reader, rdflib, finds in the bundled file."""
    path = FOLDER / "azernews-2024-09-17.trig"
    written = rdflib.Dataset()
    written.parse(data=path.read_text(encoding="utf-8"), format="trig")
    graph = written.graph(rdflib.URIRef(f"{DEFAULT_BASE}/id/{REPORT}"))

    assert len(graph) > 0
    text = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH graph:azernews-2024-09-17 { ?s ?p ?o } }"
    assert ask(text) == [(str(len(graph)),)]
