"""What is looked at in the bytes of an RDF file before and while a parser reads them.

The parsers are quick and forgiving: one takes an RDF/XML file whose end is missing for
whole, one drops a JSON-LD statement whose IRI holds a space, and none should ever see a
DOCTYPE. So each file passes through these checks first.
"""

from __future__ import annotations

import codecs
import gzip
import re
import zlib
from typing import BinaryIO, Protocol, cast
from xml.parsers import expat

from .errors import BadSyntax, Forbidden

LIMIT_DEPTH = 1000
"""How deep elements of RDF/XML may be nested; parsers get slow far below a hundred thousand."""

_GZIP = b"\x1f\x8b"
BAD_IN_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`]')


class Readable(Protocol):
    """The one thing that parsers ask of a stream."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to ``size`` bytes, and none at the end."""


class Check(Protocol):
    """Looks at the bytes of a file as they pass by."""

    def see(self, chunk: bytes) -> None:
        """Look at the next bytes; an empty chunk is the end."""


class _Peeked:
    """A stream whose first bytes were read already."""

    def __init__(self, head: bytes, rest: Readable) -> None:
        self._head, self._rest = head, rest

    def read(self, size: int = -1, /) -> bytes:
        if not self._head:
            return self._rest.read(size)
        size = len(self._head) if size < 0 else size
        head, self._head = self._head[:size], self._head[size:]
        return head


def unpacked(raw: BinaryIO | Readable) -> Readable:
    """Return a stream of what ``raw`` holds, unpacked if it begins like a gzip file."""
    head = b""
    while len(head) < len(_GZIP) and (more := raw.read(len(_GZIP) - len(head))):
        head += more
    stream = _Peeked(head, raw)
    return gzip.GzipFile(fileobj=cast("BinaryIO", stream)) if head == _GZIP else stream


class Checked:
    """A stream that lets a parser read only what every check has seen.

    Args:
        stream: the bytes.
        source: what errors call them.
        checks: asked in this order.
        limit_bytes: how many bytes there may be, or None.

    """

    def __init__(
        self, stream: Readable, source: str, *checks: Check, limit_bytes: int | None = None
    ) -> None:
        self._stream, self._source, self._checks = stream, source, checks
        self._limit_bytes, self._seen, self._ended = limit_bytes, 0, False

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, or raise what a check found wrong with them."""
        is_first = not self._seen
        chunk = self._unpacked(size)
        while is_first and len(chunk) < len(codecs.BOM_UTF8) and (more := self._unpacked(size)):
            chunk += more
        self._seen += len(chunk)
        if self._limit_bytes is not None and self._seen > self._limit_bytes:
            raise Forbidden(
                f"{self._source} holds more than {self._limit_bytes:,} bytes.",
                hint="Split it, or load it on the command line.",
            )
        if self._seen and not self._ended:
            for check in self._checks:
                check.see(chunk)
        self._ended = not chunk
        return chunk.removeprefix(codecs.BOM_UTF8) if is_first else chunk

    def _unpacked(self, size: int) -> bytes:
        try:
            return self._stream.read(size)
        except EOFError as error:
            raise BadSyntax(
                "the compressed file is cut off",
                source=self._source,
                hint="Copy or download it again.",
            ) from error
        except (zlib.error, gzip.BadGzipFile) as error:
            raise BadSyntax(
                f"the compressed file is damaged ({error})",
                source=self._source,
                hint="Copy or download it again.",
            ) from error


class Utf8:
    """Names the first byte that is no UTF-8, which parsers misplace or replace."""

    def __init__(self, source: str) -> None:
        self._source, self._offset = source, 0
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def see(self, chunk: bytes) -> None:
        """Look at the next bytes."""
        waiting = len(self._decoder.getstate()[0])
        try:
            self._decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            offset = self._offset - waiting + error.start
            raise BadSyntax(
                f"byte {offset} (counted from 0) is {error.object[error.start]:#04x}, "
                "which is no UTF-8 text",
                source=self._source,
                hint="Save the file with the encoding UTF-8.",
            ) from error
        self._offset += len(chunk)


class Xml:
    """Sees to it that RDF/XML is whole, well formed, without DOCTYPE and not nested too deep."""

    def __init__(self, source: str) -> None:
        self._source, self._depth = source, 0
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def see(self, chunk: bytes) -> None:
        """Look at the next bytes."""
        try:
            self._parser.Parse(chunk, not chunk)
        except expat.ExpatError as error:
            raise BadSyntax(
                expat.ErrorString(error.code),
                source=self._source,
                line=error.lineno,
                column=error.offset + 1,
            ) from error

    def _doctype(self, *_declared: object) -> None:
        raise Forbidden(
            f"{self._source} declares a DOCTYPE in line {self._parser.CurrentLineNumber}; "
            "such a declaration can pull in other files and is never read.",
            hint="Take the <!DOCTYPE ...> out, and write out the entities that it defines.",
        )

    def _start(self, _name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > LIMIT_DEPTH:
            raise Forbidden(f"{self._source} nests elements deeper than {LIMIT_DEPTH}.")
        for name, value in attributes.items():
            if name.rpartition(":")[2] in ("about", "resource", "datatype"):
                self._check_iri(value)

    def _end(self, _name: str) -> None:
        self._depth -= 1

    def _check_iri(self, value: str) -> None:
        if BAD_IN_IRI.search(value):
            raise bad_iri(
                value,
                self._source,
                self._parser.CurrentLineNumber,
                self._parser.CurrentColumnNumber + 1,
            )


def bad_iri(value: str, source: str, line: int | None, column: int | None) -> BadSyntax:
    """Return the error for an IRI with a character that no IRI may have."""
    found = BAD_IN_IRI.search(value)
    sign = "a space" if found and found[0] == " " else repr(found[0]) if found else "an odd sign"
    return BadSyntax(
        f"<{value}> holds {sign}, which no IRI may have",
        source=source,
        line=line,
        column=column,
        hint="Write a space as %20.",
    )
