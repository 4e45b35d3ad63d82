"""EXISTS written so that each of its patterns is looked up from what is known by then.

pyoxigraph orders the joins of a query and follows each pattern from those before it, but
leaves the groups of EXISTS as they are written: each of their patterns is then read whole,
for every solution anew, which takes the square of the size of the graph. So the patterns
of such a group are written one in LATERAL after the other (SPARQL 1.2 community group,
SEP-0006), beginning with the one of which most is known.

A join of triple patterns has the same solutions in any order and with LATERAL. A path of
any length that may be of length none (section 18.4) finds more from a term that is given
than it finds by itself, if the graph does not have that term; so it stays where that could be.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING

from graph.errors import BadSyntax
from graph.lexer import tokens
from graph.terminals import Kind

from .pattern_tokens import PatternTokens, Unknown, partners

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.lexer import Token

    from .pattern_tokens import Pattern

LIMIT_CHARACTERS = 200_000
"""A longer text is left as it is: what it lists takes longer than what it asks."""

_EXISTS = re.compile("exists", re.IGNORECASE)
_BEFORE_A_GROUP = frozenset(("OPTIONAL", "MINUS", "UNION", "LATERAL"))


@lru_cache(maxsize=256)
def following(text: str) -> str:
    """Return a query, or what is none, with the patterns of EXISTS in the order to follow them.

    Args:
        text: as ``as_parsed`` gives it.

    Example:
        >>> following("ASK { ?a a ?b FILTER EXISTS { ?d ?p ?e . ?c ?p ?a ; ?q ?d } }")
        'ASK { ?a a ?b FILTER EXISTS { ?c ?p ?a LATERAL { ?c ?q ?d } LATERAL { ?d ?p ?e } } }'

    """
    if len(text) > LIMIT_CHARACTERS or not _EXISTS.search(text):
        return text
    try:
        return _Rewriting(text).done()
    except BadSyntax:  # whoever evaluates it says so, with the place
        return text


class _Rewriting:
    """One pass over the tokens of a text."""

    def __init__(self, text: str) -> None:
        self._text, self._read = text, list(tokens(text))
        self._partner = partners(self._read)
        self._named = Counter(self._variables(0, len(self._read)))
        base = "via"
        while any(name.startswith(base) for name in self._named):
            base += "_"
        self._fresh = (f"?{base}{number}" for number in count(1))

    def done(self) -> str:
        """Return the text with each EXISTS rewritten."""
        return self._text[: self._start(0)] + self._copied(0, len(self._read))

    def _copied(self, begin: int, end: int) -> str:
        """Return the text of some tokens and the blanks after them, each EXISTS in it rewritten."""
        pieces: list[str] = []
        done = at = begin
        while at < end:
            if self._read[at].word == "EXISTS" and self._opens(at + 1, end):
                close = self._partner[at + 1]
                pieces += self._slice(done, at + 1), self._group(at + 1, close)
                at = done = close + 1
            else:
                at += 1
        return "".join((*pieces, self._slice(done, end)))

    def _group(self, begin: int, close: int) -> str:
        """Return a group, from its opening brace to the blanks after its closing one."""
        after = self._slice(close, close + 1)
        if self._read[begin + 1].word == "SELECT":
            return self._slice(begin, begin + 1) + self._copied(begin + 1, close) + after
        here = Counter(self._variables(begin, close))
        known = {name for name, times in self._named.items() if times > here[name]}
        try:
            return "{ " + " ".join(self._elements(begin + 1, close, known)) + " " + after
        except Unknown:
            return self._slice(begin, begin + 1) + self._copied(begin + 1, close) + after

    def _elements(self, at: int, close: int, known: set[str]) -> Iterator[str]:
        """Yield the parts of a group; what is found is added to what is known."""
        run = PatternTokens(self._text, self._read, self._fresh)
        filters: list[str] = []
        is_first = True
        while at < close:
            token = self._read[at]
            if token.is_mark("."):
                at += 1
            elif token.word == "FILTER":
                end = self._end_in_bracket(at, close)
                filters.append(self._copied(at, end))
                at = end
            elif self._is_apart(token):
                yield from _ordered(run.patterns, known, is_first=is_first)
                run, is_first = PatternTokens(self._text, self._read, self._fresh), False
                end = self._end_apart(at, close)
                yield self._apart(at, end)
                known |= set(self._variables(at, end))
                at = end
            else:
                at = run.read(at, close)
        yield from _ordered(run.patterns, known, is_first=is_first)
        yield from filters

    def _is_apart(self, token: Token) -> bool:
        """Tell whether something begins here that is no triple pattern and no filter."""
        words = ("GRAPH", "BIND", "VALUES", "SERVICE")
        return token.is_mark("{") or token.word in words or token.word in _BEFORE_A_GROUP

    def _end_apart(self, at: int, close: int) -> int:
        """Return where a part ends that has a group or a list in braces, or is a BIND."""
        if self._read[at].word == "VALUES" and self._read[at + 1].is_mark("("):
            at = self._end_in_bracket(at, close)
        return self._end_in_bracket(at, close)

    def _end_in_bracket(self, at: int, close: int) -> int:
        """Return the place behind the first bracket or brace that begins here or later."""
        try:
            return self._partner[next(n for n in range(at, close) if n in self._partner)] + 1
        except StopIteration:
            raise Unknown from None

    def _apart(self, begin: int, end: int) -> str:
        """Return a part with its group rewritten, and the blanks after it."""
        if not self._read[end - 1].is_mark("}") or self._read[begin].word == "VALUES":
            return self._copied(begin, end)
        opening = next(at for at in range(begin, end) if self._read[at].is_mark("{"))
        return self._slice(begin, opening) + self._group(opening, end - 1)

    def _opens(self, at: int, end: int) -> bool:
        return at < end and self._read[at].is_mark("{") and at in self._partner

    def _variables(self, begin: int, end: int) -> Iterator[str]:
        return (t.text[1:] for t in self._read[begin:end] if t.kind is Kind.VARIABLE)

    def _slice(self, begin: int, end: int) -> str:
        return self._text[self._start(begin) : self._start(end)]

    def _start(self, at: int) -> int:
        return self._read[at].start if at < len(self._read) else len(self._text)


def _ordered(run: list[Pattern], known: set[str], *, is_first: bool) -> Iterator[str]:
    """Yield patterns in the order to follow them, and add what they find to what is known.

    Raises:
        Unknown: if another order or LATERAL could give other solutions.

    """
    if any(pattern.may_be_empty for pattern in run):
        _refuse_loose_ends(run, is_first=is_first)
    left, is_begun = list(run), not is_first
    while left:
        best = min(left, key=lambda pattern: pattern.cost(known))
        left.remove(best)
        known |= best.variables
        yield f"LATERAL {{ {best.text} }}" if is_begun else best.text
        is_begun = True


def _refuse_loose_ends(run: Iterable[Pattern], *, is_first: bool) -> None:
    """Refuse paths that may be empty, unless the nodes they lead from are found otherwise."""
    nodes = {name for pattern in run if not pattern.may_be_empty for name in pattern.ends}
    times = Counter(name for pattern in run for name in pattern.variables)
    for pattern in run:
        if pattern.may_be_empty and not (
            is_first and all(name in nodes or times[name] == 1 for name in pattern.ends)
        ):
            raise Unknown
