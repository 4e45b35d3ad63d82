"""Terms are said in words: labels first, short names where there is none."""

from __future__ import annotations

from graph.change import Change
from graph.engines.memory import MemoryDraft
from graph.names import RDFS_LABEL, Names, mg, property_words
from graph.terms import BlankNode, Literal, NamedNode, Quad
from service.cli.wording import Wording, short

NAMES = Names()
AZE, LOCAL = NAMES.of("nation", "AZE"), NAMES.local


def labelled(*labels: Literal) -> Wording:
    draft = MemoryDraft()
    draft.apply(Change.of(Quad(AZE, RDFS_LABEL, label, LOCAL) for label in labels))
    return Wording(draft, NAMES.prefixes())


def test_an_iri_of_a_known_prefix_is_short_and_another_is_whole() -> None:
    prefixes = NAMES.prefixes()
    assert short(AZE, prefixes) == "nation:AZE"
    assert short(mg("Gold"), prefixes) == "mg:Gold"
    assert short(NamedNode("http://ex/a b".replace(" ", "%20")), prefixes) == "<http://ex/a%20b>"
    assert short(NamedNode(AZE.value + "/x"), prefixes) == f"<{AZE.value}/x>"
    assert short(NamedNode(AZE.value + "."), prefixes) == f"<{AZE.value}.>"


def test_a_text_is_itself_with_its_language_and_nothing_is_empty() -> None:
    assert short(Literal("Bakou", language="fr"), {}) == "Bakou @fr"
    assert short(Literal(4), {}) == "4"
    assert short(None, {}) == ""
    assert short(BlankNode("b1"), {}) == "_:b1"


def test_the_english_label_is_preferred() -> None:
    wording = labelled(Literal("Azerbaïdjan", language="fr"), Literal("Azerbaijan", language="en"))
    assert wording.of(AZE) == "Azerbaijan (nation:AZE)"


def test_another_language_is_better_than_no_label() -> None:
    assert labelled(Literal("Azerbaïdjan", language="fr")).label(AZE) == "Azerbaïdjan"


def test_a_node_without_label_is_said_by_its_short_name() -> None:
    assert labelled().of(AZE) == "nation:AZE"


def test_a_label_that_the_change_removed_is_still_used() -> None:
    gone = Quad(AZE, RDFS_LABEL, Literal("Azerbaijan"), LOCAL)
    assert Wording(MemoryDraft(), {}, also=[gone]).label(AZE) == "Azerbaijan"


def test_a_number_stands_without_quotes_and_a_text_in_them() -> None:
    assert labelled().of(Literal(4)) == "4"
    assert labelled().of(Literal("4")) == '"4"'


def test_a_property_is_said_in_words() -> None:
    assert property_words(mg("sportClass")) == "sport class"
    assert property_words(RDFS_LABEL) == "label"
    assert property_words(NamedNode("http://ex/")) == "http://ex/"
