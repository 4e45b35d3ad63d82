"""The four result formats of SPARQL 1.1: XML, JSON, CSV and TSV, clause by clause."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

from .cases import MUST, SHOULD, Chapter

if TYPE_CHECKING:
    from tests.asking import Asking

JSON_RESULTS = Chapter(
    "SPARQL 1.1 Query Results JSON Format", "https://www.w3.org/TR/sparql11-results-json/"
)
XML_RESULTS = Chapter(
    "SPARQL Query Results XML Format (Second Edition)", "https://www.w3.org/TR/rdf-sparql-XMLres/"
)
CSV_RESULTS = Chapter(
    "SPARQL 1.1 Query Results CSV and TSV Formats",
    "https://www.w3.org/TR/sparql11-results-csv-tsv/",
)
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
NAMESPACE = "{http://www.w3.org/2005/sparql-results#}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XSD = "http://www.w3.org/2001/XMLSchema#"
ROWS = """SELECT ?iri ?plain ?tagged ?typed ?blank ?unbound WHERE {
  VALUES (?iri ?plain ?tagged ?typed ?unbound) {
    (<http://ex/a> "a" "b"@en-GB "2024"^^<http://www.w3.org/2001/XMLSchema#gYear> UNDEF) }
  BIND(BNODE() AS ?blank) }"""
AWKWARD = 'SELECT ("a\\"b,c\\td\\r\\ne<&>\\\\" AS ?v) {}'
AWKWARD_TEXT = 'a"b,c\td\r\ne<&>\\'


def as_json(service: Asking, query: str) -> Any:  # noqa: ANN401 - any JSON
    reply = service.get(query, accept=JSON)
    assert reply.headers["Content-Type"] == JSON
    return service.told(reply)


def binding(service: Asking, name: str) -> dict[str, str]:
    [row] = as_json(service, ROWS)["results"]["bindings"]
    found: dict[str, str] = row[name]
    return found


@JSON_RESULTS.case("3")
def the_document_is_one_object_in_UTF_8(service: Asking) -> None:
    assert isinstance(as_json(service, "SELECT * {}"), dict)
    raw = service.get('SELECT ("ə" AS ?v) {}', accept=JSON).body
    assert "ə" in raw.decode("utf-8")


@JSON_RESULTS.case("3.1")
def head_and_results_are_members_of_the_answer_to_SELECT(service: Asking) -> None:
    assert {"head", "results"} <= set(as_json(service, ROWS))


@JSON_RESULTS.case("3.1.1")
def vars_names_the_variables_in_the_order_of_SELECT(service: Asking) -> None:
    expected = ["iri", "plain", "tagged", "typed", "blank", "unbound"]
    assert as_json(service, ROWS)["head"]["vars"] == expected


@JSON_RESULTS.case("3.2.1")
def bindings_is_an_array_with_an_object_for_each_row(service: Asking) -> None:
    rows = as_json(service, "SELECT ?x { VALUES ?x { 3 1 2 } } ORDER BY ?x")["results"]["bindings"]
    assert [row["x"]["value"] for row in rows] == ["1", "2", "3"]
    assert as_json(service, "SELECT ?x { VALUES ?x {} }")["results"]["bindings"] == []


@JSON_RESULTS.case("3.2.1")
def a_variable_without_a_value_has_no_member(service: Asking) -> None:
    [row] = as_json(service, ROWS)["results"]["bindings"]
    assert "unbound" not in row


@JSON_RESULTS.case("3.2.2")
def an_IRI_is_of_the_type_uri(service: Asking) -> None:
    assert binding(service, "iri") == {"type": "uri", "value": "http://ex/a"}


@JSON_RESULTS.case("3.2.2")
def a_plain_literal_is_of_the_type_literal(service: Asking) -> None:
    assert binding(service, "plain") == {"type": "literal", "value": "a"}


@JSON_RESULTS.case("3.2.2")
def a_language_is_the_member_xml_lang(service: Asking) -> None:
    found = binding(service, "tagged")
    assert (found["type"], found["value"]) == ("literal", "b")
    assert found["xml:lang"].lower() == "en-gb"


@JSON_RESULTS.case("3.2.2")
def a_datatype_is_the_member_datatype(service: Asking) -> None:
    expected = {"type": "literal", "value": "2024", "datatype": f"{XSD}gYear"}
    assert binding(service, "typed") == expected


@JSON_RESULTS.case("3.2.2")
def a_blank_node_is_of_the_type_bnode_and_the_same_within_the_answer(service: Asking) -> None:
    assert binding(service, "blank")["type"] == "bnode"
    service.hold("http://ex/results", "_:x <http://ex/p> 1, 2 .")
    query = "SELECT ?s { GRAPH <http://ex/results> { ?s ?p ?o } }"
    labels = [row["s"]["value"] for row in as_json(service, query)["results"]["bindings"]]
    assert len(labels) == 2
    assert len(set(labels)) == 1


@JSON_RESULTS.case("3.3")
def the_answer_to_ASK_has_head_and_boolean(service: Asking) -> None:
    assert as_json(service, "ASK {}") == {"head": {}, "boolean": True}
    assert as_json(service, "ASK { FILTER(false) }")["boolean"] is False


@JSON_RESULTS.case("3.2.2")
def every_character_survives_JSON(service: Asking) -> None:
    query = 'SELECT ("\\u0001\\u001F\\u2028\\"\\\\" AS ?v) {}'
    [row] = as_json(service, query)["results"]["bindings"]
    assert row["v"]["value"] == '\x01\x1f\u2028"\\'


@JSON_RESULTS.case("4")
def the_media_type_is_that_of_SPARQL_results_in_JSON(service: Asking) -> None:
    assert service.get("ASK {}", accept=JSON).headers.get_content_type() == JSON


def as_xml(service: Asking, query: str) -> ET.Element:
    reply = service.get(query, accept=XML)
    assert reply.status == 200
    assert reply.headers.get_content_type() == XML
    return ET.fromstring(reply.body)  # noqa: S314 - our own answer


def node(service: Asking, name: str) -> ET.Element:
    found = as_xml(service, ROWS).find(f".//{NAMESPACE}binding[@name='{name}']/*")
    assert found is not None
    return found


@XML_RESULTS.case("2.1")
def the_root_is_sparql_in_its_namespace(service: Asking) -> None:
    assert as_xml(service, ROWS).tag == f"{NAMESPACE}sparql"


@XML_RESULTS.case("2.2")
def head_names_the_variables_in_the_order_of_SELECT(service: Asking) -> None:
    root = as_xml(service, ROWS)
    assert root[0].tag == f"{NAMESPACE}head"
    names = [variable.get("name") for variable in root[0]]
    assert names == ["iri", "plain", "tagged", "typed", "blank", "unbound"]


@XML_RESULTS.case("2.3.1")
def results_has_a_result_for_each_row_after_head(service: Asking) -> None:
    root = as_xml(service, "SELECT ?x { VALUES ?x { 1 2 3 } }")
    assert [child.tag for child in root] == [f"{NAMESPACE}head", f"{NAMESPACE}results"]
    assert [child.tag for child in root[1]] == [f"{NAMESPACE}result"] * 3


@XML_RESULTS.case("2.3.1")
def a_variable_without_a_value_has_no_binding(service: Asking) -> None:
    assert as_xml(service, ROWS).find(f".//{NAMESPACE}binding[@name='unbound']") is None


@XML_RESULTS.case("2.3.1")
def an_IRI_is_the_element_uri(service: Asking) -> None:
    found = node(service, "iri")
    assert (found.tag, found.text) == (f"{NAMESPACE}uri", "http://ex/a")


@XML_RESULTS.case("2.3.1")
def a_literal_is_the_element_literal_with_language_or_datatype(service: Asking) -> None:
    plain, tagged, typed = (node(service, name) for name in ("plain", "tagged", "typed"))
    assert {found.tag for found in (plain, tagged, typed)} == {f"{NAMESPACE}literal"}
    assert (plain.text, plain.attrib) == ("a", {})
    assert tagged.attrib[LANG].lower() == "en-gb"
    assert typed.attrib == {"datatype": f"{XSD}gYear"}


@XML_RESULTS.case("2.3.1")
def a_blank_node_is_the_element_bnode(service: Asking) -> None:
    found = node(service, "blank")
    assert found.tag == f"{NAMESPACE}bnode"
    assert found.text


@XML_RESULTS.case("2.3.2")
def the_answer_to_ASK_is_the_element_boolean(service: Asking) -> None:
    root = as_xml(service, "ASK {}")
    assert [child.tag for child in root] == [f"{NAMESPACE}head", f"{NAMESPACE}boolean"]
    assert root[1].text == "true"


@XML_RESULTS.case("2")
def every_character_survives_an_XML_parser(service: Asking) -> None:
    found = as_xml(service, AWKWARD).find(f".//{NAMESPACE}literal")
    assert found is not None
    assert found.text == AWKWARD_TEXT


@XML_RESULTS.case("2")
def what_XML_cannot_carry_never_makes_a_broken_document(service: Asking) -> None:
    assert service.get('SELECT ("\\u0001" AS ?v) {}', accept=XML).status == 406


def as_csv(service: Asking, query: str) -> list[list[str]]:
    reply = service.get(query, accept=CSV)
    assert reply.status == 200
    return list(csv.reader(io.StringIO(reply.body.decode(), newline="")))


@CSV_RESULTS.case("3", MUST)
def the_media_type_of_CSV_is_text_csv_in_UTF_8_with_a_header(service: Asking) -> None:
    reply = service.get(ROWS, accept=CSV)
    assert reply.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"


@CSV_RESULTS.case("3.1", MUST)
def the_first_row_of_CSV_names_the_variables_without_a_question_mark(service: Asking) -> None:
    assert as_csv(service, ROWS)[0] == ["iri", "plain", "tagged", "typed", "blank", "unbound"]


@CSV_RESULTS.case("3.1", MUST)
def lines_of_CSV_end_with_CRLF(service: Asking) -> None:
    body = service.get("SELECT ?x ?y { VALUES (?x ?y) { (1 2) } }", accept=CSV).body
    assert body == b"x,y\r\n1,2\r\n"


@CSV_RESULTS.case("3.2", MUST)
def values_of_CSV_are_texts_without_quotes_types_and_languages(service: Asking) -> None:
    [_, row] = as_csv(service, ROWS)
    assert row[:4] == ["http://ex/a", "a", "b", "2024"]
    assert row[4].startswith("_:")
    assert row[5] == ""


@CSV_RESULTS.case("3.2", MUST)
def CSV_quotes_what_RFC_4180_wants_quoted(service: Asking) -> None:
    assert as_csv(service, AWKWARD) == [["v"], [AWKWARD_TEXT]]
    assert b'"a""b' in service.get(AWKWARD, accept=CSV).body


@CSV_RESULTS.case("3.2", SHOULD)
def a_row_of_one_empty_value_is_no_blank_line_of_CSV(service: Asking) -> None:
    assert as_csv(service, "SELECT ?x { VALUES ?x { UNDEF } }") == [["x"], [""]]


def as_tsv(service: Asking, query: str) -> list[list[str]]:
    reply = service.get(query, accept=TSV)
    assert reply.status == 200
    return [line.split("\t") for line in reply.body.decode().removesuffix("\n").split("\n")]


@CSV_RESULTS.case("4", MUST)
def the_media_type_of_TSV_is_text_tab_separated_values(service: Asking) -> None:
    reply = service.get(ROWS, accept=TSV)
    assert reply.headers["Content-Type"].startswith("text/tab-separated-values; charset=utf-8")


@CSV_RESULTS.case("4.1", MUST)
def the_first_row_of_TSV_names_the_variables_with_a_question_mark(service: Asking) -> None:
    expected = ["?iri", "?plain", "?tagged", "?typed", "?blank", "?unbound"]
    assert as_tsv(service, ROWS)[0] == expected


@CSV_RESULTS.case("4.2", MUST)
def values_of_TSV_are_terms_as_SPARQL_and_Turtle_write_them(service: Asking) -> None:
    [_, row] = as_tsv(service, ROWS)
    assert row[0] == "<http://ex/a>"
    assert row[1] == '"a"'
    assert row[2].lower() == '"b"@en-gb'
    assert row[3] == f'"2024"^^<{XSD}gYear>'
    assert row[4].startswith("_:")
    assert row[5] == ""


@CSV_RESULTS.case("4.2", MUST)
def TSV_escapes_tabs_line_breaks_quotes_and_backslashes(service: Asking) -> None:
    [_, row] = as_tsv(service, AWKWARD)
    assert row == ['"a\\"b,c\\td\\r\\ne<&>\\\\"']


@CSV_RESULTS.case("4.2", MUST)
def numbers_of_TSV_may_be_written_without_quotes(service: Asking) -> None:
    [_, row] = as_tsv(service, "SELECT (7 AS ?i) (1.5 AS ?d) (1e3 AS ?e) {}")
    assert row[:2] == ["7", "1.5"]
    assert float(row[2].partition("^^")[0].strip('"')) == 1000


@CSV_RESULTS.case("4", MUST)
def an_empty_table_has_its_header_only(service: Asking) -> None:
    assert as_csv(service, "SELECT ?x ?y { VALUES (?x ?y) {} }") == [["x", "y"]]
    assert as_tsv(service, "SELECT ?x ?y { VALUES (?x ?y) {} }") == [["?x", "?y"]]
