"""Short ways to put data into a running service, and to ask it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from tests.running_service import Reply, RunningService

JSON = "application/sparql-results+json"
FORM = "application/x-www-form-urlencoded"


@dataclass(slots=True)
class Asking:
    """A client of a running service that may write."""

    running: RunningService
    bearer: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.bearer = self.running.bearer()

    def put(
        self, graph: str, turtle: str | bytes, media_type: str = "text/turtle", **headers: str
    ) -> Reply:
        """Put a document into a graph, and return what is said about it."""
        body = turtle.encode() if isinstance(turtle, str) else turtle
        sent = {"Content-Type": media_type, **headers, **self.bearer}
        return self.running.request("PUT", f"/graphs?graph={quote(graph)}", body=body, headers=sent)

    def hold(self, graph: str, turtle: str) -> None:
        """Put a document into a graph; it has to be kept."""
        reply = self.put(graph, turtle)
        assert reply.status in (200, 201, 204), reply.body.decode()

    def get(self, query: str, accept: str = JSON, **params: str) -> Reply:
        """Send a query by GET."""
        path = f"/sparql?{urlencode({'query': query, **params})}"
        return self.running.request("GET", path, headers={"Accept": accept})

    def post(self, body: bytes | str, media_type: str, path: str = "/sparql") -> Reply:
        """Send a body by POST, with a token."""
        content = body.encode() if isinstance(body, str) else body
        headers = {"Content-Type": media_type, "Accept": JSON, **self.bearer}
        return self.running.request("POST", path, body=content, headers=headers)

    def rows(self, query: str, **params: str) -> list[tuple[str, ...]]:
        """Return the rows of a query, each value as its text, unbound ones empty."""
        told = self.told(self.get(query, **params))
        columns = told["head"]["vars"]
        return [
            tuple(row[name]["value"] if name in row else "" for name in columns)
            for row in told["results"]["bindings"]
        ]

    def told(self, reply: Reply, status: int = 200) -> Any:  # noqa: ANN401 - any JSON
        """Return the JSON of a reply that has a certain status."""
        assert reply.status == status, reply.body.decode()
        return json.loads(reply.body)
