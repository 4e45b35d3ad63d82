"""What can be exported: each file with how it is written, its media type and its suffix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import UnknownFormat
from graph.formats import CSV, GEXF, GRAPHML, PARQUET, RDF_FORMATS, ZIP, FileFormat, RdfFormat
from graph.progress import unwatched

from .archive import archive
from .gexf import write_gexf
from .graphml import write_graphml
from .iptc import IPTC
from .network import Network
from .schema_org import SCHEMA_ORG
from .statements import write_statements
from .table_files import write_parquet, write_table_csv
from .tables import TABLES

if TYPE_CHECKING:
    from graph.formats import ResultFormat
    from graph.progress import Step
    from graph.rdf import Writable

    from .profiles import Profile
    from .scopes import Selection
    from .tables import Table

PROFILES = (IPTC, SCHEMA_ORG)
OTHER_FORMATS: tuple[FileFormat | ResultFormat, ...] = (CSV, PARQUET, GRAPHML, GEXF)
COLUMNS = "columns.csv"
"""The file of an archive of tables that says what each column holds."""


@dataclass(frozen=True, slots=True)
class Product:
    """One file that an export can be.

    Attributes:
        form: how it is written.
        profile: in whose words statements are; None for those of the store.
        table: the one table that it is; None for all, where it is tables.
        safe: whether the cells of CSV are guarded that a spreadsheet would run.
        rows: whether it is the rows of an answer to SELECT, and no table of records.

    """

    form: RdfFormat | ResultFormat | FileFormat
    profile: Profile | None = None
    table: Table | None = None
    safe: bool = False
    rows: bool = False

    @property
    def is_archive(self) -> bool:
        """Whether it is an archive of several tables."""
        return self.form in (CSV, PARQUET) and self.table is None and not self.rows

    @property
    def media_type(self) -> str:
        """The media type of the file."""
        return ZIP.media_type if self.is_archive else self.form.media_type

    @property
    def is_packed(self) -> bool:
        """Whether it is compressed in itself, so that nothing is won by doing so again."""
        return self.is_archive or self.form is PARQUET

    @property
    def file_name(self) -> str:
        """What the file of the whole graph is called: graph.nq, iptc.ttl, people.csv."""
        if self.is_archive:
            return f"tables-{self.form.name}{ZIP.suffixes[0]}"
        stem = "answer" if self.rows else "graph"
        if self.table or self.profile:
            stem = (self.table or self.profile).name  # type: ignore[union-attr] # one of them is there
        return stem + self.form.suffixes[0]

    def write(self, selection: Selection, out: Writable, *, step: Step = unwatched) -> int:
        """Write a selection and return how many statements, rows, or nodes and edges it has.

        Raises:
            UnknownFormat: for what the format cannot carry; a part may have been written then.

        """
        if isinstance(self.form, RdfFormat):
            return self._statements(selection, out, self.form, step)
        if self.form is GRAPHML:
            return write_graphml(Network(selection, step=step), out)
        if self.form is GEXF:
            return write_gexf(Network(selection, step=step), out)
        if self.table is not None:
            return self._table(self.table, selection, out, step)
        return self._archive(selection, out, step)

    def _statements(self, selection: Selection, out: Writable, form: RdfFormat, step: Step) -> int:
        prefixes = selection.names.prefixes()
        quads = selection.quads() if form.holds_graphs else selection.triples()
        if self.profile is not None:
            prefixes = dict(self.profile.prefixes)
            quads = self.profile.quads(selection, progress=step("Telling"))
        return write_statements(quads, out, form, prefixes=prefixes, step=step)

    def _table(self, table: Table, selection: Selection, out: Writable, step: Step) -> int:
        rows = table.rows(selection, progress=step(f"Table {table.name}"))
        if self.form is PARQUET:
            return write_parquet([(one.name, one.type) for one in table.columns], rows, out)
        header = [column.name for column in table.columns]
        return write_table_csv(header, rows, out, safe=self.safe)

    def _archive(self, selection: Selection, out: Writable, step: Step) -> int:
        count = 0
        with archive(out, packed=self.form is CSV) as files:
            for table in TABLES:
                # Every table is there with its header, so that a program finds what it expects.
                with files.file(table.name + self.form.suffixes[0]) as file:
                    count += self._table(table, selection, file, step)
            with files.file(COLUMNS) as file:
                write_table_csv(_COLUMN_HEADER, _columns(), file, safe=False)
        return count


_COLUMN_HEADER = ("table", "row", "column", "type", "meaning")


def _columns() -> list[tuple[str, ...]]:
    return [
        (table.name, table.means, column.name, column.type.value, column.means)
        for table in TABLES
        for column in table.columns
    ]


PRODUCTS = (
    *(Product(form) for form in RDF_FORMATS),
    *(Product(form) for form in OTHER_FORMATS),
    *(Product(form, profile=profile) for profile in PROFILES for form in RDF_FORMATS[:4]),
)
"""Every file that a whole graph, a source or one edition of the Games can be."""


def product(form: str, *, profile: str = "", table: str = "", safe: bool = False) -> Product:
    """Return the product that a format, a profile and a table name.

    Raises:
        UnknownFormat: naming what there is, or what does not go together.

    """
    forms = {known.name: known for known in (*RDF_FORMATS, *OTHER_FORMATS)}
    profiles = {known.name: known for known in PROFILES}
    tables = {known.name: known for known in TABLES}
    for given, known, what in (
        (form, forms, "format"),
        (profile, profiles, "profile"),
        (table, tables, "table"),
    ):
        if given and given not in known:
            raise UnknownFormat(
                f"There is no {what} {given!r}.", hint=f"There are: {', '.join(known)}."
            )
    wanted = forms[form]
    if profile and not isinstance(wanted, RdfFormat):
        raise UnknownFormat(
            f"The profile {profile} is RDF, and {form} is not.",
            hint="Use turtle, jsonld or another RDF format.",
        )
    if table and wanted not in (CSV, PARQUET):
        raise UnknownFormat(f"A table cannot be written as {form}.", hint="Use csv or parquet.")
    return Product(wanted, profiles.get(profile), tables.get(table), safe)
