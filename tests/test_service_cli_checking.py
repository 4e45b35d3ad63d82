"""The whole store is checked, and what is wrong is said in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.change import Change
from graph.engines.base import CommitInfo
from graph.names import RDF_TYPE, mg
from graph.store import Store
from graph.terms import Quad

if TYPE_CHECKING:
    from tests.command_line import CommandLine


@pytest.fixture
def broken(medalgraph: CommandLine) -> CommandLine:
    """A store into which a nameless person came past the gate."""
    with Store.open(medalgraph.store) as store:
        person = store.names.of("person", "nobody")
        draft = store.engine.draft()
        draft.apply(Change.of([Quad(person, RDF_TYPE, mg("Person"), store.names.local)]))
        draft.publish(CommitInfo())
    return medalgraph


def test_a_sound_store_conforms(medalgraph: CommandLine) -> None:
    said = medalgraph.do("check")
    assert said.out.startswith("No rule is broken: 0 violations and 0 warnings in ")


def test_a_violation_is_a_sentence_and_exit_code_1(broken: CommandLine) -> None:
    said = broken("check")
    assert said.code == 1
    assert said.out.startswith("1 violation:\n- id/person/nobody")
    assert "\nRules are broken: 1 violation and 0 warnings in " in said.out


def test_the_report_as_json(broken: CommandLine) -> None:
    said = broken("check", "--json")
    assert said.code == 1
    assert (said.json["conforms"], said.json["violations"], said.json["warnings"]) == (False, 1, 0)
    assert [p["focus"] for p in said.json["problems"] if p["severity"] == "Violation"] == [
        "https://w3id.org/medalgraph/id/person/nobody"
    ]
