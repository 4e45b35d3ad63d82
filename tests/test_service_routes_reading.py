"""A source is read statement by statement, each marked as others speak of it."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from service.readings import parts

from .bundled_service import bundled_service
from .service_world import BROWSER, World, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REPORT = "/sources/azernews-2024-09-17"
OFFICIAL = "/sources/paris2024-paralympics"
NEWS = """INSERT DATA {
  GRAPH graph:official {
    nation:AZE a mg:Nation ; rdfs:label "Azerbaijan"@en ; mg:code "AZE" ; mg:kind mg:Country .
    person:ana a mg:Person ; rdfs:label "Ana <b>Bold</b>"@en ; mg:born "1990-01-01" .
    person:eva a mg:Person ; rdfs:label "Éva"@en ; mg:born "1990-01-01" }
  GRAPH graph:news {
    person:ana a mg:Person ; rdfs:label "Ana <b>Bold</b>"@en ; mg:born "1991-01-01" .
    person:eva a mg:Person ; rdfs:label "Eva"@en ; mg:born "1990" ; mg:sex mg:F }
  GRAPH graph:restricted-sheet { person:ana mg:born "1992-02-02" } }"""


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with bundled_service(tmp_path_factory.mktemp("reading")) as made:
        yield made


@pytest.fixture
def news(tmp_path: Path) -> Iterator[World]:
    with world_in(tmp_path) as made:
        made.store.update(NEWS)
        yield made


def read(world: World, path: str, **params: str) -> dict[str, Any]:
    answer = world.client.get(path, query_string=params)
    assert answer.status_code == 200, answer.text
    told = answer.json
    assert told is not None
    return dict(told)


def every(world: World, path: str, **params: str) -> list[dict[str, str]]:
    answer = world.client.get(path, query_string={"format": "csv", **params})
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def marks(told: dict[str, Any]) -> dict[str, str]:
    return {item["text"]: item["mark"] for item in told["items"]}


def test_the_counts_of_the_report_are_marked_as_its_audit_says(bundled: World) -> None:
    first = read(bundled, REPORT)
    items = first["items"] + [
        item
        for page in range(2, first["pages"] + 1)
        for item in read(bundled, REPORT, page=str(page))["items"]
    ]
    assert len(items) == first["found"] == sum(first["marks"].values())
    counts = [item for item in items if item["count"]]
    verdicts = Counter(item["count"]["verdict"] for item in counts)
    assert verdicts == {"agrees": 22, "differs": 5, "not checkable": 9}
    assert Counter(item["mark"] for item in counts) == {
        "agrees": 22,
        "contradicted": 5,
        "unchecked": 9,
    }
    audit = bundled.client.get("/audit?source=azernews-2024-09-17").json
    assert audit is not None
    assert sorted(map(str, audit["findings"])) == sorted(str(item["count"]) for item in counts)


def test_people_offices_and_spellings_of_the_report_read_as_sentences(bundled: World) -> None:
    said = {row["says"]: row for row in every(bundled, REPORT)}
    assert said["Azerbaijan won 4 gold medals at Paris 2024 Paralympics"]["mark"] == "agrees"
    tokyo = said["Azerbaijan won 4 gold medals at Tokyo 2020 Paralympics"]
    assert tokyo["mark"] == "contradicted"
    assert tokyo["by"].startswith("14: Medals by sport")
    assert "gives Azerbaijan 14 golds" in tokyo["remark"]
    assert said["Farid Gayibov: minister of Ministry of Youth and Sports"]["mark"] == "unchecked"
    spelled = said["Imamaddin Khalilov is also written “Imadaddin Khalilov”"]
    assert spelled["mark"] == "spelling"
    assert "Imamaddin Khalilov" in spelled["by"]
    took_part = (
        "Dursadaf Karimova was at Paris 2024 Paralympics as athlete for Azerbaijan in Para Judo"
    )
    assert said[took_part]["mark"] == "agrees"
    assert said["Paris 2024 Paralympics: kind Olympic"]["mark"] == "contradicted"


def test_it_is_read_by_games_then_nation_then_person(bundled: World) -> None:
    rows = every(bundled, REPORT)
    heads = list(dict.fromkeys((row["games"], row["nation"]) for row in rows))
    assert len(heads) == len(set(heads))
    games = list(dict.fromkeys(row["games"] for row in rows))
    assert games[-1] == ""
    people = [
        row["person"]
        for row in rows
        if (row["games"], row["nation"]) == ("Paris 2024 Paralympics", "Azerbaijan")
    ]
    assert people == sorted(people)


@pytest.mark.parametrize(
    "asked",
    [
        {"mark": "contradicted"},
        {"games": "2020-summer-para"},
        {"games": "Tokyo 2020 Paralympics", "nation": "AZE"},
        {"nation": "none"},
        {"games": "none", "mark": "unchecked"},
        {"kind": "Tenure"},
    ],
)
def test_what_is_asked_for_is_the_same_as_a_part_of_the_whole(
    bundled: World, asked: dict[str, str]
) -> None:
    found = every(bundled, REPORT, **asked)
    assert found
    whole = every(bundled, REPORT)
    assert all(row in whole for row in found)
    assert len(found) < len(whole)


def test_the_marks_of_a_part_are_counted_whatever_mark_is_shown(bundled: World) -> None:
    told = read(bundled, REPORT, games="2020-summer-para", mark="contradicted")
    assert told["marks"] == read(bundled, REPORT, games="2020-summer-para")["marks"]
    assert told["found"] == told["marks"]["contradicted"] == 4


def test_a_large_source_offers_parts_and_reads_one_of_them(bundled: World) -> None:
    whole = read(bundled, OFFICIAL)
    assert whole["is_part"]
    assert whole["marks"]["agrees"] > 400
    assert sum(whole["marks"].values()) > 50_000
    assert len(whole["choices"]["nations"]) == 170
    part = read(bundled, OFFICIAL, nation="AZE")
    assert not part["is_part"]
    assert "Azerbaijan won 4 gold medals at Paris 2024 Paralympics" in marks(part)
    assert part["marks"]["spelling"] + part["marks"]["agrees"] > 20
    listed = read(bundled, OFFICIAL, kind="Participation", page="3")
    assert listed["is_listed"]
    assert len(listed["items"]) == 100
    assert listed["pages"] == 125


def test_what_is_of_no_games_is_read_by_its_kind(bundled: World) -> None:
    told = read(bundled, OFFICIAL, games="none", kind="Sport")
    assert told["found"] == len(told["items"]) >= 24
    everything = read(bundled, OFFICIAL, games="none")
    assert (everything["is_part"], everything["is_counted"]) == (True, False)


def test_a_source_of_which_others_say_very_much_is_still_offered_in_parts(
    bundled: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MOST_OTHERS", 10)
    told = read(bundled, OFFICIAL, mark="agrees")
    assert (told["is_part"], told["is_counted"], told["items"]) == (True, False, [])
    page = bundled.client.get(f"{OFFICIAL}?nation=none", headers={"Accept": BROWSER})
    assert page.status_code == 200
    part = read(bundled, OFFICIAL, nation="AZE", games="2024-summer-para")
    assert part["is_counted"]
    assert part["marks"]["agrees"] > 0


def test_spellings_of_a_large_source_are_counted_with_those_of_its_parts(bundled: World) -> None:
    whole = read(bundled, OFFICIAL)["marks"]
    other = "SELECT ?n WHERE { GRAPH graph:paris2024-paralympics { ?x skos:altLabel ?n } }"
    assert whole["spelling"] == len(bundled.values(other))
    assert whole["spelling"] > read(bundled, OFFICIAL, nation="CAN")["marks"]["spelling"] > 1


def test_a_page_after_the_last_leads_to_the_last(bundled: World) -> None:
    page = bundled.client.get(f"{REPORT}?page=99", headers={"Accept": BROWSER}).text
    assert "There is no page 99" in page
    assert f'href="{REPORT}?page=2"' in page


def test_files_of_a_large_source_do_not_pass_for_all_of_it(bundled: World) -> None:
    page = bundled.client.get(OFFICIAL, headers={"Accept": BROWSER}).text
    assert "What stands here as" in page
    assert "The whole answer" not in page
    part = bundled.client.get(f"{OFFICIAL}?format=csv").headers["Content-Disposition"]
    assert "paris2024-paralympics-of-which-others-speak.csv" in part
    whole = bundled.client.get(f"{REPORT}?format=csv").headers["Content-Disposition"]
    assert 'filename="azernews-2024-09-17.csv"' in whole


def test_a_large_source_of_which_nothing_is_read_yet_leads_to_its_kinds(
    bundled: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MOST_OTHERS", 10)
    unread = f"{OFFICIAL}?games=none&nation=none"
    page = bundled.client.get(unread, headers={"Accept": BROWSER}).text
    assert f'<a href="{OFFICIAL}?kind=Person">person</a>' in page
    assert "It says nothing" not in page


def test_a_count_that_agrees_with_what_its_source_lists_is_not_said_by_another(
    bundled: World,
) -> None:
    text = "Canada won 10 bronze medals at Paris 2024 Paralympics"
    [row] = [one for one in every(bundled, OFFICIAL) if one["says"] == text]
    assert (row["mark"], row["by"]) == ("agrees", "its own results")
    page = bundled.client.get(
        f"{OFFICIAL}?nation=CAN&mark=agrees", headers={"Accept": BROWSER}
    ).text
    assert "its own results</a>" in page
    assert re.search(r"So say <a [^>]*>its own results", page)


def test_what_is_too_much_even_of_a_part_is_told_with_what_is_less(
    bundled: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MOST_THINGS", 10)
    answer = bundled.client.get(f"{OFFICIAL}?nation=USA")
    assert answer.status_code == 400
    assert "Ask for one of the Games, for a nation, or for both." in answer.text


def test_a_table_of_a_kind_has_all_of_it_or_says_that_it_is_too_much(bundled: World) -> None:
    places = every(bundled, OFFICIAL, kind="Place")
    assert len({row["thing"] for row in places}) == 171
    answer = bundled.client.get(f"{OFFICIAL}?kind=Participation&format=csv")
    assert answer.status_code == 400
    assert "Ask for one of the Games, for a nation, or for both." in answer.text


def test_what_others_contradict_agree_with_or_spell_otherwise_is_marked(news: World) -> None:
    told = read(news, "/sources/news")
    assert marks(told) == {
        "A person is called “Ana <b>Bold</b>”": "agrees",
        "Ana <b>Bold</b>: born 1991-01-01": "contradicted",
        "A person is called “Eva”": "spelling",
        "Eva: born 1990": "agrees",
        "Eva: sex female": "unchecked",
    }
    [born] = [item for item in told["items"] if item["mark"] == "contradicted"]
    assert born["others"] == [
        {
            "value": "1990-01-01",
            "sources": [
                {
                    "title": "official",
                    "graph": "https://w3id.org/medalgraph/id/graph/official",
                    "page": "http://localhost/id/graph/official",
                }
            ],
        }
    ]


def test_what_a_decision_set_aside_stays_contradicted_with_its_reason(news: World) -> None:
    before = read(news, "/sources/news")["marks"]
    news.store.update(
        """DELETE DATA { GRAPH graph:news { person:ana mg:born "1991-01-01" } } ;
        INSERT DATA { GRAPH graph:news { <https://w3id.org/medalgraph/id/claim/1> a mg:Claim ;
          rdf:subject person:ana ; rdf:predicate mg:born ; rdf:object "1991-01-01" ;
          prov:wasDerivedFrom graph:news ; mg:verdict mg:SetAside ; mg:reason "A misprint." } }"""
    )
    told = read(news, "/sources/news")
    assert told["marks"] == before
    [born] = [item for item in told["items"] if item["mark"] == "contradicted"]
    assert (born["set_aside"], born["reason"]) == (True, "A misprint.")


def test_restricted_sources_mark_nothing_for_those_who_may_not_see_them(news: World) -> None:
    assert "1992" not in news.client.get("/sources/news").text
    assert news.client.get("/sources/restricted-sheet").status_code == 404
    seen = news.client.get("/sources/news", headers=news.bearer("read"))
    assert "1992-02-02" in seen.text


def test_names_are_text_on_the_page(news: World) -> None:
    page = news.client.get("/sources/news", headers={"Accept": BROWSER}).text
    assert "&lt;b&gt;Bold" in page
    assert "<b>Bold" not in page


def test_a_cell_that_a_spreadsheet_would_run_is_not_run(news: World) -> None:
    news.store.update(
        'INSERT DATA { GRAPH graph:news { person:x a mg:Person ; rdfs:label "=1+1"@en } }'
    )
    assert any(row["thing"].endswith("/x") for row in every(news, "/sources/news"))
    assert "\n=1" not in news.client.get("/sources/news?format=csv").text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/sources/nobody", 404),
        (f"{REPORT}?mark=wrong", 400),
        (f"{REPORT}?games=1066", 404),
        (f"{REPORT}?nation=Atlantis", 404),
        (f"{REPORT}?kind=Unicorn", 404),
        (f"{REPORT}?kind=Event", 200),
        (f"{REPORT}?page=x", 400),
        (f"{REPORT}?page=99999", 200),
        ("/sources", 308),
    ],
)
def test_what_is_not_there_is_told(bundled: World, path: str, status: int) -> None:
    assert bundled.client.get(path).status_code == status


def test_the_reading_is_linked_from_where_sources_are_named(bundled: World) -> None:
    for path in (
        "/",
        "/graphs",
        "/audit",
        "/audit?source=azernews-2024-09-17",
        "/id/graph/azernews-2024-09-17.html",
    ):
        page = bundled.client.get(path, headers={"Accept": BROWSER})
        assert f'href="{REPORT}"' in page.text, path


def test_an_earlier_state_is_read_and_stays_in_its_links(news: World) -> None:
    news.store.update(
        'INSERT DATA { GRAPH graph:news { person:new a mg:Person ; rdfs:label "N"@en } }'
    )
    page = news.client.get("/sources/news?at=1", headers={"Accept": BROWSER}).text
    assert "after commit 1" in page
    assert "mark=contradicted&amp;at=1" in page or "at=1&amp;mark=contradicted" in page
    assert "called “N”" not in page
