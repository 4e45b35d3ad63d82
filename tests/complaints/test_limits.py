"""Complaints about limits, load and durability."""

from __future__ import annotations

import gzip
import http.client
import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from graph.change import Change
from graph.engines.base import CommitInfo
from graph.engines.memory import MemoryEngine
from graph.engines.snapshots import SnapshotEngine
from graph.errors import BadInput
from graph.gate import Gate
from graph.gate.shapes import read_shapes
from graph.names import Names
from graph.store import Store
from tests.asking import Asking
from tests.running_service import never_asked, running
from tests.statements import quad
from tests.waiting import wait_for

from .register import complaint

if TYPE_CHECKING:
    from pathlib import Path

FORMS = ("json", "xml", "csv", "tsv")
STATEMENT_FORMS = ("ntriples", "nquads", "turtle")
ENDLESS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
THREE_HUNDRED = "\n".join(f"<http://ex/s{n}> <http://ex/p> {n} ." for n in range(300))
HARD_REGEX = f'ASK {{ FILTER(regex("{"a" * 40}!", "^(a+)+$")) }}'


@pytest.fixture(scope="module")
def crowded(service: Asking) -> Asking:
    """A service that holds enough for queries that never end."""
    service.hold("http://ex/crowd", THREE_HUNDRED)
    return service


@complaint(44)
@pytest.mark.parametrize("form", FORMS)
def test_a_table_that_is_stopped_on_the_way_never_looks_whole(crowded: Asking, form: str) -> None:
    with pytest.raises(http.client.IncompleteRead) as broken:
        crowded.get(f"SELECT * {{ {ENDLESS} }}", accept="*/*", timeout="1", format=form)
    assert broken.value.partial


@complaint(44)
@pytest.mark.parametrize("form", STATEMENT_FORMS)
def test_statements_that_are_not_ready_in_time_are_a_problem_and_not_a_part(
    crowded: Asking, form: str
) -> None:
    query = f"CONSTRUCT {{ ?a ?b ?l . ?d ?e ?i }} WHERE {{ {ENDLESS} }}"
    reply = crowded.get(query, accept="*/*", timeout="1", format=form)
    assert crowded.told(reply, 503)["type"].endswith("/time-limit")


@complaint(45)
@pytest.mark.parametrize("rows", [100, 10_001, 20_001, 100_001])
def test_no_row_is_left_out(crowded: Asking, rows: int) -> None:
    query = f"SELECT ?a ?d {{ ?a <http://ex/p> ?b . ?d <http://ex/p> ?e . ?g ?h ?i }} LIMIT {rows}"
    text = crowded.get(query, accept="text/csv").body.decode()
    assert text.count("\r\n") == rows + 1


@complaint(46)
def test_a_query_beyond_its_time_is_ended_with_the_limit_named(crowded: Asking) -> None:
    query = (
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?s2 ?p2 ?o2 OPTIONAL { ?s3 ?p3 ?o3"
        " FILTER NOT EXISTS { ?o3 ?p4 ?s . ?x ?y ?z } } ?k ?l ?m }"
    )
    reply = crowded.get(query, timeout="1")
    told = crowded.told(reply, 503)
    assert told["detail"] == "The query was stopped after 1 seconds."
    wait_for(lambda: running_now(crowded) == 0, "the query was ended")


@complaint(46)
def test_a_query_ends_when_its_client_leaves(crowded: Asking) -> None:
    query = f"SELECT (COUNT(*) AS ?n) {{ {ENDLESS} }}"
    connection = http.client.HTTPConnection("127.0.0.1", crowded.running.port)
    connection.request("POST", "/sparql", query, {"Content-Type": "application/sparql-query"})
    wait_for(lambda: running_now(crowded) == 1, "the query ran")
    connection.close()
    wait_for(lambda: running_now(crowded) == 0, "the query was ended")


def running_now(crowded: Asking) -> int:
    """Return how many queries are being worked on."""
    told = json.loads(crowded.running.request("GET", "/health").body)
    return int(told["queries"]["running"])


@complaint(47)
def test_a_page_says_that_time_was_up_and_how_to_ask_for_less(crowded: Asking) -> None:
    query = f"SELECT (COUNT(*) AS ?n) {{ {ENDLESS} }}"
    reply = crowded.get(query, accept="text/html", timeout="0.5")
    page = reply.body.decode()
    assert reply.status == 503
    assert reply.headers.get_content_type() == "text/html"
    assert "The query was stopped after 0.5 seconds." in page
    assert "add LIMIT" in page
    assert "?j ?k ?l" in page


@complaint(48, 49)
def test_a_slow_query_keeps_nobody_waiting(crowded: Asking) -> None:
    slow = f"SELECT (COUNT(*) AS ?n) {{ {ENDLESS} }}"
    with ThreadPoolExecutor(4) as pool:
        begun = [pool.submit(crowded.running.ask, never_asked(slow), timeout="3") for _ in range(4)]
        others = [crowded.running.ask(never_asked("ASK {}"), client="127.0.0.2") for _ in range(10)]
        assert {reply.status for reply in others} == {200}
        assert max(reply.seconds for reply in others) < 2
        assert {reply.result().status for reply in begun} == {503}


@complaint(49)
def test_a_regular_expression_takes_time_in_proportion_to_the_text(crowded: Asking) -> None:
    assert crowded.told(crowded.get(HARD_REGEX))["boolean"] is False
    twice = crowded.get(HARD_REGEX.replace("a" * 40, "a" * 80))
    assert crowded.told(twice)["boolean"] is False


@complaint(51)
def test_an_upload_beyond_its_memory_is_refused_in_words_and_the_service_goes_on(
    tmp_path: Path,
) -> None:
    place = tmp_path / "store"
    Store.create(place).close()
    with running(place, CHANGE_MEMORY="240MiB", UPLOAD_LIMIT="64MiB") as started:
        service = Asking(started)
        lines = (f'<http://ex/s{n}> <http://ex/p> "{n:080}" .\n' for n in range(300_000))
        told = service.told(service.put("http://ex/big", "".join(lines)), 503)
        assert told["type"].endswith("/resource-limit")
        assert "240 MiB" in told["detail"]
        too_large = service.put("http://ex/big", b"#" * (65 << 20))
        assert service.told(too_large, 413)["detail"]
        service.hold("http://ex/small", "<http://ex/s> <http://ex/p> 1 .")
        assert service.rows("SELECT ?g { GRAPH ?g { ?s ?p ?o } }") == [("http://ex/small",)]


@complaint(51)
def test_a_hundred_thousand_statements_are_one_commit(tmp_path: Path) -> None:
    place = tmp_path / "store"
    Store.create(place).close()
    with running(place) as started:
        service = Asking(started)
        lines = (f"<http://ex/s{n}> <http://ex/p> {n} .\n" for n in range(100_000))
        service.hold("http://ex/big", "".join(lines))
        assert service.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == [("100000",)]
    with Store.open(place) as store:
        assert store.version == 1


@complaint(52)
@pytest.mark.parametrize(
    ("broken", "media_type"),
    [
        ("<http://ex/a> <http://ex/p> 1 .\n<http://ex/a> <http://ex/p> ", "text/turtle"),
        ("<http://ex/a> <http://ex/p> 1 .\nnonsense", "application/n-triples"),
        ('{"@id": "http://ex/a", "http://ex/p": ', "application/ld+json"),
        (
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>",
            "application/rdf+xml",
        ),
    ],
)
def test_a_document_that_is_broken_leaves_the_graph_as_it_was(
    service: Asking, broken: str, media_type: str
) -> None:
    service.hold("http://ex/g52", "<http://ex/a> <http://ex/p> 52 .")
    told = service.told(service.put("http://ex/g52", broken, media_type), 400)
    assert "cannot be read" in told["detail"]
    query = "SELECT ?o { GRAPH <http://ex/g52> { ?s ?p ?o } }"
    assert service.rows(query) == [("52",)]


@complaint(53)
def test_a_packed_document_is_stored_and_a_wrong_label_is_refused(service: Asking) -> None:
    document = "<http://ex/a> <http://ex/p> 53 ."
    packed = gzip.compress(document.encode())
    headers = {"Content-Encoding": "gzip"}
    assert service.put("http://ex/g53", packed, **headers).status == 201
    query = "SELECT ?o { GRAPH <http://ex/g53> { ?s ?p ?o } }"
    assert service.rows(query) == [("53",)]
    assert service.put("http://ex/g53", document, **headers).status == 400
    assert service.put("http://ex/g53", document, **{"Content-Encoding": "br"}).status == 415
    assert service.rows(query) == [("53",)]


@complaint(54)
def test_a_graph_that_is_replaced_two_hundred_times_takes_no_more_room(tmp_path: Path) -> None:
    place = tmp_path / "store"
    statements = [quad(f"s{number}") for number in range(500)]
    with SnapshotEngine.create(place, keep=3) as engine:
        sizes = []
        for turn in range(200):
            draft = engine.draft()
            change = Change.of(statements) if turn % 2 == 0 else Change.of((), statements)
            draft.apply(change)
            draft.publish(CommitInfo())
            sizes.append(room_of(place / "snapshots") + room_of(place / "head"))
    assert max(sizes[100:]) < 2 * max(sizes[:50])


def room_of(folder: Path) -> int:
    """Return the bytes below a folder, each file counted once however many names it has."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            known = path.stat()
            found[known.st_ino] = known.st_size
    return sum(found.values())


@complaint(54)
def test_a_commit_that_is_killed_leaves_the_last_one_whole(tmp_path: Path) -> None:
    place = tmp_path / "store"
    Store.create(place).close()
    program = (
        "import sys; from pathlib import Path; from graph.store import Store\n"
        "with Store.open(Path(sys.argv[1])) as store:\n"
        "    for n in range(1000):\n"
        "        store.update(f'INSERT DATA {{ GRAPH <http://ex/g> {{ <http://ex/s> <http://ex/p>"
        " {n} }} }}'); print(n, flush=True)\n"
    )
    writer = subprocess.Popen([sys.executable, "-c", program, place], stdout=subprocess.PIPE)
    assert writer.stdout is not None
    with writer.stdout as out:
        last = [int(out.readline()) for _ in range(5)][-1]
        os.kill(writer.pid, signal.SIGKILL)
        last = max([last, *map(int, out.read().split())])
    writer.wait()
    with Store.open(place) as store:
        with store.read() as state:
            kept = [int(found.object.value) for found in state.quads()]  # type: ignore[union-attr] # literals
        assert max(kept) >= last
        store.update("INSERT DATA { GRAPH <http://ex/g> { <http://ex/s> <http://ex/p> -1 } }")


@complaint(55)
def test_four_threads_at_a_cold_start_get_sixty_answers_each(tmp_path: Path) -> None:
    place = tmp_path / "store"
    Store.create(place).close()
    with running(place) as started, ThreadPoolExecutor(4) as pool:
        queries = ["SELECT (1 + 1 AS ?two) {}", "ASK {}", "CONSTRUCT WHERE { ?s ?p ?o }"] * 20
        sent = [
            [
                pool.submit(started.ask, never_asked(query), client=f"127.0.0.{client}")
                for query in queries
            ]
            for client in range(2, 6)
        ]
        accept_all = {reply.result().status for replies in sent for reply in replies}
    assert accept_all == {200, 406}  # statements are no table
    assert len([reply for replies in sent for reply in replies]) == 240


@complaint(56)
def test_checking_one_small_change_looks_at_what_it_touches_and_not_at_the_whole(
    tmp_path: Path,
) -> None:
    person = (
        "INSERT DATA {{ <https://w3id.org/medalgraph/id/person/p{0}> a mg:Person ;"
        ' rdfs:label "Person {0}"@en }}'
    )
    checked = []
    for people in (10, 1_000):
        with Store.create(tmp_path / str(people)) as store:
            many = " ; ".join(person.format(number) for number in range(people))
            store.update(many)
            outcome = store.update(person.format("new"))
            checked.append(outcome.report.checked)
    assert checked[0] == checked[1] > 0


@complaint(57)
def test_a_warning_is_told_and_kept_and_blocks_nothing() -> None:
    shape = """
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        <http://ex/Born> a sh:NodeShape ; sh:targetSubjectsOf <http://ex/name> ;
          sh:property [ sh:path <http://ex/born> ; sh:minCount 1 ; sh:severity sh:Warning ;
            sh:message "The birth date is missing." ] .
    """
    store = Store(MemoryEngine(), Gate(read_shapes({"born": shape})))
    outcome = store.update("INSERT DATA { <http://ex/a> <http://ex/name> 'A' }")
    assert outcome.commit is not None
    assert outcome.report.sentences("Warning")
    assert "The birth date is missing." in outcome.commit.info.notes[0]
    assert outcome.report.conforms


@complaint(58)
@pytest.mark.parametrize(
    ("text", "complaint_of_it"),
    [
        ("", "No shape was found"),
        (
            "<http://ex/s> <http://www.w3.org/2002/07/owl#imports> <http://ex/shapes> .",
            "never fetched",
        ),
    ],
)
def test_shapes_that_are_not_there_are_an_error(text: str, complaint_of_it: str) -> None:
    with pytest.raises(BadInput, match=complaint_of_it):
        read_shapes({"mine.ttl": text})


@complaint(59)
def test_a_crawler_gets_its_share_and_is_told_where_not_to_go(tmp_path: Path) -> None:
    place = tmp_path / "store"
    Store.create(place).close()
    limits = {"READERS": "2", "READERS_OF_CLIENT": "1", "WAITING_OF_CLIENT": "2"}
    with running(place, **limits) as started, ThreadPoolExecutor(20) as pool:
        Asking(started).hold("http://ex/crowd", THREE_HUNDRED)
        slow = f"SELECT (COUNT(*) AS ?n) {{ {ENDLESS} }}"
        crawler = [pool.submit(started.ask, never_asked(slow), timeout="2") for _ in range(20)]
        others = [started.ask(never_asked("ASK {}"), client="127.0.0.2") for _ in range(5)]
        replies = [reply.result() for reply in crawler]
        robots = started.request("GET", "/robots.txt").body.decode()
    assert {reply.status for reply in others} == {200}
    refused = [reply for reply in replies if reply.status == 429]
    assert refused
    assert all(int(reply.headers["Retry-After"]) >= 1 for reply in refused)
    assert "Disallow: /sparql?" in robots


@complaint(43)
def test_the_page_of_a_hub_counts_what_refers_to_it_and_lists_it_page_by_page(
    service: Asking,
) -> None:
    hub, refers = f"{Names().base}/id/nation/HUB", "http://ex/refers"
    stated = [f"<http://ex/e{number}> <{refers}> <{hub}> .\n" for number in range(12_000)]
    service.hold("http://ex/g43", "".join(stated))
    page = service.running.request("GET", "/id/nation/HUB.html")
    assert page.status == 200
    assert len(page.body) < 200_000
    assert b"12,000" in page.body
    listed = f"/id/nation/HUB.json?property={refers}&direction=in&page="
    replies = [service.running.request("GET", f"{listed}{number}") for number in (1, 2, 120)]
    pages = [service.told(reply) for reply in replies]
    sizes = {(told["count"], told["pages"], len(told["values"])) for told in pages}
    assert sizes == {(12_000, 120, 100)}
    assert len({one["value"]["iri"] for told in pages for one in told["values"]}) == 300
