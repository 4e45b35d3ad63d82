"""The exact change of each form of SPARQL Update, case by case, from the specification."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from graph.engines.memory import MemoryDraft
from graph.errors import BadInput, MedalgraphError, NotFound
from graph.lexical import as_stored
from graph.prologue import Prologue
from graph.terms import DEFAULT_GRAPH, NamedNode, Quad
from graph.updates import apply_update

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.change import Change

EX = "http://example.org/"
PREFIXES = {"": EX, "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#"}


def node(name: str) -> NamedNode:
    return NamedNode(EX + name)


def quads(trig: str) -> list[Quad]:
    """Return the quads of TriG whose default prefix is declared."""
    declared = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in PREFIXES.items())
    return [as_stored(quad) for quad in parse(declared + trig, format=RdfFormat.TRIG)]


def canonical(found: Iterable[Quad]) -> set[Quad]:
    data = Dataset(found)
    data.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return set(data)


def run(before: str, update: str, *, plain: bool = True) -> tuple[MemoryDraft, Change]:
    """Apply an update to a small dataset, and check on the way that its change is exact."""
    start = quads(before)
    draft = MemoryDraft(start, plain=plain)
    target = DEFAULT_GRAPH if plain else node("local")
    change = apply_update(update, draft, target=target, prologue=Prologue(prefixes=PREFIXES))
    assert change.removed <= set(start)
    assert not change.added & set(start)
    assert set(draft.quads()) == (set(start) - change.removed) | change.added
    return draft, change


# ------------------------------------------------------- cases in the spirit of the W3C's


CASES = {
    # SPARQL 1.1 Update, 3.1.1: INSERT DATA
    "insert data adds a triple to the default graph": (
        ":s :p :o .",
        "INSERT DATA { :s :p :o2 }",
        ":s :p :o, :o2 .",
    ),
    "insert data of a triple that is there changes nothing": (
        ":s :p :o .",
        "INSERT DATA { :s :p :o }",
        ":s :p :o .",
    ),
    "insert data makes the named graph it needs": (
        ":s :p :o .",
        "INSERT DATA { GRAPH :g { :s :p :o } }",
        ":s :p :o . GRAPH :g { :s :p :o }",
    ),
    "insert data writes to several graphs and reads every abbreviation": (
        "",
        (
            "INSERT DATA { :a a :K ; :n 1, -2.5, +3e0 ; :t TRUE, 'x'@en . "
            "GRAPH :g { :b :l (1 :c) } . :d :e [ :f 'y'^^:t ; ] ; ; }"
        ),
        (
            ":a a :K ; :n 1, -2.5, 3e0 ; :t true, 'x'@en . :d :e [ :f 'y'^^:t ] . "
            "GRAPH :g { :b :l (1 :c) }"
        ),
    ),
    "a blank node label is one node in all graphs of an operation": (
        "",
        "INSERT DATA { _:x :p 1 GRAPH :g { _:x :p 2 } }",
        "_:x :p 1 . GRAPH :g { _:x :p 2 }",
    ),
    # 3.1.2: DELETE DATA
    "delete data removes what is there and ignores what is not": (
        ":s :p :o, :o2 . GRAPH :g { :s :p :o }",
        "DELETE DATA { :s :p :o . :nobody :p :o }",
        ":s :p :o2 . GRAPH :g { :s :p :o }",
    ),
    "delete data in a graph leaves the same triple elsewhere": (
        ":s :p :o . GRAPH :g { :s :p :o }",
        "DELETE DATA { GRAPH :g { :s :p :o } }",
        ":s :p :o .",
    ),
    # 3.1.3: DELETE/INSERT
    "delete goes before insert": (
        ":a :p 1 .",
        "DELETE { ?s :p ?o } INSERT { ?s :p ?o ; :q ?o } WHERE { ?s :p ?o }",
        ":a :p 1 ; :q 1 .",
    ),
    "with names the graph of templates and of where": (
        ":a :p 1 . GRAPH :g { :a :p 2 }",
        "WITH :g DELETE { ?s :p ?o } INSERT { ?s :q ?o } WHERE { ?s :p ?o }",
        ":a :p 1 . GRAPH :g { :a :q 2 }",
    ),
    "graph in a template goes before with": (
        "GRAPH :g { :a :p 2 }",
        "WITH :g INSERT { GRAPH :h { ?s :p ?o } } WHERE { ?s :p ?o }",
        "GRAPH :g { :a :p 2 } GRAPH :h { :a :p 2 }",
    ),
    "using takes the place of with in where, and only there": (
        "GRAPH :g { :a :p 1 } GRAPH :h { :a :p 2 }",
        "WITH :g INSERT { ?s :q ?o } USING :h WHERE { ?s :p ?o }",
        "GRAPH :g { :a :p 1 ; :q 2 } GRAPH :h { :a :p 2 }",
    ),
    "several using are merged, so that a triple of two graphs is one solution": (
        "GRAPH :g { :a :p 1 } GRAPH :h { :a :p 1 }",
        "INSERT { :n :of ?n } USING :g USING :h WHERE { SELECT (COUNT(*) AS ?n) { ?s :p ?o } }",
        ":n :of 1 . GRAPH :g { :a :p 1 } GRAPH :h { :a :p 1 }",
    ),
    "using named limits what graph can see": (
        "GRAPH :g { :a :p 1 } GRAPH :h { :a :p 2 }",
        "INSERT { ?s :q ?o } USING NAMED :h WHERE { GRAPH ?g { ?s :p ?o } }",
        ":a :q 2 . GRAPH :g { :a :p 1 } GRAPH :h { :a :p 2 }",
    ),
    "using without named leaves graph nothing to see": (
        "GRAPH :g { :a :p 1 }",
        "INSERT { ?s :q ?o } USING :g WHERE { GRAPH ?x { ?s :p ?o } }",
        "GRAPH :g { :a :p 1 }",
    ),
    "a variable names the graph of a template": (
        "GRAPH :g { :a :p 1 } GRAPH :h { :a :p 2 }",
        (
            "DELETE { GRAPH ?g { ?s :p ?o } } INSERT { GRAPH ?g { ?s :q ?o } } "
            "WHERE { GRAPH ?g { ?s :p ?o } }"
        ),
        "GRAPH :g { :a :q 1 } GRAPH :h { :a :q 2 }",
    ),
    "each solution makes blank nodes of its own": (
        ":a :p 1, 2 .",
        "INSERT { ?s :has [ :v ?o ] } WHERE { ?s :p ?o }",
        ":a :p 1, 2 ; :has [ :v 1 ], [ :v 2 ] .",
    ),
    "solutions that look alike still make blank nodes of their own": (
        ":a :p 1, 2 .",
        "INSERT { ?s :has [] } WHERE { ?s :p ?o }",
        ":a :p 1, 2 ; :has [], [] .",
    ),
    "an unbound variable leaves its triple out and no other": (
        ":a :p 1 .",
        "INSERT { ?s :q ?none . ?s :r ?o } WHERE { ?s :p ?o OPTIONAL { ?s :none ?none } }",
        ":a :p 1 ; :r 1 .",
    ),
    "a triple that rdf does not allow is left out": (
        ":a :p 1 .",
        "INSERT { ?o :q ?s . ?s ?o :x . 'a' :q ?s . ?s :r ?o } WHERE { ?s :p ?o }",
        ":a :p 1 ; :r 1 .",
    ),
    "a where without solutions changes nothing": (
        ":a :p 1 .",
        "DELETE { :a :p 1 } INSERT { :b :p 1 } WHERE { :nobody :p ?o }",
        ":a :p 1 .",
    ),
    "an empty where has one solution": (":a :p 1 .", "DELETE { :a :p 1 } WHERE {}", ""),
    "a collection alone is a template": (
        ":a :p 1 .",
        "INSERT { (?o) } WHERE { ?s :p ?o }",
        ":a :p 1 . [] rdf:first 1 ; rdf:rest rdf:nil .",
    ),
    "a number is the same however it is written": (
        ":a :p 7 .",
        "DELETE DATA { :a :p 007 }",
        "",
    ),
    # 3.1.3.3: DELETE WHERE
    "delete where removes its own pattern": (
        ":a :p 1 ; :q 2 . :b :p 1 .",
        "DELETE WHERE { ?s :p 1 ; :q ?o }",
        ":b :p 1 .",
    ),
    "delete where reaches into graphs": (
        ":a :p 1 . GRAPH :g { :a :p 1 } GRAPH :h { :a :p 1 }",
        "DELETE WHERE { GRAPH ?g { ?s :p ?o } }",
        ":a :p 1 .",
    ),
    # 3.1.4 and 3.2.2: CLEAR and DROP
    "clear graph empties one graph": (
        ":a :p 1 . GRAPH :g { :a :p 1 } GRAPH :h { :a :p 1 }",
        "CLEAR GRAPH :g",
        ":a :p 1 . GRAPH :h { :a :p 1 }",
    ),
    "clear default empties the default graph": (
        ":a :p 1 . GRAPH :g { :a :p 1 }",
        "CLEAR DEFAULT",
        "GRAPH :g { :a :p 1 }",
    ),
    "clear named leaves the default graph": (
        ":a :p 1 . GRAPH :g { :a :p 1 }",
        "CLEAR NAMED",
        ":a :p 1 .",
    ),
    "drop all leaves nothing": (":a :p 1 . GRAPH :g { :a :p 1 }", "DROP ALL", ""),
    "clear silent of a missing graph changes nothing": (
        ":a :p 1 .",
        "CLEAR SILENT GRAPH :none",
        ":a :p 1 .",
    ),
    "drop silent of a missing graph changes nothing": (
        ":a :p 1 .",
        "DROP SILENT GRAPH :none",
        ":a :p 1 .",
    ),
    # 3.2.1: CREATE
    "create silent of a graph that is there changes nothing": (
        "GRAPH :g { :a :p 1 }",
        "CREATE SILENT GRAPH :g",
        "GRAPH :g { :a :p 1 }",
    ),
    "a created graph can be cleared": ("", "CREATE GRAPH :g ; CLEAR GRAPH :g", ""),
    # 3.2.3 to 3.2.5: COPY, MOVE, ADD
    "copy replaces what the target held": (
        ":a :p 1 . GRAPH :g { :b :p 2 } GRAPH :h { :c :p 3 }",
        "COPY :g TO :h",
        ":a :p 1 . GRAPH :g { :b :p 2 } GRAPH :h { :b :p 2 }",
    ),
    "copy from the default graph": (
        ":a :p 1 . GRAPH :g { :b :p 2 }",
        "COPY DEFAULT TO :g",
        ":a :p 1 . GRAPH :g { :a :p 1 }",
    ),
    "copy onto itself changes nothing": (
        "GRAPH :g { :b :p 2 }",
        "COPY GRAPH :g TO GRAPH :g",
        "GRAPH :g { :b :p 2 }",
    ),
    "copy silent of a missing graph leaves the target": (
        "GRAPH :h { :c :p 3 }",
        "COPY SILENT :none TO :h",
        "GRAPH :h { :c :p 3 }",
    ),
    "move empties the source": (
        "GRAPH :g { :b :p 2 } GRAPH :h { :c :p 3 }",
        "MOVE :g TO :h",
        "GRAPH :h { :b :p 2 }",
    ),
    "move to the default graph": (
        ":a :p 1 . GRAPH :g { :b :p 2 }",
        "MOVE :g TO DEFAULT",
        ":b :p 2 .",
    ),
    "move onto itself changes nothing": (
        "GRAPH :g { :b :p 2 }",
        "MOVE :g TO :g",
        "GRAPH :g { :b :p 2 }",
    ),
    "add keeps what the target held": (
        "GRAPH :g { :b :p 2 } GRAPH :h { :c :p 3 }",
        "ADD :g TO :h",
        "GRAPH :g { :b :p 2 } GRAPH :h { :b :p 2 . :c :p 3 }",
    ),
    # 3: several operations in one request
    "an operation sees what those before it did": (
        "",
        "INSERT DATA { :a :p 1 } ; INSERT { ?s :q 1 } WHERE { ?s :p 1 } ; DELETE WHERE { ?s :p 1 }",
        ":a :q 1 .",
    ),
    "prefixes hold on, and can be declared again": (
        "",
        (
            "PREFIX x: <http://x/> INSERT DATA { x:a x:a x:a } ;\n"
            "PREFIX y: <http://y/> INSERT DATA { x:b y:b y:b } ; PREFIX x: <http://z/>\n"
            "INSERT DATA { x:c y:c x:c } ;"
        ),
        (
            "<http://x/a> <http://x/a> <http://x/a> . <http://x/b> <http://y/b> <http://y/b> . "
            "<http://z/c> <http://y/c> <http://z/c> ."
        ),
    ),
    "base holds on, and resolves the next base": (
        "",
        "BASE <http://b/x/> INSERT DATA { <a> <p> 1 } ; BASE <../y/> INSERT DATA { <a> <p> 2 }",
        "<http://b/x/a> <http://b/x/p> 1 . <http://b/y/a> <http://b/y/p> 2 .",
    ),
    "an empty request changes nothing": (":a :p 1 .", "# nothing at all", ":a :p 1 ."),
}


@pytest.mark.parametrize(("before", "update", "after"), CASES.values(), ids=CASES)
def test_the_specification_is_followed_where(before: str, update: str, after: str) -> None:
    draft, _ = run(before, update)
    assert canonical(draft.quads()) == canonical(quads(after))


# ----------------------------------------------------------------- a store with a record


def test_what_names_no_graph_is_written_to_the_target() -> None:
    draft, change = run("", "INSERT DATA { :a :p 1 }", plain=False)
    assert change.added == set(quads("GRAPH :local { :a :p 1 }"))
    assert set(draft.quads(graph=DEFAULT_GRAPH)) == set(quads(":a :p 1 ."))


def test_where_reads_the_record_and_delete_reaches_the_target_only() -> None:
    before = "GRAPH :local { :a :p 1 } GRAPH :g { :a :p 1, 2 }"
    draft, _ = run(before, "DELETE { ?s :p ?o } WHERE { ?s :p ?o }", plain=False)
    assert set(draft.quads()) == set(quads("GRAPH :g { :a :p 1, 2 }"))


def test_clear_default_empties_the_target() -> None:
    before = "GRAPH :local { :a :p 1 } GRAPH :g { :a :p 2 }"
    draft, _ = run(before, "CLEAR DEFAULT", plain=False)
    assert set(draft.quads()) == set(quads("GRAPH :g { :a :p 2 }"))


@pytest.mark.parametrize("scope", ["ALL", "NAMED"])
def test_clear_all_and_named_empty_every_graph_of_a_store(scope: str) -> None:
    before = "GRAPH :local { :a :p 1 } GRAPH :g { :a :p 2 }"
    draft, _ = run(before, f"CLEAR {scope}", plain=False)
    assert not set(draft.quads())
    assert not set(draft.quads(graph=DEFAULT_GRAPH))


def test_copy_from_default_copies_the_target_and_not_the_record() -> None:
    before = "GRAPH :local { :a :p 1 } GRAPH :g { :a :p 2 }"
    draft, _ = run(before, "COPY DEFAULT TO :h", plain=False)
    assert set(draft.quads(graph=node("h"))) == set(quads("GRAPH :h { :a :p 1 }"))


def test_copy_of_the_target_to_default_changes_nothing() -> None:
    _, change = run("GRAPH :local { :a :p 1 }", "COPY :local TO DEFAULT", plain=False)
    assert change.is_empty


# ------------------------------------------------------------------------ what is refused


@pytest.mark.parametrize("verb", ["CLEAR GRAPH", "DROP GRAPH"])
def test_a_missing_graph_cannot_be_cleared_or_dropped(verb: str) -> None:
    with pytest.raises(NotFound, match=r"no graph <http://example\.org/none>"):
        run(":a :p 1 .", f"{verb} :none")


@pytest.mark.parametrize("verb", ["COPY", "MOVE", "ADD"])
def test_a_missing_graph_cannot_be_copied(verb: str) -> None:
    with pytest.raises(NotFound, match=verb):
        run("GRAPH :g { :a :p 1 }", f"{verb} :none TO :g")


def test_a_graph_that_is_there_cannot_be_created() -> None:
    with pytest.raises(BadInput, match="exists already"):
        run("GRAPH :g { :a :p 1 }", "CREATE GRAPH :g")


def test_a_graph_cannot_be_created_twice_in_a_request() -> None:
    with pytest.raises(BadInput, match="exists already"):
        run("", "CREATE GRAPH :g ; CREATE GRAPH :g")


def test_a_dropped_graph_can_be_created_again() -> None:
    _, change = run("", "CREATE GRAPH :g ; DROP GRAPH :g ; CREATE GRAPH :g")
    assert change.is_empty


@pytest.mark.parametrize(
    "last", ["CLEAR GRAPH :none", "INSERT DATA { :b :p", "LOAD <file:///etc/hostname>"]
)
def test_an_error_in_a_later_operation_leaves_the_draft_as_it_was(last: str) -> None:
    start = quads(":a :p 1 . GRAPH :g { :a :p 2 }")
    draft = MemoryDraft(start, plain=True)
    with pytest.raises(MedalgraphError):
        apply_update(
            f"DELETE DATA {{ :a :p 1 }} ; MOVE :g TO :h ; {last}",
            draft,
            target=DEFAULT_GRAPH,
            prologue=Prologue(prefixes=PREFIXES),
        )
    assert set(draft.quads()) == set(start)
