"""Who may be meant by a name, with what score, and whether somebody is meant for sure.

A score is the sum of points for the name and for each piece of evidence, from 0 to 100. The
marks were chosen on names whose people are known (``benchmarks/reconciling.py``), and
``tests/test_graph_reconciling_measured.py`` holds them to it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.identity.redirects import leads_to
from graph.names import mg
from graph.nation_names import code_called
from graph.terms import DEFAULT_GRAPH, Literal, NamedNode

from .evidence import SAME_KEY, Scales
from .facts import Library
from .spelled import ALIKE, may_be_called, spelled
from .written import Written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from graph.engines.base import Reader
    from graph.names import Names

    from .asking import Query
    from .facts import Facts

SURE = 66.0
"""From so many points on a candidate is taken to be meant, if nothing else comes near."""
SURE_THING = 60.0
"""The same for what is no person: the name of a nation or of Games means one thing."""
LEAD = 6.0
"""By how much it has to lead the next candidate."""
LEAST = 12.0
"""With fewer points nobody is offered."""
SHORTLIST = 60
"""So many things with like names should be looked at."""
_MOST = 100.0
_EXTERNAL = mg("externalId")


@dataclass(frozen=True, slots=True)
class Feature:
    """One reason of a score.

    Attributes:
        id: ``name``, or the identifier of a property.
        words: what speaks for or against the candidate.

    """

    id: str
    points: float
    words: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that may be meant.

    Attributes:
        features: the reasons, the name first; their sum is the score, but for its bounds.
        is_sure: whether it is meant, as far as anybody can tell.

    """

    facts: Facts
    features: tuple[Feature, ...]
    is_sure: bool = False

    @property
    def points(self) -> float:
        """The sum of the reasons, however great."""
        return sum(feature.points for feature in self.features)

    @property
    def score(self) -> float:
        """The points from 0 to 100."""
        return round(min(max(self.points, 0.0), _MOST), 1)


class Reconciler:
    """Reconciles names in one state.

    Args:
        reader: the state, as whoever asks may see it.
        names: the names of the store.
        languages: the tags of those in which things are named, the best first.

    """

    def __init__(self, reader: Reader, names: Names, languages: Sequence[str] = ()) -> None:
        self.library = Library(reader, names, languages)
        self.written = Written(self.library)
        self._scales = Scales(self.library, self.written)

    def candidates(self, query: Query, shortlist: Iterable[NamedNode]) -> list[Candidate]:
        """Return who may be meant by a name, the likeliest first.

        Args:
            query: the name, and what else is known.
            shortlist: things with like names, such as a search finds; of those the record no
                longer knows nobody is told.

        """
        found = {facts.node: self._named(facts, query) for facts in self._by_id(query)}
        for node in (
            *self._by_key(query),
            *self._by_other_name(query),
            *filter(self._may_be(query), shortlist),
        ):
            facts = self.library.facts(node)
            if facts is not None and node not in found and _is_wanted(facts, query):
                candidate = self._weighed(facts, query)
                if candidate is not None and candidate.points >= LEAST:
                    found[node] = candidate
        ranked = sorted(found.values(), key=lambda one: (-one.points, one.facts.node.value))
        return decided(ranked)[: query.limit]

    def _may_be(self, query: Query) -> Callable[[NamedNode], bool]:
        """Return what tells, before all facts are read, whether a name of a thing is like one."""

        def may_be(node: NamedNode) -> bool:
            facts = self.library.named(node)
            return facts is not None and any(may_be_called(text, facts) for text in query.texts)

        return may_be

    def thing(self, text: str) -> Facts | None:
        """Return the thing with an identifier, at its address of today."""
        node = self.written.node(text)
        if node is None:
            return None
        new = leads_to(self.library.reader, self.library.names, node)
        return self.library.facts(new or node)

    def _by_id(self, query: Query) -> Iterable[Facts]:
        for text in (*query.texts, *query.ids):
            facts = self.thing(text)
            if facts is not None and _is_wanted(facts, query):
                yield facts

    def _by_key(self, query: Query) -> Iterator[NamedNode]:
        """Yield the things that have a key in another register which is given."""
        keys = [text for text in query.texts if ":" in text]
        keys += [text for one in query.evidence if one.prop == "externalId" for text in one.values]
        for key in keys:
            for quad in self.library.reader.quads(None, _EXTERNAL, Literal(key), DEFAULT_GRAPH):
                if isinstance(quad.subject, NamedNode):
                    yield quad.subject

    def _by_other_name(self, query: Query) -> Iterator[NamedNode]:
        """Yield the nations with another name, by which a search does not find them."""
        for code in filter(None, map(code_called, query.texts)):
            yield self.library.names.of("nation", code)

    def _named(self, facts: Facts, query: Query) -> Candidate:
        evidence = self._evidence(facts, query)
        return Candidate(facts, (Feature("id", _MOST, "the identifier"), *evidence))

    def _weighed(self, facts: Facts, query: Query) -> Candidate | None:
        """Return a candidate with its reasons; None if it lacks what is required."""
        features = self._name(facts, query)
        required = {one.prop for one in query.evidence if one.required}
        found = self._evidence(facts, query)
        if required - {feature.id for feature in found if feature.points > 0}:
            return None
        return Candidate(facts, (*features, *found))

    def _name(self, facts: Facts, query: Query) -> list[Feature]:
        if not query.texts:
            return []
        if same := facts.ids.intersection(query.texts):
            return [Feature("externalId", _MOST, f"the same key ({min(same)})")]
        found = [spelled(text, facts) for text in query.texts]
        name = max(found, key=lambda one: one.points)
        return [Feature("name", name.points, name.words)]

    def _evidence(self, facts: Facts, query: Query) -> list[Feature]:
        held = ((one.prop, self._scales.weigh(one, facts)) for one in query.evidence)
        return [Feature(prop, one.points, one.words) for prop, one in held if one is not None]


def decided(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates, the first marked if it is meant for sure.

    Nobody is sure who has an equal in all that is known, nor one of whose name a part speaks
    against it: sisters share all but the given name.
    """
    if not ranked:
        return []
    first, *others = ranked
    lead = first.points - max((one.points for one in others), default=0.0)
    is_sure = first.points >= _mark(first) and lead >= LEAD and _is_called_so(first)
    return [replace(first, is_sure=is_sure), *others]


def _mark(candidate: Candidate) -> float:
    return SURE if candidate.facts.kind == "Person" else SURE_THING


def _is_called_so(candidate: Candidate) -> bool:
    return any(
        (one.id in ("name", "id") and one.points >= ALIKE)
        or (one.id == "externalId" and one.points >= SAME_KEY)
        for one in candidate.features
    )


def _is_wanted(facts: Facts, query: Query) -> bool:
    return not query.kinds or facts.kind in query.kinds
