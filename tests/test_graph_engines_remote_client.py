"""The client: what goes over the wire arrives whole, or it is an error that says what is wrong."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from graph.engines.remote.address import Address, Credentials
from graph.engines.remote.client import TRIPLES, Client
from graph.errors import AnswerCut, EngineRefused, EngineUnreachable
from graph.terms import NamedNode
from tests.contracts.engines import address_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.real_engines import OxigraphServer, VirtuosoServer

G, H = NamedNode("http://e/g"), NamedNode("http://e/h")
ROW = b"<http://e/s> <http://e/p> <http://e/o> .\n"


@pytest.fixture
def client(oxigraph_server: OxigraphServer) -> Iterator[Client]:
    oxigraph_server.empty()
    with Client(Address.of(f"http://127.0.0.1:{oxigraph_server.port}")) as made:
        yield made


def asked(client: Client, text: str, **graphs: list[NamedNode]) -> bytes:
    with client.query(text, accept=TRIPLES, **graphs) as body:
        return body.read()


def test_what_is_added_to_a_graph_is_found_there_and_nowhere_else(client: Client) -> None:
    client.add_to(G, ROW)
    client.add_to(H, iter([b"<http://e/s> <http://e/p> ", b'"part" .\n']))
    every = "CONSTRUCT WHERE { ?s ?p ?o }"
    assert asked(client, every, default=[G]) == ROW
    assert asked(client, every, default=[H]) == b'<http://e/s> <http://e/p> "part" .\n'
    inside = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert asked(client, inside, default=[H], named=[G]) == ROW
    assert asked(client, inside, default=[H]) == b""


def test_a_change_is_made(client: Client) -> None:
    client.update(f"INSERT DATA {{ GRAPH {G} {{ {ROW.decode()} }} }}")
    assert asked(client, "CONSTRUCT WHERE { ?s ?p ?o }", default=[G]) == ROW


def test_what_the_engine_says_of_a_bad_request_is_passed_on(client: Client) -> None:
    with pytest.raises(EngineRefused) as caught:
        client.update("INSERT NONSENSE")
    assert caught.value.status == 400
    assert caught.value.said
    assert not caught.value.said.startswith("<")


def test_an_address_where_nobody_answers_is_named() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    with Client(Address.of(address)) as client, pytest.raises(EngineUnreachable) as caught:
        client.update("CLEAR ALL")
    assert address in str(caught.value)
    assert "object at" not in str(caught.value)
    assert not caught.value.may_be_done
    assert "(connection refused)" in str(caught.value)


def test_a_machine_that_nobody_knows_is_told_from_one_that_is_slow() -> None:
    place = Address.of("http://nowhere.invalid/")
    with Client(place) as client, pytest.raises(EngineUnreachable) as caught:
        client.update("CLEAR ALL")
    assert "(no machine of that name is known)" in str(caught.value)


def test_what_virtuoso_repeats_of_a_question_is_left_out(virtuoso_server: VirtuosoServer) -> None:
    with Client(address_of(virtuoso_server)) as client, pytest.raises(EngineRefused) as caught:
        asked(client, "SELECT ?marked WHERE { ?marked ?p ?o } ORDER BY ?o LIMIT 1 OFFSET 90000")
    assert "SR353" in caught.value.said
    assert "?marked" not in caught.value.said


def test_an_address_at_which_no_engine_is_asked_is_to_be_checked(client: Client) -> None:
    elsewhere = Address.of(f"{client.address.text}/query")
    with Client(elsewhere) as lost, pytest.raises(EngineRefused) as caught:
        asked(lost, "ASK {}")
    assert caught.value.status == 404
    assert "Check the address" in caught.value.hint


@contextmanager
def answering(*answers: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A server that gives each connection the next answer and hangs up, and what it was sent."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            for answer in answers:
                connection, _ = listening.accept()
                with connection:
                    heard.append(connection.recv(65536))
                    connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", heard
        thread.join()


def test_a_name_with_a_password_is_sent_along() -> None:
    with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") as (address, heard):
        secret = Credentials.read("Aladdin:open sesame")
        with Client(Address.of(address, secret)) as client:
            client.update("CLEAR ALL")
    assert b"Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n" in heard[0]


def test_who_is_not_let_in_is_told_to_give_a_secret() -> None:
    with (
        answering(b"HTTP/1.1 401 No\r\nContent-Length: 12\r\n\r\n<b>Who?</b>\n") as (address, _),
        Client(Address.of(address)) as client,
        pytest.raises(EngineRefused, match="status 401: Who") as caught,
    ):
        client.update("CLEAR ALL")
    assert "password" in caught.value.hint
    assert "MEDALGRAPH_STORE_SECRET_FILE" in caught.value.hint


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n",
    ],
)
def test_an_answer_that_ends_too_early_is_an_error(answer: bytes) -> None:
    with answering(answer) as (address, _), Client(Address.of(address)) as client:
        body = client.query("ASK {}")
        with body, pytest.raises(AnswerCut):
            body.read()


@pytest.mark.parametrize(
    "head", [b"HTTP/1.1 206 Partial Content\r\n", b"HTTP/1.1 200 OK\r\nX-SPARQL-MaxRows: 10\r\n"]
)
def test_an_answer_of_which_the_engine_says_that_rows_are_left_out_is_an_error(
    head: bytes,
) -> None:
    with (
        answering(head + b"Content-Length: 2\r\n\r\n{}") as (address, _),
        Client(Address.of(address)) as client,
        pytest.raises(AnswerCut),
    ):
        client.query("ASK {}")


def test_a_question_is_asked_again_where_the_connection_is_lost_and_a_change_is_not() -> None:
    good = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
    with answering(b"", good) as (address, heard):
        with Client(Address.of(address)) as client, client.query("ASK {}") as body:
            assert body.read() == b"{}"
        assert len(heard) == 2
    with answering(b"") as (address, heard):
        with Client(Address.of(address)) as client, pytest.raises(EngineUnreachable) as caught:
            client.update("CLEAR ALL")
        assert caught.value.may_be_done
    assert len(heard) == 1
