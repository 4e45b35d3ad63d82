"""An address that is not an IRI is refused with the reason."""

from __future__ import annotations

import pytest

from graph.errors import BadTerm
from graph.terms import iri


def test_a_good_address_is_kept_as_it_is() -> None:
    assert iri("http://ex/a%20b#é").value == "http://ex/a%20b#é"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("http://ex/a b", "a space"),
        ("http://ex/<x>", "'<'"),
        ("http://ex/{x}", "'{'"),
        ("http://ex/a\nb", r"'\n'"),
    ],
)
def test_a_character_that_no_iri_may_have_is_named(text: str, named: str) -> None:
    with pytest.raises(BadTerm) as caught:
        iri(text)
    assert named in str(caught.value)
    assert "%20" in caught.value.hint
    assert caught.value.value == text


@pytest.mark.parametrize("text", ["nation/AZE", "", "http://ex/[x"])
def test_what_has_no_scheme_or_a_broken_host_is_no_iri(text: str) -> None:
    with pytest.raises(BadTerm, match="not an IRI"):
        iri(text)
