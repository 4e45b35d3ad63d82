"""Problem details (RFC 9457): how an error reads on the wire."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from graph.names import DEFAULT_BASE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Json: TypeAlias = str | int | float | bool | Sequence["Json"] | Mapping[str, "Json"] | None


@dataclass(frozen=True, slots=True)
class Problem:
    """One error as a client reads it.

    Attributes:
        slug: the end of the IRI that names the kind of problem.
        title: the kind of problem in a few words, the same each time.
        status: the HTTP status.
        detail: what is wrong this time, one or two sentences.
        members: what else is known (hint, line, column, report ...).
        report: the same as a sh:ValidationReport in Turtle, for a refusal by the gate.

    """

    slug: str
    title: str
    status: int
    detail: str
    members: Mapping[str, Json] = field(default_factory=dict)
    report: str = ""

    @property
    def type(self) -> str:
        """The IRI that names the kind of problem."""
        return f"{DEFAULT_BASE}/problem/{self.slug}"

    def to_json(self) -> bytes:
        """Return the ``application/problem+json`` document.

        Example:
            >>> Problem("not-found", "Not found", 404, "None.").to_json().splitlines()[3]
            b'  "status": 404,'

        """
        document = {
            "type": self.type,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            **self.members,
        }
        return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"
