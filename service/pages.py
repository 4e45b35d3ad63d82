"""Answers of the store as what the templates show: names for people, places for links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar
from typing import Literal as OneOf

from graph.names import DEFAULT_BASE, MG, RDF_TYPE, RDFS_LABEL, XSD
from graph.naming import Naming
from graph.sources import TITLE
from graph.terms import Literal, NamedNode

from .vocabulary import label_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import QuerySolutions

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import Quad, Term, Triple

    Spoken = Term | Triple

ROWS_SHOWN = 1_000
"""How much of an answer a page shows; it says so, and links to the whole."""

STATEMENTS_SHOWN = 400
"""A page of statements stays below 200 kB."""

Key = TypeVar("Key")
Value = TypeVar("Value")
_WHOLE = ("integer", "long", "int", "short", "byte")
_OF_A_SIGN = ("nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger")
_UNSIGNED = ("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte")
_NUMERIC = {XSD + name for name in ("decimal", "double", "float", *_WHOLE, *_OF_A_SIGN, *_UNSIGNED)}
_LINK = re.compile(r"(?:https?://[^/]|mailto:.)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as a page shows it.

    Attributes:
        text: what is read.
        short: the prefixed name that stands beside a label, or an empty string.
        entity: the IRI, if it is one of ours and can be described.
        href: where a link leads outside; only http, https and mailto.
        language: the language tag of a text, or of the label that an IRI is shown by.
        kind: for the style of the cell.
        cited: the sources behind a row: title and IRI of each, and the IRIs of ours in the row.

    """

    text: str
    short: str = ""
    entity: str = ""
    href: str = ""
    language: str = ""
    kind: OneOf["iri", "text", "number", "blank", "none"] = "text"
    cited: tuple[tuple[str, str, tuple[str, ...]], ...] = ()


NOTHING = Cell("", kind="none")


@dataclass(frozen=True, slots=True)
class Table:
    """The solutions of a SELECT query; ``rows`` are the first of ``total``."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a node with each of its values."""

    name: Cell
    values: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """One node of a graph with what is said of it."""

    name: Cell
    properties: tuple[Property, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """Statements by node; ``shown`` is how many of ``total`` are in ``nodes``."""

    nodes: tuple[Node, ...]
    shown: int
    total: int


class Shown:
    """Turns terms into cells, with the labels that one state of the store has for them.

    Args:
        reader: the state.
        names: the prefixes of the store.
        languages: the tags of those in which labels are wanted, the best first.

    """

    def __init__(self, reader: Reader, names: Names, languages: Sequence[str] = ()) -> None:
        self.languages = languages
        self._reader = reader
        self._ours = (f"{names.base}/id/", MG, f"{DEFAULT_BASE}/id/")
        self._names = names
        self._cells: dict[NamedNode, Cell] = {}
        self._naming = Naming(reader, languages)

    def cell(self, term: Spoken | None) -> Cell:
        """Return what a page shows for a term; None is an unbound variable."""
        if term is None:
            return NOTHING
        if isinstance(term, NamedNode):
            if term not in self._cells:
                self._cells[term] = self._node(term)
            return self._cells[term]
        if isinstance(term, Literal):
            kind: OneOf["number", "text"] = "number" if term.datatype.value in _NUMERIC else "text"
            return Cell(term.value, language=term.language or "", kind=kind)
        return Cell(str(term), kind="blank")

    def cited(self, term: Spoken | None, row: Iterable[Spoken | None] = ()) -> Cell:
        """Return what a page shows for the sources of a row, IRIs with spaces between them.

        Args:
            term: the sources.
            row: the terms of the row, which tell the place in each source.

        """
        graphs = term.value.split() if isinstance(term, Literal) else []
        ours = {node.value for node in row if isinstance(node, NamedNode) and self._is_ours(node)}
        about = tuple(sorted(ours))
        cells = [(self.cell(NamedNode(graph)).text, graph, about) for graph in graphs]
        return Cell("; ".join(title for title, _, _ in cells), cited=tuple(cells))

    def _is_ours(self, node: NamedNode) -> bool:
        return node.value.startswith(self._ours[0])

    def short(self, node: NamedNode) -> str:
        """Return the prefixed name of an IRI, or the IRI where no prefix fits."""
        return self._names.short(node)

    def _node(self, node: NamedNode) -> Cell:
        label, short = self._naming.named(node, naming=(RDFS_LABEL, TITLE)), self.short(node)
        return Cell(
            label.value if label else label_of(node) or short,
            short=short if label or label_of(node) else "",
            language=(label.language or "") if label else "",
            entity=node.value if node.value.startswith(self._ours) else "",
            href=node.value if _LINK.match(node.value) else "",
            kind="iri",
        )


def table(
    found: QuerySolutions, shown: Shown, *, cited: str = "", limit: int = ROWS_SHOWN
) -> Table:
    """Return the solutions of a SELECT query, the first ``limit`` of them with their labels.

    Args:
        found: the solutions.
        shown: turns terms into cells.
        cited: the variable that holds the sources of a row; empty for none.
        limit: how many rows are shown.

    """
    names = tuple(variable.value for variable in found.variables)
    rows: list[tuple[Cell, ...]] = []
    total = 0
    for total, solution in enumerate(found, start=1):
        if total <= limit:
            row = [solution[name] for name in names]
            rows.append(
                tuple(
                    shown.cited(term, row) if name == cited else shown.cell(term)
                    for name, term in zip(names, row, strict=True)
                )
            )
    return Table(names, tuple(rows), total)


def description(
    found: Iterable[Triple | Quad],
    shown: Shown,
    *,
    limit: int = STATEMENTS_SHOWN,
    total: int | None = None,
) -> Description:
    """Return statements node by node, types and labels first.

    Args:
        found: the statements.
        shown: turns terms into cells.
        limit: how many statements are shown.
        total: how many there are, if ``found`` is only the beginning of them.

    """
    every = sorted({(s.subject, s.predicate, s.object) for s in found}, key=_order)
    kept = every[:limit]
    nodes = tuple(
        Node(shown.cell(subject), tuple(_properties(stated, shown)))
        for subject, stated in _grouped((s, (p, o)) for s, p, o in kept)
    )
    return Description(nodes, len(kept), len(every) if total is None else total)


def _properties(stated: Sequence[tuple[Spoken, Spoken]], shown: Shown) -> Iterator[Property]:
    for name, values in _grouped(stated):
        yield Property(shown.cell(name), tuple(shown.cell(value) for value in values))


def _grouped(pairs: Iterable[tuple[Key, Value]]) -> Iterator[tuple[Key, list[Value]]]:
    """Yield neighbours with the same key together."""
    for key, group in groupby(pairs, key=itemgetter(0)):
        yield key, [value for _, value in group]


def _order(said: tuple[Spoken, NamedNode, Spoken]) -> tuple[str, int, str, str]:
    subject, predicate, value = said
    first = (RDF_TYPE, RDFS_LABEL)
    place = first.index(predicate) if predicate in first else len(first)
    return (str(subject), place, str(predicate), str(value))
