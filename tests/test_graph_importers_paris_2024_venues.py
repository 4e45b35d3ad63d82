"""Where and on which days the events of Paris 2024 were."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.importers.paris_2024_olympics import convert
from graph.importers.tables import RejectFile
from graph.names import mg
from graph.progress import silent
from graph.terms import Literal

from .olympic_paris import NAMES, ask, record
from .small_olympics import BREASTSTROKE, SWIMMING, session, small_olympics, write_olympics

if TYPE_CHECKING:
    from pathlib import Path

    from graph.engines.memory import MemoryDraft


@pytest.fixture
def paris(shared_data: Path) -> MemoryDraft:
    return record(shared_data)[0]


def days(state: MemoryDraft, event: str, phase: str) -> set[str]:
    return {
        day
        for (day,) in ask(
            state,
            f"""SELECT DISTINCT ?day {{ ?result mg:entry/mg:event event:2024-summer--{event} ;
                  mg:phase "{phase}" ; mg:date ?day }}""",
        )
    }


def test_each_listed_venue_is_a_place_and_so_is_each_hall_of_one(paris: MemoryDraft) -> None:
    # venues.csv has 35; La Concorde has four parts, South Paris Arena three, the lake two.
    assert len(ask(paris, "SELECT ?v { ?v mg:kind mg:Venue }")) == 35 + 4 + 3 + 2
    parts = ask(paris, "SELECT ?p { ?p mg:partOf place:south-paris-arena } ORDER BY ?p")
    assert parts == [[f"south-paris-arena-{number}"] for number in (1, 4, 6)]


@pytest.mark.parametrize(
    ("place", "label", "called"),
    [
        ("porte-de-la-chapelle-arena", "Porte de La Chapelle Arena", "La Chapelle Arena"),
        ("chateauroux-shooting-centre", "Chateauroux Shooting Centre", "Chateauroux Shooting Ctr"),
        (
            "saint-quentin-en-yvelines-velodrome",
            "Saint-Quentin-en-Yvelines Velodrome",
            "National Velodrome",
        ),
        ("le-golf-national", "Golf National", "Le Golf National"),
    ],
)
def test_a_venue_that_the_schedule_calls_otherwise_is_one_place(
    paris: MemoryDraft, place: str, label: str, called: str
) -> None:
    names = ask(
        paris,
        f"SELECT ?label ?other {{ place:{place} rdfs:label ?label ; skos:altLabel ?other }}",
    )
    assert names == [[label, called]]


def test_the_cities_of_the_football_stadiums_are_known(paris: MemoryDraft) -> None:
    cities = ask(
        paris,
        """SELECT DISTINCT ?city { event:2024-summer--football--men mg:place/mg:partOf ?place .
             ?place rdfs:label ?city ; mg:partOf place:france } ORDER BY ?city""",
    )
    # The men also played in Marseille and Paris; the schedule writes each city with its stadium.
    assert [city for (city,) in cities] == [
        *("Bordeaux", "Lyon", "Marseille", "Nantes", "Nice", "Paris", "Saint-Etienne")
    ]


def test_an_event_has_each_place_where_it_was(paris: MemoryDraft) -> None:
    assert ask(
        paris,
        """SELECT ?place { event:2024-summer--modern-pentathlon--mens-individual mg:place ?place }
           ORDER BY ?place""",
    ) == [["chateau-de-versailles"], ["north-paris-arena"]]
    assert ask(paris, "SELECT ?e { ?e a mg:Event FILTER NOT EXISTS { ?e mg:place ?p } }") == []


def test_an_event_of_one_day_has_its_date_and_one_of_several_has_none(paris: MemoryDraft) -> None:
    date = "SELECT ?day { event:2024-summer--%s mg:date ?day }"
    assert ask(paris, date % "judo--men-plus-100-kg") == [["2024-08-02"]]
    assert ask(paris, date % "athletics--mens-100m") == []
    # The ranking round was four days before; all gymnasts qualified together, days before.
    assert ask(paris, date % "archery--mens-team") == []
    assert ask(paris, date % "artistic-gymnastics--mens-all-around") == []
    assert len(ask(paris, "SELECT ?e { ?e a mg:Event ; mg:date ?day }")) == 86


@pytest.mark.parametrize(
    ("event", "phase", "day"),
    [
        # The results carry 3 August, when they were changed; the schedule has the day.
        ("archery--mens-individual", "1/32 Elimination Round, no. 1", "2024-07-30"),
        # Ended after midnight, and belongs to the evening of its medals.
        ("weightlifting--womens-49kg", "Final", "2024-08-07"),
        # In Paris the quarterfinals of Tahiti ended on 2 August.
        ("surfing--men", "Quarterfinals - Heat 4", "2024-08-01"),
        # The schedule has the heats as one session.
        ("swimming--mens-100m-breaststroke", "Heat 2", "2024-07-27"),
        # Changed two days after the last contest of the decathlon.
        ("athletics--mens-decathlon", "Final Results", "2024-08-03"),
        # Not in the schedule: the archers of a team shot this round each for themselves.
        ("archery--mens-team", "Ranking Round", "2024-07-25"),
        # Before the opening.
        ("football--men", "Group A, no. 1", "2024-07-24"),
    ],
)
def test_a_contest_is_dated_by_the_schedule(
    paris: MemoryDraft, event: str, phase: str, day: str
) -> None:
    assert days(paris, event, phase) == {day}


def test_the_last_result_of_a_winner_is_of_the_day_of_the_medal(paris: MemoryDraft) -> None:
    late = """SELECT ?award ?day { ?award a mg:Award ; mg:date ?day ; mg:entry ?entry .
                ?result a mg:Result ; mg:entry ?entry ; mg:date ?date }
              GROUP BY ?award ?day HAVING (MAX(?date) != ?day)"""
    assert ask(paris, late) == []


def test_the_ceremonies_are_occasions_of_the_games(paris: MemoryDraft) -> None:
    ceremonies = ask(
        paris,
        """SELECT ?label ?day { ?it a mg:Occasion ; rdfs:label ?label ; mg:date ?day ;
             mg:games games:2024-summer ; mg:kind mg:Ceremony } ORDER BY ?day""",
    )
    assert ceremonies == [["Opening Ceremony", "2024-07-26"], ["Closing Ceremony", "2024-08-11"]]


def test_a_cancelled_session_is_no_day_of_an_event(tmp_path: Path) -> None:
    rows = small_olympics()
    held, final = session(BREASTSTROKE, "fnl-000100--", "28-07-2024"), rows[SWIMMING][:3]
    put_off = session(BREASTSTROKE, "fnl-000200--", "29-07-2024", status="CANCELLED")
    rows |= {SWIMMING: final, "schedules.csv": [held, put_off]}
    with RejectFile(None) as rejects:
        folder = write_olympics(tmp_path, rows)
        quads = list(convert(folder, names=NAMES, rejects=rejects, progress=silent))
    event = NAMES.of("event", "2024-summer", "swimming", "mens-100m-breaststroke")
    dated = {
        quad.object for quad in quads if quad.subject == event and quad.predicate == mg("date")
    }
    assert dated == {Literal("2024-07-28")}
    assert rejects.count == 0
