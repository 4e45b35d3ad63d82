"""Accept-Language is read as RFC 9110 has it."""

from __future__ import annotations

import pytest

from service.wire.languages import MOST, preferred


@pytest.mark.parametrize(
    ("header", "tags"),
    [
        ("", ()),
        # The example of RFC 9110, section 12.5.4.
        ("da, en-gb;q=0.8, en;q=0.7", ("da", "en-gb", "en")),
        ("en;q=0.7, da, en-GB;q=0.8", ("da", "en-gb", "en")),
        ("fr, de", ("fr", "de")),
        ("de;q=0, fr;q=0.000, az;q=0.001", ("az",)),
        ("*, de;q=0.5", ("de",)),
        ("de ; Q = 0.5 , fr", ("fr", "de")),
        ("de;q=5, <script>, ;;, zh-Hant-TW", ("zh-hant-tw",)),
        ("de, de;q=0", ("de",)),
    ],
)
def test_the_best_comes_first_and_what_is_refused_or_unreadable_is_left_out(
    header: str, tags: tuple[str, ...]
) -> None:
    assert preferred(header) == tags


def test_a_header_of_very_many_languages_is_cut() -> None:
    assert len(preferred(",".join(f"x{n}-a" for n in range(1000)))) == 0
    assert len(preferred(",".join(f"de-{n:04}" for n in range(1000)))) == MOST
