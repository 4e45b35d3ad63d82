"""Chromium of the system, and a visit of one site with it that notes whatever goes wrong."""

from __future__ import annotations

import os
import re
import shutil
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from tests.waiting import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Route

AXE = Path(sys.prefix) / "browser" / "node_modules" / "axe-core" / "axe.min.js"
LEVELS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
"""Levels A and AA of WCAG 2.2, as axe-core names them."""
DESKTOP, PHONE = (1280, 900), (390, 844)
LOOKS = (("light", DESKTOP), ("dark", DESKTOP), ("dark", PHONE))
_NO_FAULT = ("net::ERR_ABORTED", "net::ERR_BLOCKED_BY_CLIENT", "csp")
"""A request that the page itself gave up, one that was noted when it was refused, and a script that
is not fetched where scripts are off. What offends the policy of a page the console tells too."""
_CHECK = "levels => axe.run(document, {runOnly: levels, resultTypes: ['violations']})"


@dataclass(frozen=True, slots=True)
class Visit:
    """One visitor with one page open.

    Args:
        page: what the browser shows.
        address: of the service, without a slash at the end.
        elsewhere: addresses of other hosts that were asked for, and refused.
        complaints: errors of scripts, and all that the browser reports as an error.
        expected: parts of complaints that a test brings about itself; those are not noted.

    """

    page: Page
    address: str
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def note(self, complaint: str) -> None:
        """Note a complaint, unless it is an expected one."""
        if not any(part in complaint for part in self.expected):
            self.complaints.append(complaint)

    def open(self, path: str, status: int = 200) -> Page:
        """Go to a path of the service, which answers with this status."""
        answer = self.page.goto(self.address + path, wait_until="load")
        assert answer is not None
        assert answer.status == status, f"{path} answered {answer.status}"
        return self.page


def found_chromium() -> str | None:
    """Return where Chromium is; None if it is not on this machine."""
    return shutil.which("chromium")


@contextmanager
def started(chromium: str) -> Iterator[Browser]:
    """Yield a browser that knows no host but this machine."""
    arguments = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=arguments, chromium_sandbox=os.geteuid() != 0
        )
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visiting(browser: Browser, address: str, **settings: Any) -> Iterator[Visit]:  # noqa: ANN401 - Playwright's own
    """Yield a visit by somebody who was never here: no cookies, nothing kept.

    Args:
        browser: that is used.
        address: of the service, without a slash at the end.
        settings: of the context, such as ``color_scheme="dark"``.

    """
    settings = {"viewport": _viewport(DESKTOP), **settings}
    context = browser.new_context(service_workers="block", **settings)
    context.set_default_timeout(PATIENCE_S * 1000)
    try:
        visit = Visit(context.new_page(), address)
        _watch(context, visit)
        yield visit
    finally:
        context.close()


def look_as(page: Page, *, scheme: str, size: tuple[int, int]) -> None:
    """Show a page as in this colour scheme on a screen of this size."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size(_viewport(size))


def violations(page: Page) -> list[str]:
    """Return what keeps a page from levels A and AA of WCAG 2.2, as far as axe-core can tell."""
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(_CHECK, list(LEVELS))
    return [
        f"{broken['id']}: {node['failureSummary']} at {node['target']}: {node['html'][:200]}"
        for broken in found["violations"]
        for node in broken["nodes"]
    ]


def barriers(page: Page) -> list[str]:
    """Return what keeps somebody out of a page: light or dark, on a desktop or a phone."""
    found: list[str] = []
    for scheme, size in LOOKS:
        look_as(page, scheme=scheme, size=size)
        found += [f"{scheme}, {size}: {one}" for one in violations(page)]
        if (width := page.evaluate("document.documentElement.scrollWidth")) > size[0]:
            found.append(f"{scheme}, {size}: the page is {width} wide")
    return found


def _watch(context: BrowserContext, visit: Visit) -> None:
    """Note whatever goes wrong, and let nothing out to another host."""

    def refuse(route: Route) -> None:
        visit.elsewhere.append(route.request.url)
        route.abort("blockedbyclient")

    def hear(message: ConsoleMessage) -> None:
        # A page that is no 200 is reported too, and whether it should be the test knows.
        if message.type == "error" and message.location["url"] != visit.page.url:
            visit.note(f"{message.text} ({message.location['url']})")

    def miss(request: Request) -> None:
        if request.failure not in _NO_FAULT:
            visit.note(f"{request.url}: {request.failure}")

    here = re.escape(urlsplit(visit.address).netloc)
    context.route(re.compile(rf"^\w+://(?!{here}(/|$))"), refuse)
    context.on("console", hear)
    context.on("requestfailed", miss)
    context.on("weberror", lambda error: visit.note(str(error.error)))


def _viewport(size: tuple[int, int]) -> Any:  # noqa: ANN401 - Playwright does not export its type
    width, height = size
    return {"width": width, "height": height}
