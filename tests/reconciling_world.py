"""Reconciling in the bundled record, with everything in it on the shortlist of each name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from graph.names import RDF_TYPE, Names, mg
from graph.reconciling.asking import Evidence, Query
from graph.reconciling.deciding import Reconciler
from graph.reconciling.kinds import KINDS
from graph.terms import NamedNode

from .bundled_record import bundled_record

if TYPE_CHECKING:
    from graph.engines.base import Reader
    from graph.reconciling.deciding import Candidate

NAMES = Names()


@cache
def bundled_reconciler() -> Reconciler:
    """Return a reconciler of the bundled record, made once for all tests."""
    return Reconciler(bundled_record(), NAMES)


def everything(reader: Reader, kind: str) -> list[NamedNode]:
    """Return all things of a kind."""
    found = (quad.subject for quad in reader.quads(None, RDF_TYPE, mg(kind)))
    return sorted({node for node in found if isinstance(node, NamedNode)}, key=str)


@cache
def bundled(kind: str) -> list[NamedNode]:
    """Return all things of a kind in the bundled record."""
    return everything(bundled_record(), kind)


def asked(text: str, kind: str = "Person", **evidence: str) -> list[Candidate]:
    """Return who in the bundled record may be meant by a name."""
    facts = tuple(Evidence(prop, (value,)) for prop, value in evidence.items())
    query = Query((text,) if text else (), (kind,) if kind else (), evidence=facts)
    shortlist = bundled(kind) if kind else [node for each in KINDS for node in bundled(each)]
    return bundled_reconciler().candidates(query, shortlist)


def sure(text: str, kind: str = "Person", **evidence: str) -> str:
    """Return the end of the identifier of whom a name means for sure, or nothing."""
    found = asked(text, kind, **evidence)
    is_sure = bool(found) and found[0].is_sure
    return found[0].facts.node.value.rpartition("/")[2] if is_sure else ""
