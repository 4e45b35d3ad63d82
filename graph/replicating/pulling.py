"""Pulling: a replica looks at what its primary offers, and comes to it or says why not.

A replica is of the primary whose history its own is a beginning of. That is told by the times of
commits, which nothing changes. Records that differ all the same were rewritten by an erasure: then
everything is made anew beside the replica and takes its place at once, and the old is destroyed.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from graph.engines.disk import (
    LAYOUT_VERSION,
    PRIVATE_FOLDER,
    Places,
    disk_problems,
    exchange,
    read_current,
    read_format,
    remove,
    sync_folder,
    write_durably,
    write_format,
)
from graph.engines.lock import WriterLock
from graph.engines.records import Records
from graph.engines.replicated import Primary, primary_of, write_primary
from graph.engines.snapshot_files import Snapshots
from graph.errors import MedalgraphError, MovedOn, OtherHistory, StoreExists, StoreTooNew
from graph.progress import Progress, silent

from .filling import Filling, tidy
from .ledger import Ledger, Sums
from .offering import TOKENS
from .standing import Look, note_problem, now, read_look, write_look

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from .manifest import Manifest
    from .sources import Source

_ATTEMPTS = 20
"""How often in a row the primary may move on while a version is pulled."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull brought.

    Attributes:
        before: the newest commit that the replica had; None if it was made.
        newest: the newest commit that it has.
        pulled_bytes: how many bytes of files came for that.
        erased: whether the primary erased something, so that all was made anew.

    """

    before: int | None
    newest: int
    pulled_bytes: int = 0
    erased: bool = False


class Puller(AbstractContextManager["Puller"]):
    """Keeps a folder a replica of a primary; nobody else may meanwhile.

    Args:
        source: the primary.
        place: the folder; it is made by the first pull.

    Raises:
        StoreExists: if there is a store that is no replica, or anything else.
        StoreLocked: naming who pulls into it already.

    """

    def __init__(self, source: Source, place: Path) -> None:
        self._source = source
        root = place.resolve()
        self._places = Places(root)
        self._fresh = Places(root.with_name(f".{root.name}.replica"))
        self._lock: WriterLock | None = None
        self._mark = ""
        self._forget()
        if self._is_made():
            self._lock = _locked(self._places)

    def pull(self, *, progress: Progress = silent) -> Pulled:
        """Bring the replica to what the primary offers now; what fails leaves it as it was.

        Args:
            progress: told the bytes pulled, of how many.

        Raises:
            OtherHistory: if the primary is not the one that this is a replica of, or went back.
            StoreTooNew: if a newer medalgraph wrote it.
            PrimaryProblem: if it cannot be reached, or what it gives is not what it says.
            StoreProblem: if the disk does not let us, here or there.

        """
        for _ in range(_ATTEMPTS):
            with suppress(MovedOn):
                return self._watched(progress)
        return self._watched(progress)

    def close(self) -> None:
        """Let others pull."""
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.release()
        self._source.close()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let others pull."""
        self.close()

    def _watched(self, progress: Progress) -> Pulled:
        """Pull, and write down what went wrong for whoever serves the replica."""
        try:
            return self._pull(progress)
        except MedalgraphError as error:
            self._mark = ""
            with suppress(OSError):
                if self._lock is not None:
                    note_problem(self._places, str(error))
            raise

    def _pull(self, progress: Progress) -> Pulled:
        if self._lock is None:
            return self._made(progress)
        began, before = now(), read_current(self._places)
        manifest = self._source.manifest(before, known=self._mark)
        if manifest is None:
            self._note(Look(began, before, began))
            return Pulled(before, before)
        with disk_problems(self._places.root):
            self._ledger.read_to(before)
        self._judge(manifest, before)
        if manifest.content != self._ledger.content(before):
            return self._made_anew(manifest, before, began, progress)
        self._note(Look(began, manifest.newest, read_look(self._places).level))
        is_new = manifest.newest > before
        pulled = self._followed(manifest, progress) if is_new else self._tidied(before)
        self._finish(self._places, manifest)
        remove(self._fresh.root)
        self._mark = manifest.mark
        self._note(Look(began, manifest.newest, began))
        return Pulled(before, manifest.newest, pulled)

    def _followed(self, manifest: Manifest, progress: Progress) -> int:
        held = self._held(self._places)
        filling = Filling(self._source, self._places, manifest, held, progress)
        filling.fill()
        return filling.pulled_bytes

    def _tidied(self, version: int) -> int:
        """Remove what a pull left that was killed at its very end; return that nothing came."""
        with disk_problems(self._places.root):
            tidy(self._places, version)
        return 0

    def _made(self, progress: Progress) -> Pulled:
        """Make the replica; it appears in its place when it is whole."""
        self._make_room()
        lock = self._locked_fresh()
        try:
            if self._is_made():  # by somebody else, until just now
                self._lock = _locked(self._places)
                remove(self._fresh.root)
                lock.release()
                return self._pull(progress)
            began, manifest = now(), self._whole()
            self._refuse_layout(manifest)
            pulled = self._fill_fresh(manifest, progress)
            write_look(self._fresh, Look(began, manifest.newest, began))
            with disk_problems(self._places.root):
                self._fresh.root.rename(self._places.root)
                sync_folder(self._places.root.parent)
        except BaseException:
            lock.release()
            raise
        self._lock, self._mark = lock, manifest.mark
        return Pulled(None, manifest.newest, pulled)

    def _made_anew(self, manifest: Manifest, before: int, began: str, progress: Progress) -> Pulled:
        """Make the replica without what was erased, and destroy the old one."""
        lock = self._locked_fresh()
        try:
            whole = self._whole(manifest.mark)
            pulled = self._fill_fresh(whole, progress)
            write_look(self._fresh, Look(began, whole.newest, began))
            with disk_problems(self._places.root):
                exchange(self._places.root, self._fresh.root)
                remove(self._fresh.root)
        except BaseException:
            lock.release()
            raise
        old, self._lock, self._mark = self._lock, lock, whole.mark
        if old is not None:
            old.release()
        self._forget()
        return Pulled(before, whole.newest, pulled, erased=True)

    def _fill_fresh(self, manifest: Manifest, progress: Progress) -> int:
        held = self._held(self._fresh)
        if self._is_made():
            # Files that the erasure left as they were need not be pulled again.
            held = self._held(self._places) | held
        filling = Filling(self._source, self._fresh, manifest, held, progress)
        filling.fill()
        with disk_problems(self._places.root):
            snapshots = Snapshots(self._fresh.snapshots)
            for version in snapshots.kept()[:-1]:
                remove(snapshots.path(version))
            write_format(self._fresh, manifest.base, erasures=manifest.erasures)
            self._finish(self._fresh, manifest)
        return filling.pulled_bytes

    def _held(self, places: Places) -> dict[str, Path]:
        """Return the files of snapshots and records that a folder has, by their sums."""
        snapshots = Snapshots(places.snapshots)
        with disk_problems(places.root):
            folders = [places.commits, *map(snapshots.path, snapshots.kept())]
            return {
                part.sha256: folder / name
                for folder in folders
                for name, part in self._sums.of_folder(folder).items()
            }

    def _whole(self, mark: str = "") -> Manifest:
        """Return what the primary offers, with every commit listed.

        Raises:
            MovedOn: if that is not what it offered under a mark, where one is given.

        """
        manifest = self._source.manifest(0)
        if manifest is None or manifest.mark != (mark or manifest.mark):
            raise MovedOn("The primary was changed meanwhile.", primary=self._source.name)
        return manifest

    def _judge(self, manifest: Manifest, before: int) -> None:
        """Raise OtherHistory unless this is a replica of who offers the manifest."""
        self._refuse_layout(manifest)
        base = read_format(self._places)
        if manifest.base != base:
            raise self._other(f"is a store for {manifest.base}, and this replica for {base}")
        if manifest.lineage != self._ledger.lineage(manifest.since):
            raise self._other(self._parting(before))
        if manifest.newest < before:
            raise self._other(
                f"is at commit {manifest.newest}, and this replica at {before} already:"
                " it was restored from an older backup"
            )

    def _parting(self, before: int) -> str:
        """Return in words where the histories of primary and replica part."""
        theirs = [record.time for record in self._whole().records]
        ours = [record.time for record in self._ledger.since(0, before)]
        pairs = zip(ours, theirs, strict=False)
        common = len(list(takewhile(lambda both: both[0] == both[1], pairs)))
        if not common:
            return "is another store than the one that this is a replica of"
        return (
            f"has another history from commit {common + 1} on: it was restored from a backup"
            " and changed since"
        )

    def _other(self, why: str) -> OtherHistory:
        return OtherHistory(
            f"{self._source.name} {why}. The replica {self._places.root} is as it was.",
            hint="Check the address. If it is the right one, move the replica away and"
            " replicate again: everything is pulled anew.",
        )

    def _refuse_layout(self, manifest: Manifest) -> None:
        if manifest.layout == LAYOUT_VERSION:
            return
        where = "here" if manifest.layout > LAYOUT_VERSION else "there"
        raise StoreTooNew(
            f"{self._source.name} has files of layout {manifest.layout}, and this medalgraph"
            f" writes {LAYOUT_VERSION}. Nothing was changed.",
            path=self._places.root,
            hint=f"Update medalgraph {where}, so that both are the same.",
        )

    def _finish(self, places: Places, manifest: Manifest) -> None:
        """Write down what goes with a version: of what this is a replica, and the tokens."""
        with disk_problems(self._places.root):
            primary = Primary(self._source.name, manifest.address or self._source.address)
            if not places.replica.exists() or primary_of(places) != primary:
                write_primary(places, primary)
            tokens = places.root / TOKENS
            if not manifest.tokens:
                remove(tokens)
            elif not tokens.exists() or tokens.read_text(encoding="utf-8") != manifest.tokens:
                write_durably(tokens, manifest.tokens)

    def _note(self, look: Look) -> None:
        """Write down how the replica stands; a full disk does not keep it from being read."""
        with suppress(OSError):
            write_look(self._places, look)

    def _is_made(self) -> bool:
        """Tell whether the replica is there.

        Raises:
            StoreExists: if something else is.

        """
        root = self._places.root
        if root.is_mount():
            raise StoreExists(
                f"{root} is where a disk is mounted, and nothing else can take its place.",
                path=root,
                hint=f"Name a folder on that disk, such as {root / 'store'}.",
            )
        if primary_of(self._places) is not None:
            return True
        if not root.exists():
            return False
        if self._places.format.exists():
            raise StoreExists(
                f"The store {root} is no replica: it has a history of its own.",
                path=root,
                hint="Choose another folder for the replica.",
            )
        if not root.is_dir() or any(root.iterdir()):
            raise StoreExists(
                f"{root} is there already and is no replica; it was left alone.",
                path=root,
                hint="Choose a folder that is empty or does not exist yet.",
            )
        return False

    def _make_room(self) -> None:
        with disk_problems(self._places.root):
            self._places.root.parent.mkdir(parents=True, exist_ok=True)

    def _locked_fresh(self) -> WriterLock:
        """Make the folder beside the replica in which it is made, and lock it.

        Of what was left there only files are used again that are what their sums say.
        """
        fresh = self._fresh
        with disk_problems(self._places.root):
            fresh.root.mkdir(PRIVATE_FOLDER, exist_ok=True)
            lock = _locked(fresh)
            for path in list(fresh.root.iterdir()):
                if path not in (*fresh.folders(), fresh.lock, fresh.replication):
                    remove(path)
            for folder in fresh.folders():
                folder.mkdir(PRIVATE_FOLDER, exist_ok=True)
        return lock

    def _forget(self) -> None:
        self._ledger, self._sums = Ledger(Records(self._places.commits)), Sums()


def _locked(places: Places) -> WriterLock:
    return WriterLock(places.lock, store=places.root)
