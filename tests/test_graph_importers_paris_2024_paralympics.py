from __future__ import annotations

import csv
import gzip
import io
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from graph.importers.paris_2024_paralympics import convert
from graph.importers.tables import RejectFile
from graph.names import Names
from graph.progress import silent

from .bundled_record import ask
from .small_paris import small_rows, write_tables

if TYPE_CHECKING:
    from pathlib import Path

GAMES = "games:2024-summer-para"
COLOURS = ("Gold", "Silver", "Bronze")


def counted(pattern: str) -> int:
    """Return how many different ?x match a pattern in the bundled record."""
    ((number,),) = ask(f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}")
    return int(number)


def medals_of(code: str) -> list[int]:
    return [
        counted(f"?x mg:won mg:{colour} ; mg:nation nation:{code} ; mg:event/mg:games {GAMES}")
        for colour in COLOURS
    ]


def table(shared_data: Path, name: str) -> list[dict[str, str]]:
    path = shared_data / "paris2024-paralympics" / name
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_size_of_the_games_is_right() -> None:
    paris = "GRAPH graph:paris2024-paralympics"

    assert counted(f"{paris} {{ ?x a mg:Person }}") == 4459
    assert counted(f"{paris} {{ ?x a mg:Nation }}") == 170
    assert counted(f"{paris} {{ ?x a mg:Delegation ; mg:games {GAMES} }}") == 170
    assert counted(f"{paris} {{ ?x a mg:Event ; mg:games {GAMES} }}") == 549
    assert counted(f"{paris} {{ ?x a mg:Award }}") == 1707
    assert counted(f"{paris} {{ ?x a mg:Tally ; mg:games {GAMES} }}") == 86
    assert counted("?x mg:externalId ?id FILTER(STRSTARTS(?id, 'paris2024:'))") == 4459


@pytest.mark.parametrize(
    ("code", "medals"),
    [
        ("AZE", [4, 2, 5]),
        ("CHN", [94, 76, 50]),
        ("GBR", [49, 44, 31]),
        ("USA", [36, 42, 27]),
        ("NPA", [26, 22, 23]),
    ],
)
def test_the_medals_of_a_nation_are_those_of_the_published_table(
    code: str, medals: list[int]
) -> None:
    tally = f"tally:paris2024-paralympics--2024-summer-para--{code}"

    assert medals_of(code) == medals
    assert ask(
        f"SELECT ?g ?s ?b ?t WHERE {{ {tally} mg:gold ?g ; mg:silver ?s ; mg:bronze ?b ."
        f" {tally} mg:total ?t }}"
    ) == [(*map(str, medals), str(sum(medals)))]


def test_the_eleven_medals_of_azerbaijan_are_these() -> None:
    rows = ask(
        f"""SELECT ?date ?medal ?name ?event WHERE {{
            ?award mg:entry ?entry ; mg:medal ?medal ; mg:date ?date ; mg:status mg:Standing .
            ?entry mg:nation nation:AZE ; mg:athlete/rdfs:label ?name ; mg:event ?e .
            ?e mg:games {GAMES} ; rdfs:label ?event }}"""
    )

    assert rows == [
        ("2024-08-29", "Bronze", "Sabir Zeynalov", "Men K44 -58kg"),
        ("2024-08-30", "Gold", "Imamaddin Khalilov", "Men K44 -70kg"),
        ("2024-08-31", "Silver", "Raman Salei", "Men's 100m Backstroke - S12"),
        ("2024-09-02", "Gold", "Said Najafzade", "Men's Long Jump - T12"),
        ("2024-09-03", "Gold", "Lamiya Valiyeva", "Women's 100m - T13"),
        ("2024-09-04", "Bronze", "Raman Salei", "Men's 100m Freestyle - S12"),
        ("2024-09-05", "Bronze", "Vali Israfilov", "Men's 100m Breaststroke - SB13"),
        ("2024-09-07", "Bronze", "Ilham Zakiyev", "Men's +90 kg J1"),
        ("2024-09-07", "Bronze", "Raman Salei", "Men's 100m Butterfly - S12"),
        ("2024-09-07", "Gold", "Orkhan Aslanov", "Men's Long Jump - T13"),
        ("2024-09-07", "Silver", "Lamiya Valiyeva", "Women's 400m - T13"),
    ]


def test_two_bronzes_are_won_in_59_events_and_two_of_them_are_ties() -> None:
    shared = ask(
        """SELECT ?rule ?label WHERE {
            { SELECT ?e (COUNT(DISTINCT ?a) AS ?n) WHERE { ?a mg:event ?e ; mg:medal mg:Bronze }
              GROUP BY ?e HAVING(COUNT(DISTINCT ?a) = 2) }
            ?e rdfs:label ?label ; mg:rule ?rule }"""
    )

    assert len(shared) == 59
    assert [label for rule, label in shared if rule == "OneBronze"] == [
        "Men's High Jump - T64",
        "Women's 100m - T63",
    ]


def test_those_who_share_a_medal_have_its_rank_and_nobody_else_has_one() -> None:
    assert ask(
        """SELECT ?event ?medal ?rank ?name WHERE {
            ?x mg:rank ?rank ; mg:won ?medal ; mg:athlete/rdfs:label ?name .
            ?x mg:event/rdfs:label ?event }"""
    ) == [
        ("Men's 50m Freestyle - S11", "Silver", "2", "Hua Dongdong"),
        ("Men's 50m Freestyle - S11", "Silver", "2", "Wendell Belarmino Pereira"),
        ("Men's High Jump - T64", "Bronze", "3", "Maciej Lepiato"),
        ("Men's High Jump - T64", "Bronze", "3", "Temurbek Giyazov"),
        ("Men's Shot Put - F55", "Silver", "2", "Nebojsa Duric"),
        ("Men's Shot Put - F55", "Silver", "2", "Zafar Zaker"),
        ("Women's 100m - T63", "Bronze", "3", "Monica Graziana Contrafatto"),
        ("Women's 100m - T63", "Bronze", "3", "Ndidikama Okoh"),
    ]


@pytest.mark.parametrize(
    ("name", "births"),
    [
        ("Li Ting", ["1989-10-25", "2001-06-28"]),
        ("Li Xiaohui", ["1992-07-28", "1999-09-28"]),
        ("Liu Jing", ["1982-08-17", "1988-07-25"]),
        ("Liu Li", ["1986-08-06", "1998-10-13"]),
        ("Liu Meng", ["1995-07-01", "1996-10-20"]),
        ("Saito Genki", ["1998-10-21", "2001-07-09"]),
    ],
)
def test_namesakes_are_two_people(name: str, births: list[str]) -> None:
    rows = ask(f'SELECT ?born ?p WHERE {{ ?p rdfs:label "{name}"@en ; mg:born ?born }}')

    assert [born for born, _ in rows] == births
    assert len({person for _, person in rows}) == 2


@pytest.mark.parametrize(
    ("label", "other"),
    [
        ("Steve Bate", "Stephen Bate"),
        ("Suhas Lalinakere Yathiraj", "Suhas L.Y."),
        ("Filip Radovic", "Fili Radovic"),
        ("Fin Graham", "Finlay Graham"),
        ("Lizzi Jordan", "Elizabeth Jordan"),
        ("Fran Brown", "Frances Brown"),
    ],
)
def test_a_medallist_under_two_spellings_is_one_person(label: str, other: str) -> None:
    rows = ask(
        f'SELECT DISTINCT ?p WHERE {{ ?p rdfs:label "{label}"@en ; skos:altLabel "{other}" . '
        "?entry mg:athlete ?p ; mg:won ?medal }"
    )

    assert len(rows) == 1


def test_nobody_is_older_or_younger_than_the_tables_say() -> None:
    ((youngest, oldest),) = ask(
        "SELECT (MAX(?b) AS ?young) (MIN(?b) AS ?old) WHERE { ?p mg:born ?b }"
    )

    assert (oldest, youngest) == ("1955-06-24", "2012-02-20")


def test_what_the_tables_do_not_say_is_not_said() -> None:
    assert counted("?x a mg:Event ; mg:date ?d") == 0
    assert counted("?x a mg:Entry ; mg:sportClass ?c") == 0
    assert counted("?x a mg:Decision ; mg:decidedBy ?o") == 0
    assert counted("?x mg:guide ?g") == 0


def test_the_delegation_of_azerbaijan_has_its_eighteen_athletes() -> None:
    assert (
        counted(f"?p mg:person ?x ; mg:games {GAMES} ; mg:nation nation:AZE ; mg:role mg:Athlete")
        == 18
    )


def test_every_person_has_a_sport_and_the_three_who_list_no_event_have_their_medals_event() -> None:
    assert counted(f"?p mg:person ?x ; mg:games {GAMES} ; mg:sport ?s") == 4459
    for name in ("Erin Kennedy", "Emilie Acquistapace", "Emelie Eldracher"):
        assert ask(
            f"""SELECT ?event WHERE {{ ?p rdfs:label "{name}"@en . ?x mg:person ?p .
            ?x mg:event/rdfs:label ?event }}"""
        ) == [("PR3 Mixed Coxed Four",)]


def test_the_same_tables_give_the_same_quads_in_the_same_order(tmp_path: Path) -> None:
    folder = write_tables(tmp_path, small_rows())

    first, second = (
        list(convert(folder, names=Names(), rejects=RejectFile(None), progress=silent))
        for _ in range(2)
    )

    assert first == second
    assert len(first) == len(set(first))


def test_progress_is_told_once_a_row_and_ends_at_what_was_expected(tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []

    list(
        convert(
            write_tables(tmp_path, small_rows()),
            names=Names(),
            rejects=RejectFile(None),
            progress=lambda done, expected: told.append((done, expected)),
        )
    )

    assert told == [(done, 8) for done in range(1, 9)]


def test_everything_is_said_in_the_graph_of_the_source_or_in_the_one_that_describes_it(
    tmp_path: Path,
) -> None:
    names = Names("https://data.example.org")
    quads = convert(
        write_tables(tmp_path, small_rows()),
        names=names,
        rejects=RejectFile(None),
        progress=silent,
    )

    assert {quad.graph_name for quad in quads} == {
        names.graph("paris2024-paralympics"),
        names.meta,
    }


def test_the_published_tables_count_the_same_when_counted_by_hand(shared_data: Path) -> None:
    athletes, medals = table(shared_data, "athletes.csv.gz"), table(shared_data, "medals.csv")
    bronzes = Counter((m["discipline"], m["event"]) for m in medals if m["medal_code"] == "3")

    assert len(athletes) == 4459
    assert len({athlete["country_code"] for athlete in athletes}) == 170
    assert len(medals) == 1707
    assert len({(m["discipline"], m["event"]) for m in medals}) == 549
    assert sum(count == 2 for count in bronzes.values()) == 59
    assert len(table(shared_data, "medals_total.csv")) == 86


def test_each_nation_has_as_many_medals_of_each_colour_as_the_table_of_medals_has_rows(
    shared_data: Path,
) -> None:
    published = Counter(
        (row["country_code"], row["medal_type"].removesuffix(" Medal"))
        for row in table(shared_data, "medals.csv")
    )
    rows = ask(
        """SELECT ?code ?medal (COUNT(?entry) AS ?n) WHERE {
            GRAPH graph:paris2024-paralympics {
                ?entry mg:won ?medal ; mg:nation ?nation . ?nation mg:code ?code }
        } GROUP BY ?code ?medal"""
    )

    assert {(code, medal): int(n) for code, medal, n in rows} == published


def test_each_medal_has_the_athletes_that_the_table_of_medallists_names(shared_data: Path) -> None:
    published = Counter(
        (row["event"], row["code_athlete"]) for row in table(shared_data, "medallists.csv")
    )
    rows = ask(
        """SELECT ?event ?id ?entry WHERE {
            ?entry mg:athlete/mg:externalId ?id ; mg:event/rdfs:label ?event }"""
    )

    assert Counter((event, key.partition(":")[2]) for event, key, _ in rows) == published


def test_each_person_has_the_sex_birth_and_nation_that_are_published(shared_data: Path) -> None:
    published = {
        (a["code"], a["gender"][0], a["birth_date"], a["country_code"])
        for a in table(shared_data, "athletes.csv.gz")
    }
    rows = ask(
        f"""SELECT ?id ?sex ?born ?code WHERE {{
            ?p mg:externalId ?id ; mg:sex ?sex ; mg:born ?born .
            ?part mg:person ?p ; mg:games {GAMES} ; mg:nation/mg:code ?code }}"""
    )

    assert {(key.partition(":")[2], *rest) for key, *rest in rows} == published
