"""The files of the index: built, brought up to a state, and made anew when in doubt.

An index lies in the folder ``search`` of the store. It says of itself which snapshot it is of,
in a document that is replaced in the same commit of the index as the things that changed; so
it is never of two states, whenever a process ends. A fresh one is built beside it and takes its
place at the end. One that was written by another revision of this code is not used.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import tantivy

from graph.engines.disk import PRIVATE_FOLDER, disk_problems, make_private, remove
from graph.engines.lock import WriterLock
from graph.engines.snapshots import SnapshotEngine
from graph.errors import NotFound, StoreDamaged, StoreLocked
from graph.progress import Progress, silent
from graph.terms import NamedNode

from .documents import IRI, KEPT, REVISION, STATE, document, schema
from .entities import Entities
from .index import SearchIndex
from .touched import hides, touched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType

    from graph.change import Change
    from graph.engines.base import Reader
    from graph.store import Store
    from graph.terms import Term

    from .entities import Entity

_HEAP_BYTES = 48 << 20
"""Memory in which documents wait to be written; what is read from the store adds little."""

_REPORTED = 1_000
_MOST_QUADS = 50_000
"""A larger change is worth a fresh index."""

_MOST_TOUCHED = 20_000
"""So many things are written anew one by one; for more a fresh index is built."""

_ROUND_S, _ATTEMPTS = 0.02, 4
_VERSION = f"v{REVISION}"
_FRESH = "building-"
"""How the name of the folder of an unfinished index begins."""


class SearchFiles(AbstractContextManager["SearchFiles"]):
    """Gives the index of the newest state of a store, and keeps its files.

    Several processes may have the same index open; one at a time writes it. Of a store that
    may only be read, and of one without files, the index lies in a temporary folder: a copy of
    that of the store, if it has one.

    Args:
        store: stays open as long as this is used.
        folder: where the files of a store without a folder may lie; None is a temporary place.
        wait_s: how many seconds to wait for another process that writes the index.

    """

    def __init__(self, store: Store, *, folder: Path | None = None, wait_s: float = 60.0) -> None:
        self._outside = folder
        self._engine, self._names, self._wait_s = store.engine, store.names, wait_s
        self._own_engine: SnapshotEngine | None = None
        self._mark = self._mark_of_store()
        self._temporary: Path | None = None
        self._folder = self._place()
        self._schema = schema()
        self._open: tuple[tuple[int, int], tantivy.Index] | None = None
        self._last: SearchIndex | None = None

    def newest(self, *, progress: Progress = silent) -> SearchIndex:
        """Return the index of the newest state; it is brought up to it first.

        Args:
            progress: told how many things are indexed while a fresh index is built.

        Raises:
            StoreLocked: if another process has not done writing it in time.
            DiskProblem: if the disk does not let us.
            StoreDamaged: if what was written cannot be read.

        """
        for _ in range(_ATTEMPTS):
            found = self.current()
            if found is not None:
                return found
            self._write(lambda: self._bring_up(progress))
        raise StoreDamaged(
            f"The search index in {self._folder} cannot be read although it was just built.",
            path=self._folder,
            hint="Check the disk, and remove that folder.",
        )

    def current(self) -> SearchIndex | None:
        """Return the index of the newest state if that takes no time; None if it must be built.

        Raises:
            StoreLocked: if another process has not done writing it in time.
            DiskProblem: if the disk does not let us.

        """
        self._look_at_store()
        newest = self._engine.newest()
        if self._last is not None and self._last.version == newest and self._opened() is not None:
            return self._last
        found = self._found()
        if found is not None and found.version < newest:
            self._write(self._followed)
            found = self._found()
        self._last = found if found is not None and found.version >= newest else None
        return self._last

    def rebuild(self, *, progress: Progress = silent) -> SearchIndex:
        """Build a fresh index of the newest state, whatever there is; see ``newest``."""
        self._look_at_store()
        self._write(lambda: self._build(progress))
        return self.newest(progress=progress)

    def size_bytes(self) -> int:
        """Return how much the files of the index take."""
        files = [path for path in self._index.rglob("*") if path.is_file()]
        return sum(path.stat().st_size for path in files)

    def close(self) -> None:
        """Let the files go; temporary ones are removed."""
        self._open = self._last = None
        if self._temporary is not None:
            remove(self._temporary)
        if self._own_engine is not None:
            self._own_engine.close()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let the files go."""
        self.close()

    @property
    def _index(self) -> Path:
        return self._folder / _VERSION

    def _look_at_store(self) -> None:
        """Open the store again if another was put in its place, as erasing a person does.

        Who has the old one open could read what was erased, and would write it down anew.
        """
        mark = self._mark_of_store()
        if mark == self._mark or not isinstance(self._engine, SnapshotEngine):
            return
        engine = SnapshotEngine.open(self._engine.place)
        if self._own_engine is not None:
            self._own_engine.close()
        self._engine = self._own_engine = engine
        self._mark, self._open, self._last = mark, None, None
        if self._temporary is not None:
            remove(self._index)

    def _mark_of_store(self) -> tuple[int, int] | None:
        """Return what tells the folder of the store from another in its place."""
        if not isinstance(self._engine, SnapshotEngine):
            return None
        about = self._engine.place.stat()
        return about.st_dev, about.st_ino

    def _place(self) -> Path:
        place = self._engine.place if isinstance(self._engine, SnapshotEngine) else self._outside
        own = place / "search" if place else None
        if own and os.access(own.parent, os.W_OK):
            return own
        self._temporary = Path(tempfile.mkdtemp(prefix="medalgraph-search-"))
        if own:
            # What was not copied whole is found out as any damage is.
            with suppress(OSError):
                shutil.copytree(own / _VERSION, self._temporary / _VERSION)
        return self._temporary

    def _write(self, work: Callable[[], object]) -> None:
        """Do work on the files while nobody else does any."""
        with disk_problems(self._folder):
            self._folder.mkdir(PRIVATE_FOLDER, exist_ok=True)
            with self._lock():
                try:
                    work()
                except ValueError as error:
                    # The index tells of a sick disk in words only.
                    raise RuntimeError(str(error)) from error

    def _lock(self) -> WriterLock:
        until = time.monotonic() + self._wait_s
        while True:
            try:
                return WriterLock(self._folder / "lock", store=self._folder)
            except StoreLocked:
                if time.monotonic() > until:
                    raise
                time.sleep(_ROUND_S)

    def _found(self) -> SearchIndex | None:
        """Return the index that lies there, if it is of a state of this store."""
        index = self._opened()
        if index is None:
            return None
        try:
            index.reload()
            searcher = index.searcher()
            state = _state_of(searcher, self._schema)
        except (OSError, ValueError, KeyError):
            return None
        if state is None or state != self._told(int(state["version"])):
            return None
        return SearchIndex(searcher, self._schema, int(state["version"]))

    def _opened(self) -> tantivy.Index | None:
        """Return the index in its folder, opened once as long as it is the same folder."""
        try:
            about = self._index.stat()
        except FileNotFoundError:
            self._open = None
            return None
        mark = (about.st_dev, about.st_ino)
        if self._open is None or self._open[0] != mark:
            try:
                self._open = (mark, tantivy.Index.open(str(self._index)))
            except (OSError, ValueError):
                self._open = None
                return None
        return self._open[1]

    def _told(self, version: int) -> dict[str, str | int] | None:
        """Return what an index says of the state that it is of; None if there is no such one."""
        if version == 0:
            return {"version": 0, "checksum": "", "base": self._engine.base}
        try:
            checksum = self._engine.commit(version).checksum
        except NotFound:
            return None
        return {"version": version, "checksum": checksum, "base": self._engine.base}

    def _bring_up(self, progress: Progress) -> None:
        if not self._followed():
            self._build(progress)

    def _followed(self) -> bool:
        """Write anew what commits have touched; return whether they were few enough for that."""
        found, index = self._found(), self._opened()
        if found is None or index is None:
            return False
        with self._engine.read() as state:
            if found.version >= state.version:
                return True
            nodes = self._touched(found.version, state)
            if nodes is None:
                return False
            try:
                self._renew(index, nodes, state)
            except (OSError, ValueError):  # damaged; a sick disk will not take a fresh one either
                return False
        return True

    def _touched(self, version: int, state: Reader) -> set[Term] | None:
        """Return what commits since a version have touched; None if a fresh index is better.

        It is if that is too much, and if a name was hidden: what is taken out of an index stays
        in its files for a while.
        """
        since = range(version + 1, state.version + 1)
        commits = map(self._engine.commit, since)
        if sum(commit.added + commit.removed for commit in commits) > _MOST_QUADS:
            return None
        changes = list(map(self._engine.change, since))
        return state.gathered(lambda: self._nodes(changes, state))

    def _nodes(self, changes: list[Change], state: Reader) -> set[Term] | None:
        entities = Entities(state, self._names)
        nodes: set[Term] = set()
        for change in changes:
            if hides(change, state):
                return None
            for node in touched(change, entities):
                nodes.add(node)
                if len(nodes) > _MOST_TOUCHED:
                    return None
        return nodes

    def _renew(self, index: tantivy.Index, nodes: set[Term], state: Reader) -> None:
        found = state.gathered(lambda: _entities(nodes, Entities(state, self._names)))
        writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        for node, entity in found:
            if isinstance(node, NamedNode):
                writer.delete_documents_by_term(IRI, node.value)
            if entity is not None:
                writer.add_document(document(entity))
        self._finish(writer, state.version)
        make_private(self._index)

    def _build(self, progress: Progress) -> None:
        for old in self._folder.glob("*"):
            if old.is_dir() and old != self._index:
                remove(old)
        fresh = Path(tempfile.mkdtemp(prefix=_FRESH, dir=self._folder))
        try:
            with self._engine.read() as found, found.whole() as state:
                self._fill(fresh, state, progress)
            make_private(fresh)
            gone = self._folder / f"{_FRESH}old"
            if self._index.exists():
                self._index.rename(gone)
            fresh.rename(self._index)
            remove(gone)
        finally:
            remove(fresh)

    def _fill(self, fresh: Path, state: Reader, progress: Progress) -> None:
        index = tantivy.Index(self._schema, path=str(fresh), reuse=False)
        writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        done = 0
        for done, entity in enumerate(Entities(state, self._names).all(), 1):
            writer.add_document(document(entity))
            if done % _REPORTED == 0:
                progress(done, None)
        self._finish(writer, state.version)
        progress(done, done)

    def _finish(self, writer: tantivy.IndexWriter, version: int) -> None:
        """Write down the state with everything else, at once."""
        writer.delete_documents_by_term(STATE, STATE)
        told = tantivy.Document()
        told.add_text(STATE, STATE)
        told.add_bytes(KEPT, json.dumps(self._told(version)).encode())
        writer.add_document(told)
        writer.commit()
        writer.wait_merging_threads()


def _entities(nodes: Iterable[Term], entities: Entities) -> list[tuple[Term, Entity | None]]:
    return [(node, entities.of(node)) for node in nodes]


def _state_of(searcher: tantivy.Searcher, fields: tantivy.Schema) -> dict[str, str | int] | None:
    query = tantivy.Query.term_query(fields, STATE, STATE, index_option="basic")
    found = searcher.search(query, 1).hits
    if not found:
        return None
    state: dict[str, str | int] = json.loads(bytes(searcher.doc(found[0][1]).get_first(KEPT)))  # type: ignore[arg-type] # bytes
    return state
