"""What is asked of the index, and what it answers, as data that can cross between processes."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from graph.errors import BadTerm

LONGEST_TEXT = 200
"""So many characters of a question may there be: no name is longer, and time grows with them."""

MOST_HITS = 1_000


@dataclass(frozen=True, slots=True)
class Evidence:
    """What else is known of whom somebody looks for; it makes hits more or less likely.

    Attributes:
        kinds: classes by their local names.
        nations: IRIs.
        games: IRIs.
        sports: IRIs.
        born: a date of birth as EDTF, or the beginning of one.

    """

    kinds: tuple[str, ...] = ()
    nations: tuple[str, ...] = ()
    games: tuple[str, ...] = ()
    sports: tuple[str, ...] = ()
    born: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for.

    Attributes:
        text: a name, or a part of one.
        begins: whether the last word is being typed still, so that it may go on.
        kinds: classes by their local names; a hit has one of them.
        nation: IRI of the nation that each hit belongs to or stood for; empty for any.
        games: the same for Games.
        sport: the same for a sport.
        limit: how many hits are wanted.
        evidence: what else is known; see ``Evidence``.
        languages: the tags of those in which hits are labelled, the best first.

    Raises:
        BadTerm: if the text is too long, or the limit no number that is allowed.

    """

    text: str
    begins: bool = False
    kinds: tuple[str, ...] = ()
    nation: str = ""
    games: str = ""
    sport: str = ""
    limit: int = 20
    evidence: Evidence = Evidence()
    languages: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what would take too long."""
        if len(self.text) > LONGEST_TEXT:
            raise BadTerm(
                f"The text to look for has {len(self.text):,} characters;"
                f" at most {LONGEST_TEXT} are allowed.",
                value=self.text[:LONGEST_TEXT],
                hint="Look for a name, or for a part of one.",
            )
        if not 1 <= self.limit <= MOST_HITS:
            raise BadTerm(
                f"{self.limit} hits cannot be given.",
                value=str(self.limit),
                hint=f"Ask for 1 to {MOST_HITS:,}.",
            )

    def to_json(self) -> dict[str, Any]:
        """Return the question as another process reads it."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Question:
        """Return the question that ``to_json`` told."""
        evidence = Evidence(
            **{name.name: _tupled(told["evidence"][name.name]) for name in fields(Evidence)}
        )
        given = {name: _tupled(value) for name, value in told.items() if name != "evidence"}
        return cls(**given, evidence=evidence)


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found.

    Attributes:
        iri: its address.
        label: what pages call it.
        matched: the name of it that fits the question best.
        language: the tag of the language of that name, if it has one.
        score: how well it fits, from 0 to 1; 1 is the same name, and nothing against it.
        reasons: why it is a hit and what speaks against it, a sentence each.
        kinds: its classes by their local names.
        nations: IRIs.
        games: IRIs.
        sports: IRIs.
        born: the date of birth as EDTF, or an empty string.
        weight: how much there is of it in the graph; who has more comes before who fits as well.

    """

    iri: str
    label: str
    matched: str
    language: str
    score: float
    reasons: tuple[str, ...]
    kinds: tuple[str, ...]
    nations: tuple[str, ...]
    games: tuple[str, ...]
    sports: tuple[str, ...]
    born: str
    weight: int

    def to_json(self) -> dict[str, Any]:
        """Return the hit as another process reads it."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Hit:
        """Return the hit that ``to_json`` told."""
        return cls(**{name: _tupled(value) for name, value in told.items()})


def _tupled(value: Any) -> Any:  # noqa: ANN401 - JSON has lists for tuples
    return tuple(value) if isinstance(value, list) else value
