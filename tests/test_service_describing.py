"""What standard programs ask a store about itself is there, right, and in step with it."""

from __future__ import annotations

import json
import threading
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import rdflib
from rdflib import DCTERMS, RDF, RDFS, SH, VOID, Literal, Namespace, URIRef
from rdflib.namespace import DCAT

from graph.names import RDF_TYPE, is_restricted
from service.config import Settings
from service.examples import EXAMPLES
from service.limits import Limits
from service.processes.answering import ANYBODY
from service.processes.orders import COUNTS, Order

from .export_world import NAMES, one_more, quads, store_of
from .service_world import JSON, world_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .service_world import World

MG = Namespace("https://w3id.org/medalgraph/ns#")
ABOUT = f"{NAMES.base}/about"
DATASET = URIRef(f"{ABOUT}/void#dataset")
# The three questions that the SIB SPARQL editor asks of an endpoint, as it sends them.
SIB_PREFIXES = """PREFIX sh: <http://www.w3.org/ns/shacl#>
      SELECT DISTINCT ?prefix ?namespace
      WHERE { [] sh:namespace ?namespace ; sh:prefix ?prefix}
      ORDER BY ?prefix"""
SIB_EXAMPLES = """PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX spex: <https://purl.expasy.org/sparql-examples/ontology#>
SELECT DISTINCT ?sq ?comment ?query
WHERE {
    ?sq a sh:SPARQLExecutable ;
        rdfs:comment ?comment ;
        sh:select|sh:ask|sh:construct|spex:describe ?query .
} ORDER BY ?sq"""
SIB_VOID = """PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sh:<http://www.w3.org/ns/shacl#>
PREFIX sd:<http://www.w3.org/ns/sparql-service-description#>
PREFIX void:<http://rdfs.org/ns/void#>
PREFIX void-ext:<http://ldf.fi/void-ext#>
SELECT DISTINCT ?graph ?graphLabel ?subjectClass ?prop ?objectClass ?objectDatatype
?triples ?subjectClassLabel ?objectClassLabel ?subjectClassComment ?objectClassComment ?propLabel ?propComment
WHERE {
      {
        OPTIONAL {
          ?graph sd:graph ?graphDesc .
          OPTIONAL { ?graph rdfs:label ?graphLabel }
          ?graphDesc void:classPartition ?cp .
        }
        ?cp void:class ?subjectClass ;
          void:propertyPartition ?pp .
        OPTIONAL { ?subjectClass rdfs:label ?subjectClassLabel }
        OPTIONAL { ?subjectClass rdfs:comment ?subjectClassComment }

        ?pp void:property ?prop .
        OPTIONAL { ?pp void:triples ?triples }
        OPTIONAL { ?prop rdfs:label ?propLabel }
        OPTIONAL { ?prop rdfs:comment ?propComment }
        OPTIONAL {
          {
            ?pp  void:classPartition [ void:class ?objectClass ] .
            OPTIONAL { ?objectClass rdfs:label ?objectClassLabel }
            OPTIONAL { ?objectClass rdfs:comment ?objectClassComment }
          } UNION {
            ?pp void-ext:datatypePartition [ void-ext:datatype ?objectDatatype ] .
          }
        }
      } UNION {
        ?linkset void:subjectsTarget [ void:class ?subjectClass ] ;
          void:linkPredicate ?prop ;
          void:objectsTarget [ void:class ?objectClass ] .
      }
} ORDER BY ?subjectClass ?objectClass ?objectDatatype ?graph ?triples"""  # noqa: E501 - as it is sent


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    place = store_of(tmp_path_factory.mktemp("describing") / "store", quads())
    with world_of(place) as opened:
        yield opened


def rows(world: World, query: str, **params: str) -> list[dict[str, str]]:
    """Ask as the SIB SPARQL editor does: by GET, with a parameter that it adds."""
    answer = world.client.get(
        "/sparql", query_string={"ac": "1", "query": query, **params}, headers={"Accept": JSON}
    )
    assert answer.status_code == 200, answer.text
    found: Any = answer.json
    return [
        {name: value["value"] for name, value in row.items()}
        for row in found["results"]["bindings"]
    ]


def read(world: World, path: str, form: str = "text/turtle") -> rdflib.Graph:
    answer = world.client.get(path, headers={"Accept": form})
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"].partition(";")[0] == form
    return rdflib.Graph().parse(data=answer.data, format=form)


def record() -> set[tuple[object, object, object]]:
    public = (quad for quad in quads() if not is_restricted(quad.graph_name))
    return {(quad.subject, quad.predicate, quad.object) for quad in public}


def test_the_sib_editor_finds_prefixes(world: World) -> None:
    found = {row["prefix"]: row["namespace"] for row in rows(world, SIB_PREFIXES)}
    assert found == NAMES.prefixes()


def test_the_sib_editor_finds_examples_that_run(world: World) -> None:
    found = rows(world, SIB_EXAMPLES)
    assert {row["comment"] for row in found} == {example.title for example in EXAMPLES}
    for row in found:
        answer = world.client.get("/sparql", query_string={"query": row["query"]})
        assert answer.status_code == 200, row["query"]


def test_the_sib_editor_finds_what_leads_from_class_to_class(world: World) -> None:
    found = rows(world, SIB_VOID)
    ends = {
        (row["subjectClass"], row["prop"], row.get("objectClass", row.get("objectDatatype")))
        for row in found
    }
    assert (str(MG.Entry), str(MG.athlete), str(MG.Person)) in ends
    assert (str(MG.Event), str(MG.games), str(MG.Games)) in ends
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    assert (str(MG.Games), str(MG.year), integer) in ends
    athlete = next(row for row in found if row["prop"] == str(MG.athlete))
    assert athlete["triples"] == "4"
    assert athlete["subjectClassLabel"] == "entry"
    assert athlete["propLabel"] == "athlete"


def test_every_number_is_counted_from_the_data(world: World) -> None:
    found = read(world, "/.well-known/void")
    facts = record()
    assert found.value(DATASET, VOID.triples) == Literal(len(facts))
    assert found.value(DATASET, VOID.distinctSubjects) == Literal(len({s for s, _, _ in facts}))
    assert found.value(DATASET, VOID.distinctObjects) == Literal(len({o for _, _, o in facts}))
    assert found.value(DATASET, VOID.properties) == Literal(len({p for _, p, _ in facts}))
    kinds = Counter(str(o)[1:-1] for _, p, o in facts if p == RDF_TYPE)
    counted = {
        str(found.value(part, VOID["class"])): found.value(part, VOID.entities).toPython()  # type: ignore[union-attr] # a number
        for part in found.objects(DATASET, VOID.classPartition)
    }
    assert counted == kinds
    properties = Counter(str(p)[1:-1] for _, p, _ in facts)
    used = {
        str(found.value(part, VOID.property)): found.value(part, VOID.triples).toPython()  # type: ignore[union-attr] # a number
        for part in found.objects(DATASET, VOID.propertyPartition)
    }
    assert used == properties


def test_each_source_is_a_subset_with_its_provenance(world: World) -> None:
    found = read(world, "/.well-known/void")
    subsets = list(found.objects(DATASET, VOID.subset))
    titles = {str(found.value(part, DCTERMS.title)): part for part in subsets}
    assert titles.keys() == {"Results book", "The press"}
    press = titles["The press"]
    said = [quad for quad in quads() if quad.graph_name == NAMES.graph("press")]
    assert found.value(press, VOID.triples) == Literal(len(said))
    statement = found.value(press, DCTERMS.provenance)
    assert (statement, RDF.type, DCTERMS.ProvenanceStatement) in found


def test_each_download_can_be_had_where_it_is_said_to_be(world: World) -> None:
    found = read(world, "/.well-known/void")
    nodes = list(found.objects(DATASET, DCAT.distribution))
    addresses = [str(found.value(node, DCAT.downloadURL)) for node in nodes]
    assert any(address.endswith("/downloads/graph.nq.gz") for address in addresses)
    for address in addresses:
        assert world.client.get(address).status_code == 200, address
    endpoint = str(found.value(DATASET, VOID.sparqlEndpoint))
    assert world.client.get(endpoint, query_string={"query": "ASK {}"}).status_code == 200
    for example in found.objects(DATASET, VOID.exampleResource):
        path = str(example).removeprefix(NAMES.base)
        assert world.client.get(path, follow_redirects=True).status_code == 200, path


@pytest.mark.parametrize("form", ["text/turtle", "application/n-triples", "application/rdf+xml"])
def test_the_description_comes_in_each_rdf_format(world: World, form: str) -> None:
    assert set(read(world, "/.well-known/void", form)) == set(read(world, "/about/void"))


def test_sparnatural_finds_shapes_with_labels_classes_and_counts(world: World) -> None:
    schema, void = read(world, "/about/schema"), read(world, "/.well-known/void")
    # What its SHACL profile wants: node shapes with a target class, and their properties.
    nodes = list(schema.subjects(RDF.type, SH.NodeShape))
    shapes = {schema.value(shape, SH.targetClass): shape for shape in nodes}
    entry = shapes[MG.Entry]
    assert str(schema.value(entry, RDFS.label)) == "entry"
    paths = {schema.value(part, SH.path): part for part in schema.objects(entry, SH.property)}
    assert schema.value(paths[MG.athlete], SH["class"]) == MG.Person
    assert str(schema.value(paths[MG.athlete], SH.name)) == "athlete"
    person = {schema.value(p, SH.path): p for p in schema.objects(shapes[MG.Person], SH.property)}
    dash = Namespace("http://datashapes.org/dash#")
    assert schema.value(person[RDFS.label], dash.propertyRole) == dash.LabelRole
    # And its statistics: the partition that conforms to a shape has the number of things.
    part = void.value(predicate=DCTERMS.conformsTo, object=entry)
    assert void.value(part, VOID.entities) == Literal(3)


def test_the_service_description_has_it_all_for_who_reads_that(world: World) -> None:
    found = read(world, "/sparql")
    assert found.query(SIB_VOID).bindings
    assert len(found.query(SIB_EXAMPLES).bindings) == len(EXAMPLES)
    assert len(found.query(SIB_PREFIXES).bindings) == len(NAMES.prefixes())


def test_each_description_is_a_graph_that_can_be_named(world: World) -> None:
    words = {"void": "void:Dataset", "schema": "owl:Class", "examples": "sh:SPARQLExecutable"}
    for name, word in words.items():
        head = "PREFIX void: <http://rdfs.org/ns/void#> SELECT (COUNT(DISTINCT ?s) AS ?n)"
        named = rows(world, f"{head} {{ GRAPH <{ABOUT}/{name}> {{ ?s a {word} }} }}")
        plain = rows(world, f"{head} FROM <{ABOUT}/{name}> {{ ?s a {word} }}")
        sent = rows(world, f"{head} {{ ?s a {word} }}", **{"default-graph-uri": f"{ABOUT}/{name}"})
        assert named == plain == sent
        assert int(named[0]["n"]) > 0


def test_plain_questions_see_the_data_and_no_description(world: World) -> None:
    (row,) = rows(world, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert int(row["n"]) == len(record())
    graphs = {row["g"] for row in rows(world, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")}
    assert not any(graph.startswith(ABOUT) for graph in graphs)
    kinds = {row["c"] for row in rows(world, "SELECT DISTINCT ?c { [] a ?c }")}
    assert not any("shacl" in kind or "void" in kind for kind in kinds)
    words = 'SELECT ?s { ?s rdfs:label "sh:select void:Dataset" }'
    assert rows(world, words) == []


def test_nothing_restricted_shows_in_any_number_or_name(world: World) -> None:
    for path in ("/.well-known/void", "/about/schema", "/sparql"):
        content = world.client.get(path, headers={"Accept": "text/turtle"} | world.bearer()).text
        assert "restricted-classes" not in content
        assert "Hidden" not in content


def test_the_numbers_are_in_step_with_each_snapshot(tmp_path: Path) -> None:
    with world_of(store_of(tmp_path / "store", quads())) as world:
        head = "PREFIX void: <http://rdfs.org/ns/void#>"
        query = f"{head} SELECT ?n {{ ?d void:entities ?n ; void:uriSpace ?any }}"
        (before,) = rows(world, query)
        world.state(*one_more("One More"))
        (after,) = rows(world, query)
        assert int(after["n"]) == int(before["n"]) + 1
        found = read(world, "/.well-known/void")
        assert found.value(DATASET, DCTERMS.identifier) == Literal("snapshot 2")


def test_a_source_that_uses_the_words_itself_keeps_its_questions(tmp_path: Path) -> None:
    with world_of(store_of(tmp_path / "store", quads())) as world:
        world.store.update(
            "INSERT DATA { GRAPH graph:mine { <http://ex/shape> sh:targetClass mg:Person } }"
        )
        query = "SELECT ?s { ?s sh:targetClass ?c }"
        assert rows(world, query) == [{"s": "http://ex/shape"}]
        assert len(rows(world, query.replace("{", f"FROM <{ABOUT}/schema> {{", 1))) > 5


def test_an_unknown_description_is_not_there(world: World) -> None:
    answer = world.client.get("/about/nothing", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert "/about/void" in json.loads(answer.data)["hint"]


def test_the_empty_store_describes_itself_too(tmp_path: Path) -> None:
    with world_of(store_of(tmp_path / "store", [], commits=0)) as world:
        found = read(world, "/.well-known/void")
        assert found.value(DATASET, VOID.triples) == Literal(0)
        assert len(rows(world, SIB_EXAMPLES)) == len(EXAMPLES)


def test_prefixes_and_examples_are_there_before_the_snapshot_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world_of(store_of(tmp_path / "store", quads())) as world:
        exporter = world.app.extensions["medalgraph"].exporter
        ordered: list[str] = []
        monkeypatch.setattr(exporter, "prepare", lambda order, _: ordered.append(order.file))
        assert len(rows(world, SIB_PREFIXES)) == len(NAMES.prefixes())
        assert len(rows(world, SIB_EXAMPLES)) == len(EXAMPLES)
        assert set(ordered) == {COUNTS}


def test_who_asks_for_counts_waits_no_longer_than_a_query_may_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(limits=replace(Limits(), query_s=0.5))
    free = threading.Event()
    with world_of(store_of(tmp_path / "store", quads()), settings) as world:
        exporter = world.app.extensions["medalgraph"].exporter
        make = exporter._maker.make

        def slowly(order: Order, version: int, path: Path) -> int:
            free.wait(30)
            made: int = make(order, version, path)
            return made

        monkeypatch.setattr(exporter._maker, "make", slowly)
        answer = world.client.get("/.well-known/void", headers={"Accept": "text/turtle"})
        assert answer.status_code == 503
        assert world.client.get("/sparql", headers={"Accept": "text/turtle"}).status_code == 200
        free.set()
        settled = replace(ANYBODY, seconds=30.0)
        exporter.get(Order(COUNTS), 1, settled)
        assert read(world, "/.well-known/void").value(DATASET, VOID.triples) is not None
