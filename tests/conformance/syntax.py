"""The grammar of SPARQL 1.1 Query and Update: texts that are taken, and texts that are refused.

The cases are in ``syntax.cases``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .cases import DEFINED, Chapter
from .tables import sections, unescaped

if TYPE_CHECKING:
    from tests.asking import Asking

    from .cases import Check

SYNTAX = Chapter("Grammar of SPARQL 1.1", "https://www.w3.org/TR/sparql11-query/#sparqlGrammar")
PREFIX = "PREFIX : <http://ex/> "
TAKEN, REFUSED = 200, 400


def query(text: str, status: int) -> Check:
    """Return the check that a query is taken or refused."""

    def check(service: Asking) -> None:
        reply = service.get(PREFIX + text if text else text, accept="*/*")
        assert reply.status == status, reply.body.decode()

    return check


def update(text: str, status: int) -> Check:
    """Return the check that an update is taken or refused; it is tried only."""

    def check(service: Asking) -> None:
        media_type, path = "application/sparql-update", "/sparql?dry-run=true"
        reply = service.post(PREFIX + text, media_type, path)
        told = service.told(reply, status)
        assert status == TAKEN or told["type"].endswith("/syntax")

    return check


for _section in list(sections("syntax.cases"))[1:]:
    _kind, _, _clause = _section.heading.partition(" ")
    for _line in _section.lines:
        _status = TAKEN if _line.startswith("+") else REFUSED
        _text = unescaped(_line[1:].strip())
        _title = (
            f"{_line[1:].strip() or 'an empty text'} is {'taken' if _line[0] == '+' else 'refused'}"
        )
        _check = (query if _kind == "query" else update)(_text, _status)
        SYNTAX.add(_clause, DEFINED, _title, _check)
