"""What XML 1.0 cannot carry, so that no answer is ever broken XML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .faults import NotAcceptable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.rdf import Writable

# Char in https://www.w3.org/TR/xml/#charsets, in UTF-8; the writer escapes none of these.
_NO_CHARACTER = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_LONGEST = 3
"""Bytes of the longest thing looked for, which may begin in one part and end in the next."""


class Carried:
    """Passes an XML document on so that it says what was meant to every XML parser.

    A carriage return is written as a reference, because a parser would make it a line feed.

    Args:
        out: where the document goes.
        others: the media types to ask for instead, where XML cannot carry a value.

    """

    def __init__(self, out: Writable, *, others: Sequence[str]) -> None:
        self._out, self._others, self._kept = out, others, b""

    def write(self, content: bytes, /) -> int:
        """Pass the next part of the document on.

        Raises:
            NotAcceptable: if it has a character that XML cannot hold.

        """
        held = self._kept + content
        found = _NO_CHARACTER.search(held)
        if found is not None:
            code = ord(found[0].decode())
            raise NotAcceptable(
                f"A value in this answer has the character U+{code:04X}, which XML cannot carry.",
                offers=self._others,
            )
        self._kept = held[1 - _LONGEST :]
        self._pass(held[: len(held) - len(self._kept)])
        return len(content)

    def flush(self) -> None:
        """Do nothing: what is held back may be half a character."""

    def end(self) -> None:
        """Pass on what was held back: the document is whole."""
        self._pass(self._kept)
        self._kept = b""

    def _pass(self, content: bytes) -> None:
        if content:
            self._out.write(content.replace(b"\r", b"&#13;"))
