"""A SELECT that says of each row which sources state the triples behind it.

The query is written anew: beside its triple patterns it also asks which named graphs state
each, and the rows are grouped, so that each comes once with its sources. A sequence of
properties (``a/b``) is asked for step by step, since its steps may be of different sources;
of other property paths a source is named where it states the whole path.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.errors import BadSyntax
from graph.lexer import as_parsed, tokens
from graph.terminals import Kind
from graph.terms import Literal

from .cutting import cut
from .parts import BINDING, Sort

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graph.lexer import Token

    from .parts import Part, Statement

SOURCES = "sources"
"""The variable that holds the sources of a row: their IRIs with a space between them."""

_OWN = "_cited"
"""How variables begin that the rewriting adds."""


PAGES = "source_pages"
"""The variable that holds the addresses of the pages of these sources, in the same order."""


def with_sources(text: str, *, pages: tuple[str, str] | None = None) -> str:
    """Return the query that adds the sources of each row to a SELECT query.

    Args:
        text: a query that a parser has taken.
        pages: how IRIs of sources begin, and how the addresses of their pages begin, to add
            these too; a source whose IRI begins otherwise keeps it.

    Raises:
        BadSyntax: if it is no SELECT of plain variables, groups or nests other SELECTs, or
            has blank nodes with a label or with several statements.

    Example:
        >>> print(with_sources("SELECT ?p { ?p a ?c }"))  # doctest: +ELLIPSIS
        SELECT ?p (...GROUP_CONCAT(DISTINCT...) AS ?sources)...
        WHERE { { ?p a ?c . } UNION { GRAPH ?_cited0 { ?p a ?c . } }...

    """
    text = as_parsed(text)
    read = list(tokens(text))
    query = cut(text)
    projected = _projected(read, query.pattern)
    keys = dict.fromkeys(projected)
    is_distinct = any(token.word in ("DISTINCT", "REDUCED") for token in read)
    if not is_distinct:
        # One row a solution, as in the query itself, and not one for those that look alike.
        keys |= dict.fromkeys(sorted(_bound(query.pattern)))
    _check(read, query.modifiers, keys, query.pattern)
    cited = _Cited()
    where = cited.group(query.pattern)
    names = " ".join(f"?{name}" for name in projected)
    grouped = [f"?{key}" for key in keys] + ([] if is_distinct else cited.sides)
    return (
        f"{query.prologue}SELECT {names} ({_SHOWN} AS ?{SOURCES}){_paged(pages)}\n"
        f"{query.datasets}\n"
        f"WHERE {{ {where}\n{cited.gathered()} }}\n"
        f"GROUP BY {' '.join(grouped)} {_ending(query.modifiers, text)}"
    )


_SHOWN = f'REPLACE(GROUP_CONCAT(DISTINCT COALESCE(STR(?{_OWN}), ""); SEPARATOR=" "), "^ +| +$", "")'


def _paged(pages: tuple[str, str] | None) -> str:
    if pages is None:
        return ""
    start, address = pages
    # Each begins after a space, so that the middle of an address is never taken for it. In what
    # is put instead two signs have a meaning (XPath Functions 3.1, 5.6.4).
    pattern = Literal(f" {re.escape(start)}")
    instead = Literal(" " + address.replace("$", "%24").replace("\\", "%5C"))
    spaced = f'CONCAT(" ", {_SHOWN})'
    return f" (SUBSTR(REPLACE({spaced}, {pattern}, {instead}), 2) AS ?{PAGES})"


@dataclass(slots=True)
class _Cited:
    """The groups of a query written anew, and the variables that this needs.

    Attributes:
        count: how many steps of paths have got a variable.
        own: one variable for the sources of statements that follow each other.
        sides: one variable a UNION, for the side that a solution is from.

    """

    count: int = 0
    own: list[str] = field(default_factory=list)
    sides: list[str] = field(default_factory=list)

    def group(self, parts: Iterable[Part]) -> str:
        """Return the inside of a group that also asks who states its statements."""
        written: list[str] = []
        filters: list[str] = []
        statements: list[Statement] = []
        for part in parts:
            if part.statement is not None:
                statements.append(part.statement)
            elif part.sort is Sort.FILTER:
                # It holds for the whole group, wherever it stands (SPARQL 1.1, 5.2.2).
                filters.append(part.text)
            else:
                written += self._stated(statements)
                written.append(self._part(part))
                statements = []
        return "\n".join([*written, *self._stated(statements), *filters])

    def gathered(self) -> str:
        """Return what makes one variable of those of all groups, in rows of their own."""
        places = " ".join(str(place) for place in range(len(self.own)))
        choice = "?none"
        for place, name in reversed(list(enumerate(self.own))):
            choice = f"IF(?{_OWN}At = {place}, {name}, {choice})"
        return f"VALUES ?{_OWN}At {{ {places} }} BIND({choice} AS ?{_OWN})" if self.own else ""

    def _part(self, part: Part) -> str:
        if part.sort is Sort.OPTIONAL:
            return f"OPTIONAL {{ {self.group(part.groups[0])} }}"
        if part.sort is Sort.GRAPH:
            name = self._new()
            return f"{part.text} BIND({part.name} AS {name})"
        if part.sort is Sort.UNION:
            mark = f"?{_OWN}Side{len(self.sides)}"
            self.sides.append(mark)
            return " UNION ".join(
                f"{{ {self.group(group)} BIND({place} AS {mark}) }}"
                for place, group in enumerate(part.groups)
            )
        if part.sort is Sort.GROUP and part.groups:
            return f"{{ {self.group(part.groups[0])} }}"
        return part.text

    def _stated(self, statements: Sequence[Statement]) -> Iterator[str]:
        """Yield statements that follow each other, plainly or each step with who states it.

        Each branch holds all of them, so that all their variables are bound in each: a branch
        that left some open would be joined with the others row by row.
        """
        if not statements:
            return
        name = self._new()
        steps = [step for statement in statements for step in self._steps(statement)]
        branches = [" ".join(statement.text for statement in statements)]
        for place, step in enumerate(steps):
            others = [other for at, other in enumerate(steps) if at != place]
            branches.append(" ".join([f"GRAPH {name} {{ {step} }}", *others]))
        yield " UNION ".join(f"{{ {branch} }}" for branch in branches)

    def _steps(self, statement: Statement) -> Iterator[str]:
        paths = _sequence(statement.path)
        subject = statement.subject
        for place, path in enumerate(paths):
            last = place == len(paths) - 1
            value = statement.object if last else f"?{_OWN}Step{self.count}"
            self.count += not last
            yield f"{subject} {path} {value} ."
            subject = value

    def _new(self) -> str:
        self.own.append(f"?{_OWN}{len(self.own)}")
        return self.own[-1]


def _sequence(path: Sequence[Token]) -> list[str]:
    """Return the steps of a property path, or the path itself if it is no plain sequence."""
    steps, depth = [""], 0
    for token in path:
        depth += token.is_mark("(") - token.is_mark(")")
        if depth == 0 and token.is_mark("|"):
            return ["".join(each.text for each in path)]
        if depth == 0 and token.is_mark("/"):
            steps.append("")
        else:
            steps[-1] += token.text
    return steps


def _projected(read: Sequence[Token], pattern: Sequence[Part]) -> list[str]:
    """Return the variables that the query shows, in order."""
    at = next(place for place, token in enumerate(read) if token.word == "SELECT") + 1
    names: list[str] = []
    for token in read[at:]:
        if token.is_mark("("):
            raise _refused(token, "it computes what it shows", "Show variables only.")
        if token.is_mark("{") or token.word in ("WHERE", "FROM"):
            break
        if token.kind is Kind.VARIABLE:
            names.append(token.text[1:])
    return names or sorted(_bound(pattern))


def _bound(parts: Iterable[Part]) -> set[str]:
    found: set[str] = set()
    for part in parts:
        if part.sort in BINDING:
            found |= part.variables if not part.groups else set()
            for group in part.groups:
                found |= _bound(group)
            if part.sort is Sort.GRAPH and part.name[:1] in "?$":
                found.add(part.name[1:])
    return found


def _check(
    read: Sequence[Token],
    modifiers: Sequence[Token],
    keys: Iterable[str],
    pattern: Sequence[Part],
) -> None:
    if any(part.sort is Sort.SELECT for part in _all(pattern)):
        raise _refused(read[0], "it has a SELECT within", "Ask for that part alone.")
    ordering = False
    for token in modifiers:
        if token.word in ("GROUP", "HAVING"):
            raise _refused(token, "it groups its rows", "Ask without grouping.")
        ordering = (ordering or token.word == "ORDER") and token.word not in ("LIMIT", "OFFSET")
        if ordering and token.kind is Kind.VARIABLE and token.text[1:] not in keys:
            raise _refused(token, f"it orders by {token.text}, which it does not show", "Show it.")
    _check_blank_nodes(read, pattern)
    for own in (SOURCES, PAGES):
        if own in keys:
            raise _refused(
                read[0], f"it has a variable ?{own} already", "Call that variable otherwise."
            )


def _check_blank_nodes(read: Sequence[Token], pattern: Sequence[Part]) -> None:
    """Refuse nodes without a name that statements in different branches would share."""
    for token in read:
        if token.kind is Kind.BLANK and token.text.startswith("_:"):
            raise _refused(token, f"it has the blank node {token.text}", "Write a variable.")
    said = Counter(
        (part.statement.subject, part.statement.place) for part in _all(pattern) if part.statement
    )
    for (subject, place), count in said.items():
        if count > 1 and subject[0] in "[(":
            why = f"{count} of its statements are about one {subject}"
            raise _refused(read[place], why, "Write a variable in its place.")


def _all(parts: Iterable[Part]) -> Iterator[Part]:
    for part in parts:
        yield part
        for group in part.groups:
            yield from _all(group)


def _ending(modifiers: Sequence[Token], text: str) -> str:
    """Return ORDER BY, LIMIT and OFFSET as written; VALUES is in the pattern already."""
    kept = []
    for token in modifiers:
        if token.word == "VALUES":
            break
        kept.append(token)
    return text[kept[0].start : kept[-1].end] if kept else ""


def _refused(token: Token, why: str, hint: str) -> BadSyntax:
    return BadSyntax(
        f"the sources of its rows cannot be told, for {why}",
        source="the query",
        line=token.line,
        column=token.column,
        hint=hint,
    )
