"""Making an edit: the work itself, in whatever process has the store for writing."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

from graph import patch
from graph.errors import NotFound, OutsideGraph
from graph.formats import rdf_format
from graph.operations import Using
from graph.store import again
from graph.terms import NamedNode
from service.tokens import OtherGraph
from service.wire.faults import PreconditionFailed

from . import deciding
from .edits import Act, Done, Rehearsal, graphs_of
from .importing import import_sheet

if TYPE_CHECKING:
    from typing import BinaryIO

    from graph.change import Change
    from graph.engines.base import Commit, Reader
    from graph.gate.report import Problem
    from graph.store import Store
    from graph.transaction import Transaction

    from .edits import Edit

_SENTENCES = 200
_ROWS = 1_000


def perform(edit: Edit, content: BinaryIO | None, store: Store) -> Done:
    """Make a change and return what became of it.

    Args:
        edit: what to do.
        content: the documents of LOAD and REPLACE one after another, left open.
        store: where.

    Raises:
        MedalgraphError: and then nothing was changed.

    """

    def attempt() -> Done:
        if content is not None:
            content.seek(0)
        return _attempted(edit, content, store)

    return attempt() if edit.condition.version is not None else again(attempt)


def _attempted(edit: Edit, content: BinaryIO | None, store: Store) -> Done:
    if edit.sheet is not None:
        return import_sheet(edit, content or BytesIO(), store)
    if edit.decision is not None and (before := deciding.made_before(edit.decision, store)):
        return before
    only = _confined_to(edit, store)
    change = store.transaction_of(
        edit.info, expected=edit.condition.version, only=NamedNode(only) if only else None
    )
    with change:
        existed = _holds(change.draft, edit.name)
        _require(edit, store, existed=existed)
        try:
            if edit.decision is not None:
                deciding.apply(edit.decision, edit.origin.author, change, store)
            else:
                _apply(edit, content or BytesIO(), change)
        except OutsideGraph as error:
            if not edit.only:
                raise
            raise OtherGraph(error.graph, only=error.only) from error
        exists = _holds(change.draft, edit.name)
        rehearsal = _rehearsed(change) if edit.dry_run else None
    commit = change.commit
    return Done(
        version=commit.number if commit else store.version,
        commit=commit.number if commit else None,
        time=commit.time if commit else None,
        added=commit.added if commit else len(change.change.added) + change.bulk_quads,
        removed=commit.removed if commit else len(change.change.removed),
        graphs=graphs_of(change.change),
        warnings=tuple(change.report.sentences("Warning")),
        existed=existed,
        exists=exists,
        rehearsal=rehearsal,
        gate_s=change.gate_s,
    )


def found_again(edit: Edit, store: Store, *, after: int) -> Done | None:
    """Return what became of a change that nobody told about; None if it was not kept.

    Args:
        edit: what was asked for.
        store: where.
        after: the newest version when it was asked for.

    """
    kept = (store.commit(number) for number in range(after + 1, store.version + 1))
    commit = next((commit for commit in kept if _is_of(edit, commit)), None)
    if commit is None:
        return None
    existed, exists = _held_around(commit, edit.name, store)
    done = Done.kept(commit, store.change(commit.number))
    return replace(done, existed=existed, exists=exists)


def _held_around(commit: Commit, graph: NamedNode | None, store: Store) -> tuple[bool, bool]:
    """Return whether a graph held anything before a commit, and after it.

    It is counted back from the newest state, for not every store keeps the others.
    """
    if graph is None:
        return False, False
    count = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
    with store.read() as state:
        version, [[found]] = state.version, state.query(count)  # type: ignore[misc] # one row
        size = int(found.value)
    for number in range(version, commit.number, -1):
        size -= _growth(store.change(number), graph)
    return size - _growth(store.change(commit.number), graph) > 0, size > 0


def _growth(change: Change, graph: NamedNode) -> int:
    """Return by how many statements a graph grows in a change."""
    added, removed = (
        sum(quad.graph_name == graph for quad in quads) for quads in (change.added, change.removed)
    )
    return added - removed


def _confined_to(edit: Edit, store: Store) -> str:
    """Return the IRI of the one graph that may be written to, or nothing for all."""
    if edit.act is Act.PATCH:
        return edit.graph
    if edit.only and edit.decision is not None:
        own = deciding.undoes_import_of(edit.decision, NamedNode(edit.only), store)
        return "" if own else edit.only
    return edit.only


def _is_of(edit: Edit, commit: Commit) -> bool:
    asked, kept = edit.info, commit.info
    return (asked.kind, asked.author, asked.message, asked.request) == (
        kept.kind,
        kept.author,
        kept.message,
        kept.request,
    )


def _require(edit: Edit, store: Store, *, existed: bool) -> None:
    """Raise an error unless the state is what the edit was made for."""
    graph, wanted = edit.name, edit.condition
    if wanted.exists is not None and wanted.exists != existed:
        said = "exists already" if existed else "does not exist"
        raise PreconditionFailed(f"The graph <{edit.graph}> {said}.")
    if wanted.since is not None:
        for number in range(wanted.since + 1, store.version + 1):
            if graph in store.change(number).graphs():
                raise PreconditionFailed(
                    f"The graph <{edit.graph}> was changed by commit {number}, after you read it"
                    f" at commit {wanted.since}."
                )
    if edit.act is Act.DELETE and not (existed or edit.if_exists):
        raise NotFound(
            f"There is no graph <{edit.graph}>.", hint="GET /graphs lists those there are."
        )


def _apply(edit: Edit, content: BinaryIO, change: Transaction) -> None:
    if edit.act is Act.UPDATE:
        stated = edit.using is not None
        using = Using(_nodes(edit.using), _nodes(edit.using_named), alone=True) if stated else None
        change.update(edit.text, using=using)
    elif edit.act is Act.PATCH:
        change.update(edit.text, using=Using(_nodes((edit.graph,))))
    elif edit.act is Act.DELETE:
        change.replace_graph(NamedNode(edit.graph), [])
    else:
        alone = len(edit.parts) == 1
        for form, size in edit.parts:
            document = content if alone else BytesIO(content.read(size))
            change.load(document, format=rdf_format(form), replace=edit.act is Act.REPLACE)


def _nodes(iris: tuple[str, ...] | None) -> tuple[NamedNode, ...] | None:
    return None if iris is None else tuple(NamedNode(iri) for iri in iris)


def _holds(state: Reader, graph: NamedNode | None) -> bool:
    return graph is not None and graph in state.graphs()


def _rehearsed(change: Transaction) -> Rehearsal:
    report = change.rehearse()
    sentences = tuple(report.sentences()[:_SENTENCES])
    about = tuple(map(_about, report.problems[:_SENTENCES]))
    shown = tuple(row.decode() for row in islice(patch.rows(change.change), _ROWS))
    rows = change.change.size + change.bulk_quads
    return Rehearsal(report.conforms, sentences, about, len(report.problems), shown, rows)


def _about(problem: Problem) -> tuple[str, str, str]:
    value = problem.value.value if isinstance(problem.value, NamedNode) else ""
    return problem.focus.value, problem.path or "", value
