"""Templates of SPARQL Update: read from tokens, and made into quads for each solution.

A template is read by its own small parser rather than as TriG, because SPARQL allows
there what TriG does not: a literal as subject (which simply gives no triple), a
collection alone, a missing full stop before GRAPH. Terms are read by the RDF parser.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from .errors import BadSyntax
from .names import RDF
from .terminals import Kind
from .terms import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Variable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .lexer import Token
    from .prologue import Prologue
    from .terms import GraphName, Term

_RDF_12 = "Statements about statements (RDF 1.2) are not kept."
_HINTS = {"<": "An IRI may hold no space; write it as %20.", "{": _RDF_12, "~": _RDF_12}


@dataclass(frozen=True, slots=True)
class Fresh:
    """A blank node of a template: each solution gets a new one for each key."""

    key: str


@dataclass(frozen=True, slots=True)
class _Written:
    """A term as written, to be read by the RDF parser: its place in the list of these."""

    number: int


Slot: TypeAlias = "NamedNode | BlankNode | Literal | DefaultGraph | Variable | Fresh"
_Raw: TypeAlias = "Slot | _Written"

_TYPE, _FIRST = NamedNode(RDF + "type"), NamedNode(RDF + "first")
_REST, _NIL = NamedNode(RDF + "rest"), NamedNode(RDF + "nil")


@dataclass(frozen=True, slots=True)
class Template:
    """Quad patterns, each of subject, predicate, object and graph.

    Attributes:
        quads: the patterns.
        labels: the tokens of the blank node labels used.

    """

    quads: tuple[tuple[Slot, Slot, Slot, Slot], ...]
    labels: tuple[Token, ...]

    def variables(self) -> list[str]:
        """Return the name of each variable once, in order of appearance."""
        found = (slot.value for quad in self.quads for slot in quad if isinstance(slot, Variable))
        return list(dict.fromkeys(found))

    @property
    def has_blank_nodes(self) -> bool:
        """Whether each solution makes new nodes."""
        return any(isinstance(slot, Fresh) for quad in self.quads for slot in quad)

    def instances(self, solution: Mapping[str, Term]) -> Iterator[Quad]:
        """Yield the quads of one solution.

        A triple with an unbound variable, or with a term where RDF allows none of its
        kind, is left out (SPARQL 1.1 Update, section 3.1.3).
        """
        nodes: dict[str, BlankNode] = {}
        for pattern in self.quads:
            subject, predicate, value, graph = (_filled(slot, solution, nodes) for slot in pattern)
            if (
                isinstance(subject, NamedNode | BlankNode)
                and isinstance(predicate, NamedNode)
                and isinstance(value, NamedNode | BlankNode | Literal)
                and isinstance(graph, NamedNode | DefaultGraph)
            ):
                yield Quad(subject, predicate, value, graph)


def _filled(slot: Slot, solution: Mapping[str, Term], nodes: dict[str, BlankNode]) -> object:
    if isinstance(slot, Variable):
        return solution.get(slot.value)
    if isinstance(slot, Fresh):
        return nodes.setdefault(slot.key, BlankNode())
    return slot


def read_template(read: Sequence[Token], *, prologue: Prologue, default: GraphName) -> Template:
    """Return the template that stands between two braces.

    Args:
        read: the tokens from one brace to the other.
        prologue: what its names stand for.
        default: the graph of triples outside GRAPH.

    Raises:
        BadSyntax: for what SPARQL 1.1 does not have, such as triple terms.

    """
    return _Parser(read, prologue, default).template()


class _Parser:
    """Recursive descent over the productions from TriplesTemplate to GraphNode."""

    def __init__(self, read: Sequence[Token], prologue: Prologue, default: GraphName) -> None:
        self._read, self._place, self._end = read[1:-1], 0, read[-1]
        self._prologue, self._graph = prologue, default
        self._default: _Raw = default
        self._in: _Raw = default
        self._quads: list[tuple[_Raw, _Raw, _Raw, _Raw]] = []
        self._written: list[str] = []
        self._places: list[Token] = []
        self._labels: list[Token] = []
        self._made = 0

    def template(self) -> Template:
        while self._place < len(self._read):
            if self._word("GRAPH"):
                self._in = self._simple()
                self._need("{")
            elif self._take("}"):
                self._in = self._default
            elif not self._take("."):
                self._triples()
        terms = self._prologue.terms(self._written, places=self._places) if self._written else []

        def settled(slot: _Raw) -> Slot:
            return terms[slot.number] if isinstance(slot, _Written) else slot

        quads = ((settled(s), settled(p), settled(o), settled(g)) for s, p, o, g in self._quads)
        return Template(tuple(quads), tuple(self._labels))

    def _triples(self) -> None:
        is_node = self._peek("(", "[")
        subject = self._node()
        if not (is_node and self._ends()):
            self._properties(subject)

    def _properties(self, subject: _Raw) -> None:
        while not self._ends():
            if self._take(";"):
                continue
            verb = self._verb()
            self._quads.append((subject, verb, self._node(), self._in))
            while self._take(","):
                self._quads.append((subject, verb, self._node(), self._in))
            if not self._ends() and not self._peek(";"):
                raise self._unexpected()

    def _verb(self) -> _Raw:
        if self._word("A"):
            return _TYPE
        at = self._at()
        if at is None or at.kind not in (Kind.VARIABLE, Kind.IRI, Kind.NAME):
            raise self._unexpected()
        return self._simple()

    def _node(self) -> _Raw:
        if self._take("("):
            return self._collection()
        if self._take("["):
            node = self._fresh()
            self._properties(node)
            self._need("]")
            return node
        return self._simple()

    def _collection(self) -> _Raw:
        members = []
        while not self._take(")"):
            members.append(self._node())
        links: list[_Raw] = [*(self._fresh() for _ in members), _NIL]
        for place, member in enumerate(members):
            self._quads.append((links[place], _FIRST, member, self._in))
            self._quads.append((links[place], _REST, links[place + 1], self._in))
        return links[0]

    def _simple(self) -> _Raw:
        token = self._next()
        if token.kind is Kind.VARIABLE:
            return Variable(token.text[1:])
        if token.kind is Kind.BLANK:
            self._labels.append(token)
            return Fresh(token.text)
        if token.kind in (Kind.IRI, Kind.NAME, Kind.NUMBER):
            return self._as_written(token.text, token)
        if token.is_mark("+", "-") and self._peek_kind(Kind.NUMBER):
            return self._as_written(token.text + self._next().text, token)
        if token.word in ("TRUE", "FALSE"):
            return self._as_written(token.text.lower(), token)
        if token.kind is Kind.STRING:
            return self._literal(token)
        raise self._unexpected(token)

    def _literal(self, token: Token) -> _Raw:
        if self._peek_kind(Kind.LANGUAGE):
            return self._as_written(token.text + self._next().text, token)
        if self._take("^^"):
            return self._as_written(f"{token.text}^^{self._next().text}", token)
        return self._as_written(token.text, token)

    def _as_written(self, text: str, token: Token) -> _Written:
        self._written.append(text)
        self._places.append(token)
        return _Written(len(self._written) - 1)

    def _fresh(self) -> Fresh:
        self._made += 1
        return Fresh(str(self._made))

    def _ends(self) -> bool:
        """Tell whether the triples of one subject end here."""
        at = self._at()
        return at is None or at.is_mark(".", "}", "]") or at.word == "GRAPH"

    def _at(self) -> Token | None:
        return self._read[self._place] if self._place < len(self._read) else None

    def _peek(self, *marks: str) -> bool:
        at = self._at()
        return at is not None and at.is_mark(*marks)

    def _peek_kind(self, kind: Kind) -> bool:
        at = self._at()
        return at is not None and at.kind is kind

    def _take(self, mark: str) -> bool:
        found = self._peek(mark)
        self._place += found
        return found

    def _word(self, word: str) -> bool:
        at = self._at()
        found = at is not None and at.word == word
        self._place += found
        return found

    def _need(self, mark: str) -> None:
        if not self._take(mark):
            raise self._unexpected()

    def _next(self) -> Token:
        at = self._at()
        if at is None:
            raise self._unexpected()
        self._place += 1
        return at

    def _unexpected(self, token: Token | None = None) -> BadSyntax:
        token = token or self._at() or self._end
        return BadSyntax(
            f"{token.text} is not expected here",
            source="the update",
            line=token.line,
            column=token.column,
            hint=_HINTS.get(token.text, ""),
        )
