from __future__ import annotations

from typing import TYPE_CHECKING

from graph.importers import IMPORTERS
from graph.importers.tables import RejectFile
from graph.names import RDF_TYPE, Names, mg
from graph.progress import silent
from graph.sources import ENTITY

from .small_paris import small_rows, write_tables

if TYPE_CHECKING:
    from pathlib import Path


def test_each_importer_is_known_by_its_own_name() -> None:
    assert {name: importer.name for name, importer in IMPORTERS.items()} == {
        name: name
        for name in (
            "paris-2024-paralympics",
            "paris-2024-wikipedia",
            "paris-2024-olympics",
            "ipc-medals-by-sport",
            "paralympic-medallists",
            "olympedia-games",
            "olympic-120-years",
            "wikidata-medallists",
            "games-countries-sports",
            "country-codes",
        )
    }


def test_an_importer_fills_the_graph_that_it_names(tmp_path: Path) -> None:
    names, importer = Names(), IMPORTERS["paris-2024-paralympics"]

    quads = list(
        importer.convert(
            write_tables(tmp_path, small_rows()),
            names=names,
            rejects=RejectFile(None),
            progress=silent,
        )
    )

    graph = names.graph(importer.source)
    assert (graph, RDF_TYPE, ENTITY) in {(q.subject, q.predicate, q.object) for q in quads}
    assert sum(quad.object == mg("Award") and quad.graph_name == graph for quad in quads) == 3
