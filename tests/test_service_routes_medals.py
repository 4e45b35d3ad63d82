"""Medal tables as pages and documents: right numbers, and behind each as many events as it says."""

from __future__ import annotations

import csv
import html
import io
import re
from typing import TYPE_CHECKING, Any

import pytest

from .bundled_service import bundled_service
from .portrait_world import read_page
from .service_world import BROWSER, World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.test import TestResponse

    from .portrait_world import Element

JSON = "application/json"
PARIS = "2024-summer-para"
DASH = "\N{EN DASH}"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with bundled_service(tmp_path_factory.mktemp("medals")) as made:
        yield made


Params = dict[str, str | list[str]]


def get(world: World, params: Params, accept: str = JSON, path: str = "/medals") -> TestResponse:
    return world.client.get(path, query_string=params, headers={"Accept": accept})


def told(world: World, **params: str) -> Any:  # noqa: ANN401 - JSON
    answer = get(world, {**params})
    assert answer.status_code == 200, answer.text
    return answer.json


def shown(world: World, **params: str) -> Element:
    answer = get(world, {**params}, BROWSER)
    assert answer.status_code == 200, answer.text
    return read_page(answer.text)


def cells(world: World, **params: str) -> dict[str, tuple[int | None, int, int, int]]:
    rows = told(world, games=PARIS, **params)["rows"]
    return {r["code"]: (r["rank"], r["gold"], r["silver"], r["bronze"]) for r in rows}


def test_without_games_they_are_there_to_choose_with_what_is_held_of_each(world: World) -> None:
    found = {one["key"]: one["basis"] for one in told(world)["games"]}
    assert (found[PARIS], found["2016-summer-para"], found["2028-summer-para"]) == (
        *("results", "counts", ""),
    )
    [link] = [a for a in shown(world).every("a") if a.text == "Paris 2024 Paralympics"]
    assert link.attributes["href"] == f"/medals?games={PARIS}"


def test_the_page_of_a_cell_names_winners_and_sources(world: World) -> None:
    found = shown(world, games=PARIS, nation="AZE", medal="gold")
    assert found.every("h1")[0].text.startswith("4 gold: Azerbaijan")
    rows = found.rows()
    assert ["Women's 100m - T13 Para Athletics", "gold", "Lamiya Valiyeva"] in [
        row[:3] for row in rows
    ]
    assert all(row[4].startswith("Paris 2024 Paralympic Games") for row in rows)


def test_each_number_of_the_table_leads_to_its_events(world: World) -> None:
    found = shown(world, games=PARIS, sport="para-judo")
    [row] = [row for row in found.every("tr") if row.attributes.get("data-code") == "AZE"]
    links = [link.attributes["href"] for link in row.every("td") for link in link.every("a")]
    assert links == [
        f"/medals?games={PARIS}&sport=para-judo&nation=AZE&medal={medal}"
        for medal in ("bronze", "total")
    ]


def test_a_day_before_the_games_has_no_medals_and_says_so(world: World) -> None:
    assert cells(world, on="2024-01-01") == {}
    assert "No medal stood then" in shown(world, games=PARIS, on="2024-01-01").text


def test_the_formats_say_the_same(world: World) -> None:
    rows = told(world, games=PARIS)["rows"]
    sheet = list(csv.reader(io.StringIO(get(world, {"games": PARIS}, "text/csv").text)))
    assert sheet[0] == ["rank", "nation", "code", "gold", "silver", "bronze", "total"]
    page = shown(world, games=PARIS).section("The table").rows()
    assert len(rows) == len(sheet) - 1 == len(page)
    for row, line, cell in zip(rows, sheet[1:], page, strict=True):
        counts = [str(row[name]) for name in ("gold", "silver", "bronze", "total")]
        assert line == [str(row["rank"] or ""), row["label"], row["code"], *counts]
        assert cell == [str(row["rank"] or DASH), f"{row['label']} {row['code']}", *counts]
    events = told(world, games=PARIS, nation="AZE")["events"]
    sheet = list(
        csv.reader(io.StringIO(get(world, {"games": PARIS, "nation": "AZE"}, "text/csv").text))
    )
    assert [line[1] for line in sheet[1:]] == [one["label"] for one in events]


@pytest.mark.parametrize(
    ("params", "status", "hint"),
    [
        ({"games": "2024-summer-parra"}, 404, PARIS),
        ({"games": PARIS, "rule": "mine"}, 404, "official-at-closing"),
        ({"games": PARIS, "sport": "judo"}, 404, "para-judo"),
        ({"games": PARIS, "class": "J3"}, 404, "J"),
        ({"games": PARIS, "sex": "X"}, 404, "Mixed"),
        ({"games": PARIS, "on": "yesterday"}, 400, "on=2008-08-20"),
        ({"games": PARIS, "on": "2024-02-31"}, 400, "on=2008-08-20"),
        ({"games": PARIS, "by": "silver"}, 400, "gold, total"),
        ({"games": PARIS, "neutral": "maybe"}, 400, "ranked, unranked"),
        ({"games": PARIS, "nation": "Azerbeidjan"}, 404, "AZE"),
        ({"games": PARIS, "nation": "AZE", "medal": "tin"}, 400, "bronze"),
        ({"games": PARIS, "medal": "gold"}, 400, "nation"),
        ({"sport": "para-judo"}, 400, "games="),
        ({"games": PARIS, "rule": "as-of-date"}, 400, "on="),
        ({"games": PARIS, "safe": "numbers"}, 400, "safe=excel"),
        ({"kind": "Commonwealth"}, 400, "Paralympic"),
        ({"games": PARIS, "nation": ["AZE", "CHN"]}, 400, "at most 1"),
        ({"games": ["a", "b"]}, 400, "once"),
        ({"games": "Paris"}, 404, f"Did you mean {PARIS}"),
        ({"year": "abc"}, 400, "year=2008"),
        ({"games": PARIS, "rules": "per-person"}, 400, "rule="),
        ({"games": PARIS, "date": "2024-09-01"}, 400, "on="),
        ({"game": PARIS}, 400, "games="),
    ],
)
def test_what_is_not_known_is_refused_with_what_is(
    world: World, params: Params, status: int, hint: str
) -> None:
    answer = get(world, params)
    assert answer.status_code == status
    assert hint in answer.text


def test_a_rule_that_needs_a_day_offers_the_days_on_its_page(world: World) -> None:
    answer = get(world, {"games": PARIS, "rule": "as-of-date"}, BROWSER)
    assert answer.status_code == 400
    page = read_page(answer.text)
    [note] = page.every("p", role="alert")
    assert "no day is given" in note.text
    links = [a.attributes.get("href") for a in page.every("a") if a.attributes.get("data-day")]
    assert f"/medals?games={PARIS}&rule=as-of-date&on=2024-09-08" in links


def test_every_rule_of_the_graph_can_be_chosen_and_says_what_it_means(world: World) -> None:
    page = shown(world, games=PARIS)
    [rule] = page.every("select", id="rule")
    assert len(rule.every("option")) == 11
    meant = [one.text for one in page.every("dl", **{"class": "rules"})[0].every("dd")]
    assert len(meant) == 11
    assert all(meant)


def test_a_table_is_cited_with_rule_day_snapshot_and_an_address_that_stays(world: World) -> None:
    page = shown(world, games=PARIS, on="2024-09-05")
    cited = page.section("Cite this table")
    version = world.store.version
    assert "by the rule “after reallocations” , as of 2024-09-05 ." in cited.text
    assert f"snapshot {version}" in cited.text
    [link] = cited.every("a")
    assert link.attributes["href"].endswith(f"on=2024-09-05&at={version}")
    assert world.client.get(link.attributes["href"], headers={"Accept": BROWSER}).status_code == 200


def test_only_the_bare_table_may_stand_in_a_frame_of_another_site(world: World) -> None:
    bare = get(world, {"games": PARIS, "sport": "para-judo"}, BROWSER, "/medals/embed")
    assert bare.status_code == 200
    policy = bare.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "script-src" not in policy
    page = read_page(bare.text)
    assert page.every("form") == page.every("script") == page.every("nav") == []
    assert f"snapshot {world.store.version}" in page.text
    assert "Source: Paris 2024 Paralympic Games" in page.text
    [back, _] = page.every("a")
    assert back.attributes["href"] == f"http://localhost/medals?games={PARIS}&sport=para-judo"
    table = get(world, {"games": PARIS}, BROWSER)
    assert "frame-ancestors 'none'" in table.headers["Content-Security-Policy"]
    [code] = read_page(table.text).every("textarea")
    assert f"/medals/embed?games={PARIS}" in code.text
    assert get(world, {}, BROWSER, "/medals/embed").status_code == 400


def test_who_has_the_table_already_is_told_so(world: World) -> None:
    first = get(world, {"games": PARIS})
    again = world.client.get(
        "/medals",
        query_string={"games": PARIS},
        headers={"Accept": JSON, "If-None-Match": first.headers["ETag"]},
    )
    assert again.status_code == 304


def test_two_tables_side_by_side_say_the_same_in_each_format(world: World) -> None:
    asked: Params = {"games": PARIS, "rule": "official-at-closing", "with_rule": "per-person"}
    path = "/medals/compare"
    found = get(world, asked, path=path).json
    assert found is not None
    sheet = list(csv.DictReader(io.StringIO(get(world, asked, "text/csv", path).text)))
    page = read_page(get(world, asked, BROWSER, path).text)
    assert len(sheet) == 3 * len(found["rows"])
    differing = [line for line in sheet if line["because"]]
    assert len(differing) == found["differing"] > 0
    assert found["unexplained"] == 0
    # The page begins with those that differ, and says why.
    for row, line in zip(found["rows"], page.rows(), strict=True):
        for cell in row["cells"]:
            assert f"{cell['first']} → against {cell['second']}" in line
            assert all(why["text"] in line[4] for why in cell["because"])


def test_with_nothing_to_compare_the_page_asks_what(world: World) -> None:
    answer = get(world, {"games": PARIS}, BROWSER, "/medals/compare")
    assert answer.status_code == 200
    assert len(read_page(answer.text).every("fieldset")) == 2
    assert get(world, {}, BROWSER, "/medals/compare").status_code == 400


def test_what_others_add_to_a_link_does_not_matter(world: World) -> None:
    params: Params = {"games": PARIS, "utm_source": "letter", "fbclid": "x"}
    assert get(world, params).status_code == 200


def test_a_frame_of_the_medals_of_one_nation_is_refused(world: World) -> None:
    answer = world.client.get(f"/medals/embed?games={PARIS}&nation=AZE")
    assert answer.status_code == 400
    assert "A frame shows a whole table" in answer.text


def test_of_a_day_to_come_the_page_says_that_nobody_knows_yet(world: World) -> None:
    text = "is still to come: this is what has been decided so far"
    for path in ("", "/all-time", "/athletes", "/nation?nation=AZE", "/embed"):
        join = "&" if "?" in path else "?"
        games = f"&games={PARIS}" if path in ("", "/embed") else "&kind=Paralympic"
        for day, is_said in (("2999-01-01", True), ("2024-09-08", False)):
            address = f"/medals{path}{join}on={day}{games}"
            found = world.client.get(address, headers={"Accept": BROWSER}).text
            assert (text in found) is is_said, address


def test_the_lines_of_a_table_are_summed_below_it(world: World) -> None:
    """549 gold, 551 silver and 607 bronze medals were won, as the sports add up to."""
    page = get(world, {"games": PARIS}, BROWSER).text
    foot = page[page.index("<tfoot>") : page.index("</tfoot>")]
    assert re.findall(r">(\d+)<", foot) == ["549", "551", "607", "1707"]


def test_a_table_is_saved_under_a_name_that_says_what_it_is(world: World) -> None:
    params: Params = {"games": 'a "b"/../c', "format": "csv"}
    assert get(world, params).status_code == 404
    answer = get(world, {"games": PARIS, "sport": "para-judo", "format": "csv"})
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="medals-table-{PARIS}-para-judo.csv"'
    )


@pytest.mark.parametrize(
    ("path", "params", "things"),
    [
        ("/medals", {"games": PARIS}, ["games:2024-summer-para"]),
        ("/medals/nation", {"nation": ["AZE", "POR"]}, ["nation:AZE", "nation:POR"]),
        ("/id/graph/azernews-2024-09-17.html", {}, ["graph:azernews-2024-09-17"]),
    ],
)
def test_tables_and_sources_lead_to_a_board_of_what_they_are_about(
    world: World, path: str, params: Params, things: list[str]
) -> None:
    answer = get(world, params, BROWSER, path)
    found = re.search(r'<a href="(/explore\?[^"]+)" rel="nofollow">Explore ', answer.text)
    assert found is not None
    board = world.client.get(f"{html.unescape(found[1])}&format=json").json
    assert board is not None
    assert board["put"] == things
