"""A running service is asked what OpenRefine asks, in the bytes that OpenRefine sends.

What it sends was read in its source, version 3.10: StandardReconConfig and HttpClient for cells,
GuessTypesOfColumnCommand for types, ReconciledDataExtensionJob for values, and its scripts for
the manifest, suggestions and previews.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pytest

from .bundled_service import bundled_store
from .reconciliation_schemas import faults
from .running_service import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .running_service import Reply, RunningService

HERE = "http://127.0.0.1:3333"
SCRIPT = {"Accept": "application/json, text/javascript, */*; q=0.01", "Origin": HERE}
JAVA = {
    "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
    "Accept-Encoding": "identity",
    "User-Agent": "OpenRefine/3.10 [TRUNK]",
}
NAMES = ["Roman Saleh", "Lamiyə Vəliyeva", "ISRAFILOV Veli", "Imadaddin Khalilov", "Nobody Else"]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with running(bundled_store(tmp_path_factory.mktemp("openrefine"))) as started:
        started.wait_for_search()
        yield started


def told(reply: Reply) -> Any:  # noqa: ANN401 - JSON
    assert reply.status == 200, reply.body.decode()
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    return json.loads(reply.body)


def sent(service: RunningService, name: str, value: str) -> Any:  # noqa: ANN401 - JSON
    body = urlencode({name: value}).encode()
    return told(service.request("POST", "/reconcile", body=body, headers=JAVA))


def cell(name: str) -> str:
    """Return the query of one cell, as Jackson writes it."""
    properties = '[{"pid":"nation","v":"Azerbaijan"},{"pid":"year","v":2024}]'
    text = json.dumps(name, ensure_ascii=False)
    return f'{{"query":{text},"type":"Person","type_strict":"should","properties":{properties}}}'


def test_the_service_is_added_by_its_manifest(service: RunningService) -> None:
    manifest = told(service.request("GET", "/reconcile", headers=SCRIPT))
    assert faults("0.2", "manifest", manifest) == []


def test_the_types_of_a_column_are_guessed_from_ten_cells(service: RunningService) -> None:
    queries = {f"q{n}": {"query": name, "limit": 3} for n, name in enumerate(NAMES * 2)}
    answer = sent(service, "queries", json.dumps(queries, separators=(",", ":")))
    assert set(answer) == set(queries)
    assert answer["q0"]["result"][0]["type"] == [{"id": "Person", "name": "Person"}]


def test_properties_of_the_type_are_suggested_for_another_column(service: RunningService) -> None:
    asked = urlencode({"prefix": "nat", "type": "Person"})
    found = told(service.request("GET", f"/reconcile/suggest/property?{asked}", headers=SCRIPT))
    assert found["result"][0]["id"] == "nation"


def test_a_batch_of_ten_cells_is_answered(service: RunningService) -> None:
    cells = ",".join(f'"q{n}":{cell(name)}' for n, name in enumerate(NAMES * 2))
    answer = sent(service, "queries", f"{{{cells}}}")
    assert faults("0.2", "reconciliation-result-batch", answer) == []
    matched = {
        key: one["id"] for key, each in answer.items() for one in each["result"] if one["match"]
    }
    assert [matched.get(f"q{n}", "").partition("/")[2] for n in range(len(NAMES))] == [
        "raman-salei-1994",
        "lamiya-valiyeva-2002",
        "vali-israfilov-2002",
        "imamaddin-khalilov-1998",
        "",
    ]


def test_a_nation_that_was_reconciled_before_is_evidence_too(service: RunningService) -> None:
    nation = {"id": "nation/AZE", "name": "Azerbaijan"}
    query = {"query": "Raman Salei", "properties": [{"pid": "nation", "v": nation}]}
    answer = sent(service, "queries", json.dumps({"q0": query}))
    assert answer["q0"]["result"][0]["match"] is True


def test_a_thing_is_looked_for_by_what_is_typed(service: RunningService) -> None:
    asked = urlencode({"prefix": "Raman Sal"})
    found = told(service.request("GET", f"/reconcile/suggest/entity?{asked}", headers=SCRIPT))
    assert found["result"][0]["id"] == "person/raman-salei-1994"


def test_a_preview_is_framed_by_the_address_that_javascript_makes(service: RunningService) -> None:
    manifest = told(service.request("GET", "/reconcile", headers=SCRIPT))
    address = manifest["preview"]["url"].replace("{{id}}", "person/raman-salei-1994")
    path = quote(address, safe=";,/?:@&=+$-_.!~*'()#").partition(str(service.port))[2]
    shown = service.request("GET", path, headers={"Accept": "text/html"})
    assert shown.status == 200
    assert "frame-ancestors *" in shown.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in shown.headers


def test_values_fill_new_columns(service: RunningService) -> None:
    properties = told(
        service.request("GET", "/reconcile/extend/propose?type=Person", headers=SCRIPT)
    )
    assert {"born", "medals"} <= {one["id"] for one in properties["properties"]}
    asked = (
        '{"ids":["person/raman-salei-1994"],"properties":[{"id":"born","name":"date of birth"},'
        '{"id":"nation","name":"nation","settings":{"limit":"1"}}]}'
    )
    answer = sent(service, "extend", asked)
    assert faults("0.2", "data-extension-response", answer) == []
    assert answer["rows"]["person/raman-salei-1994"] == {
        "born": [{"str": "1994-02-27"}],
        "nation": [{"id": "nation/AZE", "name": "Azerbaijan"}],
    }


def test_other_services_ask_for_a_script_and_are_told_to_use_cors(service: RunningService) -> None:
    reply = service.request("GET", "/reconcile?callback=jQuery17&_=1", headers=SCRIPT)
    assert reply.status == 400
    assert "CORS" in json.loads(reply.body)["hint"]
