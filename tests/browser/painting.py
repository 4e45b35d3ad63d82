"""When each kind of page is painted first, and what it weighs, as ``make painting`` tells."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bundled_service import bundled_store
from tests.running_service import running

from .chromium import found_chromium, started, visiting
from .page_list import KINDS, Kind

if TYPE_CHECKING:
    from .chromium import Visit

_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
_FETCHED = """() => ['navigation', 'resource']
  .flatMap((type) => performance.getEntriesByType(type))
  .map((one) => [new URL(one.name).pathname, one.encodedBodySize])"""


@dataclass(frozen=True, slots=True)
class Painted:
    """A page as somebody gets it whose browser holds nothing of the site yet.

    Attributes:
        first_ms: from asking for the page until text or a picture is seen.
        script_bytes: of its scripts, packed as they are sent.
        all_bytes: of all that was sent for it.

    """

    kind: str
    first_ms: float
    script_bytes: int
    all_bytes: int


def painted(visit: Visit, kind: Kind) -> Painted:
    """Open a page and return how that went."""
    page = visit.open(kind.path, kind.status)
    page.wait_for_load_state("networkidle")
    page.wait_for_function(_PAINTED)
    fetched: list[tuple[str, int]] = page.evaluate(_FETCHED)
    return Painted(
        kind.name,
        page.evaluate(_PAINTED),
        sum(size for path, size in fetched if path.endswith(".js")),
        sum(size for _, size in fetched),
    )


def report(found: list[Painted]) -> str:
    """Return what was found as Markdown, the slowest page first."""
    lines = ["| page | painted after ms | scripts kB | all kB |", "| --- | ---: | ---: | ---: |"]
    lines += [
        f"| {one.kind} | {one.first_ms:,.0f} | {one.script_bytes / 1000:,.1f}"
        f" | {one.all_bytes / 1000:,.1f} |"
        for one in sorted(found, key=lambda one: -one.first_ms)
    ]
    return "\n".join(lines)


def main() -> None:
    """Print when the pages of the bundled sources are painted, each asked for the first time."""
    chromium = found_chromium()
    if chromium is None:
        sys.exit("This needs Chromium: 'apt-get install chromium'.")
    found = []
    with (
        tempfile.TemporaryDirectory() as temporary,
        running(bundled_store(Path(temporary))) as service,
        started(chromium) as browser,
    ):
        service.wait_for_search()
        for kind in KINDS:
            with visiting(browser, f"http://127.0.0.1:{service.port}") as visit:
                found.append(painted(visit, kind))
    print(report(found))  # noqa: T201 - it is a program


if __name__ == "__main__":
    main()
