"""The commands ``conflicts`` and ``decide``: where sources differ, and which value stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from graph.conflicts import decide as decided
from graph.conflicts import decided_by, settle_by_priority, several
from graph.names import RDFS_LABEL
from graph.sources import source
from service.amounts import counted
from service.decisions import (
    Choice,
    command,
    counted_by_property,
    property_named,
    subject_named,
    words,
)
from service.receivers import Receivers

from .outcomes import refusals_as_json, tell_outcome
from .place import json_option, opened, signed, source_named, stoppable, store_option
from .voice import answer, answer_json, remark
from .wording import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.conflicts import Conflict
    from graph.engines.base import Reader
    from graph.engines.opening import Place
    from graph.names import Names
    from graph.store import Store
    from graph.terms import NamedNode, Term

    from .voice import Json


@click.command(short_help="List where sources differ, or settle it by their priority.")
@click.option(
    "--property", "prop", metavar="NAME", help="Only this property, such as name or born."
)
@click.option("--source", "source_name", metavar="SOURCE", help="Only where this source differs.")
@click.option("--settle", is_flag=True, help="Keep what the most trusted source says, as a commit.")
@signed
@json_option
@store_option
def conflicts(  # noqa: PLR0913 - one parameter an option
    *,
    prop: str | None,
    source_name: str | None,
    settle: bool,
    author: str,
    message: str,
    as_json: bool,
    place: Place,
) -> None:
    """List what can have one value only and has several, with who says which.

    Names are listed too, where sources differ in one language; dates that agree as far as the
    less exact one goes are not. With --settle the value of the source with the best priority
    stays, and the others become claims of their sources that were set aside, with the reason.
    Where the two best sources have the same priority, or none, nothing is settled; 'medalgraph
    decide' keeps the value that you choose.
    """
    wanted = _Wanted(prop, source_name)
    with opened(place) as store:
        if settle:
            _settle(store, wanted, author=author, message=message, as_json=as_json)
            return
        with store.read() as state:
            _list(store, state, wanted, as_json=as_json)


@click.command(short_help="Keep one value where sources differ.")
@click.argument("subject", metavar="THING")
@click.argument("prop", metavar="PROPERTY")
@click.argument("choice", metavar="VALUE|SOURCE")
@click.option("--reason", required=True, help="Why this one; it is kept with those set aside.")
@signed
@json_option
@store_option
def decide(  # noqa: PLR0913 - one parameter an option
    *,
    subject: str,
    prop: str,
    choice: str,
    reason: str,
    author: str,
    message: str,
    as_json: bool,
    place: Place,
) -> None:
    """Keep one value of what sources say differently of THING, as one commit.

    The value is given by itself, or by the name of a source that states it. The others stay in
    their sources as claims that were set aside, with the reason; another name also stays as
    another spelling. A value that was set aside earlier can be chosen as well, and 'medalgraph
    undo' takes the decision back.
    """
    if not reason.strip():
        raise click.UsageError("--reason is empty. Say why this value is right.")
    with (
        opened(place) as store,
        stoppable(store),
        refusals_as_json(as_json=as_json),
        store.transaction(author=author, message=message or reason, kind="decide") as tx,
    ):
        names, single = store.names, store.gate.single_valued()
        predicate, language = property_named(prop, single)
        thing = subject_named(
            subject,
            tx.draft,
            names,
            lambda: {each.subject for each in several(tx.draft, names, single)},
        )
        chosen = Choice(tx.draft, names, thing, predicate, language=language)
        kept = chosen.value(choice)
        why = decided_by(author, kept, reason)
        change = decided(tx.draft, names, chosen.said, kept, reason=why)
        tx.remove(*change.removed)
        tx.add(*change.added)
    tell_outcome(tx.commit, tx.report, as_json=as_json)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which conflicts a person asked for: of one property or all, with one source or any."""

    prop: str | None
    source_name: str | None

    def found(self, store: Store, state: Reader) -> tuple[list[Conflict], list[Conflict]]:
        """Return the conflicts, and the dates that are given more and less exactly."""
        single = store.gate.single_valued()
        predicate, language = property_named(self.prop, single) if self.prop else (None, "")
        graph = source_named(self.source_name, state, store.names) if self.source_name else None
        found = several(state, store.names, single, predicate=predicate, source=graph)
        every = [each for each in found if language in ("", each.language)]
        return [each for each in every if each.is_open], [c for c in every if not c.is_open]


def _settle(store: Store, wanted: _Wanted, *, author: str, message: str, as_json: bool) -> None:
    why = message or "Keep what the most trusted source says"
    with (
        stoppable(store),
        refusals_as_json(as_json=as_json),
        store.transaction(author=author, message=why, kind="settle") as tx,
    ):
        found, agreeing = wanted.found(store, tx.draft)
        change = settle_by_priority(tx.draft, store.names, [*found, *agreeing])
        tx.remove(*change.removed)
        tx.add(*change.added)
        left, _ = wanted.found(store, tx.draft)
    tell_outcome(tx.commit, tx.report, as_json=as_json)
    if left:
        stay = f"{counted(len(left), 'conflict')} stay{'s' if len(left) == 1 else ''} open"
        remark(
            f"{stay}: the two best sources have the same priority, or none. Give one with"
            " 'medalgraph load --priority', or choose with 'medalgraph decide'."
        )


def _list(store: Store, state: Reader, wanted: _Wanted, *, as_json: bool) -> None:
    found, agreeing = wanted.found(store, state)
    sayings = _Sayings(state, store.names)
    if as_json:
        answer_json([sayings.to_json(conflict) for conflict in found])
        return
    for conflict in found:
        answer(sayings.text(conflict))
    answer(_summary(found))
    if agreeing:
        verb = "is" if len(agreeing) == 1 else "are"
        remark(
            f"{counted(len(agreeing), 'date')} {verb} given more exactly by another source that"
            " agrees, which is no conflict; --settle keeps the most exact one."
        )
    if found:
        first = found[0]
        remark(f"To keep one: {command(first, first.values[0][0], store.names)}")


def _summary(found: Sequence[Conflict]) -> str:
    total = f"{counted(len(found), 'conflict')} between sources"
    by_property = counted_by_property(found)
    if len(by_property) < 2 and RDFS_LABEL not in by_property:  # noqa: PLR2004 - one needs no sum
        return f"{total}."
    parts = [f"{number:,} of {words(prop)}" for prop, number in by_property.items()]
    spellings = sum(each.is_spelling for each in found)
    more = f", {spellings:,} of them in capitals, accents or signs only"
    return f"{total}: {', '.join(parts)}{more if spellings else ''}."


class _Sayings:
    """Says conflicts in words, with the labels and sources of one state."""

    def __init__(self, state: Reader, names: Names) -> None:
        self._state, self._names = state, names
        self._wording = Wording(state, names.prefixes())
        self._receivers = Receivers(state)

    def text(self, conflict: Conflict) -> str:
        """Return a conflict as lines: what it is about, then each value and who says it."""
        about = f"{self._said(conflict.subject)}: {words(conflict.predicate)}"
        values = [
            f"    {self._said(value)}: {', '.join(map(self._cited, graphs))}"
            for value, graphs in conflict.values
        ]
        return "\n".join((about, *values))

    def to_json(self, conflict: Conflict) -> Json:
        """Return a conflict for a program."""
        return {
            "subject": conflict.subject.value,
            "label": self._wording.label(conflict.subject)
            or self._receivers.words(conflict.subject),
            "property": conflict.predicate.value,
            "language": conflict.language,
            "spelling": conflict.is_spelling,
            "values": [
                {
                    "value": self._said(value),
                    "sources": [graph.value for graph in graphs],
                    "command": command(conflict, value, self._names),
                }
                for value, graphs in conflict.values
            ],
        }

    def _said(self, term: Term) -> str:
        """Return a term in words; an award or entry by what it is, since nobody names it."""
        called = self._receivers.words(term)
        return f"{called} ({self._wording.short(term)})" if called else self._wording.of(term)

    def _cited(self, graph: NamedNode) -> str:
        said = source(self._state, self._names, graph)
        return f"{said.title} ({said.issued})" if said.issued else said.title
