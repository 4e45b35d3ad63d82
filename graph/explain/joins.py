"""What to change in parts that have matches alone and none together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.lexer import tokens
from graph.terminals import Kind
from graph.terms import Literal

from .hints import Hint
from .nearness import near_iris, near_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.lexer import Token

    from .hints import Hints
    from .parts import Part, Statement
    from .probing import Probe

_ANY, _PROPERTY, _VALUE = "?explained_any", "explained_p", "explained_o"
_SAMPLE, _LINKS, _PAIR = 6, 3, 2


def of_join(probe: Probe, parts: Sequence[Part], hints: Hints) -> Iterator[Hint]:
    """Yield, for each statement, what the others leave for it."""
    statements = [part.statement for part in parts if part.statement is not None]
    if len(parts) == len(statements) == _PAIR:
        yield from _of_link(probe, statements[0], statements[1], hints)
        yield from _of_link(probe, statements[1], statements[0], hints)
    for part in parts:
        if part.statement is None:
            continue
        rest = [other.text for other in parts if other is not part]
        yield from _of_statement(probe, part.statement, rest, hints)


def of_filter(
    probe: Probe, rest: Sequence[Part], filters: Sequence[Part], hints: Hints
) -> Iterator[Hint]:
    """Yield what the variables of filters are, and literals that are written another way."""
    texts = [part.text for part in rest]
    for part in filters:
        for variable, literal in _equalities(part.text):
            wanted = probe.term(literal)
            if isinstance(wanted, Literal):
                known = probe.values(variable, *texts)
                for near in near_texts(wanted, known):
                    new = hints.spelled(near)
                    yield Hint(f"?{variable} is never {literal}. There is {new}.", literal, new)
        for variable in sorted(part.variables):
            bounds = probe.bounds(variable, *texts)
            known = probe.values(variable, *texts, limit=_SAMPLE)
            if bounds:
                least, most = map(hints.spelled, bounds)
                yield Hint(f"?{variable} is between {least} and {most}.")
            elif known:
                yield Hint(f"?{variable} is, for example, {hints.shown(known)}.")


def _of_link(probe: Probe, one: Statement, other: Statement, hints: Hints) -> Iterator[Hint]:
    """Yield what leads from the things that a statement is about to those of another."""
    if one.subject != other.subject or not one.subject.startswith(("?", "$")):
        return
    away = f"{_ANY} {other.predicate} {other.object} ."
    links = probe.values(_PROPERTY, one.text, away, f"{_ANY} ?{_PROPERTY} {one.subject} .")
    for link in links[:_LINKS]:
        name = hints.spelled(link)
        if name == other.predicate:
            continue
        written = f"?other {other.predicate} {other.object} . ?other {name} {one.subject}"
        yield Hint(
            f"No {one.subject} has both; {name} joins them: {written}.",
            f"{other.subject} {other.predicate} {other.object}",
            written,
        )


def _of_statement(
    probe: Probe, statement: Statement, rest: Sequence[str], hints: Hints
) -> Iterator[Hint]:
    subject, path, value = statement.subject, statement.predicate, statement.object
    flipped = f"{value} {path} {subject}"
    if not _is_literal(value) and probe.matches(*rest, f"{flipped} ."):
        told = f"The statement is the other way round in the graph: {flipped}."
        yield Hint(told, f"{subject} {path} {value}", flipped)
        return
    if not value.startswith(("?", "$")):
        known = probe.values(_VALUE, *rest, f"{subject} {path} ?{_VALUE} .")
        if known:
            wanted = probe.term(value)
            likely = near_texts(wanted, known) if isinstance(wanted, Literal) else []
            first = likely or known
            new = hints.spelled(first[0]) if likely or len(known) == 1 else ""
            what = "is of the class" if path == "a" else f"has {path} with"
            told = f"What matches the rest {what} {hints.shown(first)}."
            yield Hint(told, value if new else "", new)
            return
    has = probe.values(_PROPERTY, *rest, f"{subject} ?{_PROPERTY} {_ANY} .")
    if has and not probe.matches(*rest, f"{subject} {path} {_ANY} ."):
        wanted_property = probe.term(path) if len(statement.path) == 1 and path != "a" else None
        near = near_iris(wanted_property, has) if wanted_property else []  # type: ignore[arg-type] # a property is an IRI
        told = f"What matches the rest has no {path}. It has: {hints.shown(has)}."
        yield Hint(told, path if near else "", hints.spelled(near[0]) if near else "")


def _equalities(text: str) -> Iterator[tuple[str, str]]:
    """Yield each variable of a filter with the literal that it is compared with by ``=``."""
    read = list(tokens(text))
    for before, sign, after in zip(read, read[1:], read[2:], strict=False):
        if not sign.is_mark("="):
            continue
        for variable, literal in ((before, after), (after, before)):
            if variable.kind is Kind.VARIABLE and literal.kind in (Kind.STRING, Kind.NUMBER):
                yield variable.text[1:], _whole(text, read, literal)


def _whole(text: str, read: Sequence[Token], literal: Token) -> str:
    """Return a literal with its language or datatype."""
    place = read.index(literal) + 1
    last = literal
    if place < len(read) and read[place].kind is Kind.LANGUAGE:
        last = read[place]
    elif place + 1 < len(read) and read[place].is_mark("^^"):
        last = read[place + 1]
    return text[literal.start : last.end]


def _is_literal(written: str) -> bool:
    return next(tokens(written)).kind in (Kind.STRING, Kind.NUMBER)
