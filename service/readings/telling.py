"""The reading of a source as a table for spreadsheets."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from graph.spreadsheet import write_safe_csv

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMNS = ("games", "nation", "person", "says", "mark", "by", "remark", "thing")


def as_csv(items: Iterable[dict[str, Any]]) -> bytes:
    """Return what is read as CSV that a spreadsheet shows and does not run."""
    out = BytesIO()
    write_safe_csv(COLUMNS, map(_row, items), out)
    return out.getvalue()


def _row(item: dict[str, Any]) -> list[str]:
    places = [item[name]["label"] if item[name] else "" for name in ("games", "nation", "person")]
    remarks = (item["comment"], item["reason"], *_of_count(item["count"]))
    remark = " ".join(filter(None, remarks))
    return [*places, item["text"], item["mark"], _by(item), remark, item["subject"]]


def _of_count(count: dict[str, Any] | None) -> list[str]:
    if count is None:
        return []
    because = [f"{one['text']} ({one['amount']:+d})." for one in count["because"]]
    left = count["unexplained"]
    return [count["note"], *because, *([f"{left:+d} unexplained."] if left else [])]


def _by(item: dict[str, Any]) -> str:
    count = item["count"]
    if count and count["by"] and not (item["same"] or item["others"]):
        return f"{count['counted']}: {count['by']}"
    same = ", ".join(one["title"] for one in item["same"])
    others = [
        f"{one['value']}: {', '.join(source['title'] for source in one['sources'])}"
        for one in item["others"]
    ]
    return "; ".join(filter(None, [same, *others]))
