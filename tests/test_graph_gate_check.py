"""A problem is told once, and named with the source that states it."""

from __future__ import annotations

import pytest

from graph.engines.memory import MemoryEngine
from graph.errors import ShapeViolation
from graph.store import Store

TALLY = """INSERT DATA { GRAPH graph:%s {
  <http://ex/t> a mg:Tally ; mg:nation nation:AZE ;
    mg:gold 2 ; mg:silver 1 ; mg:bronze 0 ; mg:total 5 } }"""


def sums_refused(*sources: str) -> list[tuple[str, str]]:
    """State a tally that does not add up in some sources; return what is said of its sum."""
    store = Store(MemoryEngine())
    with pytest.raises(ShapeViolation) as refused:
        store.update(";".join(TALLY % source for source in sources))
    return sorted(
        (problem.message.partition(".")[0], str(problem.graph).rpartition("/")[2].rstrip(">"))
        for problem in refused.value.report.problems
        if "add up" in problem.message
    )


def test_what_one_source_states_is_told_of_that_source_alone() -> None:
    assert sums_refused("a") == [("Gold, silver and bronze do not add up to the total", "a")]


def test_what_two_sources_state_is_told_of_both() -> None:
    said = "Gold, silver and bronze do not add up to the total"

    assert sums_refused("a", "b") == [(said, "a"), (said, "b")]
