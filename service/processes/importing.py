"""Importing a sheet, or trying it: the same work in whatever process has the store for writing."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from graph.errors import Overtaken
from graph.importers.putting import check_place, put
from graph.importers.rehearsal import rehearsal
from graph.importers.reject_list import RejectList
from graph.importers.sheets import SHEETS, Lines, Mapping, convert_sheet, kind_of, sheet_source
from graph.importers.sheets.wording import refusals_worded, worded
from graph.progress import silent
from graph.terms import NamedNode
from service.spoken import Spoken
from service.tokens import OtherGraph

from .edits import Done

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from graph.engines.base import Reader
    from graph.gate.report import Problem, Report
    from graph.importers.rehearsal import Rehearsal
    from graph.store import Store
    from graph.terms import Quad
    from graph.transaction import Transaction
    from service.wire.problem import Json

    from .edits import Edit
    from .sheet_orders import SheetOrder

ROWS_TOLD = 1_000
"""So many rows that cannot be used are told; their number is told in any case."""
SENTENCES = 20
"""So many statements that would be added, and removed, are told in words."""
PROBLEMS = 200
"""So many sentences of the checks are told."""
DOUBTS = 50
"""So many people are named who may be somebody else."""


def import_sheet(edit: Edit, content: BinaryIO, store: Store) -> Done:
    """Import a sheet, or say what would become of it, and return what became of it.

    Raises:
        OtherGraph: if the token is for another source.
        Overtaken: if it would no longer do what a rehearsal told.
        MedalgraphError: and then nothing was changed.

    """
    order, graph = edit.sheet, edit.name
    if order is None or graph is None:
        raise ValueError("An import names its sheet and its source.")
    # What describes the source lies in a graph of all sources, so ``only`` is not for the writing.
    if edit.only not in ("", graph.value):
        raise OtherGraph(graph.value, only=edit.only)
    work = _Work(order, graph, store, RejectList(limit=ROWS_TOLD), Lines())
    with refusals_worded(work.lines), store.transaction_of(edit.info, is_rehearsed=True) as change:
        mark = work.put(change, content.read())
        tried = work.tried(change, mark) if edit.dry_run else None
        if order.mark and order.mark != mark:
            raise Overtaken(
                "The store has changed since the rehearsal, and the import would do something else"
                " now.",
                hint="Nothing was changed. Look at what it would do now.",
            )
    if tried is not None or change.commit is None:
        return Done(store.version, None, None, 0, 0, (), (), sheet=tried)
    return Done.kept(change.commit, change.change)


@dataclass(frozen=True, slots=True)
class _Work:
    """One import in the making."""

    order: SheetOrder
    graph: NamedNode
    store: Store
    rejects: RejectList
    lines: Lines

    def put(self, change: Transaction, content: bytes) -> str:
        """Make the source say what the sheet says, and return the mark of that."""
        order, names, sheet = self.order, self.store.names, SHEETS[self.order.sheet]
        check_place(
            change.draft,
            graph=self.graph,
            names=names,
            kind=kind_of(sheet),
            replace=order.replace,
        )
        source = sheet_source(
            change.draft,
            names,
            graph=self.graph,
            sheet=sheet,
            file=order.file,
            title=order.title or None,
            publisher=order.publisher or None,
            issued=order.issued or None,
        )
        with TemporaryDirectory() as place:
            path = Path(place) / order.file
            path.write_bytes(content)
            # Read whole before anything is written: names are looked up in what is written to.
            said = list(
                convert_sheet(
                    sheet,
                    path,
                    reader=change.draft,
                    source=source,
                    mapping=Mapping(),
                    names=names,
                    rejects=self.rejects,
                    progress=silent,
                    encoding="utf-8",
                    lines=self.lines,
                )
            )
        mark = _mark(said, change.draft.quads(graph=self.graph), self.rejects.count)
        put(change, said, graph=self.graph, names=names)
        return mark

    def tried(self, change: Transaction, mark: str) -> dict[str, Json]:
        """Return what a rehearsal found, in words."""
        draft, graph = change.draft, self.graph
        checked = change.rehearse()
        report = worded(checked.of_source(graph, draft), self.lines)
        with self.store.read() as before:
            single = self.store.gate.single_valued()
            found = rehearsal(before, draft, graph, single, examples=DOUBTS)
            told = self._changed(before, draft)
        return {
            "mark": mark,
            "rows": self.rejects.rows,
            "rejected": self.rejects.count,
            "rejects": [asdict(row) for row in self.rejects.kept],
            "notes": list(self.rejects.notes),
            **_found(found),
            "doubtful": {
                "count": found.doubtful.count,
                "people": [
                    {"text": text, "lines": list(self.lines.behind(node))}
                    for text, node in zip(
                        found.doubtful.examples, found.doubtful.nodes, strict=True
                    )
                ],
            },
            **told,
            "changes": change.has_changed,
            **self._checked(report),
            "others": len(checked.problems) - len(report.problems),
        }

    def _changed(self, before: Reader, draft: Reader) -> dict[str, Json]:
        """Return what would be added and removed, some of it in words."""
        new = (quad for quad in draft.quads(graph=self.graph) if not before.contains(quad))
        gone = (quad for quad in before.quads(graph=self.graph) if not draft.contains(quad))
        return {
            name: list(_spoken(quads, Spoken(state, self.store.names, self.order.languages)))
            for name, quads, state in (("added", new, draft), ("removed", gone, before))
        }

    def _checked(self, report: Report) -> dict[str, Json]:
        told: dict[str, Json] = {"conforms": report.conforms}
        for name, found in (("problems", report.violations), ("warnings", report.warnings)):
            told[name] = [self._problem(each, report) for each in found[:PROBLEMS]]
            told[f"{name}_found"] = len(found)
        return told

    def _problem(self, problem: Problem, report: Report) -> dict[str, Json]:
        value = problem.value.value if isinstance(problem.value, NamedNode) else ""
        lines = self.lines.behind(problem.focus.value, problem.path or "", value)
        column = problem.name if problem.name in self.lines.headers.values() else ""
        return {"text": problem.sentence(report.labels), "lines": list(lines), "column": column}


def _spoken(quads: Iterable[Quad], spoken: Spoken) -> Iterable[str]:
    return dict.fromkeys(spoken.sentence(quad) for quad in islice(quads, SENTENCES))


def _found(found: Rehearsal) -> dict[str, Json]:
    return found.to_json()  # type: ignore[return-value] # it is JSON


def _mark(said: Iterable[Quad], before: Iterable[Quad], rejected: int) -> str:
    """Return a mark of what an import does: what it says, and in whose place."""
    total = hashlib.sha256(str(rejected).encode())
    for quads in (said, before):
        for line in sorted(map(str, quads)):
            total.update(f"{line}\n".encode())
        total.update(b"\n")
    return total.hexdigest()[:32]
