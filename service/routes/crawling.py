"""What programs ask that read everything: robots.txt, the sitemap, and the feed of changes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template, request, url_for

from graph.errors import NotFound
from graph.names import KINDS
from service.access import sees_all
from service.addresses import document_of
from service.answers import asker, is_fresh, not_modified, read_whole, sent, tag
from service.context import current_service
from service.feed import ENTRIES, entries
from service.processes.jobs import Job, Kind
from service.wire.accept import HTML
from service.wire.forms import number, pairs

if TYPE_CHECKING:
    from typing import Any

blueprint = Blueprint("crawling", __name__)

XML, ATOM = "application/xml", "application/atom+xml"
CRAWL_DELAY_S = 1
_PART = re.compile(r"([a-z]+)-([1-9][0-9]{0,5})")
_GET = ["GET", "OPTIONS"]


@blueprint.route("/robots.txt", methods=_GET, provide_automatic_options=False)
def robots() -> Response:
    """Ask programs that follow every link to leave out what never ends, and name the sitemap."""
    base = request.script_root
    asked = (
        *("sparql?", "search?", "search/", "audit?", "conflicts?", "medals?", "medals/"),
        *("explore?", "explore/"),
        *("reconcile", "sources/*?"),
    )
    closed = [f"{base}/{path}" for path in (*asked, "downloads", "metrics", "review", "import")]
    # Past states, and lists of what the sitemap has in any case.
    closed += [f"/*{mark}{name}=" for name in ("at", "about", "property") for mark in "?&"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines += [
        f"Crawl-delay: {CRAWL_DELAY_S}",
        "",
        f"Sitemap: {url_for('crawling.sitemap', _external=True)}",
    ]
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@blueprint.route("/sitemap.xml", methods=_GET, provide_automatic_options=False)
def sitemap() -> Response:
    """List the parts of the sitemap (sitemaps.org, protocol 0.9)."""
    service = current_service()
    version = service.store.version
    etag = tag(version, request.url_root)
    if is_fresh(etag):
        return not_modified(version, etag)

    def counted() -> dict[str, int]:
        return _answered(Job(Kind.SITEMAP, version, "", pinned=True))  # type: ignore[no-any-return]

    parts = service.once("sitemap", version, counted)
    addresses = [
        url_for("crawling.part", name=f"{kind}-{which}", _external=True)
        for kind, count in parts.items()
        for which in range(1, count + 1)
    ]
    changed = service.store.commit(version).time if version else ""
    text = render_template("sitemap_index.xml", addresses=addresses, changed=changed)
    return sent(text, XML, version=version, etag=etag)


@blueprint.route("/sitemap/<name>.xml", methods=_GET, provide_automatic_options=False)
def part(name: str) -> Response:
    """List the pages of some of the things of one kind."""
    version = current_service().store.version
    found = _PART.fullmatch(name)
    if found is None or found[1] not in KINDS:
        raise NotFound(f"The sitemap has no part {name}.", hint="GET /sitemap.xml lists them.")
    etag = tag(version, request.url_root)
    if is_fresh(etag):
        return not_modified(version, etag)
    iris = _answered(Job(Kind.SITEMAP, version, "", f"{found[1]} {found[2]}", pinned=True))
    if not iris:
        raise NotFound(f"The sitemap has no part {name}.", hint="GET /sitemap.xml lists them.")
    pages = [page for iri in iris if (page := document_of(iri, HTML, is_external=True))]
    text = render_template("sitemap.xml", pages=pages)
    return sent(text, XML, version=version, etag=etag)


@blueprint.route("/changes.atom", methods=_GET, provide_automatic_options=False)
def changes() -> Response:
    """Tell who changed what and why, a commit an entry, the newest first (RFC 4287, RFC 5005)."""
    service = current_service()
    version = service.store.version
    before = number(pairs(request.query_string), "before")
    newest = version if before is None else min(before - 1, version)
    if before is not None and newest < 1:
        raise NotFound(f"There is no commit before {before}.")
    etag = tag(version, request.url_root, str(newest), str(sees_all()))
    if is_fresh(etag):
        return not_modified(version, etag)
    told = entries(service, newest, sees_all=sees_all())
    text = render_template(
        "changes.xml",
        entries=told,
        updated=service.store.commit(version).time if version else "1970-01-01T00:00:00+00:00",
        name=f"{service.store.names.base}/changes",
        own=_feed(before),
        newer=_feed(newest + ENTRIES + 1) if newest < version else "",
        older=_feed(newest - ENTRIES + 1) if newest > ENTRIES else "",
    )
    return sent(text, ATOM, version=version, etag=etag)


def _feed(before: int | None) -> str:
    return url_for("crawling.changes", _external=True, before=before)


def _answered(job: Job) -> Any:  # noqa: ANN401 - JSON is whatever the reader wrote
    return json.loads(read_whole(current_service().answering.answer(job, asker())))
