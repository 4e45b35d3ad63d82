"""The vocabulary is complete: what is used is declared, and what is declared is used and explained.

Terms of other vocabularies are compared with the closed lists that rdflib ships, those of the
IPTC with the published ontology in the shared data sets.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, XSD, Graph, Literal, URIRef

import graph
import ontology
import service
import shapes
from graph.terms import NamedNode

from .bundled_record import bundled_record

MG, VOCABULARY = ontology.NAMESPACE, URIRef(ontology.NAMESPACE.rstrip("#"))
WIKIDATA, IPTC = "http://www.wikidata.org/entity/", "https://sportschema.org/ontologies/main/"
CLOSED = (DCTERMS, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, XSD)
MAPPINGS = (SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
# Every line that says where a word is allowed, and so not what it is good for
ALLOWANCES = "words.ttl"
WORD = re.compile(r"""\bmg:([A-Za-z]\w*)|\bmg\(["'](\w+)["']\)|medalgraph/ns#(\w+)""")


@cache
def vocabulary() -> Graph:
    merged = Graph()
    for text in ontology.texts().values():
        merged.parse(data=text, format="turtle")
    return merged


def declared(*kinds: URIRef) -> set[URIRef]:
    return {
        term
        for kind in kinds
        for term in vocabulary().subjects(RDF.type, kind)
        if isinstance(term, URIRef)
    }


CLASSES, PROPERTIES = sorted(declared(OWL.Class)), sorted(declared(RDF.Property))
CONCEPTS, SCHEMES = sorted(declared(SKOS.Concept)), sorted(declared(SKOS.ConceptScheme))
TERMS = [*CLASSES, *PROPERTIES, *CONCEPTS, *SCHEMES]
each_file = pytest.mark.parametrize("name", ontology.texts())


def short(term: object) -> str:
    return str(term).rpartition("#")[2]


def words(text: str) -> set[str]:
    """Return the local names of the mg: words that program text, queries or Turtle spell."""
    return {next(filter(None, found)) for found in WORD.findall(text)}


_OTHERS = {"node_modules", "built"}
"""Folders of what others wrote, and of what was made of our own files."""


def words_below(folder: Path, *endings: str) -> set[str]:
    files = [
        path
        for path in folder.rglob("*")
        if path.suffix in endings and not _OTHERS.intersection(path.parts)
    ]
    assert files, folder
    return set().union(*(words(path.read_text(encoding="utf-8")) for path in files))


@cache
def words_of(place: str) -> frozenset[str]:
    match place:
        case "the library":
            found = words_below(Path(graph.__file__).parent, ".py")
        case "the service":
            found = words_below(Path(service.__file__).parent, ".py", ".html", ".ts", ".css")
        case "the shapes":
            found = set().union(*map(words, shapes.texts().values()))
        case "the shapes but for the lists of what is allowed":
            texts = shapes.texts()
            found = set().union(*(words(texts[name]) for name in texts if name != ALLOWANCES))
        case "the bundled data":
            quads = bundled_record().quads()
            nodes = {node for q in quads for node in (q.subject, q.predicate, q.object)}
            iris = {node.value for node in nodes if isinstance(node, NamedNode)}
            found = {short(iri) for iri in iris if iri.startswith(MG)}
        case _:
            raise ValueError(place)
    return frozenset(found)


def objects(term: URIRef, *predicates: URIRef) -> set[URIRef]:
    found = {o for predicate in predicates for o in vocabulary().objects(term, predicate)}
    assert all(isinstance(o, URIRef) for o in found), term
    return {o for o in found if isinstance(o, URIRef)}


def mapped_to(term: URIRef, namespace: str) -> set[str]:
    found = objects(term, *MAPPINGS)
    return {o.removeprefix(namespace) for o in found if o.startswith(namespace)}


# What is used is declared


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('mg("Standing"), mg(kind)', {"Standing"}),
        ("?e mg:won mg:Gold ; mg:event/mg:games ?g .", {"won", "Gold", "event", "games"}),
        ("FILTER(STRSTARTS(STR(?p), STR(mg:)))", set()),
        ("<https://w3id.org/medalgraph/ns#Gold> <https://w3id.org/medalgraph/ns>", {"Gold"}),
        ("omg:no", set()),
    ],
)
def test_words_are_found_in_programs_queries_and_turtle(text: str, found: set[str]) -> None:
    assert words(text) == found


ASKED = {"search"}
"""A property that queries ask by and no statement may use: declared, the gate would let it in."""


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("the library", {"Standing", "won"}),
        ("the service", {"Gold", "won"}),
        ("the shapes", {"Standing", "born", "Metre"}),
        ("the bundled data", {"Entry", "won", "Gold", "SetAside"}),
    ],
)
def test_every_word_that_is_used_is_declared(place: str, expected: set[str]) -> None:
    used = words_of(place)

    assert expected <= used
    assert used - {short(term) for term in TERMS} <= ASKED


def test_the_terms_that_the_package_lists_are_those_of_its_files() -> None:
    assert ontology.terms() == {str(term) for term in TERMS}


def test_everything_that_the_files_describe_is_a_term_or_the_vocabulary_itself() -> None:
    assert set(vocabulary().subjects()) == {*TERMS, VOCABULARY}


def test_every_term_is_of_one_kind_and_described_in_one_file() -> None:
    described = [
        subject
        for text in ontology.texts().values()
        for subject in set(Graph().parse(data=text, format="turtle").subjects())
    ]

    assert len(described) == len(set(described))
    assert len(TERMS) == len(set(TERMS))


# What is declared is explained


@pytest.mark.parametrize("term", [*TERMS, VOCABULARY], ids=short)
def test_every_term_has_one_english_name_and_one_english_explanation(term: URIRef) -> None:
    (label,) = vocabulary().objects(term, RDFS.label)
    (comment,) = vocabulary().objects(term, RDFS.comment)

    assert isinstance(label, Literal)
    assert isinstance(comment, Literal)
    assert (label.language, comment.language) == ("en", "en")
    assert label.strip() == str(label) != ""
    assert re.fullmatch(r"[A-Z(].*\.", comment), "an explanation is a sentence"


@pytest.mark.parametrize("terms", [CLASSES, PROPERTIES, SCHEMES], ids=["class", "property", "list"])
def test_no_two_terms_of_a_kind_have_the_same_name(terms: list[URIRef]) -> None:
    labels = [str(label) for term in terms for label in vocabulary().objects(term, RDFS.label)]

    assert sorted(set(labels)) == sorted(labels)


@pytest.mark.parametrize("term", [*CLASSES, *PROPERTIES], ids=short)
def test_every_class_and_property_says_which_vocabulary_defines_it(term: URIRef) -> None:
    assert objects(term, RDFS.isDefinedBy) == {VOCABULARY}


@pytest.mark.parametrize("term", PROPERTIES, ids=short)
def test_every_property_says_where_it_is_used_and_what_it_points_to(term: URIRef) -> None:
    domains, ranges = objects(term, SDO.domainIncludes), objects(term, SDO.rangeIncludes)

    assert domains
    assert ranges
    assert domains - {*CLASSES, RDFS.Resource, PROV.Entity} == set()
    kinds = {o for o in ranges if not o.startswith(str(XSD))}
    assert kinds - {*CLASSES, SKOS.Concept, RDFS.Class} == set()


def test_no_property_lets_a_reasoner_conclude_a_class() -> None:
    assert not list(vocabulary().subject_objects(RDFS.domain))
    assert not list(vocabulary().subject_objects(RDFS.range))


@pytest.mark.parametrize("term", [t for t in CLASSES if short(t) != "Claim"], ids=short)
def test_the_shapes_allow_a_class_the_properties_that_the_vocabulary_gives_it(
    term: URIRef,
) -> None:
    lists = re.findall(
        r"^s:\w+Words a .*?sh:targetClass mg:(\w+) ;.*?NOT IN \((.*?)\)",
        shapes.texts()[ALLOWANCES],
        flags=re.MULTILINE | re.DOTALL,
    )
    allowed = {name: words(text) for name, text in lists}
    given = {
        short(subject)
        for kind in (term, RDFS.Resource)
        for subject in vocabulary().subjects(SDO.domainIncludes, kind)
    }

    assert allowed[short(term)] == given


# What is declared is used


@pytest.mark.parametrize("term", [*CLASSES, *PROPERTIES, *CONCEPTS], ids=short)
def test_every_class_property_and_concept_has_a_use(term: URIRef) -> None:
    assert short(term) in (
        words_of("the shapes but for the lists of what is allowed")
        | words_of("the library")
        | words_of("the bundled data")
    )


@pytest.mark.parametrize("term", CONCEPTS, ids=short)
def test_every_concept_is_in_a_list_of_the_vocabulary(term: URIRef) -> None:
    lists = objects(term, SKOS.inScheme)

    assert lists
    assert lists - set(SCHEMES) == set()


@pytest.mark.parametrize("scheme", SCHEMES, ids=short)
def test_every_list_offers_a_choice_between_names_that_differ(scheme: URIRef) -> None:
    members = list(vocabulary().subjects(SKOS.inScheme, scheme))
    labels = {str(label) for term in members for label in vocabulary().objects(term, RDFS.label)}

    assert len(labels) == len(members) > 1


# Any reader understands it


@each_file
def test_two_parsers_read_the_same_statements(name: str) -> None:
    text = ontology.texts()[name]
    triples = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE)
    lines = pyoxigraph.serialize(
        (quad.triple for quad in triples), format=pyoxigraph.RdfFormat.N_TRIPLES
    )

    assert lines
    # Without blank nodes, equal sets of statements are equal graphs
    assert b"_:" not in lines
    assert set(Graph().parse(data=lines, format="nt")) == set(
        Graph().parse(data=text, format="turtle")
    )


@each_file
def test_every_prefix_that_a_file_declares_is_the_usual_one(name: str) -> None:
    usual = {
        "mg": MG,
        "wd": WIKIDATA,
        "sport": IPTC,
        "schema": str(SDO),
        "skos": str(SKOS),
        "rdf": str(RDF),
        "rdfs": str(RDFS),
        "owl": str(OWL),
        "xsd": str(XSD),
        "org": str(ORG),
        "prov": str(PROV),
        "dcterms": str(DCTERMS),
    }
    declarations = re.findall(r"^@prefix (\w+): <(.*)> \.$", ontology.texts()[name], re.MULTILINE)

    assert declarations
    assert set(declarations) - usual.items() == set()


# Terms of others exist


def test_every_word_of_another_vocabulary_is_one_that_it_has() -> None:
    used = {node for said in vocabulary() for node in said if isinstance(node, URIRef)}
    outside = used - {*TERMS, VOCABULARY}
    known = {o for o in outside if any(o in namespace for namespace in CLOSED)}
    elsewhere = {o for o in outside if str(o).startswith((WIKIDATA, IPTC))}
    licences = objects(VOCABULARY, DCTERMS.license)

    assert SDO.Person in known
    assert URIRef(f"{SDO}Persom") not in SDO, "rdflib's list is closed"
    assert outside - known - elsewhere == licences


@pytest.mark.parametrize("term", CLASSES, ids=short)
def test_a_class_is_mapped_to_classes(term: URIRef) -> None:
    names = {str(o) for o in objects(term, *MAPPINGS)} - {WIKIDATA + q for q in items(term)}

    assert all(re.search(r"[/#][A-Z]\w+$", name) for name in names), names
    assert all(re.fullmatch(r"Q[1-9]\d*", item) for item in items(term))


@pytest.mark.parametrize("term", PROPERTIES, ids=short)
def test_a_property_is_mapped_to_properties(term: URIRef) -> None:
    names = {str(o) for o in objects(term, *MAPPINGS)} - {WIKIDATA + p for p in items(term)}

    assert all(re.search(r"[/#][a-z]\w+$", name) for name in names), names
    assert all(re.fullmatch(r"P[1-9]\d*", item) for item in items(term))


def items(term: URIRef) -> set[str]:
    return mapped_to(term, WIKIDATA)


def test_what_wikidata_calls_a_thing_is_its_address_and_not_its_page() -> None:
    used = {str(node) for said in vocabulary() for node in said if "wikidata" in str(node)}

    assert f"{WIKIDATA}Q5" in used
    assert {iri for iri in used if not re.fullmatch(f"{WIKIDATA}[PQ][1-9][0-9]*", iri)} == set()


def test_nothing_is_mapped_to_one_term_in_two_ways() -> None:
    for term in TERMS:
        found = [o for mapping in MAPPINGS for o in vocabulary().objects(term, mapping)]
        assert len(found) == len(set(found)), term


def test_the_terms_of_the_iptc_are_in_its_published_ontology(shared_data: Path) -> None:
    published = Graph()
    for path in sorted((shared_data / "iptc-sport-schema").rglob("*ontology.ttl")):
        published.parse(path, format="turtle")
    used = {o for term in TERMS for o in objects(term, *MAPPINGS) if o.startswith(IPTC)}

    assert URIRef(f"{IPTC}Individual") in used
    assert used - set(published.subjects(RDF.type)) == set()
