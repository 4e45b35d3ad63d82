"""SPARQL 1.1 Query Language: what queries mean, by small data, a query and its solutions.

The cases are in ``query.cases`` and ``expressions.cases``.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tests.asking import FORM

from .cases import DEFINED, Chapter
from .tables import labelled, lines_of, sections

if TYPE_CHECKING:
    from tests.asking import Asking

    from .cases import Check
    from .tables import Section

QUERY = Chapter("SPARQL 1.1 Query Language", "https://www.w3.org/TR/sparql11-query/")
XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = f"PREFIX : <http://ex/> PREFIX xsd: <{XSD}> "
TURTLE_PREFIXES = f"@prefix : <http://ex/> . @prefix xsd: <{XSD}> . "
GRAPHS, TRIPLES = "graphs", "triples"
_LABELS = ("data: ", "kind: ", "deviation: ", "=> ", "=>")


def answered(service: Asking, query: str, data: str, form: str) -> list[str]:
    """Return the lines of an answer, over data that is the whole dataset, or over the graphs."""
    sent = {"query": PREFIXES + query, "format": form}
    if data == GRAPHS:
        for number in (1, 2, 3):
            service.hold(f"http://ex/g{number}", f"{TURTLE_PREFIXES} :x :p {number} .")
    else:
        sent["default-graph-uri"] = f"http://ex/conformance/{zlib.crc32(data.encode())}"
        if data:
            service.hold(sent["default-graph-uri"], TURTLE_PREFIXES + data)
    reply = service.post(urlencode(sent), FORM)
    assert reply.status == 200, reply.body.decode()
    short = re.sub(r"<http://ex/([^>]*)>", r":\1", reply.body.decode())
    short = re.sub(rf"<{re.escape(XSD)}([^>]*)>", r"xsd:\1", short)
    return short.removesuffix("\n").split("\n")


def solutions(query: str, data: str, expected: list[str]) -> Check:
    """Return the check that a query has these solutions."""

    def check(service: Asking) -> None:
        found = [line.replace("\t", " | ") for line in answered(service, query, data, "tsv")[1:]]
        if "ORDER BY" not in query:
            found.sort()
            expected.sort()
        assert found == expected

    return check


def statements(query: str, data: str, expected: list[str]) -> Check:
    """Return the check that a query gives these statements; blank nodes are all ``_:b``."""

    def check(service: Asking) -> None:
        found = answered(service, query, data, "ntriples")
        assert sorted(re.sub(r"_:\w+", "_:b", line) for line in found) == sorted(expected)

    return check


def _case(section: Section, known: dict[str, str]) -> None:
    clause, _, title = section.heading.partition(" ")
    data = labelled(section, "data")
    query = " ".join(line for line in section.lines if not line.startswith(_LABELS))
    expected = [line[3:] for line in section.lines if line.startswith("=>")]
    make = statements if labelled(section, "kind") == TRIPLES else solutions
    check = make(query, known.get(data, data), expected)
    QUERY.add(clause, DEFINED, title, check, deviation=labelled(section, "deviation"))


def _expression(line: str, deviation: str) -> None:
    clause, _, rest = line.partition(": ")
    expression, _, value = rest.rpartition(" =>")
    check = solutions(f"SELECT ({expression} AS ?v) {{}}", "", [value.strip()])
    title = f"{expression} is {value.strip() or 'an error'}"
    QUERY.add(clause, DEFINED, title, check, deviation=deviation)


_first, *_rest = sections("query.cases")
_known = dict(line.removeprefix("data ").split(" = ", 1) for line in _first.lines)
for _section in _rest:
    _case(_section, _known)
_deviation = ""
for _, _line in lines_of("expressions.cases"):
    if _line.startswith("! "):
        _deviation = _line.removeprefix("! ")
    else:
        _expression(_line, _deviation)
        _deviation = ""
