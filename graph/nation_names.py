"""Other names of nations: what people write where sources have an official name or an old one.

Each belongs to the one nation that competes, or competed, under it: Holland is NED, USSR is URS.
A name that two of them could claim, such as Germany for the two of 1968 to 1988, does not belong
here, and neither do names in other languages, which sources have.
"""

from __future__ import annotations

from .names import plain

_OTHER_NAMES = {
    "BEN": ("Dahomey",),
    "BIH": ("Bosnia",),
    "BLR": ("Byelorussia", "Belorussia"),
    "BOL": ("Plurinational State of Bolivia",),
    "BRU": ("Brunei",),
    "BUR": ("Upper Volta",),
    "CGO": ("Congo-Brazzaville", "Republic of the Congo"),
    "CIV": ("Ivory Coast",),
    "COD": ("Congo-Kinshasa", "DR Congo", "DRC", "Zaire"),
    "CPV": ("Cape Verde",),
    "CZE": ("Czech Republic",),
    "EUN": ("CIS", "Commonwealth of Independent States"),
    "FRG": ("Federal Republic of Germany", "BRD"),
    "FSM": ("Micronesia",),
    "GBR": (
        *("United Kingdom", "UK", "U.K.", "Britain", "Team GB", "England", "Scotland", "Wales"),
        *("Great Britain and Northern Ireland", "Northern Ireland"),
    ),
    "GDR": ("German Democratic Republic", "DDR"),
    "HKG": ("Hong Kong",),
    "IRI": ("Iran", "Persia"),
    "IRL": ("Eire", "Republic of Ireland"),
    "KGZ": ("Kirghizia", "Kyrgyz Republic"),
    "KOR": ("South Korea", "Republic of Korea"),
    "LAO": ("Laos",),
    "MAC": ("Macau", "Macao"),
    "MDA": ("Moldova", "Moldavia"),
    "MKD": ("Macedonia", "FYROM"),
    "MYA": ("Burma",),
    "NED": ("Holland", "The Netherlands"),
    "PLE": ("Palestinian Territories", "State of Palestine"),
    "PRK": ("North Korea", "DPRK"),
    "RUS": ("Russia",),
    "SRI": ("Ceylon",),
    "SVK": ("Slovak Republic",),
    "SWZ": ("Swaziland", "Eswatini"),
    "SYR": ("Syria",),
    "TAN": ("Tanzania",),
    "THA": ("Siam",),
    "TLS": ("East Timor",),
    "TPE": ("Taiwan",),
    "TTO": ("Trinidad",),
    "TUR": ("Turkey",),
    "UAE": ("United Arab Emirates", "Emirates"),
    "URS": ("USSR", "U.S.S.R.", "Union of Soviet Socialist Republics"),
    "USA": ("US", "U.S.", "U.S.A.", "America", "United States of America"),
    "VEN": ("Bolivarian Republic of Venezuela",),
    "VIE": ("Viet Nam",),
    "VNM": ("Republic of Vietnam",),
    "ZIM": ("Rhodesia",),
}
_CODES = {plain(name): code for code, names in _OTHER_NAMES.items() for name in names}


def code_called(name: str) -> str:
    """Return the code of the nation with this other name, or nothing.

    Example:
        >>> code_called("Holland"), code_called("ivory coast"), code_called("Atlantis")
        ('NED', 'CIV', '')

    """
    return _CODES.get(plain(name), "")
