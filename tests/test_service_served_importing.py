"""Sheets are imported as the service runs for others: over a socket, by a writer process."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from graph.names import Names
from graph.store import Store

from .importing_served import import_and_take_back, send, token_of
from .importing_world import BAD, WORLD
from .running_service import RunningService, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def served(folder: Path, **settings: str) -> Iterator[RunningService]:
    place = folder / "store"
    with Store.create(place) as store:
        store.update(WORLD)
    with running(place, **settings) as service:
        yield service


def test_a_sheet_is_rehearsed_kept_refused_when_late_and_taken_back(tmp_path: Path) -> None:
    with served(tmp_path) as service:
        import_and_take_back(service)


def test_a_sheet_for_another_source_than_the_token_is_told_and_stays(tmp_path: Path) -> None:
    with served(tmp_path) as service:
        token = token_of(service, Names().graph("mine").value)
        fields = {"kind": "people", "source": "other"}
        refused = send(service, "/import", fields, token=token, file=BAD)
        assert refused.status == 403
        assert b"is still here" in refused.body


def test_a_sheet_that_takes_too_long_is_told_and_stays(tmp_path: Path) -> None:
    rows = [f"Person {number},F,{1950 + number % 50}" for number in range(4_000)]
    with served(tmp_path, CHANGE_SECONDS="0.3") as service:
        text = "\n".join(["name,sex,born", *rows])
        late = send(service, "/import", {"kind": "people"}, token=token_of(service), file=text)
        assert late.status == 503
        assert b"is still here" in late.body
