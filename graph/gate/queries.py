"""The SPARQL of a shape: what it may hold, and which statements it looks at.

rdflib's parser gives the algebra. It is not safe for use by several threads at
once, so that every use of rdflib in the gate holds the one lock in this file.
"""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from pyparsing import ParseException
from rdflib import BNode, URIRef, Variable, paths
from rdflib.plugins.sparql.algebra import translateGroupGraphPattern, translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from graph.engines.memory import MemoryReader
from graph.errors import BadInput
from graph.lexer import guard
from graph.terms import NamedNode

from .rdflib_terms import from_rdflib
from .reads import THIS, Block, Position, Read

if TYPE_CHECKING:
    from .constraints import Sparql

RDFLIB = threading.RLock()
"""Held by whoever uses rdflib or pySHACL."""

Node: TypeAlias = Any
"""A node of rdflib's algebra, which has no types: a CompValue, a list, a term or a text."""

_WRAPPERS = {"Distinct", "Reduced", "OrderBy", "Group", "AggregateJoin"}
_REFUSED = {
    "Minus": "MINUS",
    "values": "VALUES",
    "ServiceGraphPattern": "SERVICE",
    "Graph": "GRAPH",
    "Slice": "LIMIT or OFFSET",
}
_EXISTS = {"Builtin_EXISTS", "Builtin_NOTEXISTS"}


@lru_cache(maxsize=256)
def query_block(query: Sparql) -> Block:
    """Return the patterns that the query of a shape looks at.

    Raises:
        BadInput: for what SHACL (section 5.3.1 and appendix A) or the gate does not allow.

    """
    text = query.prologue + query.select
    guard(text, source="the query of a shape")
    MemoryReader(prefixes={}).query(text)
    with RDFLIB:
        try:
            algebra = translateQuery(parseQuery(text)).algebra
        except ParseException as error:
            raise BadInput(f"it is not SPARQL 1.1 ({error})") from error
        if algebra.name != "SelectQuery" or algebra.datasetClause:
            raise BadInput("it has to be a SELECT without FROM")
        if Variable(THIS) not in algebra.PV:
            raise BadInput("it has to select $this")
        return _block(algebra.p.p if algebra.p.name == "Project" else algebra.p, "")


def _block(node: Node, suffix: str) -> Block:
    """Return the algebra as blocks; ``suffix`` sets the variables of a sub-select apart."""
    block = _Block(suffix)
    block.add(node)
    return block.done()


class _Block:
    """The patterns of one group, as they are gathered from the algebra."""

    def __init__(self, suffix: str) -> None:
        self._suffix = suffix
        self._reads: list[Read] = []
        self._inner: list[Block] = []
        self._asked: set[str] = set()
        self._fresh = 0

    def done(self) -> Block:
        """Return the block that was gathered."""
        return Block(tuple(self._reads), tuple(self._inner))

    def add(self, node: Node) -> None:  # noqa: C901 - one case for each operator of the algebra
        """Gather what one operator of the algebra holds (SPARQL 1.1, section 18.2)."""
        match node.name:
            case "BGP":
                for subject, predicate, value in node.triples:
                    self._triple(self._at(subject), predicate, self._at(value))
            case "Join":
                self.add(node.p1)
                self.add(node.p2)
            case "LeftJoin":
                self.add(node.p1)
                self._beside(node.p2, node.expr)
            case "Union":
                for branch in (node.p1, node.p2):
                    self._apart(branch)
            case "Filter":
                self.add(node.p)
                self._expression(node.expr)
            case "Extend":
                self._bound(node)
                self.add(node.p)
                self._expression(node.expr)
            case "ToMultiSet" if node.p.name in {*_WRAPPERS, "Project"}:
                self._select(node.p)
            case name if name in _WRAPPERS:
                self.add(node.p)
                self._expression([node.get("A"), node.get("expr")])
            case name:
                raise BadInput(f"it may not hold {_REFUSED.get(name, name)}")

    def _beside(self, part: Node, condition: Node) -> None:
        optional = _Block(self._suffix)
        optional.add(part)
        optional._expression(condition)
        self._inner.append(optional.done())

    def _apart(self, branch: Node) -> None:
        """Gather a branch, which is evaluated before the focus node is joined to it."""
        apart = _Block(self._suffix)
        apart.add(branch)
        apart.refuse_unjoined()
        self._inner.append(apart.done())

    def _select(self, project: Node) -> None:
        """Gather a sub-select: what it does not select is its own."""
        while project.name != "Project":
            project = project.p
        selected = {str(variable) for variable in project.PV}
        if THIS not in selected:
            raise BadInput("its sub-select has to select $this")
        inner = _Block(f"{self._suffix}.{len(self._reads)}.{len(self._inner)}")
        inner.add(project.p)
        inner.refuse_unjoined()
        done = inner.done()
        outside = {f"{name}{inner._suffix}": f"{name}{self._suffix}" for name in selected}
        block = _renamed(done, outside)
        self._reads += block.reads
        self._inner += block.inner

    def refuse_unjoined(self) -> None:
        """Refuse a group that asks about $this without a pattern that finds it."""
        found = {end for read in self._reads for end in (read.subject, read.object)}
        if THIS in self._asked and THIS not in found:
            raise BadInput("a part of it asks about $this without a triple that has $this")

    def _bound(self, node: Node) -> None:
        by_group = isinstance(node.expr, Variable) and str(node.expr).startswith("__agg_")
        if str(node.var) == THIS and not by_group:
            raise BadInput("it may not give $this another value")

    def _expression(self, node: Node) -> None:
        """Gather what an expression asks about: its variables, and the patterns of EXISTS."""
        if isinstance(node, list | tuple):
            for part in node:
                self._expression(part)
        elif isinstance(node, Variable):
            self._asked.add(str(node))
        elif isinstance(node, CompValue) and node.name in _EXISTS:
            graph = node.graph
            if graph.name == "GroupGraphPatternSub":
                graph = translateGroupGraphPattern(graph)
            self._inner.append(_block(graph, self._suffix))
        elif isinstance(node, CompValue):
            self._expression([value for key, value in node.items() if key != "_vars"])

    def _at(self, term: Node) -> Position:
        if isinstance(term, Variable):
            return THIS if str(term) == THIS else f"{term}{self._suffix}"
        if isinstance(term, BNode):
            return f"_:{term}{self._suffix}"
        return from_rdflib(term)

    def _triple(self, subject: Position, predicate: Node, value: Position) -> None:
        """Gather one triple pattern, a property path taken apart (section 18.2.2.4)."""
        match predicate:
            case URIRef():
                self._read(subject, frozenset({NamedNode(str(predicate))}), value)
            case Variable():
                self._read(subject, None, value)
            case paths.InvPath():
                self._triple(value, predicate.arg, subject)
            case paths.SequencePath():
                places = [subject, *(self._middle() for _ in predicate.args[1:]), value]
                for step, start, end in zip(predicate.args, places, places[1:], strict=False):
                    self._triple(start, step, end)
            case paths.AlternativePath():
                self._read(subject, _simple(predicate.args), value)
            case paths.MulPath() if isinstance(predicate.path, paths.InvPath):
                self._read(value, _simple([predicate.path.arg]), subject, closure=True)
            case paths.MulPath():
                self._read(subject, _simple([predicate.path]), value, closure=True)
            case _:
                self._read(subject, None, value)

    def _read(
        self,
        subject: Position,
        predicates: frozenset[NamedNode] | None,
        value: Position,
        *,
        closure: bool = False,
    ) -> None:
        self._reads.append(Read(subject, predicates, value, closure))

    def _middle(self) -> str:
        self._fresh += 1
        return f"/{self._fresh}.{id(self)}"


def _simple(parts: list[Node]) -> frozenset[NamedNode]:
    """Return the properties of an alternative or repeated path that holds nothing else."""
    found: set[NamedNode] = set()
    for part in parts:
        if isinstance(part, paths.AlternativePath):
            found |= _simple(part.args)
        elif isinstance(part, URIRef):
            found.add(NamedNode(str(part)))
        else:
            raise BadInput("its alternative or repeated paths may hold plain properties only")
    return frozenset(found)


def _renamed(block: Block, names: dict[str, str]) -> Block:
    def place(end: Position) -> Position:
        return names.get(end, end) if isinstance(end, str) else end

    reads = tuple(
        Read(place(r.subject), r.predicates, place(r.object), r.closure) for r in block.reads
    )
    return Block(reads, tuple(_renamed(inner, names) for inner in block.inner))
