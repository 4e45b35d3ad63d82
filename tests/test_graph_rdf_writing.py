"""Writing RDF files: what comes back, and what other readers make of it."""

from __future__ import annotations

import io

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from graph.errors import UnknownFormat
from graph.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_FORMATS, RDF_XML, TRIG, TURTLE, RdfFormat
from graph.lexical import as_stored
from graph.names import XSD, Names
from graph.rdf import read_quads, write_quads
from graph.terms import DEFAULT_GRAPH, BlankNode, Literal, NamedNode, Quad

EX = "http://example.org/"
S, P, G = NamedNode(EX + "s"), NamedNode(EX + "p"), NamedNode(EX + "g")
PREFIXES = {**Names().prefixes(), "ex": EX}
each_format = pytest.mark.parametrize("format_", RDF_FORMATS, ids=lambda known: known.name)


def read(data: bytes, format_: RdfFormat) -> list[Quad]:
    return list(read_quads(io.BytesIO(data), format=format_, base_iri=EX))


def written(quads: list[Quad], format_: RdfFormat) -> bytes:
    out = io.BytesIO()
    write_quads(quads, out, format=format_, prefixes=PREFIXES)
    return out.getvalue()


MARKS = [
    Literal("1.10"),
    Literal("00:00:09.580"),
    Literal("007"),
    Literal('a "b", c\t\r\n\\ <&>'),
    Literal("\r"),
    Literal(""),
    Literal("São Tomé 𝄞"),
    Literal("colour", language="en-gb"),
    *(
        Literal(text, datatype=NamedNode(XSD + datatype))
        for text, datatype in [
            ("1.10", "decimal"),
            ("007", "integer"),
            ("1", "boolean"),
            ("1e0", "double"),
            ("00:00:09.580", "time"),
            ("-0776-07-01", "date"),
            ("0000", "gYear"),
            ("0776", "gYear"),
            ("1891", "gYear"),
            ("no number", "integer"),
        ]
    ),
]


@each_format
@pytest.mark.parametrize("mark", MARKS, ids=str)
def test_a_literal_comes_back_character_by_character(format_: RdfFormat, mark: Literal) -> None:
    assert read(written([Quad(S, P, mark)], format_), format_) == [Quad(S, P, mark)]


def test_a_language_tag_is_kept_but_in_small_letters() -> None:
    data = f'<{EX}s> <{EX}p> "colour"@en-GB .'.encode()
    assert str(read(data, TURTLE)[0].object) == '"colour"@en-gb'


STORED = {
    ("007", "integer"): "7",
    ("1.10", "decimal"): "1.1",
    ("1.0E0", "double"): "1",
    ("1", "boolean"): "true",
    ("00:00:09.580", "time"): "00:00:09.58",
    ("2024-09-17T10:00:00+00:00", "dateTime"): "2024-09-17T10:00:00Z",
    ("PT90M", "duration"): "PT1H30M",
    ("-0776-07-01", "date"): "-0776-07-01",
    ("0000", "gYear"): "0000",
    ("0776", "gYear"): "0776",
    ("007", "string"): "007",
    ("1.10", "string"): "1.10",
}


@pytest.mark.parametrize(("given_", "kept"), STORED.items(), ids=str)
def test_the_store_writes_numbers_and_times_its_own_way_and_as_stored_knows_how(
    given_: tuple[str, str], kept: str
) -> None:
    text, datatype = given_
    quad = Quad(S, P, Literal(text, datatype=NamedNode(XSD + datatype)))
    store = Store()
    store.add(quad)
    assert [found.object for found in store] == [as_stored(quad).object]
    assert as_stored(quad).object.value == kept  # type: ignore[union-attr] # a literal


ODD_NAMES = ["x.", "a%20b", "a(b)", "a,b'c", "a#b", "1a", "-a", "a/b", "", "é", "a;b", ".a", "a:b"]


@pytest.mark.parametrize("name", ODD_NAMES)
@pytest.mark.parametrize("format_", [TURTLE, RDF_XML], ids=lambda f: f.name)
def test_an_odd_address_is_written_so_that_another_reader_gets_it_back(
    format_: RdfFormat, name: str
) -> None:
    data = written([Quad(NamedNode(EX + name), P, NamedNode(EX + name))], format_)
    kind = "xml" if format_ is RDF_XML else "turtle"
    other = rdflib.Graph().parse(data=data, format=kind)
    assert {(str(s), str(o)) for s, _, o in other} == {(EX + name, EX + name)}


def test_rdf_xml_is_read_by_another_reader_with_every_kind_of_node() -> None:
    quads = [
        Quad(BlankNode("1a"), P, BlankNode("b.c")),
        Quad(S, NamedNode("http://other/x-y"), Literal("<&\r")),
        Quad(S, NamedNode("http://other/9x"), S),
    ]
    data = written(quads, RDF_XML)
    found = rdflib.Graph().parse(data=data, format="xml")
    assert {str(p) for p in found.predicates()} == {EX + "p", "http://other/x-y", "http://other/9x"}
    assert rdflib.Literal("<&\r") in set(found.objects())
    assert b"ns1" not in data


def test_rdf_xml_refuses_a_property_that_no_xml_name_fits() -> None:
    with pytest.raises(UnknownFormat, match="ends in no XML name") as caught:
        written([Quad(S, NamedNode(EX + "123"), S)], RDF_XML)
    assert "turtle" in caught.value.hint


@pytest.mark.parametrize("sign", ["\x00", "\x01", "\x0b", "\ufffe"])
def test_a_character_that_xml_cannot_carry_is_refused_there_and_written_elsewhere(
    sign: str,
) -> None:
    quads = [Quad(S, P, Literal(f"a{sign}b"))]
    with pytest.raises(UnknownFormat, match=rf"U\+{ord(sign):04X}") as caught:
        written(quads, RDF_XML)
    assert "jsonld" in caught.value.hint
    for format_ in (TURTLE, TRIG, N_TRIPLES, N_QUADS, JSON_LD):
        assert read(written(quads, format_), format_) == quads


@each_format
def test_the_order_depends_on_the_statements_alone(format_: RdfFormat) -> None:
    quads = [
        Quad(NamedNode(f"{EX}s{n % 3}"), NamedNode(f"{EX}p{n % 2}"), Literal(str(n)), graph)
        for n in range(12)
        for graph in (DEFAULT_GRAPH, G)
    ]
    assert written(quads, format_) == written(quads[::-1], format_)


@each_format
def test_a_format_keeps_graphs_or_gives_each_triple_once(format_: RdfFormat) -> None:
    quads = [Quad(S, P, S, G), Quad(S, P, S, NamedNode(EX + "h"))]
    found = read(written(quads, format_), format_)
    assert set(found) == (set(quads) if format_.holds_graphs else {Quad(S, P, S)})
    assert len(found) == len(set(found))


def test_turtle_uses_the_house_prefixes_and_declares_no_other() -> None:
    person = Names().of("person", "a-b")
    text = written([Quad(person, NamedNode(Names().prefixes()["mg"] + "noc"), S)], TURTLE).decode()
    assert "person:a-b mg:noc ex:s ." in text
    assert text.count("@prefix") == 3


literals = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"])).map(Literal),
    st.builds(
        lambda text, tag: Literal(text, language=tag), st.text("ab\n\"'\\"), st.just("pt-br")
    ),
)


@given(values=st.lists(literals, min_size=1, max_size=5))
@each_format
def test_any_text_comes_back_or_is_refused(format_: RdfFormat, values: list[Literal]) -> None:
    quads = {Quad(S, P, value) for value in values}
    try:
        data = written(list(quads), format_)
    except UnknownFormat:
        assert format_ is RDF_XML
        return
    assert set(read(data, format_)) == quads
