"""A checkup of a remote store says how its engine differs, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import QuerySolutions

from graph.checkups import Verdict, look_over_engine
from graph.engines.remote.address import Address, Credentials
from graph.engines.remote.engine import RemoteEngine
from graph.errors import EngineRefused, MissingCapability
from graph.names import XSD
from graph.terms import Literal, NamedNode, Quad
from tests.contracts.engines import address_of
from tests.statements import SAYS, commit, name

if TYPE_CHECKING:
    from tests.real_engines import OxigraphServer, RdflibServer, VirtuosoServer


def test_of_virtuoso_it_says_what_is_cut_and_what_is_not_compared(
    virtuoso_server: VirtuosoServer,
) -> None:
    virtuoso_server.empty()
    address = address_of(virtuoso_server)
    RemoteEngine.create(address).close()
    found = {finding.what: finding for finding in look_over_engine(address)}
    assert found["store"].sentence == "Version 0 with 0 statements is there."
    assert "cut after 10,000 rows" in found["row_limit"].sentence
    assert "durations" in found["literals"].sentence
    worrying = {word for word, one in found.items() if one.verdict is Verdict.WORRYING}
    assert worrying == {"row_limit", "literals", "habits"}


def test_of_oxigraph_all_is_well(oxigraph_server: OxigraphServer) -> None:
    oxigraph_server.empty()
    address = address_of(oxigraph_server)
    RemoteEngine.create(address).close()
    assert {finding.verdict for finding in look_over_engine(address)} == {Verdict.WELL}


def test_an_address_that_takes_no_changes_from_us_is_refused_in_words(
    virtuoso_server: VirtuosoServer,
) -> None:
    virtuoso_server.empty()
    open_to_all = f"http://127.0.0.1:{virtuoso_server.port}/sparql"
    with pytest.raises(MissingCapability, match="takes no changes from us"):
        RemoteEngine.create(Address.of(open_to_all))


def test_an_engine_that_asks_by_digest_is_told_of_in_the_hint(
    virtuoso_server: VirtuosoServer,
) -> None:
    known = Credentials(virtuoso_server.user, virtuoso_server.password)
    shipped = Address.of(f"http://127.0.0.1:{virtuoso_server.port}/sparql-auth", known)
    with pytest.raises(EngineRefused) as caught:
        RemoteEngine.open(shipped)
    assert "not by digest" in caught.value.hint


def test_who_may_only_read_is_told_so_and_reads_all_as_it_was(
    virtuoso_server: VirtuosoServer,
) -> None:
    virtuoso_server.empty()
    nine = Literal("PT9.58S", datatype=NamedNode(XSD + "duration"))
    said = Quad(name("s"), SAYS, nine, name("g"))
    with RemoteEngine.create(address_of(virtuoso_server)) as engine:
        commit(engine, said)
    open_to_all = Address.of(f"http://127.0.0.1:{virtuoso_server.port}/sparql")
    found = {finding.what: finding for finding in look_over_engine(open_to_all)}
    assert found["update"].sentence == "We may only read there."
    with RemoteEngine.open(open_to_all) as engine, engine.read() as reader:
        assert reader.contains(said)
        answer = reader.query("SELECT (SUM(?x) AS ?v) { ?s <urn:none> ?x }")
        assert isinstance(answer, QuerySolutions)
        assert [row["v"].value for row in answer] == ["0"]


def test_an_engine_that_does_not_heed_which_graphs_are_named_is_refused_and_left_as_it_was(
    rdflib_server: RdflibServer,
) -> None:
    with pytest.raises(MissingCapability, match="does not heed which graphs a request names"):
        RemoteEngine.create(address_of(rdflib_server))
    assert rdflib_server.ask("SELECT * WHERE { GRAPH ?g { ?s ?p ?o } }") == []
