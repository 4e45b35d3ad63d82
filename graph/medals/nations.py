"""Finds the nation that a person means by a code or a name, and says which ones are alike."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from graph.errors import NotFound
from graph.names import RDF_TYPE, RDFS_LABEL, local_name, mg, plain
from graph.naming import Naming
from graph.terms import Literal, NamedNode

if TYPE_CHECKING:
    from graph.engines.base import Reader

_NEAR = 3
_CODE = "Write the three-letter code, such as AZE."


def nation_named(reader: Reader, text: str) -> NamedNode:
    """Return the nation with a code, or with a name; capitals and accents do not matter.

    Raises:
        NotFound: with the codes and names that are most alike.

    """
    by_name = _names(reader)
    key = plain(text)
    found = by_name.get(key)
    if found is None:
        near = [by_name[name] for name in difflib.get_close_matches(key, by_name, n=2 * _NEAR)]
        alike = list(dict.fromkeys(f"{local_name(node)} ({name})" for node, name in near))[:_NEAR]
        hint = f"Did you mean {' or '.join(alike)}?" if alike else _CODE
        raise NotFound(f"There is no nation {text!r}.", hint=hint)
    return found[0]


def _names(reader: Reader) -> dict[str, tuple[NamedNode, str]]:
    """Return each nation by its code and names, with one of its names; codes come first."""
    codes: dict[str, tuple[NamedNode, str]] = {}
    names: dict[str, tuple[NamedNode, str]] = {}
    naming = Naming(reader)
    found = {quad.subject for quad in reader.quads(None, RDF_TYPE, mg("Nation"))}
    for node in sorted((node for node in found if isinstance(node, NamedNode)), key=str):
        labels = sorted(
            quad.object.value
            for quad in reader.quads(node, RDFS_LABEL)
            if isinstance(quad.object, Literal)
        )
        codes[plain(local_name(node))] = node, naming.label(node)
        for label in labels:
            names.setdefault(plain(label), (node, label))
    return names | codes
