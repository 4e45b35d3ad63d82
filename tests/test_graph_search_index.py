"""Names are found as people type them, and what is found says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.errors import BadTerm
from graph.naming import Naming
from graph.search import Evidence, Hit, Question

from .search_world import NAMES, PEOPLE, found, index_of, key, searchable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.search import SearchIndex

SPRINT, ATHLETICS = NAMES.of("sport", "sprint").value, NAMES.of("sport", "athletics").value


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    with searchable(tmp_path_factory.mktemp("search") / "store") as store:
        yield index_of(store)


@pytest.mark.parametrize("name", PEOPLE)
def test_a_name_as_it_is_fits_fully(index: SearchIndex, name: str) -> None:
    best = index.find(PEOPLE[name])[0]
    assert (best.label, best.score, best.reasons) == (PEOPLE[name], 1.0, ())


VARIANTS = [
    # Order, capitals, commas.
    ("BOLT Usain", "bolt"),
    ("Bolt, Usain", "bolt"),
    ("usain bolt", "bolt"),
    ("CSEH Laszlo", "cseh"),
    ("Phiri Jean Pierre", "phiri"),
    # Signs left out, or written with two letters.
    ("Laszlo Cseh", "cseh"),
    ("Jurgen Muller", "muller"),
    ("Juergen Mueller", "muller"),
    ("Togrul Asgarov", "asgarov"),
    ("Toghrul Askerov", "asgarov"),
    ("Emil Zatopek", "zatopek"),
    ("Sean OBrien", "obrien"),
    ("Seán O’Brien", "obrien"),
    # Typing errors: a letter wrong, missing, twice, two turned round.
    ("Usian Bolt", "bolt"),
    ("Usain Bollt", "bolt"),
    ("Lamia Valieva", "valiyeva"),
    ("Lmaiya Valiyeva", "valiyeva"),
    ("Klitchko", "klitschko"),
    ("Papadopolous", "papadopoulos"),
    # Habits of transliteration.
    ("Elena Isinbaeva", "isinbayeva"),
    ("Jelena Issinbajewa", "isinbayeva"),
    ("Vladimir Klichko", "klitschko"),
    ("Aleksandr Karelin", "karelin"),
    ("Alexander Karelin", "karelin"),
    ("Mohammed Salah", "salah"),
    # Other scripts, either way.
    ("Усэйн Болт", "bolt"),
    ("Болт", "bolt"),
    ("Елена Исинбаева", "isinbayeva"),
    ("Карелин", "karelin"),
    ("محمد صلاح", "salah"),
    ("Nur al-Din Muhammad", "nureddin"),
    ("马龙", "ma-long"),
    ("Wang Chuqin", "wang"),
    ("Wang Chu Qin", "wang"),
    ("楚钦", "wang"),
    ("Giorgos Papadopoulos", "papadopoulos"),
    ("Παπαδόπουλος", "papadopoulos"),
    # Initials, and names written as one or two words.
    ("U. Bolt", "bolt"),
    ("Bolt U", "bolt"),
    ("J.P. Phiri", "phiri"),
    ("Jonas Peter Alshammari", "alshammari"),
    ("Hossein Reza Zadeh", "rezazadeh"),
    ("Jeanpierre Phiri", "phiri"),
    # Parts, and more than the name.
    ("Valiyeva", "valiyeva"),
    ("Usain St Leo Bolt", "bolt"),
    ("Lightning Bolt", "bolt"),
]


@pytest.mark.parametrize(("text", "name"), VARIANTS)
def test_a_name_is_found_as_people_write_it(index: SearchIndex, text: str, name: str) -> None:
    assert found(index, text)[0] == name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("usa", "bolt"),
        ("usain bo", "bolt"),
        ("bolt us", "bolt"),
        ("lás", "cseh"),
        ("cseh l", "cseh"),
        ("mül", "muller"),
        ("muel", "muller"),
        ("Кар", "karelin"),
        ("alex", "karelin"),
        ("karelin a", "karelin"),
        ("王", "wang"),
        ("wang chu", "wang"),
        ("김연", "kim"),
        ("نور", "nureddin"),
        ("Παπα", "papadopoulos"),
        ("isinbajev", "isinbayeva"),
        ("Ямай", "JAM"),
        ("jam", "JAM"),
    ],
)
def test_what_is_typed_so_far_finds_the_name(index: SearchIndex, typed: str, name: str) -> None:
    assert name in [key(hit) for hit in index.begins(typed)][:5]


def test_namesakes_are_all_found_the_one_with_more_in_the_graph_first(index: SearchIndex) -> None:
    assert found(index, "Usain Bolt")[:2] == ["bolt", "bolt-2"]


def test_what_else_is_known_parts_namesakes(index: SearchIndex) -> None:
    younger = Evidence(kinds=("Person",), born="1999-03-01")
    best, other = index.find("Usain Bolt", evidence=younger)[:2]
    assert (key(best), key(other)) == ("bolt-2", "bolt")
    assert "The birth fits: 1999." in best.reasons
    assert "Born at another time: 1986-08-21." in other.reasons
    assert other.score < best.score == 1.0


def test_evidence_raises_a_name_that_is_not_quite_the_same(index: SearchIndex) -> None:
    jamaican = Evidence(nations=(NAMES.of("nation", "JAM").value,), born="1986-08-21")
    plain, weighed = (index.find("Usian Bolt", evidence=each)[0] for each in (None, jamaican))
    assert plain.score < weighed.score < 1


@pytest.mark.parametrize(
    ("filters", "who"),
    [
        ({"kinds": ("Person",)}, ["bolt", "bolt-2"]),
        ({"kinds": ("person",)}, ["bolt", "bolt-2"]),
        ({"kinds": ("Nation",)}, []),
        ({"nation": NAMES.of("nation", "JAM").value}, ["bolt"]),
        ({"nation": NAMES.of("nation", "AZE").value}, []),
        ({"games": NAMES.of("games", "2012").value}, ["bolt"]),
        ({"games": NAMES.of("games", "2016").value}, []),
        ({"sport": SPRINT}, ["bolt"]),
        ({"sport": ATHLETICS}, ["bolt"]),
        ({"nation": NAMES.of("nation", "JAM").value, "sport": ATHLETICS}, ["bolt"]),
    ],
)
def test_filters_leave_those_who_fit(
    index: SearchIndex, filters: dict[str, object], who: list[str]
) -> None:
    assert found(index, "Usain Bolt", **filters) == who


def test_a_nation_is_found_by_its_code_and_in_any_language(index: SearchIndex) -> None:
    for text in ("JAM", "jamaica", "Jamaika", "Ямайка"):
        best = index.find(text)[0]
        assert (key(best), best.label, best.kinds) == ("JAM", "Jamaica", ("Nation",))
    assert (best.matched, best.language) == ("Ямайка", "ru")


def test_a_hit_says_why_it_is_one(index: SearchIndex) -> None:
    best = index.find("bolt lightning")[0]
    assert best.reasons == ("Also called Lightning Bolt.", "The words are in another order.")
    best = index.find("Usian Bolt")[0]
    assert best.reasons == ("“usian” differs from “usain” by one letter.",)


def test_a_hit_can_be_told_to_another_process(index: SearchIndex) -> None:
    question = Question("Bolt", kinds=("Person",), evidence=Evidence(born="1986"))
    assert Question.from_json(question.to_json()) == question
    hit = index.answer(question)[0]
    assert Hit.from_json(hit.to_json()) == hit


def test_no_more_hits_are_given_than_are_wanted(index: SearchIndex) -> None:
    assert len(index.find("Usain Bolt", limit=1)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "...",
        "'\"{}[]().*+?^$|\\/",
        "a\x00b\x1f",
        "\ud7a4",
        "\N{ZERO WIDTH JOINER}",
        "👩‍🚀",
        "\N{RIGHT-TO-LEFT OVERRIDE}abc",
        "a" * 200,
        "a b c d e f g h i j k l m n o p q r s t u v w x y z",
        "+usain -bolt",
        "words:bolt",
        "bolt~2 AND usain^9 OR NOT x",
        "[a TO z]",
        "/.*/",
        "\U0010ffff",
        "\ufffe",
    ],
)
def test_any_text_gets_an_answer(index: SearchIndex, text: str) -> None:
    for begins in (False, True):
        assert isinstance(index.answer(Question(text, begins=begins)), list)


def test_half_a_character_gets_an_answer_too(index: SearchIndex) -> None:
    assert index.find("bolt \ud800") != []


@pytest.mark.parametrize(("text", "limit"), [("a" * 201, 10), ("a", 0), ("a", 1_001), ("a", -1)])
def test_too_much_is_refused(text: str, limit: int) -> None:
    with pytest.raises(BadTerm):
        Question(text, limit=limit)


_NAMED_BY_TWO = """INSERT DATA {
  GRAPH graph:a-blog { nation:AZE a mg:Nation ; rdfs:label "Aserbeidschan"@de ;
    skos:altLabel "Azerbaidjan"@fr }
  GRAPH graph:official { nation:AZE rdfs:label "Azerbaijan"@en, "Aserbaidschan"@de }
  GRAPH graph:meta { graph:official a prov:Entity ; mg:priority 1 .
    graph:a-blog a prov:Entity ; mg:priority 5 } }"""


@pytest.mark.parametrize(
    ("languages", "label"),
    [
        (("de-at",), "Aserbaidschan"),
        (("fr",), "Azerbaijan"),
        (("pt", "de"), "Aserbaidschan"),
        ((), "Azerbaijan"),
    ],
)
def test_a_hit_is_labelled_in_a_language_as_its_most_trusted_source_names_it(
    tmp_path: Path, languages: tuple[str, ...], label: str
) -> None:
    with searchable(tmp_path / "store", _NAMED_BY_TWO) as store:
        index, node = index_of(store), NAMES.of("nation", "AZE")
        [hit] = index.answer(Question("Azerbaijan", kinds=("Nation",), languages=languages))
        with store.read() as reader:
            assert hit.label == Naming(reader, languages).label(node) == label
        assert index.labels([node.value], languages) == {node.value: label}


def test_addresses_are_found_by_how_they_begin_in_capitals_or_not(index: SearchIndex) -> None:
    base = f"{NAMES.base}/id/"
    bolts = [NAMES.of("person", key).value for key in ("bolt", "bolt-2")]
    assert sorted(index.addresses(f"{base}person/Bol", limit=9)) == bolts
    assert len(index.addresses(f"{base}person/bol", limit=1)) == 1
    assert index.addresses(f"{base}nation/jam", limit=9) == [NAMES.of("nation", "JAM").value]
    for nothing in ("nation/jamm", "person/b.lt", "person/[b]olt", "olt"):
        assert index.addresses(f"{base}{nothing}", limit=9) == []
