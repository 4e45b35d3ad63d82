"""Holds the counts that a source publishes against what the rest of the graph says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from graph.errors import BadInput
from graph.names import mg
from graph.naming import ENGLISH
from graph.sources import source
from graph.terms import Literal

from .cells import GAMES, MEASURES, NATION, cells_of, tables_in
from .explainers import Explainers
from .holding import Holding
from .joining import on_lines
from .lines import lines_under
from .reasons import Explanation
from .rules import HELD_NOW, CutOff
from .standing import day_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.sources import Source
    from graph.terms import NamedNode, Subject, Term

    from .background import Background
    from .holding import Held, Joined
    from .joining import LineCell
    from .rules import Rule

UNTIL = mg("until")


class Verdict(StrEnum):
    """What comes of holding one count against the rest of the graph."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_CHECKABLE = "not checkable"


@dataclass(frozen=True, slots=True)
class Finding:
    """One published count beside what it was held against.

    Attributes:
        what: the scope and the measure in words.
        source_value: the count as the source gives it, set aside or not; of a line that the
            rule joins the sum of what the source counts for its nations.
        official_value: what it was held against; None if nothing could be.
        official_source: the title of whoever says so, or an empty string.
        note: the rule, or the reason, that is needed to understand the verdict.
        where: the tally, delegation or Games that the count is about.
        explanation: of each count that differs, why: what is explained and what is not make
            up the difference. None for the others.
        nation: whose count it is, or the line that the rule puts it on; None if nobody's.
        joined: the nations of the line, if the rule joins it from others than that nation.

    """

    what: str
    source_value: int
    official_value: int | None
    official_source: str
    verdict: Verdict
    note: str
    where: Subject
    measure: NamedNode
    explanation: Explanation | None = None
    nation: Term | None = None
    joined: tuple[Joined, ...] = ()


def audit(  # noqa: PLR0913 - what is audited, each part by name
    reader: Reader,
    names: Names,
    graph: NamedNode,
    rule: Rule = HELD_NOW,
    *,
    nation: NamedNode | None = None,
    games: NamedNode | None = None,
    languages: Sequence[str] = (ENGLISH,),
) -> list[Finding]:
    """Return a finding for each count that a source publishes, in the order of its scopes.

    A count of medals is held against the medals of those Games under the rule, and where a
    nation's differ, what explains the difference is told (see ``explaining``); where the
    graph has no results of the Games, or of the sport, against the tally of another source
    with the same scope. A size is held against the athletes that other sources list.

    Counts of nations that the rule joins make one finding: their sum against the line.

    Args:
        reader: the state.
        names: the names of the store.
        graph: the source.
        rule: how the medals of nations are counted: up to which day, without which
            sports, mixed teams shared or not, nations joined or apart.
        nation: the only nation whose counts are held, and those of the line that the rule
            puts it on; None for all.
        games: the only Games whose counts are held; None for all.
        languages: those in which Games, nations and the like are named, the best first.

    Raises:
        BadInput: for a rule that counts persons, or as of a day: no tally says that.

    """
    if rule.per_person:
        raise BadInput(
            f"Counts of nations cannot be held against the rule {rule.label}.",
            hint="Choose one that counts each competitor once.",
        )
    if rule.cut_off is CutOff.GIVEN:
        raise BadInput(
            f"The rule {rule.label} needs a day.", hint="Choose one at closing or of today."
        )
    lines = lines_under(reader, names, rule)
    together = lines.together(nation) if nation is not None else None
    cells = [
        cell
        for cell in cells_of(reader, graph, together or (None if games is None else [games]))
        if (games is None or cell.part(GAMES) == games)
        and (together is None or cell.part(NATION) in together)
    ]
    is_mixed = together is not None and lines.mixed in together
    apart = () if is_mixed else together or ()
    holding = Holding(reader, names, graph, rule, cells, nations=apart, languages=languages)
    held = [(line, holding.against(line)) for line in on_lines(cells, lines)]
    differing = {
        at
        for line, against in held
        if _verdict(line, against) is Verdict.DIFFERS and (at := line.cell.part(GAMES)) is not None
    }
    holding.read_whole(differing)
    tables = tables_in(cells if together is None else cells_of(reader, graph, differing))
    explainers = Explainers(holding, tables, _day_of(source(reader, names, graph)))
    found = [_finding(line, against, explainers) for line, against in held]
    order = list(MEASURES)
    return sorted(found, key=lambda one: (str(one.where), order.index(one.measure)))


def _day_of(published: Source) -> str | None:
    """Return the last day on which a source may have been published, None if nobody says."""
    try:
        return day_of(published.issued, last=True)
    except ValueError:
        return None


def _verdict(line: LineCell, held: Held) -> Verdict:
    if held.value is None:
        return Verdict.NOT_CHECKABLE
    return Verdict.AGREES if held.value == line.value else Verdict.DIFFERS


def _finding(line: LineCell, held: Held, explainers: Explainers) -> Finding:
    cell, verdict = line.cell, _verdict(line, held)
    explanation = None
    if held.value is not None and verdict is Verdict.DIFFERS:
        explanation = Explanation((), line.value - held.value)
        if held.explain is not None:
            explanation = held.explain(explainers)
    return Finding(
        f"{_words(line, explainers.holding.background)}: {MEASURES[cell.measure]}",
        line.value,
        held.value,
        held.said_by,
        verdict,
        held.note,
        cell.subject,
        cell.measure,
        explanation,
        line.line,
        held.joined,
    )


def _words(line: LineCell, background: Background) -> str:
    labels = [_label(node, background) for part, node in line.scope if part != UNTIL]
    words = ", ".join(labels) or _label(line.cell.subject, background)
    until = line.cell.part(UNTIL)
    return f"{words}, until {until.value}" if isinstance(until, Literal) else words


def _label(node: Term, background: Background) -> str:
    return node.value if isinstance(node, Literal) else background.label(node)
