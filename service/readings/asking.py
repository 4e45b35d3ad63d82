"""What is asked for of the reading of a source."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum


class Mark(StrEnum):
    """What others say of what a source says."""

    AGREES = "agrees"
    CONTRADICTED = "contradicted"
    SPELLING = "spelling"
    UNCHECKED = "unchecked"


SHOWN = 100
"""So many sentences are on a page."""
WITHOUT = "none"
"""Asked for in place of Games or a nation: what is of none."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for.

    Attributes:
        mark: only what has this mark; empty for all.
        games: the name or key of the only Games, ``none`` for what is of none; empty for all.
        nation: the code or name of the only nation, in the same way.
        kind: the end of the IRI of a class, for what is said of such things; empty for all.
        page: from 1 on; 0 for all at once.

    """

    mark: str = ""
    games: str = ""
    nation: str = ""
    kind: str = ""
    page: int = 1

    def to_text(self) -> str:
        """Return it as a job carries it."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Asked:
        """Return what ``to_text`` told."""
        return cls(**json.loads(text))
