"""What a writer is asked to do: a change as data, and what became of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from graph.engines.base import CommitInfo
from graph.terms import NamedNode

from .decisions import Decision
from .sheet_orders import SheetOrder

if TYPE_CHECKING:
    from graph.change import Change
    from graph.engines.base import Commit
    from service.wire.problem import Json


class Act(StrEnum):
    """What there is to do; the value is the kind of the commit."""

    UPDATE = "update"
    PATCH = "patch"
    LOAD = "load"
    REPLACE = "replace"
    DELETE = "delete"
    IDENTITY = "identity"
    DECIDE = "decide"
    SETTLE = "settle"
    UNDO = "undo"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Condition:
    """What must be so for an edit to be made, looked at when nobody else can write any more.

    Attributes:
        version: the version that the store must be at; None for any.
        since: the version since which the graph must not have changed; None for any.
        exists: whether the graph must hold something, or must hold nothing; None for either.

    """

    version: int | None = None
    since: int | None = None
    exists: bool | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Whom a change is from, for its commit record.

    Attributes:
        author: who makes it.
        message: why.
        client: the address it came from.
        request: the id of the request.
        token: the id of the token that allowed it.

    """

    author: str = ""
    message: str = ""
    client: str = ""
    request: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change to the newest version of the store.

    Attributes:
        text: the update, for UPDATE and PATCH.
        using: the IRIs of graphs that its WHERE reads as the default graph, or None.
        using_named: the IRIs of graphs that its WHERE may name, or None.
        graph: the IRI of the graph that is changed; for UPDATE the one that statements go
            to which name none, or an empty string.
        parts: for LOAD and REPLACE the documents that the content is made of: the name of
            the RDF format of each, and how many bytes it has.
        only: the IRI of the one graph that may be written to, or an empty string.
        if_exists: whether to DELETE a graph that is not there is fine.
        dry_run: whether to tell what would become of it, and to keep nothing.
        decision: what was decided, for IDENTITY, DECIDE, SETTLE and UNDO.
        sheet: what is imported, for IMPORT.

    """

    act: Act
    text: str = ""
    using: tuple[str, ...] | None = None
    using_named: tuple[str, ...] | None = None
    graph: str = ""
    parts: tuple[tuple[str, int], ...] = ()
    only: str = ""
    if_exists: bool = False
    dry_run: bool = False
    decision: Decision | None = None
    sheet: SheetOrder | None = None
    condition: Condition = Condition()
    origin: Origin = Origin()

    @property
    def name(self) -> NamedNode | None:
        """The graph that is changed, if there is one."""
        return NamedNode(self.graph) if self.graph else None

    @property
    def info(self) -> CommitInfo:
        """What is written down about the change."""
        source = None if self.act is Act.DELETE else self.name
        return CommitInfo(source=source, kind=self.act.value, **asdict(self.origin))

    def to_json(self) -> dict[str, Json]:
        """Return the edit as another process reads it."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict[str, Json]) -> Edit:
        """Return the edit that ``to_json`` told."""
        given: dict[str, Any] = {name.name: told[name.name] for name in fields(cls)}
        for name in ("using", "using_named"):
            given[name] = None if given[name] is None else tuple(given[name])
        if given["decision"] is not None:
            given["decision"] = Decision.from_json(given["decision"])
        if given["sheet"] is not None:
            given["sheet"] = SheetOrder.from_json(given["sheet"])
        given |= {
            "act": Act(given["act"]),
            "parts": tuple((form, size) for form, size in given["parts"]),
            "condition": Condition(**given["condition"]),
            "origin": Origin(**given["origin"]),
        }
        return cls(**given)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What the gate says of a change that was tried only.

    Attributes:
        conforms: whether it would be kept.
        sentences: what is wrong with it, gravest first.
        about: of each sentence the IRIs of the node, the property and the value that it is
            about, or empty texts.
        problems: how many sentences there are in all.
        patch: the first rows of what would change, as RDF Patch.
        rows: how many rows there are in all.

    """

    conforms: bool
    sentences: tuple[str, ...]
    about: tuple[tuple[str, str, str], ...]
    problems: int
    patch: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a change that was kept, or that was tried.

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
        rehearsal: what the gate says, if the change was tried only.
        gate_s: how many seconds the gate took.
        again: whether ``commit`` is an earlier one, by which the same was decided already.
        sheet: what is told of a sheet that was imported, or tried.

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
    rehearsal: Rehearsal | None = None
    gate_s: float = 0.0
    again: bool = False
    sheet: dict[str, Json] | None = None

    @classmethod
    def kept(cls, commit: Commit, change: Change) -> Done:
        """Return what became of a change that was kept, as its commit tells it."""
        return cls(
            version=commit.number,
            commit=commit.number,
            time=commit.time,
            added=commit.added,
            removed=commit.removed,
            graphs=graphs_of(change),
            warnings=commit.info.notes,
        )

    def to_json(self) -> dict[str, Json]:
        """Return what was done as another process reads it."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict[str, Json]) -> Done:
        """Return what ``to_json`` told."""
        given: dict[str, Any] = {name.name: told[name.name] for name in fields(cls)}
        given |= {name: tuple(given[name]) for name in ("graphs", "warnings")}
        if given["rehearsal"] is not None:
            tried = given["rehearsal"]
            lists = {name: tuple(tried[name]) for name in ("sentences", "patch")}
            about = tuple((node, prop, value) for node, prop, value in tried["about"])
            given["rehearsal"] = Rehearsal(**(tried | lists | {"about": about}))
        return cls(**given)


def graphs_of(change: Change) -> tuple[str, ...]:
    """Return the IRIs of the graphs that a change is in."""
    return tuple(sorted(graph.value for graph in change.graphs()))
