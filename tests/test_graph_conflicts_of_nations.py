"""What two real tables call the nations of Paris 2024 differently, settled and said again.

The names were looked up in the tables: ``country`` of athletes.csv (of IRI, which it shortens,
``country_long``), and the "CLDR display name" of country-codes.csv.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from graph.conflicts import conflicts, settle_by_priority
from graph.engines.memory import MemoryDraft
from graph.gate import Gate, load_shapes
from graph.importers import IMPORTERS
from graph.importers.rehearsal import rehearsal
from graph.importers.tables import RejectFile
from graph.lexical import as_stored
from graph.names import RDFS_LABEL, Names
from graph.progress import silent
from graph.sources import all_set_aside
from graph.terms import Literal

if TYPE_CHECKING:
    from pathlib import Path

    from graph.terms import Quad

NAMES = Names()
CODES = NAMES.graph("country-codes")
NATIONS = NAMES.of("nation", "X").value.removesuffix("X")
DIFFER = {
    "GBR": ("Great Britain", "UK"),
    "HKG": ("Hong Kong, China", "Hong Kong"),
    "IRI": ("Islamic Republic of Iran", "Iran"),
    "KOR": ("Korea", "South Korea"),
    "TPE": ("Chinese Taipei", "Taiwan"),
    "USA": ("United States", "US"),
}
SHAPES = load_shapes()


@cache
def said(data: Path) -> frozenset[Quad]:
    """Return what both tables say of nations, with the descriptions of the two."""
    found: set[Quad] = set()
    for name, folder in (
        ("country-codes", "country-codes"),
        ("paris-2024-paralympics", "paris2024-paralympics"),
    ):
        with RejectFile(None) as rejects:
            convert = IMPORTERS[name].convert
            quads = convert(data / folder, names=NAMES, rejects=rejects, progress=silent)
            found.update(quad for quad in map(as_stored, quads) if _is_of_nations(quad))
    return frozenset(found)


def _is_of_nations(quad: Quad) -> bool:
    return quad.graph_name == NAMES.meta or str(quad.subject).startswith(f"<{NATIONS}")


def test_the_tables_call_nations_differently_and_each_is_one_conflict(shared_data: Path) -> None:
    found = conflicts(MemoryDraft(said(shared_data)), NAMES, SHAPES.single_valued())
    names = {
        each.subject.value.removeprefix(NATIONS): tuple(value.value for value, _ in each.values)
        for each in found
        if each.predicate == RDFS_LABEL
    }
    assert {code: names[code] for code in DIFFER} == DIFFER
    assert [each.subject.value.removeprefix(NATIONS) for each in found if each.is_spelling] == [
        "CIV"
    ]


def test_the_list_the_checks_and_the_rehearsal_count_the_same(shared_data: Path) -> None:
    state = MemoryDraft(said(shared_data))
    before = MemoryDraft(quad for quad in said(shared_data) if quad.graph_name != CODES)
    listed = conflicts(state, NAMES, SHAPES.single_valued())
    warned = [
        problem
        for problem in Gate(SHAPES).check_all(state).warnings
        if "The sources give" in problem.message
    ]
    rehearsed = rehearsal(before, state, CODES, SHAPES.single_valued())
    assert len(listed) > len(DIFFER)
    assert len(warned) == rehearsed.conflicting.count == len(listed)


def test_once_settled_a_nation_has_one_name_and_the_table_can_be_said_again(
    shared_data: Path,
) -> None:
    state = MemoryDraft(said(shared_data))
    single = SHAPES.single_valued()
    state.apply(settle_by_priority(state, NAMES, conflicts(state, NAMES, single)))
    assert conflicts(state, NAMES, single) == []
    labels = {quad.object for quad in state.quads(NAMES.of("nation", "KOR"), RDFS_LABEL)}
    assert Literal("Korea", language="en") in labels
    assert Literal("South Korea", language="en") not in labels
    instead = all_set_aside(state, CODES)
    again = {
        each
        for quad in said(shared_data)
        if quad.graph_name == CODES
        for each in instead.get(quad, (quad,))
    }
    assert again == set(state.quads(graph=CODES))
