from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from graph.importers.events import SportClass, event_slug, read_event

if TYPE_CHECKING:
    from pathlib import Path

ROAD, TRACK = "Para Cycling Road", "Para Cycling Track"


@pytest.mark.parametrize(
    ("discipline", "text", "codes"),
    [
        ("Para Athletics", "Men's 100m - T12", ["T12"]),
        ("Para Athletics", "Women's Shot Put - F41", ["F41"]),
        ("Para Athletics", "4x100m Universal Relay", []),
        ("Para Taekwondo", "Men K44 -70kg", ["K44"]),
        ("Para Judo", "Men's +90 kg J1", ["J1"]),
        ("Para Badminton", "Men's Singles SH6", ["SH6"]),
        ("Para Badminton", "Men's Doubles WH1-WH2", ["WH1", "WH2"]),
        ("Para Badminton", "Mixed Doubles SL3-SU5", ["SL3", "SL4", "SU5"]),
        ("Boccia", "Mixed Team - BC1/BC2", ["BC1", "BC2"]),
        ("Boccia", "Women's Individual - BC4", ["BC4"]),
        (ROAD, "Men's C1-3 Road Race", ["C1", "C2", "C3"]),
        (ROAD, "Mixed H1-5 Team Relay", ["H1", "H2", "H3", "H4", "H5"]),
        (ROAD, "Women's T1-2 Individual Time Trial", ["T1", "T2"]),
        (TRACK, "Open C1-5 750m Team Sprint", ["C1", "C2", "C3", "C4", "C5"]),
        (TRACK, "Men's B 4000m Individual Pursuit", ["B"]),
        ("Shooting Para Sport", "R5 - Mixed 10m Air Rifle Prone SH2", ["SH2"]),
        ("Para Rowing", "PR3 Mixed Coxed Four", ["PR3"]),
        ("Para Rowing", "PR1 Men\N{RIGHT SINGLE QUOTATION MARK}s Single Sculls", ["PR1"]),
        ("Para Equestrian", "Individual Freestyle Event - Grade IV", ["IV"]),
        ("Para Equestrian", "Team", []),
        ("Wheelchair Fencing", "Women's Épée Category B", ["B"]),
        ("Wheelchair Fencing", "Men's Foil Team", []),
        ("Para Swimming", "Men's 100m Breaststroke - SB13", ["SB13"]),
        ("Para Swimming", "Women's 200m Individual Medley - SM10", ["SM10"]),
        ("Para Swimming", "Mixed 4x100m Freestyle Relay - S14", ["S14"]),
        ("Para Swimming", "Mixed 4x100m Medley Relay - 34 Points", []),
        ("Para Table Tennis", "Men's Singles - MS11", ["11"]),
        ("Para Table Tennis", "Women's Singles - WS1-2", ["1", "2"]),
        ("Para Table Tennis", "Men's Doubles - MD14", []),
        ("Para Table Tennis", "Mixed Doubles - XD7", []),
        ("Para Triathlon", "Men's PTS2", ["PTS2"]),
        ("Para Triathlon", "Women's PTVI", ["PTVI"]),
        ("Para Canoe", "Women's Va'a Single 200m - VL2", ["VL2"]),
        ("Para Archery", "Mixed Team W1", ["W1"]),
        ("Para Archery", "Men's Individual Recurve Open", []),
        ("Wheelchair Tennis", "Quad Doubles", []),
        ("Para Powerlifting", "Men's up to 107kg", []),
        ("Goalball", "Women", []),
    ],
)
def test_the_classes_of_an_event_are_read_from_its_text(
    discipline: str, text: str, codes: list[str]
) -> None:
    assert [found.code for found in read_event(text, discipline).classes] == codes


@pytest.mark.parametrize(
    ("discipline", "text", "distance", "weight"),
    [
        ("Para Athletics", "4x100m Universal Relay", "4x100m", ""),
        ("Para Athletics", "Men's 1500m - T11", "1500m", ""),
        ("Para Athletics", "Men's Marathon - T54", "", ""),
        ("Para Judo", "Women's -48 kg J2", "", "-48 kg"),
        ("Para Judo", "Men's +90 kg J1", "", "+90 kg"),
        ("Para Taekwondo", "Women K44 +65kg", "", "+65kg"),
        ("Para Powerlifting", "Women's up to 41kg", "", "up to 41kg"),
        ("Para Powerlifting", "Men's over 107kg", "", "over 107kg"),
        ("Shooting Para Sport", "P4 - Mixed 50m Pistol SH1", "50m", ""),
    ],
)
def test_length_and_weight_class_stay_as_published(
    discipline: str, text: str, distance: str, weight: str
) -> None:
    read = read_event(text, discipline)

    assert (read.distance, read.weight_class) == (distance, weight)


def test_road_and_track_share_the_classes_of_their_sport() -> None:
    (road,) = read_event("Men's C1 Individual Time Trial", ROAD).classes
    (track,) = read_event("Men's C1 3000m Individual Pursuit", TRACK).classes

    assert road == track == SportClass("C1", "Para Cycling")


def test_a_code_that_several_sports_use_is_a_class_of_each() -> None:
    fencing, cycling = SportClass("B", "Wheelchair Fencing"), SportClass("B", "Para Cycling")

    assert (fencing.key, cycling.key) == ("wheelchair-fencing-B", "para-cycling-B")
    assert (fencing.label, cycling.label) == ("Category B", "B")


def test_classes_that_are_a_number_get_a_word() -> None:
    assert SportClass("4", "Para Table Tennis").label == "Class 4"
    assert SportClass("II", "Para Equestrian").label == "Grade II"


def test_over_and_under_a_weight_are_two_addresses() -> None:
    assert event_slug("Men K44 +80kg") != event_slug("Men K44 -80kg")
    assert event_slug("Men's over 107kg") != event_slug("Men's up to 107kg")


def test_every_published_event_has_an_address_and_a_class_key_of_one_sport(
    shared_data: Path,
) -> None:
    with (shared_data / "paris2024-paralympics" / "medals.csv").open(encoding="utf-8") as file:
        events = {(row["discipline"], row["event"]) for row in csv.DictReader(file)}
    classes = {found for sport, text in events for found in read_event(text, sport).classes}

    assert len(events) == 549
    assert len({(sport, event_slug(text)) for sport, text in events}) == 549
    assert len({found.key for found in classes}) == len(classes)


def test_every_class_that_the_text_spells_is_read(shared_data: Path) -> None:
    with (shared_data / "paris2024-paralympics" / "medals.csv").open(encoding="utf-8") as file:
        events = {(row["discipline"], row["event"]) for row in csv.DictReader(file)}
    without = {sport for sport, text in events if not read_event(text, sport).classes}

    assert without == {
        "Blind Football",
        "Goalball",
        "Para Archery",
        "Para Athletics",
        "Para Equestrian",
        "Para Powerlifting",
        "Para Swimming",
        "Para Table Tennis",
        "Sitting Volleyball",
        "Wheelchair Basketball",
        "Wheelchair Fencing",
        "Wheelchair Rugby",
        "Wheelchair Tennis",
    }
