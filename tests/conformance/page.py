"""The page ``docs/conformance.md``, written from the cases and from what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .cases import Case, Chapter

HEAD = """# Conformance

What the SPARQL 1.1 specifications demand, asked of a running service over HTTP. The tests in
`tests/conformance/` write this page: `MEDALGRAPH_WRITE_PAGES=1 make test ARGS=tests/conformance`.
MUST, SHOULD and MAY are words of the specifications; "defined" says that the clause defines what
a text means. A case that is known to fail has its reason, and the tests fail when it passes.

Three things are as they are on purpose. `SERVICE` and `LOAD` are refused, for nothing is ever
fetched. The default graph is the record, which is made from the named graphs and is not written
to: a statement that names no graph goes to the graph `local`, and `DEFAULT` means that graph in an
update. Every change has to pass the rules, so an update can be refused with the status 422.
"""


def page(chapters: Sequence[Chapter], outcomes: Mapping[str, bool]) -> str:
    """Return the page.

    Args:
        chapters: all cases.
        outcomes: for the name of each case whether its check passed.

    """
    summary = ["| specification | cases | pass | known to fail |", "| --- | ---: | ---: | ---: |"]
    for chapter in chapters:
        passed = sum(outcomes[case.name] for case in chapter.cases)
        known = sum(bool(case.deviation) for case in chapter.cases)
        name = f"[{chapter.title}]({chapter.address})"
        summary.append(f"| {name} | {len(chapter.cases)} | {passed} | {known} |")
    parts = [HEAD, "\n".join(summary), *(_chapter(chapter, outcomes) for chapter in chapters)]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _chapter(chapter: Chapter, outcomes: Mapping[str, bool]) -> str:
    rows = [
        f"## {chapter.title}",
        "",
        "| clause | demand | what | holds |",
        "| --- | --- | --- | --- |",
    ]
    rows += [_row(case, holds=outcomes[case.name]) for case in chapter.cases]
    return "\n".join(rows)


def _row(case: Case, *, holds: bool) -> str:
    told = "yes" if holds else f"no: {case.deviation or 'it should'}"
    return f"| {_cell(case.clause)} | {case.force} | {_cell(case.title)} | {told} |"


def _cell(text: str) -> str:
    """Return text that a table of Markdown shows as it is."""
    for sign in "\\`*_|<>[]":
        text = text.replace(sign, f"\\{sign}")
    return text
