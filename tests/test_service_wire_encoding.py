"""Packed bodies are unpacked within a limit, and never believed."""

from __future__ import annotations

import gzip

import pytest

from service.wire.encoding import plain, unpacked
from service.wire.faults import BadRequest, BodyTooLarge, UnsupportedBody


@pytest.mark.parametrize("encoding", ["", "identity", " Identity "])
def test_a_body_that_is_not_packed_stays_as_it_is(encoding: str) -> None:
    assert unpacked(b"abc", encoding, limit_bytes=1) == b"abc"


def test_gzip_is_unpacked_also_in_several_members() -> None:
    body = gzip.compress(b"abc") + gzip.compress(b"def")

    assert unpacked(body, "gzip", limit_bytes=6) == b"abcdef"


def test_packed_content_is_unpacked_part_by_part() -> None:
    content = bytes(3_000_000) + b"end"
    body = gzip.compress(content)
    parts = list(plain(body[at : at + 100] for at in range(0, len(body), 100)))

    assert b"".join(parts) == content
    assert max(map(len, parts)) <= 256 << 10


def test_packed_content_that_breaks_off_is_no_whole() -> None:
    with pytest.raises(EOFError):
        list(plain([gzip.compress(b"abc")[:-1]]))


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    bomb = gzip.compress(bytes(50_000_000))  # 49 KB

    with pytest.raises(BodyTooLarge, match="1,000,000 bytes"):
        unpacked(bomb, "gzip", limit_bytes=1_000_000)


def test_text_that_is_labelled_gzip_is_refused() -> None:
    with pytest.raises(BadRequest, match="labelled gzip and is not"):
        unpacked(b"<a> <b> <c> .", "gzip", limit_bytes=1_000)


def test_a_cut_gzip_is_refused() -> None:
    with pytest.raises(BadRequest, match="cut off"):
        unpacked(gzip.compress(b"abc" * 1_000)[:-9], "gzip", limit_bytes=10_000)


def test_any_other_encoding_is_refused() -> None:
    with pytest.raises(UnsupportedBody) as refused:
        unpacked(b"", "br", limit_bytes=10)

    assert refused.value.offers == ("gzip", "identity")


def test_what_unpacks_to_two_hundred_times_its_size_is_refused_below_the_limit() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    with pytest.raises(BodyTooLarge, match=f"{200 * len(bomb):,} bytes"):
        unpacked(bomb, "gzip", limit_bytes=1 << 30)
    small = gzip.compress(bytes(1 << 20))
    assert len(unpacked(small, "gzip", limit_bytes=1 << 30)) == 1 << 20
