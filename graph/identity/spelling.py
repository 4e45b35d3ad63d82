"""Names as they are compared: without case, accents and the order of their parts."""

from __future__ import annotations

from graph.errors import BadTerm
from graph.names import slug


def name_key(text: str) -> str:
    """Return what two spellings of a name share that differ in case, accents and order only.

    Example:
        >>> name_key("VALIYEVA Lamiya") == name_key("Lamiya Valiyevä")
        True

    """
    return "-".join(sorted(name_parts(text)))


def name_parts(text: str) -> list[str]:
    """Return the parts of a name in ASCII and small letters; a name in another script is one.

    Example:
        >>> name_parts("Öznur CÜRE GIRDI")
        ['oznur', 'cure', 'girdi']

    """
    try:
        return slug(text).split("-")
    except BadTerm:
        return [text.casefold()]
