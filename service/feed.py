"""The commits of a store as the entries of a feed: who, when, why, how much, and what about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import is_restricted
from graph.terms import NamedNode
from graph.xml_text import xml_readable

from .addresses import document_of
from .wire.accept import HTML

if TYPE_CHECKING:
    from graph.engines.base import Commit, Reader
    from graph.traces import Trace

    from .context import Service

ENTRIES = 20
"""Commits on one page of the feed."""
HIDDEN = "A change of what only those with a token may see"


@dataclass(frozen=True, slots=True)
class Entry:
    """One commit as everybody may know it.

    Attributes:
        name: the IRI of the entry, for ever.
        time: UTC, ISO 8601.
        source: the page of the source that it was made for, if there is one.
        kind: the deed in one word.
        things: the pages of the first things that it touched and that are described today.

    """

    number: int
    name: str
    time: str
    title: str
    author: str
    summary: str
    source: str
    kind: str
    things: tuple[str, ...]


def entries(service: Service, newest: int, *, sees_all: bool) -> list[Entry]:
    """Return a page of the feed: a commit and those before it, the newest first.

    Of a commit that touched a restricted graph only number and time are told, whatever else
    it touched, since its message may tell what it did there.

    Args:
        service: whose store it is.
        newest: the first commit that is told.
        sees_all: whether restricted graphs may be told of.

    """
    numbers = range(newest, max(newest - ENTRIES, 0), -1)
    with service.store.read() as state:
        return state.gathered(
            lambda: [_entry(service, number, state, sees_all=sees_all) for number in numbers]
        )


def _entry(service: Service, number: int, state: Reader, *, sees_all: bool) -> Entry:
    commit, trace = service.store.commit(number), service.traces.of(number)
    base = service.store.names.base
    if trace.is_hidden and not sees_all:
        return _hidden(commit, base)
    return _told(commit, trace, state, base)


def _hidden(commit: Commit, base: str) -> Entry:
    name = f"{base}/commit/{commit.number}"
    return Entry(commit.number, name, commit.time, HIDDEN, "not told", HIDDEN, "", "", ())


def _told(commit: Commit, trace: Trace, state: Reader, base: str) -> Entry:
    info = commit.info
    title = info.message.strip().partition("\n")[0] or f"Commit {commit.number}: {info.kind}"
    numbers = f"{commit.added:,} statements added, {commit.removed:,} removed."
    return Entry(
        commit.number,
        f"{base}/commit/{commit.number}",
        commit.time,
        xml_readable(title),
        xml_readable(info.author) or "not named",
        xml_readable(f"{info.message.strip()}\n\n{numbers}".strip()),
        _page(info.source.value, state) if info.source else "",
        info.kind,
        tuple(filter(None, (_page(iri, state) for iri in trace.things))),
    )


def _page(iri: str, state: Reader) -> str:
    """Return the page of a thing that something public is said of; else an empty string."""
    said = (quad for quad in state.quads(NamedNode(iri)) if not is_restricted(quad.graph_name))
    return document_of(iri, HTML, is_external=True) if next(said, None) is not None else ""
