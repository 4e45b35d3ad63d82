"""What is looked at in JSON-LD before it is parsed: its contexts, and its IRIs.

The parser follows the specification (JSON-LD 1.1 API, section 8.1.2) and drops without a
word each statement whose IRI is not well formed. Here such an IRI is an error instead.
"""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING

from .errors import BadSyntax, Forbidden
from .rdf_checks import BAD_IN_IRI, bad_iri

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .rdf_checks import Readable

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:/")
_OUTSIDE = "Write the context itself into the file; nothing is ever fetched from elsewhere."


def checked_json_ld(stream: Readable, source: str) -> Readable:
    """Return JSON-LD, read wholly, after a look at its contexts and IRIs.

    Raises:
        BadSyntax: for what is no JSON, and for an IRI with a space.
        Forbidden: for a context that would have to be fetched.

    """
    data = bytearray()
    while chunk := stream.read(1 << 20):
        data += chunk
    text = data.decode()
    if not text.strip():
        return io.BytesIO(b"[]")
    members = list(_members(_parsed(text, source)))
    for value in _contexts(members):
        _refuse_outside(value, source)
    _check_iris(members, text, source)
    return io.BytesIO(bytes(data))


def _parsed(text: str, source: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise BadSyntax(error.msg, source=source, line=error.lineno, column=error.colno) from error
    except RecursionError as error:
        raise Forbidden(f"{source} nests values too deep.") from error


def _members(value: object) -> Iterator[tuple[str, object]]:
    """Yield each key with each of its values, at any depth."""
    waiting = [value]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            for key, member in found.items():
                for single in member if isinstance(member, list) else [member]:
                    yield key, single
                waiting.append(member)
        elif isinstance(found, list):
            waiting.extend(found)


def _contexts(members: list[tuple[str, object]]) -> Iterator[object]:
    for key, value in members:
        if key in ("@context", "@import"):
            yield value


def _refuse_outside(context: object, source: str) -> None:
    if isinstance(context, str):
        raise Forbidden(
            f"{source} names the context {context}, which would have to be fetched.", hint=_OUTSIDE
        )


def _check_iris(members: list[tuple[str, object]], text: str, source: str) -> None:
    terms = {
        term: meaning
        for context in _contexts(members)
        if isinstance(context, dict)
        for term, meaning in context.items()
    }
    for key, value in members:
        if key not in terms and _ABSOLUTE.match(key) and BAD_IN_IRI.search(key):
            raise _bad(key, text, source)
        is_iri = isinstance(value, str) and value not in terms and _holds_iri(key, terms)
        if is_iri and BAD_IN_IRI.search(str(value)):
            raise _bad(str(value), text, source)


def _holds_iri(key: str, terms: dict[str, object]) -> bool:
    meaning = terms.get(key, key)
    if isinstance(meaning, dict):
        return meaning.get("@type") == "@id" or meaning.get("@id") in ("@id", "@type")
    return meaning in ("@id", "@type", "@base", "@vocab")


def _bad(value: str, text: str, source: str) -> BadSyntax:
    place = text.find(f'"{value}"')
    line = text.count("\n", 0, place) + 1 if place >= 0 else None
    column = place - text.rfind("\n", 0, place) if place >= 0 else None
    return bad_iri(value, source, line, column)
