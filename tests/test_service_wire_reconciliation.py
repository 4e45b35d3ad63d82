"""What requests of the reconciliation protocol mean, and what is said of those without meaning."""

from __future__ import annotations

import json
from typing import Any

import pytest

from graph.errors import BadInput
from graph.reconciling.asking import Evidence, Query
from service.wire.faults import BadRequest, BodyTooLarge, UnsupportedBody
from service.wire.forms import pairs
from service.wire.reconciliation import (
    BATCH_SIZE,
    MOST_IDS,
    Deed,
    Extension,
    batch,
    extension,
    form_of,
    json_of,
    matches,
    single,
    wanted,
)

from .reconciliation_schemas import faults

FULL: dict[str, Any] = {
    "q0": {
        "query": "Raman Salei",
        "type": "Person",
        "limit": 5,
        "type_strict": "should",
        "properties": [
            {"pid": "nation", "v": ["Azerbaijan", {"id": "nation/AZE", "name": "Azerbaijan"}]},
            {"pid": "year", "v": 2024},
        ],
    }
}


def test_a_batch_is_read_by_its_keys() -> None:
    assert faults("0.2", "reconciliation-query-batch", FULL) == []
    nation = Evidence("nation", ("Azerbaijan", "nation/AZE"))
    query = Query(("Raman Salei",), ("Person",), 5, (nation, Evidence("year", ("2024",))))
    assert batch(json.dumps(FULL)) == {"q0": query}


def test_what_openrefine_sends_of_a_cell_is_read() -> None:
    said = '{"q0":{"query":"Raman Salei","type":"Person","type_strict":"should"}}'
    assert batch(said) == {"q0": Query(("Raman Salei",), ("Person",))}


def test_a_query_reads_again_as_it_was_told_to_another_process() -> None:
    [query] = batch(json.dumps(FULL)).values()
    assert Query.from_json(json.loads(json.dumps(query.to_json()))) == query


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({}, "q0 has neither a query nor properties."),
        ({"properties": []}, "q0 has neither a query nor properties."),
        ({"query": "a", "propertes": []}, "q0 has a field 'propertes' that is not known here."),
        ({"query": 7}, "q0.query has to be a text."),
        ({"query": "a", "limit": 0}, "q0.limit has to be a whole number from 1."),
        ({"query": "a", "limit": True}, "q0.limit has to be a whole number from 1."),
        ({"query": "a", "type_strict": "x"}, "q0.type_strict has to be one of any, should, all."),
        ({"query": "a", "properties": [{"pid": "nation"}]}, "q0.properties[0].v has to be a text."),
        ({"query": "a", "properties": [{"v": "x"}]}, "q0.properties[0].pid has to be a text."),
        ({"query": "a", "properties": {}}, "q0.properties has to be a list."),
        ("a", "q0 has to be a JSON object."),
    ],
)
def test_a_fault_in_a_batch_is_told_with_its_place(query: object, said: str) -> None:
    with pytest.raises(BadRequest) as caught:
        batch(json.dumps({"q0": query}))
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("prop", "hint"), [("nations", "Did you mean nation?"), ("P27", "There are: nation, games,")]
)
def test_a_property_that_is_not_offered_is_refused_with_those_that_are(
    prop: str, hint: str
) -> None:
    with pytest.raises(BadInput) as caught:
        batch(json.dumps({"q0": {"query": "a", "properties": [{"pid": prop, "v": "x"}]}}))
    assert caught.value.hint.startswith(hint)


def test_a_type_that_is_not_offered_is_refused_with_those_that_are() -> None:
    with pytest.raises(BadInput, match="kind of thing called 'Athlete'"):
        batch(json.dumps({"q0": {"query": "a", "type": "Athlete"}}))


@pytest.mark.parametrize("kind", ["Person", "mg:Person", "https://w3id.org/medalgraph/ns#Person"])
def test_a_type_may_be_written_short_or_as_its_iri(kind: str) -> None:
    [query] = batch(json.dumps({"q0": {"query": "a", "type": [kind]}})).values()
    assert query.kinds == ("Person",)


@pytest.mark.parametrize(
    "text", ["", "{", "[1,]", "nul", "[" * 100_000, '{"q0": {"query": "\\ud800"}}', "9" * 5_000]
)
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(BadRequest):
        batch(text)


def test_a_number_that_json_does_not_have_is_refused() -> None:
    with pytest.raises(BadRequest):
        batch('{"q0": {"query": "a", "limit": NaN}}')


def test_a_batch_may_be_as_large_as_the_manifest_says_and_no_larger() -> None:
    queries = {f"q{n}": {"query": "a"} for n in range(BATCH_SIZE)}
    assert len(batch(json.dumps(queries))) == BATCH_SIZE
    with pytest.raises(BodyTooLarge):
        batch(json.dumps(queries | {"one": {"query": "more"}}))


def test_a_query_has_a_bounded_number_of_properties_and_values() -> None:
    properties = [{"pid": "year", "v": 2024}] * 20
    assert len(batch(json.dumps({"q0": {"properties": properties}}))["q0"].evidence) == 20
    for many in (properties * 2, [{"pid": "year", "v": [2024] * 21}]):
        with pytest.raises(BodyTooLarge):
            batch(json.dumps({"q0": {"properties": many}}))


def test_a_text_that_is_longer_than_any_name_is_not_looked_for() -> None:
    assert batch(json.dumps({"q0": {"query": "a" * 201}})) == {"q0": Query()}


def test_a_single_query_is_a_name_or_an_object() -> None:
    assert single("Raman Salei") == Query(("Raman Salei",))
    assert single('{"query": "Raman Salei", "limit": 3}') == Query(("Raman Salei",), limit=3)


def test_a_batch_of_the_draft_is_read_in_its_order() -> None:
    said = {
        "queries": [
            {
                "type": "Person",
                "lang": "az",
                "conditions": [
                    {"matchType": "name", "propertyValue": ["Raman Salei", "Roman Saleh"]},
                    {
                        "matchType": "property",
                        "propertyId": "nation",
                        "propertyValue": "AZE",
                        "required": True,
                        "matchQuantifier": "all",
                    },
                ],
            },
            {"conditions": [{"matchType": "id", "propertyValue": "nation/AZE"}]},
        ]
    }
    assert faults("1.0-draft", "reconciliation-query-batch", said) == []
    nation = Evidence("nation", ("AZE",), required=True, quantifier="all")
    assert matches(json.dumps(said)) == [
        Query(("Raman Salei", "Roman Saleh"), ("Person",), evidence=(nation,)),
        Query(ids=("nation/AZE",)),
    ]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"conditions": []},
        {"conditions": [{"propertyValue": "x"}]},
        {"conditions": [{"matchType": ["name"], "propertyValue": "x"}]},
        {"conditions": [{"matchType": "text", "propertyValue": "x"}]},
        {"conditions": [{"matchType": "property", "propertyValue": "x"}]},
        {"conditions": [{"matchType": "name", "propertyValue": "x", "matchQualifier": "Exact"}]},
        {"conditions": [{"matchType": "name", "propertyValue": "x"}], "type": ["a", "b"], "x": 1},
        {"query": "in the form of 0.2"},
    ],
)
def test_a_fault_in_a_batch_of_the_draft_is_refused(query: object) -> None:
    with pytest.raises(BadRequest):
        matches(json.dumps({"queries": [query]}))


def test_values_are_asked_for_with_a_limit_as_openrefine_writes_it() -> None:
    said = {
        "ids": ["person/a", "person/b", "person/a"],
        "properties": [
            {"id": "nation", "name": "nation", "settings": {"limit": "2"}},
            {"id": "born", "settings": {"limit": ""}},
            {"id": "sport"},
            {"id": "medals", "settings": {"limit": 0}},
        ],
    }
    assert faults("0.2", "data-extension-query", said) == []
    asked = (("nation", 2), ("born", 0), ("sport", 0), ("medals", 0))
    assert extension(json.dumps(said)) == Extension(("person/a", "person/b"), asked)


def test_values_of_too_many_things_are_refused() -> None:
    ids = [f"person/{n}" for n in range(MOST_IDS + 1)]
    with pytest.raises(BodyTooLarge):
        extension(json.dumps({"ids": ids, "properties": []}))


def test_a_request_says_what_it_wants_by_one_parameter() -> None:
    assert wanted(pairs(b"_=17&lang=en")) == (Deed.MANIFEST, "")
    assert wanted(pairs(b"queries=%7B%7D")) == (Deed.BATCH, "{}")
    assert wanted(pairs(b"query=Salei")) == (Deed.SINGLE, "Salei")
    assert wanted(pairs(b"extend=%7B%7D")) == (Deed.EXTENSION, "{}")
    assert wanted(pairs(b"query=Salei&manifest=1")) == (Deed.SINGLE, "Salei")
    with pytest.raises(BadRequest, match="queries and extend"):
        wanted(pairs(b"queries=%7B%7D&extend=%7B%7D"))


def test_an_answer_as_a_script_is_refused() -> None:
    with pytest.raises(BadRequest, match="JSONP"):
        wanted(pairs(b"callback=jQuery1"))


def test_a_body_has_to_be_a_form_or_json_as_each_version_wants_it() -> None:
    assert form_of("application/x-www-form-urlencoded; charset=UTF-8", b"a=1") == (("a", "1"),)
    assert json_of("application/json; charset=utf-8", b"{}") == "{}"
    with pytest.raises(UnsupportedBody):
        form_of("application/json", b"{}")
    with pytest.raises(UnsupportedBody):
        json_of("application/x-www-form-urlencoded", b"a=1")
