"""A case: the clause that demands something, how strongly, and the check that it is so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.asking import Asking

    Check = Callable[[Asking], None]

MUST, SHOULD, MAY, DEFINED = "MUST", "SHOULD", "MAY", "defined"
"""How strongly: by a word of RFC 2119, or because the clause defines what a text means."""


@dataclass(frozen=True, slots=True)
class Case:
    """One demand of a specification.

    Attributes:
        chapter: the specification, as a heading.
        clause: the number of its section.
        force: how strongly it demands this.
        title: what is demanded, in words.
        check: raises AssertionError unless it is so.
        deviation: why it is known not to be so; empty if it is.

    """

    chapter: str
    clause: str
    force: str
    title: str
    check: Check
    deviation: str = ""

    @property
    def name(self) -> str:
        """What a test is called that runs it."""
        return f"{self.chapter} {self.clause}: {self.title}"


class Chapter:
    """The cases of one specification, in the order of its clauses.

    Args:
        title: its name.
        address: where it can be read.

    """

    def __init__(self, title: str, address: str) -> None:
        self.title, self.address = title, address
        self.cases: list[Case] = []

    def case(self, clause: str, force: str = MUST) -> Callable[[Check], Check]:
        """Make a function a case; its name, with blanks, is the title."""

        def note(check: Check) -> Check:
            self.add(clause, force, check.__name__.replace("_", " "), check)
            return check

        return note

    def add(
        self, clause: str, force: str, title: str, check: Check, *, deviation: str = ""
    ) -> None:
        """Add a case."""
        self.cases.append(Case(self.title, clause, force, title, check, deviation))
