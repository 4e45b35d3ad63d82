"""Paths stand for things and documents, and lead from one to the other and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.names import DEFAULT_BASE
from service.documents import THING_FORMS, iris_at, parted, path_of


def test_each_form_has_an_ending_of_its_own() -> None:
    endings = {form.suffixes[0] for form in THING_FORMS}
    assert endings == {
        ".html", ".ttl", ".nt", ".rdf", ".jsonld", ".json", ".csv", ".trig", ".nq",
    }  # fmt: skip
    for form in THING_FORMS:
        assert parted(f"person/x{form.suffixes[0]}") == ("person/x", form)


def test_what_ends_otherwise_is_a_thing() -> None:
    for path in ("person/x", "place/st.-moritz", "place/x.pdf", "place/.ttl", "place/x.TTL"):
        assert parted(path) == (path, None)


def test_what_clients_would_change_on_the_way_has_no_path() -> None:
    for rest in ("", "person", "person/", "person//x", "person/x/", "person/../x", "person/x/."):
        assert path_of(f"{DEFAULT_BASE}/id/{rest}", DEFAULT_BASE) == ""
    assert path_of("https://elsewhere.example/id/person/x", DEFAULT_BASE) == ""


@given(st.text("aZ0é日 -._~!$&'()*+,;=:@/?#%", min_size=1, max_size=12))
def test_a_path_leads_back_to_the_iri(rest: str) -> None:
    for iri in iris_at(DEFAULT_BASE, f"place/{rest}"):
        path = path_of(iri, DEFAULT_BASE)
        if path:
            assert path.isascii()
            assert not set(path) & set(" ?#")
