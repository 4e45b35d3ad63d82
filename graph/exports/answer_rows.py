"""Rows of the answer to a query as a table whose columns are numbers where all values are."""

from __future__ import annotations

import json
import math
import tempfile
from typing import TYPE_CHECKING

from graph.names import XSD
from graph.terms import BlankNode, Literal

from .columns import Type
from .table_files import write_parquet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from pyoxigraph import QuerySolutions

    from graph.rdf import Writable

_INTEGERS = {
    XSD + name
    for name in (
        *("integer", "long", "int", "short", "byte"),
        *("nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger"),
        *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    )
}
_NUMBERS = {XSD + name for name in ("decimal", "double", "float")}
_LARGEST = 1 << 63
"""What a whole number of Parquet stays below."""


def write_answer_parquet(found: QuerySolutions, out: Writable) -> int:
    """Write the answer to SELECT as Parquet and return how many rows it has.

    What is not bound is null. The types of columns are known at the end only, so the rows wait
    in a file without a name.
    """
    names = [variable.value for variable in found.variables]
    types: list[Type | None] = [None] * len(names)
    with tempfile.TemporaryFile() as waiting:
        for row in found:
            terms = [row[name] for name in names]
            types = [_wider(known, term) for known, term in zip(types, terms, strict=True)]
            waiting.write(json.dumps([cell(term) for term in terms]).encode() + b"\n")
        waiting.seek(0)
        header = [(name, type_ or Type.TEXT) for name, type_ in zip(names, types, strict=True)]
        return write_parquet(header, _rows(waiting), out)


def cell(term: object) -> str:
    """Return a term of an answer as the text of a cell; an empty one for what is not bound."""
    if isinstance(term, BlankNode) or term is None:
        return "" if term is None else str(term)
    return str(getattr(term, "value", ""))


def _rows(file: IO[bytes]) -> Iterator[list[str]]:
    for line in file:
        yield json.loads(line)


def _wider(known: Type | None, term: object) -> Type | None:
    """Return the type of a column in which a value stands as well; None while all are empty."""
    if term is None or known is Type.TEXT:
        return known
    found = _type_of(term)
    return found if known is None or found is Type.TEXT or found is known else Type.NUMBER


def _type_of(term: object) -> Type:
    if not isinstance(term, Literal):
        return Type.TEXT
    datatype = term.datatype.value
    if datatype not in _INTEGERS | _NUMBERS:
        return Type.TEXT
    try:
        number = int(term.value) if datatype in _INTEGERS else float(term.value)
    except ValueError:
        return Type.TEXT
    # What a number of the file could not be is kept as it is written.
    if not math.isfinite(number) or abs(number) >= _LARGEST:
        return Type.TEXT
    return Type.INTEGER if datatype in _INTEGERS else Type.NUMBER
