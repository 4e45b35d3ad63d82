"""Two tables side by side: every cell that differs is explained, and the amounts make it up."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

from graph.errors import BadInput, NotFound
from graph.medals.rules import rules
from service.medal_tables.asked import Asked, View
from service.medal_tables.told import told as told_of

from .medal_world import HOSTILE, medals_in
from .service_world import BROWSER, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .service_world import World

GAMES = "2000-summer"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with medals_in(tmp_path_factory.mktemp("beside")) as made:
        yield made


def told(world: World, view: View = View.COMPARED, /, **said: Any) -> dict[str, Any]:  # noqa: ANN401
    asked = Asked(view, games=GAMES, **said)
    with world.store.read() as reader:
        return told_of(reader, world.store.names, asked.to_text(), ())


def why(world: World, **said: str) -> dict[tuple[str, str], tuple[int, int, list[tuple[str, int]]]]:
    """Return the two counts of each cell that differs, with the reasons."""
    found = told(world, **said)
    return {
        (row["code"], cell["medal"]): (
            cell["first"],
            cell["second"],
            [(one["text"], one["amount"]) for one in cell["because"]],
        )
        for row in found["rows"]
        for cell in row["cells"]
    }


def test_between_two_days_each_cell_names_the_decision(world: World) -> None:
    found = why(world, on="2000-10-01", with_on="2010-01-01")
    assert found == {
        ("USA", "gold"): (1, 0, [("women's 100 m: withdrawn from 2007-12-12", -1)]),
        ("JAM", "silver"): (0, 1, [("women's 100 m: reallocated from 2009-12-09", 1)]),
        # Lawrence's bronze of the day went, for silver, and Ottey's came.
        ("JAM", "bronze"): (
            2,
            2,
            [
                ("women's 100 m: reallocated from 2009-12-09", 1),
                ("women's 100 m: withdrawn from 2009-12-09, silver given instead", -1),
            ],
        ),
    }


def test_rules_that_count_art_or_not_differ_by_the_medals_for_art(world: World) -> None:
    found = told(world, rule="after-reallocations", with_rule="with-art")
    assert any("Left out by the first only: Aeronautics" in text for text in found["apart"])
    assert why(world, with_rule="with-art") == {
        ("GER", "gold"): (
            0,
            1,
            [("medals for Art Competitions, which the first does not count", 1)],
        )
    }


def test_rules_that_share_mixed_medals_differ_by_the_event(world: World) -> None:
    text = f"{HOSTILE}: a mixed team's (AUS/FRA), shared by the second"
    assert why(world, with_rule="mixed-shared") == {
        ("MIX", "gold"): (1, 0, [(text, -1)]),
        ("AUS", "gold"): (0, 1, [(text, 1)]),
        ("FRA", "gold"): (0, 1, [(text, 1)]),
    }


def test_rules_that_join_codes_differ_by_the_nation_under_which_it_was_won(world: World) -> None:
    reason = "won as West Germany (FRG)"
    assert why(world, with_rule="former-codes-merged") == {
        ("FRG", "silver"): (1, 0, [(reason, -1)]),
        ("GER", "silver"): (0, 1, [(reason, 1)]),
    }


def test_a_rule_that_counts_persons_differs_by_the_members_of_pairs(world: World) -> None:
    members = f"{HOSTILE}: each member counted by the second"
    found = why(world, rule="official-at-closing", with_rule="per-person")
    assert found["FRG", "silver"] == (1, 2, [(members, 1)])
    assert found["MIX", "gold"] == (1, 0, [(members, -1)])
    assert found["AUS", "gold"] == (0, 1, [(members, 1)])


def test_the_amounts_of_any_two_rules_make_up_every_difference(world: World) -> None:
    with world.store.read() as reader:
        keys = [rule.key for rule in rules(reader)]
    for one, other in combinations(keys, 2):
        days = {"on": "2008-01-01"} if one == "as-of-date" else {}
        days |= {"with_on": "2008-01-01"} if other == "as-of-date" else {}
        for cell, (first, second, reasons) in why(world, rule=one, with_rule=other, **days).items():
            assert sum(amount for _, amount in reasons) == second - first, (one, other, cell)
            assert reasons


def test_a_source_beside_the_results_is_explained_as_its_audit_explains_it(world: World) -> None:
    found = why(world, rule="after-reallocations", with_source="press")
    [reason] = found["USA", "gold"][2]
    assert found["USA", "gold"][:2] == (0, 1)
    assert reason[1] == 1
    assert "2007-12-12" in reason[0]
    turned = why(world, source="press", with_rule="after-reallocations")
    assert turned["USA", "gold"] == (1, 0, [(reason[0], -1)])
    for first, second, reasons in found.values():
        assert sum(amount for _, amount in reasons) == second - first


def test_two_sources_are_told_apart_by_the_results(world: World) -> None:
    found = why(world, source="press", with_source="almanac")
    first, second, reasons = found["JAM", "silver"]
    assert (first, second) == (0, 1)
    assert sum(amount for _, amount in reasons) == 1
    assert any("the results here agree with “Almanac”" in text for text, _ in reasons)


def test_nations_that_a_source_of_some_does_not_count_are_not_compared(world: World) -> None:
    found = told(world, with_source="press")
    assert any("counts 3 nations only" in text for text in found["apart"])
    [mixed] = [row for row in found["rows"] if row["code"] == "MIX"]
    assert (mixed["second"], mixed["cells"]) == (None, [])


def test_behind_every_cell_under_every_rule_are_as_many_medals(world: World) -> None:
    with world.store.read() as reader:
        keys = [rule.key for rule in rules(reader)]
    for rule in keys:
        on = "2008-01-01" if rule == "as-of-date" else ""
        for row in told(world, View.TABLE, rule=rule, on=on)["rows"]:
            for medal in ("gold", "silver", "bronze", "total"):
                asked = {"rule": rule, "on": on, "nations": (row["code"],), "medal": medal}
                found = told(world, View.EVENTS, **asked)
                assert found["count"] == row[medal]
                assert sum(one["times"] for one in found["events"]) == row[medal]


def test_the_days_of_the_slider_are_those_on_which_something_changed(world: World) -> None:
    days = {one["day"]: one["words"] for one in told(world, View.TABLE)["days"]}
    assert days == {
        "2000-10-01": "the Games closed",
        "2007-12-12": "1 medal withdrawn",
        "2009-12-09": "2 medals reallocated, 1 withdrawn",
    }
    closing = told(world, View.TABLE, rule="official-at-closing")["days"]
    assert [one["day"] for one in closing] == ["2000-10-01"]


def test_a_day_of_a_decision_marks_the_team_and_the_podium(world: World) -> None:
    found = told(world, View.TABLE, on="2009-12-09")
    assert [row["code"] for row in found["rows"] if row["changed"]] == ["JAM"]
    [changed] = found["changed"]
    assert changed["label"] == "women's 100 m"
    assert "silver reallocated (JAM)" in changed["words"]


def test_a_source_or_a_day_that_cannot_be_compared_is_refused(world: World) -> None:
    with pytest.raises(NotFound) as unknown:
        told(world, with_source="pres")
    assert "press" in unknown.value.hint
    with pytest.raises(BadInput):
        told(world, source="press", on="2001-01-01")
    with pytest.raises(BadInput):
        told(world, rule="per-person", with_source="press")
    assert told(world)["problem"]
    assert "no day is given" in told(world, with_rule="as-of-date")["problem"]


def test_a_decision_without_a_day_says_how_it_is_dated(tmp_path: Path) -> None:
    # Thorpe lost his medals in 1913, on a day that few sources tell.
    with medals_in(tmp_path) as made:
        made.store.update(
            """DELETE DATA { GRAPH graph:book { decision:1 mg:date "2007-12-12" } } ;
               INSERT DATA { GRAPH graph:book { decision:1 mg:date "2007" } }"""
        )
        days = {one["day"]: one["words"] for one in told(made, View.TABLE)["days"]}
    assert days["2007-12-31"] == "1 medal withdrawn (dated 2007)"


def test_what_a_restricted_source_says_is_in_no_table(tmp_path: Path) -> None:
    paths = (
        "/medals?games=2000-summer",
        "/medals?games=2000-summer&nation=USA",
        "/medals/embed?games=2000-summer",
        "/medals/compare?games=2000-summer&with_rule=with-art",
        "/medals/nation?nation=USA",
        "/medals/all-time",
        "/medals/athletes",
    )
    with medals_in(tmp_path) as made:
        before = [made.client.get(f"{path}&format=json").json for path in paths if "?" in path]
        made.store.update(
            """INSERT DATA { GRAPH graph:restricted-list {
                 tally:r a mg:Tally ; mg:games games:2000-summer ; mg:nation nation:USA ;
                   mg:gold 777 ; mg:silver 0 ; mg:bronze 0 .
                 event:secret a mg:Event ; rdfs:label "Hidden event"@en ; mg:sex mg:F ;
                   mg:games games:2000-summer ; mg:sport sport:tennis .
                 entry:secret a mg:Entry ; mg:event event:secret ; mg:nation nation:USA ;
                   mg:won mg:Gold .
                 award:secret a mg:Award ; mg:event event:secret ; mg:entry entry:secret ;
                   mg:medal mg:Gold ; mg:status mg:Standing } }"""
        )
        after = [made.client.get(f"{path}&format=json").json for path in paths if "?" in path]
        assert [one and one.get("rows") for one in after] == [
            one and one.get("rows") for one in before
        ]
        for path in paths:
            text = made.client.get(path, headers={"Accept": BROWSER}).text
            assert not any(word in text for word in ("777", "Hidden event", "restricted-list"))
        refused = made.client.get("/medals/compare?games=2000-summer&with_source=restricted-list")
        assert refused.status_code == 404


def test_a_store_without_games_says_so_on_its_page(tmp_path: Path) -> None:
    with world_in(tmp_path) as empty:
        found = empty.client.get("/medals", headers={"Accept": BROWSER})
        assert found.status_code == 200
        assert "The store has no Games yet" in found.text
        for path in ("/medals?games=x", "/medals/all-time", "/medals/athletes"):
            assert empty.client.get(path).status_code == 404
