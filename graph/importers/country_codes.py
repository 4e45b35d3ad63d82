"""Codes and names of countries in six languages, for the nations of the Games.

One row a country; those without an Olympic code (Curaçao, Sint Maarten, South Sudan) say
nothing of a nation here and are passed over. Singapore and Lebanon stand under codes that
they no longer have, SIN and LIB; these become former codes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.names import mg
from graph.sources import Source
from graph.terms import Literal

from .statements import RDFS_LABEL, describe, english
from .tables import BadCell, find_table, read_table
from .taking import Watched, taken

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.names import Names
    from graph.progress import Progress
    from graph.terms import Quad

    from .statements import Facts
    from .tables import RejectFile, Row

SOURCE = "country-codes"
TABLE = "country-codes.csv"
LANGUAGES = {"fr": "fr", "es": "es", "ru": "ru", "ar": "ar", "cn": "zh"}
"""The language of each column ``official_name_...``, as BCP 47 writes it; English is apart."""

REGISTERS = {
    "ISO3166-1-Alpha-2": "iso3166-1-alpha-2",
    "ISO3166-1-Alpha-3": "iso3166-1-alpha-3",
    "FIFA": "fifa",
}
FORMER = {"SIN": "SGP", "LIB": "LBN"}
"""Olympic codes of the table that are no longer in use, and those of today."""

COLUMNS = (
    *("IOC", "CLDR display name", "wikidata_id"),
    *(f"official_name_{column}" for column in LANGUAGES),
    *REGISTERS,
)


def convert(
    folder: Path, *, names: Names, rejects: RejectFile, progress: Progress
) -> Iterator[Quad]:
    """Yield nations with their names and codes, and what the source is.

    Args:
        folder: holds country-codes.csv, plain or with ``.gz`` at the end.
        names: mints the IRIs.
        rejects: takes the rows that cannot be used.
        progress: called once a row.

    Raises:
        BadTable: if the table is missing, cut off, not in UTF-8, or lacks a column.

    """
    yield from source(names).quads(names)
    seen: dict[str, int] = {}
    table = find_table(folder, TABLE)
    rows = Watched(progress, None)(read_table(table, COLUMNS, rejects=rejects))
    for quads in taken(rows, lambda row: list(_nation(row, names, seen)), rejects):
        yield from quads


def source(names: Names) -> Source:
    """Return the description of this source."""
    return Source(
        graph=names.graph(SOURCE),
        title="Codes and names of countries",
        publisher="datasets/country-codes",
        origin="https://github.com/datasets/country-codes",
        priority=5,
    )


def _nation(row: Row, names: Names, seen: dict[str, int]) -> Iterator[Quad]:
    if not row["IOC"]:
        return
    code = FORMER.get(row["IOC"], row["IOC"])
    if code in seen:
        raise BadCell(
            f"the code stands in line {seen[code]} already",
            column="IOC",
            value=row["IOC"],
            hint="Keep the row of the country that is meant.",
        )
    seen[code] = row.line
    wikidata = row["wikidata_id"].rpartition("/")[2]
    ids = [f"{register}:{row[column]}" for column, register in REGISTERS.items() if row[column]]
    facts: Facts = {
        "kind": mg("Country"),
        "code": code,
        "formerCode": row["IOC"] if row["IOC"] != code else "",
        "externalId": [*ids, *([f"wikidata:{wikidata}"] if wikidata else [])],
        RDFS_LABEL: [
            english(row.needed("CLDR display name")),
            *(
                Literal(row[f"official_name_{column}"], language=language)
                for column, language in LANGUAGES.items()
                if row[f"official_name_{column}"]
            ),
        ],
    }
    yield from describe(names.of("nation", code), "Nation", names.graph(SOURCE), facts)
