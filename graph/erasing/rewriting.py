"""A store without a person: every commit record written anew, and the states made from them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.change import Change
from graph.engines import integrity
from graph.engines.disk import (
    Places,
    damaged,
    disk_problems,
    erasures_of,
    exchange,
    remove,
    write_format,
)
from graph.engines.lock import WriterLock
from graph.engines.records import Body, Records
from graph.engines.replicated import refuse_replica
from graph.engines.restoring import adopt
from graph.engines.snapshots import SnapshotEngine
from graph.erased import mark_of
from graph.errors import NotFound, Refused
from graph.names import SAME_AS
from graph.patch import rows
from graph.progress import Progress, silent

from .facts import Eraser

if TYPE_CHECKING:
    from pathlib import Path

    from graph.engines.base import Reader
    from graph.terms import NamedNode

_TOKENS = "tokens.json"


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased.

    Attributes:
        new_iri: what stands for the person from now on.
        statements: how many statements about the person there were, in all commits.
        commits: how many commits were written anew.

    """

    new_iri: NamedNode
    statements: int
    commits: int


def erase(place: Path, person: NamedNode, *, progress: Progress = silent) -> Erased:
    """Erase a person from every state of a store; what fails leaves the store as it was.

    The store is made anew beside itself and takes its own place at the end. Whoever has the
    old one open, such as a service, goes on seeing it until it opens the store again.

    Args:
        place: the folder of the store.
        person: who.
        progress: told the statements done.

    Raises:
        NotFound: if no commit ever said anything about the person.
        Refused: if the address leads to another since a merge.
        StoreLocked: if somebody is changing the store.
        IsReplica: if the store is a replica.
        StoreDamaged: if a record is not what was written.

    """
    place = place.resolve()
    old = Places(place)
    refuse_replica(old)
    with SnapshotEngine.open(place) as engine, WriterLock(old.lock, store=place):
        newest, base = engine.newest(), engine.base
        records = Records(old.commits)
        with engine.read() as state:
            former = _former(state, person)
        eraser = _learned(records, newest, Eraser(person, former))
        fresh = place.with_name(f".{place.name}.erasing")
        with disk_problems(place):
            remove(fresh)
            try:
                SnapshotEngine.create(fresh, base=base).close()
                _rewrite(records, newest, eraser, Places(fresh), progress)
                adopt(fresh, newest, base=base)
                write_format(Places(fresh), base, erasures=erasures_of(old) + 1)
                _prove(fresh, newest)
                _exchange(place, fresh)
            finally:
                remove(fresh)
    return Erased(eraser.new_iri, eraser.statements, newest)


def _former(state: Reader, person: NamedNode) -> set[NamedNode]:
    """Return the addresses that lead to a person today.

    Raises:
        Refused: if the address of the person leads to another itself.

    """
    leads = {q.subject: q.object for q in state.quads(None, SAME_AS)}
    if person in leads:
        new = leads[person]
        raise Refused(
            f"{person} was merged into {new}.", hint=f"Erase {new}; its old addresses go with it."
        )
    found = {person}
    while more := {old for old, new in leads.items() if new in found and old not in found}:
        found |= more  # type: ignore[arg-type] # people have IRIs
    return found - {person}


def _learned(records: Records, newest: int, eraser: Eraser) -> Eraser:
    for number in range(1, newest + 1):
        for part in records.batches(number):
            eraser.learn(part.added)
    if not eraser.statements:
        raise NotFound(
            f"Nothing was ever said of {eraser.person}.",
            hint="Ask for the address of the person with a query, and give it whole.",
        )
    return eraser


def _rewrite(
    records: Records, newest: int, eraser: Eraser, places: Places, progress: Progress
) -> None:
    written = Records(places.commits)
    quads = done = 0
    body_path = places.heads / "body"
    for number in range(1, newest + 1):
        commit = records.read(number)
        with Body(body_path) as body:
            for part in records.batches(number):
                body.write(rows(_without(part, eraser)))
                done += part.size
                progress(done, None)
        quads += body.added - body.removed
        marks = tuple(mark_of(one.value) for one in eraser.addresses) if number == newest else ()
        info = replace(
            commit.info,
            erased=(*commit.info.erased, *marks),
            author=eraser.text(commit.info.author),
            message=eraser.text(commit.info.message),
            notes=tuple(map(eraser.text, commit.info.notes)),
        )
        said = replace(
            commit,
            info=info,
            added=body.added,
            removed=body.removed,
            checksum=body.checksum,
        )
        written.write(said, body=body_path, quads=quads)
    written.sync(range(1, newest + 1))
    remove(body_path)


def _without(change: Change, eraser: Eraser) -> Change:
    added = (kept for quad in change.added if (kept := eraser.quad(quad)) is not None)
    removed = (kept for quad in change.removed if (kept := eraser.quad(quad)) is not None)
    return Change(frozenset(added), frozenset(removed))


def _prove(place: Path, newest: int) -> None:
    """Raise StoreDamaged unless the new store is what its records lead to."""
    led_to = integrity.of_records(Records(Places(place).commits), newest)
    with SnapshotEngine.open(place) as engine, engine.read() as state:
        found = integrity.of_state(state.quads())
    if str(found) != str(led_to):
        raise damaged(Places(place).commits)


def _exchange(place: Path, fresh: Path) -> None:
    """Put the new store in the place of the old one, and destroy that."""
    tokens = place / _TOKENS
    if tokens.exists():
        shutil.copy2(tokens, fresh / _TOKENS)
    exchange(place, fresh)
    remove(fresh)
