"""With two people who are one, what two sources say of their part in one event becomes one."""

from __future__ import annotations

import pytest

from graph.engines.memory import MemoryDraft
from graph.identity.redirects import merge
from graph.identity.same_entries import with_entries
from graph.names import RDF_TYPE, Names, mg
from graph.selecting import rows
from graph.terms import Literal, NamedNode, Quad

NAMES = Names()
BOOK, NEWS = NAMES.graph("book"), NAMES.graph("news")
OLD, NEW, MATE = (NAMES.of("person", name) for name in ("walijewa", "valiyeva", "mate"))
EVENT = NAMES.of("event", "100m")
AZE, GEO = (NAMES.of("nation", code) for code in ("AZE", "GEO"))


def entry(
    end: str, graph: NamedNode, *athletes: NamedNode, nation: NamedNode = AZE, rank: int = 0
) -> list[Quad]:
    node = NAMES.of("entry", end)
    said = [(RDF_TYPE, mg("Entry")), (mg("event"), EVENT), (mg("nation"), nation)]
    quads = [Quad(node, prop, value, graph) for prop, value in said]
    quads += [Quad(node, mg("athlete"), one, graph) for one in athletes]
    return quads + ([Quad(node, mg("rank"), Literal(str(rank)), graph)] if rank else [])


def award(end: str, graph: NamedNode, medal: str = "Gold") -> list[Quad]:
    node = NAMES.of("award", end)
    said = [(RDF_TYPE, mg("Award")), (mg("event"), EVENT), (mg("medal"), mg(medal))]
    said.append((mg("entry"), NAMES.of("entry", end)))
    return [Quad(node, prop, value, graph) for prop, value in said]


def became_one(*quads: Quad) -> set[tuple[str, str]]:
    """Return the kind and end of each old address beside its new one, without the people."""
    found = with_entries(MemoryDraft(quads), [(OLD, NEW)])
    assert found[0] == (OLD, NEW)
    return {(old.value.split("/id/")[1], new.value.split("/id/")[1]) for old, new in found[1:]}


def test_entries_of_two_sources_in_one_event_become_one_with_their_award() -> None:
    news = [*entry("b", NEWS, OLD, rank=1), *award("b", NEWS)]
    book = [*entry("a", BOOK, NEW), *award("a", BOOK)]
    assert became_one(*news, *book) == {("entry/b", "entry/a"), ("award/b", "award/a")}


def test_after_the_merge_one_entry_has_what_both_say() -> None:
    state = MemoryDraft([*entry("b", NEWS, OLD, rank=1), *entry("a", BOOK, NEW), *award("a", BOOK)])
    before = set(state.quads())
    change = merge(state, NAMES, with_entries(state, [(OLD, NEW)]))
    state.apply(change)
    what = "?entry a mg:Entry ; mg:athlete ?who ; mg:rank ?rank . ?award mg:entry ?entry"
    [found] = rows(state, f"SELECT DISTINCT ?entry ?who ?rank {{ {what} }}")
    assert (found["entry"], found["who"]) == (NAMES.of("entry", "a"), NEW)
    state.apply(change.inverse())
    assert set(state.quads()) == before


def test_awards_of_two_medals_stay_two() -> None:
    news = [*entry("b", NEWS, OLD), *award("b", NEWS, "Silver")]
    book = [*entry("a", BOOK, NEW), *award("a", BOOK)]
    assert became_one(*news, *book) == {("entry/b", "entry/a")}


@pytest.mark.parametrize(
    "news",
    [
        entry("b", NEWS, OLD, nation=GEO),
        entry("b", NEWS, OLD, MATE),
        entry("b", BOOK, OLD),
        [*entry("b", NEWS, OLD), *entry("c", NEWS, OLD)],
    ],
    ids=["another nation", "a team", "the same source", "two entries of which either may be it"],
)
def test_what_is_not_surely_one_entry_stays_two(news: list[Quad]) -> None:
    assert became_one(*news, *entry("a", BOOK, NEW)) == set()


def test_a_team_is_one_once_all_its_members_are() -> None:
    mate = NAMES.of("person", "kollegin")
    news, book = entry("b", NEWS, OLD, mate), entry("a", BOOK, NEW, MATE)
    assert became_one(*news, *book) == set()
    state = MemoryDraft([*news, *book])
    found = with_entries(state, [(OLD, NEW), (mate, MATE)])
    assert found[2:] == [(NAMES.of("entry", "b"), NAMES.of("entry", "a"))]
