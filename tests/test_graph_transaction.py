"""A transaction keeps everything or nothing, and derives what follows from it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, parse

from graph.engines.base import CommitInfo
from graph.engines.memory import MemoryEngine
from graph.errors import BadSyntax, ShapeViolation, StoreLocked, WriteConflict
from graph.formats import TURTLE
from graph.gate import Gate
from graph.gate.shapes import read_shapes
from graph.names import RDF_TYPE, RDFS_LABEL, Names, mg
from graph.terms import Literal, Quad, Triple
from graph.transaction import WHOLE_QUADS, Transaction

if TYPE_CHECKING:
    from pathlib import Path

NAMES = Names()
BOOK = NAMES.graph("results-book")
ENTRY, AWARD = NAMES.of("entry", "x"), NAMES.of("award", "x")


SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<http://ex/Labelled> a sh:NodeShape ; sh:targetSubjectsOf rdfs:label ;
  sh:property [ sh:path rdfs:label ; sh:datatype xsd:string ; sh:severity sh:Violation ;
    sh:message "A label is text without a language." ] ;
  sh:property [ sh:path rdfs:label ; sh:pattern "^[a-z]" ; sh:severity sh:Warning ;
    sh:message "A label begins with a small letter." ] .
"""


def gate_that_wants_text_labels() -> Gate:
    return Gate(read_shapes({"labels": SHAPES}))


def begin(engine: MemoryEngine, *, expected: int | None = None) -> Transaction:
    return Transaction(
        engine,
        gate_that_wants_text_labels(),
        info=CommitInfo(author="ana"),
        target=BOOK,
        expected=expected,
    )


def label(text: str) -> Triple:
    return Triple(ENTRY, RDFS_LABEL, Literal(text))


def awarded() -> list[Triple]:
    return [
        Triple(AWARD, RDF_TYPE, mg("Award")),
        Triple(AWARD, mg("entry"), ENTRY),
        Triple(AWARD, mg("medal"), mg("Gold")),
        Triple(AWARD, mg("status"), mg("Standing")),
    ]


def _add_and_fail(engine: MemoryEngine) -> None:
    with begin(engine) as tx:
        tx.add(label("one"))
        raise ZeroDivisionError


def test_a_statement_without_a_graph_goes_to_the_graph_of_the_transaction() -> None:
    engine = MemoryEngine()
    with begin(engine) as tx:
        tx.add(label("one"))
    assert engine.read().contains(Quad(ENTRY, RDFS_LABEL, Literal("one"), BOOK))
    assert tx.commit is not None
    assert (tx.commit.added, tx.commit.info.author) == (1, "ana")
    assert tx.commit.info.notes == ()


def test_a_refused_change_leaves_the_store_as_it_was() -> None:
    engine = MemoryEngine()
    with pytest.raises(ShapeViolation, match="text without a language"), begin(engine) as tx:
        tx.add(label("fine"), Triple(ENTRY, RDFS_LABEL, Literal(3)))
    assert (engine.newest(), len(engine.read())) == (0, 0)
    with begin(engine) as after:
        after.add(label("fine"))
    assert engine.newest() == 1


def test_a_warning_is_kept_with_the_commit() -> None:
    engine = MemoryEngine()
    with begin(engine) as tx:
        tx.add(label("Large"))
    assert tx.commit is not None
    (note,) = tx.commit.info.notes
    assert "A label begins with a small letter." in note


def test_a_rehearsal_tells_what_the_gate_says_and_keeps_nothing() -> None:
    engine = MemoryEngine()
    with begin(engine) as tx:
        tx.add(Triple(ENTRY, RDFS_LABEL, Literal(3)))
        assert not tx.rehearse().conforms
    assert (engine.newest(), tx.commit) == (0, None)


def test_loading_a_file_adds_what_it_says_and_replacing_removes_what_it_does_not() -> None:
    engine = MemoryEngine()
    for text in (b'<http://ex/a> rdfs:label "a" , "b" .', b'<http://ex/a> rdfs:label "b" , "c" .'):
        prefixed = b"PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> " + text
        with begin(engine) as tx:
            tx.load(BytesIO(prefixed), format=TURTLE, replace=True)
    assert tx.commit is not None
    assert (tx.commit.added, tx.commit.removed) == (1, 1)
    assert {quad.graph_name for quad in engine.read().quads()} == {BOOK}


def test_a_file_that_is_cut_off_leaves_the_store_as_it_was() -> None:
    engine = MemoryEngine()
    with pytest.raises(BadSyntax), begin(engine) as tx:
        tx.load(BytesIO(b'<http://ex/a> <http://ex/b> "c" .\n<http://ex/a> <http'), format=TURTLE)
    assert engine.newest() == 0


def test_a_large_file_is_bulk_loaded_and_checked_as_a_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.transaction.BATCH_QUADS", 1_000)
    many = tmp_path / "many.nt"
    label_of = f"<{RDFS_LABEL.value}>"
    lines = [f'<http://ex/{n}> {label_of} "x{n}" .\n' for n in range(1_010)]
    many.write_text("".join(lines), encoding="utf-8")
    engine = MemoryEngine()
    seen: list[tuple[int, int | None]] = []
    with begin(engine) as tx:
        tx.load(many, progress=lambda done, expected: seen.append((done, expected)))
    assert tx.commit is not None
    assert tx.commit.added == len(lines)
    assert tx.report.checked >= len(lines)
    assert seen[-1] == (len(lines), len(lines))
    many.write_text("".join([*lines, f'<http://ex/x> {label_of} "3"@en .\n']), encoding="utf-8")
    with pytest.raises(ShapeViolation), begin(engine) as tx:
        tx.load(many)
    assert engine.newest() == 1


def test_an_error_inside_the_block_leaves_the_store_as_it_was_and_is_not_hidden() -> None:
    engine = MemoryEngine()
    with pytest.raises(ZeroDivisionError):
        _add_and_fail(engine)
    assert engine.newest() == 0


def test_adding_what_is_there_already_makes_no_commit() -> None:
    engine = MemoryEngine()
    with begin(engine) as tx:
        tx.add(label("one"))
    with begin(engine) as again:
        again.add(label("one"))
        again.remove(label("two"))
    assert again.commit is None
    assert engine.newest() == 1


def test_a_second_writer_is_turned_away_while_the_first_writes() -> None:
    engine = MemoryEngine()
    with begin(engine), pytest.raises(StoreLocked):
        begin(engine).__enter__()


def test_a_change_made_for_an_older_version_is_a_conflict() -> None:
    engine = MemoryEngine()
    with begin(engine) as tx:
        tx.add(label("one"))
    with pytest.raises(WriteConflict) as caught:
        begin(engine, expected=0).__enter__()
    assert (caught.value.expected, caught.value.found) == (0, 1)


def test_replacing_a_graph_commits_only_what_differs() -> None:
    engine = MemoryEngine()
    with begin(engine) as tx:
        tx.add(label("one"), label("two"))
    with begin(engine) as tx:
        tx.replace_graph(BOOK, [label("two"), label("three")])
    assert tx.commit is not None
    assert (tx.commit.added, tx.commit.removed) == (1, 1)


def test_a_standing_award_gives_its_entry_the_medal() -> None:
    engine = MemoryEngine()
    with begin(engine) as tx:
        tx.add(*awarded())
    assert [q.object for q in engine.read().quads(ENTRY, mg("won"))] == [mg("Gold")]


def test_a_withdrawal_takes_the_medal_and_a_reinstatement_gives_it_back() -> None:
    engine = MemoryEngine()
    with begin(engine) as tx:
        tx.add(*awarded())
    for number, (action, day, status, medals) in enumerate(
        [
            ("Withdrawn", "2016-01-12", "Withdrawn", []),
            ("Reinstated", "2018-02-01", "Standing", [mg("Gold")]),
        ]
    ):
        act = NAMES.of("decision", f"x-{number}")
        with begin(engine) as tx:
            tx.add(
                Triple(act, mg("award"), AWARD),
                Triple(act, mg("action"), mg(action)),
                Triple(act, mg("date"), Literal(day)),
            )
        state = engine.read()
        assert [q.object for q in state.quads(AWARD, mg("status"))] == [mg(status)]
        assert [q.object for q in state.quads(ENTRY, mg("won"))] == medals


def test_a_medal_stated_by_hand_without_an_award_is_left_for_the_shapes_to_judge() -> None:
    engine = MemoryEngine()
    with begin(engine) as tx:
        tx.add(*awarded(), Triple(ENTRY, mg("won"), mg("Silver")))
    held = {q.object for q in engine.read().quads(ENTRY, mg("won"))}
    assert held == {mg("Gold"), mg("Silver")}


def test_an_update_writes_to_the_graph_of_the_transaction_and_reads_the_record() -> None:
    engine = MemoryEngine()
    with begin(engine) as tx:
        tx.add(label("one"))
    with begin(engine) as tx:
        made = tx.update(
            "DELETE { ?x rdfs:label ?n } INSERT { ?x rdfs:label 'two' } WHERE { ?x rdfs:label ?n }"
        )
    assert made.size == 2
    assert tx.commit is not None
    (quad,) = engine.read().quads(ENTRY)
    assert (quad.object, quad.graph_name) == (Literal("two"), BOOK)


def test_an_update_that_cannot_be_read_leaves_the_store_as_it_was() -> None:
    engine = MemoryEngine()
    with pytest.raises(BadSyntax) as caught, begin(engine) as tx:
        tx.update("INSERT DATA { <http://ex/s> <http://ex/p> }")
    assert caught.value.line == 1
    assert engine.newest() == 0


MARK = '<http://ex/a> <http://ex/mark> 1.10, "007"^^<http://www.w3.org/2001/XMLSchema#integer> .'


@pytest.mark.parametrize("way", ["load", "replace", "add", "graph", "update"])
def test_a_commit_spells_values_as_the_state_does_whatever_way_they_came(way: str) -> None:
    engine = MemoryEngine()
    said = [
        Triple(quad.subject, quad.predicate, quad.object)
        for quad in parse(MARK, format=RdfFormat.TURTLE)
    ]
    with begin(engine) as tx:
        if way == "add":
            tx.add(*said)
        elif way == "graph":
            tx.replace_graph(BOOK, said)
        elif way == "update":
            tx.update(f"INSERT DATA {{ {MARK} }}")
        else:
            tx.load(BytesIO(MARK.encode()), format=TURTLE, replace=way == "replace")
    with engine.read() as state:
        assert engine.change(1).added == set(state.quads())
    assert {quad.object.value for quad in engine.change(1).added} == {"1.1", "7"}  # type: ignore[union-attr] # literals

    with begin(engine) as tx:
        tx.remove(*said)
    assert engine.change(2).removed == engine.change(1).added


def test_warnings_of_other_sources_are_not_kept_with_a_large_change_of_one() -> None:
    engine, other = MemoryEngine(), NAMES.graph("other")
    with begin(engine) as tx:
        tx.add(Quad(NAMES.of("event", "big"), RDFS_LABEL, Literal("Big"), other))
    many = [
        Triple(NAMES.of("event", f"e{number}"), RDFS_LABEL, Literal(f"name {number}"))
        for number in range(WHOLE_QUADS)
    ]
    with begin(engine) as tx:
        tx.about = BOOK
        tx.add(*many, label("Own"))
    assert tx.commit is not None
    [kept] = tx.commit.info.notes
    assert "id/entry/x" in kept
