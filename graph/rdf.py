"""RDF files in and out: each format, plain or packed, with errors that name the place."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

import pyoxigraph

from .errors import BadInput, BadSyntax, NotFound
from .formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, rdf_format_of
from .names import RDF_TYPE, XSD
from .rdf_12 import NoStatementsAboutStatements
from .rdf_checks import Checked, Utf8, Xml, unpacked
from .rdf_json_ld import checked_json_ld
from .rdf_json_ld_writing import json_ld
from .rdf_turtle import turtle
from .rdf_xml import rdf_xml
from .terms import DEFAULT_GRAPH, Literal, NamedNode, Quad, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .formats import RdfFormat
    from .rdf_checks import Check, Readable
    from .terms import GraphName

_WHERE = re.compile(r"^Parser error at line \d+ (?:column \d+|between columns \d+ and [^:]*): ")
_STRING = NamedNode(XSD + "string")
_TOO_LONG = "an IRI or a literal in it is longer than any that can be kept"
_SHORTER = "Keep long texts elsewhere, and state their addresses."
_CUT = "Check that the file is whole: it may have been cut off."


class Writable(Protocol):
    """Anything that bytes can be written to."""

    def write(self, content: bytes, /) -> int:
        """Take bytes and return how many."""


def read_quads(
    source: Path | BinaryIO,
    *,
    format: RdfFormat | None,  # noqa: A002 - what callers and the command line call it
    base_iri: str,
    graph: NamedNode | None = None,
    limit_bytes: int | None = None,
) -> Iterator[Quad]:
    """Yield the statements of a file or stream as they are read; gzip is found by its bytes.

    Blank nodes get new names, so that those of two files never meet. Literals keep every
    character, and language tags are in small letters.

    Args:
        source: a file, or a stream of bytes that is left open.
        format: None to tell it from the name of the file.
        base_iri: what relative IRIs are resolved against.
        graph: where statements go that name no graph; None leaves them in the default graph.
        limit_bytes: how many bytes may be read, counted after unpacking.

    Raises:
        NotFound: if there is no such file.
        UnknownFormat: if the name does not tell the format.
        BadSyntax: with the file's name, and with line and column where the parser knows them.
        Forbidden: for a DOCTYPE, a JSON-LD context elsewhere, and too much of anything.

    """
    name = _name(source)
    chosen = format or rdf_format_of(Path(name))
    checks: list[Check] = [Utf8(name)]
    if chosen is RDF_XML:
        checks.append(Xml(name))
    elif chosen is not JSON_LD:
        checks.append(NoStatementsAboutStatements(name))
    with _opened(source) as raw:
        stream: Readable = Checked(unpacked(raw), name, *checks, limit_bytes=limit_bytes)
        if chosen is JSON_LD:
            stream = checked_json_ld(stream, name)
        try:
            yield from _parsed(stream, chosen, base_iri, graph or DEFAULT_GRAPH, name)
        except SyntaxError as error:
            raise _unreadable(error, name) from error
        except MemoryError as error:
            raise BadSyntax(_TOO_LONG, source=name, hint=_SHORTER) from error


def write_quads(
    quads: Iterable[Quad],
    out: Writable,
    *,
    format: RdfFormat,  # noqa: A002 - what callers and the command line call it
    prefixes: Mapping[str, str],
) -> None:
    """Write statements in an order that depends on nothing but themselves.

    A format that holds no graphs gets each triple once.

    Raises:
        UnknownFormat: for what the format cannot carry; nothing has been written then.

    """
    found = {quad if format.holds_graphs else _without_graph(quad) for quad in quads}
    if format in (N_QUADS, N_TRIPLES):
        for line in sorted(f"{statement} .\n".encode() for statement in found):
            out.write(line)
        return
    ordered = sorted(found, key=_order)
    write_ordered(ordered, out, format=format, prefixes=_used(ordered, prefixes))


def write_ordered(
    quads: Iterable[Quad],
    out: Writable,
    *,
    format: RdfFormat,  # noqa: A002 - as above
    prefixes: Mapping[str, str],
) -> None:
    """Write statements that come in the order of ``write_quads``, each once, as they come.

    Only those of one subject are held in memory at a time. All the prefixes are declared.

    Raises:
        UnknownFormat: for what the format cannot carry; a part may have been written then.

    """
    if format in (N_QUADS, N_TRIPLES):
        for quad in quads:
            out.write(f"{quad if format is N_QUADS else _triple(quad)} .\n".encode())
    elif format is RDF_XML:
        _write(rdf_xml(quads, prefixes=prefixes), out)
    elif format is JSON_LD:
        _write(json_ld(quads, prefixes=prefixes), out)
    else:
        _write(turtle(quads, prefixes=prefixes), out)


def _triple(quad: Quad) -> Triple:
    return Triple(quad.subject, quad.predicate, quad.object)


def _write(texts: Iterable[str], out: Writable) -> None:
    for text in texts:
        out.write(text.encode())


def _name(source: Path | BinaryIO) -> str:
    if isinstance(source, Path):
        return source.name
    name = getattr(source, "name", None)
    return Path(name).name if isinstance(name, str) else "the input"


@contextlib.contextmanager
def _opened(source: Path | BinaryIO) -> Iterator[BinaryIO]:
    if not isinstance(source, Path):
        yield source
        return
    try:
        file = source.open("rb")
    except FileNotFoundError as error:
        raise NotFound(f"There is no file {source}.", hint="Check its name.") from error
    except OSError as error:
        raise BadInput(f"{source} cannot be opened: {error.strerror}.") from error
    with file:
        yield file


def _parsed(
    stream: Readable, chosen: RdfFormat, base_iri: str, graph: GraphName, name: str
) -> Iterator[Quad]:
    found = pyoxigraph.parse(
        stream,  # type: ignore[arg-type] # reading is all it does
        format=chosen.engine,
        base_iri=base_iri,
        rename_blank_nodes=True,
    )
    for quad in found:
        if isinstance(quad.object, Triple):
            raise BadSyntax(
                "it has a statement about a statement (RDF 1.2); such are not kept", source=name
            )
        if quad.graph_name == DEFAULT_GRAPH:
            yield Quad(quad.subject, quad.predicate, quad.object, graph)
        elif isinstance(quad.graph_name, NamedNode):
            yield quad
        else:
            raise BadSyntax(
                f"the graph {quad.graph_name} has no IRI",
                source=name,
                hint="Name each graph by the IRI of its source.",
            )


def _unreadable(error: SyntaxError, name: str) -> BadSyntax:
    message = _WHERE.sub("", error.msg or str(error)).replace(
        "Invalid IRI code point ' '", "an IRI holds a space"
    )
    hint = _CUT if "end of file" in message else ""
    return BadSyntax(message, source=name, line=error.lineno, column=error.offset, hint=hint)


def _without_graph(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, DEFAULT_GRAPH)


def _order(quad: Quad) -> tuple[str, str, bool, str, str]:
    return (
        "" if quad.graph_name == DEFAULT_GRAPH else str(quad.graph_name),
        str(quad.subject),
        quad.predicate != RDF_TYPE,
        quad.predicate.value,
        str(quad.object),
    )


def _used(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return the prefixes that shorten at least one IRI."""
    terms = {term for quad in quads for term in quad}
    terms |= {term.datatype for term in terms if isinstance(term, Literal)} - {_STRING}
    iris = {term.value for term in terms if isinstance(term, NamedNode)}
    return {
        prefix: space
        for prefix, space in sorted(prefixes.items())
        if any(iri.startswith(space) for iri in iris)
    }
