"""Keeps statements about statements (RDF 1.2) from the parsers of the Turtle family.

Such are not kept, and a parser that meets hundreds of thousands of them inside one another
takes the process down. So ``<<`` is looked for where it is a mark and no text.
"""

from __future__ import annotations

import re

from .errors import BadSyntax

_MARK = re.compile(rb"\\.|\"\"\"|'''|[\"'#]|<<|<", re.DOTALL)
"""What begins something, outside everything else; a name may hold an escaped sign."""
_BODIES = {
    b'"': re.compile(rb'(?:[^"\\\r\n]|\\.)*+', re.DOTALL),
    b"'": re.compile(rb"(?:[^'\\\r\n]|\\.)*+", re.DOTALL),
    b'"""': re.compile(rb'(?:[^"\\]|\\.)*+', re.DOTALL),
    b"'''": re.compile(rb"(?:[^'\\]|\\.)*+", re.DOTALL),
    b"#": re.compile(rb"[^\r\n]*+"),
    b"<": re.compile(rb"[^<>]*+"),
}
"""What each of them may hold; then comes its end, or in a long string perhaps a quote alone.

A line break ends a short string, for parsers stop there.
"""
_LONGEST_MARK = 3
_HINT = "Say it of a node of its own: an award has a result, a source and a reason."


class NoStatementsAboutStatements:
    """Refuses the sign ``<<`` outside strings, IRIs and comments, as the bytes pass by.

    Args:
        source: what the error calls the file.

    """

    def __init__(self, source: str) -> None:
        self._source, self._line = source, 1
        self._waiting, self._inside = b"", b""

    def see(self, chunk: bytes) -> None:
        """Look at the next bytes.

        Raises:
            BadSyntax: naming the line.

        """
        text, place = self._waiting + chunk, 0
        while place < len(text):
            step = self._inner if self._inside else self._outer
            after = step(text, place, is_end=not chunk)
            if after == place:
                break
            place = after
        self._line += text.count(b"\n", 0, place)
        self._waiting = text[place:]

    def _outer(self, text: bytes, place: int, *, is_end: bool) -> int:
        """Return the place after the next mark; the same place if that cannot be told yet."""
        found = _MARK.search(text, place)
        if found is None:
            return len(text) - text.endswith(b"\\")
        if not is_end and len(text) - found.start() < _LONGEST_MARK:
            return found.start()
        if found[0] == b"<<":
            raise BadSyntax(
                "'<<' begins a statement about a statement (RDF 1.2); such are not kept",
                source=self._source,
                line=self._line + text.count(b"\n", 0, found.start()),
                hint=_HINT,
            )
        if found[0] in _BODIES:
            self._inside = found[0]
        return found.end()

    def _inner(self, text: bytes, place: int, *, is_end: bool) -> int:
        """Return a place further on in a string, comment or IRI, or right after it."""
        found = _BODIES[self._inside].match(text, place)
        end = found.end() if found else place
        if not is_end and (len(text) - end < len(self._inside) or text[end:] == b"\\"):
            return end
        if text.startswith(self._inside, end) or len(self._inside) == 1:
            place = end + len(self._inside)
            self._inside = b""
            return place
        return end + 1
