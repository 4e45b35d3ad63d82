from __future__ import annotations

import pytest

from graph.importers.people import (
    Published,
    family_first_nations,
    listed_name,
    names_of,
    person_slugs,
    recase,
    spelling,
    television_name,
)


def named(listed: str, television: str, *, family_first: bool = False) -> tuple[str, list[str]]:
    name, others = names_of(Published(listed, television), family_first=family_first)
    return name.label, others


@pytest.mark.parametrize(
    ("word", "cased"),
    [
        ("SALEI", "Salei"),
        ("O'BRIEN", "O'Brien"),
        ("O'NEILL-THORNE", "O'Neill-Thorne"),
        ("D'ANDREA", "D'Andrea"),
        ("DE'AETH", "De'Aeth"),
        ("LACROIX-DESMAZES", "Lacroix-Desmazes"),
        ("McCLEMENTS", "McClements"),
        ("MACCOMBE", "MacCombe"),
        ("MACHADO", "Machado"),
        ("MACIEJEWSKI", "Maciejewski"),
        ("ÖZTÜRK", "Öztürk"),
        ("III", "III"),
        ("McKenna", "McKenna"),
        ("Tre'shaun", "Tre'shaun"),
        ("Sung-Bong", "Sung-Bong"),
        ("J.", "J."),
        ("L.Y", "L.Y"),
    ],
)
def test_a_word_in_capitals_is_cased_as_people_write_it(word: str, cased: str) -> None:
    assert recase([word]) == cased


@pytest.mark.parametrize(
    ("listed", "television", "label"),
    [
        ("SALEI Raman", "Raman SALEI", "Raman Salei"),
        ("HUA Dongdong", "HUA Dongdong", "Hua Dongdong"),
        ("DE LA PUENTE Martin", "Martin de la PUENTE", "Martin de la Puente"),
        ("DEI ROSSI Matteo", "Matteo dei ROSSI", "Matteo dei Rossi"),
        ("van der HORST Rixt", "Rixt van der HORST", "Rixt van der Horst"),
        ("le van Cong", "van Cong LE", "Van Cong Le"),
        ("le Dat", "Dat le", "Dat Le"),
        ("FITZPATRICK AJ", "AJ FITZPATRICK", "AJ Fitzpatrick"),
        ("HATZ B", "B HATZ", "B Hatz"),
        ("SUMIT", "SUMIT", "Sumit"),
        ("AJEET SINGH", "AJEET SINGH", "Ajeet Singh"),
        ("JOSS III John", "John JOSS III", "John Joss III"),
        ("DURWARD - AKHURST Mari", "Mari DURWARD - AKHURST", "Mari Durward-Akhurst"),
        ("KENNEDY Erin", "", "Erin Kennedy"),
        ("JUNG Young A", "JUNG Young A", "Jung Young A"),
    ],
)
def test_a_name_is_written_in_the_order_that_television_shows(
    listed: str, television: str, label: str
) -> None:
    assert named(listed, television) == (label, [])


@pytest.mark.parametrize(
    ("listed", "television", "label", "other"),
    [
        ("BATE Stephen", "Steve BATE", "Steve Bate", "Stephen Bate"),
        ("RADOVIC Fili", "Filip RADOVIC", "Filip Radovic", "Fili Radovic"),
        ("GRAHAM Finlay", "Fin GRAHAM", "Fin Graham", "Finlay Graham"),
        ("JORDAN Elizabeth", "Lizzi JORDAN", "Lizzi Jordan", "Elizabeth Jordan"),
        ("BROWN Frances", "Fran BROWN", "Fran Brown", "Frances Brown"),
        ("YATHIRAJ Suhas Lalinakere", "Suhas L.Y", "Suhas Lalinakere Yathiraj", "Suhas L.Y"),
        ("SANCHEZ Francisco J", "Francisco J. SANCHEZ", "Francisco J. Sanchez", None),
        ("KOCMUR Barbara", "KOCMUR", "Barbara Kocmur", "Kocmur"),
        ("DIAS de OLIVERA Edwarda", "DUDA", "Edwarda Dias de Olivera", "Duda"),
        ("GOLESTANI Hossein", "H. GOLESTANI", "Hossein Golestani", "H. Golestani"),
        ("DINO Edin", "DJINO", "Edin Dino", "Djino"),
        ("SILVA da Adria Jesus", "ADRIA", "Adria Jesus da Silva", "Adria"),
        ("McCREESH Jennifer", "McCREESH", "Jennifer McCreesh", "McCreesh"),
    ],
)
def test_a_nickname_or_part_of_a_name_is_another_spelling(
    listed: str, television: str, label: str, other: str | None
) -> None:
    found, others = named(listed, television)

    assert found == label
    assert others == [other or "Francisco J Sanchez"]


def test_initials_follow_the_order_of_the_nation() -> None:
    assert named("ZHANG Lijun", "ZHANG L.J", family_first=True)[0] == "Zhang Lijun"
    assert named("PRYSHCHEPA Roman", "PRYSHCHEPA R")[0] == "Roman Pryshchepa"


def test_family_and_given_names_are_told_apart() -> None:
    name, _ = names_of(
        Published("OLIVEIRA Rogerio Junior Xavier de", "Rogerio Junior Xavier de OLIVEIRA"),
        family_first=False,
    )

    assert (name.given, name.family) == ("Rogerio Junior Xavier", "de Oliveira")


def test_a_name_in_capitals_only_has_no_known_parts() -> None:
    name = listed_name("PRAVEEN KUMAR")

    assert (name.family, name.given, name.label) == ("", "", "Praveen Kumar")


@pytest.mark.parametrize("text", ["KOCMUR", "SU L.M", "H. ABBASI", "MARIE ADELINE", "", "le"])
def test_television_that_shows_less_than_a_name_shows_none(text: str) -> None:
    assert television_name(text) is None


def test_the_order_of_a_nation_is_that_of_most_of_its_people() -> None:
    people = [
        ("CHN", Published("HUA Dongdong", "HUA Dongdong")),
        ("CHN", Published("SU Limei", "SU L.M")),
        ("GBR", Published("BATE Stephen", "Steve BATE")),
        ("JPN", Published("KIMURA Keiichi", "KIMURA Keiichi")),
        ("JPN", Published("ODA Tokito", "Tokito ODA")),
        ("JPN", Published("SATO Tomoki", "SATO Tomoki")),
    ]

    assert family_first_nations(people) == {"CHN", "JPN"}


def test_namesakes_of_one_year_get_a_number_whatever_the_order_of_the_rows() -> None:
    people = [("99", "Li Li", "1998-01-01"), ("100", "Li Li", "1998-12-31")]

    assert person_slugs(people) == {"99": "li-li-1998", "100": "li-li-1998-2"}
    assert person_slugs(reversed(people)) == person_slugs(people)


def test_a_spelling_keeps_the_published_order() -> None:
    assert spelling("SALEI Raman") == "Salei Raman"
