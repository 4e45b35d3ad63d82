"""The form that brings a sheet: a new file, or the one that the page carried, mended."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from graph.errors import BadTable

from .carried import MOST_BYTES, Carried, about_of, file_named
from .context import current_service
from .reviews import FORM
from .wire.faults import BodyTooLarge, UnsupportedBody
from .wire.multipart import MULTIPART

if TYPE_CHECKING:
    from graph.importers.sheets.mending import Table

    Form = dict[str, list[str]]

MOST_BODY_BYTES = 2 * MOST_BYTES
_MOST_FIELDS = 5_000
TOO_LARGE = "too-large"
"""Stands in place of the fields of a form that was too large to be read."""


def received() -> Form:
    """Return the fields of the form of this request; a file is read by ``sheet_of``.

    Raises:
        UnsupportedBody: if it is no form.

    """
    if request.mimetype not in (MULTIPART, FORM):
        raise UnsupportedBody("A sheet is sent as a form.", offers=[MULTIPART])
    limit = min(MOST_BODY_BYTES, current_service().settings.upload_limit_bytes)
    request.max_content_length = request.max_form_memory_size = limit
    request.max_form_parts = _MOST_FIELDS
    try:
        return dict(request.form.lists())
    except RequestEntityTooLarge:
        return {TOO_LARGE: ["true"]}


def sheet_of(form: Form) -> tuple[Carried, Table]:
    """Return the sheet that a form brings: a new file, or the one that it carries, mended.

    Raises:
        BadTable: if there is none, or it is no table.
        BodyTooLarge: if it is larger than a page can take.
        BadRequest: if the form is not whole.

    """
    if TOO_LARGE in form:
        raise BodyTooLarge(
            f"The file is larger than {MOST_BYTES >> 20} MiB, which a page can take.",
            hint="Import it with 'medalgraph import', or divide it into several sheets.",
        )
    file = request.files.get("file")
    content = b""
    if file is not None:
        content = file.read()
        file.close()
    if file is not None and file.filename:
        about = about_of(said(form))
        carried = Carried(about, file_named(file.filename), content)
    elif packed := first(form, "packed"):
        carried = Carried.unpacked(packed)
        if "kind" in form:
            carried = replace(carried, about=about_of(said(form)))
    else:
        raise BadTable("No file was chosen.", hint="Choose a CSV file, or drop it on the page.")
    if len(carried.content) > MOST_BYTES:
        return sheet_of({TOO_LARGE: ["true"]})
    if not carried.content.strip():
        raise BadTable(
            f"{carried.file} is empty: its first line should name the columns.",
            hint="Save the sheet as CSV, and choose that file.",
        )
    table = carried.table()
    return carried.mended(form, table), table


def said(form: Form) -> dict[str, Any]:
    """Return the first value of each field."""
    return {name: first(form, name) for name in form}


def first(form: Form, name: str) -> str:
    """Return the first value of a field; an empty text if it has none."""
    return next(iter(form.get(name, ())), "")


def fields(form: Form) -> list[tuple[str, str]]:
    """Return the fields as pairs of name and value."""
    return [(name, text) for name, texts in form.items() for text in texts]
