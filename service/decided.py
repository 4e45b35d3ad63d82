"""What a commit decided, line by line: who is one, who is two, which statements stand."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from graph.identity.redirects import DIFFERENT_FROM, identity_graph
from graph.names import RDFS_LABEL, SAME_AS
from graph.sources import claimed
from graph.terms import Literal, NamedNode

from .decisions import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.change import Change
    from graph.names import Names
    from graph.terms import Quad
    from service.wire.problem import Json

SHOWN = 50
"""So many lines are told."""

_NAMELESS = ("entry", "award")

SAME, APART, ASIDE = "same", "apart", "aside"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was decided.

    Attributes:
        what: "same", "apart" or "aside".
        thing: the IRI of the old address, of one of two, or of what a statement is about.
        other: the IRI of the staying address, or of the other of two.
        property: of a statement that was set aside, as people say it.
        value: its value.
        source: the IRI of its source.
        called: what sources called the old address.

    """

    what: str
    thing: str
    other: str = ""
    property: str = ""
    value: str = ""
    source: str = ""
    called: str = ""

    def iris(self) -> list[str]:
        """Return what has to be named to show it."""
        value = [self.value] if self.value.startswith("http") else []
        return [iri for iri in (self.thing, self.other, self.source, *value) if iri]

    def told(self, names: dict[str, str]) -> dict[str, Json]:
        """Return the line with the names of what it is about."""
        names = names | ({self.thing: self.called} if self.called else {})
        return {
            "what": self.what,
            **{
                part: {"iri": iri, "name": names.get(iri, iri)}
                for part, iri in (("thing", self.thing), ("other", self.other))
                if iri
            },
            **(
                {"property": self.property, "value": names.get(self.value, self.value)}
                if self.source
                else {}
            ),
            **(
                {"source": {"graph": self.source, "title": names.get(self.source, self.source)}}
                if self.source
                else {}
            ),
        }


def lines(change: Change, names: Names) -> list[Line]:
    """Return what a change decided; of one that takes a decision back give the inverse."""
    return list(islice(_lines(change, identity_graph(names)), SHOWN))


def _lines(change: Change, graph: NamedNode) -> Iterator[Line]:
    quads = sorted(change.added, key=str)
    labels = (quad for quad in change.removed if quad.predicate == RDFS_LABEL)
    called = {quad.subject: _text(quad.object) for quad in sorted(labels, key=str, reverse=True)}
    claims: dict[object, list[Quad]] = {}
    for quad in quads:
        if quad.graph_name == graph and quad.predicate in (SAME_AS, DIFFERENT_FROM):
            ends = _text(quad.subject), _text(quad.object)
            if quad.predicate == DIFFERENT_FROM:
                yield Line(APART, *ends)
            else:
                yield Line(SAME, *ends, called=called.get(quad.subject, _unnamed(quad.subject)))
        claims.setdefault(quad.subject, []).append(quad)
    for stated in claims.values():
        said = claimed(stated)
        if said is not None:
            yield Line(
                ASIDE,
                _text(said.subject),
                property=words(said.predicate),
                value=_text(said.object),
                source=_text(said.graph_name),
            )


def _unnamed(old: object) -> str:
    """Return in words the old address of what has no name of its own: another entry or award."""
    kind = _text(old).rpartition("/")[0].rpartition("/")[2]
    return f"Another {kind}" if kind in _NAMELESS else ""


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)
