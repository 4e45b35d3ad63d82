"""Random updates on random small datasets: our change does what pyoxigraph's own update does."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Store

from graph.engines.memory import MemoryDraft
from graph.prologue import Prologue
from graph.terms import DEFAULT_GRAPH, BlankNode, Literal, NamedNode, Quad
from graph.updates import apply_update

if TYPE_CHECKING:
    from collections.abc import Iterable

EX = "http://example.org/"
PREFIXES = {"": EX}
INTEGER = NamedNode("http://www.w3.org/2001/XMLSchema#integer")

A, B = NamedNode(EX + "a"), NamedNode(EX + "b")
GRAPHS = (DEFAULT_GRAPH, NamedNode(EX + "g"), NamedNode(EX + "h"))
quads = st.builds(
    Quad,
    st.sampled_from([A, B, BlankNode("n"), BlankNode("m")]),
    st.sampled_from([NamedNode(EX + "p"), NamedNode(EX + "q")]),
    st.sampled_from([A, B, BlankNode("n"), Literal("1", datatype=INTEGER), Literal("x")]),
    st.sampled_from(GRAPHS),
)
datasets = st.lists(quads, max_size=8, unique=True)


def blocks(triples: st.SearchStrategy[str], graphs: list[str]) -> st.SearchStrategy[str]:
    """Return templates of up to three triples, some of them inside GRAPH."""
    placed = st.builds("GRAPH {0} {{ {1} }}".format, st.sampled_from(graphs), triples)
    plain = triples.map(lambda triple: triple + " .")
    return st.lists(st.one_of(plain, placed), min_size=1, max_size=3).map(" ".join)


def triples(
    subjects: list[str], predicates: list[str], objects: list[str]
) -> st.SearchStrategy[str]:
    return st.builds(
        "{0} {1} {2}".format,
        st.sampled_from(subjects),
        st.sampled_from(predicates),
        st.sampled_from(objects),
    )


NODES, VARIABLES = [":a", ":b"], ["?s", "?o", "?x"]
VALUES, PREDICATES = [*NODES, "1", "001", "'x'"], [":p", ":q"]
patterns = triples([*NODES, *VARIABLES], [*PREDICATES, "?p"], [*VALUES, *VARIABLES])
deleted = blocks(patterns, [":g", ":h", "?g"])
inserted = blocks(
    triples([*NODES, *VARIABLES, "_:new", "[]"], [*PREDICATES, "?p"], [*VALUES, "?o", "_:new"]),
    [":g", ":h", "?g"],
)
inserted_without_nodes = blocks(
    triples([*NODES, *VARIABLES, "'x'"], [*PREDICATES, "?p", "a"], [*VALUES, "?o"]),
    [":g", ":new", "?g"],
)
wheres = st.sampled_from(
    [
        "{ ?s ?p ?o }",
        "{ ?s :p ?o . ?o ?p ?x }",
        "{ GRAPH ?g { ?s ?p ?o } }",
        "{ GRAPH :g { ?s ?p ?o } OPTIONAL { ?s :q ?x } }",
        "{ { ?s :p ?o } UNION { GRAPH ?g { ?s :q ?o } } }",
        "{ ?s ?p ?o FILTER(isLiteral(?o)) }",
        "{ ?s ?p ?o FILTER NOT EXISTS { ?s :q ?o } MINUS { :a ?p ?o } }",
        "{ VALUES (?s ?o) { (:a 1) (UNDEF :b) } }",
        "{ SELECT ?s (COUNT(*) AS ?o) WHERE { ?s ?p ?x } GROUP BY ?s }",
        "{ ?s :p+ ?o BIND(STR(?o) AS ?x) }",
        "{}",
    ]
)
using = st.sampled_from(
    ["", "", "USING :g", "USING :g USING :h", "USING NAMED :g", "USING :h USING NAMED :g"]
)
with_graph = st.sampled_from(["", "", "WITH :g", "WITH :new"])


def modification(
    into: st.SearchStrategy[str], dataset: st.SearchStrategy[str]
) -> st.SearchStrategy[str]:
    def joined(home: str, out: str, new: str, data: str, where: str) -> str:
        parts = [home, f"DELETE {{ {out} }}" if out else "", f"INSERT {{ {new} }}" if new else ""]
        return " ".join((*parts, data, "WHERE", where)) if out or new else "CLEAR SILENT GRAPH :new"

    empty = st.just("")
    return st.builds(
        joined, with_graph, st.one_of(empty, deleted), st.one_of(empty, into), dataset, wheres
    )


graph_or_default = st.sampled_from(["DEFAULT", ":g", ":h", "GRAPH :new"])
data = blocks(triples(NODES, PREDICATES, VALUES), [":g", ":h", ":new"])
data_with_nodes = blocks(
    triples([*NODES, "_:new", "[ :q 1 ]"], PREDICATES, [*VALUES, "_:new", "(1 :a)"]), [":g", ":new"]
)
operations = st.one_of(
    data_with_nodes.map("INSERT DATA {{ {0} }}".format),
    data.map("DELETE DATA {{ {0} }}".format),
    deleted.map("DELETE WHERE {{ {0} }}".format),
    modification(inserted, st.sampled_from(["", "USING :g", "USING :h USING NAMED :g"])),
    modification(inserted_without_nodes, using),
    st.builds(
        "{0} SILENT {1}".format,
        st.sampled_from(["CLEAR", "DROP"]),
        st.sampled_from(["GRAPH :g", "GRAPH :new", "DEFAULT", "NAMED", "ALL"]),
    ),
    st.just("CREATE SILENT GRAPH :new"),
    st.builds(
        "{0} SILENT {1} TO {2}".format,
        st.sampled_from(["COPY", "MOVE", "ADD"]),
        graph_or_default,
        graph_or_default,
    ),
)


FEW = 6
"""Up to so many blank nodes isomorphism is found out exactly; the time grows as n!."""


def canonical(found: Iterable[Quad]) -> object:
    """Return what is equal for isomorphic datasets (with many blank nodes: coarsely)."""
    found = list(found)
    nodes = {term for quad in found for term in quad if isinstance(term, BlankNode)}
    if len(nodes) > FEW:
        return Counter(re.sub(r"_:\w+", "_:", str(quad)) for quad in found)
    dataset = Dataset(found)
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return set(dataset)


class Oracle:
    """Does operations as pyoxigraph does them, but for what a missing graph is.

    pyoxigraph keeps the name of a graph that was emptied; here a graph exists while it
    holds something or was created. SPARQL 1.1 Update lets COPY, MOVE and ADD of a missing
    graph fail, and SILENT then makes nothing of it; pyoxigraph empties the target.
    """

    def __init__(self, start: list[Quad]) -> None:
        self.store = Store()
        self.store.extend(start)
        self._created: set[object] = set()

    def do(self, operation: str) -> None:
        transfer = re.fullmatch(r"(?:COPY|MOVE|ADD) SILENT (?:GRAPH )?:(\w+) TO .*", operation)
        if transfer and not self.store.contains_named_graph(NamedNode(EX + transfer[1])):
            return
        known = set(self.store.named_graphs())
        self.store.update(operation, prefixes=PREFIXES)
        if operation.startswith("CREATE"):
            self._created |= set(self.store.named_graphs()) - known
        for graph in list(self.store.named_graphs()):  # to remove while it lists waits forever
            empty = not any(self.store.quads_for_pattern(None, None, None, graph))
            if empty and graph not in self._created:
                self.store.remove_graph(graph)
        self._created &= set(self.store.named_graphs())


@settings(max_examples=400, deadline=None)
@given(start=datasets, request=st.lists(operations, min_size=1, max_size=3))
def test_a_request_does_what_the_update_of_pyoxigraph_does(
    start: list[Quad], request: list[str]
) -> None:
    request = [part.replace("_:new", f"_:new{n}") for n, part in enumerate(request)]
    draft, oracle = MemoryDraft(start, plain=True), Oracle(start)

    change = apply_update(
        " ;\n".join(request), draft, target=DEFAULT_GRAPH, prologue=Prologue(prefixes=PREFIXES)
    )
    for operation in request:
        oracle.do(operation)

    assert canonical(draft.quads()) == canonical(oracle.store)
    assert change.removed <= set(start)
    assert not change.added & set(start)
    assert set(draft.quads()) == (set(start) - change.removed) | change.added


@settings(max_examples=200, deadline=None)
@given(start=datasets, request=st.lists(operations, min_size=1, max_size=3))
def test_the_record_stays_the_merge_of_the_graphs_and_the_inverse_takes_all_back(
    start: list[Quad], request: list[str]
) -> None:
    named = {quad for quad in start if quad.graph_name != DEFAULT_GRAPH}
    request = [part.replace("_:new", f"_:new{n}") for n, part in enumerate(request)]
    draft = MemoryDraft(named)

    change = apply_update(
        " ; ".join(request), draft, target=GRAPHS[2], prologue=Prologue(prefixes=PREFIXES)
    )

    record = draft.quads(graph=DEFAULT_GRAPH)
    assert {quad.triple for quad in record} == {quad.triple for quad in draft.quads()}
    assert set(draft.quads()) == (named - change.removed) | change.added
    draft.apply(change.inverse())
    assert set(draft.quads()) == named
