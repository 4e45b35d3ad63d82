"""Accept-Language (RFC 9110, section 12.5.4): which languages a reader wants, the best first."""

from __future__ import annotations

import re

MOST = 10
"""So many languages are heeded; browsers send fewer."""

_MEMBER = re.compile(
    r"\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*[qQ]\s*=\s*([01](?:\.[0-9]{0,3})?)\s*)?"
)


def preferred(header: str) -> tuple[str, ...]:
    """Return the language tags that a header admits, in small letters and the best first.

    Of equals the first one is better. ``*`` says nothing of names, for any name is better than
    none, and what cannot be read is passed over.

    Example:
        >>> preferred("fr;q=0.5, de-AT, en;q=0.8, ru;q=0")
        ('de-at', 'en', 'fr')

    """
    found: dict[str, float] = {}
    for member in header.split(","):
        if read := _MEMBER.fullmatch(member):
            found.setdefault(read[1].lower(), min(float(read[2] or 1), 1.0))
    liked = [tag for tag, quality in found.items() if quality > 0]
    return tuple(sorted(liked, key=lambda tag: -found[tag])[:MOST])
