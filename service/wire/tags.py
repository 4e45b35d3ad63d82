"""Entity tags (RFC 9110, section 8.8.3): one tag, one address, the same bytes."""

from __future__ import annotations

from werkzeug.http import parse_etags

MARK = "."
"""Stands in a tag before what else decides the bytes, besides the state and what was asked."""


def plain(tag: str) -> str:
    """Return a tag without the mark of whoever made the answer.

    Example:
        >>> plain("5-9d8cdd07.a1")
        '5-9d8cdd07'

    """
    return tag.partition(MARK)[0]


def is_known(header: str, tag: str) -> bool:
    """Tell whether a client has a representation already, in whatever order of rows.

    Args:
        header: the field If-None-Match.
        tag: of the representation, with its mark or without.

    Example:
        >>> is_known('W/"4-1", "5-2.b"', "5-2.a"), is_known("*", "5-2"), is_known("", "5-2")
        (True, True, False)

    """
    known = parse_etags(header)
    if known.star_tag:
        return True
    return plain(tag) in map(plain, known.as_set(include_weak=True))
