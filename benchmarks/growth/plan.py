"""Computes what a graph of any size would take from the measured curves, and says by which formula.

Nothing here is measured at the sizes that it speaks of: a curve is taken beyond the points
that it was fitted to, and ``Single.beyond`` says how far.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, exp, log
from typing import TYPE_CHECKING

from benchmarks.servers import MEDALGRAPH, OXIGRAPH

from .report import curves

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .fitting import Fit
    from .results import Sample

SIZES = (100_000_000, 1_000_000_000, 10_000_000_000)
"""How many statements are planned for."""
REQUESTS = 10_000
"""How many requests a second are planned for."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What a machine of the plan has; an assumption, not a measurement.

    Attributes:
        busy: the share of the processors that may be in use, so that none has to wait long.
        price: euros an hour.

    """

    cores: int = 16
    memory_gib: float = 128.0
    disk_gib: float = 1_920.0
    busy: float = 0.6
    price: float = 0.8


MACHINE = Machine()
SPARE_DISK = 2.0
"""A store that is loaded or whose files are merged needs as much again."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of request; both numbers are assumptions.

    Attributes:
        share: of all requests.
        kept: how many of them a cache in front answers.

    """

    share: float
    kept: float


MIX = {
    "look-up": Kind(0.55, 0.8),
    "page of a person": Kind(0.25, 0.8),
    "page of a medal table": Kind(0.10, 0.99),
    "names as one types": Kind(0.06, 0.5),
    "career of a person": Kind(0.03, 0.5),
    "shortest paths": Kind(0.01, 0.5),
}
"""Of what requests consist. What reads everything is not among them: it is counted once a
commit and kept. There are few medal tables, so nearly all of them are kept too."""

AGAIN = 1.38
"""At how many Games a person is, on average: the 120-years table, 1896 to 2016."""
PEOPLE = 0.254
"""The share of statements about people themselves, in the 120-years table."""


_FLAT = 0.05
"""A curve that rises less is taken for one that does not rise."""
_LARGEST = log(1e15)
"""No graph has more statements."""


class Laws:
    """The fitted curves by what they are of.

    Args:
        samples: what was measured.

    """

    def __init__(self, samples: Iterable[Sample]) -> None:
        every = curves(samples)
        self._laws: dict[tuple[str, str, str], Fit] = {
            (one.what, one.engine, one.unit): one.law for one in every if one.law is not None
        }
        self._largest = {
            (one.what, one.engine, one.unit): one.samples[-1].statements for one in every
        }

    def has(self, what: str, engine: str, unit: str) -> bool:
        """Tell whether there is a curve."""
        return (what, engine, unit) in self._laws

    def law(self, what: str, engine: str, unit: str) -> Fit:
        """Return a curve."""
        return self._laws[what, engine, unit]

    def largest(self, what: str, engine: str, unit: str) -> int:
        """Return the largest size at which something was measured."""
        return self._largest[what, engine, unit]

    def at(self, what: str, engine: str, unit: str, statements: float) -> float:
        """Return what a curve says at a number of statements, measured or not."""
        return self.law(what, engine, unit).at(statements)

    def reaches(self, what: str, engine: str, unit: str, limit: float) -> float | None:
        """Return at how many statements a curve reaches a limit: (limit / a)^(1 / b).

        None if it does not rise, or only beyond any graph that could be.
        """
        law = self.law(what, engine, unit)
        if law.exponent < _FLAT:
            return None
        power = log(limit / law.factor) / law.exponent
        return exp(power) if power < _LARGEST else None


@dataclass(frozen=True, slots=True)
class Single:
    """One store that holds everything.

    Attributes:
        load_h: hours of one processor to load it.
        load_gib: memory meanwhile.
        disk_gib: disk afterwards.
        serve_gib: memory of the server.
        beyond: how many times the largest measured size that is.

    """

    engine: str
    statements: int
    load_h: float
    load_gib: float
    disk_gib: float
    serve_gib: float
    beyond: float

    @property
    def fits(self) -> bool:
        """Whether it can be loaded into one machine of the plan and served there."""
        return (
            max(self.load_gib, self.serve_gib) <= MACHINE.memory_gib
            and self.disk_gib * SPARE_DISK <= MACHINE.disk_gib
        )


def single(laws: Laws, engine: str, statements: int) -> Single:
    """Return what one store would take."""
    largest = laws.largest("load", engine, "processor s")
    return Single(
        engine=engine,
        statements=statements,
        load_h=laws.at("load", engine, "processor s", statements) / 3_600,
        load_gib=laws.at("load: memory", engine, "MiB", statements) / 1_024,
        disk_gib=laws.at("store", engine, "MiB", statements) / 1_024,
        serve_gib=laws.at("memory", engine, "MiB", statements) / 1_024,
        beyond=statements / largest,
    )


@dataclass(frozen=True, slots=True)
class Parted:
    """Many stores, each with whole Games, all as large as the largest that was measured.

    Attributes:
        part: how many statements a store holds.
        copied: statements in all, with those that are in several stores.
        parts: how many stores there are.
        a_machine: how many stores one machine holds.
        machines: how many machines hold one copy of everything.
        load_h: hours of one processor to load all of it.
        load_wall_h: hours until it is loaded, where every machine loads as many stores at a
            time as its memory and half of its processors let it.
        load_price: euros for these hours of the machines.
        disk_gib: disk of all stores.

    """

    engine: str
    statements: int
    part: int
    copied: float
    parts: int
    a_machine: int
    machines: int
    load_h: float
    load_wall_h: float
    load_price: float
    disk_gib: float


def parted(laws: Laws, engine: str, statements: int) -> Parted:
    """Return what stores of the largest measured size would take."""
    part = laws.largest("load", engine, "processor s")
    one = single(laws, engine, part)
    copied = statements * (1 + PEOPLE * (AGAIN - 1))
    parts = ceil(copied / part)
    a_machine = max(
        1,
        int(
            min(
                MACHINE.memory_gib * 0.75 / one.serve_gib,
                MACHINE.disk_gib / (one.disk_gib * SPARE_DISK),
                MACHINE.cores,
            )
        ),
    )
    machines = ceil(parts / a_machine)
    at_a_time = max(1, int(min(MACHINE.cores / 2, MACHINE.memory_gib * 0.75 / one.load_gib)))
    rounds = ceil(ceil(parts / machines) / at_a_time)
    wall = rounds * one.load_h
    return Parted(
        engine=engine,
        statements=statements,
        part=part,
        copied=copied,
        parts=parts,
        a_machine=a_machine,
        machines=machines,
        load_h=parts * one.load_h,
        load_wall_h=wall,
        load_price=wall * machines * MACHINE.price,
        disk_gib=parts * one.disk_gib,
    )


@dataclass(frozen=True, slots=True)
class Traffic:
    """What so many requests a second take.

    Attributes:
        each_ms: processor milliseconds of a request, on average.
        cores: processors in use.
        machines: machines that have as many.

    """

    each_ms: float
    cores: float
    machines: int


def traffic(laws: Laws, engine: str, statements: float, *, behind_cache: bool) -> Traffic:
    """Return what the requests of the plan take of replicas of one store or part."""
    each = 0.0
    for what, kind in MIX.items():
        left = kind.share * ((1 - kind.kept) if behind_cache else 1)
        each += left * laws.at(what, engine, "processor s", statements)
    cores = REQUESTS * each
    return Traffic(each * 1e3, cores, ceil(cores / (MACHINE.cores * MACHINE.busy)))


@dataclass(frozen=True, slots=True)
class Limit:
    """Something that stops working as the store grows.

    Attributes:
        what: in words.
        curve: the measured thing, the engine and the unit.
        limit: in that unit.

    """

    what: str
    curve: tuple[str, str, str]
    limit: float


_MEMORY = MACHINE.memory_gib * 1_024
IN_MEMORY = f"{MEDALGRAPH}, in memory"
LIMITS = (
    Limit(
        "the page of all Paralympic Games comes within 10 s",
        ("page of all Paralympic Games", MEDALGRAPH, "processor s"),
        10,
    ),
    Limit(
        "the page of a medal table comes within 10 s",
        ("page of a medal table", MEDALGRAPH, "processor s"),
        10,
    ),
    Limit(
        "a server holds the graph in 4 GiB, the usual setting", ("memory", IN_MEMORY, "MiB"), 4_096
    ),
    Limit(
        f"a server holds it in {MACHINE.memory_gib:.0f} GiB", ("memory", IN_MEMORY, "MiB"), _MEMORY
    ),
    Limit(
        "a load fits into 4 GiB, the usual setting of a change",
        ("load: memory", MEDALGRAPH, "MiB"),
        4_096,
    ),
    Limit(
        f"a load fits into {MACHINE.memory_gib:.0f} GiB",
        ("load: memory", MEDALGRAPH, "MiB"),
        _MEMORY,
    ),
    Limit("a load takes an hour of one processor", ("load", MEDALGRAPH, "processor s"), 3_600),
    Limit("a load takes a day of one processor", ("load", MEDALGRAPH, "processor s"), 86_400),
    Limit(
        "a service has started and made its index in ten minutes of one processor",
        ("start", MEDALGRAPH, "processor s"),
        600,
    ),
    Limit(
        "the table of all time is counted in 10 s, the usual limit",
        ("medal table of all time", MEDALGRAPH, "processor s"),
        10,
    ),
    Limit(
        "a filter looks through all names in 10 s",
        ("text in all names", MEDALGRAPH, "processor s"),
        10,
    ),
    Limit(
        "the store fits on half of a disk",
        ("store", MEDALGRAPH, "MiB"),
        MACHINE.disk_gib / SPARE_DISK * 1_024,
    ),
    Limit("oxigraph: a load fits into the memory", ("load: memory", OXIGRAPH, "MiB"), _MEMORY),
    Limit(
        "oxigraph: the table of all time is counted in 10 s",
        ("medal table of all time", OXIGRAPH, "processor s"),
        10,
    ),
    Limit(
        "oxigraph: the store fits on half of a disk",
        ("store", OXIGRAPH, "MiB"),
        MACHINE.disk_gib / SPARE_DISK * 1_024,
    ),
)
"""What is looked for on the curves."""


def breaks(laws: Laws) -> list[tuple[Limit, float | None]]:
    """Return up to how many statements each limit is kept, the first to break first."""
    known = [limit for limit in LIMITS if laws.has(*limit.curve)]
    found = [(limit, laws.reaches(*limit.curve, limit.limit)) for limit in known]
    return sorted(found, key=lambda pair: pair[1] or float("inf"))
