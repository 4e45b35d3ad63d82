"""How many of what: numbers with their nouns, for whoever reads."""

from __future__ import annotations


def counted(number: int, noun: str, *, plural: str = "") -> str:
    """Return the number with its noun.

    Example:
        >>> counted(1, "statement"), counted(12000, "statement")
        ('1 statement', '12,000 statements')

    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
