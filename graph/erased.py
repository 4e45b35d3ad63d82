"""Marks of addresses that were erased: they tell an address again, and nobody what it was.

An address spells the name of a person, so what is kept is a sum over it and a number made
by chance, from which no name can be read; only who knows the address can try it.
"""

from __future__ import annotations

import hashlib
import secrets

_SALT_BYTES = 16


def mark_of(iri: str) -> str:
    """Return a mark of an address; two of the same address differ.

    Example:
        >>> is_marked("https://e/id/person/x", mark_of("https://e/id/person/x"))
        True

    """
    salt = secrets.token_hex(_SALT_BYTES)
    return f"{salt}:{_sum(salt, iri)}"


def is_marked(iri: str, mark: str) -> bool:
    """Tell whether a mark is one of this address."""
    salt, _, told = mark.partition(":")
    return told == _sum(salt, iri)


def _sum(salt: str, iri: str) -> str:
    return hashlib.sha256(f"{salt} {iri}".encode("utf-8", "surrogatepass")).hexdigest()
