from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import history
from graph.change import Change
from graph.engines.base import CommitInfo
from graph.engines.memory import MemoryEngine
from graph.errors import BadTerm, NotFound, Refused
from tests.statements import commit, quad, stated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.terms import Quad


@pytest.fixture
def engine() -> MemoryEngine:
    """Three commits: a and b come; a goes and c comes; d comes."""
    made = MemoryEngine()
    commit(made, quad("a"), quad("b"), message="first")
    commit(made, quad("c"), removed=(quad("a"),), message="second")
    commit(made, quad("d"), message="third")
    return made


def test_commits_come_newest_first_and_as_many_as_asked_for(engine: MemoryEngine) -> None:
    assert [each.info.message for each in history.commits(engine)] == ["third", "second", "first"]
    assert [each.info.message for each in history.commits(engine, 1)] == ["third"]


def test_the_difference_of_two_versions_cancels_what_came_and_went(engine: MemoryEngine) -> None:
    assert history.diff(engine, 0, 2) == Change.of([quad("b"), quad("c")])
    assert history.diff(engine, 1, 3) == Change.of([quad("c"), quad("d")], [quad("a")])
    assert history.diff(engine, 3, 1) == Change.of([quad("a")], [quad("c"), quad("d")])
    assert history.diff(engine, 2, 2).is_empty


def test_the_difference_to_a_version_that_is_not_there_is_not_found(engine: MemoryEngine) -> None:
    for before, after in ((0, 4), (4, 0), (4, 4)):
        with pytest.raises(NotFound):
            history.diff(engine, before, after)


STATES = st.lists(st.frozensets(st.sampled_from([quad(each) for each in "abcd"])), max_size=6)


@given(states=STATES, data=st.data())
@settings(deadline=None)
def test_a_difference_leads_from_one_version_to_the_other(
    states: Sequence[frozenset[Quad]], data: st.DataObject
) -> None:
    engine, now = MemoryEngine(), frozenset[object]()
    for state in states:
        draft = engine.draft()
        before = frozenset(stated(draft))
        draft.apply(Change(state - before, before - state))
        draft.publish(CommitInfo())
    numbers = st.integers(0, len(states))
    one, two = data.draw(numbers), data.draw(numbers)
    change = history.diff(engine, one, two)
    with engine.read(one) as reader, engine.read(two) as other:
        now = frozenset(stated(reader))
        assert change.removed <= now
        assert (now - change.removed) | change.added == stated(other)


def at_times(engine: MemoryEngine, monkeypatch: pytest.MonkeyPatch, *times: str) -> None:
    real = engine.commit

    def retimed(number: int) -> object:
        made = real(number)
        return type(made)(
            number=made.number,
            parent=made.parent,
            time=times[number - 1],
            info=made.info,
            added=made.added,
            removed=made.removed,
            checksum=made.checksum,
        )

    monkeypatch.setattr(engine, "commit", retimed)


@pytest.mark.parametrize(
    ("moment", "version"),
    [
        ("2024-09-07", 0),
        ("2024-09-08", 2),
        ("2024-09-08T09:59:59", 0),
        ("2024-09-08T10:00:00", 1),
        ("2024-09-08T10:00:00Z", 1),
        ("2024-09-08T14:00:00+04:00", 1),
        ("2024-09-08T13:59:59+04:00", 0),
        ("2024-09-16", 2),
        ("2024-09-17", 3),
        ("2999-01-01", 3),
    ],
)
def test_the_version_at_a_moment_is_the_last_one_until_then(
    engine: MemoryEngine, monkeypatch: pytest.MonkeyPatch, moment: str, version: int
) -> None:
    at_times(
        engine,
        monkeypatch,
        "2024-09-08T10:00:00.000000+00:00",
        "2024-09-08T23:59:59.999999+00:00",
        "2024-09-17T00:00:00.000000+00:00",
    )
    assert history.at(engine, moment) == version


@pytest.mark.parametrize("text", ["", "yesterday", "17.09.2024", "2024-13-01", "2024-09-17T25:00"])
def test_what_is_no_date_is_refused_with_an_example(engine: MemoryEngine, text: str) -> None:
    with pytest.raises(BadTerm, match="not a date or a time") as caught:
        history.at(engine, text)
    assert "2024-09-17" in caught.value.hint


def test_undoing_the_last_commit_takes_all_of_it_back(engine: MemoryEngine) -> None:
    found = history.undo(engine, 3)
    assert found.change == Change.of([], [quad("d")])
    assert found.overtaken == {}
    assert found.sentence() == ""
    assert history.undo_change(engine, 3) == found.change


def test_undoing_leaves_alone_what_later_commits_changed(engine: MemoryEngine) -> None:
    found = history.undo(engine, 1)
    assert found.change == Change.of([], [quad("b")])
    assert found.overtaken == {quad("a"): 2}
    assert found.sentence() == (
        "1 of the 2 statements of commit 1 were changed again by commit 2 and stay as they are."
    )


def test_an_undone_commit_brings_back_what_it_removed(engine: MemoryEngine) -> None:
    assert history.undo_change(engine, 2) == Change.of([quad("a")], [quad("c")])


def test_undoing_what_later_commits_undid_is_refused(engine: MemoryEngine) -> None:
    draft = engine.draft()
    draft.apply(history.undo_change(engine, 2))
    draft.publish(CommitInfo(kind="undo"))
    with pytest.raises(Refused, match=r"Nothing of commit 2 .* by commit 4") as caught:
        history.undo(engine, 2)
    assert caught.value.hint


def test_undoing_a_commit_that_is_not_there_is_not_found(engine: MemoryEngine) -> None:
    with pytest.raises(NotFound):
        history.undo(engine, 9)
