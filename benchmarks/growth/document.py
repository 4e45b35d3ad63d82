"""Keeps what was measured in the repository, and the tables of docs/scaling.md true to it.

A table stands between two comments that name it; ``filled`` writes it anew. Run it with::

    python -m benchmarks.growth.document

after a formula of ``plan`` was changed; ``python -m benchmarks.growth --report --keep`` does
so after measuring.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from . import tables
from .chart import chart
from .plan import Laws
from .report import as_json, table
from .results import samples, step_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .results import Step

_ROOT = Path(__file__).resolve().parents[2]
MEASURED = Path(__file__).with_name("measured.json")
DOCUMENT = _ROOT / "docs" / "scaling.md"
PICTURE = _ROOT / "docs" / "scaling.svg"
_PLACE = re.compile(r"(<!-- table: (?P<name>[a-z ]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def kept() -> list[Step]:
    """Return the steps that are kept in the repository."""
    return [step_of(one) for one in json.loads(MEASURED.read_text("utf-8"))["steps"]]


def filled(document: str, steps: Sequence[Step]) -> str:
    """Return a document with each of its tables written anew.

    Raises:
        KeyError: for a table that nobody makes.

    """
    made = {"measured": table(samples(steps)), "runs": tables.runs(steps)}
    made |= tables.planned(Laws(samples(steps)))
    return _PLACE.sub(lambda found: f"{found[1]}\n{made[found['name']]}\n\n{found[3]}", document)


def keep(steps: Sequence[Step]) -> None:
    """Write the steps, the picture and the tables of the document."""
    MEASURED.write_text(as_json(steps), encoding="utf-8")
    write(steps)


def write(steps: Sequence[Step]) -> None:
    """Write the picture and the tables of the document."""
    PICTURE.write_text(chart(samples(steps)), encoding="utf-8")
    DOCUMENT.write_text(filled(DOCUMENT.read_text("utf-8"), steps), encoding="utf-8")


if __name__ == "__main__":
    write(kept())
