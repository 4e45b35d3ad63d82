"""The SPARQL of a shape: what it may hold, and which statements it looks at.

A shape's query is read at every start of every program, so it is read by a small
parser of the group patterns (SPARQL 1.1, section 19.8, rules 53 to 66); whether it is
SPARQL at all is for pyoxigraph to say. A construct that is not known here is refused.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from graph.engines.memory import MemoryReader
from graph.errors import BadInput
from graph.lexer import guard
from graph.prologue import Prologue

from .query_paths import Either, Link, Repeated, Sequence, read_path
from .query_tokens import Tokens
from .reads import THIS, Block, Position, Read

if TYPE_CHECKING:
    from .constraints import Sparql
    from .query_paths import Walk

_REFUSED = ("MINUS", "VALUES", "SERVICE", "GRAPH", "LIMIT", "OFFSET", "FROM")


@lru_cache(maxsize=256)
def query_block(query: Sparql) -> Block:
    """Return the patterns that the query of a shape looks at.

    Raises:
        BadInput: for what SHACL (section 5.3.1 and appendix A) or the gate does not allow.

    """
    text = query.prologue + query.select
    guard(text, source="the query of a shape")
    MemoryReader(prologue=Prologue()).query(text)
    tokens = Tokens(query.select, query.prologue)
    if not tokens.sees("SELECT"):
        raise BadInput("it has to be a SELECT without prefixes of its own")
    selected, group = _select(tokens, "")
    if THIS not in selected:
        raise BadInput("it has to select $this")
    return group.done()


def _select(tokens: Tokens, suffix: str) -> tuple[set[str], _Group]:
    """Read a SELECT, and return the variables that it selects and the group in its WHERE."""
    group = _Group(tokens, suffix)
    tokens.take("SELECT")
    tokens.take("DISTINCT", "REDUCED")
    selected: set[str] = set()
    while not tokens.sees("{"):
        _refuse(tokens)
        name = tokens.variable()
        if name:
            selected.add(name)
        elif tokens.sees("("):
            selected.add(group.bracketed())
        else:
            tokens.next()
    group.read()
    while tokens.peek() is not None and not tokens.sees("}"):
        _refuse(tokens)
        group.expression_part()
    return selected, group


def _refuse(tokens: Tokens) -> None:
    found = tokens.take(*_REFUSED)
    if found:
        raise BadInput(f"it may not hold {found}")


class _Group:
    """The patterns of one group in braces, as they are read.

    Args:
        suffix: sets the variables of a sub-select apart from those outside.

    """

    def __init__(self, tokens: Tokens, suffix: str) -> None:
        self._tokens, self._suffix = tokens, suffix
        self._reads: list[Read] = []
        self._inner: list[Block] = []
        self._choices: list[tuple[Block, ...]] = []
        self._asked: set[str] = set()
        self._fresh = 0

    def done(self) -> Block:
        """Return what was read."""
        return Block(tuple(self._reads), tuple(self._inner), tuple(self._choices))

    def read(self) -> None:
        """Read a group from its opening to its closing brace."""
        tokens = self._tokens
        tokens.take("{")
        if tokens.sees("SELECT"):
            self._sub_select()
        while not tokens.take("}"):
            self._element()

    def _element(self) -> None:
        tokens = self._tokens
        _refuse(tokens)
        if tokens.sees("{"):
            self._union()
        elif tokens.take("OPTIONAL"):
            self._inner.append(self._apart(joined=True))
        elif tokens.take("FILTER"):
            self._filter()
        elif tokens.take("BIND"):
            if self.bracketed() == THIS:
                raise BadInput("it may not give $this another value")
        elif not tokens.take("."):
            self._triples(self._node())

    def _apart(self, *, joined: bool) -> Block:
        """Read a group of its own.

        A branch of a UNION is evaluated before the focus node is joined to it, so that a
        condition in it knows $this from a triple of its own only.
        """
        group = _Group(self._tokens, self._suffix)
        group.read()
        if not joined:
            group.refuse_unjoined()
        return group.done()

    def _union(self) -> None:
        branches = [self._apart(joined=False)]
        while self._tokens.take("UNION"):
            branches.append(self._apart(joined=False))
        self._choices.append(tuple(branches))

    def _sub_select(self) -> None:
        """Read a sub-select: what it does not select is its own."""
        self._fresh += 1
        suffix = f"{self._suffix}.{self._fresh}"
        selected, group = _select(self._tokens, suffix)
        if THIS not in selected:
            raise BadInput("its sub-select has to select $this")
        group.refuse_unjoined()
        names = {name + suffix: name + self._suffix for name in selected}
        self._choices.append((_renamed(group.done(), names),))

    def refuse_unjoined(self) -> None:
        """Refuse a group that asks about $this without a triple that finds it."""
        block = self.done()
        found = {end for read in block.reads for end in (read.subject, read.object)}
        if THIS in self._asked and THIS not in found:
            raise BadInput("a part of it asks about $this without a triple that has $this")

    def _filter(self) -> None:
        """Read a FILTER: a bracket, EXISTS, or a function and its bracket."""
        if self._tokens.sees("NOT", "EXISTS"):
            self.expression_part()
            if self._tokens.sees("EXISTS"):
                self.expression_part()
            return
        while not self._tokens.sees("("):
            self.expression_part()
        self.bracketed()

    def bracketed(self) -> str:
        """Read an expression in round brackets, and return the variable after its AS, if any."""
        self._tokens.take("(")
        name = ""
        while not self._tokens.take(")"):
            if self._tokens.take("AS"):
                name = self._tokens.variable()
            elif self._tokens.sees("("):
                self.bracketed()
            else:
                self.expression_part()
        return name

    def expression_part(self) -> None:
        """Read one token of an expression, or an EXISTS with its group."""
        if self._tokens.take("EXISTS"):
            self._inner.append(self._apart(joined=True))
            return
        name = self._tokens.variable()
        if name:
            self._asked.add(name)
        else:
            self._tokens.next()

    def _triples(self, subject: Position) -> None:
        """Read what is said of a subject: properties, each with values."""
        while not self._tokens.sees(".", "}", "]", "{", "FILTER", "OPTIONAL", "BIND", *_REFUSED):
            if self._tokens.take(";"):
                continue
            variable = self._tokens.variable()
            walk = Link(None) if variable else read_path(self._tokens)
            self._link(subject, walk, self._node())
            while self._tokens.take(","):
                self._link(subject, walk, self._node())

    def _node(self) -> Position:
        """Read a subject or a value; a bracketed blank node with what is said of it."""
        name = self._tokens.variable()
        if name:
            return THIS if name == THIS else name + self._suffix
        if self._tokens.take("["):
            node = self._middle()
            self._triples(node)
            self._tokens.take("]")
            return node
        term = self._tokens.term()
        if term is not None:
            return term
        if self._tokens.sees("("):
            raise BadInput("it may not hold a list in round brackets")
        return f"{self._tokens.next().text}{self._suffix}"

    def _middle(self) -> str:
        self._fresh += 1
        return f"_{self._fresh}.{id(self)}"

    def _link(self, subject: Position, walk: Walk, value: Position) -> None:
        """Note one triple pattern, a path taken apart (section 18.2.2.4)."""
        match walk:
            case Link(predicates, inverse):
                start, end = (value, subject) if inverse else (subject, value)
                self._reads.append(Read(start, predicates, end))
            case Repeated(Link(predicates, inverse)):
                start, end = (value, subject) if inverse else (subject, value)
                self._reads.append(Read(start, predicates, end, closure=True))
            case Sequence(parts):
                places = [subject, *(self._middle() for _ in parts[1:]), value]
                for part, start, end in zip(parts, places, places[1:], strict=False):
                    self._link(start, part, end)
            case Either(parts):
                self._choices.append(tuple(self._branch(subject, part, value) for part in parts))

    def _branch(self, subject: Position, walk: Walk, value: Position) -> Block:
        branch = _Group(self._tokens, self._suffix)
        branch._link(subject, walk, value)
        return branch.done()


def _renamed(block: Block, names: dict[str, str]) -> Block:
    def place(end: Position) -> Position:
        return names.get(end, end) if isinstance(end, str) else end

    return Block(
        tuple(
            Read(place(r.subject), r.predicates, place(r.object), r.closure) for r in block.reads
        ),
        tuple(_renamed(inner, names) for inner in block.inner),
        tuple(tuple(_renamed(b, names) for b in branches) for branches in block.choices),
    )
