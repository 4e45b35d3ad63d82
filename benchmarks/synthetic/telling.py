"""Writes statements as lines of N-Quads, many a second, without making terms of them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from graph.names import (
    KINDS,
    OUTSIDE_PREFIXES,
    RDF_TYPE,
    RDFS_LABEL,
    REPLACES,
    SKOS_ALT_LABEL,
    Names,
    mg,
)
from graph.sources import ENTITY, ISSUED, ORIGIN, PUBLISHER, TITLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NAMES = Names()
Pair = tuple[str, str]
"""A predicate by its short name, and an object as N-Quads write it."""

_UNDER = {kind: str(NAMES.of(kind, "x"))[:-2] for kind in KINDS}
_XSD = OUTSIDE_PREFIXES["xsd"]
_OTHERS = {
    "type": RDF_TYPE,
    "label": RDFS_LABEL,
    "altLabel": SKOS_ALT_LABEL,
    "replaces": REPLACES,
    "title": TITLE,
    "publisher": PUBLISHER,
    "issued": ISSUED,
    "origin": ORIGIN,
}
_SCHEMA = ("givenName", "familyName")


def address(kind: str, *parts: str) -> str:
    """Return the IRI of a thing, in angle brackets."""
    return f"{_UNDER[kind]}{'--'.join(parts)}>"


def text(value: str, language: str = "") -> str:
    """Return a text without quotation marks in it as a literal."""
    return f'"{value}"@{language}' if language else f'"{value}"'


def number(value: int) -> str:
    """Return an integer as a literal."""
    return f'"{value}"^^<{_XSD}integer>'


@cache
def word(name: str) -> str:
    """Return a word of the vocabulary, such as ``Gold``, in angle brackets."""
    return str(mg(name))


@cache
def predicate(name: str) -> str:
    """Return a predicate by its short name; what is nobody else's is the vocabulary's."""
    if name in _SCHEMA:
        return f"<{OUTSIDE_PREFIXES['schema']}{name}>"
    return str(_OTHERS[name]) if name in _OTHERS else word(name)


class Telling:
    """Gathers what one source says until it is taken.

    Args:
        source: the end of the IRI of its graph.

    """

    def __init__(self, source: str) -> None:
        self.graph = address("graph", source)
        self._end = f" {self.graph} .\n"
        self._said: list[str] = []

    def tell(self, node: str, kind: str, *pairs: Pair) -> None:
        """Say of a thing of what class it is, and the values of its properties."""
        end = self._end
        self._said.append(f"{node} {predicate('type')} {word(kind)}{end}")
        self._said += [f"{node} {predicate(name)} {value}{end}" for name, value in pairs]

    def take(self) -> str:
        """Return what was said since it was last taken, in lines of N-Quads."""
        said = "".join(self._said)
        self._said.clear()
        return said


def described(source: str, title: str, *, issued: int) -> str:
    """Return the description of a source, in the graph that describes all."""
    node, meta = address("graph", source), address("graph", "meta")
    pairs = (
        (str(RDF_TYPE), str(ENTITY)),
        (predicate("title"), text(title)),
        (predicate("publisher"), text("made up")),
        (predicate("issued"), text(str(issued))),
        (predicate("origin"), text("benchmarks.synthetic")),
        (predicate("priority"), number(4)),
    )
    return "".join(f"{node} {what} {value} {meta} .\n" for what, value in pairs)


def in_record(lines: Iterable[str]) -> Iterator[str]:
    """Yield blocks of N-Quads with each statement once more, without its graph.

    Engines that keep no record of their own are given it so: their default graph.
    """
    for block in lines:
        yield block
        yield "".join(f"{line[: line.rindex(' <')]} .\n" for line in block.splitlines())
