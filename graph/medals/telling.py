"""Findings of an audit as programs and spreadsheets read them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from graph.names import local_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .audit import Finding

COLUMNS = (
    *("what", "nation", "source", "counted", "verdict", "by"),
    *("note", "unexplained", "because"),
)
"""The keys of a finding, and the columns of an audit as CSV."""

Told = dict[str, Any]


def told(found: Finding) -> Told:
    """Return a finding for a program: ``because`` is a list of ``text`` and ``amount``."""
    explanation = found.explanation
    return {
        "what": found.what,
        "nation": local_name(found.nation) if found.nation else "",
        "joined": [
            {"nation": local_name(one.nation), "counted": one.counted, "source": one.published}
            for one in found.joined
        ],
        "source": found.source_value,
        "counted": found.official_value,
        "verdict": found.verdict.value,
        "by": found.official_source,
        "note": found.note,
        "unexplained": explanation.unexplained if explanation else None,
        "because": [
            {"text": reason.text, "amount": reason.amount}
            for reason in (explanation.reasons if explanation else ())
        ],
    }


def cells(finding: Told) -> list[str]:
    """Return a told finding as the cells of a row, in the order of COLUMNS."""
    because = "; ".join(f"{part['text']} {part['amount']:+d}" for part in finding["because"])
    values = [finding[column] for column in COLUMNS[:-1]]
    return [*("" if value is None else str(value) for value in values), because]


def as_csv(findings: Iterable[Told]) -> str:
    """Return told findings as CSV (RFC 4180)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(cells(finding) for finding in findings)
    return out.getvalue()
