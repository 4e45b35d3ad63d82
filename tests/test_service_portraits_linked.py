"""What pages say in terms of schema.org is JSON-LD of schema.org, and says nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pyld import jsonld
from rdflib import RDF, SDO, Graph

from .portrait_world import PAIRS, TOWER, WORLD, linked_data, page, read_page
from .service_world import BROWSER, World, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA = "https://schema.org/"
PATHS = (
    *("/id/person/ana-1950", "/id/person/bea-1951", "/id/person/cat-1952", TOWER, PAIRS),
    *("/id/nation/URS", "/id/org/noc", "/id/org/ioc", "/id/games/1976-summer", "/id/sport/diving"),
    *("/id/tenure/first", "/id/graph/book", "/id/graph/blog", "/id/award/pairs-eun"),
)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world_in(tmp_path_factory.mktemp("linked")) as made:
        made.store.update(WORLD)
        yield made


def schema_alone(url: str, _options: object) -> dict[str, Any]:
    """Return the context of schema.org, as far as names go; nothing else may be asked for."""
    assert url == "https://schema.org"
    context = {"@context": {"@vocab": SCHEMA}}
    return {"contextUrl": None, "documentUrl": url, "document": context}


@pytest.mark.parametrize("path", PATHS)
def test_each_class_and_property_is_one_of_schema_org(world: World, path: str) -> None:
    expanded = jsonld.expand(linked_data(page(world, path)), {"documentLoader": schema_alone})
    triples = jsonld.to_rdf(expanded, {"format": "application/n-quads"})
    graph = Graph().parse(data=triples, format="nt")
    used = set(graph.predicates()) - {RDF.type} | set(graph.objects(predicate=RDF.type))
    names = {str(term).removeprefix(SCHEMA) for term in used}
    assert names
    assert {name for name in names if name not in SDO} == set()


def test_the_policy_lets_nothing_run_and_the_data_ends_where_it_should(world: World) -> None:
    answer = world.client.get("/id/person/cat-1952.html", headers={"Accept": BROWSER})
    assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"]
    assert "alert(2)</script>" not in answer.text
    told = linked_data(read_page(answer.text))
    assert told["name"]["@value"] == "</script><script>alert(2)</script>"
