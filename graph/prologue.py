"""BASE and PREFIX of SPARQL text, and what the names that they shorten stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, parse

from .errors import BadSyntax
from .lexer import as_parsed, tokens
from .terminals import Kind
from .terms import NamedNode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .lexer import Token
    from .names import Names
    from .terms import Term

LIMIT_PREFIXES = 1000
"""How many prefixes one text may declare: each is told again to every operation's parser."""

_PLACE = re.compile(r"Parser error at line (\d+)")


@dataclass(frozen=True, slots=True)
class Prologue:
    """What is declared at some point of a SPARQL text.

    Attributes:
        base: the absolute IRI that relative ones are resolved against, or None.
        prefixes: the absolute IRI that each prefix, without its colon, stands for.

    """

    base: str | None = None
    prefixes: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """Return the declarations as SPARQL and Turtle spell them, in one line."""
        base = f"BASE <{self.base}> " if self.base else ""
        return base + "".join(f"PREFIX {key}: <{iri}> " for key, iri in self.prefixes.items())

    def terms(self, written: Sequence[Token | str], *, places: Sequence[Token]) -> list[Term]:
        """Return the terms that pieces of SPARQL text stand for: IRIs, names and literals.

        Args:
            written: tokens, or texts for terms of several tokens such as ``"a"@en``.
            places: for each, the token that an error points to.

        Raises:
            BadSyntax: for an undeclared prefix, or an IRI that is none.

        """
        lines = [
            f"<x:s> <x:p> {piece if isinstance(piece, str) else piece.text} ." for piece in written
        ]
        text = "\n".join((self.text(), *lines))
        try:
            return [quad.object for quad in parse(text, format=RdfFormat.TURTLE)]
        except SyntaxError as error:
            raise self._unreadable(str(error), written, places) from error

    def iri(self, token: Token) -> NamedNode:
        """Return the IRI that an IRI or prefixed name stands for, or raise BadSyntax."""
        term = self.terms([token], places=[token])[0] if _names(token) else None
        if not isinstance(term, NamedNode):
            raise _unexpected(token, "an IRI")
        return term

    def with_declarations(self, read: Sequence[Token]) -> tuple[Prologue, int]:
        """Return what is declared after the BASE and PREFIX that ``read`` begins with.

        Returns:
            The new prologue, and how many tokens its declarations take.

        """
        after, place = self, 0
        while place < len(read) and read[place].word in ("BASE", "PREFIX"):
            if read[place].word == "BASE":
                after = Prologue(after._declared(read, place + 1), after.prefixes)
                place += 2
            else:
                name = read[place + 1] if place + 1 < len(read) else read[place]
                if name.kind is not Kind.NAME or not name.text.endswith(":"):
                    raise _unexpected(name, "a prefix that ends in a colon")
                iri = after._declared(read, place + 2)
                after = Prologue(after.base, {**after.prefixes, name.text[:-1]: iri})
                place += 3
        if len(after.prefixes) - len(self.prefixes) > LIMIT_PREFIXES:
            raise _unexpected(read[0], f"at most {LIMIT_PREFIXES} prefixes")
        return after, place

    def _declared(self, read: Sequence[Token], place: int) -> str:
        token = read[min(place, len(read) - 1)]
        if place >= len(read) or token.kind is not Kind.IRI:
            raise _unexpected(token, "an IRI in angle brackets")
        return self.iri(token).value

    def _unreadable(
        self, complaint: str, written: Sequence[Token | str], places: Sequence[Token]
    ) -> BadSyntax:
        line = _PLACE.match(complaint)
        token = _told_in(int(line[1]) - 2, written, places) if line else places[0]
        prefix = token.text.partition(":")[0]
        if token.kind is Kind.NAME and prefix not in self.prefixes:
            return undeclared(token)
        return BadSyntax(
            f"{token.text} is not an IRI or literal that can be kept",
            source="the SPARQL text",
            line=token.line,
            column=token.column,
            hint="Write IRIs in full, from https:// on, and without spaces.",
        )


def _told_in(line: int, written: Sequence[Token | str], places: Sequence[Token]) -> Token:
    """Return the token whose term stands in this line, where long strings take several."""
    for piece, token in zip(written, places, strict=True):
        line -= 1 + (piece if isinstance(piece, str) else piece.text).count("\n")
        if line < 0:
            return token
    return places[-1]


def house_prologue(names: Names) -> Prologue:
    """Return what holds for queries and updates before they declare anything.

    Relative IRIs are those of the store (RFC 3986, section 5.1.4, leaves it to the service).
    """
    return Prologue(f"{names.base}/", names.prefixes())


def dataset_of(
    text: str, prologue: Prologue | None = None
) -> tuple[list[NamedNode], list[NamedNode]] | None:
    """Return the graphs that a query's FROM and FROM NAMED name, or None if it has neither.

    Example:
        >>> dataset_of("PREFIX g: <http://ex/> SELECT * FROM g:a FROM NAMED <http://ex/b> { }")
        ([<NamedNode value=http://ex/a>], [<NamedNode value=http://ex/b>])

    """
    if "FROM" not in text.upper():
        return None
    head = _outside_braces(text)
    prologue, start = (prologue or Prologue()).with_declarations(head)
    default, named = [], []
    for place in range(start, len(head) - 1):
        if head[place].word == "FROM" and head[place + 1].word == "NAMED":
            named += [prologue.iri(token) for token in head[place + 2 : place + 3]]
        elif head[place].word == "FROM":
            default.append(prologue.iri(head[place + 1]))
    return (default, named) if default or named else None


def without_dataset(text: str, prologue: Prologue) -> tuple[Prologue, str]:
    """Return what a query declares, and the query without that, FROM and FROM NAMED.

    Args:
        text: the query.
        prologue: what holds before it declares anything.

    Example:
        >>> declared, asked = without_dataset("BASE <http://ex/> ASK FROM <a> { }", Prologue())
        >>> declared.text(), asked
        ('BASE <http://ex/> ', 'ASK  { }')

    """
    text = as_parsed(text)
    head = _outside_braces(text)
    declared, start = prologue.with_declarations(head)
    begins = head[start].start if start < len(head) else len(text)
    pieces, done = [], begins
    for place in range(start, len(head) - 1):
        if head[place].word == "FROM":
            is_named = head[place + 1].word == "NAMED"
            pieces.append(text[done : head[place].start])
            done = head[min(place + 1 + is_named, len(head) - 1)].end
    return declared, "".join((*pieces, text[done:]))


def undeclared(token: Token) -> BadSyntax:
    """Return the error for a prefixed name whose prefix is not declared."""
    prefix = token.text.partition(":")[0]
    return BadSyntax(
        f"the prefix '{prefix}:' of {token.text} is not declared",
        source="the SPARQL text",
        line=token.line,
        column=token.column,
        hint=f"Begin with: PREFIX {prefix}: <...>",
    )


def _outside_braces(text: str) -> list[Token]:
    """Return the tokens outside all braces, where FROM stands: CONSTRUCT has some before it."""
    found, depth = [], 0
    for token in tokens(text):
        depth += token.is_mark("{") - token.is_mark("}")
        if depth == 0 and not token.is_mark("}"):
            found.append(token)
    return found


def _names(token: Token) -> bool:
    return token.kind in (Kind.IRI, Kind.NAME)


def _unexpected(token: Token, wanted: str) -> BadSyntax:
    return BadSyntax(
        f"{token.text} stands where {wanted} is expected",
        source="the SPARQL text",
        line=token.line,
        column=token.column,
    )
