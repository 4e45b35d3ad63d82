"""Where a remote store is: from what a person writes to the endpoints of the engine.

The SPARQL 1.1 Protocol leaves the paths to each engine, so the end of the address says
which family it is; three endpoints follow from it. Secrets are no part of an address.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from graph.errors import BadTerm

if TYPE_CHECKING:
    from urllib.parse import SplitResult

_SCHEMES = ("http", "https")
_BEARER = "bearer"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
"""What neither a name nor a password may hold (RFC 7617, 2)."""
_TOKEN = re.compile(r"[\x21-\x7e]+")
"""What can stand in a header; a bearer token (RFC 6750, 2.1) is less than that."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What lets a program in: a name with a password (basic), or a token (bearer).

    Example:
        >>> Credentials.read("ann:secret")
        Credentials(user='ann')

    """

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @classmethod
    def read(cls, text: str) -> Credentials:
        """Return what ``NAME:PASSWORD`` or ``Bearer TOKEN`` says.

        Raises:
            BadTerm: if it is neither; the text is not repeated, for it is secret.

        """
        word, _, token = text.strip().partition(" ")
        if word.lower() == _BEARER and is_token(token.strip()):
            return cls(token=token.strip())
        user, colon, password = text.strip().partition(":")
        if not (user and colon) or word.lower() == _BEARER or _CONTROL.search(text.strip()):
            raise BadTerm(
                "The secret of the remote store is neither a name with a password nor a token.",
                value="",
                hint="Write NAME:PASSWORD, or the word Bearer and the token, on one line.",
            )
        return cls(user=user, password=password)

    def header(self) -> str:
        """Return the value of the header Authorization (RFC 7617, RFC 6750)."""
        if self.token:
            return f"Bearer {self.token}"
        return "Basic " + b64encode(f"{self.user}:{self.password}".encode()).decode()


@dataclass(frozen=True, slots=True)
class Address:
    """The endpoints of one engine.

    Attributes:
        text: as a person writes it; safe to show.
        query: answers queries.
        update: takes changes.
        graph_store: takes whole graphs (SPARQL 1.1 Graph Store HTTP Protocol).
        credentials: None where anybody may come in.

    """

    text: str
    query: str
    update: str
    graph_store: str
    credentials: Credentials | None = field(default=None, repr=False)

    def __str__(self) -> str:
        """Return the address as a person writes it."""
        return self.text

    @classmethod
    def of(cls, text: str, credentials: Credentials | None = None) -> Address:
        """Return the endpoints that an address stands for.

        ===========================  ==================================================
        ends in                      meant is
        ===========================  ==================================================
        ``/sparql``                  Virtuoso: queries and changes at that address
        ``/sparql-auth``             Virtuoso, if that address was set up to ask by basic
        ``/repositories/NAME``       RDF4J and GraphDB
        ``/NAME/data``               Fuseki: beside it ``/NAME/query``, ``/NAME/update``
        anything else                Oxigraph: below it ``query``, ``update``, ``store``
        ===========================  ==================================================

        Raises:
            BadTerm: if it is no address of the web, or has a password in it.

        Example:
            >>> Address.of("https://data.example.org/").update
            'https://data.example.org/update'

        """
        whole = _checked(text)
        start, _, last = whole.rpartition("/")
        if last in ("sparql", "sparql-auth"):
            crud = f"{start}/{last.replace('sparql', 'sparql-graph-crud')}"
            return cls(whole, whole, whole, crud, credentials)
        if start.endswith("/repositories"):
            statements = f"{whole}/statements"
            return cls(whole, whole, statements, f"{whole}/rdf-graphs/service", credentials)
        if last == "data":
            return cls(whole, f"{start}/query", f"{start}/update", whole, credentials)
        return cls(whole, f"{whole}/query", f"{whole}/update", f"{whole}/store", credentials)


def is_token(text: str) -> bool:
    """Tell whether a text can be sent as a bearer token.

    What cannot is most likely another file than the one that was meant.

    Example:
        >>> is_token("mgt_1f2e"), is_token("two lines")
        (True, False)

    """
    return _TOKEN.fullmatch(text) is not None


def is_address(place: object) -> bool:
    """Tell whether a place is meant to be elsewhere, and not a folder.

    One slash is enough, since a path leaves the second out.

    Example:
        >>> is_address("https://data.example.org/"), is_address("var/store")
        (True, False)

    """
    return _ADDRESS.match(str(place)) is not None


def shown(text: str) -> str:
    """Return what can be repeated of an address that was refused, for it may hold a secret.

    Example:
        >>> shown("https://h/?key=1"), shown("https:/ann:secret@h")
        ("'https://h/'...", "'https:'...")

    """
    safe = re.split(r"[?#]", text, maxsplit=1)[0]
    if "@" in safe:
        safe = safe.partition("/")[0].partition(":")[0] + ":"
    return repr(safe) + ("..." if safe != text else "")


def _checked(text: str) -> str:
    parts = urlsplit(text)
    if parts.username or parts.password:
        raise BadTerm(
            "The address of the remote store has a name or a password in it, which others could"
            " read.",
            value="",
            hint="Leave it out of the address, and write NAME:PASSWORD into a file that"
            " MEDALGRAPH_STORE_SECRET_FILE names.",
        )
    if parts.scheme.lower() not in _SCHEMES or not parts.hostname or not _has_port(parts):
        raise BadTerm(
            f"{shown(text)} is not the address of a remote store.",
            value=shown(text),
            hint="Write it from https:// on, such as https://data.example.org/sparql.",
        )
    if parts.query or parts.fragment:
        raise BadTerm(
            f"The address {shown(text)} of the remote store goes on after its path.",
            value=shown(text),
            hint="Leave out what begins with ? or #.",
        )
    return text.rstrip("/")


def _has_port(parts: SplitResult) -> bool:
    """Tell whether the port, if one is given, can be one."""
    try:
        return parts.port is None or parts.port > 0
    except ValueError:
        return False
