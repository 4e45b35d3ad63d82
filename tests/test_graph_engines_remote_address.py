"""An address says where an engine's endpoints are, and never who may use them."""

from __future__ import annotations

import pytest

from graph.engines.remote.address import Address, Credentials, is_address
from graph.errors import BadTerm


@pytest.mark.parametrize(
    ("text", "query", "update", "graph_store"),
    [
        ("http://h:7878/", "http://h:7878/query", "http://h:7878/update", "http://h:7878/store"),
        (
            "https://h/sparql",
            "https://h/sparql",
            "https://h/sparql",
            "https://h/sparql-graph-crud",
        ),
        (
            "https://sparql.example/sparql-auth",
            "https://sparql.example/sparql-auth",
            "https://sparql.example/sparql-auth",
            "https://sparql.example/sparql-graph-crud-auth",
        ),
        (
            "http://h:8080/rdf4j-server/repositories/games",
            "http://h:8080/rdf4j-server/repositories/games",
            "http://h:8080/rdf4j-server/repositories/games/statements",
            "http://h:8080/rdf4j-server/repositories/games/rdf-graphs/service",
        ),
        (
            "http://h:3030/games/data",
            "http://h:3030/games/query",
            "http://h:3030/games/update",
            "http://h:3030/games/data",
        ),
    ],
)
def test_the_end_of_an_address_says_where_the_endpoints_are(
    text: str, query: str, update: str, graph_store: str
) -> None:
    found = Address.of(text)
    assert (found.query, found.update, found.graph_store) == (query, update, graph_store)


@pytest.mark.parametrize(
    "text",
    [
        "ftp://h/",
        "http:/h:7878",
        "http://h:78787",
        "https://",
        "https://ann:secret@",
        "https://ann:secret@h/",
        "https://ann:secret/more@h/",
        "http:/ann:secret@h",
        "https://h/?x=1",
        "https://h/?key=secret",
        "https://h/#x",
    ],
)
def test_what_is_no_plain_address_of_the_web_is_refused(text: str) -> None:
    with pytest.raises(BadTerm) as caught:
        Address.of(text)
    assert caught.value.hint
    assert "secret" not in str(caught.value) + caught.value.value


def test_a_folder_is_no_address() -> None:
    assert is_address("HTTPS://h/")
    assert is_address("ftp://h/")
    assert is_address("http:/h")
    assert not is_address("var/store")
    assert not is_address("C:/store")


def test_a_secret_is_a_name_with_a_password_or_a_token() -> None:
    # RFC 7617, section 2, has this very example.
    basic = Credentials.read("Aladdin:open sesame")
    assert basic.header() == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
    assert Credentials.read("bearer mF_9.B5f-4.1JqM\n").header() == "Bearer mF_9.B5f-4.1JqM"
    with pytest.raises(BadTerm):
        Credentials.read("nothing")


def test_a_secret_is_never_shown() -> None:
    address = Address.of("https://h/", Credentials.read("ann:pass-word"))
    assert "pass-word" not in repr(address) + str(address)
    assert "to-ken" not in repr(Credentials.read("Bearer to-ken"))


@pytest.mark.parametrize(
    "secret", ["Bearer sesa-me\nsecond", "Bearer sesa-me€", "Bearer sesa me", "ann:sesa-me\nsecond"]
)
def test_a_secret_that_no_header_can_hold_is_refused_and_not_repeated(secret: str) -> None:
    with pytest.raises(BadTerm) as caught:
        Credentials.read(secret)
    assert "on one line" in caught.value.hint
    assert "sesa" not in str(caught.value) + caught.value.value
