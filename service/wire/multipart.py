"""Several RDF documents in one body, as a form with files sends them (RFC 7578)."""

from __future__ import annotations

from pathlib import PurePath

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder, NeedData

from graph.errors import UnknownFormat
from graph.formats import RdfFormat, rdf_format_of

from .faults import BadRequest
from .graph_store import body_format

MULTIPART = "multipart/form-data"
PARTS = 100
"""How many documents one body may have."""

_SAYS_NOTHING = ("", "application/octet-stream", "text/plain")
"""Media types that a form sends with a file whose kind it does not know."""


def documents(body: bytes, content_type: str) -> list[tuple[RdfFormat, bytes]]:
    """Return each document with its format: the one its part states, or its file name tells.

    Args:
        body: the whole body, its content encoding undone.
        content_type: the header of the request, which has the boundary.

    Raises:
        BadRequest: if the body is not what the header says, or holds no document.
        UnsupportedBody: if a part is of a type that is not read here.

    """
    boundary = parse_options_header(content_type)[1].get("boundary", "")
    if not boundary:
        raise BadRequest("The Content-Type of the form does not state its boundary.")
    decoder = MultipartDecoder(boundary.encode("latin-1", "replace"), max_parts=PARTS)
    found: list[tuple[RdfFormat, bytearray]] = []
    try:
        decoder.receive_data(body)
        decoder.receive_data(None)
        while not isinstance(event := decoder.next_event(), Epilogue):
            if isinstance(event, Field | File):
                found.append((_format(event), bytearray()))
            elif isinstance(event, Data):
                found[-1][1].extend(event.data)
            elif isinstance(event, NeedData):
                raise _broken()
    except RequestEntityTooLarge as error:
        raise BadRequest(f"The form has more than {PARTS} parts.") from error
    except ValueError as error:
        raise _broken() from error
    if not found:
        raise BadRequest("The form has no document in it.")
    return [(form, bytes(content)) for form, content in found]


def _format(part: Field | File) -> RdfFormat:
    stated = part.headers.get("Content-Type", "")
    kind = stated.partition(";")[0].strip().lower()
    if kind in _SAYS_NOTHING and isinstance(part, File) and part.filename:
        try:
            return rdf_format_of(PurePath(part.filename))
        except UnknownFormat:
            return body_format(stated)
    return body_format(stated)


def _broken() -> BadRequest:
    return BadRequest(
        "The body is no form with the boundary that its Content-Type states.",
        hint="Let the program that sends it set Content-Type by itself.",
    )
