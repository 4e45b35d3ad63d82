"""Small graphs and queries by chance, with all that the group of an EXISTS can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_NODES, _PROPERTIES, _DEEPEST = 6, 3, 2


def random_graph(chance: Random) -> Store:
    """Return a few statements in the default graph and in two named ones."""
    nodes = [NamedNode(f"urn:e:n{number}") for number in range(_NODES)]
    properties = [NamedNode(f"urn:e:p{number}") for number in range(_PROPERTIES)]
    values: list[NamedNode | Literal] = [*nodes, Literal(1), Literal("a", language="en")]
    graphs: list[NamedNode | DefaultGraph] = [DefaultGraph(), DefaultGraph(), *nodes[:2]]
    store = Store()
    for _ in range(14):
        subject, predicate = chance.choice(nodes), chance.choice(properties)
        store.add(Quad(subject, predicate, chance.choice(values), chance.choice(graphs)))
    return store


def random_query(chance: Random) -> str:
    """Return a SELECT with an EXISTS; a few of them give a name twice, and are no SPARQL."""
    negated = chance.choice(("", "NOT "))
    group = _Queries(chance).group(0)
    return (
        "PREFIX e: <urn:e:> SELECT ?a ?b ?c "
        f"{{ ?a ?p ?b OPTIONAL {{ ?b ?q ?c }} FILTER {negated}EXISTS {group} }}"
    )


class _Queries:
    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def group(self, depth: int) -> str:
        parts = [self._part(depth) for _ in range(self._chance.randint(1, 3))]
        return "{ " + " ".join(parts) + " }"

    def _part(self, depth: int) -> str:
        if depth == _DEEPEST or self._chance.random() < 0.65:
            return self._triples() + " ."
        parts: list[Callable[[], str]] = [
            lambda: f"FILTER({self._variable()} {self._one_of('= !=')} {self._variable()}) # c\n",
            lambda: f"OPTIONAL {self.group(depth + 1)}",
            lambda: f"MINUS {self.group(depth + 1)}",
            lambda: f"{self.group(depth + 1)} UNION {self.group(depth + 1)}",
            lambda: f"GRAPH ?g {self.group(depth + 1)}",
            lambda: f"FILTER EXISTS {self.group(depth + 1)}",
            lambda: f"FILTER(?a = ?b || NOT EXISTS {self.group(depth + 1)})",
            lambda: "VALUES ?x { e:n1 e:n2 }",
            lambda: f"BIND(?a AS ?w{self._chance.randrange(10**6)})",
            lambda: f"{{ SELECT ?a ?b {self.group(depth + 1)} }}",
        ]
        return self._chance.choice(parts)()

    def _triples(self) -> str:
        said = f"{self._node()} {self._path()} {self._node()}"
        while self._chance.random() < 0.5:
            more = (f" ; {self._path()} {self._node()}", f" , {self._node()}")
            said += self._chance.choice(more)
        return said

    def _node(self, depth: int = 0) -> str:
        return self._weighed(
            (60, self._variable),
            (20, lambda: f"e:n{self._chance.randrange(_NODES + 1)}"),
            (5, lambda: "_:k"),
            (5, lambda: "[]"),
            (5, lambda: "[]" if depth else f"[ {self._path()} {self._node(1)} ]"),
            (5, lambda: self._one_of("1 'a'@en -3 true")),
        )

    def _path(self) -> str:
        return self._weighed(
            (50, self._step),
            (10, lambda: self._one_of("?p ?q")),
            (10, lambda: f"{self._step()}/{self._step()}"),
            (10, lambda: self._step() + self._one_of("* + ?")),
            (10, lambda: f"{self._step()}|{self._step()}/{self._step()}"),
            (5, lambda: f"!({self._step()}|{self._step()})"),
            (5, lambda: f"({self._step()}/{self._step()})" + self._one_of("* + ?")),
        )

    def _step(self) -> str:
        return self._chance.choice(("", "", "^")) + f"e:p{self._chance.randrange(_PROPERTIES)}"

    def _variable(self) -> str:
        return self._one_of("?a ?b ?c ?x ?y ?z")

    def _one_of(self, texts: str) -> str:
        return self._chance.choice(texts.split())

    def _weighed(self, *choices: tuple[int, Callable[[], str]]) -> str:
        weights = [weight for weight, _ in choices]
        return self._chance.choices([text for _, text in choices], weights)[0]()
