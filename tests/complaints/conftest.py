"""One running service for all complaints; each test puts its data into graphs of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.store import Store
from tests.asking import Asking
from tests.running_service import running

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="package")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    place = tmp_path_factory.mktemp("complaints") / "store"
    Store.create(place).close()
    with running(place, QUERY_SECONDS="5") as started:
        yield Asking(started)
