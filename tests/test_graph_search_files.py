"""The index follows every commit, holds nothing that is hidden, and survives what may happen."""

from __future__ import annotations

import os
import shutil
import stat
from typing import TYPE_CHECKING

import pytest

from graph.engines.lock import WriterLock
from graph.erasing import erase
from graph.errors import StoreLocked
from graph.search import SearchFiles
from graph.search import files as search_files
from graph.store import Store

from .search_world import BOOK, NAMES, found, index_of, searchable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SPORT = NAMES.of("sport", "athletics").value
JUDO, JAMAICA = NAMES.of("sport", "judo").value, NAMES.of("nation", "JAM").value


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with searchable(tmp_path / "store") as made:
        index_of(made)
        yield made


def insert(store: Store, text: str, graph: object = BOOK) -> None:
    store.update(f"INSERT DATA {{ GRAPH {graph} {{ {text} }} }}")


def delete(store: Store, text: str, graph: object = BOOK) -> None:
    store.update(f"DELETE DATA {{ GRAPH {graph} {{ {text} }} }}")


def test_a_new_name_is_found_after_its_commit(store: Store) -> None:
    insert(store, 'person:ek a mg:Person ; rdfs:label "Bo Ek" .')
    assert found(index_of(store), "Bo Ek") == ["ek"]
    assert index_of(store).version == store.version == 2


def test_a_name_that_was_removed_or_changed_is_found_no_more(store: Store) -> None:
    delete(store, 'person:cseh rdfs:label "László Cseh" .')
    store.update(
        "DELETE WHERE { GRAPH ?g { person:salah rdfs:label ?l } } ; "
        f'INSERT DATA {{ GRAPH {BOOK} {{ person:salah rdfs:label "Omar Marmoush" }} }}'
    )
    index = index_of(store)
    assert found(index, "László Cseh") == found(index, "Salah") == []
    assert found(index, "Omar Marmoush") == ["salah"]


def test_after_an_undo_it_is_as_before(store: Store) -> None:
    insert(store, 'person:ek a mg:Person ; rdfs:label "Bo Ek" .')
    delete(store, 'person:cseh rdfs:label "László Cseh" .')
    index_of(store)
    store.undo(2)
    store.undo(3)
    index = index_of(store)
    assert (found(index, "Bo Ek"), found(index, "László Cseh")) == ([], ["cseh"])


def test_many_commits_are_followed_at_once(store: Store) -> None:
    for number in range(5):
        insert(store, f'person:n{number} a mg:Person ; rdfs:label "Quentin Nr{number}" .')
    delete(store, 'person:n3 rdfs:label "Quentin Nr3" .')
    assert set(found(index_of(store), "Quentin")) == {"n0", "n1", "n2", "n4"}


def by_sport(store: Store, sport: str) -> list[str]:
    return found(index_of(store), "Usain Bolt", sport=sport)


def test_a_person_is_in_another_sport_once_the_event_is(store: Store) -> None:
    assert by_sport(store, SPORT) == ["bolt"]
    delete(store, "event:e100 mg:sport sport:sprint .")
    insert(store, "event:e100 mg:sport sport:judo .")
    assert (by_sport(store, SPORT), by_sport(store, JUDO)) == ([], ["bolt"])


def test_a_person_is_in_a_wider_sport_once_it_has_the_narrower_one(store: Store) -> None:
    delete(store, "sport:sprint mg:partOf sport:athletics .")
    assert by_sport(store, SPORT) == []
    insert(store, "sport:athletics mg:partOf sport:judo . sport:sprint mg:partOf sport:athletics .")
    assert by_sport(store, JUDO) == ["bolt"]


def test_a_person_is_of_no_nation_once_the_entry_is_somebody_elses(store: Store) -> None:
    delete(store, "entry:e100--bolt mg:athlete person:bolt .")
    insert(store, "entry:e100--bolt mg:athlete person:bolt-2 .")
    assert found(index_of(store), "Usain Bolt", nation=JAMAICA) == ["bolt-2"]


def test_a_person_is_of_no_nation_once_the_entry_says_none(store: Store) -> None:
    delete(store, "entry:e100--bolt mg:nation nation:JAM .")
    assert found(index_of(store), "Usain Bolt", nation=JAMAICA) == []


def test_the_label_is_that_of_the_source_that_is_trusted_more(store: Store) -> None:
    news = NAMES.graph("news")
    insert(store, 'person:cseh rdfs:label "Laci Cseh" .', news)
    insert(store, f"{BOOK} mg:priority 2 . {news} mg:priority 1 .", NAMES.meta)
    assert index_of(store).find("Cseh")[0].label == "Laci Cseh"
    store.undo(3)
    insert(store, f"{BOOK} mg:priority 1 . {news} mg:priority 2 .", NAMES.meta)
    assert index_of(store).find("Cseh")[0].label == "László Cseh"


def test_what_is_followed_is_what_would_be_built(store: Store) -> None:
    insert(store, 'person:ek a mg:Person ; rdfs:label "Bo Ek" ; mg:born "1990" .')
    insert(store, "entry:x mg:athlete person:ek ; mg:event event:e100 ; mg:nation nation:AZE .")
    delete(store, "sport:sprint mg:partOf sport:athletics .")
    asked = ["Bo Ek", "Usain Bolt", "Sprint", "Men's 100 metres", "AZE"]
    followed = [index_of(store).find(text) for text in asked]
    with SearchFiles(store) as files:
        built = files.rebuild()
        assert [built.find(text) for text in asked] == followed


def test_a_large_change_makes_a_fresh_index(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_files, "_MOST_QUADS", 1)
    insert(store, 'person:ek a mg:Person ; rdfs:label "Bo Ek" .')
    assert found(index_of(store), "Bo Ek") == ["ek"]


def test_restricted_names_are_in_no_index_and_in_no_file(store: Store, tmp_path: Path) -> None:
    hidden = NAMES.graph("restricted-names")
    insert(store, 'person:secret a mg:Person ; rdfs:label "Zebulon Quark" .', hidden)
    insert(store, 'person:bolt skos:altLabel "Xanthippe" ; mg:born "1901" .', hidden)
    with SearchFiles(store) as files:
        for index in (files.newest(), files.rebuild()):
            assert found(index, "Zebulon Quark") == found(index, "Xanthippe") == []
            assert index.find("Usain Bolt", kinds=("Person",))[0].born == "1986-08-21"
    assert not is_in_files(tmp_path / "store" / "search", "zebulon", "quark", "xanthippe", "1901")


@pytest.mark.parametrize("first", ["hide", "remove", "both"])
def test_a_name_that_becomes_restricted_leaves_the_files(
    store: Store, tmp_path: Path, first: str
) -> None:
    hidden = NAMES.graph("restricted-names")
    name = 'person:zatopek rdfs:label "Emil Zátopek" .'
    index_of(store)
    if first == "hide":
        insert(store, name, hidden)
        index_of(store)
        delete(store, name)
    elif first == "remove":
        delete(store, name)
        index_of(store)
        insert(store, name, hidden)
    else:
        store.update(
            f"DELETE DATA {{ GRAPH {BOOK} {{ {name} }} }} ;"
            f" INSERT DATA {{ GRAPH {hidden} {{ {name} }} }}"
        )
    assert found(index_of(store), "Emil Zátopek") == []
    assert not is_in_files(tmp_path / "store" / "search", "zatopek")


def test_what_only_a_restricted_record_says_filters_nobody(store: Store) -> None:
    hidden = NAMES.graph("restricted-entries")
    insert(store, "entry:y mg:athlete person:cseh ; mg:nation nation:AZE .", hidden)
    nation = NAMES.of("nation", "AZE").value
    assert found(index_of(store), "László Cseh", nation=nation) == []


def is_in_files(folder: Path, *words: str) -> bool:
    """Tell whether any file holds a word: what is searched for lies in the index as it is."""
    texts = [path.read_bytes().lower() for path in folder.rglob("*") if path.is_file()]
    return any(word.encode() in text for word in words for text in texts)


def test_an_erased_person_is_in_no_index_and_in_no_file(tmp_path: Path) -> None:
    place = tmp_path / "store"
    with searchable(place) as store:
        assert found(index_of(store), "Emil Zátopek") == ["zatopek"]
        assert is_in_files(place / "search", "zatopek")
    erase(place, NAMES.of("person", "zatopek"))
    assert not (place / "search").exists()
    with Store.open(place) as store:
        assert found(index_of(store), "Emil Zátopek") == []
    assert not is_in_files(place / "search", "zatopek")


def test_who_has_the_index_open_sees_nobody_who_was_erased(tmp_path: Path) -> None:
    place = tmp_path / "store"
    with searchable(place) as store, SearchFiles(store) as files:
        assert found(files.newest(), "Emil Zátopek") == ["zatopek"]
        erase(place, NAMES.of("person", "zatopek"))
        assert found(files.newest(), "Emil Zátopek") == []
        assert found(files.rebuild(), "Emil Zátopek") == []
    assert not is_in_files(place / "search", "zatopek")


def test_an_index_of_another_store_is_not_believed(store: Store, tmp_path: Path) -> None:
    with searchable(tmp_path / "other", 'INSERT DATA { person:x rdfs:label "Somebody Else" }') as b:
        index_of(b)
    shutil.rmtree(tmp_path / "store" / "search")
    shutil.copytree(tmp_path / "other" / "search", tmp_path / "store" / "search")
    assert found(index_of(store), "Usain Bolt") == ["bolt", "bolt-2"]


def test_an_index_ahead_of_its_store_is_built_anew(store: Store, tmp_path: Path) -> None:
    shutil.copytree(tmp_path / "store", tmp_path / "old")
    insert(store, 'person:ek a mg:Person ; rdfs:label "Bo Ek" .')
    index_of(store)
    shutil.rmtree(tmp_path / "old" / "search")
    shutil.copytree(tmp_path / "store" / "search", tmp_path / "old" / "search")
    with Store.open(tmp_path / "old") as old:
        assert found(index_of(old), "Bo Ek") == []


@pytest.mark.parametrize("damage", ["meta", "missing", "cut"])
def test_a_damaged_index_is_built_anew(store: Store, tmp_path: Path, damage: str) -> None:
    folder = next((tmp_path / "store" / "search").glob("v*"))
    if damage == "meta":
        (folder / "meta.json").write_text("{")
    for path in folder.glob("*.store"):
        if damage == "missing":
            path.unlink()
        if damage == "cut":
            os.truncate(path, 10)
    assert found(index_of(store), "Usain Bolt") == ["bolt", "bolt-2"]


def test_a_half_built_index_is_removed_by_the_next_build(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "store" / "search"
    (folder / "building-x").mkdir()
    (folder / "v0").mkdir()
    with SearchFiles(store) as files:
        files.rebuild()
    assert {path.name[:1] for path in folder.iterdir()} == {"l", "v"}
    assert len(list(folder.iterdir())) == 2


def test_a_reader_keeps_its_state_while_others_write(store: Store) -> None:
    with SearchFiles(store) as files:
        before = files.newest()
        delete(store, 'person:cseh rdfs:label "László Cseh" .')
        after = files.newest()
        assert (found(before, "Cseh"), found(after, "Cseh")) == (["cseh"], [])
        files.rebuild()
        assert found(before, "Cseh") == ["cseh"]


def test_two_who_use_one_index_both_follow(store: Store) -> None:
    with SearchFiles(store) as one, SearchFiles(store) as other:
        one.newest()
        other.newest()
        insert(store, 'person:ek a mg:Person ; rdfs:label "Bo Ek" .')
        assert found(one.newest(), "Bo Ek") == found(other.newest(), "Bo Ek") == ["ek"]


def test_somebody_who_never_stops_writing_is_named(store: Store, tmp_path: Path) -> None:
    insert(store, 'person:ek a mg:Person ; rdfs:label "Bo Ek" .')
    folder = tmp_path / "store" / "search"
    with (
        WriterLock(folder / "lock", store=folder),
        SearchFiles(store, wait_s=0.1) as files,
        pytest.raises(StoreLocked, match=str(os.getpid())),
    ):
        files.newest()


def test_only_the_owner_may_read_the_files(store: Store, tmp_path: Path) -> None:
    insert(store, 'person:ek a mg:Person ; rdfs:label "Bo Ek" .')
    index_of(store)
    folder = tmp_path / "store" / "search"
    modes = {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in (folder, *folder.rglob("*"))}
    assert modes == {0}


def test_an_empty_store_has_an_empty_index(tmp_path: Path) -> None:
    with Store.create(tmp_path / "empty") as store, SearchFiles(store) as files:
        assert len(files.newest()) == 0
        assert files.newest().find("anybody") == []


def test_building_tells_how_far_it_is(store: Store) -> None:
    told: list[tuple[int, int | None]] = []
    with SearchFiles(store) as files:
        index = files.rebuild(progress=lambda done, expected: told.append((done, expected)))
    assert told[-1] == (len(index), len(index))


def test_of_a_store_that_may_only_be_read_the_index_is_a_copy_that_follows(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_of(store)
    monkeypatch.setattr("graph.search.files.os.access", lambda *_: False)
    with SearchFiles(store) as files:
        current = files.current()
        assert current is not None
        assert found(current, "Usain Bolt") == ["bolt", "bolt-2"]
        before = sorted((tmp_path / "store" / "search").rglob("*"))
        insert(store, 'person:ek a mg:Person ; rdfs:label "Bo Ek" .')
        assert found(files.newest(), "Bo Ek") == ["ek"]
        assert sorted((tmp_path / "store" / "search").rglob("*")) == before
    shutil.rmtree(tmp_path / "store" / "search")
    with SearchFiles(store) as files:
        assert files.current() is None
        assert found(files.newest(), "Bo Ek") == ["ek"]
