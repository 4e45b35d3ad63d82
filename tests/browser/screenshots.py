"""Pictures of each kind of page, as ``make screenshots`` writes them into ``docs/screenshots``."""

from __future__ import annotations

import sys
import tempfile
from base64 import b64decode
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bundled_service import bundled_store
from tests.running_service import running

from .chromium import DESKTOP, PHONE, Visit, found_chromium, look_as, started, visiting
from .page_list import KINDS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

SCREENS = {"desktop": DESKTOP, "phone": PHONE}
SCHEMES = ("light", "dark")
_QUALITY = 35
"""Of 100: text stays clean, and a hundred pictures stay below 3 MB."""


def take(visit: Visit, kind: Kind, folder: Path) -> Iterator[Path]:
    """Yield a picture of a page in each colour scheme and on each screen, once it is written."""
    page = visit.open(kind.path, kind.status)
    # A canvas is drawn after what is on it was read.
    page.wait_for_load_state("networkidle")
    # Playwright itself writes PNG and JPEG only, which are three times as large.
    session = page.context.new_cdp_session(page)
    for screen, scheme in product(SCREENS, SCHEMES):
        look_as(page, scheme=scheme, size=SCREENS[screen])
        told = {"format": "webp", "quality": _QUALITY}
        picture = session.send("Page.captureScreenshot", told)
        path = folder / f"{kind.name}-{screen}-{scheme}.webp"
        path.write_bytes(b64decode(picture["data"]))
        yield path


def main(folder: Path) -> None:
    """Replace the pictures in a folder by new ones of the bundled sources."""
    chromium = found_chromium()
    if chromium is None:
        sys.exit("Screenshots need Chromium: 'apt-get install chromium'.")
    folder.mkdir(parents=True, exist_ok=True)
    written: set[Path] = set()
    with (
        tempfile.TemporaryDirectory() as temporary,
        running(bundled_store(Path(temporary))) as service,
        started(chromium) as browser,
    ):
        service.wait_for_search()
        for kind in KINDS:
            with visiting(browser, f"http://127.0.0.1:{service.port}") as visit:
                written.update(take(visit, kind, folder))
    for old in set(folder.glob("*.webp")) - written:
        old.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
