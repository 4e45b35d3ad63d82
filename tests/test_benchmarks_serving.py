"""The benchmark of serving measures real servers, and its table says what it measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks import serving
from benchmarks.servers import MEDALGRAPH, all_servers
from benchmarks.serving import Cell, Question
from graph.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.servers import Server


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Server]]:
    folder: Path = tmp_path_factory.mktemp("serving")
    with Store.create(folder / "store") as store:
        store.update('INSERT DATA { nation:AZE rdfs:label "Azerbaijan"@en }')
    with all_servers(folder / "store", folder, [MEDALGRAPH]) as found:
        yield found


def test_every_request_of_every_client_is_timed(servers: list[Server]) -> None:
    asked = [Question("all", ("SELECT * { ?s ?p ?o }",), 3)]
    cells = serving.measure(servers, asked, rounds=2, clients=[1, 2], tell=lambda _: None)
    assert [(cell.question, cell.clients) for cell in cells] == [("all", 1), ("all", 2)]
    assert [len(cell.times[MEDALGRAPH]) for cell in cells] == [6, 12]
    assert all(second > 0 for cell in cells for second in cell.times[MEDALGRAPH])


def test_asking_again_with_the_tag_is_timed_as_304(servers: list[Server]) -> None:
    first, again = serving.unchanged(servers[0], Question("all", ("SELECT * { ?s ?p ?o }",), 1))
    assert first > 0
    assert again > 0


def test_the_table_has_medians_and_ratios() -> None:
    cell = Cell("look-up", 8, {MEDALGRAPH: [0.001, 0.004, 0.002], "peer": [0.001, 0.001]})
    lines = serving.table([cell], ["peer"]).splitlines()
    assert lines[0] == "| query | clients | medalgraph (ms) | peer (ms) | to peer |"
    assert lines[2] == "| look-up | 8 | 2.00 | 1.00 | 2.00 |"
