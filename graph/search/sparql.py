"""The property ``mg:search`` of SPARQL queries: what it finds is put in its place as VALUES.

``?thing mg:search "name"`` is a statement like any other in a query, and yet no statement of
the graph. It is found among the tokens, the index is asked, and a query without it is
evaluated. Nothing else of the text is changed, and lines stay lines, so that whatever is said
of the query afterwards is said of the right place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.errors import BadSyntax, BadTerm
from graph.lexer import decoded, tokens
from graph.names import MG, XSD, local_name, mg
from graph.terminals import Kind
from graph.terms import Literal, NamedNode

from .places import Statement, statements
from .question import Hit, Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.lexer import Token
    from graph.prologue import Prologue

SEARCH = mg("search")
"""The property that finds things by name."""

MOST_SEARCHES = 20
"""So many names may one query look for."""

LIMIT = 100
"""So many things are found unless the query says how many."""

_COLUMNS = 4
_FILTER = re.compile(r"/id/(nation|games|sport)/")
_DIGITS = 9
"""So many digits of a limit are read; a number of more is too large in any case."""
_STRING, _INTEGER = NamedNode(XSD + "string"), NamedNode(XSD + "integer")
_SOURCE = "the query"


@dataclass(frozen=True, slots=True)
class Search:
    """One use of the property.

    Attributes:
        subject: the tokens of what is found: a variable, an address, or variables in brackets.
        question: what is looked for.
        spoken: the statement alone, as it is written.

    """

    subject: tuple[Token, ...]
    question: Question
    spoken: str


@dataclass(frozen=True, slots=True)
class Searching:
    """A query that looks for names.

    Attributes:
        text: the query with its escapes decoded.
        searches: each use of the property, in order.

    """

    text: str
    searches: tuple[Search, ...]
    _found: tuple[tuple[Statement, tuple[int, ...]], ...] = field(repr=False)

    def filled(self, hits: Sequence[Sequence[Hit]]) -> Filled:
        """Return the query with what was found in the place of the property.

        Args:
            hits: of each of ``searches`` what was found.

        """
        edits: list[tuple[int, int, str]] = []
        put: list[Put] = []
        for statement, numbers in self._found:
            at = statement.run_start
            for number in numbers:
                search = self.searches[number]
                values = _values(search, hits[number])
                edits.append((at, at, values))
                put.append(Put(values, search.spoken, *_place(self.text, at)))
            edits += [
                (start, end, re.sub(r"[^\r\n]", " ", self.text[start:end]))
                for start, end in statement.removed()
            ]
        done, pieces = 0, []
        for start, end, instead in sorted(edits, key=lambda edit: edit[:2]):
            pieces += [self.text[done:start], instead]
            done = end
        return Filled("".join((*pieces, self.text[done:])), tuple(put))


@dataclass(frozen=True, slots=True)
class Put:
    """What was put into a query.

    Attributes:
        values: the text that was put.
        spoken: what it stands for.
        line: where, from 1.
        column: where in the query as it was written, from 1.

    """

    values: str
    spoken: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Filled:
    """A query with what was found in it.

    Attributes:
        text: the query to evaluate.
        put: what was put into it, in order.

    """

    text: str
    put: tuple[Put, ...]

    def restored(self, text: str) -> str:
        """Return a part of the query, or a query made of it, as its author would write it."""
        for put in self.put:
            text = text.replace(put.values, f"{put.spoken} . ")
            text = text.replace(put.values.strip(), put.spoken)
        return text

    def column(self, line: int, column: int) -> int:
        """Return the column that something has in the query as its author wrote it."""
        for put in self.put:
            if line == put.line and column > put.column:
                column = max(put.column, column - len(put.values))
        return column


def searching(text: str, prologue: Prologue) -> Searching | None:
    """Return what a query looks for by name, or None if it does not.

    Args:
        text: a query that the guard has let through.
        prologue: what holds for it before it declares anything.

    Raises:
        BadSyntax: if the property is used in a way that cannot be answered, with the place.

    """
    text = decoded(text)
    if "search" not in text:
        return None
    read = list(tokens(text))
    prologue, start = prologue.with_declarations(read)
    is_search = _Names(prologue)
    if not any(map(is_search, read[start:])):
        return None
    try:
        found = statements(read, start, is_search)
    except IndexError:
        return None  # it breaks off, which the parser says better
    searches: list[Search] = []
    placed = []
    for statement in found:
        numbers = range(len(searches), len(searches) + len(statement.objects))
        searches += [_search(statement, each, prologue) for each in statement.objects]
        placed.append((statement, tuple(numbers)))
    if len(searches) > MOST_SEARCHES:
        raise _refused(
            read[start], f"it looks for more than {MOST_SEARCHES} names", "Ask in several queries."
        )
    return Searching(text, tuple(searches), tuple(placed)) if searches else None


class _Names:
    """Tells whether a token is the property, by whatever prefix or base."""

    def __init__(self, prologue: Prologue) -> None:
        self._prologue = prologue
        prefixes = [key for key, iri in prologue.prefixes.items() if SEARCH.value.startswith(iri)]
        self._spellings = {f"<{SEARCH.value}>"} | {
            f"{key}:{SEARCH.value.removeprefix(prologue.prefixes[key])}" for key in prefixes
        }

    def __call__(self, token: Token) -> bool:
        if token.kind not in (Kind.NAME, Kind.IRI):
            return False
        return token.text in self._spellings or self._is_relative(token)

    def _is_relative(self, token: Token) -> bool:
        """Tell whether a token is the end of the property's IRI, which the base makes whole."""
        if token.kind is not Kind.IRI or not token.text.endswith("search>") or ":" in token.text:
            return False
        return self._prologue.iri(token) == SEARCH


def _search(statement: Statement, written: Sequence[Token], prologue: Prologue) -> Search:
    is_list = written[0].is_mark("(")
    parts = _untyped(written[1:-1] if is_list else written, prologue)
    if not parts or parts[0].kind is not Kind.STRING or (len(parts) > 1 and not is_list):
        at = parts[0] if parts else written[0]
        why = "the name to look for has to be written in the query, as a text without a language"
        raise _refused(at, why, 'Write ?thing mg:search "name", or ("name" 10) for ten at most.')
    [text] = prologue.terms([parts[0]], places=[parts[0]])
    told: dict[str, str] = {}
    kinds: list[str] = []
    limit = LIMIT
    for token in parts[1:]:
        if token.kind is Kind.NUMBER and token.text.isdigit():
            limit = int(token.text.lstrip("0")[:_DIGITS] or "0")
        elif token.kind in (Kind.IRI, Kind.NAME):
            _filter(token, prologue.iri(token), told, kinds)
        else:
            raise _refused(token, f"{token.text} is neither a number nor an address", _MEANT)
    try:
        question = Question(text.value, kinds=tuple(kinds), limit=limit, **told)  # type: ignore[arg-type] # names of filters
    except BadTerm as error:
        raise _refused(parts[0], str(error).rstrip("."), error.hint) from error
    return Search(_subject(statement), question, _spoken(statement, written))


def _untyped(parts: Sequence[Token], prologue: Prologue) -> list[Token]:
    """Return tokens without the datatypes that say no more than the text alone.

    Programs write "name"^^xsd:string for "name", and "10"^^xsd:integer for 10.
    """
    left: list[Token] = []
    place = 0
    while place < len(parts):
        token, *typed = parts[place : place + 3]
        left.append(token)
        place += 1
        if len(typed) == 2 and typed[0].is_mark("^^"):  # noqa: PLR2004 - the sign and the datatype
            datatype = prologue.iri(typed[1])
            if datatype == _INTEGER:
                [term] = prologue.terms([token], places=[token])
                digits = term.value if isinstance(term, Literal) else ""
                left[-1] = token._replace(kind=Kind.NUMBER, text=digits)
            place += 2 if datatype in (_STRING, _INTEGER) else 0
    return left


def _spoken(statement: Statement, written: Sequence[Token]) -> str:
    parts = (statement.subject, written)
    subject, name = (" ".join(token.text for token in part) for part in parts)
    return f"{subject} mg:search {name}"


def _place(text: str, at: int) -> tuple[int, int]:
    before = text[:at].splitlines(keepends=True)
    ends = not before or before[-1].endswith(("\n", "\r"))
    return len(before) + ends, 1 if ends else len(before[-1]) + 1


_MEANT = (
    "After the name may stand how many things are wanted, a class (mg:Person), a nation, Games "
    'and a sport: ("name" 10 mg:Person nation:AZE).'
)


def _filter(token: Token, node: NamedNode, told: dict[str, str], kinds: list[str]) -> None:
    found = _FILTER.search(node.value)
    if node.value.startswith(MG):
        kinds.append(local_name(node))
    elif found and found[1] not in told:
        told[found[1]] = node.value
    else:
        raise _refused(token, f"{token.text} is nothing to filter by, or the second", _MEANT)


def _subject(statement: Statement) -> tuple[Token, ...]:
    written = statement.subject
    inner = written[1:-1] if written[0].is_mark("(") else written
    is_one = len(written) == 1 and written[0].kind in (Kind.VARIABLE, Kind.IRI, Kind.NAME)
    is_row = all(token.kind is Kind.VARIABLE for token in inner) and 0 < len(inner) <= _COLUMNS
    if not is_one and not is_row:
        hint = "Write (?thing ?score ?name ?reasons) or fewer of these."
        raise _refused(written[0], "what is found needs a variable", hint)
    if not is_one and len({token.text[1:] for token in inner}) < len(inner):
        hint = "Give what is found, its score, its name and the reasons a variable each."
        raise _refused(written[0], "the variables in brackets have to differ", hint)
    if not is_one and statement.kept:
        hint = "End the statement with a point, and begin the next with the variable."
        raise _refused(written[0], "no other property can be said of variables in brackets", hint)
    return tuple(inner)


def _values(search: Search, hits: Sequence[Hit]) -> str:
    first = search.subject[0]
    if first.kind is not Kind.VARIABLE:
        return _test(first, hits)
    names = " ".join(token.text for token in search.subject)
    rows = " ".join(f"({_row(hit, len(search.subject))})" for hit in hits)
    return f"VALUES ({names}) {{ {rows} }} "


def _test(node: Token, hits: Sequence[Hit]) -> str:
    """Return what holds if a thing that the query names is found."""
    found = ", ".join(f"<{hit.iri}>" for hit in hits)
    return f"FILTER({node.text} IN ({found})) "


def _row(hit: Hit, columns: int) -> str:
    cells = (
        f"<{hit.iri}>",
        f"{hit.score:.4f}",
        str(Literal(hit.matched)),
        str(Literal(" ".join(hit.reasons))),
    )
    return " ".join(cells[:columns])


def _refused(token: Token, why: str, hint: str) -> BadSyntax:
    return BadSyntax(
        f"mg:search cannot be answered, for {why}",
        source=_SOURCE,
        line=token.line,
        column=token.column,
        hint=hint,
    )
