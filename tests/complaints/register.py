"""The list of complaints: which there are, and which no test answers, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Test = TypeVar("Test", bound="Callable[..., None]")

TITLES = {
    1: "an Accept list falls back to another form",
    2: "*/* with a low quality breaks negotiation",
    3: "a table is given as RDF because RDF types come first in Accept",
    5: "a form that is not possible is replaced by XML in silence",
    6: "a description in Turtle is labelled as something else",
    8: "a form with a charset is refused",
    10: "a body is read as Latin-1",
    11: "malformed UTF-8 crashes",
    12: "a form is decoded twice, and another row is returned",
    13: "a long address is refused or cut",
    15: "an update by GET looks as if it worked",
    16: "two queries in one request, and one of them wins",
    17: "default-graph-uri is ignored or fetched",
    19: "a preflight needs a token, or is not found",
    21: "the description of the service is missing or slow",
    22: "nobody knows whether an unknown graph is empty or missing",
    24: "links say http behind an https proxy, or double the base path",
    26: "two forms of one thing share a tag",
    28: "dates before our era fail, or lose a zero",
    29: "a year becomes a date",
    30: "marks are rewritten",
    31: "quotes and line breaks break CSV and TSV",
    32: "a spreadsheet runs what a cell begins with",
    33: "a control character makes XML that nothing reads",
    35: "names are shortened to what no parser takes",
    37: "one bad IRI stops the writer",
    41: "a description shows empty nodes and undeclared prefixes",
    43: "the page of a hub never loads",
    44: "an answer that was cut looks whole",
    45: "rows beyond a cap are left out in silence",
    46: "a query runs on after its time, or after its client left",
    47: "the page does not say that time was up",
    48: "one slow query blocks everybody",
    49: "a regular expression takes for ever",
    51: "an upload takes all memory",
    52: "a failed PUT destroys the old graph",
    53: "a packed upload is refused, or accepted and not stored",
    54: "the disk fills although the graph does not grow",
    55: "threads disturb each other at a cold start",
    56: "checking one small change takes as long as the graph is large",
    57: "a warning blocks the change",
    58: "shapes that were not found let everything pass",
    59: "crawlers saturate the service",
    61: "SERVICE reaches internal hosts",
    62: "LOAD reaches internal hosts",
    63: "FROM fetches from the web or the disk",
    64: "XML entities reach files, or grow without end",
    65: "a JSON-LD context is fetched",
    66: "a packed upload unpacks to far more",
    67: "script in a value runs in the page",
}
NOT_YET: dict[int, str] = {}
"""The reason of each that no test answers."""

answered: dict[int, list[str]] = {}


def complaint(*numbers: int) -> Callable[[Test], Test]:
    """Say which complaints a test answers."""

    def note(test: Test) -> Test:
        for number in numbers:
            answered.setdefault(number, []).append(test.__name__)
        return test

    return note
