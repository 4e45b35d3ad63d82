"""Where an engine answers SPARQL otherwise than the specification asks, without an error.

Virtuoso gives no value for a sum over nothing, divides whole numbers to whole numbers,
takes away by MINUS what shares no variable, and more. Each such habit is looked for by a
question whose answer is known; a query that has to do with one that an engine has is
computed here instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from graph.lexer import tokens
from graph.terminals import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from graph.scanner import Token

NODE = "<urn:x-medalgraph:{}>"
_A, _B, _NEXT, _AGE, _NAME = map(NODE.format, ("a", "b", "next", "age", "name"))
DATA = (
    f"{_A} {_NEXT} {_B} . {_B} {_NEXT} {_A} . {_A} {_AGE} 30 ."
    f' {_A} {_NAME} "Ann"@en , "Anna"@de , "\u00c4nn" .'
)
"""What the questions are asked of."""


@dataclass(frozen=True, slots=True)
class Habit:
    """A way of answering otherwise.

    Attributes:
        name: in words, for a person.
        question: a SELECT of one variable.
        answer: its values in no order, None where there is none, as SPARQL spells them.
        concerns: tells from its tokens whether a query has to do with it.

    """

    name: str
    question: str
    answer: tuple[str | None, ...]
    concerns: Callable[[Sequence[Token]], bool]


def _words(*words: str) -> Callable[[Sequence[Token]], bool]:
    return lambda query: any(token.word in words for token in query)


def _divides(query: Sequence[Token]) -> bool:
    """Tell whether anything is divided; in a path the sign follows a property."""
    pairs = pairwise(query)
    return any(
        sign.is_mark("/") and (before.kind in (Kind.VARIABLE, Kind.NUMBER) or before.is_mark(")"))
        for before, sign in pairs
    )


def _repeats(query: Sequence[Token]) -> bool:
    pairs = pairwise(query)
    return any(
        sign.is_mark("+")
        and (before.kind in (Kind.IRI, Kind.NAME) or before.word == "A" or before.is_mark(")"))
        for before, sign in pairs
    )


def _has_fractions(query: Sequence[Token]) -> bool:
    return any(
        token.kind is Kind.NUMBER and not token.text.lstrip("+-").isdigit() for token in query
    )


def _skips_without_limit(query: Sequence[Token]) -> bool:
    """Tell whether an OFFSET has no LIMIT beside it (SPARQL 1.1, rule 25 of the grammar)."""
    words = ["", "", *(token.word for token in query), "", ""]
    return any(
        word == "OFFSET" and "LIMIT" not in (words[place - 2], words[place + 2])
        for place, word in enumerate(words)
    )


def _sorts_far(query: Sequence[Token]) -> bool:
    """Tell whether more rows may have to be counted off in order than Virtuoso does as shipped.

    Numbers of several subqueries are added up, which at most computes more here than it need.
    """
    counts = (number.text for word, number in pairwise(query) if word.word in ("LIMIT", "OFFSET"))
    reach = sum(int(count) for count in counts if count.isdigit())
    return reach > _SORTED_ROWS and any(token.word == "ORDER" for token in query)


_SORTED_ROWS = 10_000
"""``MaxSortedTopRows`` of Virtuoso as shipped."""
_INTEGER = '"{}"^^<http://www.w3.org/2001/XMLSchema#integer>'
_HALVES = '"3.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'
HABITS = (
    Habit(
        "sums and averages over nothing",
        f"SELECT (SUM(?x) AS ?v) WHERE {{ {_A} {_A} ?x }}",
        (_INTEGER.format(0),),
        _words("SUM", "AVG"),
    ),
    Habit("division", "SELECT (7 / 2 AS ?v) WHERE { }", (_HALVES,), _divides),
    Habit(
        "MINUS without a variable in common",
        f"SELECT ?v WHERE {{ ?v {_AGE} ?x MINUS {{ ?y {_NEXT} ?z }} }}",
        (_A,),
        _words("MINUS"),
    ),
    Habit(
        "CONCAT of texts in a language",
        f"SELECT ?v WHERE {{ {_A} {_NAME} ?n BIND(CONCAT(?n, ?n) AS ?v) }} ORDER BY ?v",
        ('"AnnAnn"@en', '"AnnaAnna"@de', '"\u00c4nn\u00c4nn"'),
        _words("CONCAT"),
    ),
    Habit(
        "ENCODE_FOR_URI",
        'SELECT (ENCODE_FOR_URI("\u00e4 b/c") AS ?v) WHERE { }',
        ('"%C3%A4%20b%2Fc"',),
        _words("ENCODE_FOR_URI"),
    ),
    Habit(
        "paths that lead back to where they begin",
        f"SELECT ?v WHERE {{ {_A} {_NEXT}+ ?v }}",
        (_A, _B),
        _repeats,
    ),
    Habit(
        "numbers with a fraction in patterns",
        f"SELECT ?v WHERE {{ ?v {_AGE} 30.0 }}",
        (),
        _has_fractions,
    ),
    Habit(
        "OFFSET without LIMIT",
        f"SELECT ?v WHERE {{ ?v {_AGE} ?x }} OFFSET 1000000",
        (),
        _skips_without_limit,
    ),
    Habit(
        "ORDER BY with LIMIT or OFFSET beyond 10,000 rows",
        f"SELECT ?v WHERE {{ ?v {_AGE} ?x }} ORDER BY ?v LIMIT 1 OFFSET {_SORTED_ROWS}",
        (),
        _sorts_far,
    ),
)


def habits_of(text: str) -> frozenset[str]:
    """Return the names of the habits that a query has to do with.

    Example:
        >>> habits_of("SELECT (SUM(?n) AS ?all) { ?s <urn:n>/<urn:m> ?n }")
        frozenset({'sums and averages over nothing'})

    """
    query = list(tokens(text))
    return frozenset(habit.name for habit in HABITS if habit.concerns(query))
