"""What XML 1.0 cannot carry, so that no answer is ever broken XML."""

from __future__ import annotations

import re

from .faults import NotAcceptable

# Char in https://www.w3.org/TR/xml/#charsets, in UTF-8; the writer escapes none of these.
_NO_CHARACTER = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


def carried(document: bytes, *, others: list[str]) -> bytes:
    """Return an XML document that says what was meant to every XML parser.

    A carriage return is written as a reference, because a parser would make it a line feed.

    Args:
        document: XML as written by the engine.
        others: the media types to ask for instead.

    Raises:
        NotAcceptable: if a value has a character that XML cannot hold.

    """
    found = _NO_CHARACTER.search(document)
    if found is not None:
        code = ord(found[0].decode())
        raise NotAcceptable(
            f"A value in this answer has the character U+{code:04X}, which XML cannot carry.",
            offers=others,
        )
    return document.replace(b"\r", b"&#13;")
