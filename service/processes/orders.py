"""What can be ordered for download: how much of the newest state, as which file."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from graph import exports
from graph.errors import NotFound
from graph.exports import PRODUCTS, Product, Scope
from graph.exports.counting import count
from graph.lexer import guarded
from graph.names import is_restricted
from graph.terms import NamedNode
from service.wire.accept import JSON_DOCUMENT
from service.wire.sparql import QueryForm, query_form

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.store import Store
    from service.wire.problem import Json

GZIP = ".gz"
COUNTS = "counts.json"
"""What the state holds, counted; it is made and kept as downloads are, and listed nowhere."""


@dataclass(frozen=True, slots=True)
class Order:
    """One file for download.

    Attributes:
        file: its name, as ``files`` gives it.
        source: the IRI of the graph of the one source that it is of, or nothing.
        games: the Games that it is of, or nothing.
        query: the query whose answer it is, or nothing.

    """

    file: str
    source: str = ""
    games: str = ""
    query: str = ""

    @property
    def scope(self) -> Scope:
        """How much of the state it is; never what is restricted.

        Raises:
            NotFound: for a restricted source, as for one that is not there.

        """
        if self.source and is_restricted(NamedNode(self.source)):
            raise NotFound(f"There is no source <{self.source}>.")
        return Scope(self.source, self.games, self.query)

    @property
    def product(self) -> Product:
        """How the file is written.

        Raises:
            NotFound: if there is no such file.

        """
        found = dict(self._files()).get(self.file)
        if found is None:
            raise NotFound(
                f"There is no download {self.file!r}.", hint="GET /downloads lists those there are."
            )
        return found

    @property
    def packed(self) -> Order | None:
        """The packed file of which this is the plain one; None if it is kept as it is."""
        files = dict(self._files())
        name = self.file + GZIP
        return replace(self, file=name) if self.file not in files and name in files else None

    @property
    def media_type(self) -> str:
        """The media type of the content, packed or not."""
        return JSON_DOCUMENT.media_type if self.file == COUNTS else self.product.media_type

    @property
    def is_packed(self) -> bool:
        """Whether the file is compressed by us, and not by its own form."""
        return self.file.endswith(GZIP)

    @property
    def key(self) -> str:
        """A name for the kept file that tells it from every other of the same state."""
        told = json.dumps([self.source, self.games, self.query])
        return f"{hashlib.sha256(told.encode()).hexdigest()[:16]}-{self.file}"

    def files(self) -> dict[str, Product]:
        """Return every file that there is of the same part of the state, by name."""
        return dict(self._files())

    def _files(self) -> Iterator[tuple[str, Product]]:
        is_table = self.query and query_form(guarded(self.query, source="the query"))
        for product in PRODUCTS:
            safe = replace(product, safe=True, rows=is_table is QueryForm.SELECT)
            tabular = safe.form.name in ("csv", "parquet")
            if safe.rows and not (tabular and safe.profile is None):
                continue
            yield safe.file_name + ("" if safe.is_packed else GZIP), safe

    def to_json(self) -> dict[str, Json]:
        """Return the order as another process reads it."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Order:
        """Return the order that ``to_json`` told."""
        return cls(**told)


def fulfil(order: Order, store: Store, version: int, path: Path) -> int:
    """Write the file that was ordered into one that is empty, and return what it counts.

    Raises:
        MedalgraphError: if there is no such thing, or the form cannot hold it.

    """
    if order.file == COUNTS:
        return _count(store, version, path)
    product, scope = order.product, order.scope
    with path.open("r+b") as raw, store.read(version) as found, found.whole() as reader:
        if not order.is_packed:
            return exports.export(product, scope, reader, store.names, raw)
        with gzip.GzipFile("", "wb", compresslevel=6, fileobj=raw, mtime=0) as out:
            return exports.export(product, scope, reader, store.names, out)


def _count(store: Store, version: int, path: Path) -> int:
    created = store.commit(version).time if version else ""
    with store.read(version) as state, state.whole() as reader:
        found = count(reader, store.names, created=created)
    path.write_text(json.dumps(found.to_json()), encoding="utf-8")
    return found.triples
