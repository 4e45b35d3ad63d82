"""The tables of docs/scaling.md that follow from the measured curves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.servers import MEDALGRAPH, OXIGRAPH

from .plan import (
    IN_MEMORY,
    LIMITS,
    MIX,
    SIZES,
    breaks,
    parted,
    single,
    traffic,
)
from .report import figure, short

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .fitting import Fit
    from .plan import Laws
    from .results import Step

_ENGINES = (MEDALGRAPH, OXIGRAPH)
_CITED = (
    ("load", "processor s"),
    ("load: memory", "MiB"),
    ("store", "MiB"),
    ("memory", "MiB"),
    *((what, "processor s") for what in MIX),
    ("medal table of a Games", "processor s"),
    ("medal table of all time", "processor s"),
    ("text in all names", "processor s"),
)


def planned(laws: Laws) -> dict[str, str]:
    """Return each table by its name."""
    return {
        "formulas": _formulas(laws),
        "one store": _singles(laws),
        "parts": _parts(laws),
        "requests": _traffic(laws),
        "machines": _machines(laws),
        "breaks": _breaks(laws),
    }


def runs(steps: Sequence[Step]) -> str:
    """Return when each step was measured, and how busy the machine was."""
    heads = ("statements", "step", "began (UTC)", "load before", "after", "not measured")
    rows = (
        (
            short(step.statements),
            step.name,
            step.when.removesuffix("+00:00").replace("T", " "),
            f"{step.load[0]:.1f}",
            f"{step.load[1]:.1f}",
            step.failed,
        )
        for step in steps
    )
    return markdown(heads, rows)


def markdown(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; all columns but the first are of numbers."""
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _formulas(laws: Laws) -> str:
    heads = ("what, in unit", *_ENGINES, IN_MEMORY)
    rows = []
    for what, unit in _CITED:
        cells = (
            laws.law(what, engine, unit).formula if laws.has(what, engine, unit) else ""
            for engine in (*_ENGINES, IN_MEMORY)
        )
        rows.append((f"{what}, {unit}", *cells))
    return markdown(heads, rows)


def _singles(laws: Laws) -> str:
    heads = (
        *("statements", "engine", "load (processor h)", "memory of a load (GiB)"),
        *("disk (GiB)", "memory of a server (GiB)", "fits", "beyond what was measured"),
    )
    rows = []
    for size in SIZES:
        for engine in _ENGINES:
            one = single(laws, engine, size)
            cells = (_ranged(laws.law(*curve), size, unit) for curve, unit in _measures(engine))
            fits = "yes" if one.fits else "no"
            rows.append((short(size), engine, *cells, fits, f"{figure(one.beyond)} times"))
    return markdown(heads, rows)


def _measures(engine: str) -> tuple[tuple[tuple[str, str, str], float], ...]:
    """Return the curves of one store, each with how many of its unit make one of the table."""
    return (
        (("load", engine, "processor s"), 3_600),
        (("load: memory", engine, "MiB"), 1_024),
        (("store", engine, "MiB"), 1_024),
        (("memory", engine, "MiB"), 1_024),
    )


def _ranged(law: Fit, statements: int, unit: float) -> str:
    """Return a value, and between which it lies as the exponent does with 95 % confidence."""
    value, ends = figure(law.at(statements) / unit), law.between(statements)
    if ends is None:
        return value
    return f"{value} ({' to '.join(figure(end / unit) for end in ends)})"


def _parts(laws: Laws) -> str:
    heads = (
        *("statements", "engine", "with copies", "stores", "on a machine", "machines"),
        *("disk (GiB)", "load (processor h)", "load (h)", "load (€)"),
    )
    rows = []
    for size in SIZES:
        for engine in _ENGINES:
            one = parted(laws, engine, size)
            counts = (one.parts, one.a_machine, one.machines)
            numbers = (one.disk_gib, one.load_h, one.load_wall_h, one.load_price)
            rows.append(
                (
                    short(size),
                    f"{engine}, {short(one.part)} a store",
                    short(float(f"{one.copied:.3g}")),
                    *(f"{count:,}" for count in counts),
                    *map(figure, numbers),
                )
            )
    return markdown(heads, rows)


def _traffic(laws: Laws) -> str:
    heads = (
        *("statements in a store", "engine", "processor ms a request", "processors", "machines"),
        *("behind a cache: processor ms", "processors", "machines"),
    )
    rows = []
    for size in _inside(laws):
        for engine in (MEDALGRAPH, IN_MEMORY):
            if all(laws.has(what, engine, "processor s") for what in MIX):
                cells: list[str] = []
                for behind_cache in (False, True):
                    one = traffic(laws, engine, size, behind_cache=behind_cache)
                    cells += figure(one.each_ms), figure(one.cores), f"{one.machines:,}"
                rows.append((short(size), engine, *cells))
    return markdown(heads, rows)


def _machines(laws: Laws) -> str:
    heads = (
        *("statements", "hold everything once", "hold it twice", "answer the requests"),
        *("answer what a cache leaves", "in all, without a cache", "in all, behind one"),
    )
    rows = []
    for size in SIZES:
        once = parted(laws, MEDALGRAPH, size)
        asked, left = (
            traffic(laws, MEDALGRAPH, once.part, behind_cache=behind_cache).machines
            for behind_cache in (False, True)
        )
        twice = 2 * once.machines
        counts = (once.machines, twice, asked, left, max(twice, asked), max(twice, left))
        rows.append((short(size), *(f"{count:,}" for count in counts)))
    return markdown(heads, rows)


def _inside(laws: Laws) -> list[int]:
    """Return sizes of a store at which something was measured, the largest last."""
    largest = laws.largest("load", MEDALGRAPH, "processor s")
    return [size for size in (1_000_000, 5_000_000) if size < largest] + [largest]


def _breaks(laws: Laws) -> str:
    heads = ("what holds", "curve", "limit", "up to about")
    rows = []
    for limit, reached in breaks(laws):
        what, engine, unit = limit.curve
        until = "does not grow" if reached is None else short(float(f"{reached:.2g}"))
        rows.append((limit.what, f"{what}, {engine}", f"{figure(limit.limit)} {unit}", until))
    missing = [limit.what for limit in LIMITS if not laws.has(*limit.curve)]
    rows += [(what, "", "", "not measured") for what in missing]
    return markdown(heads, rows)
