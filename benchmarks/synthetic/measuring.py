"""Measures the shape of a set of statements, real or made up, in the same way.

Run it with::

    python -m benchmarks.synthetic.measuring bundled
    python -m benchmarks.synthetic.measuring olympic-120-years FOLDER_OF_ITS_TABLES
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.importers import IMPORTERS
from graph.importers.bundled import bundled_sources
from graph.importers.tables import RejectFile
from graph.names import DEFAULT_BASE, RDF_TYPE, RDFS_LABEL, Names, local_name
from graph.progress import silent
from graph.rdf import read_quads
from graph.terms import Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graph.terms import Quad

LEVELS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)
"""The quantiles that are told of a distribution."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The shape of some statements; names are the ends of IRIs.

    Attributes:
        statements: how many there are.
        repeated: the share of statements that an earlier one says too, in another source.
        literals: the share of statements whose object is a literal.
        in_english: the share of literals with the language ``en``; no other language is met.
        predicates: the share of each predicate.
        nodes: how many things of each class there are.
        values: by class and predicate, how many values a thing has on average.
        labels: by class, the quantiles of the characters of a label.
        iris: by class, how many characters an IRI has on average.
        reached: by class and predicate, the quantiles of how many statements with that
            predicate, of things of that class, lead to the things that any lead to.
        out: by class, the quantiles of how many statements a thing is the subject of.

    """

    statements: int
    repeated: float
    literals: float
    in_english: float
    predicates: dict[str, float]
    nodes: dict[str, int]
    values: dict[tuple[str, str], float]
    labels: dict[str, tuple[int, ...]]
    iris: dict[str, float]
    reached: dict[tuple[str, str], tuple[int, ...]]
    out: dict[str, tuple[int, ...]]


def quantiles(values: Iterable[int]) -> tuple[int, ...]:
    """Return the values at ``LEVELS``, each one that occurs."""
    ranked = sorted(values)
    return tuple(ranked[min(len(ranked) - 1, int(len(ranked) * level))] for level in LEVELS)


def measure(quads: Iterable[Quad]) -> Measured:
    """Measure statements, all of which are held in memory meanwhile."""
    said = list(quads)
    kinds = {str(q.subject): local_name(q.object) for q in said if q.predicate == RDF_TYPE}
    nodes = Counter(kinds.values())
    literals = [q.object for q in said if isinstance(q.object, Literal)]
    predicates = Counter(local_name(q.predicate) for q in said)
    values = Counter((kinds[str(q.subject)], local_name(q.predicate)) for q in said)
    labels, iris = defaultdict(list), defaultdict(list)
    leads: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    out: defaultdict[str, Counter[object]] = defaultdict(Counter)
    for quad in said:
        kind = kinds[str(quad.subject)]
        out[kind][quad.subject] += 1
        if quad.predicate == RDFS_LABEL and isinstance(quad.object, Literal):
            labels[kind].append(len(quad.object.value))
        if (reached := str(quad.object)) in kinds:
            leads[kind, local_name(quad.predicate)][reached] += 1
    for node, kind in kinds.items():
        iris[kind].append(len(node) - 2)
    return Measured(
        statements=len(said),
        repeated=1 - len({q.triple for q in said}) / len(said),
        literals=len(literals) / len(said),
        in_english=sum(literal.language == "en" for literal in literals) / len(literals),
        predicates={name: count / len(said) for name, count in predicates.items()},
        nodes=dict(nodes),
        values={key: count / nodes[key[0]] for key, count in values.items()},
        labels={kind: quantiles(lengths) for kind, lengths in labels.items()},
        iris={kind: sum(lengths) / len(lengths) for kind, lengths in iris.items()},
        reached={key: quantiles(counts.values()) for key, counts in leads.items()},
        out={kind: quantiles(counts.values()) for kind, counts in out.items()},
    )


def bundled_quads() -> Iterator[Quad]:
    """Yield what the bundled sources say."""
    for source in bundled_sources():
        with source.open() as stream:
            yield from read_quads(stream, format=source.format, base_iri=f"{DEFAULT_BASE}/")


def imported_quads(importer: str, tables: Path) -> Iterator[Quad]:
    """Yield what an importer makes of a folder of tables."""
    with RejectFile(None) as rejects:
        convert = IMPORTERS[importer].convert
        yield from convert(tables, names=Names(), rejects=rejects, progress=silent)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the shape of a real set."""
    name, *folder = sys.argv[1:] if arguments is None else arguments
    quads = imported_quads(name, Path(folder[0])) if folder else bundled_quads()
    found = measure(quads)
    for field in Measured.__slots__:
        value = getattr(found, field)
        if isinstance(value, dict):
            print(f"{field}:")
            for key, one in sorted(value.items(), key=str):
                print(f"    {key}: {one}")
        else:
            print(f"{field}: {value}")


if __name__ == "__main__":
    main()
