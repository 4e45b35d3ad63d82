"""Which update requests are accepted, and where the error points in those that are not."""

from __future__ import annotations

import pytest

from graph.errors import BadSyntax, Forbidden
from graph.operations import Graphs, Modify, Transfer, read_operations
from graph.prologue import Prologue
from graph.terms import DEFAULT_GRAPH, NamedNode

EX = "http://example.org/"
PROLOGUE = Prologue(None, {"": EX})


def read(text: str) -> list[Modify | Graphs | Transfer]:
    return read_operations(text, prologue=PROLOGUE, target=DEFAULT_GRAPH)


WRONG = {
    "a triple that is not finished": ("INSERT DATA { :a :p }", 1, 21),
    "the second of two operations": (
        "INSERT DATA { :a :p 1 } ;\n\n  INSERT DATA { :a 1 :p }",
        3,
        20,
    ),
    "after a prologue of its own": (
        "CLEAR ALL ;\nPREFIX x: <http://x/>\nINSERT DATA { x:a x:b }",
        3,
        23,
    ),
    "a prefix that is not declared": ("INSERT DATA { :a :p\n x:o }", 2, 2),
    "a prefix that is not declared in where": ("DELETE { ?s ?p 1 }\nWHERE { ?s x:p ?o }", 2, 12),
    "an address with a space": ("INSERT DATA { :a :p <http://x/a b> }", 1, 21),
    "a relative address without a base": ("INSERT DATA { :a :p <o> }", 1, 21),
    "a variable in data": ("INSERT DATA { :a :p ?o }", 1, 21),
    "a variable as the graph of data": ("DELETE DATA { GRAPH ?g { :a :p 1 } }", 1, 21),
    "a blank node in delete data": ("DELETE DATA { :a :p _:b }", 1, 21),
    "a blank node in a delete template": ("DELETE { :a :p [] } WHERE { }", 1, 16),
    "a collection in a delete template": ("DELETE { :a :p (1) } WHERE { }", 1, 16),
    "a blank node in delete where": ("DELETE WHERE { _:b :p 1 }", 1, 16),
    "a label of an earlier insert data": (
        "INSERT DATA { _:b :p 1 } ;\nINSERT DATA { :a :p _:b }",
        2,
        21,
    ),
    "a label of an earlier where": (
        "DELETE { :a :p 1 } WHERE { _:b :p 1 } ;\nDELETE { :a :p 1 } WHERE { _:b :p 1 }",
        2,
        28,
    ),
    "words grown together": ("INSERTDATA { :a :p 1 }", 1, 1),
    "a query": ("SELECT * { ?s ?p ?o }", 1, 1),
    "two semicolons": ("CLEAR ALL ; ; CLEAR ALL", 1, 13),
    "a semicolon alone": (";", 1, 1),
    "a statement about a statement": ("INSERT DATA { :a :p <<( :a :p 1 )>> }", 1, 21),
    "an annotation": ("INSERT DATA { :a :p 1 {| :q 2 |} }", 1, 23),
    "a reifier": ("INSERT DATA { :a :p 1 ~ :r }", 1, 23),
    "a prefix without an address": ("PREFIX x: :a CLEAR ALL", 1, 11),
    "a base that is cut off": ("CLEAR ALL ; BASE", 1, 13),
    "with before delete where": ("WITH :g DELETE WHERE { ?s ?p ?o }", 1, 16),
}


@pytest.mark.parametrize(("text", "line", "column"), WRONG.values(), ids=WRONG)
def test_the_error_points_to(text: str, line: int, column: int) -> None:
    with pytest.raises(BadSyntax) as caught:
        read(text)
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    "text",
    [
        "DELETE { ?s ?p ?o } WHERE { ?s ?p }",
        "INSERT { ?s ?p ?o } WHERE { ?s ?p ?o ",
        "CLEAR :g",
        "CLEAR SILENT",
        "COPY :g :h",
        "INSERT { :a :p 1 }",
        "INSERT DATA { GRAPH { :a :p 1 } }",
        "INSERT DATA { GRAPH :g { GRAPH :h { :a :p 1 } } }",
        "INSERT DATA { [] }",
        "INSERT DATA { 'a' :p 1 }",
        "INSERT DATA { :a 'p' 1 }",
        "CREATE DEFAULT",
        "DELETE { ?s ?p ?o } USING :g",
        "INSERT { ?s ?p ?o } WHERE { { _:b :p ?s } { _:b :p ?o } }",
        "INSERT { ?s ?p ?o } WHERE { ?s ?p ?o . BIND(1 AS ?o) }",
        "CLEAR ALL CLEAR ALL",
    ],
)
def test_what_the_grammar_does_not_have_is_refused(text: str) -> None:
    with pytest.raises(BadSyntax):
        read(text)


@pytest.mark.parametrize(
    ("text", "operations"),
    [
        ("", 0),
        ("# a comment", 0),
        ("PREFIX x: <http://x/>", 0),
        ("CLEAR ALL ;", 1),
        ("CLEAR ALL ; PREFIX x: <http://x/>", 1),
        ("CLEAR ALL ; BASE <http://x/> CREATE GRAPH <g> ; # done", 2),
        ("DELETE { ?s ?p ?o } WHERE { VALUES ?s { ';' } ?s ?p ?o } ; CLEAR DEFAULT", 2),
        ("insert data { :a a :K ; :p 'x;y', \";\" } ; drop silent graph :g", 2),
        ("INSERT DATA { :a :p TRUE, False }", 1),
        (r"\u0049NSERT DATA { :\u0061 :p 1 }", 1),
    ],
)
def test_a_request_is_split_into_its_operations(text: str, operations: int) -> None:
    assert len(read(text)) == operations


def test_graph_operations_say_what_they_mean() -> None:
    assert read("CLEAR SILENT GRAPH :g ; DROP NAMED ; CREATE GRAPH :g") == [
        Graphs("CLEAR", NamedNode(EX + "g"), silent=True),
        Graphs("DROP", "NAMED", silent=False),
        Graphs("CREATE", NamedNode(EX + "g"), silent=False),
    ]
    assert read("MOVE SILENT DEFAULT TO GRAPH :g ; ADD :g TO DEFAULT") == [
        Transfer("MOVE", DEFAULT_GRAPH, NamedNode(EX + "g"), silent=True),
        Transfer("ADD", NamedNode(EX + "g"), DEFAULT_GRAPH, silent=False),
    ]


def test_a_syntax_check_neither_runs_nor_loads_anything() -> None:
    with pytest.raises(Forbidden):
        read("LOAD <file:///etc/hostname>")
    with pytest.raises(BadSyntax):
        read("PREFIX x: <file:///etc/> LOADx:hostname")


def test_many_operations_with_prologues_of_their_own_are_read_in_good_time() -> None:
    text = "".join(f"PREFIX x{n}: <http://x/> CREATE SILENT GRAPH x{n}:g ;" for n in range(300))
    assert len(read(text)) == 300


def test_a_request_may_not_declare_very_many_prefixes() -> None:
    text = "".join(f"PREFIX x{n}: <http://x/> " for n in range(1001))
    with pytest.raises(BadSyntax, match="at most 1000 prefixes"):
        read(text + "CLEAR ALL")
