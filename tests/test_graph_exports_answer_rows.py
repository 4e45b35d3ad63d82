"""An answer as Parquet: numbers where every value of a column is one, else what is written."""

from __future__ import annotations

import io

import pyarrow.parquet as pq
import pytest

from graph.engines.memory import MemoryDraft
from graph.exports.answer_rows import write_answer_parquet


def columns(query: str) -> dict[str, tuple[str, list[object]]]:
    """Return each column of an answer with its type and values."""
    out = io.BytesIO()
    write_answer_parquet(MemoryDraft().query(query), out)  # type: ignore[arg-type] # a SELECT
    table = pq.read_table(io.BytesIO(out.getvalue()))
    return {
        name: (str(table.schema.field(name).type), table.column(name).to_pylist())
        for name in table.column_names
    }


@pytest.mark.parametrize(
    ("values", "type_", "told"),
    [
        ("1 2 UNDEF", "int64", [1, 2, None]),
        ('1 "2"^^xsd:unsignedByte', "int64", [1, 2]),
        ("1.5 2 3e0", "double", [1.5, 2.0, 3.0]),
        ('1 "one"', "string", ["1", "one"]),
        ('"007" "8"', "string", ["007", "8"]),
        ('"2024-09-03"^^xsd:date', "string", ["2024-09-03"]),
        ("true", "string", ["true"]),
        ("<http://ex/a> UNDEF", "string", ["http://ex/a", None]),
        ("9223372036854775807", "int64", [9223372036854775807]),
        ("1 9223372036854775808", "string", ["1", "9223372036854775808"]),
        ('1e0 "INF"^^xsd:double', "string", ["1", "INF"]),
        ("UNDEF", "string", [None]),
        ("1 1.5 <http://ex/a>", "string", ["1", "1.5", "http://ex/a"]),
    ],
)
def test_a_column_is_of_the_type_that_all_its_values_have(
    values: str, type_: str, told: list[object]
) -> None:
    prefix = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>"
    found = columns(f"{prefix} SELECT ?x {{ VALUES ?x {{ {values} }} }}")
    assert found == {"x": (type_, told)}


def test_counts_and_sums_are_numbers_and_texts_beside_them_stay_texts() -> None:
    found = columns("SELECT ?t (COUNT(*) AS ?n) (1.5 AS ?s) { VALUES ?t { 'a' } } GROUP BY ?t")
    assert found == {"t": ("string", ["a"]), "n": ("int64", [1]), "s": ("double", [1.5])}


def test_an_answer_without_rows_is_a_table_without_rows() -> None:
    assert columns("SELECT ?a ?b { VALUES (?a ?b) { } }") == {
        "a": ("string", []),
        "b": ("string", []),
    }
