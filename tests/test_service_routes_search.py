"""The search page, its JSON and CSV, and suggestions: for people and programs, and never a 500."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from .search_world import NAMES, PEOPLE, searchable
from .service_world import BROWSER, World, world_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from werkzeug.test import TestResponse

JSON = {"Accept": "application/json"}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    place = tmp_path_factory.mktemp("search") / "store"
    with searchable(place):
        pass
    with world_of(place) as made:
        yield made


def ask(world: World, path: str = "/search", **params: object) -> TestResponse:
    return world.client.get(path, query_string=params, headers=JSON)


def hits(world: World, **params: object) -> list[dict[str, Any]]:
    answer = ask(world, "/search", **params)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = json.loads(answer.data)["hits"]
    return found


def ends(found: list[dict[str, Any]]) -> list[str]:
    return [hit["iri"].rpartition("/")[2] for hit in found]


def test_a_program_is_told_each_hit_with_its_score_and_the_reasons(world: World) -> None:
    best = hits(world, q="bolt lightning")[0]
    assert best == {
        "iri": NAMES.of("person", "bolt").value,
        "label": "Usain Bolt",
        "matched": "Lightning Bolt",
        "language": "en",
        "score": 0.99,
        "reasons": ["Also called Lightning Bolt.", "The words are in another order."],
        "kinds": ["Person"],
        "nations": [{"iri": NAMES.of("nation", "JAM").value, "label": "Jamaica"}],
        "games": [{"iri": NAMES.of("games", "2012").value, "label": "London 2012"}],
        "sports": [
            {"iri": NAMES.of("sport", "athletics").value, "label": "Athletics"},
            {"iri": NAMES.of("sport", "sprint").value, "label": "Sprint"},
        ],
        "born": "1986-08-21",
        "weight": 1,
        "page": "http://localhost/id/person/bolt",
    }


@pytest.mark.parametrize(
    ("filters", "who"),
    [
        ({"nation": "JAM"}, ["bolt"]),
        ({"nation": "Jamaika"}, ["bolt"]),
        ({"nation": NAMES.of("nation", "JAM").value}, ["bolt"]),
        ({"nation": "AZE"}, []),
        ({"games": "2012"}, ["bolt"]),
        ({"games": "London 2012"}, ["bolt"]),
        ({"games": "London"}, ["bolt"]),
        ({"games": "games:2012"}, ["bolt"]),
        ({"nation": "jam"}, ["bolt"]),
        ({"nation": "Jamaican"}, ["bolt"]),
        ({"nation": "Jama"}, ["bolt"]),
        ({"nation": "Azerbaijani"}, []),
        ({"sport": "track"}, ["bolt"]),
        ({"sport": "Athletic"}, ["bolt"]),
        ({"sport": "athletics"}, ["bolt"]),
        ({"sport": "Track and field", "kind": "Person"}, ["bolt"]),
        ({"kind": "person"}, ["bolt", "bolt-2"]),
        ({"kind": ["Nation", "Person"]}, ["bolt", "bolt-2"]),
        ({"kind": "Nation"}, []),
    ],
)
def test_filters_are_addresses_codes_or_names(
    world: World, filters: dict[str, Any], who: list[str]
) -> None:
    assert ends(hits(world, q="Usain Bolt", **filters)) == who


def test_a_filter_that_names_nothing_is_refused_with_what_is_near(world: World) -> None:
    answer = ask(world, q="Bolt", nation="Jamaca")
    told = json.loads(answer.data)
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
    assert told["near"] == [NAMES.of("nation", "JAM").value]
    assert told["hint"] == "Did you mean Jamaica (JAM)?"
    assert told["filter"] == "nation"
    assert told["meant"] == [{"iri": NAMES.of("nation", "JAM").value, "label": "Jamaica"}]


@pytest.mark.parametrize("path", ["/search", "/search/suggest"])
def test_a_kind_that_is_none_is_refused_with_those_there_are(world: World, path: str) -> None:
    answer = ask(world, path, q="Bolt", kind=["Person", "Foo"])
    told = json.loads(answer.data)
    assert (answer.status_code, told["detail"]) == (400, "No kind of thing is called 'Foo'.")
    assert told["hint"].startswith("The kinds are Person, Organization, Nation, ")
    assert told["hint"].endswith(", Source.")
    page = world.client.get("/search?q=Bolt&kind=Foo", headers={"Accept": BROWSER})
    assert page.status_code == 400
    assert "No kind of thing is called &#39;Foo&#39;." in page.get_data(as_text=True)


def test_a_kind_of_the_vocabulary_may_have_nothing_that_is_called_so(world: World) -> None:
    assert hits(world, q="Bolt", kind="Delegation") == []


def test_the_page_of_a_filter_that_names_nothing_keeps_the_form_and_repeats_the_search(
    world: World,
) -> None:
    path = "/search?q=Bolt&kind=Person&nation=Jamaca&sport=Athletics"
    answer = world.client.get(path, headers={"Accept": BROWSER})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 404
    assert "No nation is called &#39;Jamaca&#39;." in page
    again = "/search?q=Bolt&amp;kind=Person&amp;sport=Athletics&amp;nation=JAM"
    assert f'<a href="{again}"><bdi>Jamaica</bdi></a>' in page
    assert 'name="q" value="Bolt"' in page
    assert 'name="nation" value="Jamaca"' in page
    assert 'name="sport" value="Athletics"' in page
    assert '<option value="Person" selected>' in page
    assert world.client.get(again.replace("&amp;", "&")).status_code == 200


def test_what_is_offered_is_called_as_in_the_language_of_the_reader(world: World) -> None:
    headers = JSON | {"Accept-Language": "de"}
    told = json.loads(world.client.get("/search?q=Bolt&nation=Jamaca", headers=headers).data)
    assert told["hint"] == "Did you mean Jamaika (JAM)?"


def test_what_may_be_several_is_offered_and_not_guessed(world: World) -> None:
    told = json.loads(ask(world, q="Bolt", games="20").data)
    assert told["detail"] == "No Games are called '20'."
    answer = ask(world, q="Bolt", nation="a")
    assert answer.status_code == 404
    several = json.loads(ask(world, q="Bolt", games="201").data)
    assert several["detail"] == "2 Games may be meant by '201'."
    assert [one["label"] for one in several["meant"]] == ["London 2012", "Rio de Janeiro 2016"]


def test_the_page_says_what_a_filter_was_taken_for(world: World) -> None:
    page = world.client.get("/search?q=Bolt&nation=Jama", headers={"Accept": BROWSER})
    assert "Only <bdi>Jamaica</bdi>." in page.get_data(as_text=True)


def test_a_page_for_people_has_links_reasons_and_downloads(world: World) -> None:
    answer = world.client.get("/search?q=Bolt&kind=Person", headers={"Accept": BROWSER})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert '<a href="/id/person/bolt.html" dir="auto">Usain Bolt</a>' in page
    assert "Person, Jamaica, born 1986-08-21" in page
    assert '<option value="Person" selected>' in page
    assert 'href="/search?q=Bolt&amp;kind=Person&amp;format=json"' in page


def test_the_page_without_a_question_is_a_form(world: World) -> None:
    page = world.client.get("/search", headers={"Accept": BROWSER}).get_data(as_text=True)
    assert 'name="q"' in page
    assert "Nothing is called like that" not in page


def test_the_page_says_that_nothing_is_called_so(world: World) -> None:
    page = world.client.get("/search?q=zzzzqqq", headers={"Accept": BROWSER})
    assert "Nothing is called like that" in page.get_data(as_text=True)


def test_a_table_for_spreadsheets_runs_nothing(world: World) -> None:
    answer = world.client.get("/search", query_string={"q": "Usain Bolt", "format": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert answer.data.startswith(b"\xef\xbb\xbfscore,")
    assert [row["label"] for row in rows] == ["Usain Bolt", "Usain Bolt"]
    assert (rows[0]["nations"], rows[0]["sports"]) == ("Jamaica", "Athletics; Sprint")
    assert answer.content_type == "text/csv; charset=utf-8; header=present"


def test_suggestions_say_what_tells_them_apart(world: World) -> None:
    told = json.loads(ask(world, "/search/suggest", q="usain b").data)["suggestions"]
    assert [(one["label"], one["about"], one["page"]) for one in told] == [
        (
            "Usain Bolt",
            "Person, Jamaica, born 1986-08-21, Athletics, Sprint, London 2012",
            "/id/person/bolt.html",
        ),
        ("Usain Bolt", "Person, born 1999", "/id/person/bolt-2.html"),
    ]


@pytest.mark.parametrize(
    ("languages", "name"),
    [("de", "Jamaika"), ("de-AT, fr", "Jamaika"), ("ru;q=0.5, pt", "Ямайка"), ("fr", "Jamaica")],
)
def test_what_is_found_is_called_as_in_the_language_of_the_reader(
    world: World, languages: str, name: str
) -> None:
    headers = JSON | {"Accept-Language": languages}
    answer = world.client.get("/search?q=Usain Bolt&nation=JAM", headers=headers)
    assert json.loads(answer.data)["hits"][0]["nations"][0]["label"] == name
    assert "Accept-Language" in answer.headers["Vary"]
    assert answer.headers["ETag"] != ask(world, q="Usain Bolt", nation="JAM").headers["ETag"]
    nation = json.loads(world.client.get("/search?q=JAM", headers=headers).data)["hits"][0]
    assert nation["label"] == name
    typed = world.client.get("/search/suggest?q=jama", headers=headers)
    assert name in [one["label"] for one in json.loads(typed.data)["suggestions"]]


def test_a_name_that_is_the_label_in_the_language_of_the_reader_is_no_other_name(
    world: World,
) -> None:
    headers = JSON | {"Accept-Language": "de"}
    hit = json.loads(world.client.get("/search?q=Jamaika", headers=headers).data)["hits"][0]
    assert (hit["label"], hit["matched"], hit["reasons"]) == ("Jamaika", "Jamaika", [])


@pytest.mark.parametrize("name", PEOPLE.values())
def test_the_first_letters_of_every_name_suggest_it(world: World, name: str) -> None:
    told = json.loads(ask(world, "/search/suggest", q=name[:4], limit=20).data)["suggestions"]
    assert name in [one["label"] for one in told]


def test_an_answer_that_is_known_already_is_not_sent_again(world: World) -> None:
    for path in ("/search", "/search/suggest"):
        first = ask(world, path, q="Bolt")
        known = JSON | {"If-None-Match": first.headers["ETag"]}
        again = world.client.get(path, query_string={"q": "Bolt"}, headers=known)
        other = ask(world, path, q="Salah")
        assert (first.status_code, again.status_code) == (200, 304)
        assert first.headers["ETag"] != other.headers["ETag"]


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({"q": "a" * 201}, 400),
        ({"q": "Bolt", "limit": "0"}, 400),
        ({"q": "Bolt", "limit": "101"}, 400),
        ({"q": "Bolt", "limit": "-1"}, 400),
        ({"q": "Bolt", "limit": "x"}, 400),
        ({"q": ["a", "b"]}, 400),
        ({"q": "Bolt", "at": "0"}, 400),
        ({"q": "Bolt", "at": "99"}, 404),
        ({"q": "Bolt", "format": "turtle"}, 406),
        ({"q": "Bolt", "sport": "\x00"}, 404),
        ({"q": "Bolt", "games": "'\"}{"}, 404),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(
    world: World, params: dict[str, Any], status: int
) -> None:
    answer = ask(world, **params)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")


HOSTILE = ["", " ", "'\"<>&", "\x00\x1f", "[]{}()*+?^$|\\", "..", "🏅", "\u202e", "a" * 200, "%00"]


@pytest.mark.parametrize("path", ["/search", "/search/suggest"])
@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_gets_an_answer(world: World, path: str, text: str) -> None:
    assert ask(world, path, q=text).status_code == 200
    if path == "/search":
        page = world.client.get(path, query_string={"q": text}, headers={"Accept": BROWSER})
        assert page.status_code == 200


def test_bytes_that_are_no_text_are_refused(world: World) -> None:
    assert world.client.get("/search?q=%ff%fe", headers=JSON).status_code == 400


def test_markup_in_a_question_is_text(world: World) -> None:
    page = world.client.get("/search?q=<img src=x>", headers={"Accept": BROWSER})
    assert "<img" not in page.get_data(as_text=True)


def test_a_name_is_found_as_soon_as_it_is_committed_and_no_more_when_it_is_undone(
    tmp_path: Path,
) -> None:
    with searchable(tmp_path / "store"):
        pass
    with world_of(tmp_path / "store") as world:
        assert hits(world, q="Quentin Quark") == []
        update = "INSERT DATA { person:quark rdfs:label 'Quentin Quark' ; skos:altLabel 'QQ' }"
        world.store.update(update)
        assert ends(hits(world, q="Quentin Quark")) == ["quark"]
        assert ask(world, q="Quentin Quark").headers["Medalgraph-Snapshot"] == "2"
        world.store.undo(2)
        assert hits(world, q="Quentin Quark") == []
        assert ask(world, q="Quentin Quark").headers["Medalgraph-Snapshot"] == "3"


NAMED = 'SELECT ?p { ?p mg:search "Usain Bolt" ; a mg:Person } ORDER BY ?p'


def test_a_query_can_look_for_a_name(world: World) -> None:
    found = world.values(NAMED)
    assert [iri.rpartition("/")[2] for iri in found] == ["bolt", "bolt-2"]
    page = world.ask(NAMED, accept=BROWSER).get_data(as_text=True)
    assert "Usain Bolt" in page
    assert 'rel="bookmark' not in page
    assert "Link" not in world.ask(NAMED).headers


def test_a_query_for_a_name_is_tagged_by_its_own_text(world: World) -> None:
    first, other = world.ask(NAMED), world.ask(NAMED.replace("Usain", "U."))
    assert first.headers["ETag"] != other.headers["ETag"]
    known = {"If-None-Match": first.headers["ETag"], "Accept": "application/sparql-results+json"}
    again = world.client.get("/sparql", query_string={"query": NAMED}, headers=known)
    assert again.status_code == 304


def test_a_query_for_a_name_can_tell_its_sources(world: World) -> None:
    query = 'SELECT ?p ?born { ?p mg:search "Usain Bolt" ; mg:born ?born }'
    answer = world.ask(query, sources="true")
    bindings = answer.json["results"]["bindings"]  # type: ignore[index] # it is JSON
    assert {row["sources"]["value"] for row in bindings} == {NAMES.graph("book").value}


@pytest.mark.parametrize(
    ("query", "params", "words"),
    [
        ("SELECT * { ?p mg:search ?name }", {}, "written in the query"),
        (NAMED, {"at": "0"}, "newest state only"),
        (NAMED.replace("mg:Person", "nope:Person"), {}, "nope"),
    ],
)
def test_a_query_for_a_name_that_cannot_be_answered_says_why(
    world: World, query: str, params: dict[str, str], words: str
) -> None:
    answer = world.ask(query, **params)
    assert answer.status_code == 400
    assert words in json.loads(answer.data)["detail"]


def test_what_is_wrong_beside_a_name_keeps_its_place(world: World) -> None:
    query = 'SELECT * { ?p mg:search "Bolt" . ?p ?? 3 }'
    told, other = (
        json.loads(world.ask(text).data) for text in (query, query.replace("search", "person"))
    )
    assert (told["line"], told["column"]) == (other["line"], other["column"])


def explained(world: World, query: str) -> dict[str, Any]:
    answer = world.client.get("/sparql", query_string={"query": query, "explain": "empty"})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = json.loads(answer.data)
    return told


def test_why_a_name_is_not_found_is_told_in_the_words_of_the_query(world: World) -> None:
    told = explained(world, 'SELECT * { ?p mg:search "Nobody Knows" ; a mg:Person }')
    assert told["empty"] is True
    assert told["sentence"] == "Nothing is called like 'Nobody Knows', of what the query asks for."
    assert told["part"] == ['?p mg:search "Nobody Knows"']
    assert (told["line"], told["column"]) == (1, 12)


def test_a_hint_beside_a_name_keeps_the_name(world: World) -> None:
    told = explained(world, 'SELECT * { ?p mg:search "Usain Bolt" ; mg:borne ?born }')
    assert told["part"] == ["?p mg:borne ?born ."]
    hint = told["hints"][0]
    assert (hint["old"], hint["new"]) == ("mg:borne", "mg:born")
    assert 'mg:search "Usain Bolt"' in hint["query"]
    assert "VALUES" not in hint["query"]
    assert len(world.ask(hint["query"]).json["results"]["bindings"]) == 2  # type: ignore[index] # JSON
