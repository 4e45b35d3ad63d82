"""The commands ``match``, ``merge`` and ``separate``: which people and events are one."""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from graph.errors import NotFound
from graph.identity.deciding import separate as separated
from graph.identity.event_sources import matched_events, with_medals
from graph.identity.keeping import keep, listed
from graph.identity.listing import EVENT, PERSON
from graph.identity.redirects import identity_graph, leads_to
from graph.identity.redirects import (
    merge as merged,
)
from graph.identity.same_entries import with_entries
from graph.identity.sources import addresses, matched_sources
from graph.names import RDF_TYPE, local_name, mg
from service.amounts import counted

from .bars import CHECKING, showing
from .outcomes import refusals_as_json, tell_outcome
from .place import json_option, opened, own_folder, signed, source_named, stoppable, store_option
from .results import draw_rows
from .voice import answer, answer_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.engines.base import Reader
    from graph.engines.opening import Place
    from graph.identity.match import Match
    from graph.names import Names
    from graph.progress import Step
    from graph.store import Store
    from graph.terms import NamedNode

_HEADER = ("sure", "points", "rival", "{kind}", "other", "reasons")
_CLASSES = {PERSON: mg("Person"), EVENT: mg("Event")}
_EXAMPLES = {
    PERSON: "Give the end of the address, such as li-ting-1989; 'medalgraph match' shows it.",
    EVENT: "Give event: and the end of the address; 'medalgraph match --events' shows it.",
}


@dataclass(frozen=True, slots=True)
class _Found:
    """What was matched: matches, the surest first, and the addresses of the sure ones."""

    kind: str
    matches: Sequence[Match[Any]]
    pairs: list[tuple[NamedNode, NamedNode]]

    @property
    def sure(self) -> int:
        """How many need nobody to look."""
        return sum(each.is_sure for each in self.matches)

    @property
    def header(self) -> tuple[str, ...]:
        """What the columns of a list are called."""
        return tuple(name.format(kind=self.kind) for name in _HEADER)

    @property
    def message(self) -> str:
        """What a commit that merges the sure ones says of itself."""
        if self.kind == PERSON:
            return f"Merge {counted(self.sure, 'person', plural='people')}"
        more = len(self.pairs) - self.sure
        return f"Merge {counted(self.sure, 'event')}, with {more:,} of their medals and medallists"


@click.command(short_help="Find which people or events of two sources are one.")
@click.argument("source", metavar="SOURCE")
@click.argument("against", metavar="AGAINST")
@click.option("--events", "of_events", is_flag=True, help="Match events instead of people.")
@click.option("--merge", "merges", is_flag=True, help="Merge the sure ones, as one commit.")
@click.option("--all", "shows_all", is_flag=True, help="List the sure ones too.")
@click.option("--keep", "keeps", is_flag=True, help="Keep the list for the pages of the review.")
@click.option("--csv", "as_csv", is_flag=True, help="Answer as CSV.")
@signed
@json_option
@store_option
def match(  # noqa: PLR0913 - one parameter an option
    *,
    source: str,
    against: str,
    of_events: bool,
    merges: bool,
    shows_all: bool,
    keeps: bool,
    as_csv: bool,
    author: str,
    message: str,
    as_json: bool,
    place: Place,
) -> None:
    """Find who of SOURCE is whom of AGAINST, and list those that a person should look at.

    Names, births, nations, sports and Games give points, each with its reason. A match is
    sure with 9 points or more and 2 more than the next candidate; from 5 points on it is
    listed. Accept one with 'medalgraph merge', refuse it with 'medalgraph separate'; or --keep
    the list, and decide in the browser, at /review of the service.

    With --events the events of the same Games are matched, by their medallists, names, sport
    and sex. With an event its medals become one too; where their receivers differ, 'medalgraph
    conflicts' lists it.
    """
    if as_csv and as_json:
        raise click.UsageError("--csv and --json ask for two different formats.")
    with opened(place) as store:
        with store.read() as state, showing() as step:
            one, other = (source_named(name, state, store.names) for name in (source, against))
            found = _found(state, store.names, one, other, of_events=of_events, step=step)
            if keeps:
                kept = listed(one, other, found.matches, kind=found.kind, version=state.version)
                keep(own_folder(place), kept)
        shown = [each for each in found.matches if shows_all or not each.is_sure]
        if not as_json:
            _list(found.header, shown, as_csv=as_csv)
        if merges:
            why = message or found.message
            _merge(store, found.pairs, author=author, message=why, as_json=as_json)
            return
    if as_json:
        answer_json([dict(zip(found.header, _cells(each), strict=True)) for each in shown])
    elif not as_csv:
        answer(f"{found.sure:,} sure, {len(found.matches) - found.sure:,} to look at.")


def _found(  # noqa: PLR0913 - what is matched, each part by name
    state: Reader,
    names: Names,
    one: NamedNode,
    other: NamedNode,
    *,
    of_events: bool,
    step: Step,
) -> _Found:
    if of_events:
        events = matched_events(state, names, one, other, step=step)
        sure_events = [each for each in events.found if each.is_sure]
        return _Found(EVENT, events.found, events.addresses(sure_events))
    people = matched_sources(state, names, one, other, step=step)
    sure = [each for each in people if each.is_sure]
    pairs = addresses(state, names, sure, one=one, other=other)
    return _Found(PERSON, people, with_entries(state, pairs))


@click.command(short_help="Say that two addresses are of one person, or of one event.")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@signed
@json_option
@store_option
def merge(  # noqa: PLR0913 - one parameter an option
    *, old: str, new: str, author: str, message: str, as_json: bool, place: Place
) -> None:
    """Let OLD be NEW from now on: all that sources say of OLD they say of NEW.

    Both are the end of a person's address, such as li-ting-1989, or event: and the end of an
    event's. With an event its medals become one too, with a person the entries that two sources
    have of one event. The old address leads to the new one; 'medalgraph undo' takes the merge
    back.
    """
    with opened(place) as store:
        with store.read() as state:
            kind, *pair = _pair(state, store.names, old, new)
            if pair[0] == pair[1]:
                raise click.UsageError("OLD and NEW are the same address.")
            if kind == EVENT:
                pairs = with_medals(state, store.names, *pair)
            else:
                pairs = with_entries(state, [(pair[0], pair[1])])
        why = message or f"{old} is {new}"
        _merge(store, pairs, author=author, message=why, as_json=as_json)


@click.command(short_help="Say that two people, or two events, are not the same.")
@click.argument("one", metavar="ONE")
@click.argument("other", metavar="OTHER")
@signed
@json_option
@store_option
def separate(  # noqa: PLR0913 - one parameter an option
    *, one: str, other: str, author: str, message: str, as_json: bool, place: Place
) -> None:
    """Say that ONE and OTHER are two, so that 'medalgraph match' lists them no more.

    Both are people, or events that begin with event:, as for 'medalgraph merge'.
    """
    with opened(place) as store, stoppable(store), refusals_as_json(as_json=as_json):
        graph, why = identity_graph(store.names), message or f"{one} is not {other}"
        with store.transaction(source=graph, author=author, message=why, kind="identity") as tx:
            _, first, second = _pair(tx.draft, store.names, one, other)
            tx.add(*separated(tx.draft, store.names, first, second).added)
        tell_outcome(tx.commit, tx.report, as_json=as_json)


def _merge(
    store: Store,
    pairs: list[tuple[NamedNode, NamedNode]],
    *,
    author: str,
    message: str,
    as_json: bool,
) -> None:
    graph = identity_graph(store.names)
    with (
        stoppable(store),
        refusals_as_json(as_json=as_json),
        showing() as step,
        store.transaction(source=graph, author=author, message=message, kind="identity") as tx,
    ):
        change = merged(tx.draft, store.names, pairs)
        tx.remove(*change.removed)
        tx.add(*change.added)
        tx.on_check = step(CHECKING)
    tell_outcome(tx.commit, tx.report, as_json=as_json)


def _list(header: tuple[str, ...], found: list[Match[Any]], *, as_csv: bool) -> None:
    rows = [[str(cell) for cell in _cells(each)] for each in found]
    if as_csv:
        csv.writer(sys.stdout, lineterminator="\r\n").writerows([header, *rows])
    elif rows:
        draw_rows(header, rows)


def _cells(found: Match[Any]) -> tuple[bool, float, float, str, str, str]:
    return (
        found.is_sure,
        found.points,
        found.rival,
        local_name(found.one.node),
        local_name(found.other.node),
        "; ".join(f"{reason.text} {reason.points:+g}" for reason in found.reasons),
    )


def _pair(state: Reader, names: Names, one: str, other: str) -> tuple[str, NamedNode, NamedNode]:
    """Return whether two people or two events are meant, and their addresses."""
    kinds = {EVENT if text.startswith(f"{EVENT}:") else PERSON for text in (one, other)}
    if len(kinds) > 1:
        raise click.UsageError("One of the two is an event and the other a person.")
    kind = kinds.pop()
    return kind, _node(state, names, one, kind), _node(state, names, other, kind)


def _node(state: Reader, names: Names, text: str, kind: str) -> NamedNode:
    node = names.of(kind, text.removeprefix(f"{kind}:").rpartition("/")[2])
    if (new := leads_to(state, names, node)) is not None:
        raise NotFound(
            f"{text} is an old address: it was merged into {local_name(new)}.",
            hint=f"Give {local_name(new)}; 'medalgraph undo' takes a merge back.",
            near=(new.value,),
        )
    if next(state.quads(node, RDF_TYPE, _CLASSES[kind]), None) is None:
        raise NotFound(f"There is no {kind} {text}.", hint=_EXAMPLES[kind])
    return node
