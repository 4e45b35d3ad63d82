"""What a commit decided, read from its change."""

from __future__ import annotations

from graph.change import Change
from graph.engines.memory import MemoryDraft, MemoryEngine
from graph.identity.deciding import separate
from graph.identity.redirects import merge
from graph.names import RDFS_LABEL, Names, mg
from graph.sources import set_aside
from graph.terms import Literal, Quad
from service.decided import APART, ASIDE, SAME, Line, lines

NAMES = Names()
A, B = (NAMES.of("person", name) for name in "ab")
BOOK = NAMES.graph("book")


def test_a_merge_leads_from_the_old_address_to_the_other() -> None:
    draft = MemoryEngine().draft()
    assert lines(merge(draft, NAMES, [(A, B)]), NAMES) == [Line(SAME, A.value, B.value)]
    assert lines(separate(draft, NAMES, A, B), NAMES) == [Line(APART, A.value, B.value)]
    draft.discard()


def test_an_old_address_is_called_what_its_sources_called_it() -> None:
    name = Quad(A, RDFS_LABEL, Literal("Lamija Walijewa", language="en"), BOOK)
    state = MemoryDraft([name])
    [line] = lines(merge(state, NAMES, [(A, B)]), NAMES)
    assert line.told({A.value: "person:a", B.value: "Lamiya Valiyeva"}) == {
        "what": "same",
        "thing": {"iri": A.value, "name": "Lamija Walijewa"},
        "other": {"iri": B.value, "name": "Lamiya Valiyeva"},
    }


def test_an_entry_that_was_joined_is_told_without_its_address() -> None:
    old, new = (NAMES.of("entry", name) for name in "ab")
    [line] = lines(merge(MemoryDraft([]), NAMES, [(old, new)]), NAMES)
    assert line.told({new.value: "Lamiya Valiyeva (AZE)"})["thing"] == {
        "iri": old.value,
        "name": "Another entry",
    }


def test_what_was_set_aside_is_told_with_its_source() -> None:
    change = set_aside(Quad(A, mg("born"), Literal("1990"), BOOK), NAMES, reason="why")
    assert lines(change, NAMES) == [Line(ASIDE, A.value, "", "born", "1990", BOOK.value)]
    name = set_aside(Quad(A, RDFS_LABEL, Literal("Ana", language="en"), BOOK), NAMES, reason="why")
    [line] = lines(name, NAMES)
    assert (line.property, line.value) == ("name", "Ana")


def test_a_change_that_decided_nothing_has_no_lines() -> None:
    said = Quad(A, mg("born"), Literal("1990"), BOOK)
    assert lines(Change.of([said]), NAMES) == []


def test_a_line_names_what_it_is_about() -> None:
    line = Line(ASIDE, A.value, "", "nation", B.value, BOOK.value)
    assert line.told({A.value: "Ana", B.value: "Bea", BOOK.value: "The Book"}) == {
        "what": "aside",
        "thing": {"iri": A.value, "name": "Ana"},
        "property": "nation",
        "value": "Bea",
        "source": {"graph": BOOK.value, "title": "The Book"},
    }
    assert set(line.iris()) == {A.value, B.value, BOOK.value}
