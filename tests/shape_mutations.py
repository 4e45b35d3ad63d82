"""What breaks a constraint, found from its kind: a value taken away, doubled or made wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from graph.change import Change
from graph.names import XSD
from graph.terms import Literal, NamedNode, Quad

from .shape_constraints import local
from .shape_world import BOOK, NEWS, stated, targets, world

if TYPE_CHECKING:
    from graph.terms import Term

    from .shape_constraints import Asked

NOBODY = NamedNode("https://w3id.org/medalgraph/id/person/nobody-described-me")
ARABIC_DIGITS = str.maketrans("0123456789", "".join(chr(0x660 + n) for n in range(10)))
NEAR_MISSES = {
    "date": (
        *("2023-02-29", "1900-02-29", "2024-04-31", "2024-13", "2024-00", "2024-01-00", "24"),
        *("2024-9-3", "April 1980", " 2024", "2024-09-03 ", "2024\n", "2024-09-03T10:00:00", ""),
        *("19X4", "XXXX", "2024-XX", "1980~~", "-2024", "2024/2025", "20244"),
        "2024".translate(ARABIC_DIGITS),
        f"{'2024'.translate(ARABIC_DIGITS)}-09-03",
    ),
    "code": ("aze", "AZ", "AZER", "AZE ", "AZE\n", "A1E", "ÄZE", ""),
    "externalId": ("3067208", "paris2024:", ":1", "Paris:1", "paris2024: 1", "paris 2024:1", ""),
}
"""Texts that look like a value of a property and that its pattern must refuse."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """A change of the valid world after which a constraint does not hold for a node."""

    constraint: Asked
    focus: Term
    change: Change
    graph: NamedNode | None
    note: str

    def __str__(self) -> str:
        """Return the constraint and what is wrong."""
        return f"{self.constraint}: {self.note}"


def mutations(constraint: Asked) -> Iterator[Mutation]:
    """Yield changes that break a constraint; none if its kind cannot be broken by rote."""
    if constraint.path is None:
        return
    for focus in targets(constraint):
        told = stated(focus, constraint.path)
        if told:
            yield from _KINDS[constraint.component](constraint, told)
            return


def _taken_away(constraint: Asked, told: list[Quad]) -> Iterator[Mutation]:
    assert constraint.parameter == (Literal(1),), "a least number other than one"
    yield _mutation(constraint, told[0], Change.of([], told), "nothing")


def _doubled(constraint: Asked, told: list[Quad]) -> Iterator[Mutation]:
    assert constraint.parameter == (Literal(1),), "a greatest number other than one"
    one = told[0]
    elsewhere = NEWS if one.graph_name == BOOK else BOOK
    graph = one.graph_name if constraint.within_source else elsewhere
    second = Quad(one.subject, one.predicate, _another(one), graph)
    yield _mutation(constraint, one, Change.of([second]), "two values")


def _two_names(constraint: Asked, told: list[Quad]) -> Iterator[Mutation]:
    one = told[0]
    assert isinstance(one.object, Literal)
    assert one.object.language
    elsewhere = NEWS if one.graph_name == BOOK else BOOK
    graph = one.graph_name if constraint.within_source else elsewhere
    name = Literal("Another name", language=one.object.language)
    second = Quad(one.subject, one.predicate, name, graph)
    yield _mutation(constraint, one, Change.of([second]), "two names in one language")


def _made_wrong(wrong: Callable[[Asked, Term], list[Term]]) -> _Maker:
    def made(constraint: Asked, told: list[Quad]) -> Iterator[Mutation]:
        one = told[0]
        for value in wrong(constraint, one.object):  # type: ignore[arg-type] # no quoted triples
            bad = Quad(one.subject, one.predicate, value, one.graph_name)
            yield _mutation(constraint, one, Change.of([bad], told), str(value))

    return made


def _mutation(constraint: Asked, one: Quad, change: Change, note: str) -> Mutation:
    graph = one.graph_name if constraint.within_source else None
    return Mutation(constraint, one.subject, change, graph, note)  # type: ignore[arg-type] # named graphs, no quoted triples


def _another(one: Quad) -> Term:
    """Return a value other than a statement's that another thing has, or one made up."""
    used = {q.object for q in world() if q.predicate == one.predicate} - {one.object}
    if used:
        return min(used, key=str)  # type: ignore[return-value] # no quoted triples
    if not isinstance(one.object, Literal):
        return NOBODY
    if one.object.datatype.value == XSD + "boolean":
        return Literal(value=one.object.value != "true")
    if one.object.datatype.value == XSD + "string":
        return Literal(one.object.value + "1")
    return Literal(one.object.value + "1", datatype=one.object.datatype)


def _other_datatypes(constraint: Asked, right: Term) -> list[Term]:
    (datatype,) = constraint.parameter
    assert isinstance(right, Literal)
    as_text = Literal(right.value)
    if datatype.value == XSD + "string":
        as_year = Literal("2024", datatype=NamedNode(XSD + "gYear"))
        return [Literal(right.value, language="en"), as_year, NOBODY]
    ill_formed = Literal("many", datatype=NamedNode(datatype.value))
    as_double = Literal(right.value, datatype=NamedNode(XSD + "double"))
    return [as_text, as_double, ill_formed, NOBODY]


def _not_described(_constraint: Asked, right: Term) -> list[Term]:
    return [NOBODY, Literal(right.value)]


def _other_kinds(constraint: Asked, right: Term) -> list[Term]:
    (kind,) = constraint.parameter
    if kind.value.endswith("#Literal"):
        return [NOBODY]
    assert kind.value.endswith(("#IRI", "#BlankNodeOrIRI")), kind
    return [Literal(right.value)]


def _not_listed(constraint: Asked, right: Term) -> list[Term]:
    return [NOBODY, Literal(right.value), Literal(constraint.parameter[-1].value, language="en")]


def _unlike(constraint: Asked, _right: Term) -> list[Term]:
    name = local(constraint.path.value) if constraint.path else ""
    texts = NEAR_MISSES.get("code" if name == "formerCode" else name, NEAR_MISSES["date"])
    return [Literal(text) for text in texts]


def _below(constraint: Asked, _right: Term) -> list[Term]:
    bound = int(constraint.parameter[0].value)
    return [Literal(bound - 1), Literal(-7)]


def _above(constraint: Asked, _right: Term) -> list[Term]:
    bound = int(constraint.parameter[0].value)
    return [Literal(bound + 1), Literal(20_244)]


_Maker: TypeAlias = Callable[["Asked", list[Quad]], Iterator[Mutation]]

_KINDS: dict[str, _Maker] = {
    "MinCount": _taken_away,
    "MaxCount": _doubled,
    "UniqueLang": _two_names,
    "Datatype": _made_wrong(_other_datatypes),
    "Class": _made_wrong(_not_described),
    "NodeKind": _made_wrong(_other_kinds),
    "In": _made_wrong(_not_listed),
    "Pattern": _made_wrong(_unlike),
    "MinInclusive": _made_wrong(_below),
    "MaxInclusive": _made_wrong(_above),
}
