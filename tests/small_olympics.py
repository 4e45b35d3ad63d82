"""A few rows of the Paris 2024 Olympic tables, so that each case can be bad on purpose.

A final of swimmers with two silvers, and a pool of beach volleyball with two teams of one
nation, as the results service has them.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from .small_paris import Rows

SWIMMING, BEACH = "results/Swimming.csv", "results/Beach Volleyball.csv"
BREASTSTROKE = "Men's 100m Breaststroke"
_NAMES = {
    "AUS": "Australia",
    "GBR": "Great Britain",
    "ITA": "Italy",
    "MEX": "Mexico",
    "SWE": "Sweden",
    "USA": "United States",
}
_SWIMMERS = {
    "1925633": ("MARTINENGHI Nicolo", "ITA"),
    "1956469": ("PEATY Adam", "GBR"),
    "1935901": ("FINK Nic", "USA"),
    "1535354": ("de LARA OJEDA Miguel Alejandro", "MEX"),
}
_PLAYERS = {
    "1934586": ("AHMAN David", "SWE"),
    "1934579": ("HELLVIG Jonatan", "SWE"),
    "1947164": ("HODGES Thomas", "AUS"),
    "1947165": ("SCHUBERT Zachery", "AUS"),
    "1947160": ("NICOLAIDIS Mark", "AUS"),
}
"""Izac Carracher, the second player of AUS02, is in no table of athletes here."""


def _nation(code: str) -> dict[str, str]:
    return {"country_code": code, "country": _NAMES[code], "country_long": _NAMES[code]}


def _athlete(code: str, name: str, nation: str) -> dict[str, str]:
    country = {"country_name": _NAMES[nation], "country_name_long": _NAMES[nation]}
    return {
        "code": code,
        "name": name,
        "birthDate": "1999-08-01",
        "gender": "M",
        "country_code": nation,
    } | country


def _medallist(code: str, team: str = "") -> dict[str, str]:
    name, nation = (_SWIMMERS | _PLAYERS)[code]
    citizen = {f"nationality{key[7:]}": value for key, value in _nation(nation).items()}
    return {
        "code_athlete": code,
        "code_team": team,
        "name": name,
        "gender": "Male",
        "birth_date": "1999-08-01",
        "is_medallist": "True",
        "discipline": "Beach Volleyball" if team else "Swimming",
        "event": "Men" if team else BREASTSTROKE,
    } | (_nation(nation) | citizen)


def _medal(code: str, nation: str, colour: str, **more: str) -> dict[str, str]:
    plain = {
        "medal_type": f"{colour} Medal",
        "medal_date": "2024-07-28",
        "name": "",
        "gender": "M",
        "discipline": "Swimming",
        "event": BREASTSTROKE,
        "event_type": "ATH",
        "code": code,
    }
    return plain | _nation(nation) | more


def swim(code: str, rank: str, result: str, **more: str) -> dict[str, str]:
    """Return a row of results: of the final, if nothing else is said."""
    name, nation = _SWIMMERS.get(code, ("BROWN Charles", "GBR"))
    plain = {
        "date": "2024-07-28T21:54:09+02:00",
        "stage_code": "SWMM100MBR------------FNL-000100--",
        "event_name": BREASTSTROKE,
        "event_stage": f"{BREASTSTROKE} Final",
        "stage": "Final",
        "discipline_name": "Swimming",
        "participant_code": code,
        "participant_name": name,
        "participant_type": "Person",
        "participant_country_code": nation,
        "participant_country": _NAMES[nation],
        "rank": rank,
        "result": result,
        "result_type": "TIME",
        "result_IRM": "",
    }
    return plain | more


def match(team: str, number: int, result: str, **more: str) -> dict[str, str]:
    """Return a row of results: of a match in pool A, by its number."""
    nation = team[-5:-2]
    plain = {
        "date": "2024-07-29T09:45:48+02:00",
        "stage_code": f"VBVMTEAM2-------------GPA-000{number}00--",
        "event_name": "Men",
        "event_stage": "Men's Preliminary Phase - Pool A",
        "stage": "Preliminary Phase - Pool A",
        "discipline_name": "Beach Volleyball",
        "participant_code": team,
        "participant_name": "",
        "participant_type": "Team",
        "participant_country_code": nation,
        "participant_country": _NAMES[nation],
        "result": result,
        "result_type": "POINTS",
    }
    return plain | {"participant_name": team[-5:]} | more


def _team(code: str, members: dict[str, str]) -> dict[str, str]:
    return {
        "code": code,
        "athletes": str(list(members.values())),
        "athletes_codes": str(list(members)),
    }


def session(event: str, unit: str, day: str, **more: str) -> dict[str, str]:
    """Return a row of the schedule: of swimming, if nothing else is said."""
    plain = {
        "day": day,
        "status": "FINISHED",
        "discipline": "Swimming",
        "event": event,
        "url": f"/en/paris-2024/results/{unit}",
        "venue": "Paris La Defense Arena",
        "venue_code": "DEF",
        "location_description": "Paris La Defense Arena",
        "location_code": "DEF",
    }
    return plain | more


_COURT = {
    "discipline": "Beach Volleyball",
    "venue": "Eiffel Tower Stadium",
    "venue_code": "EIF",
    "location_description": "Eiffel Tower Stadium - Centre Court",
    "location_code": "BV0",
}
_NOWHERE = dict.fromkeys(("venue", "venue_code", "location_description", "location_code"), "")


def small_olympics() -> Rows:
    """Return the rows of each table by its name."""
    sweden, first, second = (f"VBVMTEAM2---{team}" for team in ("SWE01", "AUS01", "AUS02"))
    people = [(code, *who) for code, who in (_SWIMMERS | _PLAYERS).items()]
    gold = {"discipline": "Beach Volleyball", "event": "Men", "event_type": "HTEAM"}
    counts = {"Gold Medal": "1", "Silver Medal": "0", "Bronze Medal": "0", "Total": "1"}
    silver = counts | {"Gold Medal": "0", "Silver Medal": "1"}
    hodges, schubert = {"1947164": "HODGES Thomas"}, {"1947165": "SCHUBERT Zachery"}
    return {
        "athletes.csv": [_athlete(*person) for person in people],
        "athletes_disciplines.csv": [
            {"code": code, "disciplines": "Swimming" if code in _SWIMMERS else "Beach Volleyball"}
            for code, _, _ in people
        ],
        "athletes_events.csv": [
            {"code": code, "events": BREASTSTROKE if code in _SWIMMERS else "Men"}
            for code, _, _ in people
        ],
        "coaches.csv": [],
        "technical_officials.csv": [],
        "nocs.csv": [
            {"code": code, "country": name, "country_long": name} for code, name in _NAMES.items()
        ],
        "medallists.csv": [
            *map(_medallist, ("1925633", "1956469", "1935901")),
            *(_medallist(code, sweden) for code in ("1934586", "1934579")),
        ],
        "medals.csv": [
            _medal("1925633", "ITA", "Gold"),
            _medal("1956469", "GBR", "Silver"),
            _medal("1935901", "USA", "Silver"),
            _medal(sweden, "SWE", "Gold", medal_date="2024-08-10", **gold),
        ],
        "medals_total.csv": [
            *(_nation(code) | counts for code in ("ITA", "SWE")),
            *(_nation(code) | silver for code in ("GBR", "USA")),
        ],
        "teams.csv": [
            _team(sweden, {"1934586": "AHMAN David", "1934579": "HELLVIG Jonatan"}),
            _team(first, hodges | schubert),
            _team(second, {"1947160": "NICOLAIDIS Mark", "1947155": "CARRACHER Izac"}),
        ],
        "venues.csv": [
            {"venue": "Paris La Defense Arena", "tag": "paris-la-defense-arena"},
            {"venue": "Eiffel Tower Stadium", "tag": "eiffel-tower-stadium"},
        ],
        "schedules.csv": [
            session(BREASTSTROKE, "heat--------", "27-07-2024"),
            session(BREASTSTROKE, "fnl-000100--", "28-07-2024"),
            session("Men", "gpa-000100--", "27-07-2024", **_COURT),
            session("Men", "gpa-000300--", "29-07-2024", **_COURT),
            session("", "", "26-07-2024", **_NOWHERE | {"discipline": "Opening Ceremony"}),
        ],
        SWIMMING: [
            swim("1925633", "1.0", "59.03"),
            swim("1956469", "2.0", "59.05"),
            swim("1935901", "2.0", "59.05"),
            swim(
                "1535354",
                "",
                "",
                date="2024-07-27T11:44:17+02:00",
                stage_code="SWMM100MBR------------HEAT000200--",
                event_stage=f"{BREASTSTROKE} - Heat 2",
                stage="Heat 2",
                result_type="IRM",
                result_IRM="DSQ",
            ),
        ],
        BEACH: [
            match(sweden, 1, "2"),
            match(second, 1, "0"),
            match(first, 3, "2"),
            match(second, 3, "0"),
        ],
    }


COLUMNS = {
    "coaches.csv": (
        *("code", "name", "gender", "function", "disciplines", "birth_date"),
        *("country_code", "country", "country_long"),
    ),
    "technical_officials.csv": (
        *("code", "name", "gender", "function", "disciplines", "birth_date"),
        *("organisation_code", "organisation_long"),
    ),
}
"""The columns of tables without rows."""


def write_olympics(folder: Path, rows: Rows) -> Path:
    """Write rows as the tables and return their folder."""
    (folder / "results").mkdir(parents=True, exist_ok=True)
    for name, table in rows.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS.get(name) or list(table[0]))
            writer.writeheader()
            writer.writerows(table)
    return folder
