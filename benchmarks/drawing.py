"""How smoothly two graph libraries draw a large board in Chromium without a graphics card.

Both draw the same made-up graph; then the mouse drags the paper (pan) and one node (drag), as a
hand does, and each frame that the browser begins meanwhile is noted. The libraries are those of
``benchmarks/canvas``, bundled as the pages of the service are.
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Browser, Page

_SCRIPTS = Path(__file__).with_name("canvas")
_WIDTH, _HEIGHT = 1200, 800
_PAGE = (
    '<!doctype html><body style="margin:0">'
    f'<div id="canvas" style="width:{_WIDTH}px;height:{_HEIGHT}px"></div>'
)
_WATCH = """() => {
  window.frames_at = [];
  const note = (at) => {
    window.frames_at.push(at);
    window.watching = requestAnimationFrame(note);
  };
  window.watching = requestAnimationFrame(note);
}"""
_TOLD = "() => { cancelAnimationFrame(window.watching); return window.frames_at; }"
_WHERE = """name => {
  const node = document.querySelector(".canvas").graph.getElementById(name);
  return node.empty() ? null : node.renderedPosition();
}"""
_HEAD = """\
| drawn by | first (ms) | pan (frames/s) | 95 % within (ms) | drag (frames/s) | 95 % within (ms) |
| --- | ---: | ---: | ---: | ---: | ---: |"""
_TURNS_PER_S = 0.5
_STEP_S = 0.008


@dataclass(frozen=True, slots=True)
class Way:
    """One way to draw: the library, and what it is told."""

    name: str
    library: str
    options: Mapping[str, Any]


WAYS = (
    Way("Cytoscape.js", "cytoscape", {}),
    Way(
        "Cytoscape.js, a picture of the board while it moves",
        "cytoscape",
        {"textureOnViewport": True, "hideLabelsOnViewport": True, "pixelRatio": 1},
    ),
    Way("Cytoscape.js with WebGL", "cytoscape", {"renderer": {"name": "canvas", "webgl": True}}),
    Way("Sigma with graphology", "sigma", {}),
)


@dataclass(frozen=True, slots=True)
class Frames:
    """The frames of one movement: how many a second, and the longest wait of 19 in 20."""

    per_s: float
    late_ms: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """What one way took: until the first picture, and while the board or a node moved."""

    first_ms: float
    pan: Frames
    drag: Frames


def bundled(folder: Path) -> dict[str, str]:
    """Return the script of each library, made in a folder with what npm brings."""
    for part in _SCRIPTS.iterdir():
        if part.is_file():
            shutil.copy(part, folder)
    subprocess.run(
        ["npm", "ci", "--loglevel=error", "--no-audit", "--no-fund", "--ignore-scripts"],
        cwd=folder,
        check=True,
    )
    for library in {way.library for way in WAYS}:
        told = [f"{library}.js", "--bundle", "--minify", "--format=iife", "--log-level=error"]
        made = ["npx", "esbuild", *told, f"--outfile={library}.out"]
        subprocess.run(made, cwd=folder, check=True)
    return {way.library: (folder / f"{way.library}.out").read_text() for way in WAYS}


def measured(browser: Browser, script: str, way: Way, asked: argparse.Namespace) -> Drawn:
    """Return what one way takes to draw a graph and to move it."""
    page = browser.new_page(viewport={"width": _WIDTH, "height": _HEIGHT})
    try:
        page.set_content(_PAGE)
        page.add_script_tag(content=script)
        page.evaluate("told => window.draw(...told)", [asked.nodes, asked.edges, dict(way.options)])
        page.wait_for_function("window.ready", timeout=60_000)
        at = page.evaluate("window.ready")
        drag = _moved(page, (at["x"], at["y"]), asked.seconds)
        # The corner, where there is paper only.
        pan = _moved(page, (12.0, 12.0), asked.seconds)
        return Drawn(page.evaluate("window.drew"), pan, drag)
    finally:
        page.close()


def _moved(page: Page, start: tuple[float, float], seconds: float) -> Frames:
    page.mouse.move(*start)
    page.mouse.down()
    page.evaluate(_WATCH)
    for place in _circle(start, seconds):
        page.mouse.move(*place)
    frames: list[float] = page.evaluate(_TOLD)
    page.mouse.up()
    waits = sorted(after - before for before, after in pairwise(frames))
    spent_s = (frames[-1] - frames[0]) / 1_000
    return Frames((len(frames) - 1) / spent_s, waits[int(len(waits) * 0.95)])


def _circle(start: tuple[float, float], seconds: float) -> Iterator[tuple[float, float]]:
    """Yield where a hand is that draws circles, about as often as a mouse tells."""
    began = time.monotonic()
    while (spent := time.monotonic() - began) < seconds:
        turn = spent * _TURNS_PER_S * 2 * math.pi
        yield start[0] + 150 * math.sin(turn), start[1] + 150 * (1 - math.cos(turn))
        time.sleep(_STEP_S)


def page_measured(browser: Browser, address: str, node: str, seconds: float) -> Drawn:
    """Return what the page of a service takes to draw a board and to move it and one thing on it.

    Args:
        browser: that is used.
        address: of the page, with the board.
        node: the name of the thing that is dragged, as the address spells it.
        seconds: how long each movement takes.

    """
    page = browser.new_page(viewport={"width": _WIDTH, "height": _HEIGHT})
    try:
        began = time.monotonic()
        page.goto(address)
        page.locator(".explorer [role=status]", has_text="links").wait_for(timeout=60_000)
        first_ms = (time.monotonic() - began) * 1_000
        box = page.locator(".canvas")
        box.scroll_into_view_if_needed()
        frame = box.bounding_box()
        at = page.evaluate(_WHERE, node)
        if frame is None or at is None:
            sys.exit(f"{node} is not on the canvas.")
        drag = _moved(page, (frame["x"] + at["x"], frame["y"] + at["y"]), seconds)
        pan = _moved(page, (frame["x"] + 12.0, frame["y"] + 12.0), seconds)
        return Drawn(first_ms, pan, drag)
    finally:
        page.close()


def main() -> None:
    """Print a table of both libraries, or of the page of a service."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=2_000)
    parser.add_argument("--edges", type=int, default=5_000)
    parser.add_argument("--seconds", type=float, default=5.0, help="of each movement")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--page", default="", help="the address of a board, instead of both")
    parser.add_argument("--node", default="", help="the thing on it that is dragged")
    asked = parser.parse_args()
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("This needs Chromium: 'apt-get install chromium'.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, chromium_sandbox=os.geteuid() != 0
        )
        print(f"Chromium {browser.version}\n\n{_HEAD}")
        for name, found in _rows(browser, asked):
            print(_row(name, found), flush=True)
        browser.close()


def _rows(browser: Browser, asked: argparse.Namespace) -> Iterator[tuple[str, list[Drawn]]]:
    times = range(asked.repeat)
    if asked.page:
        found = [page_measured(browser, asked.page, asked.node, asked.seconds) for _ in times]
        yield "the page", found
        return
    with tempfile.TemporaryDirectory() as folder:
        scripts = bundled(Path(folder))
    for way in WAYS:
        yield way.name, [measured(browser, scripts[way.library], way, asked) for _ in times]


def _row(name: str, found: list[Drawn]) -> str:
    cells = [
        f"{median(one.first_ms for one in found):.0f}",
        f"{median(one.pan.per_s for one in found):.0f}",
        f"{median(one.pan.late_ms for one in found):.0f}",
        f"{median(one.drag.per_s for one in found):.0f}",
        f"{median(one.drag.late_ms for one in found):.0f}",
    ]
    return f"| {name} | {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
