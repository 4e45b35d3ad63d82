"""Progress is a bar for a person and plain lines for a log, always on standard error."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress as Bars

from service.cli.bars import LeftColumn, RateColumn, RowsColumn, lines, showing, steps

if TYPE_CHECKING:
    import pytest


def test_where_nobody_watches_there_is_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    with showing() as step:
        step("Loading")(10, 100)
    assert capsys.readouterr() == ("", "")


def test_long_work_writes_a_line_with_rate_and_time_left(
    capsys: pytest.CaptureFixture[str],
) -> None:
    now = iter([100.0, 105.0, 110.0, 112.0, 120.0])
    progress = lines("Loading", every_s=10.0, clock=lambda: next(now))
    progress(500, 4000)
    progress(1000, 4000)
    progress(1200, 4000)
    progress(2000, None)
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "Loading: 1,000 of 4,000, 100/s, 30 s left\nLoading: 2,000, 100/s\n"


def test_a_bar_shows_rows_rate_and_time_left() -> None:
    now = [0.0]
    screen = Console(file=io.StringIO(), force_terminal=True, width=100)
    drawn = Bars(RowsColumn(), RateColumn(), console=screen, get_time=lambda: now[0])
    progress = steps(drawn)("Loading")
    (task,) = drawn.tasks
    assert RateColumn().render(task).plain == ""
    assert LeftColumn().render(task).plain == ""
    for second in (1.0, 2.0, 3.0):
        now[0] = second
        progress(int(second) * 1000, 9000)
    assert RowsColumn().render(task).plain == "3,000 of 9,000"
    assert RateColumn().render(task).plain == "1,000/s"
    assert LeftColumn().render(task).plain == "0:00:06 left"


def test_a_new_step_ends_the_one_before_it() -> None:
    screen = Console(file=io.StringIO(), force_terminal=True, width=100)
    drawn = Bars(console=screen)
    step = steps(drawn)
    step("Loading")(10, 10)
    step("Checking the change")
    first, second = drawn.tasks
    assert first.stop_time is not None
    assert second.stop_time is None
    assert second.description == "Checking the change"
