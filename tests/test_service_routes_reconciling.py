"""Reconciling over HTTP: each answer by the specification's own schemas, and what is in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from service.config import Settings
from service.wire.reconciliation import BATCH_SIZE

from .bundled_service import bundled_service, bundled_store
from .reconciliation_schemas import VERSIONS, faults
from .service_world import world_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.test import TestResponse

    from .service_world import World

SALEI = "person/raman-salei-1994"
ROOTS = {"0.2": "/reconcile", "1.0-draft": "/reconcile/1.0-draft"}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with bundled_service(tmp_path_factory.mktemp("reconciling")) as made:
        yield made


def get(world: World, path: str, **params: str) -> Any:  # noqa: ANN401 - JSON
    answer = world.client.get(path, query_string=params)
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return answer.get_json()


def sent(world: World, **form: object) -> TestResponse:
    texts = {name: json.dumps(value) for name, value in form.items()}
    return world.client.post("/reconcile", data=texts)


def posted(world: World, path: str, document: object) -> TestResponse:
    return world.client.post(path, json=document)


def problem(answer: TestResponse) -> tuple[int, str]:
    told = answer.get_json()
    return answer.status_code, f"{told['detail']} {told.get('hint', '')}".strip()


@pytest.mark.parametrize("version", VERSIONS)
def test_the_manifest_is_that_of_its_version(world: World, version: str) -> None:
    told = get(world, ROOTS[version])
    assert faults(version, "manifest", told) == []
    assert told["versions"] == [version]
    assert told["batchSize"] == BATCH_SIZE
    assert [kind["id"] for kind in told["defaultTypes"]][:3] == ["Person", "Nation", "Games"]


def test_the_addresses_of_the_manifest_lead_somewhere(world: World) -> None:
    told = get(world, ROOTS["0.2"])
    assert told["identifierSpace"] == "https://w3id.org/medalgraph/id/"
    for encoded in (SALEI, quote(SALEI, safe="")):
        for template in (told["view"]["url"], told["preview"]["url"]):
            address = template.replace("{{id}}", encoded)
            assert world.client.get(address, follow_redirects=True).status_code == 200
    for what in told["suggest"].values():
        address = f"{what['service_url']}{what['service_path']}"
        assert world.client.get(address, query_string={"prefix": "a"}).status_code == 200
    propose = told["extend"]["propose_properties"]
    assert world.client.get(f"{propose['service_url']}{propose['service_path']}").status_code == 200
    with world.client.get(told["logo"]) as logo:
        assert logo.mimetype == "image/svg+xml"


def test_addresses_are_those_of_the_outside(tmp_path_factory: pytest.TempPathFactory) -> None:
    place = bundled_store(tmp_path_factory.mktemp("outside"))
    settings = Settings(public_url="https://medals.example.org", base_path="/medals")
    with world_of(place, settings) as world:
        told = world.client.get("/medals/reconcile").get_json()
    root = "https://medals.example.org/medals"
    assert told["view"]["url"] == f"{root}/id/{{{{id}}}}"
    assert told["preview"]["url"] == f"{root}/reconcile/preview?id={{{{id}}}}"
    assert told["suggest"]["entity"]["service_url"] == f"{root}/reconcile"


def test_a_batch_is_answered_by_its_keys(world: World) -> None:
    batch = {
        "q0": {
            "query": "Roman Saleh",
            "type": "Person",
            "properties": [{"pid": "nation", "v": "Azerbaijan"}],
        },
        "q1": {"query": "Khalilov Imadaddin", "limit": 1},
        "q2": {"query": "nobody of this name at all"},
    }
    for answer in (
        sent(world, queries=batch),
        world.client.get("/reconcile", query_string={"queries": json.dumps(batch)}),
    ):
        told = answer.get_json()
        assert faults("0.2", "reconciliation-result-batch", told) == []
        assert list(told) == list(batch)
        first = told["q0"]["result"][0]
        assert (first["id"], first["match"]) == (SALEI, True)
        assert first["type"] == [{"id": "Person", "name": "Person"}]
        assert first["score"] == sum(feature["value"] for feature in first["features"])
        assert [one["name"] for one in told["q1"]["result"]] == ["Imamaddin Khalilov"]
        assert told["q2"]["result"] == []


def test_scores_fall_and_only_the_first_can_be_a_match(world: World) -> None:
    told = sent(world, queries={"q0": {"query": "Maria Silva", "limit": 10}}).get_json()
    result = told["q0"]["result"]
    scores = [one["score"] for one in result]
    assert len(result) > 2
    assert scores == sorted(scores, reverse=True)
    assert not any(one["match"] for one in result[1:])


def test_a_single_query_is_answered_without_a_key(world: World) -> None:
    told = get(world, "/reconcile", query="Raman Salei")
    assert faults("0.2", "reconciliation-result-batch", {"q0": told}) == []
    assert told["result"][0]["id"] == SALEI


@pytest.mark.parametrize("ending", ["", ".html", ".ttl", ".html?on=2008#facts"])
def test_an_address_of_this_service_stands_for_an_identifier(world: World, ending: str) -> None:
    address = f"http://localhost/id/{SALEI}{ending}"
    [found] = get(world, "/reconcile", query=address)["result"]
    assert (found["id"], found["match"]) == (SALEI, True)
    told = get(world, "/reconcile/suggest/entity", prefix=address)
    assert told["result"][0]["id"] == SALEI
    asked = {"ids": [address], "properties": [{"id": "born"}]}
    rows = sent(world, extend=asked).get_json()["rows"]
    assert rows == {address: {"born": [{"str": "1994-02-27"}]}}
    shown = world.client.get("/reconcile/preview", query_string={"id": address})
    assert "Raman Salei" in shown.text
    nation = {"pid": "nation", "v": "http://localhost/id/nation/AZE.html"}
    query = json.dumps({"query": "Raman Salei", "type": "Person", "properties": [nation]})
    features = get(world, "/reconcile", query=query)["result"][0]["features"]
    assert {one["id"]: one["value"] > 0 for one in features}["nation"]
    elsewhere = get(world, "/reconcile", query=f"http://elsewhere/id/{SALEI}")
    assert not any(one["match"] for one in elsewhere["result"])


def test_a_batch_of_the_draft_is_answered_in_its_order(world: World) -> None:
    batch = {
        "queries": [
            {"conditions": [{"matchType": "id", "propertyValue": SALEI}]},
            {
                "type": "Nation",
                "conditions": [{"matchType": "name", "propertyValue": "Azerbaijan"}],
            },
        ]
    }
    answer = posted(world, f"{ROOTS['1.0-draft']}/match", batch)
    told = answer.get_json()
    assert faults("1.0-draft", "reconciliation-result-batch", told) == []
    firsts = [result["candidates"][0] for result in told["results"]]
    assert [(one["id"], one["match"]) for one in firsts] == [(SALEI, True), ("nation/AZE", True)]


@pytest.mark.parametrize("version", VERSIONS)
def test_things_types_and_properties_are_suggested(world: World, version: str) -> None:
    root = ROOTS[version]
    things = get(world, f"{root}/suggest/entity", prefix="Raman Sal")
    assert faults(version, "suggest-entities-response", things) == []
    assert things["result"][0]["id"] == SALEI
    assert things["result"][0]["notable"] == [{"id": "Person", "name": "Person"}]
    types = get(world, f"{root}/suggest/type", prefix="per")
    assert faults(version, "suggest-types-response", types) == []
    assert types["result"][0]["id"] == "Person"
    properties = get(world, f"{root}/suggest/property", prefix="nat")
    assert faults(version, "suggest-properties-response", properties) == []
    assert properties["result"][0]["id"] == "nation"


def test_an_identifier_is_suggested_and_others_are_passed_over(world: World) -> None:
    told = get(world, "/reconcile/suggest/entity", prefix=SALEI)
    assert told["result"][0]["id"] == SALEI
    first, second = get(world, "/reconcile/suggest/entity", prefix="Zeynalov")["result"][:2]
    rest = get(world, "/reconcile/suggest/entity", prefix="Zeynalov", cursor="1")["result"]
    assert (first["id"] != second["id"], rest[0]["id"]) == (True, second["id"])


def test_an_empty_prefix_gives_all_types_and_properties_of_a_type(world: World) -> None:
    types = get(world, "/reconcile/suggest/type", prefix="")["result"]
    assert {"Person", "Games", "Event"} <= {one["id"] for one in types}
    of_sports = get(world, "/reconcile/suggest/property", prefix="", type="Sport")["result"]
    assert "born" not in {one["id"] for one in of_sports}
    [gold] = get(world, "/reconcile/suggest/property", prefix="gold")["result"]
    assert gold["description"].endswith("Only to fill a column.")


def test_properties_are_proposed_for_a_type(world: World) -> None:
    for version, root in ROOTS.items():
        told = get(world, f"{root}/extend/propose", type="Person", limit="3")
        assert faults(version, "data-extension-property-proposal", told) == []
        assert [one["id"] for one in told["properties"]] == ["nation", "born", "sport"]
        assert (told["type"], told["limit"]) == ("Person", 3)


ASKED = {
    "ids": [SALEI, "nation/AZE", "person/nobody"],
    "properties": [
        {"id": "nation"},
        {"id": "born"},
        {"id": "medals"},
        {"id": "name"},
        {"id": "event", "settings": {"limit": "1"}},
        {"id": "page"},
    ],
}


def test_values_are_given_by_thing_and_property(world: World) -> None:
    for answer in (
        sent(world, extend=ASKED),
        world.client.get("/reconcile", query_string={"extend": json.dumps(ASKED)}),
        world.client.post("/reconcile/extend", data={"extend": json.dumps(ASKED)}),
    ):
        told = answer.get_json()
        assert faults("0.2", "data-extension-response", told) == []
        assert told["meta"][0] == {
            "id": "nation",
            "name": "nation",
            "type": {"id": "Nation", "name": "Nation"},
        }
        salei = told["rows"][SALEI]
        assert salei["nation"] == [{"id": "nation/AZE", "name": "Azerbaijan"}]
        assert salei["born"] == [{"str": "1994-02-27"}]
        assert salei["medals"] == [{"int": 3}]
        assert len(salei["event"]) == 1
        assert salei["page"] == [{"str": f"http://localhost/id/{SALEI}"}]
        assert told["rows"]["nation/AZE"]["medals"] == [{"int": 11}]
        assert set(map(tuple, told["rows"]["person/nobody"].values())) == {()}


def test_values_are_given_in_the_form_of_the_draft(world: World) -> None:
    told = posted(world, f"{ROOTS['1.0-draft']}/extend", ASKED).get_json()
    assert faults("1.0-draft", "data-extension-response", told) == []
    [first, *_] = told["rows"]
    assert first["id"] == SALEI
    assert first["properties"][1] == {"id": "born", "values": [{"str": "1994-02-27"}]}


def test_a_preview_may_stand_in_a_frame_and_other_pages_may_not(world: World) -> None:
    for root in ROOTS.values():
        shown = world.client.get(f"{root}/preview", query_string={"id": SALEI})
        assert shown.mimetype == "text/html"
        assert "frame-ancestors *" in shown.headers["Content-Security-Policy"]
        assert "script" not in shown.headers["Content-Security-Policy"]
        for word in ("Raman Salei", "Azerbaijan", "1994-02-27", "para swimming"):
            assert word.lower() in shown.text.lower()
    accept = {"Accept": "text/html"}
    page = world.client.get(f"/id/{SALEI}", headers=accept, follow_redirects=True)
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


def test_a_preview_of_nothing_is_not_found(world: World) -> None:
    for text in ("person/nobody", "person", "../etc", "person/<b>", "person/a b"):
        answer = world.client.get("/reconcile/preview", query_string={"id": text})
        assert answer.status_code == 404, text


@pytest.mark.parametrize(
    ("form", "status", "said"),
    [
        ({"queries": "{"}, 400, "queries is no JSON"),
        ({"queries": '{"q0": {}}'}, 400, "q0 has neither a query nor properties."),
        ({"queries": '{"q0": {"query": "a", "type": "X"}}'}, 400, "There is no kind of thing"),
        ({"extend": '{"ids": [], "properties": [{"id": "P1"}]}'}, 400, "There is no property"),
        ({"callback": "f", "queries": "{}"}, 400, "JSONP"),
        ({"queries": "{}", "extend": "{}"}, 400, "Send one of them at a time."),
        ({"other": "1"}, 400, "neither queries nor extend"),
    ],
)
def test_what_cannot_be_answered_is_a_problem_that_says_why(
    world: World, form: dict[str, str], status: int, said: str
) -> None:
    answer = world.client.post("/reconcile", data=form)
    assert answer.content_type == "application/problem+json"
    found, words = problem(answer)
    assert (found, said in words) == (status, True), words


def test_a_batch_that_is_too_large_is_refused_with_the_size_that_is_not(world: World) -> None:
    queries = {f"q{n}": {"query": "a"} for n in range(BATCH_SIZE + 1)}
    status, words = problem(sent(world, queries=queries))
    assert (status, str(BATCH_SIZE) in words) == (413, True)


def test_a_body_of_the_wrong_type_is_refused(world: World) -> None:
    assert posted(world, "/reconcile", {"queries": {}}).status_code == 415
    match = f"{ROOTS['1.0-draft']}/match"
    assert world.client.post(match, data={"queries": "{}"}).status_code == 415


def test_what_is_asked_again_is_not_sent_again(world: World) -> None:
    first = world.client.get("/reconcile/suggest/entity", query_string={"prefix": "Salei"})
    again = world.client.get(
        "/reconcile/suggest/entity",
        query_string={"prefix": "Salei"},
        headers={"If-None-Match": first.headers["ETag"]},
    )
    assert again.status_code == 304


def test_a_preflight_is_answered_for_each_address(world: World) -> None:
    headers = {"Origin": "http://127.0.0.1:3333", "Access-Control-Request-Method": "POST"}
    for path in ("/reconcile", "/reconcile/1.0-draft/match", "/reconcile/suggest/entity"):
        answer = world.client.options(path, headers=headers)
        assert answer.status_code == 204
        assert "POST" in answer.headers["Access-Control-Allow-Methods"]


def test_erased_people_and_restricted_claims_are_told_to_nobody(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with bundled_service(tmp_path_factory.mktemp("private")) as world:
        names = world.store.names
        hidden = names.graph("restricted-club")
        node = names.of("person", "raman-salei-1994")
        world.store.update(
            f"INSERT DATA {{ GRAPH {hidden} {{ {node} mg:born '1990-01-01' ; "
            "skos:altLabel 'Zyxwvu Tsrqpo' . person:secret a mg:Person ; rdfs:label 'Qwert Asdfg'"
            " } }"
        )
        for headers in ({}, world.bearer()):
            queries = {
                "q0": {"query": "Zyxwvu Tsrqpo"},
                "q1": {"query": "Qwert Asdfg"},
                "q2": {"query": "person/secret"},
                "q3": {"query": "Raman Salei", "properties": [{"pid": "born", "v": "1990-01-01"}]},
            }
            answer = world.client.post(
                "/reconcile", data={"queries": json.dumps(queries)}, headers=headers
            )
            told = answer.get_json()
            assert [told[key]["result"] for key in ("q0", "q1", "q2")] == [[], [], []]
            assert told["q3"]["result"][0]["features"][1]["value"] < 0
            extend = {"ids": [SALEI, "person/secret"], "properties": [{"id": "born"}]}
            rows = world.client.post(
                "/reconcile", data={"extend": json.dumps(extend)}, headers=headers
            ).get_json()["rows"]
            assert rows[SALEI]["born"] == [{"str": "1994-02-27"}]
            assert rows["person/secret"]["born"] == []
            gone = world.client.get(
                "/reconcile/preview", query_string={"id": "person/secret"}, headers=headers
            )
            assert gone.status_code == 404
