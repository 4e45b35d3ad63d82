"""What a checkup finds: one sentence for each thing looked at, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a thing is."""

    WELL = "well"
    WORRYING = "worrying"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        what: its name, the same whatever the verdict.
        verdict: how it is.
        sentence: the same in words, with the numbers.
        hint: what to do about it; empty if it is well.

    """

    what: str
    verdict: Verdict
    sentence: str
    hint: str = ""

    def to_json(self) -> dict[str, str]:
        """Return the finding for a program."""
        return {
            "what": self.what,
            "verdict": self.verdict.value,
            "sentence": self.sentence,
            "hint": self.hint,
        }


def well(what: str, sentence: str) -> Finding:
    """Return the finding that a thing is as it should be."""
    return Finding(what, Verdict.WELL, sentence)


def worrying(what: str, sentence: str, hint: str) -> Finding:
    """Return the finding that a thing works, and should be better."""
    return Finding(what, Verdict.WORRYING, sentence, hint)


def wrong(what: str, sentence: str, hint: str) -> Finding:
    """Return the finding that a thing does not work."""
    return Finding(what, Verdict.WRONG, sentence, hint)
