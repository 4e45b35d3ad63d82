"""The commands ``match``, ``merge`` and ``separate``: who is the same person in two sources."""

from __future__ import annotations

import csv
import sys
from typing import TYPE_CHECKING

import click

from graph.errors import NotFound
from graph.identity.deciding import separate as separated
from graph.identity.keeping import keep, listed
from graph.identity.listing import PERSON
from graph.identity.redirects import identity_graph, leads_to
from graph.identity.redirects import (
    merge as merged,
)
from graph.identity.sources import addresses, matched_sources
from graph.names import RDF_TYPE, local_name, mg

from .bars import CHECKING, showing
from .outcomes import refusals_as_json, tell_outcome
from .place import json_option, opened, signed, source_named, stoppable, store_option
from .results import draw_rows
from .voice import answer, answer_json, counted

if TYPE_CHECKING:
    from pathlib import Path

    from graph.engines.base import Reader
    from graph.identity.scoring import Match
    from graph.names import Names
    from graph.store import Store
    from graph.terms import NamedNode

_HEADER = ("sure", "points", "rival", "person", "other", "reasons")


@click.command(short_help="Find who is the same person in two sources.")
@click.argument("source", metavar="SOURCE")
@click.argument("against", metavar="AGAINST")
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
    merges: bool,
    shows_all: bool,
    keeps: bool,
    as_csv: bool,
    author: str,
    message: str,
    as_json: bool,
    place: Path,
) -> None:
    """Find who of SOURCE is whom of AGAINST, and list those that a person should look at.

    Names, births, nations, sports and Games give points, each with its reason. A match is
    sure with 9 points or more and 2 more than the next candidate; from 5 points on it is
    listed. Accept one with 'medalgraph merge', refuse it with 'medalgraph separate'; or --keep
    the list, and decide in the browser, at /review of the service.
    """
    if as_csv and as_json:
        raise click.UsageError("--csv and --json ask for two different formats.")
    with opened(place) as store:
        with store.read() as state, showing() as step:
            one, other = (source_named(name, state, store.names) for name in (source, against))
            found = matched_sources(state, store.names, one, other, step=step)
            sure = [each for each in found if each.is_sure]
            pairs = addresses(state, store.names, sure, one=one, other=other)
            if keeps:
                keep(place, listed(one, other, found, kind=PERSON, version=state.version))
        shown = found if shows_all else [each for each in found if not each.is_sure]
        if not as_json:
            _list(shown, as_csv=as_csv)
        if merges:
            why = message or f"Merge {counted(len(pairs), 'person', plural='people')}"
            _merge(store, pairs, author=author, message=why, as_json=as_json)
            return
    if as_json:
        answer_json([dict(zip(_HEADER, _cells(each), strict=True)) for each in shown])
    elif not as_csv:
        answer(f"{len(sure):,} sure, {len(found) - len(sure):,} to look at.")


@click.command(short_help="Say that two addresses are of one person.")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@signed
@json_option
@store_option
def merge(  # noqa: PLR0913 - one parameter an option
    *, old: str, new: str, author: str, message: str, as_json: bool, place: Path
) -> None:
    """Let OLD be NEW from now on: all that sources say of OLD they say of NEW.

    Both are the end of a person's address, such as li-ting-1989. The old address leads to
    the new one; 'medalgraph undo' takes the merge back.
    """
    with opened(place) as store:
        with store.read() as state:
            pair = _person(state, store.names, old), _person(state, store.names, new)
        if pair[0] == pair[1]:
            raise click.UsageError("OLD and NEW are the same address.")
        why = message or f"{old} is {new}"
        _merge(store, [pair], author=author, message=why, as_json=as_json)


@click.command(short_help="Say that two people are not the same.")
@click.argument("one", metavar="ONE")
@click.argument("other", metavar="OTHER")
@signed
@json_option
@store_option
def separate(  # noqa: PLR0913 - one parameter an option
    *, one: str, other: str, author: str, message: str, as_json: bool, place: Path
) -> None:
    """Say that ONE and OTHER are two people, so that 'medalgraph match' lists them no more."""
    with opened(place) as store, stoppable(store), refusals_as_json(as_json=as_json):
        graph, why = identity_graph(store.names), message or f"{one} is not {other}"
        with store.transaction(source=graph, author=author, message=why, kind="identity") as tx:
            pair = _person(tx.draft, store.names, one), _person(tx.draft, store.names, other)
            tx.add(*separated(tx.draft, store.names, *pair).added)
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


def _list(found: list[Match], *, as_csv: bool) -> None:
    rows = [[str(cell) for cell in _cells(each)] for each in found]
    if as_csv:
        csv.writer(sys.stdout, lineterminator="\r\n").writerows([_HEADER, *rows])
    elif rows:
        draw_rows(_HEADER, rows)


def _cells(found: Match) -> tuple[bool, float, float, str, str, str]:
    return (
        found.is_sure,
        found.points,
        found.rival,
        local_name(found.one.node),
        local_name(found.other.node),
        "; ".join(f"{reason.text} {reason.points:+g}" for reason in found.reasons),
    )


def _person(state: Reader, names: Names, text: str) -> NamedNode:
    node = names.of("person", text.removeprefix("person:").rpartition("/")[2])
    if (new := leads_to(state, names, node)) is not None:
        raise NotFound(
            f"{text} is an old address: it was merged into {local_name(new)}.",
            hint=f"Give {local_name(new)}; 'medalgraph undo' takes a merge back.",
            near=(new.value,),
        )
    if next(state.quads(node, RDF_TYPE, mg("Person")), None) is None:
        raise NotFound(
            f"There is no person {text}.",
            hint="Give the end of the address, such as li-ting-1989; 'medalgraph match' shows it.",
        )
    return node
