"""The documents that describe a thing: each form has an address, told by how it ends.

The address of a thing names the thing. What can be read lies at addresses beside it that end
in ``.html``, ``.ttl`` and so on, so that each document has one address and one form.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import quote

from graph.errors import BadTerm
from graph.formats import CSV, RDF_FORMATS, TURTLE, RdfFormat, ResultFormat
from graph.terms import iri

from .wire.accept import HTML, JSON_DOCUMENT, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

Form: TypeAlias = Page | RdfFormat | ResultFormat

SOURCE_FORMS: tuple[Form, ...] = (HTML, JSON_DOCUMENT, *RDF_FORMATS, CSV)
THING_FORMS: tuple[Form, ...] = (TURTLE, JSON_DOCUMENT, *RDF_FORMATS[1:], CSV, HTML)
"""What is described to whoever does not mind: a source to people, a thing to programs."""

_FORMS: dict[str, Form] = {form.suffixes[0]: form for form in THING_FORMS}
_KEPT = "!$&'()*+,;=:@/"
"""What stands in the path of an address as it is, beside letters (RFC 3986, 3.3)."""
_NO_ADDRESS = re.compile(r"//|/$|^/|(?:^|/)\.{1,2}(?:/|$)")
"""What clients and servers change before they ask: empty parts of a path, and dots."""


def parted(path: str) -> tuple[str, Form | None]:
    """Return the address of a thing and the form of its document that a path stands for.

    A path with no ending that names a form is the thing's own.

    Example:
        >>> parted("person/ana-1990.ttl")[0], parted("place/st.-moritz")[1]
        ('person/ana-1990', None)

    """
    stem, point, ending = path.rpartition(".")
    form = _FORMS.get(point + ending)
    if form is None or not stem or stem.endswith("/"):
        return path, None
    return stem, form


def iris_at(base: str, path: str) -> list[str]:
    """Return the IRIs that a path may stand for, as the client sent it and as it was decoded.

    A path has no signs beyond ASCII and no spaces, but an IRI may have the former, beside signs
    that are percent-encoded in it as well.

    Args:
        base: of the store.
        path: below ``/id/``, decoded.

    Example:
        >>> iris_at("https://w3id.org/medalgraph", "place/a b")
        ['https://w3id.org/medalgraph/id/place/a%20b']

    """
    sent = quote(path, safe=_KEPT)
    mixed = "".join(quote(sign, safe=_KEPT) if sign.isascii() else sign for sign in path)
    return list(dict.fromkeys(_legal(*(f"{base}/id/{one}" for one in (sent, path, mixed)))))


def path_of(iri: str, base: str) -> str:
    """Return the path of a thing, below ``/id/``; an empty string if it has none here.

    Example:
        >>> path_of("https://w3id.org/medalgraph/id/place/s\u00e3o", "https://w3id.org/medalgraph")
        'place/s%C3%A3o'

    """
    start = f"{base}/id/"
    path = iri.removeprefix(start)
    kind, _, rest = path.partition("/")
    if path == iri or not (kind and rest) or _NO_ADDRESS.search(path):
        return ""
    return quote(path, safe=f"{_KEPT}%")


def _legal(*texts: str) -> Iterator[str]:
    for text in texts:
        try:
            yield iri(text).value
        except BadTerm:
            continue
