"""What a table calls the columns of a sheet; no column is passed over without a word."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from graph.errors import BadTable
from graph.importers.tables import read_header

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from graph.importers.tables import RejectFile

    from .columns import Sheet

_SLIP = 0.75
"""How like the name of a column a name is that was meant to be it (difflib's ratio)."""
_BETWEEN = re.compile(r"[\s_-]+")


def headers_of(  # noqa: PLR0913 - what a header is read by, each by name
    sheet: Sheet,
    path: Path,
    *,
    called: Mapping[str, str],
    defaults: Iterable[str],
    rejects: RejectFile,
    encoding: str = "",
) -> dict[str, str]:
    """Return what the table calls each column of the sheet that it has, capitals and all.

    Capitals do not matter, nor whether words are parted by spaces, hyphens or underscores.
    Columns of the table that are none of the sheet are noted.

    Args:
        sheet: which one it is.
        path: the table.
        called: what the mapping says that columns are called, by the sheet's name.
        defaults: the columns for which something holds where the table has none.
        rejects: takes the notes.
        encoding: what a person says that the table is in; empty to find it out.

    Raises:
        BadTable: if the table lacks a column that is needed or that the mapping names, has one
            twice, or has one that seems to be a slip for one that it lacks.

    """
    header, given = read_header(path, encoding), frozenset(defaults)
    if not any(header):
        return {column.name: called.get(column.name, column.name) for column in sheet.columns}
    found = {}
    for column in sheet.columns:
        there = _matching(path, header, called.get(column.name, column.name))
        if there is not None:
            found[column.name] = there
    _check_mapped(path, header, {n: c for n, c in called.items() if n not in found}, given)
    unread = [name for name in header if name not in found.values()]
    lacked = [c.name for c in sheet.columns if c.name not in found and c.name not in called]
    needed = [name for name in sheet.needed if name not in found and name not in given]
    _check_slips(path, header, needed, dict(_slips(unread, lacked)))
    _note_unread(path, sheet, unread, rejects)
    return found


def _fold(name: str) -> str:
    return _BETWEEN.sub("_", name.strip().casefold())


def _matching(path: Path, header: Sequence[str], wanted: str) -> str | None:
    """Return the one column of the table with a name, or None."""
    found = list(dict.fromkeys(name for name in header if _fold(name) == _fold(wanted)))
    if len(found) > 1:
        raise BadTable(
            f"{path.name} has more than one column {wanted}: {', '.join(found)}.",
            hint="Give each column a name of its own, or take out what is not meant.",
        )
    return found[0] if found else None


def _check_mapped(
    path: Path, header: Sequence[str], missing: Mapping[str, str], given: frozenset[str]
) -> None:
    for name, wanted in missing.items():
        if name in given:
            continue
        near = difflib.get_close_matches(_fold(wanted), map(_fold, header), n=1)
        meant = next((one for one in header if near and _fold(one) == near[0]), "")
        raise BadTable(
            f"The mapping says that {name} is called {wanted}, but {path.name} has no column "
            f"{wanted}; its columns are {', '.join(filter(None, header))}.",
            hint=f'Did you mean {name} = "{meant}"?'
            if meant
            else f"Correct the line in [columns], or take it out, or say in [defaults] what holds "
            f"for {name}.",
        )


def _slips(unread: Sequence[str], lacked: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each column that seems to be a slip, and what it was meant to be."""
    for name in unread:
        near = difflib.get_close_matches(_fold(name), lacked, n=1, cutoff=_SLIP)
        if near:
            yield name, near[0]


def _check_slips(
    path: Path, header: Sequence[str], needed: Sequence[str], slips: Mapping[str, str]
) -> None:
    meant = " ".join(f"Did you mean {column} instead of {name}?" for name, column in slips.items())
    if needed:
        raise BadTable(
            f"{path.name} has no column {', '.join(needed)}; its columns are "
            f"{', '.join(filter(None, header))}.",
            hint=meant or "Name the columns in the first line, separated by commas.",
        )
    if slips:
        raise BadTable(
            f"{path.name} has a column {next(iter(slips))} that the sheet does not have.",
            hint=f"{meant} Rename it; or take it out, if it is something else.",
        )


def _note_unread(path: Path, sheet: Sheet, unread: Sequence[str], rejects: RejectFile) -> None:
    named = [name for name in unread if name]
    bare = len(unread) - len(named)
    for count, which in ((len(named), f" {', '.join(named)}"), (bare, " without a name")):
        if count:
            rejects.notes.append(
                f"{path.name} has {'a column' if count == 1 else 'columns'}{which}, which the "
                f"sheet {sheet.name} does not have; {'it was' if count == 1 else 'they were'} "
                "not read."
            )
