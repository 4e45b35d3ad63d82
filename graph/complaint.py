"""What the SPARQL parser says of text it cannot read, in words that help to mend it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from .errors import BadSyntax
from .lexer import Token, decoded, tokens
from .prologue import undeclared
from .terminals import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .prologue import Prologue

_PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_SENTENCE = re.compile(r"(?:^|, )([A-Z][A-Za-z]*(?: [A-Za-z]+){2,})")
_LABEL = re.compile(r"_:\S+")
_PARTNERS = {"{": "}", "(": ")", "[": "]"}
_BAD_IRI = re.compile(r"<([^<>\r\n]*)>$")


_NOTHING = Token(Kind.MARK, "", 1, 1, 0, 0)


def unreadable(error: SyntaxError, text: str, *, source: str, prologue: Prologue) -> BadSyntax:
    """Return a complaint of pyoxigraph's parser as an error with line and column.

    Args:
        error: the complaint.
        text: the SPARQL text that it is about.
        source: what the error calls the text.
        prologue: what held before the text declared anything.

    """
    read = list(tokens(text, source=source))
    missing = _undeclared(read, set(prologue.prefixes))
    if missing is not None:
        return _called(undeclared(missing), source)
    odd = _odd_bracket(read)
    if odd is not None:
        closing = _PARTNERS.get(odd.text)
        return BadSyntax(
            f"{odd.text} has no partner",
            source=source,
            line=odd.line,
            column=odd.column,
            hint=f"Add the {closing} that closes it."
            if closing
            else f"Remove the {odd.text}, or close what was opened before it.",
        )
    placed = _PLACE.match(str(error))
    if placed is None:
        return _unplaced(str(error), read, source)
    line, column = int(placed[1]), int(placed[2])
    return BadSyntax(
        _reason(placed[3], decoded(text), line, column, read),
        source=source,
        line=line,
        column=column,
        hint="See https://www.w3.org/TR/sparql11-query/ for the grammar.",
    )


def _called(error: BadSyntax, source: str) -> BadSyntax:
    return BadSyntax(
        error.reason, source=source, line=error.line, column=error.column, hint=error.hint
    )


def _undeclared(read: list[Token], known: set[str]) -> Token | None:
    """Return the first name whose prefix is declared nowhere in the text."""
    declared = known | {name.text[:-1] for name in _declarations(read)}
    for before, token in pairwise([_NOTHING, *read]):
        is_name = token.kind is Kind.NAME and not (before.text == "<" and before.end == token.start)
        if is_name and token.text.partition(":")[0] not in declared:
            return token
    return None


def _odd_bracket(read: list[Token]) -> Token | None:
    """Return the first bracket that closes nothing, or the last one that is never closed."""
    opened: list[Token] = []
    for token in read:
        if token.is_mark("{", "(", "["):
            opened.append(token)
            continue
        closes = token.is_mark("}", ")", "]")
        if closes and (not opened or _PARTNERS[opened.pop().text] != token.text):
            return token
    return opened[-1] if opened else None


def _declarations(read: list[Token]) -> Iterator[Token]:
    for before, token in pairwise(read):
        if before.word == "PREFIX" and token.kind is Kind.NAME:
            yield token


def _unplaced(complaint: str, read: list[Token], source: str) -> BadSyntax:
    """Return the error at the last use of the blank node label that the complaint names."""
    label = _LABEL.search(complaint)
    uses = [token for token in read if label and token.text == label[0]]
    line, column = (uses[-1].line, uses[-1].column) if uses else (None, None)
    return BadSyntax(complaint, source=source, line=line, column=column)


def _reason(expected: str, text: str, line: int, column: int, read: list[Token]) -> str:
    iri = _BAD_IRI.search(text.split("\n")[line - 1][: column - 1])
    if "IRI parsing failed" in expected and iri is not None:
        wrong = "it holds a space" if " " in iri[1] else "it is not well formed"
        return f"<{iri[1]}> is not a full IRI: {wrong}"
    sentence = _SENTENCE.search(expected)
    if sentence is not None:
        return sentence[1][0].lower() + sentence[1][1:]
    after = next((token for token in read if (token.line, token.column) >= (line, column)), None)
    if after is not None:
        return f"{after.text} is not expected here"
    return "it ends too early, or says what cannot be asked"
