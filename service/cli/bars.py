"""Shows how far long work is: a bar for a person, plain lines where nobody watches."""

from __future__ import annotations

import time
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import (
    BarColumn,
    ProgressColumn,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.progress import Progress as Bars
from rich.text import Text

from .voice import remark, watched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Task, TaskID

    from graph.progress import Progress, Step


LINE_EVERY_S = 10.0
CHECKING = "Checking the change"


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


class LeftColumn(ProgressColumn):
    """How much time is left, where that can be told."""

    def render(self, task: Task) -> Text:
        """Draw the time, or nothing."""
        left = task.time_remaining if task.total else None
        text = "" if left is None else f"{timedelta(seconds=round(left))} left"
        return Text(text, style="progress.remaining")


@contextmanager
def showing() -> Iterator[Step]:
    """Give the callback that begins each step of long work, shown on standard error."""
    if not watched():
        yield lines
        return
    with Bars(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        RowsColumn(),
        RateColumn(),
        TimeElapsedColumn(),
        LeftColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bars:
        yield steps(bars)


def steps(bars: Bars) -> Step:
    """Return the callback that gives each step a bar of its own and ends the one before it."""

    def step(name: str) -> Progress:
        for task in bars.task_ids:
            bars.stop_task(task)
        return bar(bars, bars.add_task(name, total=None))

    return step


def bar(bars: Bars, task: TaskID) -> Progress:
    """Return the callback that moves one bar."""

    def progress(done: int, expected: int | None) -> None:
        bars.update(task, completed=done, total=expected)

    return progress


def lines(
    task: str, *, every_s: float = LINE_EVERY_S, clock: Callable[[], float] = time.monotonic
) -> Progress:
    """Return the callback that writes a plain line now and then, for a log."""
    began = said = clock()

    def progress(done: int, expected: int | None) -> None:
        nonlocal said
        now = clock()
        if now - said < every_s:
            return
        said = now
        rate = done / (now - began)
        whole = f" of {expected:,}" if expected else ""
        left = f", {(expected - done) / rate:,.0f} s left" if expected and rate else ""
        remark(f"{task}: {done:,}{whole}, {rate:,.0f}/s{left}")

    return progress
