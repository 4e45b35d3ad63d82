from __future__ import annotations

import contextlib
import gzip
from typing import TYPE_CHECKING

import pytest

from graph import patch
from graph.change import Change
from graph.engines.base import Commit, CommitInfo
from graph.engines.records import Body, Records
from graph.errors import StoreDamaged
from tests.statements import name, quad

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHANGE = Change.of([quad("a"), quad("b")], [quad("c")])
INFO = CommitInfo(author="Ann", message="why", source=name("g"), kind="load", notes=("n1", "n2"))


@pytest.fixture
def records(tmp_path: Path) -> Records:
    folder = tmp_path / "commits"
    folder.mkdir()
    return Records(folder)


def write(records: Records, number: int = 1) -> Commit:
    path = records.folder.parent / "body"
    with Body(path) as body:
        body.write(patch.rows(CHANGE))
    made = Commit(
        number=number,
        parent=number - 1,
        time="2026-11-26T06:00:00.000000+00:00",
        info=INFO,
        added=body.added,
        removed=body.removed,
        checksum=body.checksum,
    )
    records.write(made, body=path, quads=9)
    return made


def test_a_record_is_read_as_it_was_written(records: Records) -> None:
    made = write(records)
    assert (made.added, made.removed) == (2, 1)
    assert records.read(1) == made
    assert records.change(1) == CHANGE
    assert records.quads(1) == 9
    assert records.quads(0) == 0


def test_a_record_is_one_rdf_patch_with_its_facts_in_the_header(records: Records) -> None:
    made = write(records)
    text = gzip.decompress(records.path(1).read_bytes())
    head, rows = text.split(b"TX .\n")
    assert head.decode().splitlines() == [
        'H number "1" .',
        'H parent "0" .',
        'H time "2026-11-26T06:00:00.000000+00:00" .',
        'H author "Ann" .',
        'H message "why" .',
        "H source <http://example.org/g> .",
        'H kind "load" .',
        'H note "n1" .',
        'H note "n2" .',
        'H added "2" .',
        'H removed "1" .',
        'H quads "9" .',
        f'H checksum "{made.checksum}" .',
    ]
    assert b"TX .\n" + rows == patch.write(CHANGE)


def test_a_record_that_is_not_there_is_damage(records: Records) -> None:
    for ask in (records.read, records.change, records.quads):
        with pytest.raises(StoreDamaged, match=r"00000001\.rdfp\.gz"):
            ask(1)


def test_a_record_cut_off_anywhere_is_damage_that_names_the_file(records: Records) -> None:
    write(records)
    whole = records.path(1).read_bytes()
    for length in range(len(whole)):
        records.path(1).write_bytes(whole[:length])
        with pytest.raises(StoreDamaged, match=r"00000001\.rdfp\.gz"):
            records.change(1)


def test_a_changed_byte_is_damage_or_changes_nothing(records: Records) -> None:
    made = write(records)
    whole = records.path(1).read_bytes()
    for place in range(len(whole)):
        records.path(1).write_bytes(
            whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :]
        )
        with contextlib.suppress(StoreDamaged):
            assert (records.read(1), records.change(1)) == (made, CHANGE)


def test_a_changed_row_does_not_fit_the_checksum(records: Records) -> None:
    write(records)
    text = gzip.decompress(records.path(1).read_bytes())
    records.path(1).write_bytes(gzip.compress(text.replace(b"org/a>", b"org/z>")))
    assert records.read(1).number == 1
    with pytest.raises(StoreDamaged, match=r"00000001\.rdfp\.gz"):
        records.change(1)


@pytest.mark.parametrize("word", [b"number", b"time", b"added", b"kind", b"checksum"])
def test_a_record_without_one_of_its_facts_is_damage(records: Records, word: bytes) -> None:
    write(records)
    text = gzip.decompress(records.path(1).read_bytes())
    rows = [row for row in text.splitlines(keepends=True) if not row.startswith(b"H " + word)]
    records.path(1).write_bytes(gzip.compress(b"".join(rows)))
    with pytest.raises(StoreDamaged):
        records.read(1)


def test_sweeping_leaves_what_was_committed(records: Records) -> None:
    for number in (1, 2, 3):
        write(records, number)
    (records.folder / "00000003.rdfp.gz.tmp").touch()
    (records.folder / "stray").touch()
    records.sweep(2)
    assert sorted(records.folder.iterdir()) == [records.path(1), records.path(2)]


def test_a_body_left_by_an_error_closes_its_file(tmp_path: Path) -> None:
    def rows() -> Iterator[bytes]:
        yield from patch.rows(CHANGE)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), Body(tmp_path / "body") as body:
        body.write(rows())
    with pytest.raises(EOFError):
        gzip.decompress((tmp_path / "body").read_bytes())


def test_records_are_private(records: Records) -> None:
    write(records)
    assert records.path(1).stat().st_mode & 0o777 == 0o600
