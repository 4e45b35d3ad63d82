"""The seam between the routes and the search index: questions in, hits of one snapshot out."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from graph.search import Hit, SearchFiles, filtered
from service.nearby import near_in_index

from .answering import ANYBODY

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from graph.names import Names
    from graph.search import Question, SearchIndex
    from graph.store import Store
    from service.wire.problem import Json

    from .answering import Asker


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, all in one snapshot.

    Attributes:
        version: the number of the snapshot.
        hits: of each question its hits, the best first.
        labels: what the nations, Games and sports of the hits and filters are called, by their
            IRIs.
        filters: of each question the IRIs that its filters were taken for.

    """

    version: int
    hits: tuple[tuple[Hit, ...], ...]
    labels: dict[str, str]
    filters: tuple[tuple[str, ...], ...] = ()

    def to_json(self) -> dict[str, Json]:
        """Return what was found as another process reads it."""
        hits = [[hit.to_json() for hit in hits] for hits in self.hits]
        return {
            "version": self.version,
            "hits": hits,
            "labels": dict(self.labels),
            "filters": self.filters,
        }

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Found:
        """Return what ``to_json`` told."""
        hits = tuple(tuple(map(Hit.from_json, hits)) for hits in told["hits"])
        return cls(told["version"], hits, told["labels"], tuple(map(tuple, told["filters"])))


class Searching(Protocol):
    """Whoever finds things by their names."""

    @property
    def version(self) -> int | None:
        """The snapshot that can be searched just now; None while there is none."""

    def find(self, questions: Sequence[Question], *, asker: Asker = ANYBODY) -> Found:
        """Return what is found in the newest snapshot.

        Args:
            questions: what is looked for; the languages of the first are those of the labels.
            asker: who wants to know.

        Raises:
            BadInput: if a kind is no class that there is.
            UnclearFilter: if a filter is no nation, Games or sport, or may be several.
            NotYet: if the index is being built.

        """

    def near(self, iri: str, *, asker: Asker = ANYBODY) -> list[str]:
        """Return the addresses near to one of which nothing is known in the newest snapshot.

        Raises:
            NotYet: if the index is being built.

        """

    def close(self) -> None:
        """End what was begun."""


def search(index: SearchIndex, names: Names, questions: Sequence[Question]) -> Found:
    """Return what an index has for questions, whose filters may be names."""
    asked = [filtered(index, names, question) for question in questions]
    found = tuple(tuple(index.answer(question)) for question in asked)
    every = [hit for hits in found for hit in hits]
    filters = tuple(tuple(filter(None, (q.nation, q.games, q.sport))) for q in asked)
    iris = {iri for hit in every for iri in (*hit.nations, *hit.games, *hit.sports)}
    iris.update(*filters)
    languages = asked[0].languages if asked else ()
    labels = index.labels(sorted(iris), languages)
    return Found(index.version, found, labels, filters)


class DirectSearching:
    """Searches where it is asked, and builds the index when it is first asked.

    Args:
        store: what is searched.
        folder: what the service itself keeps; the index of a remote store lies there.

    """

    def __init__(self, store: Store, folder: Path) -> None:
        self._files, self._names = SearchFiles(store, folder=folder), store.names
        self._turn = threading.Lock()
        self._version: int | None = None

    @property
    def version(self) -> int | None:
        """The snapshot that was searched last."""
        return self._version

    def find(
        self,
        questions: Sequence[Question],
        *,
        asker: Asker = ANYBODY,  # noqa: ARG002 - who asks does not matter
    ) -> Found:
        """Return what is found; see ``Searching.find``."""
        with self._turn:
            found = search(self._files.newest(), self._names, questions)
        self._version = found.version
        return found

    def near(
        self,
        iri: str,
        *,
        asker: Asker = ANYBODY,  # noqa: ARG002 - who asks does not matter
    ) -> list[str]:
        """Return addresses near to one; see ``Searching.near``."""
        with self._turn:
            return near_in_index(self._files.newest(), self._names, iri)

    def close(self) -> None:
        """Let the files go."""
        self._files.close()
