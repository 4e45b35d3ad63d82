"""How often reconciling is right, on 200 names whose people are known.

The store has the athletes of the Paralympic Games of Paris under their official names only.
Asked for are their other names in the same tables, the names of a news report, and three
spellings made from the official names; and names for which nobody must be taken for sure:
those that several athletes of a nation have, those of people who are not in the store, and
those of athletes with the nation of somebody else. The same is measured on 135,557 people by
``benchmarks/reconciling.py``.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import pytest

from benchmarks.known_names import (
    Known,
    alone,
    family_first,
    in_cyrillic,
    namesakes,
    people_of,
    respelled,
    sample,
    with_slip,
)
from benchmarks.reconciling import Ours, measured
from graph.engines.base import CommitInfo
from graph.engines.snapshots import SnapshotEngine
from graph.names import RDFS_LABEL, SKOS_ALT_LABEL, Names
from graph.search import SearchFiles
from graph.store import Store
from graph.terms import Literal, NamedNode

from .bundled_record import bundled_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from benchmarks.reconciling import Measured

    People = Mapping[NamedNode, tuple[str, str]]

NAMES = Names()
OFFICIAL, NEWS = NAMES.graph("paris2024-paralympics"), NAMES.graph("azernews-2024-09-17")
NOBODY = ("namesakes", "not in the store", "of another nation")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    place = tmp_path_factory.mktemp("measured") / "store"
    record = bundled_record()
    with SnapshotEngine.create(place) as engine, engine.draft() as draft:
        official = record.quads(graph=OFFICIAL)
        draft.bulk_add(quad for quad in official if quad.predicate != SKOS_ALT_LABEL)
        draft.publish(CommitInfo(kind="load", message="official names"))
    cases = cases_of(people_of(record, OFFICIAL))
    assert len(cases) == 200
    with Store.open(place) as store, SearchFiles(store) as files, store.read() as reader:
        return measured(cases, Ours(reader, files.newest()))


def cases_of(people: People) -> list[Known]:
    known = alone(people)
    others = list(known.items())
    nations = [nation for _, (_, nation) in others[1:]] + ["FRA"]
    elsewhere = [
        Known("of another nation", name, other, None)
        for (_, (name, nation)), other in zip(others, nations, strict=True)
        if nation != other
    ]
    made = (
        sample(respelled("family name first", family_first, known), 45),
        sample(respelled("a slip of the pen", with_slip, known), 40),
        sample(respelled("in Cyrillic", in_cyrillic, known), 40),
    )
    shared = [Known("namesakes", name, nation, None) for name, nation in namesakes(people)]
    return [
        *sample(other_names(known), 27),
        *sample(news(known), 14),
        *chain.from_iterable(made),
        *sample(shared, 6),
        *sample(strangers(known), 6),
        *sample(elsewhere, 22),
    ]


def other_names(known: People) -> Iterator[Known]:
    """Yield the other names of the official tables that are no initials and no single word."""
    for who, (_, nation) in known.items():
        for quad in bundled_record().quads(who, SKOS_ALT_LABEL, graph=OFFICIAL):
            text = quad.object.value if isinstance(quad.object, Literal) else ""
            parts = text.replace(".", " ").split()
            if len(parts) > 1 and all(len(part) > 1 for part in parts):
                yield Known("other official name", text, nation, who)


def news(known: People) -> Iterator[Known]:
    for prop in (RDFS_LABEL, SKOS_ALT_LABEL):
        for quad in bundled_record().quads(None, prop, graph=NEWS):
            if quad.subject in known and isinstance(quad.object, Literal):
                who = NamedNode(str(quad.subject).strip("<>"))
                yield Known("as the news report has it", quad.object.value, known[who][1], who)


def strangers(known: People) -> Iterator[Known]:
    """Yield the officials whom the news report names, who are no athletes."""
    for quad in bundled_record().quads(None, RDFS_LABEL, graph=NEWS):
        is_person = "/id/person/" in str(quad.subject)
        if is_person and quad.subject not in known and isinstance(quad.object, Literal):
            yield Known("not in the store", quad.object.value, "AZE", None)


def test_those_taken_for_sure_are_meant(found: Measured) -> None:
    assert found.precision >= 0.97


def test_those_meant_are_taken_for_sure(found: Measured) -> None:
    assert found.recall >= 0.90


@pytest.mark.parametrize("kind", NOBODY)
def test_where_nobody_can_be_sure_nobody_is_taken(found: Measured, kind: str) -> None:
    assert found.by_kind[kind].asked >= 6
    assert found.by_kind[kind].wrong == 0


def test_nearly_all_who_are_meant_are_listed(found: Measured) -> None:
    tallies = found.by_kind.values()
    assert sum(one.listed for one in tallies) / sum(one.meant for one in tallies) >= 0.98
