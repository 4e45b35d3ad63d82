"""What sources say of two things that may be one, line by line, and where that differs."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.conflicts import differ
from graph.names import (
    MG,
    RDF_TYPE,
    RDFS_LABEL,
    SKOS_ALT_LABEL,
    local_name,
    mg,
    plain,
    property_words,
)
from graph.sources import source
from graph.spelling import may_be_one
from graph.terms import Literal, NamedNode

from .pages import Shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.engines.base import Reader
    from graph.names import Names
    from graph.terms import Term
    from service.wire.problem import Json

_SEXES = {"F": "female", "M": "male"}
VALUES_SHOWN = 12
"""So many values of one line are shown; of more the number is told."""

SAME, PARTLY, ALIKE = "the same", "partly the same", "alike"
DIFFERS, ONE_SAYS = "differs", "only one says"
_NAME = "name"
_FIRST = (_NAME, "born", "died", "sex", "nation", "sport", "games", "event", "medal", "role")
_PEOPLE = ("person", "athlete", "guide")
_OF_PARTS = ("nation", "sport", "games", "event", "role")

Said = dict[str, dict["Term", set["Term"]]]
"""By line each value with the sources that state it."""


class SideBySide:
    """Tells two things side by side.

    Args:
        reader: the state.
        names: the names of the store.
        languages: those in which things are named, the best first.

    """

    def __init__(self, reader: Reader, names: Names, languages: Sequence[str] = ()) -> None:
        self._reader, self._names = reader, names
        self._shown = Shown(reader, names, languages)
        self._titles: dict[Term, dict[str, Json]] = {}

    def told(self, one: NamedNode, other: NamedNode) -> dict[str, Json]:
        """Return who the two are, and a line for each thing that is said of one of them."""
        mine, theirs = self._said(one), self._said(other)
        lines = sorted(mine.keys() | theirs.keys(), key=_place)
        return {
            "one": self._about(one, mine),
            "other": self._about(other, theirs),
            "lines": [
                {
                    "line": line,
                    "verdict": _verdict(line, set(mine.get(line, ())), set(theirs.get(line, ()))),
                    "one": self._values(mine.get(line, {})),
                    "other": self._values(theirs.get(line, {})),
                }
                for line in lines
            ],
        }

    def source(self, graph: Term) -> dict[str, Json]:
        """Return what is told of a source."""
        if graph not in self._titles:
            about = source(self._reader, self._names, graph)  # type: ignore[arg-type] # an IRI
            told: dict[str, Json] = {"graph": about.graph.value, "title": about.title}
            self._titles[graph] = told | {"issued": about.issued}
        return self._titles[graph]

    def _about(self, node: NamedNode, said: Said) -> dict[str, Json]:
        graphs = {
            graph for values in said.values() for stated in values.values() for graph in stated
        }
        return {
            "iri": node.value,
            "name": local_name(node),
            "label": self._shown.cell(node).text,
            "sources": [self.source(graph) for graph in sorted(graphs, key=str)],
        }

    def _values(self, values: dict[Term, set[Term]]) -> dict[str, Json]:
        by_text: defaultdict[str, set[Term]] = defaultdict(set)
        for value, graphs in values.items():
            by_text[self._words(value)] |= graphs
        shown = sorted(by_text.items())[:VALUES_SHOWN]
        return {
            "values": [
                {"text": text, "sources": [self.source(one) for one in sorted(graphs, key=str)]}
                for text, graphs in shown
            ],
            "more": len(by_text) - len(shown),
        }

    def _words(self, value: Term) -> str:
        """Return a value as people say it; words of the vocabulary have no label of their own."""
        if isinstance(value, NamedNode) and value.value.startswith(MG):
            return _SEXES.get(local_name(value), property_words(value))
        return self._shown.cell(value).text

    def _said(self, node: NamedNode) -> Said:
        found: Said = defaultdict(lambda: defaultdict(set))
        for line, value, graph in self._facts(node):
            found[line][value].add(graph)
        return found

    def _facts(self, node: NamedNode) -> Iterator[tuple[str, Term, Term]]:
        for quad in self._reader.quads(node):
            if quad.predicate in (RDFS_LABEL, SKOS_ALT_LABEL):
                yield _NAME, quad.object, quad.graph_name  # type: ignore[misc] # no quoted triples
            elif quad.predicate != RDF_TYPE:
                yield property_words(quad.predicate), quad.object, quad.graph_name  # type: ignore[misc] # the same
        for quad in self._reader.quads(None, None, node):
            if quad.predicate in map(mg, _PEOPLE):
                yield from self._part(quad.subject)  # type: ignore[arg-type] # the same
            elif quad.predicate == mg("event"):
                yield from self._won(quad.subject)  # type: ignore[arg-type] # the same

    def _part(self, part: NamedNode) -> Iterator[tuple[str, Term, Term]]:
        """Yield what is said of a part that a person took in Games."""
        for name in _OF_PARTS:
            for quad in self._reader.quads(part, mg(name)):
                yield name, quad.object, quad.graph_name  # type: ignore[misc] # no quoted triples
                if name == "event":
                    for more in ("games", "sport"):
                        for about in self._reader.quads(quad.object, mg(more)):  # type: ignore[arg-type] # the same
                            yield more, about.object, quad.graph_name  # type: ignore[misc] # the same
        events = [quad.object for quad in self._reader.quads(part, mg("event"))]
        event = self._shown.cell(events[0]).text if events else ""
        for quad in self._reader.quads(part, mg("won")):
            medal = local_name(quad.object)
            yield "medal", Literal(f"{medal}: {event}" if event else medal), quad.graph_name  # type: ignore[misc] # the same

    def _won(self, entry: NamedNode) -> Iterator[tuple[str, Term, Term]]:
        """Yield who took a medal in an event."""
        for quad in self._reader.quads(entry, mg("won")):
            people = [found.object for found in self._reader.quads(entry, mg("athlete"))]
            nations = [found.object for found in self._reader.quads(entry, mg("nation"))]
            who = ", ".join(sorted({self._shown.cell(one).text for one in people or nations}))
            yield "medal", Literal(f"{local_name(quad.object)}: {who}"), quad.graph_name  # type: ignore[misc] # the same


def _verdict(line: str, mine: set[Term], theirs: set[Term]) -> str:
    if not mine or not theirs:
        return ONE_SAYS
    if line == _NAME:
        one, other = ({plain(_text(term)) for term in side} for side in (mine, theirs))
    elif line in ("born", "died"):
        pairs = [differ(mg(line), a, b) for a in mine for b in theirs]
        return DIFFERS if all(pairs) else SAME
    else:
        one, other = ({_text(term) for term in side} for side in (mine, theirs))
    if one == other:
        return SAME
    if one & other:
        return PARTLY
    # The reasons of a match compare names by sound, so that another spelling is no difference.
    is_alike = line == _NAME and any(may_be_one(_text(a), _text(b)) for a in mine for b in theirs)
    return ALIKE if is_alike else DIFFERS


def _text(term: Term) -> str:
    return term.value if isinstance(term, Literal | NamedNode) else str(term)


def _place(line: str) -> tuple[int, str]:
    return (_FIRST.index(line) if line in _FIRST else len(_FIRST)), line
