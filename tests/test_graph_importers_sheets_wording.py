"""What the checks say reaches a steward in the words of a sheet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import shapes
from graph.importers.sheets import SHEETS
from graph.importers.sheets.wording import plain

MESSAGES = [
    message.replace('\\"', '"')
    for file in sorted(Path(shapes.__file__).parent.glob("*.ttl"))
    for message in re.findall(r'sh:message "((?:[^"\\]|\\.)*)"', file.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("name", list(SHEETS))
def test_no_message_of_the_checks_speaks_rdf_to_who_fills_a_sheet(name: str) -> None:
    headers = {column.name: column.name for column in SHEETS[name].columns}
    assert len(MESSAGES) > 150
    for message in MESSAGES:
        assert not re.search(r"\b(mg|rdfs|skos|dcterms|nation):|@en", plain(message, headers))


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (
            "The person died before being born. Correct mg:born or mg:died.",
            "The person died before being born. Correct Geburt or died.",
        ),
        (
            "It is not said what kind of body this is. Add mg:kind, such as mg:NPC or mg:Ministry.",
            "It is not said what kind of body this is. Add kind, such as NPC or Ministry.",
        ),
        (
            "Add mg:entry; if nobody holds this medal, its status is mg:Vacant.",
            "Add competitor; if nobody holds this medal, its status is Vacant.",
        ),
        ("It is mg:Gold or mg:Silver, written without quotation marks.", "It is Gold or Silver."),
    ],
)
def test_terms_become_columns_and_words(message: str, words: str) -> None:
    assert plain(message, {"born": "Geburt", "died": "died"}) == words
