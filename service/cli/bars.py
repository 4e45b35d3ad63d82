"""Shows how far long work is: a bar for a person, plain lines where nobody watches."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import (
    BarColumn,
    ProgressColumn,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bars
from rich.text import Text

from .voice import remark, watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Task, TaskID

    from graph.progress import Progress

LINE_EVERY_S = 10.0


class RateColumn(ProgressColumn):
    """How many rows a second are done, over the last half minute."""

    def render(self, task: Task) -> Text:
        """Draw the rate, or nothing while there is none."""
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f}/s" if speed else "", style="progress.data.speed")


class RowsColumn(ProgressColumn):
    """How many rows are done, of how many where that is known."""

    def render(self, task: Task) -> Text:
        """Draw the count."""
        whole = f" of {task.total:,.0f}" if task.total else ""
        return Text(f"{task.completed:,.0f}{whole}", style="progress.download")


@contextmanager
def showing(task: str) -> Iterator[Progress]:
    """Give the callback that shows the progress of one piece of work on standard error."""
    if not watched():
        yield lines(task)
        return
    console = Console(stderr=True)
    with Bars(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        RowsColumn(),
        RateColumn(),
        TimeElapsedColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    ) as bars:
        yield bar(bars, bars.add_task(task, total=None))


def bar(bars: Bars, task: TaskID) -> Progress:
    """Return the callback that moves one bar."""

    def progress(done: int, expected: int | None) -> None:
        bars.update(task, completed=done, total=expected)

    return progress


def lines(task: str, *, every_s: float = LINE_EVERY_S) -> Progress:
    """Return the callback that writes a plain line now and then, for a log."""
    began = said = time.monotonic()

    def progress(done: int, expected: int | None) -> None:
        nonlocal said
        now = time.monotonic()
        if now - said < every_s:
            return
        said = now
        rate = done / (now - began)
        whole = f" of {expected:,}" if expected else ""
        left = f", {(expected - done) / rate:,.0f} s left" if expected and rate else ""
        remark(f"{task}: {done:,}{whole}, {rate:,.0f}/s{left}")

    return progress
