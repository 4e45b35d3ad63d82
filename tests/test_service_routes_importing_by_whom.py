"""Who may import and take back, what else changes meanwhile, and that no sheet is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from graph.names import Names
from service.config import Settings

from .importing_world import BAD, GOOD, REASON, choose, fields_of, importing_in, keep, labels, post
from .review_world import Browser, signed_in
from .service_world import BROWSER, World, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with importing_in(tmp_path) as made:
        yield made


@pytest.fixture
def browser(world: World) -> Browser:
    return signed_in(world)


def test_a_store_that_changed_meanwhile_is_rehearsed_again(world: World, browser: Browser) -> None:
    page = choose(browser, "name,born\nvugar-1991,1991-05-05\n")
    world.store.update("DELETE WHERE { GRAPH graph:book { person:vugar-1991 ?p ?o } }")
    before = world.store.version
    late = keep(browser, page)
    assert late.status_code == 409
    assert "has changed since the rehearsal" in late.text
    assert world.store.version == before
    assert f'value="{REASON}"' in late.text
    assert keep(browser, late).status_code == 200


def test_a_change_of_something_else_keeps_nobody_waiting(world: World, browser: Browser) -> None:
    page = choose(browser, GOOD)
    world.store.update(
        "INSERT DATA { GRAPH graph:other { sport:x a mg:Sport ; rdfs:label 'X'@en } }"
    )
    assert keep(browser, page).status_code == 200


def test_a_form_sent_twice_is_kept_once_and_told_as_kept(world: World, browser: Browser) -> None:
    page = choose(browser, BAD)
    keep(browser, page, leave="true")
    number = world.store.version
    again = keep(browser, page, leave="true")
    assert again.status_code == 200
    assert "Kept already" in again.text
    assert f'href="/import/commits/{number}">commit {number}</a>, below' in again.text
    assert f"Undo commit {number}" in again.text
    assert "2 rows were not imported" in again.text
    assert world.store.version == number


def test_a_sheet_that_would_change_nothing_cannot_be_kept(world: World, browser: Browser) -> None:
    keep(browser, choose(browser, GOOD))
    page = choose(browser, GOOD)
    assert "there is nothing to keep" in page.text
    assert "/import/commit" not in page.text
    renamed = choose(browser, GOOD, title="The book of the Games")
    assert keep(browser, renamed).status_code == 200
    told = "SELECT ?t WHERE { GRAPH graph:meta { graph:people-people dcterms:title ?t } }"
    assert world.values(told) == ["The book of the Games"]


def test_a_file_chosen_when_the_session_has_ended_is_not_lost(browser: Browser) -> None:
    browser.send("/review/sign-out", {})
    out = choose(browser, GOOD)
    assert out.status_code == 401
    assert "nothing of your sheet is lost" in out.text
    browser.sign_in()
    page = post(browser, "/import", fields_of(out, "/import"))
    assert "2 rows read" in page.text


def test_a_token_that_only_reads_gives_the_sheet_back(world: World, browser: Browser) -> None:
    page, before = choose(browser, BAD), world.store.version
    browser.sign_in("read")
    late = keep(browser, page, leave="true")
    assert late.status_code == 403
    assert "Your token does not allow this" in late.text
    browser.sign_in()
    again = post(browser, "/import", fields_of(late, "/import"))
    assert keep(browser, again, leave="true").status_code == 200
    assert world.store.version == before + 1


def test_a_token_for_another_source_gives_the_sheet_back(world: World, browser: Browser) -> None:
    page = choose(browser, GOOD)
    browser.sign_in(graph=Names().graph("mine").value)
    again = post(browser, "/import", fields_of(page, "/import"))
    assert again.status_code == 200
    assert keep(browser, again).status_code == 200
    assert world.store.commit(world.store.version).info.source == Names().graph("mine")


def test_a_session_that_ended_on_the_way_loses_nothing(world: World, browser: Browser) -> None:
    page = choose(browser, BAD)
    told = fields_of(page, "/import")
    browser.send("/review/sign-out", {})
    out = post(browser, "/import", told | {"cell-3-1": "F", "drop": "4"})
    assert out.status_code == 401
    assert "nothing of your sheet is lost" in out.text
    mended = post(browser, "/import/sheet", fields_of(out, "/import"))
    text = mended.data.decode("utf-8-sig")
    assert text == "name,sex,born\nNew One,F,1999-01-01\nWrong Sex,F,1990-01-01\n"
    assert 'filename="people-corrected.csv"' in mended.headers["Content-Disposition"]

    late = keep(browser, page, leave="true")
    assert late.status_code == 401
    browser.sign_in()
    page = post(browser, "/import", fields_of(out, "/import"))
    assert keep(browser, page).status_code == 200
    assert "Wrong Sex" in labels(world)


def test_a_form_of_another_session_is_rehearsed_anew(world: World, browser: Browser) -> None:
    page, before = choose(browser, GOOD), world.store.version
    browser.sign_in(note="Somebody else")
    late = keep(browser, page)
    assert late.status_code == 409
    assert "made before you signed in" in late.text
    assert world.store.version == before


@pytest.mark.parametrize("path", ["/import", "/import/commit", "/import/sheet", "/import/left-out"])
def test_no_page_of_somebody_else_is_obeyed(world: World, browser: Browser, path: str) -> None:
    told = fields_of(choose(browser, GOOD), "/import")
    answer = world.client.post(
        path,
        data=told,
        headers={"Accept": BROWSER, "Origin": "https://evil.example"},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 403


def test_who_only_reads_sees_the_sheets_and_no_form(world: World) -> None:
    browser = Browser(world)
    page = browser.open("/import").text
    assert 'name="file"' not in page
    assert "sign in with your token" in page
    assert "Empty sheet of results" in page
    browser.sign_in("read")
    assert 'name="file"' not in browser.open("/import").text
    assert choose(browser, GOOD).status_code == 403


def test_a_read_only_service_says_so(tmp_path: Path) -> None:
    with world_in(tmp_path, replace(Settings(), read_only=True)) as world:
        browser = Browser(world)
        assert "takes no changes" in browser.open("/import").text
        assert choose(browser, GOOD).status_code == 403


def test_a_token_for_one_source_imports_into_it_takes_it_back_and_touches_no_other(
    world: World,
) -> None:
    browser = Browser(world)
    browser.sign_in(graph=Names().graph("mine").value)
    assert "Your token is for this one" in browser.open("/import").text
    page = choose(browser, GOOD, title="Mine")
    assert keep(browser, page).status_code == 200
    number = world.store.version
    assert world.store.commit(number).info.source == Names().graph("mine")
    refused = choose(browser, GOOD, source="other")
    assert refused.status_code == 403
    assert "is still here" in refused.text
    action = f"/import/commits/{number}"
    told = {k: str(v) for k, v in fields_of(browser.open(action), action).items()}
    assert browser.send(action, told | {"reason": "Wrong"}).status_code == 303
    assert labels(world) == ["Vuqar Sirinli"]


def test_who_may_change_one_source_only_cannot_undo_the_import_of_another(
    world: World, browser: Browser
) -> None:
    keep(browser, choose(browser, GOOD))
    action = f"/import/commits/{world.store.version}"
    assert "Take it back" in browser.open(action).text
    browser.sign_in(graph=Names().graph("mine").value)
    assert "Take it back" not in browser.open(action).text


def test_an_import_that_was_taken_back_says_by_which_commit(world: World, browser: Browser) -> None:
    keep(browser, choose(browser, GOOD))
    action = f"/import/commits/{world.store.version}"
    form = {name: str(said) for name, said in fields_of(browser.open(action), action).items()}
    browser.send(action, form | {"reason": "Wrong"})
    number = world.store.version
    page = browser.open(action).text
    assert f'Taken back by <a href="/import/commits/{number}">commit {number}</a>' in page
    assert "Undo commit" not in page.partition("<form")[2]
    again = browser.send(action, form | {"reason": "Wrong"})
    assert (again.status_code, world.store.version) == (303, number)


def test_an_undo_without_a_reason_is_told_on_the_page_of_the_import(
    world: World, browser: Browser
) -> None:
    keep(browser, choose(browser, GOOD))
    number = world.store.version
    action = f"/import/commits/{number}"
    form = {name: str(said) for name, said in fields_of(browser.open(action), action).items()}
    answer = browser.send(action, form | {"reason": " "})
    assert answer.status_code == 400
    assert "The reason is empty" in answer.text
    assert f"Undo commit {number}" in answer.text
    assert world.store.version == number


def test_an_import_on_which_later_commits_rest_is_not_taken_back_and_it_is_said_why(
    world: World, browser: Browser
) -> None:
    keep(browser, choose(browser, GOOD))
    action = f"/import/commits/{world.store.version}"
    keep(browser, choose(browser, GOOD.replace("1999-01-01", "1999-01-03")))
    before = world.store.version
    told = {name: str(said) for name, said in fields_of(browser.open(action), action).items()}
    refused = browser.send(action, told | {"reason": "Wrong"})
    assert refused.status_code == 409
    assert "cannot be taken back by itself" in refused.text
    assert world.store.version == before
