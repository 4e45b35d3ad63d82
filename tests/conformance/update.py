"""SPARQL 1.1 Update: what each operation does to graphs, seen from outside.

The cases are in ``update.cases``. The default graph of this store is the record, which is
made from the named graphs and is not written to: a statement that names no graph goes to
the graph ``local``, and DEFAULT means it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tests.asking import FORM

from .cases import DEFINED, MUST, Chapter
from .tables import labelled, sections

if TYPE_CHECKING:
    from tests.asking import Asking

    from .cases import Check
    from .tables import Section

UPDATE = Chapter("SPARQL 1.1 Update", "https://www.w3.org/TR/sparql11-update/")
PREFIX = "PREFIX : <http://ex/update/> "
LOCAL = "https://w3id.org/medalgraph/id/graph/local"
NOTHING, REFUSED = "nothing", "refused"
_GRAPH = re.compile(r"(\S+) \{ (.*?) \}")


def begin(service: Asking, state: str) -> None:
    """Make the store hold these graphs, and no others."""
    found = _GRAPH.findall(state)
    data = " ".join(f"GRAPH {_full(graph)} {{ {lines} }}" for graph, lines in found)
    assert run(service, f"DROP ALL ; INSERT DATA {{ {data} }}") == 200


def run(service: Asking, update: str) -> int:
    """Make an update and return the status."""
    return service.post(PREFIX + update, "application/sparql-update").status


def now(service: Asking) -> str:
    """Return all graphs, as ``update.cases`` writes them."""
    rows = service.rows("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }")
    found: dict[str, set[str]] = {}
    for graph, *terms in rows:
        found.setdefault(_short(graph), set()).add(" ".join(map(_short, terms)))
    graphs = (f"{graph} {{ {' . '.join(sorted(found[graph]))} }}" for graph in sorted(found))
    return " ".join(graphs) or NOTHING


def _short(term: str) -> str:
    return "local" if term == LOCAL else term.replace("http://ex/update/", ":")


def _full(graph: str) -> str:
    return f"<{LOCAL}>" if graph == "local" else graph


def leads(before: str, update: str, after: str) -> Check:
    """Return the check that an update leads from one state to another, or is refused."""

    def check(service: Asking) -> None:
        begin(service, before)
        status = run(service, update)
        assert (status == 200) == (after != REFUSED), status
        assert now(service) == (before if after == REFUSED else after)

    return check


def _case(section: Section) -> None:
    clause, force, title = section.heading.split(" ", 2)
    before, after = labelled(section, "before"), labelled(section, "after")
    update = " ".join(line for line in section.lines if not line.startswith(("before", "after")))
    UPDATE.add(clause, force, title, leads(before, update, after))


for _section in list(sections("update.cases"))[1:]:
    _case(_section)


@UPDATE.case("3.1.1", DEFINED)
def blank_nodes_of_INSERT_DATA_are_new_ones(service: Asking) -> None:
    begin(service, NOTHING)
    for _ in range(2):
        assert run(service, "INSERT DATA { GRAPH :g { _:x :p 1 } }") == 200
    query = "SELECT (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert service.rows(query) == [("2",)]


@UPDATE.case("3.1.3.2", DEFINED)
def blank_nodes_of_a_template_are_new_for_each_solution(service: Asking) -> None:
    begin(service, ":g { :a :p 1 . :a :q 2 } :h { :a :p 3 }")
    update = "INSERT { GRAPH :i { _:x :of ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert run(service, update) == 200
    query = "SELECT (COUNT(DISTINCT ?s) AS ?n) { GRAPH <http://ex/update/i> { ?s ?p ?o } }"
    assert service.rows(query) == [("3",)]


@UPDATE.case("2.2", MUST)
def an_update_is_kept_as_one_state_that_no_query_sees_in_part(service: Asking) -> None:
    begin(service, ":g { :a :p 1 }")
    before = int(service.get("ASK {}").headers["Medalgraph-Snapshot"])
    assert run(service, "CLEAR GRAPH :g ; INSERT DATA { GRAPH :g { :a :p 2 } }") == 200
    assert int(service.get("ASK {}").headers["Medalgraph-Snapshot"]) == before + 1
    assert service.rows("SELECT ?o { ?s ?p ?o }", at=str(before)) == [("1",)]


@UPDATE.case("3.1.1", DEFINED)
def an_update_may_come_as_a_form(service: Asking) -> None:
    begin(service, NOTHING)
    update = f"{PREFIX} INSERT DATA {{ GRAPH :g {{ :a :p 1 }} }}"
    assert service.post(urlencode({"update": update}), FORM).status == 200
    assert now(service) == ":g { :a :p 1 }"
