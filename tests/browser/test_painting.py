"""What is told of the weight of pages is what was built and sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.scripts import FOLDER, Built

from .page_list import Kind
from .painting import Painted, painted, report

if TYPE_CHECKING:
    from .chromium import Visit


def test_the_scripts_of_a_page_weigh_what_the_build_says(visit: Visit) -> None:
    found = painted(visit, Kind("sources", "/graphs"))

    assert found.script_bytes == Built.found_in(FOLDER).entries["search"].gzip_bytes
    assert found.all_bytes > found.script_bytes
    assert found.first_ms > 0


def test_the_slowest_page_is_told_first() -> None:
    quick, slow = Painted("quick", 80.4, 1_627, 9_000), Painted("slow", 900, 150_000, 200_000)

    assert report([quick, slow]).splitlines()[2:] == [
        "| slow | 900 | 150.0 | 200.0 |",
        "| quick | 80 | 1.6 | 9.0 |",
    ]
