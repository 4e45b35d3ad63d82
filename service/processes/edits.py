"""What a writer is asked to do: the change as data, and the work itself."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING

from graph.errors import NotFound
from graph.formats import rdf_format
from graph.terms import NamedNode

if TYPE_CHECKING:
    from typing import BinaryIO

    from graph.engines.base import Commit
    from graph.store import Store
    from graph.transaction import Transaction
    from service.wire.problem import Json


class Act(StrEnum):
    """What there is to do; the value is the kind of the commit."""

    UPDATE = "update"
    LOAD = "load"
    REPLACE = "replace"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Edit:
    """One change to the newest version of the store.

    Attributes:
        text: the update, for UPDATE.
        graph: the IRI of the graph that is changed, for all others.
        format: the name of the RDF format of the content, for LOAD and REPLACE.
        if_exists: whether to DELETE a graph that is not there is fine.
        author: who makes the change.
        message: why.

    """

    act: Act
    text: str = ""
    graph: str = ""
    format: str = ""
    if_exists: bool = False
    author: str = ""
    message: str = ""

    def to_json(self) -> dict[str, Json]:
        """Return the edit as another process reads it."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict[str, Json]) -> Edit:
        """Return the edit that ``to_json`` told."""
        given = {name.name: told[name.name] for name in fields(cls)}
        return cls(**(given | {"act": Act(given["act"])}))  # type: ignore[arg-type] # as told


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a change that was kept.

    Attributes:
        version: the newest version afterwards.
        commit: the number of the commit; None when nothing changed.
        time: when it was published, UTC, ISO 8601; None when nothing changed.
        added: quads added.
        removed: quads removed.
        graphs: the IRIs of the graphs that changed.
        warnings: what the gate found and let pass, one sentence each.
        existed: whether the graph of the edit held anything before.
        exists: whether it holds anything now.

    """

    version: int
    commit: int | None
    time: str | None
    added: int
    removed: int
    graphs: tuple[str, ...]
    warnings: tuple[str, ...]
    existed: bool = False
    exists: bool = False

    def to_json(self) -> dict[str, Json]:
        """Return what was done as another process reads it."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict[str, Json]) -> Done:
        """Return what ``to_json`` told."""
        given = {name.name: told[name.name] for name in fields(cls)}
        lists = {name: tuple(given[name]) for name in ("graphs", "warnings")}  # type: ignore[arg-type] # lists of text
        return cls(**(given | lists))  # type: ignore[arg-type] # as told


def perform(edit: Edit, content: BinaryIO | None, store: Store) -> Done:
    """Make a change and return what became of it.

    Args:
        edit: what to do.
        content: the statements of LOAD and REPLACE, as a stream that is left open.
        store: where.

    Raises:
        MedalgraphError: and then nothing was changed.

    """
    graph = NamedNode(edit.graph) if edit.graph else None
    source = graph if edit.act in (Act.LOAD, Act.REPLACE) else None
    with store.transaction(
        source=source, author=edit.author, message=edit.message, kind=edit.act.value
    ) as change:
        existed = graph is not None and _holds(change, graph)
        if edit.act is Act.DELETE and not (existed or edit.if_exists):
            raise NotFound(
                f"There is no graph <{edit.graph}>.", hint="GET /graphs lists those there are."
            )
        _apply(edit, content or BytesIO(), change, graph)
        exists = graph is not None and _holds(change, graph)
    return _done(change, store.version, existed=existed, exists=exists)


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
    graph = NamedNode(edit.graph) if edit.graph else None
    with store.read(commit.parent) as before, store.read(commit.number) as now:
        existed, exists = (
            graph is not None and next(state.quads(graph=graph), None) is not None
            for state in (before, now)
        )
    return Done(
        version=commit.number,
        commit=commit.number,
        time=commit.time,
        added=commit.added,
        removed=commit.removed,
        graphs=tuple(sorted(name.value for name in store.change(commit.number).graphs())),
        warnings=(),
        existed=existed,
        exists=exists,
    )


def _is_of(edit: Edit, commit: Commit) -> bool:
    info = commit.info
    return (info.kind, info.author, info.message) == (edit.act.value, edit.author, edit.message)


def _apply(edit: Edit, content: BinaryIO, change: Transaction, graph: NamedNode | None) -> None:
    if edit.act is Act.UPDATE:
        change.update(edit.text)
    elif edit.act is Act.DELETE and graph is not None:
        change.replace_graph(graph, [])
    else:
        form = rdf_format(edit.format)
        change.load(content, format=form, replace=edit.act is Act.REPLACE)


def _holds(change: Transaction, graph: NamedNode) -> bool:
    return next(change.draft.quads(graph=graph), None) is not None


def _done(change: Transaction, version: int, *, existed: bool, exists: bool) -> Done:
    commit = change.commit
    return Done(
        version=commit.number if commit else version,
        commit=commit.number if commit else None,
        time=commit.time if commit else None,
        added=commit.added if commit else 0,
        removed=commit.removed if commit else 0,
        graphs=tuple(sorted(graph.value for graph in change.change.graphs())),
        warnings=tuple(change.report.sentences("Warning")),
        existed=existed,
        exists=exists,
    )
