"""Says what an import would do: rows, things, statements, and what the checks would find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.amounts import counted

from .results import draw_rows
from .voice import answer, listed, remark

if TYPE_CHECKING:
    from graph.gate.report import Report
    from graph.importers.rehearsal import Found, Rehearsal
    from graph.importers.tables import RejectFile

    from .voice import Json

PROBLEMS_SHOWN = 10


def tell_import(found: Rehearsal, report: Report, rejects: RejectFile, *, others: int = 0) -> None:
    """Say what an import would do, in words.

    Args:
        found: what it would change.
        report: what the checks find of it.
        rejects: the rows that could not be used.
        others: how many warnings the checks find of other sources.

    """
    for note in rejects.notes:
        remark(note)
    answer(f"{counted(rejects.rows, 'row')} read, {rejects.count:,} that could not be used.")
    if rejects.count:
        answer(f"See {rejects.path} for each line and reason.")
    draw_rows(
        ("what", "known", "as before", "new", "such as"),
        [
            [
                kind,
                f"{things.matched.count:,}",
                f"{things.kept.count:,}",
                f"{things.new.count:,}",
                "; ".join(things.new.examples or things.matched.examples),
            ]
            for kind, things in sorted(found.things.items())
        ],
    )
    answer(
        f"Statements: {found.added.count:,} new, {found.same.count:,} as before, "
        f"{found.removed:,} no longer made, {found.conflicting.count:,} that differ from "
        "another source."
    )
    _tell_examples("differ, such as", found.conflicting)
    if found.doubtful.count:
        people = counted(found.doubtful.count, "new person", plural="new people")
        answer(f"{people} may be somebody whom another source describes.")
        _tell_examples("such as", found.doubtful)
    _tell_problems("It would be refused for", report.sentences("Violation"))
    _tell_problems("It would be kept with a warning of", report.sentences("Warning"))
    tell_others(others)
    verdict = "It would be kept" if report.conforms else "It would be refused"
    answer(f"Nothing was kept. {verdict}.")


def rehearsal_json(found: Rehearsal, report: Report, rejects: RejectFile) -> dict[str, Json]:
    """Return what an import would do, for a script."""
    return {
        "kept": False,
        "rows": rejects.rows,
        "rejected": rejects.count,
        "rejects": str(rejects.path) if rejects.count else None,
        "notes": list(rejects.notes),
        **found.to_json(),  # type: ignore[dict-item] # it is JSON
        "report": report.to_json(),
    }


def tell_others(count: int) -> None:
    """Say that the checks found warnings of other sources, which an import does not change."""
    if count:
        verb = "is" if count == 1 else "are"
        found = counted(count, "warning")
        remark(f"{found} {verb} of other sources; 'medalgraph check' lists all.")


def _tell_problems(words: str, sentences: list[str]) -> None:
    if sentences:
        remark(f"{words} {counted(len(sentences), 'problem')}:")
        remark(listed(sentences[:PROBLEMS_SHOWN]))


def _tell_examples(word: str, found: Found) -> None:
    if found.examples:
        answer(listed([f"{word} {example}" for example in found.examples]))
