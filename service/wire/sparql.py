"""The SPARQL 1.1 Protocol: from the parts of an HTTP request to what is asked.

Section numbers in this file are those of https://www.w3.org/TR/sparql11-protocol/.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from graph.errors import BadSyntax
from graph.terminals import Kind
from graph.terms import NamedNode, iri

from .faults import BadRequest, MethodNotAllowed, UnsupportedBody
from .forms import decode, every, number, one, pairs, switch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.lexer import Token

    from .forms import Params

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
BODIES = (FORM, QUERY, UPDATE)
METHODS = ("GET", "HEAD", "POST", "OPTIONS")

DATASET_OF_QUERY = ("default-graph-uri", "named-graph-uri")
_DATASET_OF_UPDATE = ("using-graph-uri", "using-named-graph-uri")
_TELLING = ["NOW", "RAND", "UUID", "STRUUID", "BNODE"]


class Deed(Enum):
    """What a request to the SPARQL endpoint wants."""

    QUERY = "query"
    UPDATE = "update"
    DESCRIPTION = "description"


class QueryForm(Enum):
    """The four kinds of SPARQL query, which differ in what their answer can be written as."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"

    @property
    def gives_triples(self) -> bool:
        """Whether the answer is RDF, and not a table or a yes or no."""
        return self in (QueryForm.CONSTRUCT, QueryForm.DESCRIBE)


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a request names (sections 2.1.4 and 2.2.3).

    Attributes:
        default: graphs whose merge is the default graph; None stands for the record.
        named: graphs that GRAPH may see; None stands for all.

    """

    default: tuple[NamedNode, ...] | None = None
    named: tuple[NamedNode, ...] | None = None

    @property
    def is_stated(self) -> bool:
        """Whether the request named any graph."""
        return self.default is not None

    def stated(self) -> list[tuple[str, str]]:
        """Return the parameters of a query that name these graphs."""
        default, named = DATASET_OF_QUERY
        stated = [(default, graph.value) for graph in self.default or ()]
        return stated + [(named, graph.value) for graph in self.named or ()]


@dataclass(frozen=True, slots=True)
class SparqlRequest:
    """A query or update, and how it is to be run.

    Attributes:
        text: the query or update; empty when the description of the service is wanted.
        dataset: the graphs that the request names.
        at: a commit number or a time, as given; empty for the newest state.
        format: the name of the form that the answer is wanted in, or an empty string.
        safe: who the answer is made safe for ("excel"), or an empty string.
        explain: what is to be explained ("empty"), or an empty string.
        sources: whether each row of a SELECT is to say its sources.
        timeout: the seconds that the answer may take, as given, or an empty string.
        dry_run: whether an update is to be tried only.
        expected: the commit that the store must be at for an update; None for any.

    """

    deed: Deed
    text: str = ""
    dataset: Dataset = Dataset()
    at: str = ""
    format: str = ""
    safe: str = ""
    explain: str = ""
    sources: bool = False
    timeout: str = ""
    dry_run: bool = False
    expected: int | None = None


def parse(method: str, media_type: str, params: Params, body: bytes) -> SparqlRequest:
    """Return what a request to the SPARQL endpoint asks for.

    Args:
        method: the HTTP method.
        media_type: the Content-Type; its parameters are ignored, the body is UTF-8.
        params: the parameters of the address, decoded.
        body: the body as received, its content encoding undone.

    Raises:
        BadRequest: for parameters that contradict each other, or text that is not UTF-8.
        BadTerm: for a graph name that is no IRI.
        MethodNotAllowed: for any method but GET, HEAD and POST.
        UnsupportedBody: for a media type that the protocol does not name.

    Example:
        >>> parse("GET", "", [("query", "ASK {}")], b"").text
        'ASK {}'

    """
    if method in ("GET", "HEAD"):
        return _from_address(params)
    if method != "POST":
        raise MethodNotAllowed(method, allowed=METHODS)
    kind = media_type.partition(";")[0].strip().lower()
    if kind not in BODIES:
        said = f"The media type {kind!r}" if kind else "A body without a Content-Type"
        raise UnsupportedBody(f"{said} is not read here.", offers=BODIES)
    _refuse_text_in_address(params)
    if kind == FORM:
        return _from_form((*params, *pairs(body)))
    return _from_body(kind, params, body)


def query_form(read: Iterable[Token]) -> QueryForm | None:
    """Return which kind of query a text is, by its tokens, or None if it is none."""
    for token in read:
        if token.word in QueryForm.__members__:
            return QueryForm[token.word]
        if token.kind is Kind.WORD and token.word not in ("BASE", "PREFIX"):
            return None
    return None


def is_repeatable(read: Sequence[Token], form: QueryForm) -> bool:
    """Tell whether the same state must give the same bytes again: no clock, chance or new node."""
    if any(token.word in _TELLING for token in read):
        return False
    if form is not QueryForm.CONSTRUCT:
        return True
    return not any(token.kind is Kind.BLANK or token.is_mark("[", "(") for token in read)


def _from_address(params: Params) -> SparqlRequest:
    """Read a query by GET (2.1.1)."""
    if every(params, "update"):
        raise BadRequest(
            "An update cannot be sent by GET; nothing was changed.", hint="Send it by POST."
        )
    text = one(params, "query")
    if text is None:
        return _request(Deed.DESCRIPTION, "", params)
    return _request(Deed.QUERY, text, params)


def _refuse_text_in_address(params: Params) -> None:
    for name in ("query", "update"):
        if every(params, name):
            raise BadRequest(
                f"The {name} of a POST belongs in its body, not in the address.",
                hint=f"Send {name}= as a form field, or the {name} itself as the body.",
            )


def _from_form(params: Params) -> SparqlRequest:
    """Read a POST whose parameters are in the body (2.1.2, 2.2.1)."""
    query, update = one(params, "query"), one(params, "update")
    if query is not None and update is not None:
        raise BadRequest("A request carries a query or an update, not both.")
    if update is not None:
        return _request(Deed.UPDATE, update, params)
    if query is not None:
        return _request(Deed.QUERY, query, params)
    raise BadRequest("The form has no field named query or update.")


def _from_body(kind: str, params: Params, body: bytes) -> SparqlRequest:
    """Read a POST whose body is the text itself (2.1.3, 2.2.2)."""
    if kind == UPDATE:
        return _request(Deed.UPDATE, decode(body, what="The update"), params)
    return _request(Deed.QUERY, decode(body, what="The query"), params)


def _request(deed: Deed, text: str, params: Params) -> SparqlRequest:
    wanted, foreign = DATASET_OF_QUERY, _DATASET_OF_UPDATE
    if deed is Deed.UPDATE:
        wanted, foreign = foreign, wanted
    _refuse_foreign(deed, params, foreign)
    if deed is not Deed.DESCRIPTION and not text.strip():
        raise BadSyntax("it is empty", source=f"the {deed.value}", hint="Write one.")
    return SparqlRequest(
        deed=deed,
        text=text,
        dataset=_dataset(params, wanted),
        at=one(params, "at") or "",
        format=wanted_format(params),
        safe=one(params, "safe") or "",
        explain=one(params, "explain") or "",
        sources=switch(params, "sources"),
        timeout=one(params, "timeout") or "",
        dry_run=switch(params, "dry-run"),
        expected=number(params, "expected"),
    )


def _refuse_foreign(deed: Deed, params: Params, foreign: Sequence[str]) -> None:
    for name in foreign:
        if every(params, name):
            other = "an update" if name in _DATASET_OF_UPDATE else "a query"
            raise BadRequest(f"The parameter {name!r} belongs to {other}, not to a {deed.value}.")


def dataset_of_query(params: Params) -> Dataset:
    """Return the graphs that a query is to be asked about.

    Raises:
        BadRequest: for a parameter that belongs to an update.
        BadTerm: for a graph name that is no IRI.

    """
    _refuse_foreign(Deed.QUERY, params, _DATASET_OF_UPDATE)
    return _dataset(params, DATASET_OF_QUERY)


def wanted_format(params: Params) -> str:
    """Return the name of the form that a request wants, or an empty string.

    Usual clients (SPARQLWrapper 2.0) give several names for one form, in both parameters,
    some of them empty; the first one counts.
    """
    named = (*every(params, "format"), *every(params, "output"))
    return next(filter(None, named), "")


def _dataset(params: Params, names: Sequence[str]) -> Dataset:
    """Return the dataset; naming graphs of one kind leaves those of the other kind empty."""
    default, named = (tuple(iri(text) for text in every(params, name)) for name in names)
    if not default and not named:
        return Dataset()
    return Dataset(default, named)
