"""The tokens of a query of a shape, one after the other, and the terms they spell."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, parse

from graph.errors import BadInput
from graph.lexer import tokens
from graph.terminals import Kind

if TYPE_CHECKING:
    from graph.lexer import Token
    from graph.terms import Term

_LITERAL_STARTS = {Kind.STRING, Kind.NUMBER}


class Tokens:
    """A place in a text that is known to be SPARQL.

    Args:
        text: the query.
        prologue: prefixes, as SPARQL text.

    """

    def __init__(self, text: str, prologue: str) -> None:
        self._left = list(tokens(text))[::-1]
        self._prologue = prologue

    def peek(self) -> Token | None:
        """Return the next token without taking it; None at the end."""
        return self._left[-1] if self._left else None

    def next(self) -> Token:
        """Take the next token."""
        if not self._left:
            raise BadInput("it ends too early")
        return self._left.pop()

    def sees(self, *texts: str) -> bool:
        """Tell whether the next token is one of these marks or keywords."""
        token = self.peek()
        if token is None or token.kind not in (Kind.MARK, Kind.WORD):
            return False
        # The keyword "a" is the only one that minds its case (section 4.2.4).
        return token.text in texts or (token.word in texts and token.text != "a")

    def take(self, *texts: str) -> str:
        """Take the next token if it is one of these, and return it; else an empty string."""
        if not self.sees(*texts):
            return ""
        token = self.next()
        return token.word if token.word in texts else token.text

    def skip_to(self, mark: str) -> None:
        """Take everything up to and with this mark."""
        while not self.take(mark):
            self.next()

    def variable(self) -> str:
        """Take a variable and return its name; an empty string if there is none."""
        token = self.peek()
        if token is None or token.kind is not Kind.VARIABLE:
            return ""
        return self.next().text[1:]

    def term(self) -> Term | None:
        """Take an IRI or a literal; None, taking nothing, where there is something else."""
        token = self.peek()
        if token is None:
            return None
        if token.kind in (Kind.IRI, Kind.NAME) or self.sees("TRUE", "FALSE"):
            text = self.next().text
            return _term(self._prologue, text if text[0] == "<" or ":" in text else text.lower())
        if token.kind in _LITERAL_STARTS or self.sees("+", "-"):
            return _term(self._prologue, self._literal())
        return None

    def _literal(self) -> str:
        text = self.take("+", "-") + self.next().text
        token = self.peek()
        if token is not None and token.kind is Kind.LANGUAGE:
            return text + self.next().text
        if self.take("^^"):
            return f"{text}^^{self.next().text}"
        return text


@lru_cache(maxsize=1024)
def _term(prologue: str, text: str) -> Term:
    """Return the term that the text spells; Turtle spells terms as SPARQL does."""
    (quad,) = parse(f"{prologue}\n<urn:s> <urn:p> {text} .", RdfFormat.TURTLE)
    term: Term = quad.object
    return term
