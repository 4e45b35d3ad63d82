"""The one HTTP client of the library: questions to a SPARQL endpoint, and changes for it.

Connections are kept and used again. A question is asked again where the engine does not
answer; a change is sent once, unless it cannot have arrived, for nobody knows what became
of one that was lost on the way. Both ways bodies are streamed.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Self
from urllib.parse import quote, urlencode

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
)
from urllib3.util import Retry, Timeout

from graph.errors import AnswerCut, EngineProblem, EngineRefused, EngineUnreachable

from .given import pool_of
from .tls import NotEncrypted, noticing_plain_http

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import TracebackType

    from urllib3 import BaseHTTPResponse

    from graph.terms import NamedNode

    from .address import Address
    from .given import Connect

SOLUTIONS = "application/sparql-results+json"
TRIPLES = "application/n-triples"

CONNECT_S = 10.0
READ_S = 120.0
"""How long the engine may say nothing."""
_TRIES = Retry(
    total=3,
    redirect=0,
    status_forcelist=(502, 503, 504),
    allowed_methods=None,
    raise_on_status=False,
    backoff_factor=0.2,
)
_ONCE = Retry(total=2, connect=2, read=0, redirect=0, status=0, other=0, backoff_factor=0.2)
"""Only a connection that could not be made is tried again."""
_KEPT = 4
"""How many connections are kept for the next request."""
_SAID_BYTES = 2_000
_SAID_CHARACTERS = 300
_ECHO = "SPARQL query:"
"""Behind this Virtuoso repeats what it was asked."""
_TAGS = re.compile(r"<(style|script)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_PARTIAL = 206
_FAILED = 300
_CUT_HEADER = "X-SPARQL-MaxRows"
"""Virtuoso's word that it left rows out."""
_STATE_HEADER, _OUT_OF_TIME = "X-SQL-State", "S1TAT"
"""Virtuoso's word that its time is over, with status 200 and what it had by then."""
_NOT_LET_IN = (401, 403)
_DEEP = 10
"""More errors than lie inside one another."""
_TOO_LARGE = 413
_NO_ENDPOINT = (301, 302, 303, 307, 308, 404, 405, 410, 501)
"""What a server says of an address where it takes no questions."""


class Client:
    """Speaks with one engine.

    It holds no thread, and a process that is forked off makes connections of its own.

    Args:
        address: where the engine is.
        read_s: how many seconds the engine may say nothing.
        connect: gives connections, where this process makes none of its own.

    Attributes:
        requests: how many were made, those that were repeated counted once.

    """

    def __init__(
        self, address: Address, *, read_s: float = READ_S, connect: Connect | None = None
    ) -> None:
        self.address = address
        self.requests = 0
        self._read_s = read_s
        self._connect = connect
        self._pool: urllib3.PoolManager | None = None
        self._process = 0

    def query(
        self,
        text: str,
        *,
        accept: str = SOLUTIONS,
        default: Iterable[NamedNode] = (),
        named: Iterable[NamedNode] = (),
    ) -> Body:
        """Ask a question, and return the answer as it comes.

        Args:
            text: SPARQL.
            accept: the media type that the answer shall have.
            default: the graphs of which the default graph is made; with ``named`` the whole
                dataset (SPARQL 1.1 Protocol, 2.1.4). Without either the engine has its own.
            named: the graphs that GRAPH sees.

        Raises:
            EngineUnreachable: if nobody answers.
            EngineRefused: if the engine does not take it.
            AnswerCut: if the engine says that it leaves a part out.

        """
        form = [("query", text)]
        form += [("default-graph-uri", graph.value) for graph in default]
        form += [("named-graph-uri", graph.value) for graph in named]
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        return self._send("POST", self.address.query, headers, urlencode(form), _TRIES)

    def update(self, text: str, *, read_s: float | None = None, repeatable: bool = False) -> None:
        """Make a change; that it is whole or not at all is for the engine to keep.

        Args:
            text: SPARQL Update.
            read_s: how many seconds the engine may take; None for as long as it may be silent.
            repeatable: whether doing it twice is the same as once, whatever comes between, so
                that it is sent again where the answer was lost.

        Raises:
            EngineUnreachable: if nobody answers; ``may_be_done`` says whether it was sent.
            EngineRefused: if the engine does not take it.

        """
        headers = {"Content-Type": "application/sparql-update; charset=utf-8"}
        url, sent = self.address.update, text.encode()
        retries = _TRIES if repeatable else _ONCE
        with self._send("POST", url, headers, sent, retries, read_s=read_s) as body:
            body.read()

    def add_to(self, graph: NamedNode, triples: bytes | Iterable[bytes]) -> None:
        """Add N-Triples to a graph through the Graph Store Protocol (section 5.5).

        A graph is a set, so they are sent again where the answer was lost; a stream is not.

        Raises:
            EngineUnreachable: see ``update``.
            EngineRefused: see ``update``.

        """
        url = f"{self.address.graph_store}?graph={quote(graph.value, safe='')}"
        retries = _TRIES if isinstance(triples, bytes) else _ONCE
        with self._send("POST", url, {"Content-Type": TRIPLES}, triples, retries) as body:
            body.read()

    def close(self) -> None:
        """Close the connections; the next request would make new ones."""
        if self._pool is not None and self._process == os.getpid():
            self._pool.clear()
        self._pool = None

    def __enter__(self) -> Self:
        """Return the client."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connections."""
        self.close()

    def _send(  # noqa: PLR0913 - what a request is made of
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: str | bytes | Iterable[bytes],
        retries: Retry,
        *,
        read_s: float | None = None,
    ) -> Body:
        self.requests += 1
        known = self.address.credentials
        let_in = {"Authorization": known.header()} if known else {}
        try:
            answer = self._connections().request(
                method,
                url,
                body=body,
                headers={**headers, **let_in},
                retries=retries,
                timeout=Timeout(connect=min(CONNECT_S, self._read_s), read=read_s or self._read_s),
                preload_content=False,
            )
        except HTTPError as error:
            raise self._unreachable(error) from error
        if answer.status >= _FAILED:
            raise self._refused(answer)
        if answer.status == _PARTIAL or _CUT_HEADER in answer.headers:
            answer.close()
            raise self._cut("says that it leaves rows out of its answer")
        if answer.headers.get(_STATE_HEADER) == _OUT_OF_TIME:
            answer.close()
            raise self._cut("had no time for more than a part of its answer")
        return Body(answer, self)

    def _connections(self) -> urllib3.PoolManager:
        """Return the connections of this process; those of another are its own."""
        if self._pool is None or self._process != os.getpid():
            made = pool_of(self._connect, size=_KEPT) if self._connect else None
            self._pool = made or noticing_plain_http(urllib3.PoolManager(maxsize=_KEPT))
            self._process = os.getpid()
        return self._pool

    def _unreachable(self, error: HTTPError) -> EngineUnreachable:
        why = error.reason if isinstance(error, MaxRetryError) else error
        unsent = isinstance(why, NewConnectionError | ConnectTimeoutError | NotEncrypted)
        hint = "Check the address, and that the engine runs."
        if isinstance(why, NotEncrypted):
            hint = "Write http:// where nobody can listen on the way, or let the server speak TLS."
        return EngineUnreachable(
            f"The remote store at {self.address.text} cannot be reached ({_in_words(why)}).",
            address=self.address.text,
            may_be_done=not unsent,
            hint=hint,
        )

    def _refused(self, answer: BaseHTTPResponse) -> EngineRefused:
        try:
            said = answer.read(_SAID_BYTES).decode(errors="replace")
        except HTTPError:
            said = ""
        finally:
            answer.close()
        hint = "The engine's own log may say more."
        if answer.status in _NOT_LET_IN:
            hint = (
                "Write a name with its password, as NAME:PASSWORD, or Bearer and a token into the"
                " file that MEDALGRAPH_STORE_SECRET_FILE names; the address has to ask by basic"
                " authentication (not by digest) or for a token."
            )
        elif answer.status in _NO_ENDPOINT:
            hint = (
                "Check the address: no SPARQL engine answers at it. Give the one at which the"
                " engine itself is asked; docs/engines.md has an example of each."
            )
        elif answer.status == _TOO_LARGE:
            hint = "The engine takes smaller requests only; see what its settings allow."
        words = " ".join(_TAGS.sub(" ", said.partition(_ECHO)[0]).split())[:_SAID_CHARACTERS]
        return EngineRefused(address=self.address.text, status=answer.status, said=words, hint=hint)

    def _cut(self, how: str) -> AnswerCut:
        return AnswerCut(
            f"The remote store at {self.address.text} {how}.",
            address=self.address.text,
            hint="Ask again; if that does not help, let the engine give longer answers.",
        )


class Body:
    """An answer as it comes from the engine, to be read once, as from a file.

    Attributes:
        address: who answers.
        media_type: what it is written in, without parameters.
        fault: what went wrong while it was read; a parser would pass on its words only.

    """

    def __init__(self, answer: BaseHTTPResponse, client: Client) -> None:
        self._answer, self._client = answer, client
        self.address = client.address.text
        self.media_type = answer.headers.get("Content-Type", "").partition(";")[0].strip()
        self.fault: EngineProblem | None = None

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; none at the end.

        Raises:
            AnswerCut: if the connection ends before the answer does.

        """
        try:
            return self._answer.read(None if size < 0 else size)
        except HTTPError as error:
            self.fault = self._client._cut("stopped in the middle of its answer")  # noqa: SLF001 - its own
            raise self.fault from error

    def readable(self) -> bool:
        """Tell that it can be read, as files do."""
        return True

    def close(self) -> None:
        """Let the connection go: for the next request if all was read."""
        if self._answer.closed or getattr(self._answer, "length_remaining", None) == 0:
            self._answer.release_conn()
        else:
            self._answer.close()

    def __enter__(self) -> Self:
        """Return the answer."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let the connection go."""
        self.close()


def _in_words(error: BaseException | None) -> str:
    """Return why a connection failed, as the system says it and not the library."""
    if isinstance(error, NotEncrypted):
        return str(error)
    if isinstance(error, NameResolutionError):
        return "no machine of that name is known"
    # A connection that could not be made counts as a timeout in urllib3, whatever was the reason.
    is_new = isinstance(error, NewConnectionError)
    if isinstance(error, TimeoutError | urllib3.exceptions.TimeoutError) and not is_new:
        return "it does not answer in time"
    found, seen = error, 0
    while found is not None and seen < _DEEP:
        if isinstance(found, OSError) and found.strerror:
            return found.strerror.lower()
        inner = next((one for one in found.args if isinstance(one, BaseException)), None)
        found, seen = inner or found.__cause__ or found.__context__, seen + 1
    return (
        "the connection broke off" if isinstance(error, ProtocolError) else str(error).rstrip(".")
    )
