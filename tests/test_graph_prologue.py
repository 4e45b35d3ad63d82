"""What BASE and PREFIX make of names, and which graphs FROM means."""

from __future__ import annotations

import pytest

from graph.engines.memory import MemoryDraft
from graph.errors import BadSyntax
from graph.lexer import tokens
from graph.names import Names
from graph.prologue import Prologue, dataset_of, house_prologue
from graph.terms import Literal, NamedNode, Quad
from graph.updates import apply_update

EX = "http://example.org/"
A, B = NamedNode(EX + "a"), NamedNode(EX + "b")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * { ?s ?p ?o }", None),
        ("SELECT * { ?s ?p 'FROM <a>' }", None),
        ("SELECT * FROM <http://example.org/a> { ?s ?p ?o }", ([A], [])),
        ("select * from ex:a from named ex:b where { }", ([A], [B])),
        ("PREFIX : <http://example.org/> ASK FROM :a FROM :b { }", ([A, B], [])),
        ("BASE <http://example.org/x/> ASK FROM NAMED <../a> { }", ([], [A])),
        ("PREFIX ex: <http://other/> ASK FROM ex:a { }", ([NamedNode("http://other/a")], [])),
        ("CONSTRUCT { ?s ?p ?o } FROM ex:a WHERE { ?s ?p ?o }", ([A], [])),
        ("CONSTRUCT FROM ex:a WHERE { ?s ?p ?o }", ([A], [])),
        ("DESCRIBE ex:b FROM ex:a", ([A], [])),
        ("# FROM ex:b\nASK FROM ex:a # FROM ex:b\n{ }", ([A], [])),
    ],
)
def test_the_dataset_of_a_query_is_what_its_from_clauses_name(
    text: str, expected: tuple[list[NamedNode], list[NamedNode]] | None
) -> None:
    assert dataset_of(text, Prologue(prefixes={"ex": EX})) == expected


def test_a_graph_with_an_undeclared_prefix_is_named_with_its_place() -> None:
    with pytest.raises(BadSyntax, match="'no:'") as caught:
        dataset_of("SELECT *\nFROM no:a { }")
    assert (caught.value.line, caught.value.column) == (2, 6)


def test_relative_iris_of_queries_and_updates_are_those_of_the_store() -> None:
    prologue = house_prologue(Names("https://medals.example"))
    draft = MemoryDraft(prologue=prologue)
    apply_update("INSERT DATA { <a> <#p> <../b> }", draft, target=A, prologue=prologue)
    subject, said, value = (NamedNode(f"https://medals.example/{end}") for end in ("a", "#p", "b"))
    assert list(draft.quads()) == [Quad(subject, said, value, A)]
    assert draft.query("ASK { <a> <#p> <b> }")
    assert draft.query("BASE <https://medals.example/x/> ASK { <../a> ?p ?o }")


def test_declarations_add_up_and_the_last_one_holds() -> None:
    read = list(tokens("BASE <http://b/> PREFIX p: <c/> PREFIX p: <d/> BASE <e/> CLEAR ALL"))
    after, taken = Prologue().with_declarations(read)
    assert after == Prologue("http://b/e/", {"p": "http://b/d/"})
    assert read[taken].text == "CLEAR"


def test_terms_are_read_as_turtle_reads_them() -> None:
    words = ["<x>", "p:a.b", r"p:\,", "007", "'''a\nb'''@en", "'1'^^p:d"]
    place = next(tokens("x"))
    found = Prologue(EX, {"p": EX}).terms(words, places=[place] * len(words))
    assert found == [
        NamedNode(EX + "x"),
        NamedNode(EX + "a.b"),
        NamedNode(EX + ","),
        Literal("007", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
        Literal("a\nb", language="en"),
        Literal("1", datatype=NamedNode(EX + "d")),
    ]


def test_an_error_after_a_string_of_many_lines_still_names_the_right_term() -> None:
    found = [token for token in tokens("'''a\n\nb''' <no scheme> <x>") if token.text != "<"]
    with pytest.raises(BadSyntax) as caught:
        Prologue().terms([found[0], "<x>"], places=[found[0], found[-1]])
    assert (caught.value.line, caught.value.column) == (3, 18)
