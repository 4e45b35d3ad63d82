"""The reading of a source: its statements in order, each with its mark and what that rests on."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from graph.conflicts import trust_order
from graph.errors import NotFound
from graph.medals.audit import Verdict
from graph.medals.cells import MEASURES
from graph.medals.telling import told as told_finding
from graph.names import RDFS_LABEL, SKOS_ALT_LABEL, local_name, mg
from graph.naming import Naming
from graph.terms import NamedNode
from service.comparisons import cited
from service.source_facts import size
from service.spoken import Spoken
from service.vocabulary import label_of

from .asking import SHOWN, Mark
from .items import items_of
from .marks import Marking, findings_of
from .parts import Parts, key_of
from .stated import Stated
from .wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from graph.engines.base import Reader
    from graph.medals.audit import Finding
    from graph.names import Names
    from service.wire.problem import Json

    from .asking import Asked
    from .marks import Marked

_RANKS = tuple(
    mg(name)
    for name in (
        *("Games", "Person", "Delegation", "Nation", "Tally", "Participation", "Entry"),
        *("Result", "Award", "Decision", "Tenure", "Organization", "Occasion", "Event"),
    )
)
OWN = "its own results"
"""In place of the title where a count of a source is held against what it lists itself."""
_MOST_LISTED = 400
"""So many Games and nations are offered to choose from."""


def read(
    reader: Reader, names: Names, graph: NamedNode, asked: Asked, languages: Sequence[str]
) -> dict[str, Json]:
    """Return a page of the reading of a source.

    Raises:
        NotFound: if there is no such source, or no such Games, nation or kind of thing.
        BadInput: if what is asked for is too much to be read at once.

    """
    if next(reader.quads(graph=graph), None) is None:
        raise NotFound(f"There is no source <{graph.value}>.", hint="GET /graphs lists them.")
    if asked.kind and not label_of(mg(asked.kind)):
        raise NotFound(
            f"There is no kind of thing {asked.kind!r}.", hint="GET /ontology lists the classes."
        )
    return _Reading(reader, names, graph, asked, languages).told()


class _Reading:
    def __init__(
        self,
        reader: Reader,
        names: Names,
        graph: NamedNode,
        asked: Asked,
        languages: Sequence[str],
    ) -> None:
        self._reader, self._names, self._graph, self._asked = reader, names, graph, asked
        self._languages = languages
        self._naming = Naming(reader, languages)
        self._size = size(reader, graph)
        self._stated = Stated(reader, graph)
        self._parts = Parts(self._stated, self._size)
        self._spoken = Spoken(reader, names, languages)
        self._wording = Wording(self._stated, self._spoken)
        self._titles: dict[NamedNode, dict[str, Json]] = {}

    def told(self) -> dict[str, Json]:
        """Return what a page or program is told."""
        asked, parts = self._asked, self._parts
        games, nation = parts.named(asked)
        is_part = not parts.is_small and not (games or nation or asked.kind)
        marked = self._marked()
        counts = Counter(one.mark for one in marked)
        is_counted = parts.is_counted and not (is_part and (asked.games or asked.nation))
        if is_part and is_counted:
            published = sum(one.item.measure is not None for one in marked)
            names = sum(one.item.quads[0].predicate == SKOS_ALT_LABEL for one in marked)
            spelled = parts.spelled() - names
            counts[Mark.SPELLING] += spelled
            counts[Mark.UNCHECKED] += parts.counted(published) - len(marked) - spelled
        if is_part:
            marked = [one for one in marked if one.mark != Mark.UNCHECKED]
        shown = [one for one in marked if asked.mark in ("", one.mark)]
        shown.sort(key=self._order())
        is_listed = parts.is_listed(asked)
        found = parts.things_of(asked.kind) if is_listed else len(shown)
        first = (asked.page - 1) * SHOWN if asked.page and not is_listed else 0
        page = shown[first : first + SHOWN] if asked.page and not is_listed else shown
        return {
            "about": cited(self._reader, self._names, self._graph),
            "statements": self._size,
            "marks": {mark.value: counts[mark] for mark in Mark},
            "mark": asked.mark,
            "games": key_of(games) if games else asked.games,
            "nation": key_of(nation) if nation else asked.nation,
            "kind": asked.kind,
            "is_part": is_part,
            "is_counted": is_counted,
            "is_listed": is_listed,
            "found": found,
            "page": asked.page,
            "pages": -(-found // SHOWN) if asked.page else 1,
            "choices": self._choices(games),
            "items": [self._item(one) for one in page],
        }

    def _marked(self) -> list[Marked]:
        asked, parts = self._asked, self._parts
        things = parts.subjects(asked)
        every = things | parts.claims(things)
        items = [item for thing in every for item in items_of(self._stated, thing)]
        games, nation = parts.named(asked)
        findings = findings_of(
            self._reader,
            self._names,
            self._graph,
            items,
            games=None if parts.is_small else games,
            nation=None if parts.is_small else nation,
            languages=self._languages,
        )
        marking = Marking(self._stated, self._names, findings)
        return [marking.marked(item) for item in items]

    def _order(self) -> Callable[[Marked], tuple[object, ...]]:
        """Return the key by which sentences are read: Games, nation, person, thing."""
        editions, measures = self._editions(), list(MEASURES)
        names = (RDFS_LABEL, SKOS_ALT_LABEL)

        def key(one: Marked) -> tuple[object, ...]:
            item = one.item
            place = self._parts.places.of(item.subject)
            ranks = [place for place, kind in enumerate(_RANKS) if kind in item.kinds]
            return (
                editions.get(place.games, len(editions)),
                self._label(place.nation),
                self._label(place.person),
                min(ranks, default=len(_RANKS)),
                item.subject.value,
                names.index(item.quads[0].predicate) if item.quads[0].predicate in names else 2,
                measures.index(item.measure) if item.measure in measures else -1,
                min(map(str, item.quads)),
            )

        return key

    def _editions(self) -> dict[NamedNode | None, int]:
        """Return the order of Games: the newest first, those of which nothing is counted last."""
        found = self._parts.editions()
        years = {one: self._spoken.objects(one, mg("year")) for one in found}
        found.sort(key=lambda one: (max(map(str, years[one]), default=""), one.value), reverse=True)
        return {games: place for place, games in enumerate(found)}

    def _label(self, node: NamedNode | None) -> str:
        return self._spoken.thing(node) if node is not None else ""

    def _choices(self, games: NamedNode | None) -> dict[str, Json]:
        """Return the Games, nations and kinds of things that one may choose."""
        order = self._editions()
        kinds = [(kind, count) for kind, count in self._parts.kinds if label_of(kind)]
        return {
            "games": self._listed(sorted(order, key=lambda one: order[one])),
            "nations": self._listed(sorted(self._parts.nations(games), key=self._label)),
            "kinds": [
                {"key": local_name(kind), "label": label_of(kind), "things": count}
                for kind, count in kinds
            ],
        }

    def _listed(self, nodes: Iterable[NamedNode | None]) -> list[Json]:
        found = [node for node in nodes if node is not None][:_MOST_LISTED]
        return [{"key": local_name(node), "label": self._label(node)} for node in found]

    def _item(self, one: Marked) -> dict[str, Json]:
        item, place = one.item, self._parts.places.of(one.item.subject)
        told: dict[str, Json] = {
            "games": self._node(place.games),
            "nation": self._node(place.nation),
            "person": self._node(place.person),
            "subject": item.subject.value if isinstance(item.subject, NamedNode) else "",
            "thing": self._spoken.thing(item.subject),
            "text": self._wording.sentence(item),
            "comment": self._wording.comment(item.subject) if item.measure is not None else "",
            "mark": one.mark.value,
            "set_aside": item.is_claim,
            "reason": item.reason,
            "same": [self._cited(graph) for graph in one.same],
            "others": [
                {
                    "value": self._spoken.value(value),
                    "sources": [self._cited(graph) for graph in graphs],
                }
                for value, graphs in one.others
            ],
            "count": None,
        }
        if one.finding is not None:
            told |= self._counted(one.finding)
        return told

    def _counted(self, found: Finding) -> dict[str, Json]:
        """Return what the audit found of a count, and who counts the same or otherwise."""
        by = [
            self._cited(graph) | ({"title": OWN} if graph == self._graph else {})
            for graph in self._graphs
            if found.official_source and self._cited(graph)["title"] == found.official_source
        ][:1]
        is_same = found.verdict is Verdict.AGREES
        value = f"{found.official_value:,}" if by else ""
        return {
            "count": told_finding(found),
            "same": [*by] if is_same else [],
            "others": [{"value": value, "sources": [*by]}] if by and not is_same else [],
        }

    @cached_property
    def _graphs(self) -> list[NamedNode]:
        """The sources, the most trusted first."""
        return list(trust_order(self._reader, self._names))

    def _node(self, node: NamedNode | None) -> Json:
        if node is None:
            return None
        return {"key": local_name(node), "iri": node.value, "label": self._label(node)}

    def _cited(self, graph: NamedNode) -> dict[str, Json]:
        if graph not in self._titles:
            told = cited(self._reader, self._names, graph)
            self._titles[graph] = {"title": told["title"], "graph": told["graph"]}
        return self._titles[graph]
