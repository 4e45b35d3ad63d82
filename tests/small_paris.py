"""A few rows in the form of the Paris 2024 tables, so that each case can be bad on purpose."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from graph.importers.paris_2024_tables import COLUMNS

if TYPE_CHECKING:
    from pathlib import Path

Rows = dict[str, list[dict[str, str]]]

_NATION = {"country_code": "CHN", "country": "China", "country_long": "People's Republic of China"}
_CITIZEN = {
    "nationality_code": "CHN",
    "nationality": "China",
    "nationality_long": "People's Republic of China",
}
SINGLES, DOUBLES = "Women's Singles - WS5", "Women's Doubles - WD10"


def athlete(code: str, name: str, **more: str) -> dict[str, str]:
    """Return a row of athletes: a woman of China in table tennis, if nothing else is said."""
    plain = {
        "code": code,
        "name": name,
        "name_tv": name,
        "gender": "Female",
        "birth_date": "1998-02-03",
        "disciplines": "['Para Table Tennis']",
        "events": f'["{SINGLES}"]',
    }
    return plain | _NATION | _CITIZEN | more


_TYPES = {"1": "Gold Medal", "2": "Silver Medal", "3": "Bronze Medal"}


def medal(code: str, colour: str, **more: str) -> dict[str, str]:
    """Return a row of medals: in the singles, if nothing else is said."""
    plain = {
        "medal_type": _TYPES.get(colour, colour),
        "medal_date": "2024-09-01",
        "name": "",
        "gender": "W",
        "discipline": "Para Table Tennis",
        "event": SINGLES,
        "event_type": "HATH",
        "code": code,
    }
    return plain | _NATION | more


def medallist(code: str, **more: str) -> dict[str, str]:
    """Return a row of medallists: alone, in the singles, if nothing else is said."""
    plain = {"code_athlete": code, "code_team": "", "discipline": "Para Table Tennis"}
    return plain | {"event": SINGLES} | more


def total(gold: str, silver: str, bronze: str, all_medals: str) -> dict[str, str]:
    """Return a row of medal totals."""
    counts = {"Gold Medal": gold, "Silver Medal": silver, "Bronze Medal": bronze}
    return counts | {"Total": all_medals} | _NATION


def small_rows() -> Rows:
    """Return rows of four players: one gold in the singles, and two pairs with a medal."""
    pair, other = {"event": DOUBLES, "code_team": "D1"}, {"event": DOUBLES, "code_team": "D2"}
    couple = {"event": DOUBLES, "event_type": "HCOUP"}
    return {
        "athletes.csv": [
            athlete("1", "LI Li"),
            athlete("2", "LI Li", birth_date="1998-11-30"),
            athlete("3", "LIU Jing"),
            athlete("4", "XUE Juan", nationality_code="", nationality="", nationality_long=""),
        ],
        "medallists.csv": [
            medallist("1"),
            *(medallist(code, **pair) for code in ("2", "1")),
            *(medallist(code, **other) for code in ("4", "3")),
        ],
        "medals.csv": [medal("1", "1"), medal("D1", "1", **couple), medal("D2", "3", **couple)],
        "medals_total.csv": [total("2", "0", "1", "3")],
    }


def write_tables(folder: Path, rows: Rows) -> Path:
    """Write rows as the four tables and return their folder."""
    for name, columns in COLUMNS.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows[name])
    return folder
