"""Questions about results (numbers: ontology notes), with values counted in the published tables.

The values were counted in ``medals.csv`` and ``athletes.csv`` of the Paris 2024 tables.
What those Games do not have, a medal withdrawn or left vacant, is asked of the small world
of the shapes' cases, where it is known by construction.
"""

from __future__ import annotations

import pytest
from pyoxigraph import QuerySolutions

from graph.engines.memory import MemoryDraft

from .bundled_record import ask
from .shape_world import world


def ask_world(text: str) -> list[tuple[str, ...]]:
    """Return the rows of a SELECT on the small world: each IRI as its end, sorted."""
    rows = MemoryDraft(world()).query(text)
    assert isinstance(rows, QuerySolutions)
    return sorted(
        tuple("" if term is None else term.value.rpartition("/")[2] for term in row) for row in rows
    )


@pytest.mark.parametrize(
    ("sport", "medals"),
    [
        ("Para Athletics", ("3", "1", "0")),
        ("Para Taekwondo", ("1", "0", "1")),
        ("Para Swimming", ("0", "1", "3")),
        ("Para Judo", ("0", "0", "1")),
    ],
)
def test_azerbaijans_medals_in_paris_by_sport(sport: str, medals: tuple[str, ...]) -> None:
    """Question 2, by sport: the eleven rows of Azerbaijan in medals.csv."""
    found = ask(
        """SELECT ?sport (SUM(IF(?m = mg:Gold, 1, 0)) AS ?g) (SUM(IF(?m = mg:Silver, 1, 0)) AS ?s)
            (SUM(IF(?m = mg:Bronze, 1, 0)) AS ?b) WHERE {
            ?e mg:nation nation:AZE ; mg:won ?m ; mg:event ?event .
            ?event mg:games games:2024-summer-para ; mg:sport/rdfs:label ?sport } GROUP BY ?sport"""
    )
    assert (sport, *medals) in found
    assert len(found) == 4


def test_each_medallist_of_azerbaijan_has_as_many_medals_as_rows() -> None:
    """Question 4: three for Salei, two for Valiyeva, one for each of the other six."""
    assert ask(
        """SELECT ?name (COUNT(?e) AS ?n) WHERE { ?e mg:nation nation:AZE ; mg:won ?m ;
            mg:athlete|mg:guide ?p . ?p rdfs:label ?name } GROUP BY ?name"""
    ) == [
        ("Ilham Zakiyev", "1"),
        ("Imamaddin Khalilov", "1"),
        ("Lamiya Valiyeva", "2"),
        ("Orkhan Aslanov", "1"),
        ("Raman Salei", "3"),
        ("Sabir Zeynalov", "1"),
        ("Said Najafzade", "1"),
        ("Vali Israfilov", "1"),
    ]


def test_the_swimmers_medals_have_their_colours() -> None:
    """Question 5: rows of Raman SALEI in medals.csv."""
    assert ask(
        """SELECT ?event ?medal WHERE { ?e mg:athlete person:raman-salei-1994 ;
            mg:won ?medal ; mg:event/rdfs:label ?event }"""
    ) == [
        ("Men's 100m Backstroke - S12", "Silver"),
        ("Men's 100m Butterfly - S12", "Bronze"),
        ("Men's 100m Freestyle - S12", "Bronze"),
    ]


def test_fifty_nine_events_have_more_than_one_bronze() -> None:
    """Question 20: 31 in table tennis, 16 in judo, 10 in taekwondo, 2 in athletics."""
    assert ask(
        """SELECT ?sport (COUNT(?e) AS ?n) WHERE {
            { SELECT ?e WHERE { ?a mg:event ?e ; mg:medal mg:Bronze ; mg:status mg:Standing }
              GROUP BY ?e HAVING (COUNT(?a) > 1) }
            ?e mg:sport/rdfs:label ?sport } GROUP BY ?sport"""
    ) == [
        ("Para Athletics", "2"),
        ("Para Judo", "16"),
        ("Para Table Tennis", "31"),
        ("Para Taekwondo", "10"),
    ]


def test_a_withdrawn_award_names_the_day_and_who_decided() -> None:
    """Question 21: three withdrawals, one of which was taken back later."""
    assert ask_world(
        """SELECT ?a ?d ?o WHERE { ?x mg:award ?a ; mg:action mg:Withdrawn ; mg:date ?d .
            OPTIONAL { ?x mg:decidedBy ?o } }"""
    ) == [
        ("100m-gold-bea", "2025-01-10", "cas"),
        ("100m-silver-ann", "2025-01-10", "ipc"),
        ("50m-1", "2024-09-05", "ipc"),
    ]


def test_the_silver_of_the_100_m_was_left_vacant() -> None:
    """Question 22."""
    assert ask_world(
        "SELECT ?e ?m WHERE { ?a mg:status mg:Vacant ; mg:event ?e ; mg:medal ?m }"
    ) == [("100m", "ns#Silver")]


@pytest.mark.parametrize(
    ("day", "everywhere", "azerbaijan"),
    [("2024-09-03", "857", "5"), ("2024-09-10", "1707", "11")],
)
def test_the_medals_that_stood_on_a_day_are_those_won_by_then(
    day: str, everywhere: str, azerbaijan: str
) -> None:
    """Question 23: rows of medals.csv by medal_date."""
    text = f"""SELECT (COUNT(DISTINCT ?a) AS ?n) WHERE {{
        ?x mg:award ?a ; mg:date ?d ; mg:action ?k .
        FILTER(?d <= "{day}" && ?k IN (mg:Awarded, mg:Reallocated, mg:Reinstated))
        FILTER NOT EXISTS {{ ?y mg:award ?a ; mg:date ?l FILTER(?l > ?d && ?l <= "{day}") }}
        %s }}"""
    assert ask(text % "") == [(everywhere,)]
    assert ask(text % "?a mg:entry/mg:nation nation:AZE") == [(azerbaijan,)]


def test_three_medallists_of_azerbaijan_were_born_in_2002_or_later() -> None:
    """Question 24: birth_date of the eight medallists in athletes.csv."""
    assert ask(
        """SELECT DISTINCT ?name ?b WHERE { ?e mg:won ?m ; mg:nation nation:AZE ; mg:athlete ?p .
            ?p mg:born ?b ; rdfs:label ?name FILTER(?b >= "2002") }"""
    ) == [
        ("Lamiya Valiyeva", "2002-04-05"),
        ("Sabir Zeynalov", "2005-07-22"),
        ("Vali Israfilov", "2002-10-18"),
    ]


def test_eight_events_in_paris_admitted_class_t13() -> None:
    """Question 25: the events of medals.csv whose name ends in T13."""
    assert ask(
        "SELECT ?name WHERE { ?e a mg:Event ; mg:sportClass class:T13 ; rdfs:label ?name }"
    ) == [
        (f"{name} - T13",)
        for name in (
            "Men's 100m",
            "Men's 1500m",
            "Men's 400m",
            "Men's 5000m",
            "Men's Long Jump",
            "Women's 100m",
            "Women's 1500m",
            "Women's 400m",
        )
    ]
