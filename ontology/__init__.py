"""The vocabulary as text, for whoever reads, checks or publishes it; nothing here needs a store."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

NAMESPACE = "https://w3id.org/medalgraph/ns#"
_SUBJECT = re.compile(r"^mg:(\w+) a ", re.MULTILINE)


def texts() -> dict[str, str]:
    """Return each Turtle file of the vocabulary, the counting rules among them, by file name.

    Example:
        >>> sorted(texts())[:2]
        ['concepts.ttl', 'counting-rules.ttl']

    """
    files = sorted(resources.files(__name__).iterdir(), key=lambda file: file.name)
    return {f.name: f.read_text(encoding="utf-8") for f in files if f.name.endswith(".ttl")}


def counting_rules() -> str:
    """Return the counting rules as Turtle; they are data, with IRIs under the default base."""
    return texts()["counting-rules.ttl"]


def context() -> str:
    """Return the JSON-LD context with the house prefixes and every term of the vocabulary."""
    return resources.files(__name__).joinpath("context.jsonld").read_text(encoding="utf-8")


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
