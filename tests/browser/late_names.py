"""Names that a service gives late, as one does that is far away or busy."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

NAMES = "**/search/suggest*"


class LateNames:
    """Names that the service does not give before it is told to."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._held: list[Route] = []
        page.route(NAMES, self._hold)

    def _hold(self, route: Route) -> None:
        self._held.append(route)

    def come(self) -> None:
        """Let all names come that were asked for, and wait until they have come."""
        assert self._held
        for route in self._held:
            route.continue_()
            if answer := route.request.response():
                answer.finished()
        self._page.evaluate("() => new Promise(done => setTimeout(done))")
