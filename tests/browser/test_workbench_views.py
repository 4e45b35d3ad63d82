"""Tables, charts and maps of the workbench in a browser: true to what the answer says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from .chromium import barriers, visiting
from .workbench import opened, run, write

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

    from .chromium import Visit


def picture(page: Page) -> str:
    """Return the chart as it was drawn to its end."""
    drawn: str = page.locator("canvas").evaluate(
        """async canvas => {
            const image = () => canvas.toDataURL();
            const blank = document.createElement("canvas");
            const isBlank = () => {
                [blank.width, blank.height] = [canvas.width, canvas.height];
                return image() === blank.toDataURL();
            };
            for (let last = ""; last !== image() || isBlank(); ) {
                last = image();
                for (let frame = 0; frame < 5; frame++) await new Promise(requestAnimationFrame);
            }
            return image();
        }"""
    )
    return drawn


def charted(visit: Visit, values: str) -> str:
    """Return the chart of some years with numbers."""
    visit.page.emulate_media(reduced_motion="reduce")
    page = opened(visit, f"SELECT ?year ?n {{ VALUES (?year ?n) {{ {values} }} }}")
    page.get_by_role("button", name="Chart").click()
    expect(page.get_by_role("img", name="Chart of n by year")).to_be_visible()
    return picture(page)


def test_years_written_as_numbers_are_the_names_of_a_chart(visit: Visit) -> None:
    assert charted(visit, "(1996 3) (2000 9) (2004 4)")


def test_a_chart_over_time_does_not_depend_on_the_order_of_rows(visit: Visit) -> None:
    inorder = charted(visit, "(1996 3) (2000 9) (2004 4)")

    assert charted(visit, "(2004 4) (1996 3) (2000 9)") == inorder


def test_what_is_not_there_is_not_drawn_as_nought(visit: Visit) -> None:
    missing = charted(visit, "(1996 3) (2000 UNDEF) (2004 4)")

    assert charted(visit, "(1996 3) (2000 0) (2004 4)") != missing
    assert charted(visit, '(1996 3) (2000 "INF"^^xsd:double) (2004 4)') == missing


def test_only_what_is_on_this_earth_is_put_on_a_map(visit: Visit) -> None:
    page = opened(
        visit,
        """SELECT ?name ?lat ?long { VALUES (?name ?lat ?long) {
          ("Baku" 40.38 49.89) ("Nowhere" UNDEF UNDEF) ("Words" "x" "y") ("Beyond" 95 200) } }""",
    )
    page.get_by_role("button", name="Map").click()

    expect(page.locator(".map title")).to_have_text(["Baku: 40.38, 49.89"])
    expect(page.get_by_text("Not on the map: Nowhere, Words, Beyond.")).to_be_visible()


def test_numbers_of_every_kind_are_sorted_by_size(visit: Visit) -> None:
    page = opened(
        visit,
        """SELECT ?n { VALUES ?n { "10"^^xsd:nonNegativeInteger "INF"^^xsd:double 9
          "NaN"^^xsd:double "-INF"^^xsd:double "7"^^xsd:unsignedByte UNDEF } }""",
    )
    page.get_by_role("button", name="n", exact=True).click()

    assert page.locator("tbody td").all_inner_texts()[:5] == ["-INF", "7", "9", "10", "INF"]


def test_text_from_right_to_left_keeps_its_order_without_a_language(visit: Visit) -> None:
    page = opened(visit, 'SELECT ?x { VALUES ?x { "\u05e9\u05dc\u05d5\u05dd (2024)!" } }')

    expect(page.locator("td span")).to_have_css("direction", "rtl")


def test_who_asks_for_more_rows_goes_on_at_the_first_of_them(visit: Visit) -> None:
    page = opened(visit, "SELECT ?o { ?s mg:code ?o } LIMIT 150")
    page.get_by_role("button", name="Show 50 more of 50").press("Enter")

    expect(page.locator("tbody tr").nth(100)).to_be_focused()


def test_numbers_are_written_in_the_language_of_the_page(browser: Browser, visit: Visit) -> None:
    with visiting(browser, visit.address, locale="de-DE") as german:
        page = opened(german, "SELECT * { ?a ?b ?c } LIMIT 1200")
        expect(page.get_by_role("heading", name="1,200 rows")).to_be_visible()


def test_a_view_that_cannot_be_fetched_is_told(visit: Visit) -> None:
    page = opened(visit, "SELECT ?a ?n { VALUES (?a ?n) { ('x' 1) } }")
    expect(page.get_by_role("table")).to_be_visible()
    visit.expected.extend(["/static/built/", "ERR_FAILED"])
    page.route("**/static/built/*", lambda route: route.abort())
    page.get_by_role("button", name="Chart").click()

    expect(page.get_by_role("alert")).to_contain_text("could not be fetched")


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [
        (200, "text/html", "<h1>Sign in</h1>"),
        (502, "text/html", "<h1>Bad gateway</h1>"),
        (500, "application/json", '{"error": "x"}'),
        (500, "application/json", "null"),
    ],
)
def test_what_a_server_on_the_way_answers_is_told_as_its_own(
    visit: Visit, status: int, kind: str, body: str
) -> None:
    def answered(route: Route) -> None:
        route.fulfill(status=status, content_type=kind, body=body)

    visit.expected.append(f"status of {status}")
    page = opened(visit)
    page.route("**/sparql", answered)
    write(page, "ASK {}")
    run(page)

    expect(page.locator(".refused")).to_contain_text("a server on the way")


def test_the_error_is_marked_behind_letters_that_take_two_units(visit: Visit) -> None:
    visit.expected.append("status of 400")
    page = opened(visit)
    write(page, 'SELECT * {\n ?s ?p "\U0001f3c5\U0001f3c5\U0001f3c5" ) }')
    run(page)

    expect(page.locator(".wrong")).to_have_text(")")


def test_an_answer_of_one_graph_stays_one_of_that_graph(visit: Visit) -> None:
    report = "https://w3id.org/medalgraph/id/graph/azernews-2024-09-17"
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    page = opened(visit, query, **{"default-graph-uri": report})
    expect(page.locator("td.number")).to_be_visible()
    few = page.locator("td.number").inner_text()
    expect(page.get_by_text("Asked of these graphs only")).to_contain_text(report)
    page.reload()
    expect(page.locator("td.number")).to_have_text(few)

    page.get_by_role("link", name="Ask all").click()
    expect(page.locator("td.number")).not_to_have_text(few)


def test_sources_stay_asked_for(visit: Visit) -> None:
    page = opened(visit, "SELECT ?name { person:lamiya-valiyeva-2002 rdfs:label ?name }")
    page.get_by_label("with the sources of each row").check()
    run(page)
    expect(page.get_by_role("columnheader")).to_have_count(2)
    page.reload()

    expect(page.get_by_role("columnheader")).to_have_count(2)


def test_statements_are_seen_as_a_graph_of_what_they_link(visit: Visit) -> None:
    page = opened(visit, "DESCRIBE person:lamiya-valiyeva-2002")
    expect(page.get_by_role("heading", name="Lamiya Valiyeva")).to_be_visible()
    page.get_by_role("button", name="Graph").click()

    graph = page.get_by_role("region", name="Graph of the answer")
    expect(graph.get_by_role("link", name="Lamiya Valiyeva")).to_be_visible()
    expect(graph.locator("line title", has_text="Lamiya Valiyeva, ").first).to_be_attached()
    assert barriers(page) == []


def test_the_things_of_a_row_are_linked_in_a_graph(visit: Visit) -> None:
    query = """SELECT ?who ?team { ?e mg:athlete ?who ; mg:nation ?team .
      VALUES ?who { person:lamiya-valiyeva-2002 person:raman-salei-1994 } }"""
    page = opened(visit, query)
    page.get_by_role("button", name="Graph").click()

    graph = page.get_by_role("region", name="Graph of the answer")
    expect(graph.get_by_role("link", name="Azerbaijan")).to_be_visible()
    expect(graph.locator("line")).to_have_count(2)


def test_an_answer_without_links_says_so_where_its_graph_would_be(visit: Visit) -> None:
    page = opened(visit, "SELECT ?n { nation:AZE rdfs:label ?n }")
    page.get_by_role("button", name="Graph").click()

    expect(page.get_by_text("No thing is linked with another in this answer.")).to_be_visible()


def test_sorting_a_part_of_the_rows_says_that_it_is_a_part_and_how_to_sort_all(
    visit: Visit,
) -> None:
    query = "SELECT ?person ?name { ?person a mg:Person ; rdfs:label ?name } LIMIT 1500"
    page = opened(visit, query)
    expect(page.get_by_text("The first 1,000 are shown here.")).to_be_visible()
    told = page.get_by_text("Only the first 1,000 of 1,500 rows are sorted here.")
    expect(told).to_be_hidden()

    name = page.get_by_role("columnheader").get_by_role("button", name="name")
    name.click()
    expect(told).to_contain_text("ORDER BY ASC(?name)")
    name.click()
    expect(told).to_contain_text("ORDER BY DESC(?name)")
    assert barriers(page) == []


def test_sorting_all_rows_says_nothing_of_others(visit: Visit) -> None:
    page = opened(visit, "SELECT ?n { VALUES ?n { 2 3 1 } }")
    page.get_by_role("columnheader").get_by_role("button", name="n").click()
    expect(page.locator("td").first).to_have_text("1")
    expect(page.get_by_text("rows are sorted here")).to_have_count(0)
