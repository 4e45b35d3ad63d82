"""A transaction keeps everything or nothing, and derives what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from graph.engines.base import CommitInfo
from graph.engines.memory import MemoryEngine
from graph.errors import BadSyntax, MedalgraphError, StoreLocked, WriteConflict
from graph.names import RDF_TYPE, Names, mg
from graph.terms import Literal, NamedNode, Quad, Triple
from graph.transaction import Transaction

if TYPE_CHECKING:
    from graph.change import Change
    from graph.engines.base import Reader

NAMES = Names()
BOOK = NAMES.graph("results-book")
ENTRY, AWARD = NAMES.of("entry", "x"), NAMES.of("award", "x")


@dataclass(frozen=True)
class Refusing:
    """A real check with the smallest rule there is: a forbidden word refuses the change."""

    word: str = "forbidden"

    def __call__(self, state: Reader, change: Change) -> Outcome:
        """Look for the word among what is added."""
        del state
        return Outcome(not any(self.word in str(quad.object) for quad in change.added))


@dataclass(frozen=True)
class Outcome:
    """What the check of this file found."""

    conforms: bool

    def notes(self) -> tuple[str, ...]:
        """Every commit carries one note."""
        return ("looked at",)

    def refusal(self) -> Exception:
        """Return the error of a refusal."""
        return MedalgraphError("the word is forbidden")


def begin(engine: MemoryEngine, *, expected: int | None = None) -> Transaction:
    return Transaction(
        engine, Refusing(), info=CommitInfo(author="ana"), target=BOOK, expected=expected
    )


def label(text: str) -> Triple:
    return Triple(ENTRY, NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), Literal(text))


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
    assert engine.read().contains(Quad(ENTRY, label("one").predicate, Literal("one"), BOOK))
    assert tx.commit is not None
    assert (tx.commit.added, tx.commit.info.author) == (1, "ana")
    assert tx.commit.info.notes == ("looked at",)


def test_a_refused_change_leaves_the_store_as_it_was() -> None:
    engine = MemoryEngine()
    with pytest.raises(MedalgraphError, match="forbidden"), begin(engine) as tx:
        tx.add(label("fine"), label("forbidden"))
    assert (engine.newest(), len(engine.read())) == (0, 0)
    with begin(engine) as after:
        after.add(label("fine"))
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
