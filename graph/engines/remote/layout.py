"""How a store lies in a remote engine: the names of its own graphs, and its state as triples.

Each source has its graph under its own name. Beside them are the record, the commit
records, and one small graph that says which version this is; a change replaces what that
graph says in the same request, and only if it still says what the change was made for.
These names do not depend on the base of the store, which is written down under them.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from graph.errors import BadTerm
from graph.names import is_restricted
from graph.terms import Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.terms import Term

HOUSE = "https://w3id.org/medalgraph/remote/"
STATE = NamedNode(HOUSE + "state")
RECORD = NamedNode(HOUSE + "record")
COMMITS = NamedNode(HOUSE + "commits")
NOTHING = NamedNode(HOUSE + "nothing")
"""A graph that never holds anything: what an empty default graph is asked for by."""
STORE = NamedNode(HOUSE + "store")

_NS = HOUSE + "ns#"
_BASE, _VERSION, _MARK, _TIME = (NamedNode(_NS + w) for w in ("base", "version", "commit", "time"))
_BLANK, _QUADS = NamedNode(_NS + "hasBlankNodes"), NamedNode(_NS + "statements")
STATE_QUERY = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
"""Asked of the graph STATE; ``State.read`` takes the rows."""


def house(word: str) -> NamedNode:
    """Return a property of the house's own graphs."""
    return NamedNode(_NS + word)


def refuse_house(graphs: Iterable[NamedNode]) -> None:
    """Raise BadTerm if one of the graphs is the engine's own, which no change may name."""
    for graph in graphs:
        if graph.value.startswith(HOUSE):
            raise BadTerm(
                f"The graph <{graph.value}> is kept by the store itself.",
                value=graph.value,
                hint="Give the graph another name.",
            )


@dataclass(frozen=True, slots=True)
class State:
    """Which version a store is at.

    Attributes:
        base: the base IRI of the store.
        number: of the newest commit.
        mark: what no other commit of any store has; a change is made for just one mark.
        time: of the newest commit; empty before the first.
        has_blank_nodes: whether a statement with a blank node was ever added.
        quads: how many statements each graph holds; graphs without any are not named.

    """

    base: str
    number: int = 0
    mark: str = field(default_factory=lambda: str(uuid.uuid4()))
    time: str = ""
    has_blank_nodes: bool = False
    quads: Mapping[NamedNode, int] = field(default_factory=dict)

    @classmethod
    def read(cls, rows: Iterable[tuple[Term | None, ...]]) -> State | None:
        """Return the state that the triples of its graph say, or None if there are none."""
        said: dict[NamedNode, str] = {}
        quads: dict[NamedNode, int] = {}
        for subject, predicate, value in rows:
            if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode):
                told = getattr(value, "value", "")
                if subject == STORE:
                    said[predicate] = told
                elif predicate == _QUADS:
                    quads[subject] = int(told)
        if _VERSION not in said:
            return None
        return cls(
            base=said[_BASE],
            number=int(said[_VERSION]),
            mark=said[_MARK],
            time=said.get(_TIME, ""),
            has_blank_nodes=_BLANK in said,
            quads=quads,
        )

    @staticmethod
    def is_mixed(rows: Iterable[tuple[Term | None, ...]]) -> bool:
        """Tell whether the triples of its graph are of more than one state."""
        return sum((row[0], row[1]) == (STORE, _MARK) for row in rows) > 1

    def triples(self) -> set[str]:
        """Return what the graph of the state has to say, a triple a line, as SPARQL spells it."""
        said = {_BASE: self.base, _VERSION: str(self.number), _MARK: self.mark}
        if self.time:
            said[_TIME] = self.time
        if self.has_blank_nodes:
            said[_BLANK] = "yes"
        lines = {f"{STORE} {word} {Literal(value)} ." for word, value in said.items()}
        return lines | {f"{g} {_QUADS} {Literal(str(n))} ." for g, n in self.quads.items()}

    @property
    def guard(self) -> str:
        """The pattern that matches while the store is in this state, and once only."""
        return f"GRAPH {STATE} {{ {STORE} {_MARK} {Literal(self.mark)} }}"

    @property
    def total(self) -> int:
        """How many statements named graphs hold."""
        return sum(self.quads.values())

    def public(self) -> list[NamedNode]:
        """Return the graphs whose statements the record has."""
        return [graph for graph in self.quads if not is_restricted(graph)]

    def after(self, counts: Mapping[NamedNode, int], *, time: str, blank: bool) -> State:
        """Return the state that follows.

        Args:
            counts: by how many statements each graph that changes grows or shrinks.
            time: of the commit.
            blank: whether a blank node is among what is added.

        """
        quads = dict(self.quads)
        for graph, more in counts.items():
            quads[graph] = quads.get(graph, 0) + more
        return replace(
            self,
            number=self.number + 1,
            mark=str(uuid.uuid4()),
            time=time,
            has_blank_nodes=self.has_blank_nodes or blank,
            quads={graph: count for graph, count in quads.items() if count},
        )


ABSENT = f"FILTER NOT EXISTS {{ GRAPH {STATE} {{ {STORE} {_VERSION} ?version }} }}"
"""What holds while no store has been made here."""
