from __future__ import annotations

import pytest

from graph.errors import BadInput, BadSyntax
from graph.gate.constraints import MaxCount, Pattern, Scope, Sparql, Step
from graph.gate.shapes import load_shapes, read_shapes
from graph.names import mg

from .gate_shapes import FILES, PREFIXES


def reading(body: str) -> str:
    """Read shapes that cannot be used, and return what the error says."""
    with pytest.raises(BadInput) as caught:
        read_shapes({"people.ttl": PREFIXES + body})
    return str(caught.value)


def on_person(condition: str) -> str:
    return f"s:Person a sh:NodeShape ; sh:targetClass mg:Person ; {condition} ."


def query(select: str) -> str:
    return on_person(f'sh:sparql [ sh:prefixes mg: ; sh:message "m" ; sh:select """{select}""" ]')


def test_a_shape_is_read_as_its_conditions_with_message_severity_and_name() -> None:
    shapes = read_shapes(
        {
            "people.ttl": PREFIXES
            + on_person(
                'sh:property [ sh:path mg:born ; sh:name "birth date" ; sh:maxCount 1 ;'
                ' sh:pattern "^[0-9]+$" ; sh:severity sh:Warning ; sh:message "Once."@en ]'
            )
        }
    )

    count, pattern = shapes.constraints

    assert (count.component, pattern.component) == (MaxCount(1), Pattern("^[0-9]+$"))
    assert {c.message for c in shapes.constraints} == {"Once."}
    assert {c.severity for c in shapes.constraints} == {"Warning"}
    assert {c.name for c in shapes.constraints} == {"birth date"}
    assert count.path == (Step(mg("born")),)
    assert count.path_text == mg("born").value
    assert count.component_iri == "http://www.w3.org/ns/shacl#MaxCountConstraintComponent"
    assert count.shape.value == "https://w3id.org/medalgraph/shapes#Person"


def test_the_file_within_source_is_checked_in_each_graph_and_the_others_on_the_record() -> None:
    shapes = read_shapes(FILES)

    assert {c.shape.value.rpartition("#")[2] for c in shapes.of(Scope.SOURCE)} == {
        "OneBirth",
        "OneNation",
    }
    assert len(shapes.of(Scope.RECORD)) + len(shapes.of(Scope.SOURCE)) == len(shapes.constraints)


def test_the_prefixes_of_a_query_are_those_that_the_shapes_declare() -> None:
    (constraint,) = read_shapes(
        {"x.ttl": PREFIXES + query("SELECT $this WHERE { $this mg:born ?b }")}
    ).constraints

    assert isinstance(constraint.component, Sparql)
    assert constraint.component.prologue == "PREFIX mg: <https://w3id.org/medalgraph/ns#>\n"


def test_no_shape_at_all_is_an_error() -> None:
    assert "No shape" in reading("")
    with pytest.raises(BadInput, match="no file at all"):
        read_shapes({})


def test_imports_are_an_error_and_never_fetched() -> None:
    said = reading(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> ."
        " <http://ex/shapes> owl:imports <http://127.0.0.1:1/x.ttl> ."
    )
    assert "never fetched" in said
    assert "http://127.0.0.1:1/x.ttl" in said


def test_broken_turtle_names_file_and_line() -> None:
    with pytest.raises(BadSyntax, match=r"people\.ttl cannot be read in line 2") as caught:
        read_shapes({"people.ttl": "@prefix ex: <http://ex/> .\nex:a ex:b"})
    assert caught.value.line == 2


@pytest.mark.parametrize(
    "condition",
    [
        "sh:or ( [ sh:class mg:Person ] )",
        "sh:not [ sh:class mg:Person ]",
        "sh:node s:Other",
        "sh:closed true",
        "sh:targetNode mg:Gold",
        "sh:property [ sh:path mg:born ; sh:minLength 3 ]",
        "sh:property [ sh:path mg:born ; sh:qualifiedMinCount 1 ]",
        "sh:property [ sh:path mg:born ; sh:disjoint mg:died ]",
        "sh:property [ sh:path mg:born ; sh:property [ sh:path mg:died ; sh:minCount 1 ] ]",
        "sh:property [ sh:minCount 1 ]",
        "sh:property [ sh:path [ sh:zeroOrMorePath mg:partOf ] ; sh:minCount 1 ]",
        "sh:property [ sh:path [ sh:alternativePath ( mg:a mg:b ) ] ; sh:minCount 1 ]",
        "sh:property [ sh:path mg:born ; sh:minCount 1, 2 ]",
        'sh:property [ sh:path mg:born ; sh:minCount "one" ]',
        "sh:property [ sh:path mg:born ; sh:datatype xsd:nonNegativeInteger ]",
        'sh:property [ sh:path mg:born ; sh:pattern "(" ]',
        'sh:property [ sh:path mg:born ; sh:pattern "a" ; sh:flags "x" ]',
        "sh:property [ sh:path mg:born ; sh:in mg:Gold ]",
        "sh:property [ sh:path mg:born ; sh:hasValue [] ]",
        "sh:property [ sh:path mg:born ; sh:nodeKind sh:Thing ]",
        'sh:property [ sh:path mg:born ; sh:uniqueLang "yes" ]',
        "sh:property [ sh:path mg:born ; sh:severity sh:Grave ; sh:minCount 1 ]",
        "sh:minCount 1",
        'sh:property [ sh:path mg:born ; sh:sparql [ sh:select "SELECT $this {}" ] ]',
        'sh:sparql [ sh:severity sh:Warning ; sh:select "SELECT $this { $this ?p ?o }" ]',
        'sh:sparql [ sh:ask "ASK {}" ]',
    ],
)
def test_what_the_gate_does_not_know_is_an_error_that_names_the_shape(condition: str) -> None:
    said = reading(on_person(condition))
    assert "people.ttl: sh:" in said
    assert "shapes#Person" in said


def test_a_shape_that_no_target_leads_to_is_an_error() -> None:
    orphan = "s:Lost a sh:NodeShape ; sh:property [ sh:path mg:born ; sh:minCount 1 ] ."
    assert "no shape that has a target" in reading(orphan)


def test_a_shape_that_is_a_class_needs_a_target_of_its_own() -> None:
    said = reading("mg:Person a sh:NodeShape, rdfs:Class ; sh:targetClass mg:Person ; sh:in () .")
    assert "class" in said


@pytest.mark.parametrize(
    ("select", "why"),
    [
        ("SELECT $this { SERVICE <http://127.0.0.1:1/> { $this ?p ?o } }", "SERVICE"),
        ("SELECT $this { $this ?p ?s . SERVICE SILENT ?s { ?a ?b ?c } }", "SERVICE"),
        ("SELECT $this { $this ?p ?o FILTER EXISTS { SERVICE ?o { ?a ?b ?c } } }", "SERVICE"),
        ("SELECT $this { GRAPH ?g { $this ?p ?o } }", "GRAPH"),
        ("SELECT $this { $this ?p ?o MINUS { $this ?q ?o } }", "MINUS"),
        ("SELECT $this { $this ?p ?o VALUES ?o { 1 } }", "VALUES"),
        ("SELECT $this { $this ?p ?o } LIMIT 1", "LIMIT"),
        ("SELECT ?value { $this mg:born ?value }", "$this"),
        ("SELECT $this FROM <http://ex/> { $this ?p ?o }", "FROM"),
        ("ASK { $this ?p ?o }", "SELECT"),
        ("SELECT $this { $this ?p }", "line"),
        ("SELECT $this { $this nope:born ?o }", "line"),
        ("SELECT $this { $this ?p ?o { SELECT ?o { ?o ?q ?z } } }", "sub-select"),
        ("SELECT $this { ?x ?p ?o BIND(?x AS $this) }", "another value"),
        (
            "SELECT $this { $this ?p ?o { ?a ?b $this } UNION { ?x ?y ?z FILTER(?x = $this) } }",
            "part",
        ),
        ("SELECT $this { $this (mg:a/mg:b)+ ?o }", "plain properties"),
    ],
)
def test_a_query_that_cannot_be_used_says_why(select: str, why: str) -> None:
    assert why in reading(query(select))


def test_a_condition_that_is_deactivated_is_left_out() -> None:
    shapes = read_shapes(
        {
            "x.ttl": PREFIXES
            + on_person(
                "sh:property [ sh:path mg:born ; sh:minCount 1 ] ;"
                " sh:property [ sh:path mg:died ; sh:minCount 1 ; sh:deactivated true ]"
            )
        }
    )
    assert [c.path_text for c in shapes.constraints] == [mg("born").value]


def test_the_shapes_of_the_program_can_be_read() -> None:
    assert load_shapes().of(Scope.RECORD)
    assert load_shapes().of(Scope.SOURCE)
