"""Random small graphs and changes on which the gate is held against a full run of pySHACL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from graph.change import Change
from graph.gate.constraints import (
    Datatype,
    In,
    LessThanOrEquals,
    MaxInclusive,
    MinInclusive,
    Sparql,
    UniqueLang,
)
from graph.gate.focus import reads
from graph.gate.reads import flat
from graph.gate.views import SUBCLASS
from graph.names import RDF_TYPE, XSD
from graph.terms import BlankNode, Literal, NamedNode, Quad

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

    from graph.gate.constraints import Constraint
    from graph.gate.reads import Position
    from graph.terms import Subject, Term

GRAPHS = [NamedNode(f"https://w3id.org/medalgraph/id/graph/{name}") for name in "abc"]
NODES: list[Subject] = [NamedNode(f"http://ex/{n}") for n in range(3)]
NODES.append(BlankNode("nobody"))

TEXTS: list[Term] = [
    *(Literal(text) for text in ("2002", "2002-04-05", "1999", "2024-08-28", "April", "AZE")),
    *(Literal(number) for number in (0, 1, 2, 3, 2024)),
    Literal("abc", datatype=NamedNode(XSD + "integer")),
    Literal("2.5", datatype=NamedNode(XSD + "decimal")),
    Literal("gold", language="en"),
    Literal("Gold", language="en"),
    Literal("Kadmos", language="el"),
]


def fitting(constraint: Constraint) -> list[Term]:
    """Return values that bring the condition near its edge."""
    match constraint.component:
        case In(terms):
            return [*terms, Literal("AZE")]
        case UniqueLang():
            return [text for text in TEXTS if isinstance(text, Literal) and text.language]
        case LessThanOrEquals():
            return TEXTS[:4]
        case MinInclusive() | MaxInclusive() | Datatype():
            return [*TEXTS, Literal(4000)]
        case Sparql():
            return [Literal(number) for number in (1, 2, 3)]
    return TEXTS


@st.composite
def statements(draw: DrawFn, constraints: list[Constraint], most: int) -> list[Quad]:
    """Draw the patterns of some constraints with their variables filled in."""
    found: list[Quad] = []
    joined = [c for c in constraints if isinstance(c.component, Sparql)]
    for _ in range(draw(st.integers(1, most))):
        constraint = draw(st.sampled_from([*constraints, *joined, *joined]))
        found += draw(filled(constraint))
    compared = pairs_of(constraints)
    return [q for q in found if q.predicate not in compared or isinstance(q.object, Literal)]


def pairs_of(constraints: list[Constraint]) -> set[NamedNode]:
    """Return the properties whose values are compared.

    pySHACL compares IRIs as texts and stops at blank nodes, where SPARQL, and so SHACL,
    has them incomparable; a test of its own holds the gate to the specification.
    """
    compared = [c for c in constraints if isinstance(c.component, LessThanOrEquals)]
    return {p for c in compared for read in flat(reads(c)) for p in read.predicates or ()} - {
        RDF_TYPE
    }


@st.composite
def filled(draw: DrawFn, constraint: Constraint) -> list[Quad]:
    """Draw the patterns of one constraint: a few left out, a few filled in twice."""
    patterns = flat(reads(constraint))
    subjects = {read.subject for read in patterns}
    values: dict[str, Term] = {}

    def at(end: Position) -> Term:
        if not isinstance(end, str):
            return end
        if end not in values:
            pool = NODES if end in subjects else [*fitting(constraint), *NODES[:2]]
            values[end] = draw(st.sampled_from(pool))
        return values[end]

    found = []
    for read in patterns:
        for _ in range(draw(st.sampled_from((0, 1, 1, 1, 1, 1, 2, 2, 3)))):
            predicate = draw(st.sampled_from(sorted(read.predicates or {RDF_TYPE}, key=str)))
            graph = draw(st.sampled_from(GRAPHS))
            found.append(Quad(at(read.subject), predicate, at(read.object), graph))  # type: ignore[arg-type] # subjects are nodes
            if isinstance(read.object, str) and read.object not in subjects:
                values.pop(read.object, None)
    return found


@st.composite
def one_constraint_and_one_statement(
    draw: DrawFn, constraints: list[Constraint]
) -> tuple[list[Quad], Quad]:
    """Draw a graph in which the patterns of one constraint match, and one of its statements."""
    constraint = draw(st.sampled_from(constraints))
    values: dict[str, Term] = {}
    patterns = flat(reads(constraint))
    subjects = {read.subject for read in patterns}

    def at(end: Position) -> Term:
        if not isinstance(end, str):
            return end
        if end not in values:
            fresh = NamedNode(f"http://ex/{len(values)}")
            pool = [fresh] if end in subjects else [fresh, *fitting(constraint)]
            values[end] = draw(st.sampled_from(pool))
        return values[end]

    quads = [
        Quad(at(r.subject), min(r.predicates or {RDF_TYPE}, key=str), at(r.object), GRAPHS[0])  # type: ignore[arg-type] # subjects are nodes
        for r in patterns
    ]
    one = draw(st.sampled_from(quads))
    left_out = draw(st.sets(st.sampled_from(quads), max_size=2)) - {one}
    more = draw(filled(constraint)) if draw(st.booleans()) else []
    return [quad for quad in [*quads, *more] if quad != one and quad not in left_out], one


@st.composite
def before_and_change(
    draw: DrawFn, constraints: list[Constraint], *, with_subclasses: bool = False
) -> tuple[list[Quad], Change]:
    """Draw a graph and a change that is exact for it: new things, or a few statements altered."""
    before = draw(statements(constraints, 5))
    if with_subclasses:
        before += draw(subclasses(constraints))
    removed, added = draw(altered(before)) if before else ([], [])
    if draw(st.booleans()):
        added += draw(statements(constraints, 1))
    if with_subclasses:
        added += draw(subclasses(constraints))
    stated = set(before)
    return before, Change.of((q for q in added if q not in stated), set(removed) - set(added))


@st.composite
def altered(draw: DrawFn, before: list[Quad]) -> tuple[list[Quad], list[Quad]]:
    """Draw statements to take away, and statements like those that are there to add."""
    removed = draw(st.lists(st.sampled_from(before), max_size=2))
    added = []
    for quad in draw(st.lists(st.sampled_from(before), max_size=2)):
        same = [q.object for q in before if q.predicate == quad.predicate]
        value = draw(st.sampled_from(same))
        added.append(Quad(quad.subject, quad.predicate, value, draw(st.sampled_from(GRAPHS))))
    return removed, added


@st.composite
def subclasses(draw: DrawFn, constraints: list[Constraint]) -> list[Quad]:
    """Draw that some class is a subclass of another, now and then."""
    classes = sorted({t.iri for c in constraints for t in c.targets if t.kind == "class"}, key=str)
    pairs = draw(
        st.lists(st.tuples(st.sampled_from(classes), st.sampled_from(classes)), max_size=1)
    )
    return [Quad(narrow, SUBCLASS, broad, GRAPHS[0]) for narrow, broad in pairs]
