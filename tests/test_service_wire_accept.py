"""Content negotiation as RFC 9110 and the complaints of users want it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.formats import CSV, JSON, JSON_LD, N_TRIPLES, RDF_FORMATS, RESULT_FORMATS, TURTLE, XML
from service.wire.accept import HTML, MediaRange, choose, named, parse
from service.wire.faults import BadRequest, NotAcceptable

TABLE = (*RESULT_FORMATS, HTML)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("header", "form", "media_type"),
    [
        ("", JSON, "application/sparql-results+json"),
        ("*/*", JSON, "application/sparql-results+json"),
        # Complaint 1: a Turtle that a SELECT cannot give does not spoil the list.
        (
            "text/turtle, application/sparql-results+json;q=0.5",
            JSON,
            "application/sparql-results+json",
        ),
        # Complaint 2: a wildcard of low weight changes nothing.
        (
            "application/sparql-results+json;q=0.9, text/csv;q=0.2, */*;q=0.1",
            JSON,
            "application/sparql-results+json",
        ),
        # Complaint 3: RDF types asked for first.
        (
            "application/n-triples, application/sparql-results+json;q=0.6",
            JSON,
            "application/sparql-results+json",
        ),
        ("text/csv;q=0.5, application/sparql-results+xml", XML, "application/sparql-results+xml"),
        ("TEXT/CSV", CSV, "text/csv"),
        ("text/*", CSV, "text/csv"),
        ("application/json", JSON, "application/json"),
        ("text/csv, */*", CSV, "text/csv"),
        ("text/csv;header=present;q=0.4, application/xml;q=0.3", CSV, "text/csv"),
        ("*/*;q=0.5, application/sparql-results+json;q=0", XML, "application/sparql-results+xml"),
        (BROWSER, HTML, "text/html"),
    ],
)
def test_a_table_is_given_in_the_form_that_the_client_likes_best(
    header: str, form: object, media_type: str
) -> None:
    choice = choose(header, TABLE)

    assert (choice.form, choice.media_type) == (form, media_type)


def test_the_most_specific_range_decides_over_the_order_of_the_list() -> None:
    header = "text/*;q=0.9, text/turtle;q=0.1, application/ld+json;q=0.5"

    assert choose(header, (TURTLE, JSON_LD)).form is JSON_LD


def test_a_quoted_parameter_may_hold_commas_and_escapes() -> None:
    header = r'application/ld+json;profile="http://a/, \"text/turtle\" x";q=0.7, text/turtle;q=0.2'

    assert choose(header, (TURTLE, JSON_LD)).form is JSON_LD


@pytest.mark.parametrize("header", ["image/png", "text/turtle", "*/*;q=0", "nonsense"])
def test_what_no_form_satisfies_is_refused_with_the_list_of_forms(header: str) -> None:
    with pytest.raises(NotAcceptable) as refused:
        choose(header, RESULT_FORMATS)

    assert "application/sparql-results+json" in refused.value.offers
    assert "text/tab-separated-values" in refused.value.hint


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("turtle", TURTLE),
        ("TTL", TURTLE),
        ("n3", TURTLE),
        ("nt", N_TRIPLES),
        ("n-triples", N_TRIPLES),
        ("json-ld", JSON_LD),
        ("json", JSON_LD),
        ("application/ld+json", JSON_LD),
    ],
)
def test_a_form_can_be_asked_for_by_any_of_its_names(name: str, form: object) -> None:
    assert named(name, RDF_FORMATS).form is form


def test_a_known_form_that_does_not_fit_the_answer_is_not_acceptable() -> None:
    with pytest.raises(NotAcceptable, match="turtle"):
        named("turtle", RESULT_FORMATS)


def test_an_unknown_form_is_a_bad_request_that_lists_the_known_ones() -> None:
    with pytest.raises(BadRequest) as refused:
        named("excel", RESULT_FORMATS)

    assert refused.value.hint == "Use one of: json, xml, csv, tsv."


def test_what_is_no_media_range_is_passed_over() -> None:
    assert parse("text, /x, text/csv ;q=2, ;;, text/tab-separated-values; q=0.25") == (
        MediaRange("text", "csv"),
        MediaRange("text", "tab-separated-values", 0.25),
    )


@given(st.text(max_size=200))
def test_no_header_whatever_breaks_negotiation(header: str) -> None:
    with suppress(NotAcceptable):
        assert choose(header, TABLE).form in TABLE
