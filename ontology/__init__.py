"""The vocabulary as text, for whoever reads, checks or publishes it; nothing here needs a store."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

NAMESPACE = "https://w3id.org/medalgraph/ns#"
_SUBJECT = re.compile(r"^mg:(\w+) a ", re.MULTILINE)
_CLASS = re.compile(r"^mg:(\w+) a owl:Class\b", re.MULTILINE)


def texts() -> dict[str, str]:
    """Return each Turtle file of the vocabulary by file name.

    Example:
        >>> sorted(texts())[:2]
        ['concepts.ttl', 'kinds.ttl']

    """
    files = sorted(resources.files(__name__).iterdir(), key=lambda file: file.name)
    return {f.name: f.read_text(encoding="utf-8") for f in files if f.name.endswith(".ttl")}


@cache
def terms() -> frozenset[str]:
    """Return the IRI of every class, property, concept and scheme of the vocabulary.

    Example:
        >>> "https://w3id.org/medalgraph/ns#Gold" in terms()
        True

    """
    return frozenset(
        NAMESPACE + name for text in texts().values() for name in _SUBJECT.findall(text)
    )


@cache
def classes() -> tuple[str, ...]:
    """Return the local name of every class, as the vocabulary has them one after the other.

    Example:
        >>> classes()[:3]
        ('Person', 'Organization', 'Nation')

    """
    return tuple(name for text in texts().values() for name in _CLASS.findall(text))
