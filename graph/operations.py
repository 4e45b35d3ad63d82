"""A SPARQL Update request as the operations that it asks for, each read and checked.

Nothing is applied here. A request is split at its semicolons by the lexer, so that
every operation knows the prologue that it stands under; pyoxigraph's parser then says
whether the text of each follows the grammar.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import Store

from .complaint import unreadable
from .errors import BadSyntax
from .lexer import as_parsed, guarded
from .templates import Template, read_template
from .terminals import Kind
from .terms import DEFAULT_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .lexer import Token
    from .prologue import Prologue
    from .terms import GraphName, NamedNode

SOURCE = "the update"
_NEVER = "urn:uuid:0b57a5d4-6c5e-4f1e-9d0f-0d6d0a1f5d5c"
"""A graph that no store holds: clearing it stops pyoxigraph right after it has parsed."""


@dataclass(frozen=True, slots=True)
class Modify:
    """INSERT, DELETE and both, with data or with a WHERE.

    Attributes:
        deleted: what each solution takes away.
        inserted: what each solution adds.
        where: the group in braces, or an empty string where there is one, empty, solution.
        prologue: what is declared for ``where``.
        default: graphs that ``where`` reads as the default graph, or None for the usual one.
        named: graphs that ``where`` may name, or None for all.

    """

    deleted: Template
    inserted: Template
    where: str
    prologue: Prologue
    default: tuple[NamedNode, ...] | None = None
    named: tuple[NamedNode, ...] | None = None


@dataclass(frozen=True, slots=True)
class Graphs:
    """CLEAR, DROP or CREATE; ``scope`` is a graph, or the word DEFAULT, NAMED or ALL."""

    verb: str
    scope: NamedNode | str
    silent: bool


@dataclass(frozen=True, slots=True)
class Transfer:
    """COPY, MOVE or ADD from one graph to another; DEFAULT_GRAPH stands for DEFAULT."""

    verb: str
    source: GraphName
    target: GraphName
    silent: bool


Operation: TypeAlias = Modify | Graphs | Transfer


@dataclass(frozen=True, slots=True)
class Using:
    """The graphs that WHERE reads in operations that name none by WITH or USING.

    Attributes:
        default: graphs that are merged as its default graph, or None for the usual one.
        named: graphs that it may name, or None for all.
        alone: whether an operation that names its own is refused
            (https://www.w3.org/TR/sparql11-protocol/#update-dataset).

    """

    default: tuple[NamedNode, ...] | None = None
    named: tuple[NamedNode, ...] | None = None
    alone: bool = False


def read_operations(
    text: str, *, prologue: Prologue, target: GraphName, using: Using | None = None
) -> list[Operation]:
    """Return the operations of a request, after checking all of its text.

    Args:
        text: a SPARQL 1.1 Update request.
        prologue: what holds before the request declares anything.
        target: the graph of template triples outside GRAPH.
        using: what WHERE reads; None is the usual.

    Raises:
        BadSyntax: with line and column.
        Forbidden: for LOAD and SERVICE, and for text that is too long or too deep.

    """
    read = guarded(text, source=SOURCE)
    text = as_parsed(text, source=SOURCE)
    parts = list(_parts(read, prologue))
    _check_labels(parts)
    usual = using or Using()
    operations = [_Reading(part, text, target, usual).operation() for part in parts if part.read]
    for run in _runs(parts):
        _check_syntax(text, run)
    return operations


@dataclass(frozen=True, slots=True)
class _Part:
    """The tokens of one operation, without its own declarations."""

    read: list[Token]
    prologue: Prologue
    declares: bool


def _parts(read: Iterable[Token], prologue: Prologue) -> Iterator[_Part]:
    depth = 0
    part: list[Token] = []
    for token in read:
        depth += token.is_mark("{") - token.is_mark("}")
        if depth or not token.is_mark(";"):
            part.append(token)
            continue
        found = _part(part, prologue)
        if not found.read:
            raise _unexpected(token)
        prologue, part = found.prologue, []
        yield found
    yield _part(part, prologue)


def _part(read: list[Token], prologue: Prologue) -> _Part:
    after, taken = prologue.with_declarations(read)
    return _Part(read[taken:], after, declares=taken > 0)


def _runs(parts: Iterable[_Part]) -> Iterator[list[_Part]]:
    """Group neighbours that stand under one prologue; pyoxigraph reads only one a request."""
    run: list[_Part] = []
    for part in parts:
        if part.declares and run:
            yield run
            run = []
        if part.read:
            run.append(part)
    if run:
        yield run


def _check_syntax(text: str, run: Sequence[_Part]) -> None:
    """Have pyoxigraph parse operations, and stop it before it does any of them."""
    first = run[0].read[0]
    head = run[0].prologue.text() + f"CLEAR GRAPH <{_NEVER}> ;\n" + " " * (first.column - 1)
    body = text[first.start : run[-1].read[-1].end]
    try:
        Store().update(head + body)
    except SyntaxError as error:
        found = unreadable(error, head + body, source=SOURCE, prologue=run[0].prologue)
        line = None if found.line is None else found.line - 2 + first.line
        raise BadSyntax(
            found.reason, source=SOURCE, line=line, column=found.column, hint=found.hint
        ) from error
    except RuntimeError:
        return


def _check_labels(parts: Iterable[_Part]) -> None:
    """Refuse a blank node label in two INSERT DATA or two WHERE (SPARQL 1.1 Query, 19.6)."""
    owners: dict[tuple[bool, str], int] = {}
    for number, part in enumerate(parts):
        is_data = len(part.read) > 1 and part.read[1].word == "DATA"
        in_where = is_data
        for token in part.read:
            in_where = in_where or token.word == "WHERE"
            if token.kind is not Kind.BLANK or not in_where:
                continue
            if owners.setdefault((is_data, token.text), number) != number:
                raise BadSyntax(
                    f"the blank node label {token.text} belongs to another operation already",
                    source=SOURCE,
                    line=token.line,
                    column=token.column,
                    hint="A label holds within one operation; give the node an IRI.",
                )


class _Reading:
    """One operation, read from its tokens."""

    def __init__(self, part: _Part, text: str, target: GraphName, usual: Using) -> None:
        self._read, self._place, self._text = part.read, 0, text
        self._prologue, self._target, self._usual = part.prologue, target, usual
        self._nothing = Template((), ())

    def operation(self) -> Operation:
        verb = self._next().word
        if verb in ("CLEAR", "DROP", "CREATE"):
            silent = self._word("SILENT")
            return Graphs(verb, self._scope(), silent)
        if verb in ("COPY", "MOVE", "ADD"):
            return self._transfer(verb)
        if verb in ("INSERT", "DELETE") and self._word("DATA"):
            return self._modify(verb, self._data(verb))
        if verb == "DELETE" and self._word("WHERE"):
            where = self._group()
            self._place -= len(where)
            return self._modify(verb, self._deleted(self._target), self._slice(where))
        self._place = 0
        return self._with_where()

    def _modify(self, verb: str, template: Template, where: str = "") -> Modify:
        deleted, inserted = (
            (template, self._nothing) if verb == "DELETE" else (self._nothing, template)
        )
        usual = self._usual
        return Modify(deleted, inserted, where, self._prologue, usual.default, usual.named)

    def _with_where(self) -> Modify:
        home = self._iri() if self._own("WITH") else None
        graph = self._target if home is None else home
        deleted = self._deleted(graph) if self._word("DELETE") else self._nothing
        inserted = self._template(graph) if self._word("INSERT") else self._nothing
        default, named = self._using()
        if default is None:
            default, named = ((home,), None) if home else (self._usual.default, self._usual.named)
        if not self._word("WHERE"):
            raise _unexpected(self._next())
        where = self._slice(self._group())
        return Modify(deleted, inserted, where, self._prologue, default, named)

    def _using(self) -> tuple[tuple[NamedNode, ...] | None, tuple[NamedNode, ...] | None]:
        default: list[NamedNode] = []
        named: list[NamedNode] = []
        while self._own("USING"):
            (named if self._word("NAMED") else default).append(self._iri())
        return (tuple(default), tuple(named)) if default or named else (None, None)

    def _transfer(self, verb: str) -> Transfer:
        silent = self._word("SILENT")
        source = self._graph()
        if not self._word("TO"):
            raise _unexpected(self._next())
        return Transfer(verb, source, self._graph(), silent)

    def _scope(self) -> NamedNode | str:
        for word in ("DEFAULT", "NAMED", "ALL"):
            if self._word(word):
                return word
        self._word("GRAPH")
        return self._iri()

    def _graph(self) -> GraphName:
        if self._word("DEFAULT"):
            return DEFAULT_GRAPH
        self._word("GRAPH")
        return self._iri()

    def _iri(self) -> NamedNode:
        return self._prologue.iri(self._next())

    def _data(self, verb: str) -> Template:
        start = self._place
        data = self._deleted(self._target) if verb == "DELETE" else self._template(self._target)
        for token in self._read[start : self._place]:
            if token.kind is Kind.VARIABLE:
                raise _unexpected(token, f"{verb} DATA may hold no variables")
        return data

    def _deleted(self, default: GraphName) -> Template:
        start = self._place
        template = self._template(default)
        if template.has_blank_nodes:
            blank = (
                token
                for token in self._read[start : self._place]
                if token.kind is Kind.BLANK or token.is_mark("[", "(")
            )
            raise _unexpected(next(blank), "what is deleted may hold no blank nodes")
        return template

    def _template(self, default: GraphName) -> Template:
        return read_template(self._group(), prologue=self._prologue, default=default)

    def _group(self) -> Sequence[Token]:
        """Return the tokens from an opening brace to the one that closes it."""
        start, depth = self._place, 0
        while True:
            token = self._next()
            depth += token.is_mark("{") - token.is_mark("}")
            if depth == 0 and not token.is_mark("}"):
                raise _unexpected(token)
            if depth <= 0:
                return self._read[start : self._place]

    def _slice(self, group: Sequence[Token]) -> str:
        return self._text[group[0].start : group[-1].end]

    def _own(self, word: str) -> bool:
        """Take a word with which an operation names graphs of its own, where it may."""
        if not self._word(word):
            return False
        if self._usual.alone:
            raise _unexpected(
                self._read[self._place - 1],
                f"the request names the graphs already, so {word} cannot name them again",
            )
        return True

    def _word(self, word: str) -> bool:
        found = self._place < len(self._read) and self._read[self._place].word == word
        self._place += found
        return found

    def _next(self) -> Token:
        if self._place >= len(self._read):
            raise _unexpected(self._read[-1])
        self._place += 1
        return self._read[self._place - 1]


def _unexpected(token: Token, rule: str = "") -> BadSyntax:
    message = rule or f"{token.text} is not expected here"
    return BadSyntax(message, source=SOURCE, line=token.line, column=token.column)
