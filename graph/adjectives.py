"""Nations as adjectives name them: Azerbaijani, Dutch, Swiss.

Most are the name with an ending. Those that are not stand in a list, by the code of the nation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LISTED = {
    "american": "USA",
    "argentine": "ARG",
    "basotho": "LES",
    "batswana": "BOT",
    "belgian": "BEL",
    "british": "GBR",
    "burmese": "MYA",
    "congolese": "CGO COD",
    "croat": "CRO",
    "cypriot": "CYP",
    "czech": "CZE",
    "czechoslovak": "TCH",
    "czechoslovakian": "TCH",
    "danish": "DEN",
    "dominican": "DOM DMA",
    "dutch": "NED",
    "east german": "GDR",
    "emirati": "UAE",
    "english": "GBR",
    "filipino": "PHI",
    "finnish": "FIN",
    "french": "FRA",
    "greek": "GRE",
    "guinean": "GUI",
    "hellenic": "GRE",
    "i-kiribati": "KIR",
    "irish": "IRL",
    "ivorian": "CIV",
    "kiwi": "NZL",
    "korean": "KOR PRK COR",
    "kosovar": "KOS",
    "kyrgyz": "KGZ",
    "lao": "LAO",
    "latvian": "LAT",
    "macedonian": "MKD",
    "malagasy": "MAD",
    "maldivian": "MDV",
    "motswana": "BOT",
    "new zealander": "NZL",
    "nigerian": "NGR",
    "nigerien": "NIG",
    "north korean": "PRK",
    "northern irish": "GBR",
    "norwegian": "NOR",
    "peruvian": "PER",
    "philippine": "PHI",
    "polish": "POL",
    "portuguese": "POR",
    "salvadoran": "ESA",
    "scottish": "GBR",
    "serb": "SRB",
    "slovak": "SVK",
    "slovene": "SLO",
    "south korean": "KOR",
    "soviet": "URS",
    "spanish": "ESP",
    "swedish": "SWE",
    "swiss": "SUI",
    "taiwanese": "TPE",
    "thai": "THA",
    "trinidadian": "TTO",
    "turkish": "TUR",
    "welsh": "GBR",
    "west german": "FRG GER",
    "yugoslav": "YUG",
}
"""Adjectives that are no name with an ending, or that another nation's name would explain too."""

_ENDINGS = ("ian", "ean", "ese", "ish", "an", "er", "n", "i")
_SHORTEST = 4
_MORE = 2
"""So many letters of a name may be lost before the ending: Ital(y)-ian, Chin(a)-ese."""


def codes_of(adjective: str, names: Mapping[str, Iterable[str]]) -> set[str]:
    """Return the codes of the nations that an adjective may mean.

    Args:
        adjective: in small letters, without accents.
        names: the codes of the nations with a name, by the name in the same way.

    Example:
        >>> names = {"azerbaijan": ["AZE"], "niger": ["NIG"], "nigeria": ["NGR"], "italy": ["ITA"]}
        >>> [*codes_of("azerbaijani", names), *codes_of("nigerian", names)]
        ['AZE', 'NGR']
        >>> [*codes_of("italian", names), *codes_of("dutch", names), *codes_of("martian", names)]
        ['ITA', 'NED']

    """
    if adjective in _LISTED:
        return set(_LISTED[adjective].split())
    stems = [adjective.removesuffix(end) for end in _ENDINGS if adjective.endswith(end)]
    stems = [stem for stem in stems if len(stem) >= _SHORTEST]
    for stem in stems:
        if stem in names:
            return set(names[stem])
    for stem in stems:
        found = {
            code
            for name, codes in names.items()
            if name.startswith(stem) and len(name) - len(stem) <= _MORE
            for code in codes
        }
        if found:
            return found
    return set()
