"""What an import of a sheet would do: a CSV file is sent, and nothing of it is kept."""

from __future__ import annotations

import csv
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request

from graph.engines.memory import MemoryDraft
from graph.errors import NotFound
from graph.importers.rehearsal import rehearsal
from graph.importers.sheets import SHEETS, Lines, Mapping, convert_sheet
from graph.importers.sheets.wording import sentence_worded
from graph.importers.tables import RejectFile
from graph.lexical import as_stored
from graph.names import slug
from graph.progress import silent
from graph.sources import Source
from service.access import origin, require
from service.answers import asker, document, told
from service.context import current_service
from service.processes.edits import Act, Edit
from service.uploads import body
from service.wire.faults import UnsupportedBody
from service.wire.forms import one, pairs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.importers.sheets import Sheet
    from graph.terms import NamedNode, Quad
    from service.processes.edits import Done
    from service.tokens import Token
    from service.wire.problem import Json

blueprint = Blueprint("rehearsing", __name__)

CSV = "text/csv"
REJECTS_TOLD = 1_000
"""How many refused rows an answer holds; it also says how many there are."""


@blueprint.route("/rehearse/<sheet>", methods=["POST", "OPTIONS"], provide_automatic_options=False)
def rehearse(sheet: str) -> Response:
    """Say what ``medalgraph import`` would do with the sheet that is sent, and keep nothing."""
    if sheet not in SHEETS:
        raise NotFound(f"There is no sheet {sheet}.", hint=f"There are: {', '.join(SHEETS)}.")
    service, params = current_service(), pairs(request.query_string)
    graph = service.store.names.graph(slug(one(params, "source") or f"{sheet} sheet"))
    token = require("write", graph=graph.value)
    kind = request.mimetype
    encoding = request.mimetype_params.get("charset", "")
    if kind != CSV:
        said = f"The media type {kind!r}" if kind else "A body without a Content-Type"
        raise UnsupportedBody(f"{said} is no sheet.", offers=[CSV])
    content = body()
    with TemporaryDirectory() as place:
        path = Path(place) / "sheet.csv"
        path.write_bytes(content)
        return document(_rehearsed(SHEETS[sheet], path, graph, token, encoding))


def _rehearsed(
    sheet: Sheet, path: Path, graph: NamedNode, token: Token, encoding: str
) -> dict[str, Json]:
    service, lines = current_service(), Lines()
    refused = RejectFile(path.with_name("rejected.csv"))
    with service.store.read() as before:
        with refused:
            said = convert_sheet(
                sheet,
                path,
                reader=before,
                source=Source(graph, title=sheet.title),
                mapping=Mapping(),
                names=service.store.names,
                rejects=refused,
                progress=silent,
                encoding=encoding,
                lines=lines,
            )
            quads = {as_stored(quad) for quad in said if quad.graph_name == graph}
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
        "rejects": _rejected(refused),
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


def _rejected(refused: RejectFile) -> Sequence[Json]:
    if refused.path is None or not refused.count:
        return []
    with refused.path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [{name: text for name, text in row.items() if name != "file"} for row in rows][
        :REJECTS_TOLD
    ]
