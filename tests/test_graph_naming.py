"""A thing has one name wherever it is shown: by language first, then by trust."""

from __future__ import annotations

import pytest

from graph.engines.memory import MemoryDraft
from graph.names import RDFS_LABEL, Names, mg
from graph.naming import Naming
from graph.sources import TITLE
from graph.terms import Literal, NamedNode, Quad

NAMES = Names()
GERMANY, ANTILLES = NAMES.of("nation", "GER"), NAMES.of("nation", "AHO")
BOOK, CODES, BLOG = (NAMES.graph(key) for key in ("book", "a-list-of-codes", "blog"))
PRIORITIES = [
    Quad(BOOK, mg("priority"), Literal(1), NAMES.meta),
    Quad(CODES, mg("priority"), Literal(5), NAMES.meta),
    Quad(BLOG, mg("priority"), Literal(1), BLOG),
]


def called(node: NamedNode, text: str, graph: NamedNode, language: str | None = None) -> Quad:
    return Quad(node, RDFS_LABEL, Literal(text, language=language), graph)


GERMAN = [
    called(GERMANY, "Alemania", CODES, "es"),
    called(GERMANY, "Deutschland", CODES, "de-DE"),
    called(GERMANY, "GERMANY", BLOG),
    called(GERMANY, "Germany", BOOK, "en"),
]


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Germany"), ("DE", "Deutschland"), ("az", "Germany")]
)
def test_the_language_asked_for_comes_before_english(language: str, name: str) -> None:
    assert Naming(MemoryDraft(GERMAN), language).name(GERMANY) == name


def test_without_an_english_name_one_of_no_language_comes_before_any_other() -> None:
    assert Naming(MemoryDraft(GERMAN[:3])).name(GERMANY) == "GERMANY"
    assert Naming(MemoryDraft(GERMAN[:1])).name(GERMANY) == "Alemania"


def test_of_two_english_names_the_more_trusted_source_gives_it() -> None:
    """The country codes call AHO Caribbean Netherlands; in 1988 it was Netherlands Antilles."""
    said = [
        called(ANTILLES, "Caribbean Netherlands", CODES, "en"),
        called(ANTILLES, "Netherlands Antilles", BOOK, "en"),
        called(ANTILLES, "Antilles", BLOG, "en"),
    ]
    assert Naming(MemoryDraft(said + PRIORITIES)).name(ANTILLES) == "Netherlands Antilles"


def test_a_source_cannot_make_itself_trusted() -> None:
    said = [called(ANTILLES, "Antilles", BLOG, "en"), called(ANTILLES, "Islands", CODES, "en")]
    assert Naming(MemoryDraft(said + PRIORITIES)).name(ANTILLES) == "Islands"


def test_a_source_is_called_by_its_title_and_what_nobody_names_by_its_address() -> None:
    state = MemoryDraft([Quad(BOOK, TITLE, Literal("Results book"), NAMES.meta)])
    assert Naming(state).name(BOOK, naming=(RDFS_LABEL, TITLE)) == "Results book"
    assert Naming(state).name(GERMANY) == ""
    assert Naming(state).label(GERMANY) == "GER"


@pytest.mark.parametrize(
    ("languages", "name"),
    [
        (("fr", "es", "de"), "Alemania"),
        (("de-AT", "es"), "Deutschland"),
        (("de-Latn-x-dialect",), "Deutschland"),
        (("fr", "en", "es"), "Germany"),
        ((), "Germany"),
        (("d",), "Germany"),
    ],
)
def test_languages_are_taken_in_order_each_with_its_beginnings(
    languages: tuple[str, ...], name: str
) -> None:
    assert Naming(MemoryDraft(GERMAN), languages).name(GERMANY) == name


def test_the_very_language_comes_before_one_of_its_regions() -> None:
    said = [called(GERMANY, "Schweiz", BOOK, "de-CH"), called(GERMANY, "Deutsch", CODES, "de")]
    assert Naming(MemoryDraft(said + PRIORITIES), "de").name(GERMANY) == "Deutsch"


def test_a_name_tells_its_language() -> None:
    named = Naming(MemoryDraft(GERMAN), "es").named(GERMANY)
    assert named == Literal("Alemania", language="es")


def test_a_name_of_nothing_but_spaces_is_none() -> None:
    said = [called(GERMANY, " \n", BOOK, "en"), called(GERMANY, "Deutschland", CODES, "de")]
    assert Naming(MemoryDraft(said + PRIORITIES)).name(GERMANY) == "Deutschland"
    assert Naming(MemoryDraft(said[:1])).named(GERMANY) is None
