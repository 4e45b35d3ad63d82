"""A service over a store of its own, asked inside the test as clients would ask it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.store import Store
from graph.terms import Literal, NamedNode, Quad
from service.app import create_app
from service.config import Settings
from service.tokens import TokenBook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from graph.terms import Object

EX = "http://ex/"
G1, G2 = NamedNode(EX + "g1"), NamedNode(EX + "g2")
SPOKEN = NamedNode(EX + "says")
JSON = "application/sparql-results+json"
TURTLE = "text/turtle"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
VALUES = f"SELECT ?v WHERE {{ ?s <{EX}says> ?v }} ORDER BY ?v"


def ex(name: str) -> NamedNode:
    """Return a node of the tests' own data."""
    return NamedNode(EX + name)


def says(name: str, value: str | Object, graph: NamedNode = G1) -> Quad:
    """Return the statement that a node says something."""
    return Quad(ex(name), SPOKEN, Literal(value) if isinstance(value, str) else value, graph)


@dataclass(frozen=True, slots=True)
class World:
    """A store, the service over it, and a client of that."""

    store: Store
    app: Flask
    client: FlaskClient
    book: TokenBook

    def state(self, *quads: Quad) -> None:
        """Put statements into the store, in a commit."""
        with self.store.transaction() as change:
            change.add(*quads)

    def ask(self, query: str, *, accept: str = JSON, **params: str) -> TestResponse:
        """Send a query by GET."""
        return self.client.get(
            "/sparql", query_string={"query": query, **params}, headers={"Accept": accept}
        )

    def values(self, query: str, **params: str) -> list[str]:
        """Return the values of the one variable of a query."""
        answer = self.ask(query, **params)
        assert answer.status_code == 200, answer.text
        bindings = answer.json["results"]["bindings"]  # type: ignore[index] # it is JSON
        return [next(iter(row.values()))["value"] for row in bindings]

    def bearer(self, scope: str = "write") -> dict[str, str]:
        """Return the header of a new token."""
        text, _ = self.book.create(scope, note="the tests")
        return {"Authorization": f"Bearer {text}"}


@contextmanager
def world_in(folder: Path, settings: Settings | None = None) -> Iterator[World]:
    """Yield a world whose store lies in a folder and is empty."""
    place = folder / "store"
    Store.create(place).close()
    with world_of(place, settings) as world:
        yield world


@contextmanager
def world_of(place: Path, settings: Settings | None = None) -> Iterator[World]:
    """Yield a world over a store that is there."""
    settings = replace(settings or Settings(), store=place)
    with Store.open(place) as store:
        app = create_app(settings, store)
        yield World(store, app, app.test_client(), TokenBook(settings.token_file))
