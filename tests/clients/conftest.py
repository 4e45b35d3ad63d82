"""A running service with a little graph for every client."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.store import Store
from tests.asking import Asking
from tests.running_service import running

if TYPE_CHECKING:
    from collections.abc import Iterator

BOOK = """
PREFIX : <http://ex/>
INSERT DATA { GRAPH :book {
  :lamiya a :Person ; rdfs:label "Lamiya Valiyeva"@en ; :height 170 ; :note "a, \\"b\\"\\nc" .
  :raman a :Person ; rdfs:label "Raman Salei"@en ; :height 185 .
  :e1 :athlete :lamiya ; :medal :Gold . :e2 :athlete :raman ; :medal :Silver . } }
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    place = tmp_path_factory.mktemp("clients") / "store"
    with Store.create(place) as store:
        store.update(BOOK)
    with running(place) as started:
        yield Asking(started)


@pytest.fixture(scope="module")
def address(service: Asking) -> str:
    return f"http://127.0.0.1:{service.running.port}"
