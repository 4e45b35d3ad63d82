"""A browser, a service over the bundled sources, and a visit of it that has to be clean."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NoReturn

import pytest
from playwright.sync_api import expect

from service.scripts import FOLDER, MANIFEST
from tests.bundled_service import bundled_store
from tests.running_service import RunningService, running
from tests.waiting import PATIENCE_S

from .chromium import AXE, Visit, found_chromium, started, visiting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

# A busy machine takes its time to draw a page; only what never comes is a failure.
expect.set_options(timeout=PATIENCE_S * 1000)


def absent(what: str) -> NoReturn:
    """Skip a test whose tool this machine does not have; continuous integration has to have it."""
    if os.environ.get("CI"):
        pytest.fail(f"CI must have {what}.")
    # A machine without apt-get or npm may lack it; where CI is set this has failed above instead.
    pytest.skip(f"needs {what}")


# A package's, not a session's: Playwright keeps an event loop in this thread as long as it lives,
# and other tests have loops of their own.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if not (FOLDER / MANIFEST).is_file():
        absent("the scripts of the pages, which 'make web' builds where it can reach npm")
    if not AXE.is_file():
        absent("axe-core, which 'make test' installs where it can reach npm")
    chromium = found_chromium()
    if chromium is None:
        absent("Chromium ('apt-get install chromium', which 'make test' does where it may)")
    with started(chromium) as found:
        yield found


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    """A service over the bundled sources, for tests that only read."""
    with running(bundled_store(tmp_path_factory.mktemp("browser"))) as service:
        service.wait_for_search()
        yield service


@pytest.fixture
def visit(browser: Browser, site: RunningService) -> Iterator[Visit]:
    """Somebody who opens the service for the first time; the test fails if anything goes wrong."""
    with visiting(browser, f"http://127.0.0.1:{site.port}") as made:
        yield made
        assert made.elsewhere == []
        assert made.complaints == []
