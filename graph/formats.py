"""Each RDF and result format: its name, media type, suffix, and whether it can hold graphs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph

from .errors import UnknownFormat

if TYPE_CHECKING:
    from pathlib import PurePath


@dataclass(frozen=True, slots=True)
class RdfFormat:
    """A way to write RDF.

    Attributes:
        name: as a person and the command line spell it.
        media_type: the registered media type.
        also: other media types that clients send for it.
        suffixes: file name endings, the usual one first.
        holds_graphs: whether it keeps the name of each statement's graph.

    """

    name: str
    media_type: str
    also: tuple[str, ...]
    suffixes: tuple[str, ...]
    holds_graphs: bool
    engine: pyoxigraph.RdfFormat


@dataclass(frozen=True, slots=True)
class ResultFormat:
    """A way to write the answer to SELECT or ASK; the attributes are those of RdfFormat."""

    name: str
    media_type: str
    also: tuple[str, ...]
    suffixes: tuple[str, ...]
    engine: pyoxigraph.QueryResultsFormat
    holds_boolean: bool = True


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A way to write a whole file that is neither RDF nor an answer; attributes as above."""

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    also: tuple[str, ...] = ()


_O = pyoxigraph.RdfFormat
TURTLE = RdfFormat(
    "turtle",
    "text/turtle",
    ("application/x-turtle", "application/turtle"),
    (".ttl",),
    holds_graphs=False,
    engine=_O.TURTLE,
)
N_TRIPLES = RdfFormat(
    "ntriples",
    "application/n-triples",
    ("text/plain",),
    (".nt",),
    holds_graphs=False,
    engine=_O.N_TRIPLES,
)
RDF_XML = RdfFormat(
    "rdfxml",
    "application/rdf+xml",
    ("application/xml", "text/xml"),
    (".rdf", ".owl", ".xml"),
    holds_graphs=False,
    engine=_O.RDF_XML,
)
TRIG = RdfFormat(
    "trig",
    "application/trig",
    ("application/x-trig",),
    (".trig",),
    holds_graphs=True,
    engine=_O.TRIG,
)
N_QUADS = RdfFormat(
    "nquads",
    "application/n-quads",
    ("text/x-nquads",),
    (".nq",),
    holds_graphs=True,
    engine=_O.N_QUADS,
)
JSON_LD = RdfFormat(
    "jsonld",
    "application/ld+json",
    ("application/json",),
    (".jsonld", ".json"),
    holds_graphs=True,
    engine=_O.JSON_LD,
)
RDF_FORMATS = (TURTLE, N_TRIPLES, RDF_XML, JSON_LD, TRIG, N_QUADS)

_R = pyoxigraph.QueryResultsFormat
JSON = ResultFormat(
    "json", "application/sparql-results+json", ("application/json",), (".srj", ".json"), _R.JSON
)
XML = ResultFormat(
    "xml",
    "application/sparql-results+xml",
    ("application/xml", "text/xml"),
    (".srx", ".xml"),
    _R.XML,
)
CSV = ResultFormat("csv", "text/csv", (), (".csv",), _R.CSV, holds_boolean=False)
TSV = ResultFormat("tsv", "text/tab-separated-values", (), (".tsv",), _R.TSV, holds_boolean=False)
RESULT_FORMATS = (JSON, XML, CSV, TSV)

PARQUET = FileFormat("parquet", "application/vnd.apache.parquet", (".parquet",))
GRAPHML = FileFormat("graphml", "application/graphml+xml", (".graphml",))
GEXF = FileFormat("gexf", "application/gexf+xml", (".gexf",))
ZIP = FileFormat("zip", "application/zip", (".zip",))


def rdf_format(name: str) -> RdfFormat:
    """Return the RDF format with this name, suffix or media type (parameters are ignored).

    Raises:
        UnknownFormat: listing those that are known.

    """
    wanted = name.partition(";")[0].strip().lower()
    for known in RDF_FORMATS:
        if wanted in (known.name, known.media_type, *known.also, *known.suffixes):
            return known
    names = ", ".join(known.name for known in RDF_FORMATS)
    raise UnknownFormat(f"{name!r} is not a known RDF format.", hint=f"Use one of: {names}.")


def rdf_format_of(path: PurePath) -> RdfFormat:
    """Return the RDF format that a file's name tells, with or without ``.gz`` at the end."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return rdf_format(suffixes[-1] if suffixes else path.name)


def result_format(name: str) -> ResultFormat:
    """Return the result format with this name or media type, or raise UnknownFormat."""
    wanted = name.partition(";")[0].strip().lower()
    for known in RESULT_FORMATS:
        if wanted in (known.name, known.media_type, *known.also):
            return known
    names = ", ".join(known.name for known in RESULT_FORMATS)
    raise UnknownFormat(f"{name!r} is not a known result format.", hint=f"Use one of: {names}.")
