"""What the graph says in the words of the IPTC Sport Schema and of schema.org."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pyshacl
import pytest
import rdflib
from rdflib import RDF, RDFS, SH, XSD, Literal, Namespace, URIRef

from graph.exports import Scope, export, product
from graph.store import Store

from .export_world import NAMES, quads, store_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SPORT = Namespace("https://sportschema.org/ontologies/main/")
SCHEMA = Namespace("https://schema.org/")
ID = Namespace(f"{NAMES.base}/id/")
LAMIYA, RELAY, PARIS = ID["person/lamiya"], ID["event/relay"], ID["games/2024-summer-para"]
FORMATS = {"turtle": "turtle", "ntriples": "nt", "rdfxml": "xml", "jsonld": "json-ld"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    place = store_of(tmp_path_factory.mktemp("profiles") / "store", quads())
    with Store.open(place) as opened:
        yield opened


def read(
    store: Store, profile: str, form: str = "turtle", scope: Scope | None = None
) -> rdflib.Graph:
    out = io.BytesIO()
    with store.read() as reader:
        export(product(form, profile=profile), scope or Scope(), reader, store.names, out)
    return rdflib.Graph().parse(data=out.getvalue(), format=FORMATS[form])


@pytest.mark.parametrize("profile", ["iptc", "schema.org"])
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
def test_every_format_has_the_same_statements(store: Store, profile: str) -> None:
    first = set(read(store, profile))
    assert first
    assert all(set(read(store, profile, form)) == first for form in FORMATS)


def test_an_entry_is_a_participation_of_an_athlete_or_a_team(store: Store) -> None:
    found = read(store, "iptc")
    entry = ID["entry/100m--lamiya"]
    assert (entry, RDF.type, SPORT.IndividualParticipation) in found
    assert (entry, SPORT.participationBy, LAMIYA) in found
    assert (entry, SPORT.rank, Literal("1")) in found
    assert (ID["event/100m"], SPORT.participation, entry) in found
    assert (ID["event/100m"], SPORT.eventInCompetition, PARIS) in found
    team = found.value(ID["entry/relay--FRA"], SPORT.participationBy)
    assert (team, RDF.type, SPORT.Team) in found
    assert (team, RDFS.label, Literal("France")) in found
    assert (LAMIYA, SPORT.dateOfBirth, Literal("1992-06-15", datatype=XSD.date)) in found
    assert found.value(ID["person/omar"], SPORT.dateOfBirth) is None
    assert (LAMIYA, RDFS.label, Literal("Lamiya Valiyeva")) in found


def test_schema_org_knows_events_competitors_and_awards(store: Store) -> None:
    found = read(store, "schema.org")
    assert (RELAY, RDF.type, SCHEMA.SportsEvent) in found
    assert (RELAY, SCHEMA.superEvent, PARIS) in found
    assert (PARIS, SCHEMA.location, ID["place/paris"]) in found
    assert (ID["place/paris"], RDF.type, SCHEMA.City) in found
    assert (RELAY, SCHEMA.competitor, ID["entry/relay--FRA"]) in found
    assert (ID["entry/relay--FRA"], SCHEMA.athlete, LAMIYA) in found
    assert set(found.objects(ID["entry/relay--FRA"], SCHEMA.name)) == {Literal("France")}
    award = Literal("Gold medal, Women's 100 m, T12, Paris 2024")
    assert set(found.subjects(SCHEMA.award, award)) == {LAMIYA, ID["person/omar"]}
    assert (LAMIYA, SCHEMA.gender, SCHEMA.Female) in found
    assert (LAMIYA, SCHEMA.birthDate, Literal("1992-06-15")) in found
    assert found.value(ID["person/omar"], SCHEMA.birthDate) is None


def test_a_profile_of_one_edition_tells_of_that_only(store: Store) -> None:
    found = read(store, "schema.org", scope=Scope(games="2020-summer-para"))
    assert set(found.subjects(RDF.type, SCHEMA.Person)) == {ID["person/old"]}


def test_the_iptc_profile_uses_words_of_the_schema_and_keeps_its_shapes(
    store: Store, shared_data: Path
) -> None:
    folder = shared_data / "iptc-sport-schema" / "ontologies"
    ontology = rdflib.Graph().parse(folder / "iptc-sport-ontology.ttl")
    facets = rdflib.Graph().parse(folder / "iptc-sport-facets.ttl")
    found = read(store, "iptc")
    words = set(found.predicates()) | set(found.objects(predicate=RDF.type))
    known = set((ontology + facets).subjects(RDF.type)) | {RDF.type, RDFS.label}
    assert {word for word in words if isinstance(word, URIRef)} <= known
    shapes = rdflib.Graph().parse(folder / "iptc-sport-shacl.ttl")
    # As published they cannot be read strictly: sh:ignoredProperties goes with sh:closed.
    for shape in set(shapes.subjects(SH.ignoredProperties)) - set(shapes.subjects(SH.closed)):
        shapes.remove((shape, SH.ignoredProperties, None))
    conforms, _, text = pyshacl.validate(found, shacl_graph=shapes, ont_graph=ontology)
    assert conforms, text
