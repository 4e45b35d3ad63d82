"""A format is found by its name, media type or file name."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import UnknownFormat
from graph.formats import (
    JSON,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_XML,
    TRIG,
    TURTLE,
    RdfFormat,
    rdf_format,
    rdf_format_of,
    result_format,
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("turtle", TURTLE),
        ("text/turtle; charset=UTF-8", TURTLE),
        ("APPLICATION/N-TRIPLES", N_TRIPLES),
        (".nq", N_QUADS),
        ("application/ld+json", JSON_LD),
    ],
)
def test_a_name_a_suffix_and_a_media_type_find_the_format(name: str, expected: RdfFormat) -> None:
    assert rdf_format(name) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("seed.trig", TRIG), ("paris.nq.gz", N_QUADS), ("terms.OWL", RDF_XML)],
)
def test_a_file_name_tells_its_format_compressed_or_not(name: str, expected: RdfFormat) -> None:
    assert rdf_format_of(Path(name)) is expected


def test_an_unknown_format_is_refused_with_the_list_of_those_that_are_known() -> None:
    with pytest.raises(UnknownFormat) as caught:
        rdf_format("image/png")
    assert "turtle" in caught.value.hint
    with pytest.raises(UnknownFormat):
        result_format("turtle")


def test_only_formats_that_name_graphs_can_hold_them() -> None:
    assert [known.holds_graphs for known in (TURTLE, N_TRIPLES, RDF_XML)] == [False] * 3
    assert [known.holds_graphs for known in (TRIG, N_QUADS, JSON_LD)] == [True] * 3
    assert result_format("application/json") is JSON
