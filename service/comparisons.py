"""What the pages of an audit and of conflicts say: counts held against results, values apart."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from graph.errors import NotFound
from graph.gate import load_shapes
from graph.medals.audit import Verdict, audit
from graph.medals.cells import counts_published
from graph.medals.nations import nation_named
from graph.medals.rules import HELD_NOW, rule_named
from graph.medals.telling import told
from graph.names import local_name, property_words
from graph.sources import conflicts, source
from graph.terms import NamedNode

from .pages import Shown

if TYPE_CHECKING:
    from graph.engines.base import Reader
    from graph.medals.telling import Told
    from graph.names import Names
    from graph.terms import Term
    from service.wire.problem import Json

_FIRST = (Verdict.DIFFERS, Verdict.AGREES, Verdict.NOT_CHECKABLE)


def counting_sources(reader: Reader, names: Names) -> list[dict[str, Json]]:
    """Return the sources that publish counts, and how many: as many as their audit tells of."""
    found = sorted(counts_published(reader).items(), key=lambda item: str(item[0]))
    return [{**_cited(reader, names, graph), "counts": size} for graph, size in found]


def audited(
    reader: Reader, names: Names, graph: str, *, nation: str = "", rule: str = ""
) -> dict[str, Json]:
    """Return each count of a source beside the results, those that differ first.

    Args:
        reader: the state.
        names: the names of the store.
        graph: the IRI of the source.
        nation: a code or a name, to tell the counts of that nation only; empty for all.
        rule: the counting rule by which the medals of nations are counted; empty for those
            that are held now.

    Raises:
        NotFound: if nothing is known of such a source, or there is no such rule or nation.
        BadInput: if no tally follows the rule.

    """
    node = NamedNode(graph)
    if next(reader.quads(graph=node), None) is None:
        raise NotFound(f"There is no source <{graph}>.", hint="GET /audit lists those there are.")
    counting = rule_named(reader, rule) if rule else HELD_NOW
    nation = local_name(nation_named(reader, nation)) if nation else ""
    findings = [told(found) for found in audit(reader, names, node, counting)]
    wanted = [one for one in findings if _is_about(one, nation)]
    wanted.sort(key=lambda one: _FIRST.index(Verdict(str(one["verdict"]))))
    differing = [one for one in wanted if one["unexplained"] is not None]
    return {
        "about": _cited(reader, names, node),
        "nation": nation,
        "rule": counting.label,
        "verdicts": dict(Counter(str(one["verdict"]) for one in wanted)),
        "explained": sum(one["unexplained"] == 0 for one in differing),
        "unexplained": sum(one["unexplained"] != 0 for one in differing),
        "findings": wanted,
    }


def _is_about(found: Told, nation: str) -> bool:
    """Tell whether a finding is of a nation, or of a line that it is joined in."""
    codes = ["", found["nation"], *(one["nation"] for one in found["joined"])]
    return nation in codes


def conflicting(reader: Reader, names: Names) -> list[dict[str, Json]]:
    """Return each property that can have one value and has several, with who says which."""
    shown = Shown(reader, names)
    return [
        {
            "subject": str(conflict.subject.value),
            "label": shown.cell(conflict.subject).text,
            "property": conflict.predicate.value,
            "property_label": property_words(conflict.predicate),
            "values": [
                {
                    "value": shown.cell(value).text,
                    "sources": [_cited(reader, names, graph) for graph in graphs],
                }
                for value, graphs in conflict.values
            ],
        }
        for conflict in conflicts(reader, names, _single_valued())
    ]


@cache
def _single_valued() -> tuple[NamedNode, ...]:
    return tuple(load_shapes().single_valued())


def _cited(reader: Reader, names: Names, graph: Term) -> dict[str, Json]:
    about = source(reader, names, graph)  # type: ignore[arg-type] # graphs are IRIs
    return {
        "title": about.title,
        "publisher": about.publisher,
        "issued": about.issued,
        "graph": about.graph.value,
    }
