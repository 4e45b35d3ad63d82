"""The first page says what is in the graph, and lets anybody ask with one click."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import parse_qs, urlsplit

import pytest

from graph.erasing import erase
from graph.names import RDFS_LABEL, Names
from graph.terms import Literal, NamedNode, Quad
from service.examples import EXAMPLES
from service.faults import TookTooLong
from service.processes.answering import Direct
from service.routes.home import prepare_first_page

from .bundled_service import bundled_service
from .service_world import BROWSER, says, world_in, world_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .service_world import World

TAG = re.compile(r"<[^>]*>")


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with bundled_service(tmp_path_factory.mktemp("home")) as world:
        yield world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with world_in(tmp_path) as empty:
        yield empty


def page(world: World, address: str = "/") -> str:
    """Return a page as HTML."""
    answer = world.client.get(address, headers={"Accept": BROWSER})
    assert answer.status_code == 200, answer.text
    return answer.text


def rows(html: str) -> list[list[str]]:
    """Return the text of each cell of each table row of a page."""
    found = re.findall(r"<tr[^>]*>(.*?)</tr>", html, re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in found]
    return [[" ".join(unescape(TAG.sub(" ", cell)).split()) for cell in row] for row in cells]


def test_the_medal_table_has_the_published_medals_and_rank(bundled: World) -> None:
    listed = rows(page(bundled))

    assert ["1", "China CHN", "94", "76", "50", "220"] in listed
    assert ["28", "Azerbaijan AZE", "4", "2", "5", "11"] in listed
    assert ["\N{EN DASH}", "Neutral Paralympic Athletes NPA", "26", "22", "23", "71"] in listed


def test_neutral_athletes_can_be_ranked_like_a_team(bundled: World) -> None:
    listed = rows(page(bundled, "/?neutral=ranked"))

    assert ["29", "Azerbaijan AZE", "4", "2", "5", "11"] in listed
    assert ["5", "Neutral Paralympic Athletes NPA", "26", "22", "23", "71"] in listed


def test_the_claims_of_the_report_stand_beside_the_official_counts(bundled: World) -> None:
    listed = [
        (row[0].split(" against")[0], *row[1:]) for row in rows(page(bundled)) if len(row) == 3
    ]

    assert ("Tokyo 2020 Paralympics, Azerbaijan: medals in all", "14", "19") in listed
    assert ("Paris 2024 Paralympics: athletes", "4,000", "4,459") in listed
    assert ("Paris 2024 Paralympics, Azerbaijan: medals in all", "11", "11") in listed


def test_each_claim_leads_to_what_the_report_says_and_to_whom_it_is_held_against(
    bundled: World,
) -> None:
    html = page(bundled)
    [row] = [
        one for one in html.split("<tr>") if "Tokyo 2020 Paralympics, Azerbaijan: medals" in one
    ]
    claim, against = re.findall(r'href="([^"]*)"', row)[:2]
    assert claim == "/id/tally/azernews-2024-09-17--2020-summer-para--AZE.html"
    assert against == "/id/graph/ipc-medals-by-sport.html"
    assert "14" in page(bundled, claim)
    assert 'href="/audit?source=' in html


def test_each_question_runs_with_one_click_and_has_an_answer(bundled: World) -> None:
    html = page(bundled)
    links = [unescape(link) for link in re.findall(r'href="(/sparql\?query=[^"]*)"', html)]

    asked = {parse_qs(urlsplit(link).query)["query"][0]: link for link in links}

    assert ">11 questions, one click each<" in html
    assert len(EXAMPLES) == 11
    for example in EXAMPLES:
        answered = page(bundled, asked[example.query])
        assert len(rows(answered)) > 1 or "<dd" in answered, example.title


def test_a_question_that_names_somebody_who_was_erased_is_offered_nowhere(tmp_path: Path) -> None:
    swimmer = Names().of("person", "raman-salei-1994")
    graph = Names().graph("report")
    names = ("Raman Salei", "Roman Saleh")
    said = [Quad(swimmer, RDFS_LABEL, Literal(name), graph) for name in names]
    with world_in(tmp_path) as world:
        world.state(*said)
        assert "Roman Saleh" in page(world)
    erase(tmp_path / "store", swimmer)
    with world_of(tmp_path / "store") as world:
        for path in ("/", "/sparql", "/about/examples", "/sparql?query=ASK%20{}"):
            answer = world.client.get(path, headers={"Accept": f"{BROWSER}, text/turtle;q=0.5"})
            assert answer.status_code == 200
            assert "Saleh" not in answer.text
            assert "Lamiya Valiyeva" in answer.text
        assert ">10 questions, one click each<" in page(world)


def test_a_page_that_has_not_changed_is_not_sent_again(bundled: World) -> None:
    tag = bundled.client.get("/", headers={"Accept": BROWSER}).headers["ETag"]

    assert bundled.client.get("/", headers={"If-None-Match": tag}).status_code == 304


def test_a_source_that_nobody_describes_is_listed_without_a_publisher(world: World) -> None:
    world.state(says("a", "x"))

    listed = " ".join(unescape(TAG.sub(" ", page(world))).split())

    assert "g1 1 statement " in listed


def test_an_empty_store_says_how_to_fill_it(world: World) -> None:
    assert "medalgraph init --bundled" in page(world)


def test_a_title_that_looks_like_html_is_text(world: World) -> None:
    graph = NamedNode("http://ex/g1")
    evil = Literal("<img src=x onerror=alert(1)>")
    title = NamedNode("http://purl.org/dc/terms/title")
    world.state(says("a", "x"), Quad(graph, title, evil, world.store.names.meta))

    html = page(world)

    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert "<img" not in html


def test_a_shared_link_has_a_title_and_a_sentence(bundled: World) -> None:
    page = bundled.client.get("/id/person/raman-salei-1994.html").text
    told = dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]+)">', page))
    assert told["og:title"] == "Raman Salei"
    assert told["description"] == told["og:description"]
    assert told["description"].startswith("Raman Salei: person.")
    home = bundled.client.get("/").text
    assert '<meta property="og:title" content="' in home


def test_an_address_of_nothing_says_where_things_are(bundled: World) -> None:
    answer = bundled.client.get("/Person/Raman-Salei", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "There is nothing at /Person/Raman-Salei here." in answer.text
    assert "/search?q=" in answer.text


def test_the_first_page_is_worked_out_before_anybody_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with bundled_service(tmp_path) as world:
        prepare_first_page(world.app)
        monkeypatch.setattr(Direct, "answer", _fail)
        headers = {"Accept": BROWSER, "Accept-Language": "en-US,en;q=0.9"}
        assert world.client.get("/", headers=headers).status_code == 200


def test_a_first_page_that_cannot_be_prepared_keeps_no_service_from_starting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with bundled_service(tmp_path) as world:
        monkeypatch.setattr(Direct, "answer", _fail)
        prepare_first_page(world.app)
    assert "the first page is not prepared: No turn came" in caplog.text


def _fail(*_: object) -> NoReturn:
    raise TookTooLong(10, waited=True)
