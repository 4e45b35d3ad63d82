"""What to change in a statement that has no match: terms of the graph that are near to its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.lexer import tokens
from graph.names import RDF_TYPE, RDFS_LABEL
from graph.terminals import Kind
from graph.terms import Literal, NamedNode

from .nearness import names_in, near_iris, near_texts, spelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graph.terms import Term

    from .parts import Statement
    from .probing import Probe

_SHOWN = 8
_NAMES, _CLASSES = ("name", "title", "label", "fullname"), ("type", "class", "kind")
_ANY, _OTHER = "?explained_any", "?explained_other"


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to try.

    Attributes:
        sentence: what is the matter with a term, and what there is instead.
        old: what to replace in the query, as written; empty if nothing is.
        new: by what.
        query: the query with that replaced, if it has solutions then.

    """

    sentence: str
    old: str = ""
    new: str = ""
    query: str = ""


class Hints:
    """Finds what to change in statements.

    Args:
        probe: asks the graph, where the statements stand.
        prefixes: those that need no declaration.

    """

    def __init__(self, probe: Probe, prefixes: Mapping[str, str]) -> None:
        self._probe, self._prefixes = probe, prefixes

    def of(self, statement: Statement) -> Iterator[Hint]:
        """Yield what could be changed in a statement that has no match alone."""
        unused = list(self._unused_properties(statement))
        if unused:
            yield from unused
            return
        yield from self._broken_step(statement)
        value, subject = self._constant(statement.object), self._constant(statement.subject)
        has_any = self._matches(replace(statement, object=_OTHER))
        if value is not None and subject is not None and has_any:
            yield from self._of_pair(statement)
        elif value is not None and not self._matches(replace(statement, subject=_ANY)):
            yield from self._of_value(statement, value)
        elif isinstance(subject, NamedNode) and not has_any:
            yield from self._of_subject(statement, subject)

    def of_graph(self, written: str) -> Iterator[Hint]:
        """Yield graphs whose names are near to that of one that is not there."""
        wanted = self._constant(written)
        known = list(self._probe.reader.graphs())
        near = near_iris(wanted, known) if isinstance(wanted, NamedNode) else []
        for graph in near:
            yield Hint(f"There is {self.spelled(graph)}.", written, self.spelled(graph))
        if not near:
            yield Hint(f"There are the graphs: {self.shown(known)}.")

    def shown(self, terms: Sequence[Term]) -> str:
        """Return some terms in words."""
        texts = sorted(self.spelled(term) for term in terms)[:_SHOWN]
        return ", ".join(texts) + (" and more" if len(terms) > _SHOWN else "")

    def spelled(self, term: Term) -> str:
        """Return a term as a query would write it."""
        return spelled(term, self._prefixes)

    def _unused_properties(self, statement: Statement) -> Iterator[Hint]:
        """Yield a hint for each property of the path that no statement uses."""
        for written in names_in(" ".join(token.text for token in statement.path)):
            wanted = self._probe.term(written)
            if not isinstance(wanted, NamedNode) or self._probe.matches(
                f"{_ANY} {written} {_OTHER} ."
            ):
                continue
            used = self._probe.values("explained_p", f"{_ANY} ?explained_p {_OTHER} .")
            near = near_iris(wanted, used) or list(_usual(wanted))
            fitting = [new for new in near if self._fits(statement, written, new)] or near
            told = f"No statement uses the property {written}."
            yield from self._replacements(told, written, fitting)

    def _fits(self, statement: Statement, old: str, new: NamedNode) -> bool:
        path = statement.predicate.replace(old, f"<{new.value}>")
        return self._probe.matches(f"{statement.subject} {path} {statement.object} .")

    def _broken_step(self, statement: Statement) -> Iterator[Hint]:
        """Yield at which step a sequence of properties has no match."""
        steps = _steps(statement)
        for number in range(1, len(steps) + 1):
            path = "/".join(steps[:number])
            if not self._probe.matches(f"{statement.subject} {path} {_OTHER} ."):
                break
        else:
            return
        told = f"The path has no match beyond its step {number}, {steps[number - 1]}."
        before = "/".join(steps[: number - 1])
        if before:
            start = f"{statement.subject} {before} {_ANY} ."
            has = self._probe.values("explained_p", start, f"{_ANY} ?explained_p {_OTHER} .")
            told += f" What it reaches there has: {self.shown(has) or 'nothing'}."
        yield Hint(told)

    def _of_value(self, statement: Statement, value: Term) -> Iterator[Hint]:
        """Yield what stands where a value was looked for."""
        if self._probe.matches(f"{statement.object} {statement.predicate} {_ANY} ."):
            flipped = f"{statement.object} {statement.predicate} {statement.subject}"
            yield Hint(
                f"The statement is the other way round in the graph: {flipped}.",
                f"{statement.subject} {statement.predicate} {statement.object}",
                flipped,
            )
            return
        property_ = statement.predicate
        known = self._probe.values("explained_o", f"{_ANY} {property_} ?explained_o .")
        if isinstance(value, NamedNode):
            near: Sequence[Term] = near_iris(value, known)
            is_class = property_ in ("a", f"<{RDF_TYPE.value}>", "rdf:type")
            what = "Nothing is of the class" if is_class else f"Nothing has {property_} with"
        else:
            near = near_texts(value, known) if isinstance(value, Literal) else []
            what = f"Nothing has {property_} with the value"
        told = f"{what} {statement.object}."
        if near:
            yield from self._replacements(told, statement.object, near)
        else:
            yield Hint(f"{told} There is: {self.shown(known)}.")

    def _of_subject(self, statement: Statement, subject: NamedNode) -> Iterator[Hint]:
        written = statement.subject
        has = self._probe.values("explained_p", f"{written} ?explained_p {_ANY} .")
        if has:
            yield Hint(f"{written} has no {statement.predicate}. It has: {self.shown(has)}.")
            return
        known = self._probe.values("explained_s", f"?explained_s {statement.predicate} {_ANY} .")
        told = f"Nothing is said of {written}."
        near = near_iris(subject, known)
        yield from self._replacements(told, written, near) if near else iter([Hint(told)])

    def _of_pair(self, statement: Statement) -> Iterator[Hint]:
        """Yield what a subject has instead of a value that others have."""
        known = self._probe.values(
            "explained_o", f"{statement.subject} {statement.predicate} ?explained_o ."
        )
        told = f"{statement.subject} has {statement.predicate} with {self.shown(known)}."
        new = self.spelled(known[0]) if len(known) == 1 else ""
        yield Hint(told, statement.object if new else "", new)

    def _replacements(self, told: str, old: str, near: Sequence[Term]) -> Iterator[Hint]:
        if not near:
            yield Hint(told)
        for term in near:
            new = self.spelled(term)
            yield Hint(f"{told} There is {new}.", old, new)

    def _matches(self, statement: Statement) -> bool:
        return self._probe.matches(statement.text)

    def _constant(self, written: str) -> Term | None:
        """Return the term that is written, if it is no variable, blank node or bracket."""
        first = next(tokens(written))
        is_constant = first.kind in (Kind.IRI, Kind.NAME, Kind.STRING, Kind.NUMBER) or (
            first.word in ("TRUE", "FALSE") or first.is_mark("+", "-")
        )
        return self._probe.term(written) if is_constant else None


def _usual(wanted: NamedNode) -> Iterator[NamedNode]:
    """Yield the usual property for a word that many expect."""
    name = wanted.value.replace("#", "/").rpartition("/")[2].casefold()
    if name in _NAMES:
        yield RDFS_LABEL
    if name in _CLASSES:
        yield RDF_TYPE


def _steps(statement: Statement) -> list[str]:
    """Return the steps of a property path that is a sequence; empty if it is anything else."""
    depth, steps = 0, [""]
    for token in statement.path:
        depth += token.is_mark("(") - token.is_mark(")")
        if depth == 0 and token.is_mark("|"):
            return []
        if depth == 0 and token.is_mark("/"):
            steps.append("")
        else:
            steps[-1] += token.text
    return steps if len(steps) > 1 else []
