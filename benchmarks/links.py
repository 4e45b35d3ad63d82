"""Every address that an answer leads to: in its markup, in its header fields, in feeds and maps."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

_ATTRIBUTES = ("href", "src")
_LINK = re.compile(r"<([^>]*)>\s*;")
_LOCATIONS = ("Location", "Content-Location")
_SITEMAP = re.compile(r"^Sitemap:\s*(\S+)", re.MULTILINE)


def links_of(body: bytes, headers: Message) -> Iterator[str]:
    """Yield each address in an answer as it is written there, repeated as often.

    Args:
        body: the whole answer, not packed.
        headers: its header fields.

    """
    for name in _LOCATIONS:
        yield from headers.get_all(name, [])
    for field in headers.get_all("Link", []):
        for part in field.split(", "):
            # Whom a document describes is named by the graph, and lies where its base does.
            if 'rel="describes"' not in part and (found := _LINK.match(part)):
                yield found[1]
    kind = headers.get_content_type()
    if kind == "text/html":
        yield from _in_markup(body.decode())
    elif kind in ("application/xml", "application/atom+xml"):
        yield from _in_xml(body)
    elif kind == "text/plain":
        yield from _SITEMAP.findall(body.decode())


def _in_markup(text: str) -> list[str]:
    parser = _Links()
    parser.feed(text)
    parser.close()
    return parser.found


def _in_xml(body: bytes) -> Iterator[str]:
    for each in ET.fromstring(body).iter():  # noqa: S314 - what our own service wrote
        if each.tag.endswith("}loc"):
            yield str(each.text)
        elif each.tag.endswith("}link"):
            yield each.attrib["href"]


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.found += [value for name, value in attrs if name in _ATTRIBUTES and value]
