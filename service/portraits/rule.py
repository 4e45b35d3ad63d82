"""A counting rule: what it counts in words, its choices, and who counts by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.medals.rules import CutOff, rule_at
from graph.names import OUTSIDE_PREFIXES, RDF_TYPE, RDFS, mg
from graph.terms import DEFAULT_GRAPH, NamedNode

from . import linked
from .gathering import Portrait

if TYPE_CHECKING:
    from graph.medals.rules import Rule
    from service.pages import Cell

    from .gathering import Cited, Gathering

_COMMENT = NamedNode(RDFS + "comment")
_VERSION = NamedNode(OUTSIDE_PREFIXES["owl"] + "versionInfo")
MOST_GAMES = 250
_CUT_OFFS = {
    CutOff.CLOSING: "Decisions on medals are heeded up to the last day of the Games.",
    CutOff.LATEST: "Every decision on medals that is known is heeded.",
    CutOff.GIVEN: "Decisions on medals are heeded up to a day that whoever asks names.",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a rule in words, with what it is about and who states it."""

    words: str
    cells: tuple[Cell, ...]
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class CountingRule:
    """What the page of a counting rule tells.

    Attributes:
        comment: what it is for, in a sentence.
        key: as addresses and the command line name it.
        version: of the rule, if a source states one; else of its source, the day it was issued.
        needs_day: whether a table by it needs a day.
        sources: that count by it: graph and title.
        games: whose medal tables can be counted by it, the latest first.

    """

    comment: str
    key: str
    version: str
    needs_day: bool
    choices: tuple[Choice, ...]
    sources: tuple[Cited, ...]
    tallies: int
    games: tuple[Cell, ...]


def rule(gathering: Gathering, node: NamedNode) -> Portrait:
    """Return what is told of a counting rule."""
    known = rule_at(gathering.reader, node)
    comment = gathering.text(node, _COMMENT)
    following = gathering.pointing(mg("rule"), node, 10_000)
    told = CountingRule(
        comment=comment,
        key=node.value.rpartition("/")[2],
        version=gathering.text(node, _VERSION),
        needs_day=known is not None and known.cut_off is CutOff.GIVEN,
        choices=_choices(gathering, node, known) if known else (),
        sources=gathering.cited(one for one in following if gathering.names.is_source(one)),
        tallies=sum(not gathering.names.is_source(one) for one in following),
        games=_games(gathering, known),
    )
    said = linked.thing(gathering, node, "DefinedTerm", description=comment)
    return Portrait("rule", "counting rule", told, said)


def _choices(gathering: Gathering, node: NamedNode, known: Rule) -> tuple[Choice, ...]:
    def choice(prop: str, words: str) -> Choice:
        return Choice(words, (), gathering.stating(node, mg(prop)))

    def listed(prop: str, some: str, none: str) -> Choice:
        cells = gathering.cells(gathering.terms(node, mg(prop)))
        return Choice(some if cells else none, cells, gathering.stating(node, mg(prop)))

    persons = "Each member of a pair or team counts, guides too: one gold of a four is four."
    entries = "A team counts once, however many are in it."
    codes = "Codes that one committee had after another are one line."
    own = "A nation that only changed its code keeps a line for each code."
    joined = "A nation's medals are added to those of the nation that came after it."
    apart = "A nation and the one that came after it are lines of their own."
    shared = "A medal of a mixed team counts for each of its nations."
    mixed = "Mixed teams are a line of their own."
    return (
        choice("asOf", _CUT_OFFS[known.cut_off]),
        choice("countedPer", persons if known.per_person else entries),
        listed("leavesOut", "Not counted are medals in:", "No season, kind or sport is left out."),
        listed("unranked", "Shown without a rank are teams of the kind:", "Every line is ranked."),
        choice("mergesFormerCodes", codes if known.merges_former_codes else own),
        choice("mergesSuccessors", joined if known.merges_successors else apart),
        choice("sharesMixed", shared if known.shares_mixed else mixed),
    )


def _games(gathering: Gathering, known: Rule | None) -> tuple[Cell, ...]:
    """Return the Games of which events or counts are known and that are not left out."""
    left_out = known.left_out if known else frozenset()
    found: dict[NamedNode, str] = {}
    for quad in gathering.reader.quads(None, RDF_TYPE, mg("Games"), DEFAULT_GRAPH):
        games = quad.subject
        if not isinstance(games, NamedNode) or not gathering.pointing(mg("games"), games, 1):
            continue
        kinds = {*gathering.nodes(games, mg("season")), *gathering.nodes(games, mg("kind"))}
        if not left_out & kinds:
            found[games] = gathering.text(games, mg("year"))
    latest = sorted(found, key=lambda games: (found[games], games.value), reverse=True)
    return tuple(gathering.cell(games) for games in latest[:MOST_GAMES])
