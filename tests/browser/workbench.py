"""What somebody does at the workbench, for the tests of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from .chromium import Visit


def write(page: Page, query: str) -> None:
    """Put a query in the place of what the editor holds, as somebody who pastes it."""
    page.locator(".CodeMirror").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(query)
    page.keyboard.press("Escape")


def run(page: Page) -> None:
    page.get_by_role("button", name="Run").click()


def opened(visit: Visit, query: str = "", **params: str) -> Page:
    """Open the workbench with a query; it is run at once if there is one."""
    told = urlencode({"query": query} | params) if query else ""
    return visit.open(f"/query?{told}" if told else "/query")
