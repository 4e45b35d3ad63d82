"""The commands ``match --events``, ``merge`` and ``separate`` for events, and their conflicts."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from .century import rules_and_nations
from .two_tellings import THE_BOOK, THE_WEB, inserted

if TYPE_CHECKING:
    from tests.command_line import CommandLine

BOOK_FOIL, WEB_FOIL = (
    f"event:{by.end(label)}" for by, label in ((THE_BOOK, "Foil"), (THE_WEB, "foil"))
)
PODIUM = ("Gold AZE Leyla Ali", "Silver FRA Anne Roi", "Bronze USA Jane Doe")
SINCE = ("Gold FRA Anne Roi", "Silver USA Jane Doe", "Bronze GEO Nino Abo")
GOLDS = (
    "SELECT ?who { ?award mg:medal mg:Gold ; mg:entry/mg:athlete/rdfs:label ?who } ORDER BY ?who"
)

GOLD = "award:2012--foil-book--leyla-ali--Gold"


@pytest.fixture
def store(medalgraph: CommandLine) -> CommandLine:
    """A store in which two sources tell of a final, whose winner was disqualified since."""
    quads = [*THE_BOOK.known(), *THE_BOOK.event("Foil", *PODIUM, sport="fencing")]
    quads += [*THE_WEB.known(), *THE_WEB.event("foil", *SINCE, sport="fencing")]
    quads += THE_WEB.event("epee", "Gold CUB Ana Paz", sport="fencing")
    quads += THE_BOOK.event("Epee", "Gold ITA Ida Rossi", sport="fencing")
    medalgraph.do("update", inserted([*quads, *rules_and_nations()]))
    return medalgraph


def test_events_are_listed_with_their_reasons(store: CommandLine) -> None:
    said = store.do("match", "web", "book", "--events", "--csv", "--all")
    sure, doubtful = csv.DictReader(io.StringIO(said.out))
    assert [sure[part] for part in ("sure", "event", "other")] == [
        "True",
        "2012--foil-web",
        "2012--foil-book",
    ]
    assert "the same name (foil / Foil) +4; 2 with another medal +5" in sure["reasons"]
    assert (doubtful["sure"], doubtful["event"]) == ("False", "2012--epee-web")
    assert store.do("match", "web", "book", "--events").out.endswith("1 sure, 1 to look at.\n")


def test_a_merge_leaves_one_award_and_its_receivers_are_listed_and_decided(
    store: CommandLine,
) -> None:
    table = store.do("table", "2012-summer", "--csv").out
    store.do("match", "web", "book", "--events", "--merge", "--author", "Leyla")
    [done, _] = store.do("history", "--json").json
    assert (done["kind"], done["message"]) == (
        "identity",
        "Merge 1 event, with 7 of their medals and medallists",
    )
    assert store.do("table", "2012-summer", "--csv").out == table
    listed = store.do("conflicts", "--property", "entry")
    assert f"Gold, Foil, 2012 Summer Olympics ({GOLD}): entry" in listed.out
    assert "    Leyla Ali (AZE) (entry:2012--foil-book--leyla-ali--Gold): The book" in listed.out
    assert "    Anne Roi (FRA) (entry:2012--foil-book--anne-roi--Silver): The web" in listed.out
    assert "3 conflicts between sources." in listed.out
    store.do("decide", GOLD, "entry", "web", "--reason", "The court's ruling of 2017")
    assert "2 conflicts between sources." in store.do("conflicts", "--property", "entry").out
    assert ["Leyla Ali"] not in store.ask(GOLDS)
    assert store.do("table", "2012-summer", "--csv").out != table
    store.do("undo", "3")
    assert store.do("table", "2012-summer", "--csv").out == table
    store.do("undo", "2")
    assert store.ask("SELECT ?new { ?old owl:sameAs ?new }") == []
    assert store.do("table", "2012-summer", "--csv").out == table


def test_the_policy_settles_receivers_as_it_does_births(store: CommandLine) -> None:
    store.do("match", "web", "book", "--events", "--merge")
    store.do("conflicts", "--settle", "--property", "entry")
    assert store.do("conflicts").out.endswith("0 conflicts between sources.\n")
    assert store.ask(GOLDS) == [["Ana Paz"], ["Ida Rossi"], ["Leyla Ali"]]


def test_events_are_merged_and_kept_apart_by_hand(store: CommandLine) -> None:
    table = store.do("table", "2012-summer", "--csv").out
    store.do("merge", WEB_FOIL, BOOK_FOIL)
    assert store.ask(f"SELECT ?new {{ {WEB_FOIL} owl:sameAs ?new }}") == [["2012--foil-book"]]
    assert store.do("table", "2012-summer", "--csv").out == table
    store.do("separate", f"event:{THE_WEB.end('epee')}", f"event:{THE_BOOK.end('Epee')}")
    assert store.do("match", "web", "book", "--events").out == "0 sure, 0 to look at.\n"
    said = store("merge", WEB_FOIL, BOOK_FOIL)
    assert "is an old address: it was merged into 2012--foil-book." in said.err


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (
            ("merge", WEB_FOIL, "leyla-ali-book"),
            "One of the two is an event and the other",
        ),
        (("merge", "event:foil", BOOK_FOIL), "There is no event event:foil."),
        (("separate", BOOK_FOIL, "event:x"), "There is no event event:x."),
    ],
)
def test_what_cannot_be_done_is_said(
    store: CommandLine, words: tuple[str, ...], error: str
) -> None:
    said = store(*words)
    assert error in said.err
    assert said.code != 0
