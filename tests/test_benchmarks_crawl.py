"""Every link of a service leads somewhere, behind a proxy and below a base path."""

from __future__ import annotations

from email.message import Message
from typing import TYPE_CHECKING

import pytest

from benchmarks.crawl import BASE, SITE, STARTS, report
from benchmarks.crawling import PAGE_LIMIT_BYTES, Crawl, Crawler, Target, Visit, sort_of
from benchmarks.links import links_of

from .bundled_service import bundled_store
from .running_service import running

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE = 2
PUBLIC = "https://medals.example.org"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    place = bundled_store(tmp_path_factory.mktemp("crawl"))
    settings = {"BASE_PATH": BASE, "TRUSTED_PROXIES": "127.0.0.1", "QUERY_SECONDS": "120"}
    with running(place, **settings) as service:
        yield Crawler(Target(service.port, base=BASE), whole=SITE, sample=SAMPLE).crawl(STARTS)


@pytest.mark.slow
def test_no_link_is_broken_doubled_or_beside_the_base_and_no_page_is_too_large(
    found: Crawl,
) -> None:
    assert found.problems == []
    sizes = [visit.size for visit in found.visits if visit.kind == "text/html"]
    assert max(sizes) <= PAGE_LIMIT_BYTES


@pytest.mark.slow
def test_all_things_and_forms_were_met_and_some_of_each_were_read(found: Crawl) -> None:
    # 23,479 subjects of the bundled sources; claims have no class that the sitemap knows of.
    assert len(found.met["/id/*.html"]) > 23_000
    for ending in ("ttl", "nt", "rdf", "jsonld", "json", "csv", "trig", "nq"):
        assert len(found.met[f"/id/*.{ending}"]) >= SAMPLE
    read = {sort_of(visit.address, BASE) for visit in found.visits}
    assert read == set(found.met)
    assert {visit.address for visit in found.visits} >= {
        f"{PUBLIC}{BASE}{path}" for path in ("/sitemap.xml", "/changes.atom")
    }
    assert "| `/id/*.html` |" in report(found)


def answer(kind: str, **fields: str) -> Message:
    headers = Message()
    headers["Content-Type"] = kind
    for name, value in fields.items():
        headers[name] = value
    return headers


def test_links_are_found_in_markup_fields_feeds_and_maps() -> None:
    page = b'<link rel=canonical href="/c"><a href="a?x&amp;y">t</a><img src=i><form action=f>'
    assert list(links_of(page, answer("text/html"))) == ["/c", "a?x&y", "i"]
    fields = answer(
        "text/turtle", Location="/l", Link='<https://h/1>; rel="canonical", <u:x>; rel="describes"'
    )
    assert list(links_of(b"", fields)) == ["/l", "https://h/1"]
    feed = b'<feed xmlns="http://www.w3.org/2005/Atom"><link href="n"/></feed>'
    assert list(links_of(feed, answer("application/atom+xml"))) == ["n"]
    part = b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>p</loc></url></urlset>'
    assert list(links_of(part, answer("application/xml"))) == ["p"]
    assert list(links_of(b"Sitemap: s\n", answer("text/plain"))) == ["s"]


@pytest.mark.parametrize(
    ("link", "wrong"),
    [
        ("/foo/x", ""),
        ("x", ""),
        ("https://elsewhere.example/", ""),
        ("mailto:a@b.example", ""),
        ("/x", "beside the base path"),
        ("/foo/foo/x", "a doubled path"),
        ("http://127.0.0.1:8000/foo/", "a link to http://127.0.0.1"),
    ],
)
def test_a_link_that_a_client_could_not_follow_is_told(link: str, wrong: str) -> None:
    crawl = Crawl()
    page = Visit(f"{PUBLIC}{BASE}/", 200, "text/html", 1, 0.0, (link,))
    Crawler(Target(1, base=BASE))._judge(page, crawl)
    told = " ".join(crawl.problems)
    assert wrong in told
    assert bool(wrong) == bool(crawl.problems)


@pytest.mark.parametrize(
    ("status", "size", "wrong"), [(200, 10, ""), (500, 10, "500:"), (200, 200_001, "200,001 bytes")]
)
def test_an_answer_that_is_wrong_or_too_large_is_told(status: int, size: int, wrong: str) -> None:
    crawl = Crawl()
    Crawler(Target(1, base=BASE))._judge(
        Visit("https://h/x", status, "text/html", size, 0.0), crawl
    )
    assert [wrong in problem for problem in crawl.problems] == [True] * bool(wrong)
