"""Medal tables and what stands beside them as CSV: as the command line has it, or for Excel."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from graph.spreadsheet import write_csv, write_safe_csv

from .medal_tables.asked import View
from .medal_tables.table import HEADER
from .serialise import EXCEL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Told = dict[str, Any]

_EVENTS = ("sport", "event", "medal", "times", "winners", "nations", "since", "sources", "iri")
_GAMES = ("key", "label", "kind", "season", "year", "basis", "iri")


def as_csv(view: View, told: Told, *, safe: str = "") -> str:
    """Return what is told as CSV (RFC 4180).

    Args:
        view: what was asked for.
        told: the answer.
        safe: "excel" guards the cells that a spreadsheet would run.

    """
    header, rows = _WAYS[view]
    out = BytesIO()
    write = write_safe_csv if safe == EXCEL else write_csv
    write(header, ([_text(value) for value in row] for row in rows(told)), out)
    return out.getvalue().decode()


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _lines(told: Told) -> Iterator[Sequence[object]]:
    for row in told["rows"]:
        yield [row["label" if name == "nation" else name] for name in HEADER]


def _editions(told: Told) -> Iterator[Sequence[object]]:
    for one in told["games"]:
        yield [one[name] for name in _GAMES]


def _events(told: Told) -> Iterator[Sequence[object]]:
    for one in told["events"]:
        people = [*one["winners"], *one["guides"]]
        yield (
            one["sport"],
            one["label"],
            one["medal"],
            one["times"],
            "; ".join(person["label"] for person in people),
            "; ".join(one["nations"]),
            one["since"],
            "; ".join(source["title"] for source in one["sources"]),
            one["event"],
        )


_COMPARED = (
    *("nation", "code", "medal", "first", "second", "difference"),
    *("because", "unexplained"),
)


def _compared(told: Told) -> Iterator[Sequence[object]]:
    for row in told["rows"]:
        differing = {cell["medal"]: cell for cell in row["cells"]}
        for medal in ("gold", "silver", "bronze"):
            first, second = (row[side] and row[side][medal] for side in ("first", "second"))
            cell = differing.get(medal, {"because": (), "unexplained": ""})
            is_compared = medal in differing or None not in (first, second)
            yield (
                row["label"],
                row["code"],
                medal,
                first,
                second,
                (second or 0) - (first or 0) if is_compared else None,
                "; ".join(f"{why['text']} {why['amount']:+d}" for why in cell["because"]),
                cell["unexplained"],
            )


_HISTORY = (
    *("year", "games", "nation", "gold", "silver", "bronze", "total"),
    *("as", "basis", "sources"),
)
_ATHLETES = (
    *("rank", "name", "nations", "gold", "silver", "bronze", "total"),
    *("first", "last", "iri"),
)


def _history(told: Told) -> Iterator[Sequence[object]]:
    for one in told["games"]:
        for nation, counts in zip(told["nations"], one["counts"], strict=True):
            known = counts or {}
            yield (
                one["year"],
                one["label"],
                nation["code"],
                *(known.get(name) for name in ("gold", "silver", "bronze", "total")),
                "; ".join(each["label"] for each in known.get("as", ())),
                one["basis"],
                "; ".join(source["title"] for source in one["sources"]),
            )


def _athletes(told: Told) -> Iterator[Sequence[object]]:
    for row in told["rows"]:
        yield (
            row["rank"],
            row["label"],
            "; ".join(row["nations"]),
            *(row[name] for name in ("gold", "silver", "bronze", "total", "first", "last", "iri")),
        )


_WAYS: dict[View, tuple[Sequence[str], Callable[[Told], Iterator[Sequence[object]]]]] = {
    View.CHOICE: (_GAMES, _editions),
    View.TABLE: (HEADER, _lines),
    View.EVENTS: (_EVENTS, _events),
    View.COMPARED: (_COMPARED, _compared),
    View.NATION: (_HISTORY, _history),
    View.ALL_TIME: (HEADER, _lines),
    View.ATHLETES: (_ATHLETES, _athletes),
}
