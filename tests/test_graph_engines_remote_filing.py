"""A store that an engine's own loader brought there is the store, with its whole history."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from graph.checkups import Verdict, look_over_engine
from graph.engines.remote.address import Address
from graph.engines.remote.engine import RemoteEngine
from graph.engines.remote.filing import write
from graph.engines.snapshots import SnapshotEngine
from graph.erasing import erase
from graph.errors import (
    BadTerm,
    MissingCapability,
    Refused,
    StoreDamaged,
    StoreExists,
    StoreMissing,
)
from graph.names import RDFS_LABEL, XSD, Names
from graph.store import Store
from graph.terms import DEFAULT_GRAPH, BlankNode, Literal, NamedNode, Quad
from tests.contracts.engines import address_of
from tests.remote_world import filed
from tests.statements import commit, name, quad, stated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.checkups import Finding
    from tests.real_engines import Loading, OxigraphServer, VirtuosoServer

NAMES = Names()
HIDDEN = NAMES.graph("restricted-classes")
LITERALS = (
    *(
        Literal(text, datatype=NamedNode(XSD + datatype))
        for datatype, texts in {
            "integer": ("7", "2147483648", "-2147483649", "999999999999999999", "9" * 30),
            "double": ("INF", "-INF", "NaN", "1.5"),
            "float": ("INF", "-INF", "NaN"),
            "decimal": ("1", "1.25"),
            "duration": ("PT9.58S",),
            "date": ("2024-08-30",),
        }.items()
        for text in texts
    ),
    Literal("a \"quoted\"\tline\r\nand 'another' \\ é 😀 \x01\x7f"),
    Literal("Łukasz", language="pl"),
    Literal("long " * 40_000),
)
ODD = tuple(
    Quad(name("odd"), name(f"p{number}"), literal, name("g"))
    for number, literal in enumerate(LITERALS)
)
"""Each under a property of its own: Virtuoso 7.2.5 may stop where one has values of many types."""


@pytest.fixture(params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest) -> Loading:
    """An empty engine with a loader of its own."""
    engine: Loading = request.getfixturevalue(f"{request.param}_server")
    engine.empty()
    return engine


@pytest.fixture
def near(tmp_path: Path) -> Iterator[SnapshotEngine]:
    """A store in a folder with some history."""
    with SnapshotEngine.create(tmp_path / "store") as engine:
        commit(engine, *ODD, quad("open"), quad("open", graph="h"), message="first")
        blank = Quad(BlankNode("b1"), name("p"), BlankNode("b2"), name("h"))
        commit(engine, blank, quad("secret", graph="r"), message='with "signs"\nand a line')
        hidden = (Quad(name("open"), name("class"), Literal("S9"), HIDDEN), quad("late"))
        commit(engine, *hidden, removed=(quad("secret", graph="r"),))
        yield engine


def test_what_the_loader_brings_is_the_store_with_its_history(
    near: SnapshotEngine, server: Loading
) -> None:
    server.load(filed(near, server))
    with RemoteEngine.open(address_of(server)) as far, far.read() as there, near.read() as here:
        assert list(far.commits()) == list(near.commits())
        assert [far.change(number) for number in (1, 2, 3)] == list(near.changes(1, 3))
        assert stated(there) == stated(here)
        assert set(there.quads(graph=DEFAULT_GRAPH)) == set(here.quads(graph=DEFAULT_GRAPH))
        assert (there.version, len(there)) == (here.version, len(here))
        assert (far.base, len({far.mark_of(number) for number in (1, 2, 3)})) == (near.base, 3)
    assert wrong(server) == {}


def test_so_it_is_of_an_empty_store(tmp_path: Path, server: Loading) -> None:
    with SnapshotEngine.create(tmp_path / "store", base="https://games.example") as near:
        server.load(filed(near, server))
    with RemoteEngine.open(address_of(server)) as far:
        assert (far.newest(), far.base) == (0, "https://games.example")
        assert commit(far, quad("first")).number == 1


def test_a_change_finds_every_statement_that_the_loader_brought(
    near: SnapshotEngine, server: Loading
) -> None:
    server.load(filed(near, server))
    with RemoteEngine.open(address_of(server)) as far:
        blank = Quad(BlankNode("b1"), name("p"), BlankNode("b2"), name("h"))
        made = commit(far, quad("more"), removed=(*ODD, blank, quad("open", graph="h")))
        with near.read() as here, far.read() as there:
            left = stated(here) - {*ODD, blank, quad("open", graph="h")} | {quad("more")}
            assert stated(there) == left
        assert (made.number, made.removed) == (4, len(ODD) + 2)
    assert wrong(server) == {}


def test_what_a_restricted_source_says_no_plain_query_finds_there(
    near: SnapshotEngine, server: Loading
) -> None:
    server.load(filed(near, server))
    with RemoteEngine.open(address_of(server)) as far, far.read() as there:
        says = Quad(name("open"), name("class"), Literal("S9"), HIDDEN)
        assert there.contains(says)
        assert not list(there.quads(predicate=name("class"), graph=DEFAULT_GRAPH))


def test_who_was_erased_is_in_no_file(tmp_path: Path, server: Loading) -> None:
    place, ana = tmp_path / "store", NAMES.of("person", "ana-silva-1999")
    label = Quad(ana, NamedNode(RDFS_LABEL.value), Literal("Ana Silva"), NAMES.graph("book"))
    with SnapshotEngine.create(place) as engine:
        commit(engine, label, quad("open"))
        commit(engine, quad("late"))
    erase(place, ana)
    with SnapshotEngine.open(place) as near:
        file = filed(near, server)
        server.load(file)
        with RemoteEngine.open(address_of(server)) as far:
            assert list(far.commits()) == list(near.commits())
            assert any(each.info.erased for each in far.commits())
            rows = b"".join(part for each in far.commits() for part in far.rows(each.number))
    assert b"silva" not in rows.lower() + gzip.decompress(file.read_bytes()).lower()


def test_a_load_that_breaks_off_makes_no_store(
    near: SnapshotEngine, oxigraph_server: OxigraphServer
) -> None:
    oxigraph_server.empty()
    lines = lines_of(filed(near, oxigraph_server))
    load(oxigraph_server, lines[: len(lines) - 12])
    with pytest.raises(StoreMissing):
        RemoteEngine.open(address_of(oxigraph_server))


@pytest.mark.parametrize(
    ("lost", "found"),
    [
        ("> <http://example.org/g> .", {"newest state", "record"}),
        ("remote/record> .", {"record"}),
        ("remote/ns#rows> ", {"history"}),
    ],
)
def test_a_checkup_finds_what_a_loader_left_out(
    near: SnapshotEngine, oxigraph_server: OxigraphServer, lost: str, found: set[str]
) -> None:
    oxigraph_server.empty()
    lines = lines_of(filed(near, oxigraph_server))
    at = next(number for number, line in enumerate(lines) if lost in line)
    load(oxigraph_server, [*lines[:at], *lines[at + 1 :]])
    assert set(wrong(oxigraph_server)) == found


def test_two_stores_in_one_engine_are_told_from_one(
    near: SnapshotEngine, oxigraph_server: OxigraphServer
) -> None:
    oxigraph_server.empty()
    files = [filed(near, oxigraph_server, f"{number}.nq") for number in (1, 2)]
    for file in files:
        oxigraph_server.load(file)
    with pytest.raises(StoreDamaged, match="two stores in one"):
        RemoteEngine.open(address_of(oxigraph_server))


def test_an_engine_that_keeps_a_store_is_left_alone(
    near: SnapshotEngine, oxigraph_server: OxigraphServer
) -> None:
    oxigraph_server.empty()
    RemoteEngine.create(address_of(oxigraph_server)).close()
    with pytest.raises(StoreExists, match="There is a store at"):
        filed(near, oxigraph_server)


@pytest.mark.parametrize("graph", [name("g").value, "https://w3id.org/medalgraph/remote/commits"])
def test_an_engine_that_holds_something_else_under_the_same_name_is_left_alone(
    near: SnapshotEngine, oxigraph_server: OxigraphServer, graph: str
) -> None:
    oxigraph_server.empty()
    oxigraph_server.tell(f"INSERT DATA {{ GRAPH <{graph}> {{ <urn:a> <urn:b> <urn:c> }} }}")
    with pytest.raises(Refused, match=f"The graph <{graph}> .* holds statements already"):
        filed(near, oxigraph_server)


def test_an_address_that_the_engine_would_cut_is_refused(
    near: SnapshotEngine, virtuoso_server: VirtuosoServer
) -> None:
    virtuoso_server.empty()
    commit(near, quad("long" * 500))
    with pytest.raises(BadTerm, match="keeps 1,800 at most"):
        filed(near, virtuoso_server)
    assert not (virtuoso_server.folder / "load.nq.gz").exists()


def test_what_the_house_keeps_for_itself_is_refused(
    near: SnapshotEngine, oxigraph_server: OxigraphServer
) -> None:
    oxigraph_server.empty()
    odd = NamedNode(f"{near.base}/.well-known/genid/x")
    commit(near, Quad(odd, name("p"), odd, name("g")))
    with pytest.raises(BadTerm, match="stands for a node without a name"):
        filed(near, oxigraph_server)


def test_a_literal_of_which_it_is_not_known_how_the_loader_reads_it_is_refused(
    near: SnapshotEngine, virtuoso_server: VirtuosoServer, tmp_path: Path
) -> None:
    virtuoso_server.empty()
    whole = address_of(virtuoso_server)
    mute = Address(whole.text, whole.query, whole.update, whole.query + "/none", whole.credentials)
    with (
        (tmp_path / "file.nq").open("wb") as out,
        pytest.raises(MissingCapability, match=r"integers beyond 31 bits|infinite numbers"),
    ):
        write(near, mute, out)


def test_what_is_written_for_oxigraph_is_n_quads(
    near: SnapshotEngine, oxigraph_server: OxigraphServer
) -> None:
    oxigraph_server.empty()
    text = gzip.decompress(filed(near, oxigraph_server).read_bytes()).decode()
    assert '"2147483648"^^<http://www.w3.org/2001/XMLSchema#integer>' in text
    assert '"INF"^^<http://www.w3.org/2001/XMLSchema#double>' in text


def test_work_is_taken_back_there_by_the_history_that_was_brought(
    tmp_path: Path, server: Loading
) -> None:
    with Store.create(tmp_path / "store") as store:
        for number in (1, 2):
            with store.transaction(message=str(number)) as tx:
                tx.update(f'INSERT DATA {{ person:p{number} rdfs:comment "{number}" }}')
        server.load(filed(store.engine, server))
    with Store.open(address_of(server)) as far:
        far.undo(1)
        with far.read() as there:
            assert [each.object for each in there.quads()] == [Literal("2")]


def wrong(server: Loading) -> dict[str, Finding]:
    """Return what a checkup finds to be wrong."""
    found = look_over_engine(address_of(server))
    return {each.what: each for each in found if each.verdict is Verdict.WRONG}


def lines_of(file: Path) -> list[str]:
    return gzip.decompress(file.read_bytes()).decode().splitlines(keepends=True)


def load(server: Loading, lines: list[str]) -> None:
    file = server.folder / "part.nq"
    file.write_text("".join(lines))
    server.load(file)
