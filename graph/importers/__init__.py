"""Turning what others publish into quads of a source of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from .country_codes import SOURCE as COUNTRY_CODES
from .country_codes import convert as convert_country_codes
from .games_countries_sports import SOURCE as GAMES_COUNTRIES_SPORTS
from .games_countries_sports import convert as convert_games_countries_sports
from .ipc_medals_by_sport import SOURCE as IPC
from .ipc_medals_by_sport import convert as convert_ipc
from .olympedia_games import SOURCE as OLYMPEDIA
from .olympedia_games import convert as convert_olympedia
from .olympic_120_years import SOURCE as OLYMPIC_120
from .olympic_120_years import convert as convert_olympic_120
from .paralympic_medallists import SOURCE as PARALYMPIC_MEDALLISTS
from .paralympic_medallists import convert as convert_paralympic_medallists
from .paris_2024_olympics import SOURCE as PARIS_2024_OLYMPICS
from .paris_2024_olympics import convert as convert_paris_2024_olympics
from .paris_2024_paralympics import SOURCE as PARIS_2024
from .paris_2024_paralympics import convert as convert_paris_2024
from .paris_2024_wikipedia import SOURCE as PARIS_2024_WIKIPEDIA
from .paris_2024_wikipedia import convert as convert_paris_2024_wikipedia
from .wikidata_medallists import SOURCE as WIKIDATA
from .wikidata_medallists import convert as convert_wikidata

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.names import Names
    from graph.progress import Progress
    from graph.terms import Quad

    from .tables import RejectFile

__all__ = ["IMPORTERS", "Convert", "Importer"]


class Convert(Protocol):
    """Turns the tables in a folder into quads of one source, its description among them."""

    def __call__(
        self, folder: Path, /, *, names: Names, rejects: RejectFile, progress: Progress
    ) -> Iterator[Quad]:
        """Yield the quads; rows that cannot be used go to ``rejects``."""
        ...


@dataclass(frozen=True, slots=True)
class Importer:
    """A kind of published tables that medalgraph can read.

    Attributes:
        name: as the command line spells it.
        title: what it reads, for a person who chooses.
        convert: turns a folder of tables into quads.
        source: the end of the IRI of the graph that it fills.

    """

    name: str
    title: str
    convert: Convert
    source: str


IMPORTERS: dict[str, Importer] = {
    importer.name: importer
    for importer in (
        Importer(
            name="paris-2024-paralympics",
            title="Paris 2024 Paralympic Games: athletes, medallists, medals and medal totals",
            convert=convert_paris_2024,
            source=PARIS_2024,
        ),
        Importer(
            name="paris-2024-wikipedia",
            title="Paris 2024 Paralympic Games: medal table and winners, as in Wikipedia",
            convert=convert_paris_2024_wikipedia,
            source=PARIS_2024_WIKIPEDIA,
        ),
        Importer(
            name="paris-2024-olympics",
            title="Paris 2024 Olympic Games: athletes, officials, every round, medals and venues",
            convert=convert_paris_2024_olympics,
            source=PARIS_2024_OLYMPICS,
        ),
        Importer(
            name="ipc-medals-by-sport",
            title="Summer Paralympic Games 1960 to 2020: the IPC's medals by sport and nation",
            convert=convert_ipc,
            source=IPC,
        ),
        Importer(
            name="paralympic-medallists",
            title="Summer Paralympic medallists in eleven sports, 1980 to 2016",
            convert=convert_paralympic_medallists,
            source=PARALYMPIC_MEDALLISTS,
        ),
        Importer(
            name="olympedia-games",
            title="Olympic Games 1896 to 2032: Olympedia's editions, nations and medal tallies",
            convert=convert_olympedia,
            source=OLYMPEDIA,
        ),
        Importer(
            name="olympic-120-years",
            title="Olympic Games 1896 to 2016: every athlete and event, with the medals",
            convert=convert_olympic_120,
            source=OLYMPIC_120,
        ),
        Importer(
            name="wikidata-medallists",
            title="Olympic medallists of 1996, 2004, 2012 and 2020, with Wikidata's identifiers",
            convert=convert_wikidata,
            source=WIKIDATA,
        ),
        Importer(
            name="games-countries-sports",
            title="Olympic and Paralympic Games 1896 to 2022: medals by sport and nation",
            convert=convert_games_countries_sports,
            source=GAMES_COUNTRIES_SPORTS,
        ),
        Importer(
            name="country-codes",
            title="Nations: codes of other registers, and names in six languages",
            convert=convert_country_codes,
            source=COUNTRY_CODES,
        ),
    )
}
"""Each importer by its name."""
