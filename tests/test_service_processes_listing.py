"""Lists of matches are made beside the service, one at a time, and can be ended."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from graph.identity.keeping import KeptLists
from graph.store import Store
from service.limits import Limits
from service.processes.listing import Lister, Progress, Wanted
from service.processes.starting import Programs
from service.whereabouts import Whereabouts

from .review_world import NEWS, OFFICIAL, OTHER_SAID, PEOPLE, SAID
from .waiting import PATIENCE_S

if TYPE_CHECKING:
    from pathlib import Path

WANTED = Wanted(NEWS.value, OFFICIAL.value, "person")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    with Store.create(tmp_path / "store") as store:
        store.update(PEOPLE)
    return tmp_path / "store"


def made(place: Path, wanted: Wanted, limits: Limits | None = None) -> Progress:
    lister = Lister(Programs(Whereabouts.of(place), limits or Limits()))
    assert lister.progress() == Progress()
    assert lister.begin(wanted)
    assert lister._thread is not None
    lister._thread.join(PATIENCE_S)
    lister.close()
    return lister.progress()


def test_a_list_is_made_and_kept(place: Path) -> None:
    assert made(place, WANTED) == Progress(WANTED)
    [kept] = KeptLists(place).all()
    assert (kept.one, kept.other, kept.version) == (NEWS.value, OFFICIAL.value, 1)
    assert [(each.one, each.other) for each in kept.matches] == [(SAID.value, OTHER_SAID.value)]


def test_a_list_that_takes_too_long_is_ended_and_it_is_said(place: Path) -> None:
    progress = made(place, WANTED, replace(Limits(), change_s=1e-6))
    assert "The list was stopped after" in progress.wrong
    assert not progress.runs
    assert KeptLists(place).all() == []


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (replace(WANTED, kind="nation"), "Things of the kind 'nation' are not matched."),
        (replace(WANTED, other=NEWS.value), "A list of matches is of two sources."),
        (replace(WANTED, one="urn:x"), "There is no source urn:x."),
    ],
)
def test_what_cannot_be_made_is_told(place: Path, wanted: Wanted, said: str) -> None:
    assert made(place, wanted).wrong == said


def test_only_one_is_made_at_a_time_and_none_after_the_end(place: Path) -> None:
    lister = Lister(Programs(Whereabouts.of(place), Limits()))
    assert lister.begin(WANTED)
    assert not lister.begin(WANTED)
    lister.close()
    assert not lister.progress().runs
    assert not lister.begin(WANTED)
