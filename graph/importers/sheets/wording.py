"""What the checks say of a sheet, in the words of the sheet: its lines and columns, and no RDF."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.errors import ShapeViolation
from graph.names import MG, RDFS_LABEL, SKOS_ALT_LABEL, property_words
from graph.terms import NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.gate.report import Problem, Report

    from .lines import Lines

_COLUMNS = {
    "athlete": "athletes",
    "decidedBy": "decided_by",
    "externalId": "identifier",
    "guide": "guides",
    "markValue": "mark",
}
"""The column that says a property, where it has another name."""

_WORDS = {"entry": "competitor", "won": "medal", "from": "first day", "until": "last day"}
_TERM = re.compile(r"(?:\ba )?\b(?:mg|dcterms|owl):(\w+)")
_PHRASES = (
    ("This source gives", "The rows give"),
    (", written without quotation marks", ""),
    (" without quotation marks", ""),
    (" as plain text in quotation marks", ""),
    (" (a mg:Person)", ""),
    (" (a mg:Organization)", ""),
    ("rdfs:label", "the name"),
    ("skos:altLabel", "another spelling"),
    ("nation:", ""),
    ("@en", ""),
)
_NO_COLUMN = "The sheet has no column for this; it is kept without."


def worded(report: Report, lines: Lines) -> Report:
    """Return what the checks found, what is of the sheet in its words and with its lines."""
    problems = tuple(_worded(problem, lines) for problem in report.problems)
    nodes = [node for each in problems for node in (each.focus, each.value, *each.found)]
    named = {node: lines.label(node.value) for node in nodes if isinstance(node, NamedNode)}
    labels = {node: label for node, label in named.items() if label} | dict(report.labels)
    return replace(report, problems=problems, labels=labels)


@contextmanager
def refusals_worded(lines: Lines) -> Iterator[None]:
    """Let a refusal speak of the lines of the sheet."""
    try:
        yield
    except ShapeViolation as refusal:
        raise worded(refusal.report, lines).refusal() from refusal


def sentence_worded(sentence: str, about: tuple[str, str, str], lines: Lines) -> str:
    """Return a sentence of the checks in the words of the sheet.

    Args:
        sentence: as the report has it.
        about: the IRIs of the node, the property and the value that it is about, or empty texts.
        lines: which line said what.

    """
    found = lines.behind(*about)
    return f"{lines.where(found)}: {plain(sentence, lines.headers)}" if found else sentence


def plain(message: str, headers: Mapping[str, str]) -> str:
    """Return a message with columns and words in the place of terms of the vocabulary.

    Example:
        >>> plain("Correct mg:born or mg:died.", {"born": "Geburt", "died": "died"})
        'Correct Geburt or died.'
        >>> plain("Give both entries mg:rank 1, or mg:status: mg:Standing.", {})
        'Give both entries rank 1, or status: Standing.'

    """
    for old, new in _PHRASES:
        message = message.replace(old, new)
    return _TERM.sub(lambda found: _word(found.group(1), headers), message)


def _worded(problem: Problem, lines: Lines) -> Problem:
    value = problem.value.value if isinstance(problem.value, NamedNode) else ""
    found = lines.behind(problem.focus.value, problem.path or "", value)
    if not found:
        return problem
    column = _column(problem.path or "", lines.headers)
    message = plain(problem.message, lines.headers)
    if problem.path and not column and ". Add " in problem.message:
        message = f"{message.partition('. ')[0]}. {_NO_COLUMN}"
    return replace(problem, message=message, name=column or problem.name, where=lines.where(found))


def _column(path: str, headers: Mapping[str, str]) -> str:
    """Return what the file calls the column of a property; an empty text if it has none."""
    if path == RDFS_LABEL.value:
        return headers.get("name", "")
    if path == SKOS_ALT_LABEL.value:
        return headers.get("other_names", "")
    term = path.removeprefix(MG)
    return headers.get(_COLUMNS.get(term, term), "")


def _word(term: str, headers: Mapping[str, str]) -> str:
    column = _column(MG + term, headers)
    if column or term[0].isupper():
        return column or term
    return _WORDS.get(term) or property_words(NamedNode(MG + term))
