"""Nations and the countries they stand for, under the same IRIs whichever source names them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.names import mg, slug

from .statements import RDFS_LABEL, SKOS_ALT_LABEL, describe, english

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.names import Names
    from graph.terms import NamedNode, Quad

NOT_A_COUNTRY = {
    "AIN": "Neutral",
    "EOR": "Refugee",
    "IOA": "Neutral",
    "IOP": "Neutral",
    "IPA": "Neutral",
    "IPP": "Neutral",
    "MIX": "MixedTeam",
    "NPA": "Neutral",
    "PNA": "Neutral",
    "ROT": "Refugee",
    "RPT": "Refugee",
}
"""Teams that stand for no country: neutral athletes, refugees, and athletes of several nations."""
NO_ONE_COUNTRY = frozenset({"ANZ", "COR", "EUN", "OAR", "ROC", "RPC"})
"""Teams of countries whose name is that of no country: joint ones, and one under another name."""

_SHORTEST_STEM = 4


@dataclass(frozen=True, slots=True)
class Country:
    """A nation as a source names it: its code, its short and its long name."""

    code: str
    short: str
    long: str

    @property
    def label(self) -> str:
        """The short name, or the long one where the short one is abbreviated or a code.

        Example:
            >>> Country("CHN", "China", "People's Republic of China").label
            'China'
            >>> Country("CAF", "Centr Afric Re", "Central African Republic").label
            'Central African Republic'

        """
        words = self.long.split()
        for word in self.short.split():
            stem = len(word) >= _SHORTEST_STEM and any(whole.startswith(word) for whole in words)
            if word not in words and not stem:
                return self.long
        return self.short

    @property
    def other_names(self) -> list[str]:
        """The names that are published beside the label, but for the code itself."""
        return sorted({self.short, self.long} - {self.label, self.code})

    def place(self, names: Names) -> NamedNode | None:
        """Return the IRI of the country that the nation stands for, if it stands for one."""
        if self.code in NOT_A_COUNTRY or self.code in NO_ONE_COUNTRY:
            return None
        return names.of("place", slug(self.label))


def describe_place(country: Country, names: Names, graph: NamedNode) -> Iterator[Quad]:
    """Yield what a source says of a country as a place."""
    place = country.place(names)
    if place is not None:
        yield from describe(
            place,
            "Place",
            graph,
            {
                "kind": mg("Country"),
                RDFS_LABEL: english(country.label),
                SKOS_ALT_LABEL: country.other_names,
            },
        )


def describe_nation(country: Country, names: Names, graph: NamedNode) -> Iterator[Quad]:
    """Yield what a source says of a nation."""
    yield from describe(
        names.of("nation", country.code),
        "Nation",
        graph,
        {
            "kind": mg(NOT_A_COUNTRY.get(country.code, "Country")),
            "code": country.code,
            "country": country.place(names),
            RDFS_LABEL: english(country.label),
            SKOS_ALT_LABEL: country.other_names,
        },
    )
