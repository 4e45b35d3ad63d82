"""Each demand of the SPARQL 1.1 specifications holds, or is known not to; the page says which."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.store import Store
from tests.asking import Asking
from tests.running_service import running

from .cases import MUST, SHOULD, Case
from .graph_store import GRAPH_STORE
from .page import page
from .protocol import PROTOCOL
from .query import QUERY
from .results import CSV_RESULTS, JSON_RESULTS, XML_RESULTS
from .syntax import SYNTAX
from .update import UPDATE

if TYPE_CHECKING:
    from collections.abc import Iterator

CHAPTERS = (
    PROTOCOL,
    GRAPH_STORE,
    JSON_RESULTS,
    XML_RESULTS,
    CSV_RESULTS,
    QUERY,
    UPDATE,
    SYNTAX,
)
CASES = [case for chapter in CHAPTERS for case in chapter.cases]
PAGE = Path(__file__).resolve().parents[2] / "docs" / "conformance.md"
WRITING = bool(os.environ.get("MEDALGRAPH_WRITE_PAGES"))
outcomes: dict[str, bool] = {}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    place = tmp_path_factory.mktemp("conformance") / "store"
    Store.create(place).close()
    with running(place) as started:
        yield Asking(started)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_a_specification_demands_holds(service: Asking, case: Case) -> None:
    outcomes[case.name] = False
    if case.deviation:
        with pytest.raises(AssertionError):
            case.check(service)
        return
    case.check(service)
    outcomes[case.name] = True


def test_no_two_cases_are_one() -> None:
    assert len({case.name for case in CASES}) == len(CASES)


def test_nothing_that_must_or_should_be_is_known_not_to_be() -> None:
    assert [case.name for case in CASES if case.deviation and case.force in (MUST, SHOULD)] == []


def test_the_page_says_what_became_of_each_case() -> None:
    if len(outcomes) < len(CASES):
        # Whoever runs one case alone has no outcomes of the others to make the page of.
        pytest.skip("only some of the cases were run")
    written = page(CHAPTERS, outcomes)
    if WRITING:
        PAGE.write_text(written, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == written
