"""What an import of a sheet would do: a CSV file is sent, and nothing of it is kept."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request

from graph.engines.memory import MemoryDraft
from graph.errors import NotFound
from graph.importers.putting import as_decided, check_place
from graph.importers.rehearsal import rehearsal
from graph.importers.reject_list import RejectList
from graph.importers.sheets import (
    SHEETS,
    Lines,
    Mapping,
    convert_sheet,
    kind_of,
    sheet_source,
)
from graph.importers.sheets.wording import sentence_worded
from graph.lexical import as_stored
from graph.names import slug
from graph.progress import silent
from service.access import origin, require
from service.answers import asker, document, told
from service.context import current_service
from service.processes.edits import Act, Edit
from service.uploads import body
from service.wire.faults import UnsupportedBody
from service.wire.forms import one, pairs, switch

if TYPE_CHECKING:
    from graph.importers.sheets import Sheet
    from graph.terms import NamedNode, Quad
    from service.processes.edits import Done
    from service.tokens import Token
    from service.wire.problem import Json

blueprint = Blueprint("rehearsing", __name__)

CSV = "text/csv"
FILE = "sheet.csv"
"""What the sheet that is sent is called in remarks."""
REJECTS_TOLD = 1_000
"""How many refused rows an answer holds; it also says how many there are."""


@blueprint.route("/rehearse/<sheet>", methods=["POST", "OPTIONS"], provide_automatic_options=False)
def rehearse(sheet: str) -> Response:
    """Say what ``medalgraph import`` would do with the sheet that is sent, and keep nothing."""
    if sheet not in SHEETS:
        raise NotFound(f"There is no sheet {sheet}.", hint=f"There are: {', '.join(SHEETS)}.")
    service, params = current_service(), pairs(request.query_string)
    graph = service.store.names.graph(slug(one(params, "source") or f"{sheet} sheet"))
    token, replace = require("write", graph=graph.value), switch(params, "replace")
    kind, encoding = request.mimetype, request.mimetype_params.get("charset", "")
    if kind != CSV:
        said = f"The media type {kind!r}" if kind else "A body without a Content-Type"
        raise UnsupportedBody(f"{said} is no sheet.", offers=[CSV])
    content = body()
    with TemporaryDirectory() as place:
        path = Path(place) / FILE
        path.write_bytes(content)
        asked = _Asked(SHEETS[sheet], path, encoding, replace)
        return document(_rehearsed(asked, graph, token))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be rehearsed.

    Attributes:
        encoding: what the client says that the file is in; empty to find it out.
        replace: whether it may take the place of a source of another kind.

    """

    sheet: Sheet
    path: Path
    encoding: str
    replace: bool


def _rehearsed(asked: _Asked, graph: NamedNode, token: Token) -> dict[str, Json]:
    service, refused, lines = current_service(), RejectList(limit=REJECTS_TOLD), Lines()
    names, sheet, path = service.store.names, asked.sheet, asked.path
    with service.store.read() as before:
        check_place(before, graph=graph, names=names, kind=kind_of(sheet), replace=asked.replace)
        said = convert_sheet(
            sheet,
            path,
            reader=before,
            source=sheet_source(before, names, graph=graph, sheet=sheet, file=path.name),
            mapping=Mapping(),
            names=names,
            rejects=refused,
            progress=silent,
            encoding=asked.encoding,
            lines=lines,
        )
        decided = as_decided(before, said, graph=graph, names=names)
        quads = {as_stored(quad) for quad in decided if quad.graph_name == graph}
        single = service.store.gate.single_valued()
        found = rehearsal(before, MemoryDraft(quads), graph, single)
    content = _triples(quads)
    edit = Edit(
        Act.REPLACE,
        graph=graph.value,
        parts=(("ntriples", len(content)),),
        only=token.graph,
        dry_run=True,
        origin=origin(token),
    )
    done = service.change(edit, BytesIO(content), asker=asker())
    return {
        "rows": refused.rows,
        "rejected": refused.count,
        "rejects": [asdict(row) for row in refused.kept],
        "notes": list(refused.notes),
        **found.to_json(),  # type: ignore[dict-item] # it is JSON
        "change": _in_sheet_words(done, lines),
    }


def _in_sheet_words(done: Done, lines: Lines) -> dict[str, Json]:
    """Return what the change would do, what the checks say of it with the lines of the sheet."""
    tried = done.rehearsal
    if tried is None:
        return told(done)
    pairs_said = zip(tried.sentences, tried.about, strict=True)
    sentences: list[Json] = [sentence_worded(said, about, lines) for said, about in pairs_said]
    return {**told(done), "sentences": sentences}


def _triples(quads: set[Quad]) -> bytes:
    lines = sorted(f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in quads)
    return "".join(lines).encode()
