"""An erased person is in no state and no file of the store, and every count stays as it was."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from graph import backups
from graph.change import Change
from graph.engines.base import CommitInfo
from graph.engines.snapshots import SnapshotEngine
from graph.erasing import erase
from graph.erasing.facts import Eraser
from graph.errors import NotFound, Refused, StoreLocked
from graph.gate import Gate
from graph.gate.shapes import read_shapes
from graph.names import RDFS_LABEL, SAME_AS, Names
from graph.store import Store
from graph.terms import Literal, NamedNode, Quad
from graph.traces import Traces

if TYPE_CHECKING:
    from pathlib import Path

    from tests.command_line import CommandLine

NAMES = Names()
ANA, BO = NAMES.of("person", "ana-silva-1999"), NAMES.of("person", "bo-ek-1990")
FIRST = """
INSERT DATA { GRAPH graph:book {
  person:ana-silva-1999 a mg:Person ; rdfs:label "Ana Silva"@pt ; mg:born "1999-04-03"^^xsd:date .
  person:bo-ek-1990 a mg:Person ; rdfs:label "Bo Ek"@sv .
  <https://w3id.org/medalgraph/id/entry/e1--ana-silva-1999> mg:athlete person:ana-silva-1999 ;
    mg:won mg:Gold ; mg:sportClass class:S9 .
  <https://w3id.org/medalgraph/id/entry/e2--bo-ek-1990> mg:athlete person:bo-ek-1990 ;
    mg:won mg:Silver ; mg:sportClass class:S9 } }
"""
SECOND = """
DELETE DATA { GRAPH graph:book { person:ana-silva-1999 rdfs:label "Ana Silva"@pt } } ;
INSERT DATA { GRAPH graph:book { person:ana-silva-1999 rdfs:label "Ana Silva Costa"@pt }
  GRAPH graph:news { <http://ex/report> <http://ex/says> "Ana Silva Costa, once Ana Silva, won." } }
"""
COUNTS = "SELECT ?medal (COUNT(?e) AS ?n) { ?e mg:won ?medal } GROUP BY ?medal ORDER BY ?medal"


NOTHING = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
<http://ex/Never> a sh:NodeShape ; sh:targetSubjectsOf <http://ex/never> ;
  sh:property [ sh:path <http://ex/never> ; sh:maxCount 0 ] .
"""
"""A shape that lets everything through: the statements of these tests are no whole graph."""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    where = tmp_path / "store"
    SnapshotEngine.create(where).close()
    with SnapshotEngine.open(where) as engine:
        for text, message in ((FIRST, "Add Ana Silva"), (SECOND, "Ana Silva married")):
            store = Store(engine, gate=Gate(read_shapes({"never": NOTHING})))
            store.update(text, author="Leyla", message=message)
    return where


def statements(place: Path) -> list[set[Quad]]:
    with SnapshotEngine.open(place) as engine:
        found = []
        for number in range(engine.newest() + 1):
            with engine.read(number) as state:
                found.append(set(state.quads()))
        return found


def counts(place: Path, at: int) -> list[tuple[str, str]]:
    with Store.open(place) as store, store.query(COUNTS, at=at) as rows:
        return [(row["medal"].value, row["n"].value) for row in rows]  # type: ignore[union-attr] # a table


def everything_in(place: Path) -> bytes:
    files = [path for path in place.rglob("*") if path.is_file()]
    return b"".join(
        gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for path in files
    )


def test_no_file_of_the_store_spells_the_person_any_more(place: Path) -> None:
    assert b"ana-silva-1999" in everything_in(place)
    erase(place, ANA)
    left = everything_in(place)
    for word in (b"ana-silva", b"Ana Silva", b"1999-04-03"):
        assert word not in left
    assert b"bo-ek-1990" in left
    assert b"Bo Ek" in left


def test_every_state_is_there_without_the_person_and_with_every_count(place: Path) -> None:
    before = [counts(place, number) for number in (1, 2)]
    sizes = [len(state) for state in statements(place)]
    done = erase(place, ANA)
    assert [counts(place, number) for number in (1, 2)] == before
    # Of eleven statements the date of birth and the sport class go; the labels are replaced.
    assert [len(state) for state in statements(place)] == [0, sizes[1] - 2, sizes[2] - 2]
    about = {quad.predicate.value.rpartition("/")[2] for quad in statements(place)[2]
             if quad.subject == done.new_iri}  # fmt: skip
    assert {name.rpartition("#")[2] for name in about} == {"type", "label"}


def test_others_keep_everything_their_sport_class_too(place: Path) -> None:
    erase(place, ANA)
    newest = statements(place)[2]
    kept = [quad for quad in newest if "bo-ek-1990" in str(quad.subject)]
    assert len(kept) == 5


def test_commits_keep_their_order_author_and_time_and_lose_the_name(place: Path) -> None:
    with SnapshotEngine.open(place) as engine:
        times = [commit.time for commit in engine.commits()]
    erase(place, ANA)
    with SnapshotEngine.open(place) as engine:
        found = list(engine.commits())
    assert [commit.time for commit in found] == times
    assert {commit.info.author for commit in found} == {"Leyla"}
    assert all("Ana" not in commit.info.message for commit in found)


def test_the_store_can_be_saved_and_changed_afterwards(place: Path, tmp_path: Path) -> None:
    erase(place, ANA)
    with (tmp_path / "b.tar").open("wb") as out:
        assert backups.write(place, out).newest == 2
    with Store.open(place) as store:
        assert store.undo(2).commit is not None


def test_a_person_of_whom_nothing_was_ever_said_is_not_found(place: Path) -> None:
    before = everything_in(place)
    with pytest.raises(NotFound, match="Nothing was ever said"):
        erase(place, NAMES.of("person", "nobody"))
    assert everything_in(place) == before


def test_nothing_is_erased_while_somebody_changes_the_store(place: Path) -> None:
    with SnapshotEngine.open(place) as engine, engine.draft(), pytest.raises(StoreLocked):
        erase(place, ANA)


def test_stopping_leaves_the_store_as_it_was(place: Path) -> None:
    before = statements(place)

    def stop(_done: int, _expected: int | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        erase(place, ANA, progress=stop)
    assert statements(place) == before
    assert [path.name for path in place.parent.iterdir()] == ["store"]


def test_addresses_that_lead_to_the_person_are_erased_too(place: Path) -> None:
    old = NAMES.of("person", "ana-costa-bra-2016")
    with SnapshotEngine.open(place) as engine, engine.draft() as draft:
        draft.apply(Change.of([Quad(old, SAME_AS, ANA, NAMES.graph("identity"))], []))
        draft.publish(CommitInfo(message="ana-costa-bra-2016 is Ana Silva"))
    with pytest.raises(Refused, match="was merged into"):
        erase(place, old)
    erase(place, ANA)
    assert b"ana-costa" not in everything_in(place)
    with SnapshotEngine.open(place) as engine:
        traces = Traces(engine)
        assert traces.is_erased(ANA.value)
        assert traces.is_erased(old.value)
        assert not traces.is_erased(BO.value)


def test_marks_stay_when_others_are_erased_and_in_a_backup(place: Path, tmp_path: Path) -> None:
    erase(place, ANA)
    erase(place, BO)
    with (tmp_path / "b.tar").open("wb") as out:
        backups.write(place, out)
    with (tmp_path / "b.tar").open("rb") as saved:
        backups.restore(saved, tmp_path / "restored", source="b.tar")
    with SnapshotEngine.open(tmp_path / "restored") as engine:
        assert Traces(engine).is_erased(ANA.value)
        assert Traces(engine).is_erased(BO.value)


def test_a_name_that_begins_like_the_person_s_is_another_one() -> None:
    eraser = Eraser(ANA)
    other = Quad(
        NAMES.of("person", "ana-silva-1999b"),
        NamedNode("http://ex/p"),
        Literal("x"),
        NamedNode("http://ex/g"),
    )
    assert eraser.quad(other) == other


@pytest.mark.parametrize(
    "text",
    ["(Silva, Ana)", "SILVA Ana won", "ana silva", "Silva,\u00a0Ana", "Ana Silva and Silva Ana"],
)
def test_a_name_is_found_in_any_order_and_in_capitals(text: str) -> None:
    eraser = Eraser(ANA)
    eraser.learn([Quad(ANA, RDFS_LABEL, Literal("Ana Silva"), NAMES.local)])
    assert "silva" not in eraser.text(text).casefold()
    for other in ("Ana Silvana", "Anabela Silva", "Bo Silva"):
        assert eraser.text(other) == other


def test_different_names_stay_different_statements() -> None:
    eraser = Eraser(ANA)
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    told = [
        Quad(ANA, label, Literal(text), NamedNode("http://ex/g")) for text in ("Ana S", "A Silva")
    ]
    eraser.learn(told)
    assert len({eraser.quad(quad) for quad in told}) == 2


def test_the_command_asks_first_and_erases_with_yes(medalgraph: CommandLine) -> None:
    medalgraph.do(
        "update", 'INSERT DATA { person:ana-silva-1999 a mg:Person ; rdfs:label "Ana Silva"@pt }'
    )
    medalgraph.do("token", "create", "--scope", "read")
    said = medalgraph("erase", "person:ana-silva-1999")
    assert (said.code, "give --yes if it is meant" in said.err) == (2, True)
    told = medalgraph.do("erase", "person:ana-silva-1999", "--yes", "--json").json
    assert (told["statements"], told["commits"]) == (2, 1)
    assert medalgraph.do("query", f"ASK {{ <{told['person']}> a mg:Person }}").out == "yes\n"
    assert len(medalgraph.do("token", "list", "--json").json) == 1
    assert medalgraph("erase", "person:ana-silva-1999", "--yes").code == 3
