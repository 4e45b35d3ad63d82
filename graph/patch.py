"""RDF Patch: a change written as lines of text, read and written without holding it all.

The format is the one of Apache Jena (https://jena.apache.org/documentation/rdf-patch):
``H`` header rows, then ``TX .``, one ``A`` or ``D`` row a quad, and ``TC .``. Blank nodes
keep their labels, for the label is what tells them apart in the store.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph

from .change import Change
from .errors import BadSyntax
from .terms import Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .terms import Quad

ADD, DELETE = b"A ", b"D "
BEGIN, COMMIT = b"TX .\n", b"TC .\n"
BATCH_ROWS = 50_000
"""How many rows are in memory at once while a patch is read."""


def row(operation: bytes, quad: Quad) -> bytes:
    r"""Return one row of a patch.

    Example:
        >>> from graph.terms import Quad
        >>> a, g = NamedNode("http://e/a"), NamedNode("http://e/g")
        >>> row(ADD, Quad(a, a, Literal("x"), g))
        b'A <http://e/a> <http://e/a> "x" <http://e/g> .\n'

    """
    return operation + str(quad).encode() + b" .\n"


def rows(change: Change) -> Iterator[bytes]:
    """Yield the rows of a change, deletions first, each part in the order of its text."""
    yield from sorted(row(DELETE, quad) for quad in change.removed)
    yield from sorted(row(ADD, quad) for quad in change.added)


def header(word: str, value: str | int | NamedNode) -> bytes:
    r"""Return one header row.

    Example:
        >>> header("number", 7)
        b'H number "7" .\n'

    """
    term = value if isinstance(value, NamedNode) else Literal(str(value))
    return b"H " + word.encode() + b" " + str(term).encode() + b" .\n"


def read_header(line: bytes) -> tuple[str, str]:
    """Return the word and the value of one header row, an IRI without its angle brackets.

    Raises:
        BadSyntax: if the row is not one.

    """
    mark, _, rest = line.partition(b" ")
    word, _, value = rest.partition(b" ")
    if mark != b"H" or not value:
        raise BadSyntax(f"{line[:60]!r} is not a header row.", source="the patch")
    quads = _parse(b"<urn:h> <urn:h> " + value)
    term = next(quads).object
    if not isinstance(term, Literal | NamedNode):
        raise BadSyntax(f"{line[:60]!r} has no text or IRI.", source="the patch")
    return word.decode(), term.value


def write(change: Change) -> bytes:
    """Return a change as the text of a patch without headers."""
    return b"".join((BEGIN, *rows(change), COMMIT))


def read(lines: Iterable[bytes]) -> Change:
    r"""Return the change that a patch makes; header rows are passed over.

    Example:
        >>> read([b'TX .\n', b'A <http://e/a> <http://e/a> "x" <http://e/g> .\n', b'TC .\n']).size
        1

    Raises:
        BadSyntax: if a row is not one, or the end of the patch is missing.

    """
    change = Change()
    for batch in batches(lines):
        change = change.then(batch)
    return change


def batches(lines: Iterable[bytes], size: int = BATCH_ROWS) -> Iterator[Change]:
    """Yield a patch as changes of at most ``size`` rows, in order.

    Raises:
        BadSyntax: if a row is not one, or the end of the patch is missing.

    """
    todo = iter(lines)
    ended = False
    while not ended and (some := list(islice(todo, size))):
        ended = some[-1] == COMMIT
        yield _change(line for line in some if not line.startswith((b"H ", b"TX ", b"TC ")))
    if not ended:
        raise BadSyntax("its last row is missing.", source="the patch", hint="It was cut off.")


def _change(lines: Iterable[bytes]) -> Change:
    added, removed = bytearray(), bytearray()
    for line in lines:
        if line.startswith(ADD):
            added += line[2:]
        elif line.startswith(DELETE):
            removed += line[2:]
        else:
            raise BadSyntax(f"{line[:60]!r} is not a row of a patch.", source="the patch")
    return Change(frozenset(_parse(bytes(added))), frozenset(_parse(bytes(removed))))


def _parse(text: bytes) -> Iterator[Quad]:
    try:
        yield from pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_QUADS)
    except SyntaxError as error:
        raise BadSyntax(str(error), source="the patch") from error
