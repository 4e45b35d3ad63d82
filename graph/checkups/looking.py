"""The checkup of a store: its files, its disk, its history, its newest state, its rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.engines import integrity
from graph.engines.disk import LAYOUT_VERSION, Places
from graph.engines.records import Records
from graph.engines.snapshot_files import Snapshots
from graph.errors import DiskProblem, MedalgraphError, StoreProblem
from graph.progress import Progress, silent
from graph.store import Store

from .files import disk, leftovers, permissions, writer
from .findings import Finding, Verdict, well, worrying, wrong
from .replicas import of_replica

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_BACKUP = "Restore the store from a backup: medalgraph restore FILE NEW_FOLDER."
_RULES_SHOWN = 3


def look_over(
    place: Path, *, quick: bool = False, step: Callable[[str], Progress] = lambda _: silent
) -> Iterator[Finding]:
    """Yield what is found of each part of a store; one that cannot be opened ends the checkup.

    Args:
        place: the folder of the store.
        quick: leave out what reads every statement.
        step: begins a long step with its name and gives what its progress is told to.

    """
    try:
        store = Store.open(place)
        newest = store.version
    except StoreProblem as problem:
        yield wrong("store", str(problem), problem.hint)
        return
    with store:
        places, base = Places(place), store.names.base
        yield well("store", f"{place} is a store of layout {LAYOUT_VERSION} for {base}.")
        yield permissions(places)
        yield disk(places, newest)
        yield leftovers(places, newest)
        yield writer(places)
        yield from of_replica(places, newest)
        if quick:
            return
        history, led_to = _history(places, newest, step("Reading the history"))
        yield history
        if led_to is None:
            return
        state = _newest_state(store, places, led_to, step("Reading the newest state"))
        yield state
        if state.verdict is not Verdict.WRONG:
            yield _rules(store, step("Checking the rules"))


def _history(
    places: Places, newest: int, progress: Progress
) -> tuple[Finding, integrity.Fingerprint | None]:
    try:
        found = integrity.of_records(Records(places.commits), newest, progress=progress)
    except (StoreProblem, DiskProblem) as problem:
        return wrong("history", str(problem), problem.hint or _BACKUP), None
    said = f"The records of all commits, 1 to {newest:,}, are what was written."
    return well("history", said if newest else "There is no commit yet."), found


def _newest_state(
    store: Store, places: Places, led_to: integrity.Fingerprint, progress: Progress
) -> Finding:
    what = "newest state"
    try:
        with store.read() as state:
            newest = state.version
            found = integrity.of_state(state.quads(), progress=progress)
    except MedalgraphError as problem:
        return wrong(what, str(problem), problem.hint or _BACKUP)
    if str(found) != str(led_to):
        said = f"The newest snapshot, {newest}, is not what the commits lead to."
        return wrong(what, said, _BACKUP)
    if newest not in Snapshots(places.snapshots).kept():
        said = f"The snapshot of commit {newest} is not there; it was made again for this checkup."
        return worrying(what, said, "Make any change, and the next snapshot is kept.")
    return well(what, f"Its {found.count:,} statements are what the commits lead to.")


def _rules(store: Store, progress: Progress) -> Finding:
    report = store.check(progress=progress)
    if report.conforms:
        return well("rules", f"No rule is broken in {report.checked:,} checks.")
    broken = report.sentences("Violation")
    more = f" ... and {len(broken) - _RULES_SHOWN:,} more." if len(broken) > _RULES_SHOWN else ""
    said = f"Rules are broken, {len(broken):,} times: {' '.join(broken[:_RULES_SHOWN])}{more}"
    return wrong("rules", said, "See all of them with: medalgraph check")
