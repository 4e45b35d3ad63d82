"""Text and values as XML 1.0 can carry them, and the refusal of what it cannot."""

from __future__ import annotations

import re

from .errors import UnknownFormat

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#xD;"})
_QUOTED = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
    | {sign: f"&#x{ord(sign):X};" for sign in "\t\n\r"}
)


def xml_text(text: str, *, form: str, others: str) -> str:
    """Return text as it stands between two tags; every parser gives back the same characters.

    Args:
        text: the characters.
        form: what the XML is, for people.
        others: what to use where it cannot hold them.

    Raises:
        UnknownFormat: for a character that XML cannot carry.

    Example:
        >>> xml_text("<Å&B>", form="GraphML", others="")
        '&lt;Å&amp;B&gt;'

    """
    _check(text, form, others)
    return text.translate(_TEXT)


def xml_quoted(text: str, *, form: str, others: str) -> str:
    """Return text as it stands in an attribute between double quotes; see ``xml_text``."""
    _check(text, form, others)
    return text.translate(_QUOTED)


def first_unreadable(text: str) -> str:
    r"""Return the first character that XML cannot carry, by its number; empty if there is none.

    Example:
        >>> first_unreadable("a\x01b"), first_unreadable("Åland")
        ('U+0001', '')

    """
    found = _NOT_XML.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def xml_readable(text: str) -> str:
    r"""Return text with a sign in the place of each character that XML cannot carry.

    Example:
        >>> xml_readable("a\x01b")
        'a\ufffdb'

    """
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _check(text: str, form: str, others: str) -> None:
    wrong = _NOT_XML.search(text)
    if wrong is not None:
        raise UnknownFormat(
            f"{form} cannot hold the character U+{ord(wrong[0]):04X}, "
            f"which the text {text[:60]!r} has.",
            hint=others,
        )
