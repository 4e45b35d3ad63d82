"""Small made-up statements for tests of engines: short to write, easy to tell apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import QueryBoolean, QuerySolutions

from graph.change import Change
from graph.engines.base import Commit, CommitInfo
from graph.terms import Literal, NamedNode, Quad

if TYPE_CHECKING:
    from graph.engines.base import Engine, Reader

SAYS = NamedNode("http://example.org/says")


def name(text: str) -> NamedNode:
    """Return a made-up IRI."""
    return NamedNode(f"http://example.org/{text}")


def quad(subject: str, value: str = "x", graph: str = "g") -> Quad:
    """Return a made-up statement: a subject says a value in a graph."""
    return Quad(name(subject), SAYS, Literal(value), name(graph))


def commit(
    engine: Engine, *added: Quad, removed: tuple[Quad, ...] = (), message: str = ""
) -> Commit:
    """Publish one small change."""
    draft = engine.draft()
    draft.apply(Change.of(added, removed))
    return draft.publish(CommitInfo(message=message))


def stated(reader: Reader) -> set[Quad]:
    """Return all that named graphs state."""
    return set(reader.quads())


def count(reader: Reader, text: str = "{ ?s ?p ?o }", **dataset: list[NamedNode]) -> int:
    """Return how many solutions a pattern has."""
    answer = reader.query(
        f"SELECT * {text}",
        default_graph=dataset.get("default_graph"),
        named_graphs=dataset.get("named_graphs"),
    )
    assert isinstance(answer, QuerySolutions)
    return sum(1 for _ in answer)


def holds(reader: Reader, text: str) -> bool:
    """Return the answer to an ASK query."""
    answer = reader.query(text)
    assert isinstance(answer, QueryBoolean)
    return bool(answer)
