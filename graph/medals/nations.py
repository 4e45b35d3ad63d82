"""Finds the nation that a person means by a code or a name, and says which ones are alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import NotFound
from graph.names import RDF_TYPE, RDFS_LABEL, SKOS_ALT_LABEL, local_name, mg
from graph.naming import Naming
from graph.nation_names import Called, NationNames
from graph.terms import Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.engines.base import Reader


def nation_named(reader: Reader, text: str) -> NamedNode:
    """Return the nation that a text means: by code, name, other name or adjective.

    Raises:
        NotFound: if it means none or several, with those that may be meant.

    """
    nations = _nations(reader)
    names = NationNames(nations)
    meant = names.meant(text)
    if len(meant) != 1:
        what = f"{len(meant)} nations may be meant by" if meant else "There is no nation"
        raise NotFound(f"{what} {text!r}.", hint=names.hint(text))
    return next(node for called, node in nations.items() if called.code == meant[0])


def _nations(reader: Reader) -> dict[Called, NamedNode]:
    """Return each nation by what it is called."""
    naming = Naming(reader)
    found = {quad.subject for quad in reader.quads(None, RDF_TYPE, mg("Nation"))}
    nations = (node for node in found if isinstance(node, NamedNode))
    return {_called(reader, naming, node): node for node in nations}


def _called(reader: Reader, naming: Naming, nation: NamedNode) -> Called:
    label = naming.label(nation)
    names = {*_texts(reader, nation, RDFS_LABEL), *_texts(reader, nation, SKOS_ALT_LABEL)}
    keys = {key.rpartition(":")[2] for key in _texts(reader, nation, mg("externalId"))}
    codes = {*_texts(reader, nation, mg("formerCode")), *keys}
    return Called(
        local_name(nation), (label, *sorted(names - {label})), frozenset(map(str.upper, codes))
    )


def _texts(reader: Reader, nation: NamedNode, prop: NamedNode) -> Iterator[str]:
    for quad in reader.quads(nation, prop):
        if isinstance(quad.object, Literal):
            yield quad.object.value
