"""Right values are those of the definitions in SHACL (W3C, 20 July 2017), section 4."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, parse

from graph.engines.memory import MemoryDraft
from graph.gate.compile import compiled
from graph.gate.hierarchy import Hierarchy
from graph.gate.shapes import read_shapes
from graph.gate.verdicts import problems
from graph.gate.views import View
from graph.terms import DEFAULT_GRAPH, BlankNode, Literal, NamedNode, Quad

from .gate_shapes import PREFIXES

GRAPH = NamedNode("https://w3id.org/medalgraph/id/graph/a")


def broken(condition: str, data: str, *, whole: bool, path: str = "ex:p") -> list[str]:
    """Check one property shape on ex:a, an instance of ex:T, and return the value nodes."""
    along = f"sh:property [ sh:path {path} ; {condition} ]" if path else condition
    shapes = read_shapes(
        {"x.ttl": f"{PREFIXES} s:S a sh:NodeShape ; sh:targetClass ex:T ; {along} ."}
    )
    quads = parse(f"{PREFIXES} ex:a a ex:T . {data}", RdfFormat.TURTLE)
    draft = MemoryDraft(Quad(q.subject, q.predicate, q.object, GRAPH) for q in quads)
    view = View(draft, DEFAULT_GRAPH)
    nodes = None if whole else [NamedNode("http://ex/a")]
    (constraint,) = shapes.constraints
    found = list(problems(constraint, view, nodes))
    assert {problem.focus for problem in found} <= {NamedNode("http://ex/a")}
    return sorted(str(problem.value) for problem in found)


ONCE = ["None"]
INTEGER = "^^<http://www.w3.org/2001/XMLSchema#integer>"

CASES = {
    # 4.1.1: each value node is an instance of the class, or of a subclass of it.
    "class": ("sh:class ex:C", "ex:a ex:p ex:c . ex:c a ex:C .", []),
    "class of a subclass": (
        "sh:class ex:C",
        "ex:a ex:p ex:d . ex:d a ex:D . ex:D rdfs:subClassOf ex:E . ex:E rdfs:subClassOf ex:C .",
        [],
    ),
    "no class": ("sh:class ex:C", "ex:a ex:p ex:c .", ["<http://ex/c>"]),
    "another class": ("sh:class ex:C", "ex:a ex:p ex:c . ex:c a ex:D .", ["<http://ex/c>"]),
    "class of a literal": ("sh:class ex:C", 'ex:a ex:p "c" .', ['"c"']),
    # 4.1.2: a literal of this datatype that is not ill-typed.
    "datatype": ("sh:datatype xsd:integer", "ex:a ex:p 1, 2 .", []),
    "another datatype": ("sh:datatype xsd:integer", 'ex:a ex:p "1" .', ['"1"']),
    "datatype of an IRI": ("sh:datatype xsd:integer", "ex:a ex:p ex:b .", ["<http://ex/b>"]),
    "ill-typed integer": (
        "sh:datatype xsd:integer",
        'ex:a ex:p "abc"^^xsd:integer .',
        [f'"abc"{INTEGER}'],
    ),
    "ill-typed date": (
        "sh:datatype xsd:date",
        'ex:a ex:p "2023-02-30"^^xsd:date, "2024-02-29"^^xsd:date .',
        ['"2023-02-30"^^<http://www.w3.org/2001/XMLSchema#date>'],
    ),
    "ill-typed boolean": (
        "sh:datatype xsd:boolean",
        'ex:a ex:p true, "yes"^^xsd:boolean .',
        ['"yes"^^<http://www.w3.org/2001/XMLSchema#boolean>'],
    ),
    "string is no langString": ("sh:datatype xsd:string", 'ex:a ex:p "x", "x"@en .', ['"x"@en']),
    "unknown datatype": ("sh:datatype ex:edtf", 'ex:a ex:p "2002~"^^ex:edtf .', []),
    # 4.1.3
    "IRI": ("sh:nodeKind sh:IRI", 'ex:a ex:p ex:b, "b" .', ['"b"']),
    "literal": ("sh:nodeKind sh:Literal", 'ex:a ex:p ex:b, "b" .', ["<http://ex/b>"]),
    "blank node or IRI": ("sh:nodeKind sh:BlankNodeOrIRI", 'ex:a ex:p ex:b, [], "b" .', ['"b"']),
    "IRI or literal": ("sh:nodeKind sh:IRIOrLiteral", 'ex:a ex:p ex:b, "b" .', []),
    # 4.2.1, 4.2.2: value nodes are a set; the result has no value.
    "one of one": ("sh:minCount 1", "ex:a ex:p 1 .", []),
    "none of one": ("sh:minCount 1", "ex:a ex:q 1 .", ONCE),
    "one of two": ("sh:minCount 2", "ex:a ex:p 1 .", ONCE),
    "two of two": ("sh:minCount 2", "ex:a ex:p 1, 2 .", []),
    "none of none": ("sh:minCount 0", "ex:a ex:q 1 .", []),
    "one at most": ("sh:maxCount 1", "ex:a ex:p 1, 1 .", []),
    "two are too many": ("sh:maxCount 1", "ex:a ex:p 1, 2 .", ONCE),
    "any is too many": ("sh:maxCount 0", "ex:a ex:p 1 .", ONCE),
    # 4.3: what cannot be compared is a violation.
    "at the bounds": ("sh:minInclusive 1", "ex:a ex:p 1, 1.0, 2 .", []),
    "too small": ("sh:minInclusive 1", "ex:a ex:p 0 .", [f'"0"{INTEGER}']),
    "text against a number": ("sh:minInclusive 1", 'ex:a ex:p "5" .', ['"5"']),
    "IRI against a number": ("sh:maxInclusive 1", "ex:a ex:p ex:b .", ["<http://ex/b>"]),
    "too large": ("sh:maxInclusive 1", "ex:a ex:p 2 .", [f'"2"{INTEGER}']),
    # 4.4.3: as REGEX of SPARQL does it, found anywhere unless anchored; blank nodes never match.
    "pattern": ('sh:pattern "^[0-9]+$"', 'ex:a ex:p "12", 12 .', []),
    "pattern anywhere": ('sh:pattern "[0-9]"', 'ex:a ex:p "a1b" .', []),
    "pattern missed": ('sh:pattern "^[0-9]+$"', 'ex:a ex:p "12a" .', ['"12a"']),
    "pattern on an IRI": ('sh:pattern "^http://ex/"', "ex:a ex:p ex:b .", []),
    "pattern with a flag": ('sh:pattern "^ab$" ; sh:flags "i"', 'ex:a ex:p "AB" .', []),
    "pattern with quotes": (r'sh:pattern "^\"\\d{2}\"$"', r'ex:a ex:p "\"12\"" .', []),
    # 4.4.5: one result a language that is used twice.
    "languages": ("sh:uniqueLang true", 'ex:a ex:p "a"@en, "b"@az, "c", "d" .', []),
    "two in one language": ("sh:uniqueLang true", 'ex:a ex:p "a"@en, "b"@en, "c"@az .', ONCE),
    "two languages doubled": (
        "sh:uniqueLang true",
        'ex:a ex:p "a"@en, "b"@en, "c"@az, "d"@az, "e"@az .',
        ["None", "None"],
    ),
    # 4.5.4
    "in order": ("sh:lessThanOrEquals ex:q", 'ex:a ex:p "2002" ; ex:q "2002", "2003" .', []),
    "out of order": (
        "sh:lessThanOrEquals ex:q",
        'ex:a ex:p "2002", "2004" ; ex:q "2003" .',
        ['"2004"'],
    ),
    "nothing to compare": ("sh:lessThanOrEquals ex:q", 'ex:a ex:p "2002" .', []),
    "not comparable": (
        "sh:lessThanOrEquals ex:q",
        'ex:a ex:p 2002 ; ex:q "2003" .',
        [f'"2002"{INTEGER}'],
    ),
    "IRIs have no order": (
        "sh:lessThanOrEquals ex:q",
        "ex:a ex:p ex:b ; ex:q ex:c .",
        ["<http://ex/b>"],
    ),
    # 4.8.2: at least one value node is this term.
    "has the value": ("sh:hasValue ex:b", "ex:a ex:p ex:b, ex:c .", []),
    "lacks the value": ("sh:hasValue ex:b", "ex:a ex:p ex:c .", ONCE),
    "has another literal": ('sh:hasValue "b"', 'ex:a ex:p "b"@en .', ONCE),
    # 4.8.3: members are compared as terms.
    "listed": ('sh:in ( ex:b "b" 1 )', 'ex:a ex:p ex:b, "b", 1 .', []),
    "not listed": ('sh:in ( ex:b "b" )', 'ex:a ex:p ex:c, "b"@en .', ['"b"@en', "<http://ex/c>"]),
    "equal is not the same": (
        "sh:in ( 1 )",
        "ex:a ex:p 1.5, 1.0 .",
        [f'"{n}"^^<http://www.w3.org/2001/XMLSchema#decimal>' for n in ("1", "1.5")],
    ),
    "nothing is listed": ("sh:in ( )", "ex:a ex:p 1 .", [f'"1"{INTEGER}']),
}


@pytest.mark.parametrize("whole", [False, True], ids=["one node", "all nodes"])
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_condition_finds_the_value_nodes_that_the_specification_names(
    case: tuple[str, str, list[str]], *, whole: bool
) -> None:
    condition, data, expected = case
    assert broken(condition, data, whole=whole) == expected


@pytest.mark.parametrize("whole", [False, True], ids=["one node", "all nodes"])
def test_a_condition_without_a_path_is_about_the_focus_node(*, whole: bool) -> None:
    assert broken("sh:nodeKind sh:Literal", "", whole=whole, path="") == ["<http://ex/a>"]
    assert broken('sh:pattern "/a$"', "", whole=whole, path="") == []
    assert broken("sh:hasValue ex:b", "", whole=whole, path="") == ONCE
    assert broken("sh:in ( ex:a )", "", whole=whole, path="") == []
    assert broken("sh:class ex:T", "", whole=whole, path="") == []


@pytest.mark.parametrize("whole", [False, True], ids=["one node", "all nodes"])
def test_a_path_may_go_back_and_on(*, whole: bool) -> None:
    back, on = "[ sh:inversePath ex:p ]", "( ex:p [ sh:inversePath ex:q ] )"
    assert broken("sh:minCount 2", "ex:b ex:p ex:a .", whole=whole, path=back) == ONCE
    assert broken("sh:maxCount 1", "ex:a ex:p 1 . ex:b ex:q 1 .", whole=whole, path=on) == []
    two_ways = "ex:a ex:p 1, 2 . ex:b ex:q 1, 2 ."
    assert broken("sh:maxCount 1", two_ways, whole=whole, path=on) == []


def test_a_blank_node_is_a_focus_node_like_any_other() -> None:
    shapes = read_shapes(
        {
            "x.ttl": f"{PREFIXES} s:S sh:targetSubjectsOf ex:p ;"
            " sh:property [ sh:path ex:p ; sh:maxCount 1 ] ."
        }
    )
    right, wrong = BlankNode("right"), BlankNode("wrong")
    stated = [(right, 1), (wrong, 1), (wrong, 2)]
    draft = MemoryDraft(
        Quad(node, NamedNode("http://ex/p"), Literal(n), GRAPH) for node, n in stated
    )
    view = View(draft, DEFAULT_GRAPH)

    assert [p.focus for p in problems(shapes.constraints[0], view, [right, wrong])] == [wrong]
    assert [p.focus for p in problems(shapes.constraints[0], view)] == [wrong]


def test_a_node_of_two_target_classes_is_counted_once() -> None:
    shapes = read_shapes(
        {
            "x.ttl": f'''{PREFIXES} s:S a sh:NodeShape ; sh:targetClass ex:T, ex:U ;
            sh:sparql [ sh:message "m" ; sh:select """SELECT $this
              WHERE {{ $this <http://ex/p> ?v }} GROUP BY $this HAVING (COUNT(?v) > 1)""" ] .'''
        }
    )
    quads = parse(f"{PREFIXES} ex:a a ex:T, ex:U ; ex:p 1 .", RdfFormat.TURTLE)
    draft = MemoryDraft(Quad(q.subject, q.predicate, q.object, GRAPH) for q in quads)

    assert list(problems(shapes.constraints[0], View(draft, DEFAULT_GRAPH))) == []


def test_the_target_stands_in_the_where_and_not_in_an_exists_of_the_select() -> None:
    shapes = read_shapes(
        {
            "x.ttl": f'''{PREFIXES} s:S a sh:NodeShape ; sh:targetClass ex:T ;
            sh:sparql [ sh:message "m" ; sh:select """SELECT $this (EXISTS {{ ?x ?y ?z }} AS ?some)
              WHERE {{ $this <http://ex/p> ?v }}""" ] .'''
        }
    )

    text = compiled(shapes.constraints[0], Hierarchy())

    assert text.index("http://ex/T") > text.index("WHERE")
