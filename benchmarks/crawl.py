"""Whether every link of a service leads somewhere, and how large and slow its answers are.

Run it with::

    python -m benchmarks.crawl STORE [--sample 200] [--clients 2] [--whole '/id/*.html']

It serves the store under a base path and asks as a proxy forwards, so that links are seen as
clients see them.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from .crawling import Crawler, Target, sort_of
from .servers import medalgraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .crawling import Crawl, Visit

STARTS = ("/", "/robots.txt", "/sitemap.xml", "/changes.atom", "/graphs", "/audit", "/conflicts")
BASE = "/foo"
SITE = ("/", "/robots.txt", "/sitemap.xml", "/sitemap/*", "/changes.atom", "/graphs", "/static/*")
"""What is read whole in any case."""
_SHOWN = 20


def main() -> int:
    """Crawl as the command line says, print what was found, and tell whether all is well."""
    asked = _arguments()
    with medalgraph(asked.store, base=BASE, TRUSTED_PROXIES="127.0.0.1") as server:
        crawler = Crawler(
            Target(server.port, base=BASE),
            clients=asked.clients,
            whole=(*SITE, *asked.whole),
            sample=asked.sample,
            progress=_tell,
        )
        found = crawler.crawl(STARTS)
    print(report(found))
    return 1 if found.problems else 0


def report(found: Crawl) -> str:
    """Return what was found as Markdown."""
    lines = [
        "| sort | met | read | median ms | 95th percentile ms | slowest ms | largest kB |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    by_sort: dict[str, list[Visit]] = {}
    for visit in found.visits:
        by_sort.setdefault(sort_of(visit.address, BASE), []).append(visit)
    for sort, visits in sorted(by_sort.items()):
        lines.append(_row(f"`{sort}`", len(found.met[sort]), visits))
    pages = [visit for visit in found.visits if visit.kind == "text/html"]
    lines.append(_row("all pages read", len(pages), pages))
    lines += ["", _of_every_page(pages, found)]
    lines.append(f"{len(found.visits):,} answers; {found.outside:,} links lead elsewhere.")
    lines.append(f"{len(found.kept_out):,} addresses ask for a token.")
    lines.append(f"{len(found.problems):,} problems.")
    lines += [f"- {problem}" for problem in found.problems[:_SHOWN]]
    return "\n".join(lines)


def _row(name: str, met: int, visits: Sequence[Visit]) -> str:
    times = sorted(visit.seconds * 1_000 for visit in visits)
    largest = max(visit.size for visit in visits) / 1_000
    figures = (_at(times, 0.5), _at(times, 0.95), times[-1], largest)
    told = " | ".join(f"{figure:,.0f}" for figure in figures)
    return f"| {name} | {met:,} | {len(visits):,} | {told} |"


def _of_every_page(pages: Sequence[Visit], found: Crawl) -> str:
    """Return how long every page that was met takes, told from those that were read.

    A page that was read stands for as many of its sort as were met for each one read.
    """
    read = Counter(sort_of(page.address, BASE) for page in pages)
    told = sorted(
        (page.seconds * 1_000, len(found.met[sort]) / read[sort])
        for page in pages
        if (sort := sort_of(page.address, BASE))
    )
    count = sum(weight for _, weight in told)
    return (
        f"Of every page met ({count:,.0f}), the median is {weighted_at(told, 0.5):,.0f} ms and the"
        f" 95th percentile {weighted_at(told, 0.95):,.0f} ms."
    )


def weighted_at(ordered: Sequence[tuple[float, float]], share: float) -> float:
    """Return the value below which a share lies of ordered values with their weights.

    Example:
        >>> weighted_at([(1.0, 90.0), (2.0, 9.0), (3.0, 1.0)], 0.95)
        2.0

    """
    left = share * sum(weight for _, weight in ordered)
    for value, weight in ordered:
        left -= weight
        if left < 0:
            return value
    return ordered[-1][0]


def _at(ordered: Sequence[float], share: float) -> float:
    """Return the value below which a share of ordered values lies."""
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def _tell(done: int, left: int) -> None:
    print(f"{done:,} answers, then {left:,}", file=sys.stderr)


def _arguments(given: Iterable[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--sample", type=int, default=200)
    parser.add_argument("--clients", type=int, default=2)
    parser.add_argument("--whole", action="append", default=[])
    return parser.parse_args(None if given is None else list(given))


if __name__ == "__main__":
    sys.exit(main())
