"""Reading RDF files: what is read, what is refused, and where the error points."""

from __future__ import annotations

import gzip
import io
from typing import TYPE_CHECKING, BinaryIO

import pytest

from graph.errors import BadInput, BadSyntax, Forbidden, NotFound, UnknownFormat
from graph.formats import (
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_FORMATS,
    RDF_XML,
    TRIG,
    TURTLE,
    RdfFormat,
)
from graph.rdf import read_quads
from graph.terms import Literal, NamedNode, Quad

if TYPE_CHECKING:
    from pathlib import Path

EX = "http://example.org/"
S, P, G = NamedNode(EX + "s"), NamedNode(EX + "p"), NamedNode(EX + "g")
each_format = pytest.mark.parametrize("format_", RDF_FORMATS, ids=lambda known: known.name)


def read(data: bytes, format_: RdfFormat, *, graph: NamedNode | None = None) -> list[Quad]:
    return list(read_quads(io.BytesIO(data), format=format_, base_iri=EX, graph=graph))


def rdf_xml(body: str, *, before: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>\n{before}<rdf:RDF xmlns:e="{EX}" '
        f'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n{body}\n</rdf:RDF>\n'
    ).encode()


ONE = Quad(S, P, Literal("São Tomé"))
SAME_STATEMENT = {
    TURTLE: f'<{EX}s> <{EX}p> "São Tomé" .',
    N_TRIPLES: f'<{EX}s> <{EX}p> "São Tomé" .',
    TRIG: f'<{EX}s> <{EX}p> "São Tomé" .',
    N_QUADS: f'<{EX}s> <{EX}p> "São Tomé" .',
    JSON_LD: f'{{"@id": "{EX}s", "{EX}p": "São Tomé"}}',
    RDF_XML: rdf_xml(
        f'<rdf:Description rdf:about="{EX}s"><e:p>São Tomé</e:p></rdf:Description>'
    ).decode(),
}


# ------------------------------------------------------------------------------- reading


@each_format
def test_each_format_is_read(format_: RdfFormat) -> None:
    assert read(SAME_STATEMENT[format_].encode(), format_) == [ONE]


@each_format
def test_each_format_is_read_packed(format_: RdfFormat, tmp_path: Path) -> None:
    path = tmp_path / f"data{format_.suffixes[0]}.gz"
    path.write_bytes(gzip.compress(SAME_STATEMENT[format_].encode()))
    assert list(read_quads(path, format=None, base_iri=EX)) == [ONE]


@each_format
def test_a_byte_order_mark_is_no_part_of_the_text(format_: RdfFormat) -> None:
    assert read(b"\xef\xbb\xbf" + SAME_STATEMENT[format_].encode(), format_) == [ONE]


@each_format
def test_an_empty_file_holds_nothing(format_: RdfFormat) -> None:
    assert read(b"", format_) == []


def test_statements_without_a_graph_go_to_the_one_asked_for_and_others_stay() -> None:
    data = f"<{EX}s> <{EX}p> 1 . <{EX}h> {{ <{EX}s> <{EX}p> 2 }}".encode()
    graphs = {quad.object.value: quad.graph_name for quad in read(data, TRIG, graph=G)}  # type: ignore[union-attr] # literals
    assert graphs == {"1": G, "2": NamedNode(EX + "h")}


def test_relative_addresses_are_resolved_against_the_base() -> None:
    assert read(b"<s> <p> <../o> .", TURTLE)[0].object == NamedNode("http://example.org/o")


def test_blank_nodes_of_two_files_never_meet() -> None:
    data = f"_:b <{EX}p> _:b .".encode()
    first, second = read(data, N_TRIPLES)[0], read(data, N_TRIPLES)[0]
    assert first.subject == first.object
    assert first.subject != second.subject


def test_statements_come_before_the_file_is_read_to_its_end() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            del size
            self.given += 1
            return f'<{EX}s> <{EX}p> "{self.given}" .\n'.encode() * 100

    endless: BinaryIO = Endless()  # type: ignore[assignment] # a stream is read, nothing else
    found = read_quads(endless, format=N_TRIPLES, base_iri=EX)
    assert next(found).subject == S


def test_a_stream_is_left_open() -> None:
    stream = io.BytesIO(SAME_STATEMENT[TURTLE].encode())
    list(read_quads(stream, format=TURTLE, base_iri=EX))
    assert not stream.closed


# ----------------------------------------------------------------- what cannot be read


def bad(data: bytes, format_: RdfFormat) -> BadSyntax:
    with pytest.raises(BadSyntax) as caught:
        read(data, format_)
    return caught.value


def test_a_broken_file_names_file_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "people.ttl"
    path.write_text(f'<{EX}s> <{EX}p> "a" .\n<{EX}s> "b" .\n', encoding="utf-8")
    with pytest.raises(BadSyntax) as caught:
        list(read_quads(path, format=None, base_iri=EX))
    assert (caught.value.source, caught.value.line) == ("people.ttl", 2)
    assert caught.value.column == len(f"<{EX}s> ") + 1


@pytest.mark.parametrize("format_", [TURTLE, TRIG, N_TRIPLES, N_QUADS], ids=lambda f: f.name)
def test_an_address_with_a_space_names_its_line(format_: RdfFormat) -> None:
    error = bad(f'<{EX}s> <{EX}p> "a" .\n<{EX}s> <{EX}p> <{EX}a b> .\n'.encode(), format_)
    assert error.line == 2
    assert "space" in str(error)


def test_an_address_with_a_space_in_rdf_xml_names_its_line() -> None:
    error = bad(rdf_xml(f'\n<rdf:Description rdf:about="{EX}a b"/>'), RDF_XML)
    assert error.line == 4
    assert "space" in str(error)


@pytest.mark.parametrize(
    "text",
    [
        '{"@id": "s",\n "http://example.org/p": {"@id": "http://example.org/a b"}}',
        '{"@context": {"id": "@id"},\n "id": "a b", "http://example.org/p": 1}',
        '{"@context": {"k": {"@id": "http://example.org/k", "@type": "@id"}},\n "k": ["a b"]}',
        '{"@id": "http://example.org/s",\n "http://example.org/a b": 1}',
        '{"@id": "http://example.org/s",\n "@type": "http://example.org/a b"}',
    ],
)
def test_an_address_with_a_space_in_json_ld_is_not_dropped_in_silence(text: str) -> None:
    error = bad(text.encode(), JSON_LD)
    assert error.line == 2
    assert "space" in str(error)


def test_text_with_a_space_is_no_bad_address_in_json_ld() -> None:
    text = '{"@context": {"my class": "http://example.org/C"}, "@id": "s", "@type": "my class"}'
    assert read(text.encode(), JSON_LD)[0].object == NamedNode(EX + "C")


@pytest.mark.parametrize("format_", [TURTLE, N_TRIPLES, RDF_XML, JSON_LD], ids=lambda f: f.name)
def test_a_byte_that_is_no_utf_8_is_named(format_: RdfFormat) -> None:
    data = SAME_STATEMENT[format_].encode()
    offset = data.index("ã".encode())
    error = bad(data[:offset] + b"\xe3" + data[offset + 2 :], format_)
    assert f"byte {offset} " in str(error)
    assert "0xe3" in str(error)


@each_format
def test_a_file_cut_in_half_is_an_error(format_: RdfFormat) -> None:
    data = SAME_STATEMENT[format_].encode()
    with pytest.raises(BadInput):
        read(data[: len(data) // 2], format_)


def test_rdf_xml_without_its_closing_tag_is_an_error() -> None:
    data = rdf_xml(f'<rdf:Description rdf:about="{EX}s"><e:p>a</e:p></rdf:Description>')
    with pytest.raises(BadSyntax, match="no element found"):
        read(data.replace(b"</rdf:RDF>", b""), RDF_XML)


def test_a_packed_file_that_is_cut_off_is_an_error() -> None:
    data = gzip.compress(SAME_STATEMENT[TURTLE].encode())
    assert "cut off" in str(bad(data[:-9], TURTLE))


def test_a_packed_file_that_is_damaged_is_an_error() -> None:
    data = bytearray(gzip.compress(SAME_STATEMENT[TURTLE].encode()))
    data[-6] ^= 0xFF
    assert "damaged" in str(bad(bytes(data), TURTLE))


def test_plain_text_with_the_name_of_a_packed_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "data.ttl.gz"
    path.write_text(SAME_STATEMENT[TURTLE], encoding="utf-8")
    assert list(read_quads(path, format=None, base_iri=EX)) == [ONE]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"none\.ttl"):
        list(read_quads(tmp_path / "none.ttl", format=None, base_iri=EX))


def test_a_name_that_tells_no_format_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat):
        list(read_quads(tmp_path / "data.bin", format=None, base_iri=EX))


@pytest.mark.parametrize(
    "declaration",
    [
        "<!DOCTYPE r SYSTEM 'file:///etc/hostname'>",
        "<!-- a --><!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>",
        "<!DOCTYPE r [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'><!ENTITY x '&b;&b;&b;'>]>",
    ],
)
def test_rdf_xml_with_a_doctype_is_refused(declaration: str) -> None:
    body = f'<rdf:Description rdf:about="{EX}s"><e:p>&x;</e:p></rdf:Description>'
    with pytest.raises(Forbidden, match="DOCTYPE in line 2"):
        read(rdf_xml(body, before=declaration), RDF_XML)


def test_rdf_xml_nested_very_deep_is_refused() -> None:
    with pytest.raises(Forbidden, match="deeper than 1000"):
        read(rdf_xml("<e:a><e:b>" * 600 + "</e:b></e:a>" * 600), RDF_XML)


@pytest.mark.parametrize(
    "context",
    [
        '"http://127.0.0.1:1/c"',
        '["file:///etc/hostname", {}]',
        '{"@import": "http://127.0.0.1:1/c"}',
        '{"k": {"@id": "http://example.org/k", "@context": "http://127.0.0.1:1/c"}}',
    ],
)
def test_a_json_ld_context_elsewhere_is_refused(context: str) -> None:
    with pytest.raises(Forbidden, match="would have to be fetched"):
        read(f'{{"@context": {context}, "@id": "{EX}s", "{EX}p": 1}}'.encode(), JSON_LD)


def test_json_nested_very_deep_is_refused() -> None:
    with pytest.raises(Forbidden, match="too deep"):
        read(b'{"http://example.org/p":' * 100_000 + b"}" * 100_000, JSON_LD)


def test_more_bytes_than_allowed_are_refused_although_packed_they_are_few() -> None:
    stream = io.BytesIO(gzip.compress(b" " * 1_000_000))
    with pytest.raises(Forbidden, match="more than 100,000 bytes"):
        list(read_quads(stream, format=TURTLE, base_iri=EX, limit_bytes=100_000))


def test_a_graph_without_an_address_is_refused() -> None:
    assert "has no IRI" in str(bad(f"_:g {{ <{EX}s> <{EX}p> 1 }}".encode(), TRIG))


def test_a_statement_about_a_statement_is_refused() -> None:
    triple = f"<{EX}s> <{EX}p> 1"
    assert "RDF 1.2" in str(bad(f"<{EX}s> <{EX}p> <<( {triple} )>> .".encode(), TURTLE))
