"""The benchmark of serving measures real servers, and its table says what it measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks import serving
from benchmarks.servers import AGAIN, MEDALGRAPH, all_servers
from benchmarks.serving import JSON, Cell, Client, Question, Rate
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
    with all_servers(folder / "store", folder, [MEDALGRAPH, AGAIN]) as found:
        yield found


def test_every_request_of_every_client_is_timed(servers: list[Server]) -> None:
    asked = [Question("all", ("SELECT * { ?s ?p ?o }",), 3)]
    cells = serving.measure(servers, asked, rounds=2, clients=[1, 2], tell=lambda _: None)
    assert [(cell.question, cell.clients) for cell in cells] == [("all", 1), ("all", 2)]
    for name in (MEDALGRAPH, AGAIN):
        assert [len(cell.times[name]) for cell in cells] == [6, 12]
        assert all(second > 0 for cell in cells for second in cell.times[name])


def test_asking_again_with_the_tag_is_timed_as_304(servers: list[Server]) -> None:
    first, again = serving.unchanged(servers[0], Question("all", ("SELECT * { ?s ?p ?o }",), 1))
    assert first > 0
    assert again > 0


def test_one_server_works_each_answer_out_and_the_other_gives_them_again(
    servers: list[Server],
) -> None:
    hits = []
    for server in servers:
        with Client(server, 1) as client:
            for _ in range(3):
                client.ask("SELECT ?kept { ?kept ?p ?o }")
            numbers = client.get("/metrics", accept=JSON)[2].decode()
        told = 'medalgraph_kept_hits_total{kind="reply"} '
        hits.append(float(numbers.partition(told)[2].partition("\n")[0]))
    assert hits[0] == 0
    assert hits[1] >= 2


def test_pages_are_counted_by_the_second_and_with_the_work_that_they_make(
    servers: list[Server],
) -> None:
    said: list[str] = []
    found = serving.rates(servers, "/ontology", rounds=2, clients=[1, 2], tell=said.append)
    assert [(rate.server, rate.clients) for rate in found] == [
        (name, number) for number in (1, 2) for name in (MEDALGRAPH, AGAIN)
    ]
    assert len(said) == 8
    for rate in found:
        assert len(rate.second) == len(rate.work_s) == 2
        assert min(rate.second) > 0
        assert max(rate.work_s) > 0


def test_the_table_has_medians_and_ratios() -> None:
    times = {MEDALGRAPH: [0.001, 0.004, 0.002], AGAIN: [0.0002], "peer": [0.001, 0.001]}
    lines = serving.table([Cell("look-up", 8, times)], ["peer"]).splitlines()
    assert lines[0] == (
        "| query | clients | medalgraph (ms) | again (ms) | peer (ms) | to peer | again |"
    )
    assert lines[2] == "| look-up | 8 | 2.00 | 0.20 | 1.00 | 2.00 | 0.200 |"


def test_the_table_of_pages_has_median_least_and_most() -> None:
    rate = Rate(AGAIN, 8, [1500.0, 1000.4, 2000.0], [0.00051, 0.0007, 0.0005])
    lines = serving.rate_table([rate]).splitlines()
    assert lines[0] == "| server | clients | pages a second | least | most | processor ms a page |"
    assert lines[2] == "| medalgraph, again | 8 | 1,500 | 1,000 | 2,000 | 0.51 |"
