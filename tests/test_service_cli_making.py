"""A store is made whole or not at all, and a store that is there is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.store import Store
from service.cli import making

if TYPE_CHECKING:
    from pathlib import Path

    from graph.importers.bundled import BundledSource
    from tests.command_line import CommandLine


def test_a_store_is_made_in_the_place_that_the_first_word_names(
    medalgraph: CommandLine, tmp_path: Path
) -> None:
    place = tmp_path / "deep" / "down"
    said = medalgraph.do("init", place)
    assert said.out == f"The store is ready in {place}.\n"
    assert medalgraph.do("query", "ASK { ?s ?p ?o }", "--store", place).out == "no\n"
    assert list(place.parent.iterdir()) == [place]


def test_the_base_is_fixed_when_the_store_is_made(medalgraph: CommandLine, tmp_path: Path) -> None:
    place = tmp_path / "own"
    said = medalgraph.do("init", place, "--base", "https://medals.example/", "--json")
    assert said.json == {"store": str(place), "base": "https://medals.example", "sources": []}
    with Store.open(place) as store:
        assert store.names.base == "https://medals.example"


def test_a_base_with_a_space_is_refused_and_no_store_is_made(
    medalgraph: CommandLine, tmp_path: Path
) -> None:
    said = medalgraph("init", tmp_path / "own", "--base", "https://my medals.example")
    assert said.code == 2
    assert "holds a space" in said.err
    assert not (tmp_path / "own").exists()


def test_a_second_store_in_the_same_place_is_refused(medalgraph: CommandLine) -> None:
    said = medalgraph("init")
    assert said.code == 4
    assert said.err.startswith(f"Error: There is a store in {medalgraph.store} already.\n")


def test_if_missing_is_quiet_where_there_is_a_store(medalgraph: CommandLine) -> None:
    said = medalgraph.do("init", "--if-missing", "--bundled")
    assert (said.out, said.err) == ("", "")
    assert medalgraph.do("history", "--json").json == []


def test_a_folder_that_holds_something_else_is_left_alone(
    medalgraph: CommandLine, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    said = medalgraph("init", tmp_path / "mine", "--if-missing")
    assert said.code == 4
    assert "is not a store" in said.err
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_ctrl_c_while_the_bundled_sources_load_leaves_no_store(
    medalgraph: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop() -> tuple[BundledSource, ...]:
        raise KeyboardInterrupt

    monkeypatch.setattr(making, "bundled_sources", stop)
    place = tmp_path / "new" / "store"
    said = medalgraph("init", place, "--bundled")
    assert said.code == 130
    assert said.err.strip() == f"Stopped. No store was made in {place}."
    assert list(place.parent.iterdir()) == []


def test_what_a_killed_init_left_behind_is_cleared_away(
    medalgraph: CommandLine, tmp_path: Path
) -> None:
    (tmp_path / ".new.part").mkdir()
    (tmp_path / ".new.part" / "FORMAT").write_text("half")
    medalgraph.do("init", tmp_path / "new")
    assert not (tmp_path / ".new.part").exists()


@pytest.mark.slow
def test_the_bundled_sources_are_one_commit_each(medalgraph: CommandLine, tmp_path: Path) -> None:
    said = medalgraph.do("init", tmp_path / "full", "--bundled", "--json")
    assert [source["source"] for source in said.json["sources"]] == [
        "counting-rules",
        "nations-over-time",
        "paris2024-paralympics",
        "ipc-medals-by-sport",
        "azernews-2024-09-17",
    ]
    assert [source["commit"] for source in said.json["sources"]] == [1, 2, 3, 4, 5]
