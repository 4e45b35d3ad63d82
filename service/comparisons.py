"""What the pages of an audit and of conflicts say: counts held against results, values apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from graph.conflicts import several
from graph.errors import NotFound
from graph.gate import load_shapes
from graph.medals.audit import Verdict, audit
from graph.medals.cells import counts_published
from graph.medals.editions import edition_named
from graph.medals.nations import nation_named
from graph.medals.rules import HELD_NOW, rule_named
from graph.medals.telling import told
from graph.names import local_name
from graph.naming import Naming
from graph.selecting import rows
from graph.sources import source
from graph.terms import NamedNode

from .decisions import command, counted_by_property, property_named, property_text, words
from .pages import Shown
from .receivers import Receivers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.conflicts import Conflict
    from graph.engines.base import Reader
    from graph.gate import Single
    from graph.names import Names
    from graph.terms import Term
    from service.wire.problem import Json

TALLIES_SHOWN = 500
"""Of more tallies a page shows the Games and nations to choose from."""

_FIRST = (Verdict.DIFFERS, Verdict.AGREES, Verdict.NOT_CHECKABLE)


def counting_sources(reader: Reader, names: Names) -> list[dict[str, Json]]:
    """Return the sources that publish counts, and how many: as many as their audit tells of."""
    found = sorted(counts_published(reader).items(), key=lambda item: str(item[0]))
    return [{**cited(reader, names, graph), "counts": size} for graph, size in found]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be audited.

    Attributes:
        graph: the IRI of the source.
        nation: to tell the counts of that nation only; None for all.
        games: the name or key of the only Games; empty for all.
        rule: the counting rule by which the medals of nations are counted; empty for those
            that are held now.
        languages: those in which Games and nations are named, the best first.

    """

    graph: str
    nation: NamedNode | None = None
    games: str = ""
    rule: str = ""
    languages: tuple[str, ...] = ()


def nation_asked(reader: Reader, text: str) -> NamedNode | None:
    """Return the nation that a person asks for by a code or a name; None for no text."""
    return nation_named(reader, text) if text else None


def is_long(reader: Reader, asked: Asked) -> bool:
    """Tell whether there are too many counts for a page of all that is asked for."""
    if asked.games:
        return False
    some = f"GRAPH {NamedNode(asked.graph)} {{ ?tally a mg:Tally{_of_nation(asked)} }}"
    [row] = rows(reader, f"SELECT (COUNT(?tally) AS ?n) WHERE {{ {some} }}")
    return int(row["n"].value) > TALLIES_SHOWN


def parts_of(reader: Reader, names: Names, asked: Asked) -> dict[str, Json]:
    """Return the Games that a source has tallies of, and the nations unless one is asked for."""
    rule = rule_named(reader, asked.rule) if asked.rule else HELD_NOW
    parts = ("games",) if asked.nation else ("games", "nation")
    return {
        "about": cited(reader, names, NamedNode(asked.graph)),
        "nation": local_name(asked.nation),
        "rule": rule.label,
        "parts": {part: _parts(reader, asked, part) for part in parts},
    }


def _parts(reader: Reader, asked: Asked, part: str) -> list[dict[str, Json]]:
    stated = f"?tally a mg:Tally ; mg:{part} ?part{_of_nation(asked)}"
    text = f"""SELECT ?part (COUNT(?tally) AS ?n) WHERE {{
        GRAPH {NamedNode(asked.graph)} {{ {stated} }} }} GROUP BY ?part"""
    found = [(local_name(row["part"]), row["part"], row["n"]) for row in rows(reader, text)]
    naming = Naming(reader, asked.languages)
    return [
        {"key": key, "label": naming.label(node), "tallies": int(count.value)}
        for key, node, count in sorted(found, key=lambda one: one[0])
    ]


def _of_nation(asked: Asked) -> str:
    return f" ; mg:nation {asked.nation}" if asked.nation else ""


def audited(reader: Reader, names: Names, asked: Asked) -> dict[str, Json]:
    """Return counts of a source beside the results, those that differ first.

    Raises:
        NotFound: if nothing is known of the source, the rule, the nation or the Games.
        BadInput: if no tally follows the rule.

    """
    node = NamedNode(asked.graph)
    if next(reader.quads(graph=node), None) is None:
        raise NotFound(
            f"There is no source <{asked.graph}>.", hint="GET /audit lists those there are."
        )
    counting = rule_named(reader, asked.rule) if asked.rule else HELD_NOW
    games = edition_named(reader, asked.games) if asked.games else None
    findings = [
        told(found)
        for found in audit(
            reader,
            names,
            node,
            counting,
            nation=asked.nation,
            games=games,
            languages=asked.languages,
        )
    ]
    findings.sort(key=lambda one: _FIRST.index(Verdict(str(one["verdict"]))))
    differing = [one for one in findings if one["verdict"] == Verdict.DIFFERS]
    return {
        "about": cited(reader, names, node),
        "nation": local_name(asked.nation),
        "games": local_name(games) if games else "",
        "games_label": Naming(reader, asked.languages).label(games) if games else "",
        "rule": counting.label,
        "verdicts": dict(Counter(str(one["verdict"]) for one in findings)),
        "explained": sum(one["unexplained"] == 0 for one in differing),
        "unexplained": sum(one["unexplained"] != 0 for one in differing),
        "findings": findings,
    }


def conflicting(
    reader: Reader,
    names: Names,
    *,
    prop: str = "",
    graph: str = "",
    languages: Sequence[str] = (),
) -> dict[str, Json]:
    """Return what can have one value only and has several, with who says which.

    Args:
        reader: the state.
        names: the names of the store.
        prop: to tell of one property only, as it is typed; empty for all.
        graph: the IRI of a source, to tell where it differs from others; empty for all.
        languages: those in which things are named, the best first.

    Raises:
        NotFound: if nothing is known of such a source, or there is no such property.

    """
    single = single_valued()
    predicate, language = property_named(prop, single) if prop else (None, "")
    node = NamedNode(graph) if graph else None
    if node is not None and next(reader.quads(graph=node), None) is None:
        raise NotFound(f"There is no source <{graph}>.", hint="GET /graphs lists those there are.")
    found = several(reader, names, single, predicate=predicate, source=node)
    wanted = [each for each in found if each.is_open and language in ("", each.language)]
    return {
        "property": property_text(predicate, language) if predicate else "",
        "about": cited(reader, names, node) if node else None,
        "properties": [
            {
                "iri": each.value,
                "name": property_text(each),
                "label": words(each),
                "conflicts": number,
            }
            for each, number in counted_by_property(wanted).items()
        ],
        "conflicts": _told(reader, names, wanted, languages),
    }


def _told(
    reader: Reader, names: Names, wanted: list[Conflict], languages: Sequence[str]
) -> list[dict[str, Json]]:
    shown, receivers = Shown(reader, names, languages), Receivers(reader, languages)

    def said(term: Term) -> str:
        return receivers.words(term) or shown.cell(term).text

    return [
        {
            "subject": str(conflict.subject.value),
            "label": said(conflict.subject),
            "property": conflict.predicate.value,
            "property_label": words(conflict.predicate),
            "language": conflict.language,
            "spelling": conflict.is_spelling,
            "values": [
                {
                    "value": said(value),
                    "sources": [cited(reader, names, graph) for graph in graphs],
                    "command": command(conflict, value, names),
                }
                for value, graphs in conflict.values
            ],
        }
        for conflict in wanted
    ]


@cache
def single_valued() -> tuple[Single, ...]:
    """Return what can have one value only, as the shapes say."""
    return tuple(load_shapes().single_valued())


def cited(reader: Reader, names: Names, graph: Term) -> dict[str, Json]:
    """Return what is told of a source wherever it is named."""
    about = source(reader, names, graph)  # type: ignore[arg-type] # graphs are IRIs
    return {
        "title": about.title,
        "publisher": about.publisher,
        "issued": about.issued,
        "graph": about.graph.value,
    }
