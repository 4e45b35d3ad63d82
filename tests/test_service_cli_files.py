"""A file appears under its name when it is whole, and an error leaves what was there."""

from __future__ import annotations

import gzip
import os
import threading
from typing import TYPE_CHECKING

import pytest

from service.cli.files import whole_file

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO


def test_a_file_is_there_under_its_name_only_at_the_end(tmp_path: Path) -> None:
    target = tmp_path / "out.nq"
    with whole_file(target) as stream:
        stream.write(b"half")
        assert not target.exists()
        stream.write(b" and half")
    assert target.read_bytes() == b"half and half"
    assert list(tmp_path.iterdir()) == [target]


def stop_after_writing(stream: BinaryIO) -> None:
    stream.write(b"new")
    raise KeyboardInterrupt


def test_an_error_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "out.nq"
    target.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), whole_file(target) as stream:
        stop_after_writing(stream)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_name_that_ends_in_gz_is_compressed_to_the_same_bytes_each_time(tmp_path: Path) -> None:
    one, two = tmp_path / "one.nq.gz", tmp_path / "two.nq.gz"
    for target in (one, two):
        with whole_file(target) as stream:
            stream.write(b"the same" * 100)
    assert one.read_bytes() == two.read_bytes()
    assert gzip.decompress(one.read_bytes()) == b"the same" * 100


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe, link, read = tmp_path / "pipe", tmp_path / "link.nq", list[bytes]()
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    for target in (pipe, link):
        reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
        reader.start()
        with whole_file(target) as stream:
            stream.write(b"all of it")
        reader.join()
        assert pipe.is_fifo()
    assert read == [b"all of it"] * 2
    assert set(tmp_path.iterdir()) == {pipe, link}


def test_a_link_keeps_pointing_at_the_file_that_is_replaced(tmp_path: Path) -> None:
    real, link = tmp_path / "real.nq", tmp_path / "link.nq"
    real.write_bytes(b"old")
    link.symlink_to(real)
    with whole_file(link) as stream:
        stream.write(b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
