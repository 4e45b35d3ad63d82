"""The pictures of the documentation are of every look, and small."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .chromium import DESKTOP, PHONE, Visit
from .page_list import KINDS
from .screenshots import take

if TYPE_CHECKING:
    from pathlib import Path

FULLEST_BYTES = 200_000
"""Of the four pictures of the fullest page; most take half of that."""


def size_of(webp: bytes) -> tuple[int, int]:
    """Return width and height of a WebP picture in the extended form (RFC 9649, section 2.7)."""
    assert (webp[:4], webp[8:16]) == (b"RIFF", b"WEBPVP8X")
    width, height = (int.from_bytes(webp[at : at + 3], "little") + 1 for at in (24, 27))
    return width, height


def test_a_page_is_pictured_light_and_dark_on_a_desktop_and_on_a_phone(
    visit: Visit, tmp_path: Path
) -> None:
    first = KINDS[0]

    pictures = list(take(visit, first, tmp_path))

    assert [path.name for path in pictures] == [
        "first-page-desktop-light.webp",
        "first-page-desktop-dark.webp",
        "first-page-phone-light.webp",
        "first-page-phone-dark.webp",
    ]
    contents = [path.read_bytes() for path in pictures]
    assert [size_of(content) for content in contents] == [DESKTOP, DESKTOP, PHONE, PHONE]
    assert len(set(contents)) == 4
    assert sum(map(len, contents)) < FULLEST_BYTES


def test_no_two_kinds_of_page_share_their_pictures() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS)
