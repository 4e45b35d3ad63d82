"""What was measured: kept in a file a step, read again as one table."""

from __future__ import annotations

import json
import os
import platform
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Sample:
    """One thing measured at one size, perhaps several times.

    Attributes:
        what: what was measured, such as ``load``.
        engine: of which engine.
        unit: ``s``, ``processor s``, ``MiB`` or ``rows``.
        statements: how many the store holds.
        values: each measurement, in order.

    """

    what: str
    engine: str
    unit: str
    statements: int
    values: tuple[float, ...]

    @property
    def least(self) -> float:
        """The smallest of the values."""
        return min(self.values)

    @property
    def middle(self) -> float:
        """The median of the values."""
        return median(self.values)


@dataclass(frozen=True, slots=True)
class Step:
    """What one step of one size gave.

    Attributes:
        when: its beginning, UTC.
        load: how many processes waited for the processors or used them when it began and
            when it ended, on average over the minute before.
        failed: why there is less than there should be; empty if all is there.

    """

    statements: int
    name: str
    when: str
    load: tuple[float, float]
    samples: tuple[Sample, ...]
    failed: str = ""


def now() -> str:
    """Return the time, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def load() -> float:
    """Return how busy the machine was in the last minute."""
    return os.getloadavg()[0]


def machine() -> str:
    """Say what the programs run on."""
    name = ""
    with suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        name = next((line.partition(": ")[2] for line in lines if "model name" in line), "")
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / (1 << 30)
    cores = os.cpu_count()
    python = platform.python_version()
    return f"{cores} cores ({name or platform.machine()}), {memory:.0f} GiB, Python {python}"


def write(step: Step, folder: Path) -> None:
    """Keep a step; a run that is cut leaves it whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    path = place(folder, step.statements, step.name)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(step), indent=1) + "\n", encoding="utf-8")
    fresh.replace(path)


def place(folder: Path, statements: int, name: str) -> Path:
    """Return where a step is kept."""
    return folder / f"{statements:012}-{name.replace(' ', '-')}.json"


def read(folder: Path) -> list[Step]:
    """Return the steps that are kept, the smallest size first."""
    return [read_step(path) for path in sorted(folder.glob("*.json"))]


def read_step(path: Path) -> Step:
    """Return a step from its file."""
    return step_of(json.loads(path.read_text("utf-8")))


def step_of(told: dict[str, object]) -> Step:
    """Return a step from its JSON."""
    samples = tuple(
        Sample(**(one | {"values": tuple(one["values"])}))
        for one in told["samples"]  # type: ignore[attr-defined] # as it was written
    )
    return Step(**(told | {"samples": samples, "load": tuple(told["load"])}))  # type: ignore[arg-type] # as it was written


def samples(steps: Iterable[Step]) -> list[Sample]:
    """Return all that was measured."""
    return [sample for step in steps for sample in step.samples]
