"""The workbench in a browser: queries are written, run, cancelled, kept, seen as charts, cited."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from .chromium import barriers
from .workbench import opened, run, write

if TYPE_CHECKING:
    from .chromium import Visit

SPORTS = """SELECT ?sport (COUNT(?event) AS ?events) {
  ?event a mg:Event ; mg:games games:2024-summer-para ; mg:sport ?sport
} GROUP BY ?sport ORDER BY DESC(?events) ?sport"""
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def test_a_query_is_run_and_its_rows_lead_to_pages(visit: Visit) -> None:
    page = opened(visit)
    write(page, SPORTS)
    run(page)

    # The 22 sports of Paris 2024, cycling as two as in the results; athletics had 164 events.
    expect(page.get_by_role("heading", name="23 rows")).to_be_focused()
    row = page.get_by_role("row").nth(1)
    expect(row).to_contain_text("Para Athletics")
    expect(row).to_contain_text("164")
    row.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Para Athletics")


def test_an_example_is_opened_in_a_tab_of_its_own(visit: Visit) -> None:
    page = opened(visit, SPORTS)
    page.get_by_role("link", name="What is known of the sprinter Lamiya Valiyeva?").click()

    expect(page.get_by_role("heading", name="Lamiya Valiyeva")).to_be_visible()
    assert page.get_by_role("tab").count() == 3


def test_an_answer_that_came_with_the_page_can_be_worked_on(visit: Visit) -> None:
    page = visit.open(f"/sparql?{urlencode({'query': SPORTS})}")
    page.get_by_role("button", name="Sort, chart, map or cite this answer").click()

    expect(page.get_by_role("button", name="Chart")).to_be_visible()


def test_rows_are_sorted_by_a_column(visit: Visit) -> None:
    page = opened(visit, SPORTS)
    page.get_by_role("button", name="events").click()

    numbers = [int(text) for text in page.locator("td.number").all_inner_texts()]
    assert numbers == sorted(numbers)
    page.get_by_role("button", name="events").click()
    assert [int(text) for text in page.locator("td.number").all_inner_texts()] == numbers[::-1]


def test_an_error_is_marked_where_it_is(visit: Visit) -> None:
    page = opened(visit)
    visit.expected.append("status of 400")
    write(page, "SELECT * {\n?s ?p ) }")
    run(page)
    expect(page.locator(".refused")).to_contain_text("line 2")
    expect(page.locator(".wrong")).to_have_text(")")

    write(page, SPORTS)
    expect(page.locator(".wrong")).to_have_count(0)


def test_a_query_is_cancelled_and_the_next_one_answered(visit: Visit) -> None:
    page = opened(visit)
    write(page, ENDLESS)
    run(page)
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()

    expect(page.get_by_text("Cancelled.")).to_be_visible()
    write(page, "ASK { nation:AZE a mg:Nation }")
    run(page)
    expect(page.get_by_role("heading", name="Yes")).to_be_visible()


def test_an_empty_answer_leads_to_why_it_is_empty(visit: Visit) -> None:
    page = opened(visit, "SELECT * { ?person a mg:Person ; mg:sex 'female' }")
    page.get_by_role("link", name="Why is this empty?").click()

    expect(page.get_by_role("heading", name="Why is this empty?")).to_be_visible()


def test_an_answer_is_seen_as_a_chart_without_any_other_host(visit: Visit) -> None:
    page = opened(visit, SPORTS)
    page.get_by_role("button", name="Chart").click()

    expect(page.get_by_role("img", name="Chart of events by sport")).to_be_visible()
    page.get_by_role("button", name="Table").click()
    expect(page.get_by_role("table")).to_be_visible()


def test_the_host_cities_of_an_answer_are_seen_on_a_map(visit: Visit) -> None:
    query = """SELECT ?city ?year {
      ?games a mg:Games ; mg:place ?city ; mg:year ?year . ?city mg:kind mg:City }"""
    page = opened(visit, query)
    page.get_by_role("button", name="Map").click()

    # Paris lies east of Los Angeles and west of Tokyo, and north of both.
    west, paris, east = (
        page.get_by_role("link", name=re.compile(f"^{name}: 20")).locator("circle").bounding_box()
        for name in ("Los Angeles", "Paris", "Tokyo")
    )
    assert west is not None
    assert paris is not None
    assert east is not None
    assert west["x"] < paris["x"] < east["x"]
    assert paris["y"] < min(west["y"], east["y"])
    expect(page.get_by_text("GeoNames")).to_be_visible()
    assert barriers(page) == []


def test_rows_with_latitude_and_longitude_are_seen_on_a_map(visit: Visit) -> None:
    query = "SELECT ?name ?lat ?long { VALUES (?name ?lat ?long) { ('Baku' 40.38 49.89) } }"
    page = opened(visit, query)
    page.get_by_role("button", name="Map").click()

    expect(page.locator(".map title")).to_have_text("Baku: 40.38, 49.89")


def test_an_answer_is_cited_by_its_permanent_link_and_its_sources(visit: Visit) -> None:
    page = opened(visit, "SELECT ?name { person:lamiya-valiyeva-2002 rdfs:label ?name }")
    page.get_by_label("with the sources of each row").check()
    run(page)
    expect(page.locator("td", has_text="2024").first).to_be_visible()
    page.get_by_text("Cite this answer").click()

    cited = page.locator("blockquote")
    expect(cited).to_contain_text("snapshot 1")
    expect(cited).to_contain_text("Sources: ")
    expect(cited).to_contain_text("at=1")
    assert barriers(page) == []


def test_queries_are_kept_in_tabs_for_the_next_visit(visit: Visit) -> None:
    page = opened(visit)
    write(page, "ASK { ?a ?b 1 }")
    page.get_by_role("button", name="New query").click()
    write(page, "ASK { ?a ?b 2 }")
    page.reload()

    page.get_by_role("tab", name="Query 1").click()
    expect(page.locator(".CodeMirror-code")).to_contain_text("ASK { ?a ?b 1 }")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".CodeMirror-code")).to_contain_text("ASK { ?a ?b 2 }")
    page.keyboard.press("Delete")
    expect(page.get_by_role("tab")).to_have_count(1)


def test_words_of_the_vocabulary_and_names_of_things_are_completed(visit: Visit) -> None:
    page = opened(visit)
    page.locator(".CodeMirror").click()
    page.keyboard.type("SELECT * { ?x mg:markV")
    hint = page.locator(".CodeMirror-hint").first
    expect(hint).to_contain_text("mg:markValue")
    page.keyboard.press("Enter")
    page.keyboard.type(" 1 . ?y ?z person:valiyeva")
    expect(page.locator(".CodeMirror-hint", has_text="Lamiya Valiyeva")).to_be_visible()
    page.keyboard.press("Enter")

    expect(page.locator(".CodeMirror-code")).to_contain_text("mg:markValue 1 . ?y ?z person:")


def test_the_tab_key_leaves_the_editor(visit: Visit) -> None:
    page = opened(visit)
    page.locator(".CodeMirror").click()
    page.keyboard.press("Tab")

    expect(page.get_by_role("button", name="Run")).to_be_focused()


def test_an_earlier_state_stays_asked_for(visit: Visit) -> None:
    page = opened(visit, "SELECT (COUNT(*) AS ?n) { ?p a mg:Person }", at="0")
    expect(page.locator("td.number")).to_be_visible()
    first = page.locator("td.number").inner_text()

    expect(page).to_have_url(re.compile("at=0"))
    opened(visit, "SELECT (COUNT(*) AS ?n) { ?p a mg:Person }")
    expect(page.locator("td.number")).not_to_have_text(first)


def test_hostile_text_is_text_in_tables_and_charts(visit: Visit) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    query = f"SELECT ?name ?n {{ VALUES (?name ?n) {{ ({json.dumps(hostile)} 1) ('b' 2) }} }}"
    page = opened(visit, query)

    expect(page.locator("td", has_text=hostile)).to_be_visible()
    page.get_by_role("button", name="Chart").click()
    expect(page.get_by_role("img", name="Chart of n by name")).to_be_visible()
    assert page.locator("#answers img").count() == 0


@pytest.mark.parametrize("shown", ["table", "chart", "refusal"])
def test_the_workbench_keeps_nobody_out(visit: Visit, shown: str) -> None:
    if shown == "refusal":
        visit.expected.append("status of 400")
    page = opened(visit, "SELECT * {" if shown == "refusal" else SPORTS)
    if shown == "refusal":
        expect(page.locator(".refused")).to_be_visible()
    else:
        expect(page.get_by_role("table")).to_be_visible()
    if shown == "chart":
        page.get_by_role("button", name="Chart").click()
        expect(page.locator("canvas")).to_be_visible()

    assert barriers(page) == []
